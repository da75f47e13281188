// What only some who write need is fetched when they begin: <form data-later=URL> names a script.
// A button that needs it and is pressed before it is there is pressed again once it is.
const loaded = new Map();
const load = (element) => {
  const url = element.closest?.("[data-later]")?.dataset.later;
  if (url && !loaded.has(url)) loaded.set(url, import(url).then(() => loaded.set(url, true)));
  return url && loaded.get(url);
};

for (const kind of ["focusin", "pointerover", "dragenter"]) document.addEventListener(kind, (event) => load(event.target));
document.addEventListener(
  "click",
  (event) => {
    const button = event.target.closest?.("[data-answers], [data-case-files]");
    const coming = button && load(button);
    if (!coming || coming === true) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    coming.then(() => button.click());
  },
  { capture: true },
);
