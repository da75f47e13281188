// Painting the week: each day's field grows a strip of quarter hours, which shows what the field
// says and writes into it. The fields alone are sent, so without this script nothing is missing.
const QUARTER = 15, DAY = 1440, NOON = 720, CELLS = DAY / QUARTER;
const root = document.querySelector("[data-paint]");
const inputs = [...root.querySelectorAll("[data-day]")];
const SPAN = /^(\d{1,2})(?:[:.](\d{2}))?\s*[-–—]\s*(\d{1,2})(?:[:.](\d{2}))?$/;

const clock = (at) => `${Math.floor(at / 60)}:${String(at % 60).padStart(2, "0")}`;
const write = (spans) => spans.map(([from, to]) => `${clock(from)}-${clock(to > DAY ? to - DAY : to)}`).join(", ");

// A day is a list of spans in minutes, those of a night reaching past the day; null: unreadable.
const read = (text) => {
  const parts = text.split(/[,;]/).map((part) => part.trim()).filter(Boolean);
  const found = parts.map((part) => part.match(SPAN));
  if (found.includes(null)) return null;
  return found.map(([, hour, minute, hour2, minute2]) => {
    const from = hour * 60 + Number(minute ?? 0);
    const to = hour2 * 60 + Number(minute2 ?? 0);
    return [from, to > from ? to : to + DAY];
  });
};

let days = inputs.map((input) => read(input.value));

const after = (day) => (day + 1) % days.length;
const before = (day) => (day + days.length - 1) % days.length;
const covers = (spans, at) => spans?.some(([from, to]) => from <= at && at < to);
const isOpen = (day, cell) => {
  const at = cell * QUARTER + QUARTER / 2;
  return Boolean(covers(days[day], at) || covers(days[before(day)], at + DAY));
};

const cut = (spans, from, to) =>
  spans.flatMap(([a, b]) => [[a, Math.min(b, from)], [Math.max(a, to), b]]).filter(([a, b]) => a < b);

const merged = (spans) => {
  const whole = [];
  for (const [from, to] of spans.toSorted((one, other) => one[0] - other[0])) {
    const last = whole.at(-1);
    if (last && from <= last[1]) last[1] = Math.max(last[1], to);
    else whole.push([from, to]);
  }
  return whole;
};

// A piece of a night that lost its evening is a morning; an evening that meets a morning is a night.
const settle = () => {
  days.forEach((spans, day) => {
    const next = after(day);
    if (!spans || !days[next]) return;
    const mornings = spans.filter(([from]) => from >= DAY).map(([from, to]) => [from - DAY, to - DAY]);
    days[day] = merged(spans.filter(([from]) => from < DAY));
    days[next] = merged([...days[next], ...mornings]);
  });
  days.forEach((spans, day) => {
    const evening = spans?.at(-1);
    const morning = days[after(day)]?.[0];
    if (!evening || !morning || evening[0] < NOON || morning[1] > NOON || morning[0] + DAY > evening[1]) return;
    evening[1] = Math.max(evening[1], morning[1] + DAY);
    days[after(day)].shift();
  });
};

const paint = (day, from, to, open) => {
  days[day] = cut(days[day] ?? [], from, to);
  if (days[before(day)]) days[before(day)] = cut(days[before(day)], from + DAY, to + DAY);
  if (open) days[day] = merged([...days[day], [from, to]]);
};

const strips = inputs.map((input, day) => {
  const strip = document.createElement("div");
  strip.className = "strip-of-day";
  strip.setAttribute("role", "listbox");
  strip.setAttribute("aria-multiselectable", "true");
  strip.setAttribute("aria-orientation", "horizontal");
  strip.setAttribute("aria-label", input.dataset.day);
  for (let cell = 0; cell < CELLS; cell += 1) {
    const quarter = document.createElement("span");
    quarter.setAttribute("role", "option");
    quarter.setAttribute("aria-label", clock(cell * QUARTER));
    quarter.tabIndex = cell === 36 ? 0 : -1;
    quarter.dataset.at = `${day} ${cell}`;
    if (cell % 12 === 0) quarter.dataset.mark = cell / 4;
    strip.append(quarter);
  }
  input.closest(".field").append(strip);
  return strip;
});
root.classList.add("painted");

