// Shows an element only while a field has a value: <div data-shown-by="when=other">.
const showWhatIsAskedFor = () => {
  for (const part of document.querySelectorAll("[data-shown-by]")) {
    const [name, value] = part.dataset.shownBy.split("=");
    const form = part.closest("form");
    const chosen = form ? new FormData(form).getAll(name) : [];
    part.hidden = !chosen.includes(value);
  }
};

document.addEventListener("change", (event) => {
  showWhatIsAskedFor();
  if (event.target.closest("[data-chips='submit']")) event.target.form?.requestSubmit();
});
document.addEventListener("htmx:after:swap", showWhatIsAskedFor);
showWhatIsAskedFor();
