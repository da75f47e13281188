// Typing leaves of many ticks those that hold the letters: <div data-narrow="ID of the ticks" hidden>.
// Enter sets the first that is left, or takes it off, and the field is ready for the next one.
const plain = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLocaleLowerCase();
const ticksOf = (part) => [...(document.getElementById(part.dataset.narrow)?.querySelectorAll("label") ?? [])];

const narrow = (part) => {
  const sought = plain(part.querySelector("input").value.trim());
  for (const tick of ticksOf(part)) tick.hidden = !plain(tick.textContent).includes(sought);
};

const offer = () => {
  for (const part of document.querySelectorAll("[data-narrow]")) part.hidden = false;
};

document.addEventListener("input", (event) => {
  const part = event.target.closest("[data-narrow]");
  if (part) narrow(part);
});
document.addEventListener("keydown", (event) => {
  const part = event.target.closest("[data-narrow]");
  if (!part || event.key !== "Enter") return;
  event.preventDefault();
  const field = part.querySelector("input");
  const first = field.value.trim() && ticksOf(part).find((tick) => !tick.hidden);
  if (!first) return;
  first.querySelector("input").click();
  field.value = "";
  narrow(part);
});
document.addEventListener("htmx:after:swap", offer);
offer();
