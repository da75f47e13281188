// The remarks on a reply: asked for at a pause and on sending, shown under what is typed.
//
// <form data-remarks-url=URL> with a `[data-remarks]` gets the remarks as a list from URL. They
// advise and lock nothing: sending stops once where words would harm and were not shown before.
const PAUSE = 1_200;
// Whoever sends waits no longer than this for advice; otherwise nobody waits for it.
const LONGEST_SENDING = 2_000;
const LONGEST = 15_000;
const states = new WeakMap();
const words = JSON.parse(document.getElementById("page-words")?.textContent ?? "{}");

const stateOf = (form) => {
  if (!states.has(form)) states.set(form, { timer: 0, asked: 0, text: null, seen: new Set(), sends: false });
  return states.get(form);
};
const textOf = (form) => form.querySelector("textarea.composer-text");
const graveIn = (form) => [...form.querySelectorAll("[data-remarks] [data-grave]")].map((one) => one.dataset.remark);

const ask = async (form, then = "check", longest = LONGEST) => {
  const state = stateOf(form);
  const text = textOf(form).value;
  const number = ++state.asked;
  clearTimeout(state.timer);
  const body = new URLSearchParams({ "reply-text": text, then });
  try {
    const answer = await fetch(form.dataset.remarksUrl, {
      method: "POST", body, signal: AbortSignal.timeout(longest),
      headers: { "X-CSRFToken": form.querySelector("[name=csrfmiddlewaretoken]")?.value ?? "" },
    });
    if (!answer.ok || answer.redirected || number !== state.asked) return;
    form.querySelector("[data-remarks]").innerHTML = await answer.text();
    state.text = text;
  } catch {
    // Without a line there is no advice; what is typed is kept all the same.
  }
};

document.addEventListener("input", (event) => {
  const form = event.target.closest("form[data-remarks-url]");
  if (!form || event.target !== textOf(form)) return;
  const state = stateOf(form);
  clearTimeout(state.timer);
  state.timer = setTimeout(async () => {
    await ask(form);
    graveIn(form).forEach((code) => state.seen.add(code));
  }, PAUSE);
});

const insert = (field, start, end, text) => {
  field.focus();
  field.setSelectionRange(start, end);
  // The only way of putting text in that the browser's own undo takes back.
  if (!document.execCommand("insertText", false, text)) field.setRangeText(text, start, end, "end");
  field.dispatchEvent(new Event("input", { bubbles: true }));
};

const sentenceAround = (text, at) => {
  const before = text.slice(0, at).search(/[^.!?\n]*$/);
  const rest = text.slice(at).search(/[.!?\n]/);
  let end = rest < 0 ? text.length : at + rest;
  while (".!?".includes(text[end] ?? "\n")) end += 1;
  const start = before + text.slice(before).search(/\S/);
  return [Math.min(start, at), end];
};

const fix = (form, { fix: better, fixAt, fixAdds }) => {
  const field = textOf(form);
  if (fixAt) {
    const [from] = fixAt.split("-").map(Number);
    // Characters are counted by the server as whole signs, here in UTF-16.
    const at = [...stateOf(form).text ?? field.value].slice(0, from).join("").length;
    const [start, end] = sentenceAround(field.value, Math.min(at, field.value.length));
    return insert(field, start, end, better);
  }
  if (fixAdds === "end") {
    const end = field.value.trimEnd().length;
    return insert(field, end, field.value.length, `\n\n${better}`);
  }
  const greeting = /^[^\n]*\n\s*/.exec(field.value)?.[0].length ?? 0;
  return insert(field, greeting, greeting, `${better} `);
};

document.addEventListener("click", async (event) => {
  const form = event.target.closest("form[data-remarks-url]");
  if (!form) return;
  const fixing = event.target.closest("[data-fix]");
  if (fixing) {
    fix(form, fixing.dataset);
    return void ask(form);
  }
  const dismissing = event.target.closest("[data-leave]");
  if (!dismissing) return;
  event.preventDefault();
  await ask(form, dismissing.value);
  textOf(form).focus();
});

document.addEventListener(
  "submit",
  async (event) => {
    const form = event.target.closest("form[data-remarks-url]");
    if (!form || /^(check|release|answers|files|[a-z]+:)/.test(event.submitter?.value ?? "")) return;
    const state = stateOf(form);
    if (state.sends || state.text === textOf(form).value) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    const { submitter } = event;
    await ask(form, "check", LONGEST_SENDING);
    const fresh = graveIn(form).filter((code) => !state.seen.has(code));
    fresh.forEach((code) => state.seen.add(code));
    if (fresh.length) {
      form.querySelector("[data-remarks]").scrollIntoView({ block: "nearest" });
      return void document.dispatchEvent(new CustomEvent("amends:say", { detail: { text: words.remarked, level: "warning" } }));
    }
    state.sends = true;
    form.requestSubmit(submitter);
    state.sends = false;
  },
  { capture: true },
);
