// Links to parts of the page become tabs: <nav data-tabs><a class="tab" href="#reply">. Without
// JavaScript they stay links. `data-tabs="phone"` are tabs only where the page is one column.
const narrow = matchMedia("(max-width: 760px)");
const panelOf = (link) => document.getElementById(link.hash.slice(1));
const linksOf = (list) => [...list.querySelectorAll("a[href^='#']")].filter(panelOf);

const select = (list, chosen) => {
  for (const link of linksOf(list)) {
    const isChosen = link === chosen;
    link.setAttribute("aria-selected", String(isChosen));
    link.tabIndex = isChosen ? 0 : -1;
    panelOf(link).hidden = !isChosen;
  }
};

const setUp = (list) => {
  const links = linksOf(list);
  list.setAttribute("role", "tablist");
  for (const link of links) {
    const panel = panelOf(link);
    link.id ||= `tab-${panel.id}`;
    link.setAttribute("role", "tab");
    link.setAttribute("aria-controls", panel.id);
    panel.setAttribute("aria-labelledby", link.id);
    if (!panel.matches("form, main, section, aside")) panel.setAttribute("role", "tabpanel");
  }
  const wanted = links.find((link) => link.hash === location.hash);
  select(list, wanted ?? links.find((link) => link.hasAttribute("data-first")) ?? links[0]);
};

const takeDown = (list) => {
  list.removeAttribute("role");
  for (const link of linksOf(list)) {
    for (const name of ["role", "aria-selected", "aria-controls", "tabindex"]) link.removeAttribute(name);
    panelOf(link).hidden = false;
  }
};

const begin = () => {
  for (const list of document.querySelectorAll("[data-tabs]")) {
    const isWanted = list.dataset.tabs !== "phone" || narrow.matches;
    if (isWanted === (list.getAttribute("role") === "tablist")) continue;
    if (isWanted) setUp(list);
    else takeDown(list);
  }
};

document.addEventListener("click", (event) => {
  const link = event.target.closest("[role=tablist] > [role=tab]");
  if (!link) return;
  event.preventDefault();
  select(link.parentNode, link);
});

document.addEventListener("keydown", (event) => {
  const link = event.target.closest?.("[role=tablist] > [role=tab]");
  const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
  if (!link || !step) return;
  const links = linksOf(link.parentNode);
  const next = links[(links.indexOf(link) + step + links.length) % links.length];
  event.preventDefault();
  next.focus();
  select(link.parentNode, next);
});

document.addEventListener("htmx:after:swap", begin);
narrow.addEventListener("change", begin);
begin();
