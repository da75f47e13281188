// What only some who write need is fetched when they begin: <form data-later=URL> names a script.
// A button that needs it and is pressed before it is there is pressed again once it is.
const loaded = new Map();
const load = (element) => {
  const url = element.closest?.("[data-later]")?.dataset.later;
  if (url && !loaded.has(url)) loaded.set(url, import(url).then(() => loaded.set(url, true)));
  return url && loaded.get(url);
};

// The script as long as it is on its way; undefined where none is wanted, or where it is there.
const coming = (element) => {
  const answer = element && load(element);
  return answer === true ? undefined : answer;
};

for (const kind of ["focusin", "pointerover", "dragenter"]) document.addEventListener(kind, (event) => load(event.target));
document.addEventListener(
  "click",
  (event) => {
    const button = event.target.closest?.("[data-answers], [data-case-files]");
    const script = coming(button);
    if (!script) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    script.then(() => button.click());
  },
  { capture: true },
);

// Files that are pasted or dropped before it is there are given to it once it is.
document.addEventListener("dragover", (event) => {
  if ([...(event.dataTransfer?.types ?? [])].includes("Files") && coming(event.target)) event.preventDefault();
});
for (const [kind, given] of [["paste", "clipboardData"], ["drop", "dataTransfer"]]) document.addEventListener(
  kind,
  (event) => {
    const { target } = event;
    const files = [...(event[given]?.files ?? [])];
    const script = files.length && coming(target);
    if (!script) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    const kept = new DataTransfer();
    for (const file of files) kept.items.add(file);
    const Again = kind === "paste" ? ClipboardEvent : DragEvent;
    script.then(() => target.dispatchEvent(new Again(kind, { [given]: kept, bubbles: true, cancelable: true })));
  },
  { capture: true },
);
