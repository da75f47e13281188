// Ready answers in a reply: a list under the text, found by typing, put in at the cursor. The
// browser's own undo takes it back. Without this script the button leads to the same list as a page.
const BLANK = /\{[^\W\d]\w*\}/u;

const insert = (field, text) => {
  field.focus();
  // The only way of putting text in that the browser's own undo takes back.
  if (!document.execCommand("insertText", false, text)) field.setRangeText(text, field.selectionStart, field.selectionEnd, "end");
  field.dispatchEvent(new Event("input", { bubbles: true }));
};

// Where nobody clicked or typed in it yet, the cursor is before the greeting: there it goes to the end.
const touched = new WeakSet();
for (const kind of ["pointerdown", "keydown", "input"]) document.addEventListener(kind, ({ target }) => {
  if (target.matches?.("textarea.composer-text")) touched.add(target);
});

// The first thing to fill in is chosen, so that typing takes its place.
const putIn = (field, answer) => {
  if (!touched.has(field)) field.setSelectionRange(field.value.length, field.value.length);
  const begin = field.selectionStart;
  const before = field.value.slice(0, begin);
  const gap = before && !/\n\s*$/.test(before) ? "\n\n" : "";
  insert(field, gap + answer);
  const blank = BLANK.exec(field.value.slice(begin));
  if (blank) field.setSelectionRange(begin + blank.index, begin + blank.index + blank[0].length);
};

const fieldOf = (form) => form.querySelector("textarea.composer-text");
const placeOf = (form) => form.querySelector("[data-answers-place]");
const shownIn = (place) => [...place.querySelectorAll("li:not([hidden]) [data-answer]")];

const close = (form) => {
  placeOf(form).replaceChildren();
  form.querySelector("[data-answers]").setAttribute("aria-expanded", "false");
  fieldOf(form).focus();
};

const open = async (form, button) => {
  const place = placeOf(form);
  if (place.childElementCount) return close(form);
  const answer = await fetch(button.dataset.answers);
  if (!answer.ok || answer.redirected) return undefined;
  place.innerHTML = await answer.text();
  button.setAttribute("aria-expanded", "true");
  const find = place.querySelector("[data-answers-find]");
  if (!find) return undefined;
  find.hidden = false;
  return find.querySelector("input").focus();
};

const filter = (place, typed) => {
  const words = typed.toLocaleLowerCase().split(/\s+/);
  for (const item of place.querySelectorAll("li")) {
    const text = `${item.textContent} ${item.firstElementChild.dataset.answer}`.toLocaleLowerCase();
    item.hidden = !words.every((word) => text.includes(word));
  }
  place.querySelector("[data-answers-none]").hidden = shownIn(place).length > 0;
};

let took = null;
document.addEventListener("focusin", ({ target }) => {
  if (target.matches?.("[data-takes]")) took = target;
});

document.addEventListener("click", (event) => {
  const button = event.target.closest?.("[data-answers], [data-answer], [data-insert]");
  if (!button) return;
  const { form } = button;
  const { answers, answer, insert: variable } = button.dataset;
  event.preventDefault();
  if (answers !== undefined) open(form, button);
  else if (answer !== undefined) {
    close(form);
    putIn(fieldOf(form), answer);
  } else insert(took ?? form.querySelector("[data-takes]"), variable);
});

document.addEventListener("input", ({ target }) => {
  if (target.closest?.("[data-answers-find]")) filter(target.closest("[data-answers-place]"), target.value);
  if (out.size && target.matches?.("form[data-remarks-url] textarea.composer-text")) bringBack(target.form, target.value);
});

document.addEventListener("keydown", (event) => {
  const place = event.target.closest?.("[data-answers-place]");
  if (!place || event.isComposing) return;
  const shown = shownIn(place);
  const find = place.querySelector("[data-answers-find] input");
  const at = shown.indexOf(document.activeElement);
  if (event.key === "ArrowDown") shown[Math.min(at + 1, shown.length - 1)]?.focus();
  else if (event.key === "ArrowUp") (at > 0 ? shown[at - 1] : find)?.focus();
  else if (event.key === "Escape") close(place.closest("form"));
  else if (event.key === "Enter" && event.target === find) shown[0]?.click();
  else return;
  event.preventDefault();
  event.stopPropagation();
});

// Files go with a reply as soon as they are chosen, dropped or pasted, and are kept with it.
const filesOf = (form) => form.querySelector("[data-files-place]");
const warn = (text) => document.dispatchEvent(new CustomEvent("amends:say", { detail: { text, level: "error" } }));
const words = JSON.parse(document.getElementById("page-words")?.textContent ?? "{}");

const post = (form, body, done) => {
  const place = filesOf(form);
  const bar = form.querySelector("[data-files-progress]");
  const request = new XMLHttpRequest(); // the only one that tells how much has left
  request.open("POST", place.dataset.filesUrl);
  request.setRequestHeader("X-CSRFToken", form.elements.csrfmiddlewaretoken.value);
  request.upload.addEventListener("progress", (event) => {
    bar.classList.remove("unseen");
    bar.value = event.loaded / event.total;
  });
  request.addEventListener("loadend", () => {
    bar.classList.add("unseen");
    if (request.status === 200) done?.();
    if (request.status === 200 || request.status === 422) place.innerHTML = request.responseText;
    else warn(request.status ? words.failed : words.offlineAct);
  });
  request.send(body);
};

