// What is said in passing leaves by itself, later when there is something to undo, and never while
// somebody points at it or has it in focus.
const area = () => document.getElementById("messages");
const LEAVES = 10_000;
const LEAVES_WITH_UNDO = 30_000;

const watch = (message) => {
  if (message.dataset.watched) return;
  message.dataset.watched = "yes";
  for (const button of message.querySelectorAll("[data-dismiss]")) button.hidden = false;
  if (!message.classList.contains("message--success")) return;
  const leave = () => (message.matches(":hover, :focus-within") ? setTimeout(leave, 2000) : message.remove());
  setTimeout(leave, message.querySelector("form") ? LEAVES_WITH_UNDO : LEAVES);
};

const watchAll = () => area()?.querySelectorAll("[data-message]").forEach(watch);

document.addEventListener("click", (event) => {
  if (event.target.closest("[data-dismiss]")) event.target.closest("[data-message]").remove();
});

document.addEventListener("amends:say", ({ detail: { text, level } }) => {
  const blank = document.getElementById("message-blank");
  if (!blank || !text) return;
  const message = blank.content.firstElementChild.cloneNode(true);
  message.classList.add(`message--${level}`);
  message.querySelector("span").textContent = text;
  area().replaceChildren(message);
  watch(message);
});

document.addEventListener("htmx:after:swap", watchAll);
watchAll();
