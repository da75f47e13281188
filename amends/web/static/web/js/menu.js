// Menus close by themselves; dialogs open by <button data-open="id">.
document.addEventListener("click", (event) => {
  for (const menu of document.querySelectorAll("details[data-menu][open]")) {
    if (!menu.contains(event.target)) menu.open = false;
  }
  const opener = event.target.closest("[data-open]");
  if (opener) document.dispatchEvent(new CustomEvent("amends:open", { detail: opener.dataset.open }));
  const dialog = event.target.closest("dialog");
  if (dialog === event.target) dialog.close();
});

document.addEventListener("keydown", (event) => {
  const menu = event.key === "Escape" && document.querySelector("details[data-menu][open]");
  if (!menu) return;
  menu.open = false;
  menu.querySelector("summary").focus();
});

document.addEventListener("amends:open", ({ detail }) => {
  const dialog = document.getElementById(detail);
  if (!dialog || dialog.open) return;
  for (const menu of document.querySelectorAll("details[data-menu][open]")) menu.open = false;
  dialog.showModal();
});

for (const opener of document.querySelectorAll("[data-open][hidden]")) opener.hidden = false;