const send = (form, files, done) => {
  if (!files.length) return;
  const { most, tooMuch } = filesOf(form).dataset;
  if (files.reduce((sum, file) => sum + file.size, 0) > most * 1024 * 1024) {
    warn(tooMuch);
    return;
  }
  const body = new FormData();
  for (const file of files) body.append("reply-attached", file);
  post(form, body, done);
};

// A pasted picture has no name of its own. By the one it gets here, it is shown in the mail.
const SHOWN = /^image\/(png|jpeg|gif|webp)$/;
const named = (file, place) => {
  const kind = SHOWN.exec(file.type)?.[1];
  if (!kind) return file;
  const now = new Date();
  const time = [now.getHours(), now.getMinutes(), now.getSeconds()].map((part) => String(part).padStart(2, "0")).join("");
  return new File([file], `picture-${time}-${place + 1}.${kind}`, { type: file.type });
};
const show = (form, files) => {
  const field = fieldOf(form);
  const names = files.filter((file) => SHOWN.test(file.type)).map((file) => `[${file.name}]`);
  if (!names.length) return;
  const before = field.value.slice(0, field.selectionStart);
  for (const file of files) pasted.set(file.name, file);
  insert(field, `${before && !before.endsWith("\n") ? "\n" : ""}${names.join("\n")}\n`);
};

// With a picture its line is taken out, too. The browser's own undo brings a line back; where the
// picture was pasted here, it comes back with it, and elsewhere the line stays out.
const pasted = new Map();
const out = new Set();
const lineOf = (text, name) => {
  const shown = name.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
  return new RegExp(`^[ \\t]*\\[${shown}(?::[^\\]\\n]*)?\\][ \\t]*(?:\\n|$)`, "m").exec(text);
};
const hide = (form, name) => {
  const field = fieldOf(form);
  for (let line = lineOf(field.value, name); line; line = lineOf(field.value, name)) {
    const end = line.index + line[0].length;
    if (pasted.has(name)) {
      field.setSelectionRange(line.index, end);
      insert(field, "");
    } else {
      field.setRangeText("", line.index, end, "end");
      field.dispatchEvent(new Event("input", { bubbles: true }));
    }
  }
  if (pasted.has(name)) out.add(name);
};
const bringBack = (form, text) => {
  for (const name of [...out].filter((one) => lineOf(text, one))) {
    out.delete(name);
    send(form, [pasted.get(name)]);
  }
};

const hasFiles = (event) => [...(event.dataTransfer?.types ?? [])].includes("Files");
const replyOf = (event) => event.target.closest?.("form[data-remarks-url]");

document.addEventListener("change", ({ target }) => {
  if (target.type !== "file" || !target.form?.matches("[data-remarks-url]")) return;
  send(target.form, [...target.files]);
  target.value = "";
});
document.addEventListener("paste", (event) => {
  const form = replyOf(event);
  const files = [...(event.clipboardData?.files ?? [])];
  if (!form || !files.length) return;
  event.preventDefault();
  const given = files.map(named);
  send(form, given, () => show(form, given));
});
for (const kind of ["dragover", "dragleave", "drop"]) document.addEventListener(kind, (event) => {
  const form = replyOf(event);
  if (!form || !hasFiles(event)) return;
  event.preventDefault();
  form.classList.toggle("is-over", kind === "dragover");
  if (kind === "drop") send(form, [...event.dataTransfer.files]);
});
document.addEventListener("click", async (event) => {
  const button = event.target.closest?.("[data-file-act], [data-case-files], [data-copy], [data-leaves]");
  if (!button) return;
  event.preventDefault();
  const { form } = button;
  if (button.dataset.leaves) {
    const at = form.elements["reply-leaves_at"];
    at.value = button.dataset.leaves;
    at.dispatchEvent(new Event("input", { bubbles: true }));
    return;
  }
  if (button.dataset.copy) {
    const cc = form.elements["reply-cc"];
    cc.value = [cc.value.trim().replace(/,$/, ""), button.dataset.copy].filter(Boolean).join(", ");
    cc.dispatchEvent(new Event("input", { bubbles: true }));
    return;
  }
  if (button.matches("[data-file-act]")) {
    const body = new FormData();
    body.set("then", button.value);
    const { takesOut } = button.dataset;
    post(form, body, takesOut && (() => hide(form, takesOut)));
    return;
  }
  const answer = await fetch(filesOf(form).dataset.filesUrl);
  if (answer.ok && !answer.redirected) filesOf(form).innerHTML = await answer.text();
});
document.addEventListener("toggle", async ({ target }) => {
  const place = target.open && target.matches?.("[data-copies-url]") && target.querySelector("[data-copies-place]");
  if (!place || place.childElementCount) return;
  const answer = await fetch(target.dataset.copiesUrl);
  if (answer.ok && !answer.redirected) place.innerHTML = await answer.text();
}, true);