const show = () => {
  strips.forEach((strip, day) => {
    [...strip.children].forEach((quarter, cell) => quarter.setAttribute("aria-selected", isOpen(day, cell)));
  });
};

const keep = () => {
  settle();
  days.forEach((spans, day) => {
    if (spans && JSON.stringify(spans) !== JSON.stringify(read(inputs[day].value))) inputs[day].value = write(spans);
  });
  show();
};

const placeOf = (element) => element?.dataset?.at?.split(" ").map(Number);
let drag = null;

const paintTo = ([day, cell]) => {
  // A finger is broader than a quarter of an hour.
  const step = drag.touched ? 2 : 1;
  days = structuredClone(drag.was);
  const [top, bottom] = [Math.min(drag.day, day), Math.max(drag.day, day)];
  const [first, last] = [Math.min(drag.cell, cell), Math.max(drag.cell, cell)];
  const from = Math.floor(first / step) * step * QUARTER;
  const to = (Math.floor(last / step) + 1) * step * QUARTER;
  for (let each = top; each <= bottom; each += 1) paint(each, from, to, drag.open);
  keep();
};

root.addEventListener("pointerdown", (event) => {
  const place = placeOf(event.target);
  if (!place || event.button) return;
  const [day, cell] = place;
  const open = !isOpen(day, cell);
  drag = { day, cell, open, touched: event.pointerType === "touch", was: structuredClone(days) };
  event.preventDefault();
  goTo(day, cell);
  paintTo(place);
});
document.addEventListener("pointermove", (event) => {
  const place = drag && placeOf(document.elementFromPoint(event.clientX, event.clientY));
  if (place) paintTo(place);
});
document.addEventListener("pointerup", () => { drag = null; });
// The browser took the finger for scrolling: nothing was meant to be painted.
document.addEventListener("pointercancel", () => {
  if (!drag) return;
  days = drag.was;
  drag = null;
  keep();
});

const goTo = (day, cell) => {
  for (const quarter of strips[day].children) quarter.tabIndex = -1;
  const quarter = strips[day].children[cell];
  quarter.tabIndex = 0;
  quarter.focus();
};

const STEPS = { ArrowLeft: [0, -1], ArrowRight: [0, 1], ArrowUp: [-1, 0], ArrowDown: [1, 0], PageUp: [0, -4], PageDown: [0, 4], Home: [0, -CELLS], End: [0, CELLS] };

root.addEventListener("keydown", (event) => {
  const place = placeOf(event.target);
  if (!place || event.ctrlKey || event.metaKey || event.altKey) return;
  const [day, cell] = place;
  if (event.key === " ") {
    event.preventDefault();
    paint(day, cell * QUARTER, (cell + 1) * QUARTER, !isOpen(day, cell));
    keep();
    return;
  }
  const step = STEPS[event.key];
  if (!step) return;
  event.preventDefault();
  const to = Math.min(Math.max(cell + step[1], 0), CELLS - 1);
  const on = Math.min(Math.max(day + step[0], 0), days.length - 1);
  if (event.shiftKey) {
    const open = isOpen(day, cell);
    const [first, last] = [Math.min(cell, to), Math.max(cell, to)];
    paint(on, first * QUARTER, (last + 1) * QUARTER, open);
    keep();
  }
  goTo(on, to);
});

root.addEventListener("input", (event) => {
  const day = inputs.indexOf(event.target);
  if (day < 0) return;
  days[day] = read(event.target.value);
  show();
});

const copy = root.querySelector("[data-copy]");
copy.hidden = false;
copy.querySelector("button").addEventListener("click", () => {
  const from = inputs[copy.querySelector("select").selectedIndex].value;
  [...copy.querySelectorAll("input")].forEach((tick, day) => {
    if (tick.checked) inputs[day].value = from;
  });
  days = inputs.map((input) => read(input.value));
  show();
});

show();
