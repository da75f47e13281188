// Keys: <a data-key="F3"> is pressed by F3, a field is focused. F keys work while typing; letters
// only outside fields, by their place on the keyboard, so in Cyrillic too. All can be switched off.
const isOff = () => document.body.dataset.keys === "off";
const LETTERS = { KeyJ: "J", KeyK: "K", KeyR: "R", KeyN: "N" };

const isTyping = (target) =>
  target.isContentEditable || target.matches?.("textarea, select, input:not([type=checkbox], [type=radio], [type=button], [type=submit])");

const keyOf = (event) => {
  if (/^F\d+$/.test(event.key)) return event.key;
  if (event.key === "?" || (event.code === "Slash" && event.shiftKey)) return "?";
  if (event.key === "/" || event.code === "Slash") return "/";
  return LETTERS[event.code];
};

const isThere = (element) => !element.disabled && element.checkVisibility?.({ visibilityProperty: true }) !== false;

const press = (key) => {
  const scope = document.querySelector("dialog[open]") ?? document;
  const target = [...scope.querySelectorAll(`[data-key="${key}"]`)].filter(isThere).pop();
  if (!target) return false;
  if (target.matches("input, textarea, select")) {
    target.focus();
    target.select?.();
  } else target.click();
  return true;
};

const move = (step) => {
  const rows = [...document.querySelectorAll("[data-rows] a.subject, .list-link")].filter(isThere);
  if (!rows.length) return false;
  const here = rows.findIndex((row) => row === document.activeElement || row.hasAttribute("aria-current"));
  rows[Math.min(Math.max(here + step, 0), rows.length - 1)].focus();
  return true;
};

const act = (key) => {
  if (key === "J") return move(1);
  if (key === "K") return move(-1);
  if (key === "?") {
    document.dispatchEvent(new CustomEvent("amends:open", { detail: "keys" }));
    return true;
  }
  return press(key);
};

document.addEventListener("keydown", (event) => {
  if (event.defaultPrevented || event.isComposing || isOff()) return;
  if ((event.ctrlKey || event.metaKey) && !event.altKey && event.code === "KeyK") {
    event.preventDefault();
    document.dispatchEvent(new CustomEvent("amends:open", { detail: "palette" }));
    return;
  }
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const key = keyOf(event);
  if (!key || (!key.startsWith("F") && isTyping(event.target))) return;
  if (act(key)) event.preventDefault();
});
