// The command palette: what this page can do comes first, then cases, customers and pages found.
const palette = document.getElementById("palette");

const nameOf = (element) => {
  const copy = element.cloneNode(true);
  for (const key of copy.querySelectorAll("kbd")) key.remove();
  return copy.textContent.trim();
};

const actsOfThisPage = (query) => {
  const wanted = query.trim().toLocaleLowerCase();
  return [...document.querySelectorAll("body > .frame [data-key]:not(input)")]
    .filter((element) => !element.disabled && element.checkVisibility?.() !== false)
    .map((element) => ({
      element,
      key: element.dataset.key,
      name: nameOf(element),
    }))
    .filter(({ name }) => name && name.toLocaleLowerCase().includes(wanted));
};

const optionFor = ({ element, key, name }) => {
  const option = document.createElement("a");
  option.className = "option";
  option.href = "#";
  const label = document.createElement("span");
  label.textContent = name;
  option.append(label);
  const side = document.createElement("kbd");
  side.className = "side";
  side.textContent = key;
  option.append(side);
  option.addEventListener("click", (event) => {
    event.preventDefault();
    palette.close();
    element.click();
  });
  return option;
};

if (palette) {
  const input = palette.querySelector("input");
  palette.addEventListener("amends:found", ({ detail: { list } }) => {
    const acts = actsOfThisPage(input.value).map(optionFor);
    acts.forEach((option, place) => {
      option.id = `${list.id}-act-${place}`;
      option.setAttribute("role", "option");
      option.tabIndex = -1;
    });
    list.prepend(...acts);
    list.hidden = !list.childElementCount;
  });
  document.addEventListener("amends:open", ({ detail }) => {
    if (detail !== "palette") return;
    input.value = "";
    input.focus();
    input.dispatchEvent(new Event("input", { bubbles: true }));
  });
}
