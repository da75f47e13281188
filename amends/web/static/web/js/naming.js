// What cannot be undone is confirmed by naming the thing: until then its button does nothing.
const matches = (field) => field.value.trim() === field.dataset.naming;

const guard = () => {
  for (const field of document.querySelectorAll("[data-naming]")) {
    field.form.querySelector("[type=submit]").disabled = !matches(field);
  }
};

document.addEventListener("input", guard);
document.addEventListener("htmx:after:swap", guard);
guard();
