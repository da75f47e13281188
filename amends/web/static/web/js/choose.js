// Ticking rows of a list: X ticks the row one is at, Shift with X or a click all since the last one.
// The bar that acts on them shows once something is ticked; without a script it always stands there.
let last = null;

const ticks = () => [...document.querySelectorAll("input[form='choose'][name='case']")];
const bar = () => document.querySelector("[data-choose]");

const say = () => {
  const form = bar();
  if (!form) return;
  const chosen = ticks().filter((tick) => tick.checked).length;
  const all = form.elements.all?.checked;
  form.querySelector("[data-chosen]").textContent = all ? "…" : String(chosen);
  form.hidden = !chosen && !all;
  const page = form.querySelector("[data-choose-page]");
  page.hidden = false;
  page.checked = chosen > 0 && chosen === ticks().length;
};

const tick = (one, checked, range) => {
  const found = ticks();
  const from = range && last ? found.indexOf(last) : -1;
  const to = found.indexOf(one);
  const [begin, end] = from < 0 ? [to, to] : [Math.min(from, to), Math.max(from, to)];
  for (const each of found.slice(begin, end + 1)) each.checked = checked;
  last = one;
  say();
};

const here = () => {
  const row = document.activeElement?.closest("tr");
  return row?.querySelector("input[form='choose'][name='case']");
};

document.addEventListener("click", (event) => {
  if (event.target.matches?.("[data-choose-page]")) {
    for (const each of ticks()) each.checked = event.target.checked;
    say();
  } else if (event.target.matches?.("input[form='choose'][name='case']")) {
    tick(event.target, event.target.checked, event.shiftKey);
  }
});
document.addEventListener("change", (event) => {
  if (event.target.closest?.("[data-choose]")) say();
});
document.addEventListener("keydown", (event) => {
  if (event.code !== "KeyX" || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.defaultPrevented || event.isComposing || document.body.dataset.keys === "off") return;
  if (event.target.matches?.("textarea, select, input:not([type=checkbox])") || event.target.isContentEditable) return;
  const one = here();
  if (!one) return;
  event.preventDefault();
  tick(one, event.shiftKey ? true : !one.checked, event.shiftKey);
});
document.addEventListener("htmx:after:swap", say);
say();
