// Found while one types: a list of options under a field, after the ARIA combobox pattern.
// <input data-find=URL> gets `URL?q=…` as lines of <a class="option">. With `data-find-into` the
// chosen option's `data-value` goes into that hidden field; without, the option is a link.
const PAUSE = 150;
const searches = new WeakMap();
let number = 0;

const listOf = (input) => {
  let list = document.getElementById(input.getAttribute("aria-controls"));
  if (list) return list;
  list = document.createElement("div");
  list.id = `found-${++number}`;
  list.className = "found";
  list.hidden = true;
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", input.getAttribute("aria-label") || input.labels?.[0]?.textContent.trim() || "");
  (input.dataset.findList ? document.getElementById(input.dataset.findList) : input.parentNode).append(list);
  for (const [name, value] of Object.entries({
    role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": list.id,
  })) input.setAttribute(name, value);
  return list;
};

const optionsOf = (input) => [...listOf(input).querySelectorAll(".option")];

const mark = (input, option) => {
  for (const other of optionsOf(input)) other.setAttribute("aria-selected", String(other === option));
  if (option) {
    input.setAttribute("aria-activedescendant", option.id);
    option.scrollIntoView({ block: "nearest" });
  } else input.removeAttribute("aria-activedescendant");
};

const close = (input) => {
  mark(input, null);
  listOf(input).hidden = true;
  input.setAttribute("aria-expanded", "false");
};

const show = (input, html) => {
  const list = listOf(input);
  list.innerHTML = html;
  optionsOf(input).forEach((option, place) => {
    option.id = `${list.id}-${place}`;
    option.setAttribute("role", "option");
    option.tabIndex = -1;
  });
  list.hidden = !list.childElementCount;
  input.setAttribute("aria-expanded", String(!list.hidden));
  mark(input, null);
  input.dispatchEvent(new CustomEvent("amends:found", { bubbles: true, detail: { list } }));
};

const search = async (input) => {
  const earlier = searches.get(input);
  clearTimeout(earlier?.timer);
  earlier?.stop.abort();
  const stop = new AbortController();
  const timer = setTimeout(async () => {
    const url = new URL(input.dataset.find, location.href);
    url.searchParams.set("q", input.value);
    try {
      const answer = await fetch(url, { signal: stop.signal, headers: { "HX-Request": "true" } });
      if (answer.ok && !answer.redirected) show(input, await answer.text());
      else close(input);
    } catch (error) {
      if (error.name === "AbortError") return;
      close(input);
    }
    const { isWanted } = searches.get(input);
    searches.delete(input);
    const [first] = optionsOf(input);
    if (isWanted && first) choose(input, first);
    // Who has gone on before the list came is not to find it over the next line.
    else if (document.activeElement !== input && !input.closest("dialog")) close(input);
  }, PAUSE);
  searches.set(input, { timer, stop });
};

const choose = (input, option) => {
  const into = document.getElementById(input.dataset.findInto || "");
  if (!into) return option.click();
  input.value = option.dataset.label ?? option.textContent.trim();
  into.value = option.dataset.value;
  close(input);
  into.dispatchEvent(new Event("change", { bubbles: true }));
  return undefined;
};

document.addEventListener("input", (event) => {
  const input = event.target.closest?.("[data-find]");
  if (!input) return;
  const into = document.getElementById(input.dataset.findInto || "");
  if (into?.value) {
    into.value = "";
    into.dispatchEvent(new Event("change", { bubbles: true }));
  }
  if (input.value.trim() || input.dataset.findEmpty !== undefined) search(input);
  else close(input);
});

document.addEventListener("keydown", (event) => {
  const input = event.target.closest?.("[data-find]");
  if (!input || event.isComposing) return;
  const options = optionsOf(input);
  const place = options.findIndex((option) => option.getAttribute("aria-selected") === "true");
  if (event.key === "ArrowDown" || event.key === "ArrowUp") {
    event.preventDefault();
    if (listOf(input).hidden) return void search(input);
    const step = event.key === "ArrowDown" ? 1 : -1;
    mark(input, options[(place + step + options.length) % options.length]);
  } else if (event.key === "Enter" && (place >= 0 || input.dataset.findInto)) {
    event.preventDefault();
    // Who types fast presses Enter before the list has come: then the first of it is meant.
    if (place < 0 && searches.has(input)) searches.get(input).isWanted = true;
    else if (options[Math.max(place, 0)]) choose(input, options[Math.max(place, 0)]);
  } else if (event.key === "Escape" && !listOf(input).hidden && !input.closest("dialog")) {
    event.preventDefault();
    close(input);
  }
});

// Before the field loses its focus, or the list would be gone before the click arrives.
document.addEventListener("mousedown", (event) => {
  const option = event.target.closest?.(".found .option");
  const input = option && document.querySelector(`[aria-controls="${option.closest(".found").id}"]`);
  if (!input?.dataset.findInto) return;
  event.preventDefault();
  choose(input, option);
});

document.addEventListener("focusout", (event) => {
  const input = event.target.closest?.("[data-find]");
  if (input && !input.closest("dialog")) setTimeout(() => close(input), 200);
});
