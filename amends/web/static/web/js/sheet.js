// The Call, Desk and Letter sheet: a mood by one key, the next step by F8, Enter goes on, and what
// the customer hears stands in the bar. All of it is a form that works without this.
const sheet = document.querySelector("form[data-sheet]");
const ANGRY = 3;
const MOODS = 5;
const CORRECTION = 5000;
const WAY_DOWN = ["solving", "cooling", "listening", "slowing"];

if (sheet) {
  const fields = sheet.elements;
  const began = Date.parse(fields.begun.value) || Date.now();
  const visible = (element) => element.checkVisibility?.() !== false;
  const steps = () => [...sheet.querySelectorAll("[data-step]")].filter(visible);
  const controlOf = (step) => fields[step.dataset.step];
  const isTick = (step) => controlOf(step).type === "checkbox";
  const passed = new Set();
  let furthest = 0;

  const isDone = (step) => {
    const control = controlOf(step);
    if (isTick(step)) return control.checked;
    if (step.dataset.step === "wish" && fields.no_wish.checked) return true;
    const value = step.dataset.step === "who" ? fields.person.value : control.value.trim();
    return Boolean(value) || passed.has(step);
  };
  const nextStep = () => steps().find((step) => !isDone(step));
  const fieldAfter = (step) => {
    const all = steps();
    return all.slice(all.indexOf(step) + 1).find((other) => !isTick(other) && !isDone(other));
  };

  const freshen = () => {
    const next = nextStep();
    const reached = Math.max(furthest, next ? steps().indexOf(next) : Infinity);
    steps().forEach((step, place) => {
      step.classList.toggle("line--done", isDone(step));
      step.classList.toggle("line--now", step === next);
      step.classList.toggle("line--ahead", place > reached && !isDone(step));
    });
    const button = sheet.querySelector("[data-next]");
    button.hidden = !next;
    // What comes next is what is pointed at: first the steps, the promise once it says something.
    const isReady = !next || Boolean(fields.what.value.trim());
    button.classList.toggle("primary", !isReady);
    sheet.querySelector("[data-promise]").classList.toggle("primary", isReady);
    if (next) button.querySelector("[data-next-words]").textContent = next.dataset.nextWords;
  };

  // By when is said by a person: nothing is chosen beforehand.
  const undated = () => (fields.what.value.trim() && !fields.when.value ? sheet.querySelector("[name=when]") : null);

  const go = (step) => {
    const control = step ? controlOf(step) : undated() ?? sheet.querySelector("[data-key='F2']");
    control.focus();
    control.scrollIntoView({ block: "center" });
  };

  const goOn = () => {
    const step = nextStep();
    if (!step) return go();
    if (isTick(step)) {
      controlOf(step).checked = true;
      controlOf(step).dispatchEvent(new Event("change", { bubbles: true }));
    } else if (controlOf(step) === document.activeElement) passed.add(step);
    else return go(step);
    freshen();
    return go(nextStep());
  };

  // Who presses F2 or F9 too early is led to what is still missing, without a word lost.
  const missing = (names) => {
    // A sheet without a word is answered with the sentence that asks for one.
    if (!fields.story.value.trim() && !fields.notes.value.trim()) return null;
    const isNew = (sheet.querySelector("[name=case]:checked")?.value ?? "new") === "new";
    const isAsked = fields.kind.value === "complaint" && !fields.call_back.checked && isNew;
    if (isAsked && names.includes("wish") && !fields.wish.value.trim() && !fields.no_wish.checked) return fields.wish;
    if (names.includes("what") && !fields.what.value.trim()) return fields.what;
    return names.includes("when") ? undated() : null;
  };

  // What was refused is led to, wherever it is folded away.
  const refused = sheet.querySelectorAll(".error-summary a");
  const lead = (link) => {
    const named = document.getElementById(link.hash.slice(1));
    if (!named) return;
    for (let fold = named.closest("details"); fold; fold = fold.parentElement.closest("details")) fold.open = true;
    (named.querySelector("input:checked") ?? named.querySelector("input") ?? named).focus();
    named.scrollIntoView({ block: "center" });
  };

  const phaseOf = (moods) => {
    const [now, peak] = [moods.at(-1), Math.max(...moods)];
    // Anger that rises again, after a provocation, is a new outburst.
    if (now >= ANGRY && now > moods.at(-2)) return "outburst";
    if (now < peak && peak >= ANGRY) return WAY_DOWN[now];
    if (now >= ANGRY) return "outburst";
    return now === ANGRY - 1 ? "listening" : "calm";
  };

  let lastMoodAt = 0;
  const noteMood = () => {
    const log = fields.moods.value ? fields.moods.value.split(",") : [];
    // A second press at once corrects the first.
    if (Date.now() - lastMoodAt < CORRECTION) log.pop();
    lastMoodAt = Date.now();
    log.push(`${Math.max(0, Math.round((Date.now() - began) / 1000))}:${fields.mood.value}`);
    fields.moods.value = log.join(",");
    const phase = phaseOf(log.map((entry) => Number(entry.split(":")[1])));
    for (const line of sheet.querySelectorAll("[data-phase]")) line.hidden = line.dataset.phase !== phase;
  };

  const knownLanguage = () => document.getElementById("caller")?.dataset.language || sheet.dataset.house;
  const language = () => fields.language.value || knownLanguage();
  const speak = () => {
    const [known, ...others] = fields.language.options;
    const name = others.find(({ value }) => value === knownLanguage())?.textContent;
    const isKnown = Boolean(document.getElementById("caller")?.dataset.language);
    known.textContent = (isKnown ? sheet.dataset.known : sheet.dataset.usual).replace("#", name);
    for (const said of sheet.querySelectorAll("[data-said]")) said.hidden = said.lang !== language();
  };

  const requests = new Map();
  const renew = async (id, url) => {
    requests.get(id)?.abort();
    const stop = new AbortController();
    requests.set(id, stop);
    try {
      const answer = await fetch(url, {
        method: "POST", body: new URLSearchParams(new FormData(sheet)), signal: stop.signal, headers: { "HX-Request": "true" },
      });
      if (answer.ok && !answer.redirected) document.getElementById(id).outerHTML = await answer.text();
    } catch {
      // The line is down or a newer request came: the sheet holds without this part.
    }
  };
  let hearing = 0;
  const hear = () => {
    clearTimeout(hearing);
    hearing = setTimeout(() => renew("heard", sheet.dataset.hearing), 250);
  };

  // By when they ask for it is read once they pause, and taken over with a click.
  let asking = 0;
  const askedBy = () => {
    clearTimeout(asking);
    if (!fields.need_by.value) asking = setTimeout(() => renew("needed", sheet.dataset.asked), 800);
  };
  // Their own day is the first of those by which it may be promised.
  const offerTheirDay = ({ promiseBy, promiseSaid }) => {
    if (!promiseBy || [...sheet.querySelectorAll("[name=when]")].some(({ value }) => value === promiseBy)) return;
    const first = sheet.querySelector("[name=when]").closest("label");
    const chip = first.cloneNode(true);
    const option = chip.querySelector("input");
    Object.assign(option, { value: promiseBy, id: "id_when_theirs", checked: false });
    if (chip.htmlFor) chip.htmlFor = option.id;
    chip.querySelector("span").textContent = promiseSaid;
    first.before(chip);
  };
  const takeOver = ({ dataset }) => {
    fields.need_by.value = dataset.needed;
    fields.need_reason.value ||= dataset.neededWords;
    fields.need_by.closest("details").open = true;
    offerTheirDay(dataset);
    fields.need_by.dispatchEvent(new Event("input", { bubbles: true }));
    fields.need_by.focus();
    document.getElementById("needed").replaceChildren();
  };

  const callBack = () => {
    const said = sheet.querySelector(`[data-call-back][lang="${language()}"]`)?.textContent ?? "";
    if (fields.call_back.checked && !fields.what.value.trim()) fields.what.value = said;
    else if (!fields.call_back.checked && fields.what.value === said) fields.what.value = "";
  };

  sheet.addEventListener("change", async ({ target }) => {
    if (target.name === "mood") noteMood();
    if (target.name === "call_back") callBack();
    if (target.name === "language") speak();
    if (target === fields.person) {
      await renew("caller", sheet.dataset.caller);
      speak();
      if (target.value) go(fieldAfter(target.closest("[data-step]")));
    }
    if (["what", "when", "other_when", "language", "call_back", "person"].includes(target.name)) hear();
    freshen();
  });
  sheet.addEventListener("input", ({ target }) => {
    if (target.name === "what") hear();
    if (target.name === "notes") stamp(target);
    if (target.name === "story") askedBy();
    if (target.dataset.find) target.closest(".line-body, .field")?.querySelector("[data-picks]")?.remove();
    freshen();
  });

  // Each line of the notes begins with the time at which it was begun.
  const stamp = (notes) => {
    const from = notes.value.lastIndexOf("\n", notes.selectionStart - 1) + 1;
    const line = notes.value.slice(from).split("\n")[0];
    if (line.trim().length !== 1) return;
    const now = new Date().toTimeString().slice(0, 5);
    notes.setRangeText(`${now} `, from, from, "preserve");
  };

  // A line that was reached once stays open.
  sheet.addEventListener("focusin", ({ target }) => {
    furthest = Math.max(furthest, steps().indexOf(target.closest("[data-step]")));
    freshen();
  });

  const choose = (option) => {
    option.checked = true;
    option.dispatchEvent(new Event("change", { bubbles: true }));
  };
  // The yes to one of the days offered is one act: Alt 6 for the first of them, and so on.
  const sayYesTo = (day) => {
    if (!day || day.value === "other") return;
    choose(day);
    sheet.querySelector("[data-promise]").click();
  };

  sheet.addEventListener("keydown", (event) => {
    const digit = event.altKey && !event.ctrlKey && !event.metaKey && /^(?:Digit|Numpad)([1-9])$/.exec(event.code);
    if (digit && document.body.dataset.keys !== "off") {
      event.preventDefault();
      if (digit[1] <= MOODS) choose(fields.mood[digit[1] - 1]);
      else sayYesTo(fields.when[digit[1] - MOODS - 1]);
    } else if (event.key === "Enter" && !event.isComposing && !event.defaultPrevented && event.target.matches("input.input:not([data-find])")) {
      event.preventDefault();
      go(fieldAfter(event.target.closest("[data-step]")));
    }
  });

  sheet.addEventListener("click", (event) => {
    if (event.target.closest("[data-next]")) goOn();
    const offer = event.target.closest("[data-needed]");
    if (offer) takeOver(offer);
    const link = event.target.closest(".error-summary a");
    if (link) {
      event.preventDefault();
      lead(link);
    }
    const ends = event.target.closest("[data-ends]");
    const lack = ends && missing(ends.dataset.ends.split(" "));
    if (lack) {
      event.preventDefault();
      lack.focus();
      lack.scrollIntoView({ block: "center" });
    }
    if (event.target.closest("[data-other-words]")) {
      for (const said of sheet.querySelectorAll("[data-said]:has([data-variant])")) {
        const variants = [...said.querySelectorAll("[data-variant]")];
        const now = variants.findIndex((variant) => !variant.hidden);
        variants.forEach((variant, place) => { variant.hidden = place !== (now + 1) % variants.length; });
      }
    }
  });

  // A new contact while this one is on its way: this one is put aside first.
  document.addEventListener("click", (event) => {
    const link = event.target.closest(`a[href="${sheet.dataset.new}"]`);
    if (!link || !(fields.story.value || fields.notes.value || fields.who.value)) return;
    event.preventDefault();
    sheet.requestSubmit(sheet.querySelector("[data-anew]"));
  });

  const clock = sheet.querySelector("[data-elapsed]");
  const tell = () => {
    const seconds = Math.max(0, Math.round((Date.now() - began) / 1000));
    clock.textContent = `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
  };
  tell();
  setInterval(tell, 1000);

  for (const part of sheet.querySelectorAll("[data-other-words]")) part.hidden = false;
  freshen();
  speak();
  // Whoever goes on with a sheet goes on behind what stands there.
  fields.story.setSelectionRange(fields.story.value.length, fields.story.value.length);
  if (refused.length) lead(refused[0]);
}
