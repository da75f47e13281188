// Naming a colleague in a note: behind an @ a list of colleagues opens under the field.
// <textarea data-mention=URL> gets `URL?q=…`: lines of <a class="option" data-handle>. Without this
// script the whole handle is typed.
const PAUSE = 150;
const LONGEST = 60;
const BEHIND_AT = /(?:^|[^\p{L}\p{N}_@.])@([\p{L}\p{N}_.-]*)$/u;
let asked = null;
let number = 0;

const typedIn = (field) => BEHIND_AT.exec(field.value.slice(0, field.selectionStart))?.[1];

const placeOf = (field) => {
  let place = document.getElementById(field.dataset.mentionPlace || "");
  if (place) return place;
  place = document.createElement("div");
  place.id = field.dataset.mentionPlace = `mention-${++number}`;
  place.className = "mention";
  const said = document.createElement("span");
  said.className = "unseen";
  said.setAttribute("role", "status");
  field.after(said, place);
  field.setAttribute("aria-autocomplete", "list");
  return place;
};

const optionsOf = (field) => [...placeOf(field).querySelectorAll(".option")];

const mark = (field, option) => {
  for (const other of optionsOf(field)) other.setAttribute("aria-selected", String(other === option));
  if (!option) return field.removeAttribute("aria-activedescendant");
  field.setAttribute("aria-activedescendant", option.id);
  return option.scrollIntoView({ block: "nearest" });
};

const close = (field) => {
  clearTimeout(asked?.timer);
  asked?.stop.abort();
  asked = null;
  const place = placeOf(field);
  place.replaceChildren();
  place.previousElementSibling.textContent = "";
  field.removeAttribute("aria-activedescendant");
  field.removeAttribute("aria-controls");
};

const show = (field, html) => {
  const place = placeOf(field);
  place.innerHTML = html;
  const said = place.querySelector("[data-said]");
  place.previousElementSibling.textContent = said?.textContent ?? "";
  said?.remove();
  const list = place.querySelector("[role=listbox]");
  if (list) {
    list.id = `${place.id}-list`;
    field.setAttribute("aria-controls", list.id);
  }
  optionsOf(field).forEach((option, at) => { option.id = `${place.id}-${at}`; });
  mark(field, optionsOf(field)[0]);
};

const ask = (field, typed) => {
  clearTimeout(asked?.timer);
  asked?.stop.abort();
  const stop = new AbortController();
  const timer = setTimeout(async () => {
    const url = new URL(field.dataset.mention, location.href);
    url.searchParams.set("q", typed);
    try {
      const answer = await fetch(url, { signal: stop.signal, headers: { "HX-Request": "true" } });
      if (answer.ok && !answer.redirected && document.activeElement === field) show(field, await answer.text());
    } catch (error) {
      if (error.name !== "AbortError") close(field);
    }
  }, PAUSE);
  asked = { timer, stop };
};

const choose = (field, option) => {
  const end = field.selectionStart;
  const begin = end - typedIn(field).length;
  const rest = field.value.slice(end);
  field.setRangeText(option.dataset.handle + (/^\s/.test(rest) ? "" : " "), begin, end, "end");
  close(field);
  field.focus();
  field.dispatchEvent(new Event("input", { bubbles: true }));
};

document.addEventListener("input", (event) => {
  const field = event.target.closest?.("[data-mention]");
  if (!field) return;
  const typed = typedIn(field);
  if (typed === undefined || typed.length > LONGEST) close(field);
  else ask(field, typed);
});

// Before other keys of the page hear it: Enter chooses here, and Escape closes only the list.
document.addEventListener("keydown", (event) => {
  const field = event.target.closest?.("[data-mention]");
  const options = field && !event.isComposing ? optionsOf(field) : [];
  if (!options.length) return;
  const at = options.findIndex((option) => option.getAttribute("aria-selected") === "true");
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (step) mark(field, options[(at + step + options.length) % options.length]);
  else if (event.key === "Enter" && !event.ctrlKey && !event.metaKey && typedIn(field) !== undefined) choose(field, options[Math.max(at, 0)]);
  else if (event.key === "Escape") close(field);
  else return;
  event.preventDefault();
  event.stopPropagation();
}, true);

document.addEventListener("mousedown", (event) => {
  const option = event.target.closest?.(".mention .option");
  if (!option) return;
  event.preventDefault();
  choose(document.querySelector(`[data-mention-place="${option.closest(".mention").id}"]`), option);
});

document.addEventListener("click", (event) => {
  if (event.target.closest?.(".mention .option")) event.preventDefault();
});

document.addEventListener("focusout", (event) => {
  if (event.target.matches?.("[data-mention]")) close(event.target);
});
