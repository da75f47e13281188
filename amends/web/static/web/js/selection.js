// What is marked in somebody's words stands in the field that asks for a passage of them.
const into = () => document.querySelector("[data-takes-selection]");

document.addEventListener("selectionchange", () => {
  const field = into();
  const marked = document.getSelection();
  if (!field || !marked || marked.isCollapsed) return;
  const words = document.querySelector("[data-gives-selection]");
  if (words?.contains(marked.anchorNode) && words.contains(marked.focusNode)) {
    field.value = marked.toString().trim();
  }
});
