// A second click on the same submit does nothing; a button shows that it works after 300 ms.
const GIVE_UP = 15_000;
const going = new Map();

const finish = (form) => {
  const { timers, button } = going.get(form) ?? { timers: [] };
  timers.forEach(clearTimeout);
  button?.removeAttribute("aria-busy");
  going.delete(form);
};

document.addEventListener(
  "submit",
  (event) => {
    if (!going.has(event.target)) return;
    event.preventDefault();
    event.stopImmediatePropagation();
  },
  { capture: true },
);

document.addEventListener("submit", (event) => {
  const form = event.target;
  const isOurs = form.method === "post" && (!event.defaultPrevented || form.matches("[hx-post]"));
  if (!isOurs) return;
  const button = event.submitter;
  going.set(form, {
    button,
    timers: [
      setTimeout(() => button?.setAttribute("aria-busy", "true"), 300),
      setTimeout(() => finish(form), GIVE_UP),
    ],
  });
});

document.addEventListener("htmx:finally:request", () => [...going.keys()].forEach(finish));
addEventListener("pageshow", () => [...going.keys()].forEach(finish));
