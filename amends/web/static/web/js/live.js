// A page that is followed: it shows what colleagues do, who else is here and who is writing.
//
// <div data-live="case|list" data-stream data-pass data-again ...> says what is followed. The stream
// tells keys only; what they stand for is fetched from ordinary pages, as this reader may see it.
// What somebody is typing, where they are on the page and what has focus stays as it is.
const SETTLE = 250;
const HIDDEN_FOR = 4000;
const LONGEST = 30_000;
const NEW_FOR = 60_000;
const KEPT = "[data-live-keep], form[data-keep], .composer";
const LISTS = "#inbox, #day";
const OURS = ["open", "hidden", "aria-selected", "aria-controls", "aria-labelledby", "tabindex", "role"];
const HTMX = { "HX-Request": "true", "HX-Target": "case" };
const plural = new Intl.PluralRules(document.documentElement.lang || "en");
const state = { source: null, pass: "", wait: 1000, timer: 0, hidden: 0, seen: 0, busy: false, more: false, company: "" };

const config = () => document.querySelector("[data-live]");
const ask = (url, headers = {}) => fetch(url, { headers, credentials: "same-origin" });

// --- one tree made like another, leaving alone what is alike ------------------------------------

const keyOf = (node) => {
  if (node.nodeType !== Node.ELEMENT_NODE) return node.textContent.trim();
  const copy = node.cloneNode(true);
  for (const one of [copy, ...copy.querySelectorAll("*")]) {
    for (const name of OURS) one.removeAttribute(name);
    one.classList.remove("is-new");
    if (one.matches("[data-live-keep]")) one.replaceChildren();
    if (one.matches("time[data-due], time[data-ago]")) one.replaceChildren();
    if (one.matches("time")) one.removeAttribute("class");
    if (one.matches("[name=csrfmiddlewaretoken], [name=seen]")) one.removeAttribute("value");
    if (!one.getAttribute("class")) one.removeAttribute("class");
    for (const { name } of [...one.attributes]) if (name.startsWith("data-htmx")) one.removeAttribute(name);
  }
  return copy.outerHTML.replace(/\s+/g, " ");
};

const copyAttributes = (old, fresh) => {
  for (const { name } of [...old.attributes]) {
    if (!OURS.includes(name) && name !== "id" && !fresh.hasAttribute(name)) old.removeAttribute(name);
  }
  for (const { name, value } of fresh.attributes) {
    if (!OURS.includes(name) && old.getAttribute(name) !== value) old.setAttribute(name, value);
  }
};

const pairs = (old, fresh) => {
  const left = new Map([...old.childNodes].map((node) => [node, keyOf(node)]));
  const found = new Map();
  const take = (child, fits) => {
    const match = [...left.keys()].find(fits);
    if (!match) return;
    left.delete(match);
    found.set(child, match);
  };
  const children = [...fresh.childNodes];
  for (const child of children) if (child.id) take(child, (node) => node.id === child.id);
  for (const child of children) {
    if (found.has(child)) continue;
    const key = keyOf(child);
    take(child, (node) => left.get(node) === key);
  }
  // What is folded open, or has focus, is changed in place and not put anew.
  for (const child of children) {
    if (found.has(child) || child.id || child.nodeType !== Node.ELEMENT_NODE) continue;
    const name = child.querySelector?.(":scope > summary")?.firstChild?.textContent;
    take(child, (node) => {
      if (node.nodeName !== child.nodeName || node.id) return false;
      const its = node.querySelector(":scope > summary")?.firstChild?.textContent;
      return name ? its === name : node.contains(document.activeElement);
    });
  }
  return { found, left };
};

const renew = (old, fresh, added) => {
  if (old.nodeType !== Node.ELEMENT_NODE) {
    if (old.nodeType === fresh.nodeType && old.textContent !== fresh.textContent) old.textContent = fresh.textContent;
    return;
  }
  if (old.matches(KEPT) || keyOf(old) === keyOf(fresh)) return;
  copyAttributes(old, fresh);
  const { found, left } = pairs(old, fresh);
  for (const node of left.keys()) {
    const stays = node.nodeType === Node.ELEMENT_NODE && (node.matches(KEPT) || node.contains(document.activeElement));
    if (!stays) node.remove();
  }
  let place = old.firstChild;
  for (const child of [...fresh.childNodes]) {
    const match = found.get(child);
    if (!match) {
      const put = document.importNode(child, true);
      old.insertBefore(put, place);
      if (put.nodeType === Node.ELEMENT_NODE) added.push(put);
      continue;
    }
    while (place && place !== match && left.has(place)) place = place.nextSibling;
    if (place === match) place = place.nextSibling;
    else old.insertBefore(match, place);
    renew(match, child, added);
  }
};

// --- a case ---------------------------------------------------------------------------------------

// What the eye rests on stays where it is, although something came in above it.
const steady = (change) => {
  const active = document.activeElement;
  const rests = active && active !== document.body ? active : document.elementFromPoint(innerWidth / 2, innerHeight / 2);
  const before = rests?.getBoundingClientRect().top ?? 0;
  const atTop = scrollY === 0;
  change();
  requestAnimationFrame(() => {
    if (!rests?.isConnected || (atTop && rests !== active)) return;
    const moved = rests.getBoundingClientRect().top - before;
    if (Math.abs(moved) > 1) scrollBy({ top: moved, behavior: "instant" });
  });
};

const isUntouched = (form) =>
  !form.dataset.keepVersion && [...form.elements].every((field) => !("defaultValue" in field) || field.type === "hidden" || field.value === field.defaultValue);

const showCase = (text) => {
  const page = new DOMParser().parseFromString(text, "text/html");
  const added = [];
  carry(page);
  steady(() => {
    for (const part of document.querySelectorAll("#case [data-live-part]")) {
      const fresh = page.getElementById(part.id);
      if (fresh) renew(part, fresh, added);
    }
  });
  for (const node of added) {
    window.htmx?.process(node);
    if (node.parentElement?.id !== "timeline") continue;
    node.classList.add("is-new");
    setTimeout(() => node.classList.remove("is-new"), NEW_FOR);
  }
  const seen = page.querySelector("[name=seen]")?.value;
  for (const form of document.querySelectorAll("#composer form")) {
    const field = form.elements.seen;
    if (field && seen && isUntouched(form)) field.value = seen;
  }
  document.dispatchEvent(new CustomEvent("htmx:after:swap"));
};

const sayNews = ({ seen, said }) => {
  state.seen = seen || state.seen;
  const place = document.getElementById("live-said");
  if (place && said.length) place.textContent = said.join(". ") + ".";
};

const refreshCase = async () => {
  const { news } = config().dataset;
  const [page, told] = await Promise.all([ask(location.href, HTMX), ask(`${news}?after=${state.seen}`)]);
  if (!page.ok || page.redirected || !told.ok || told.redirected) return stop();
  showCase(await page.text());
  sayNews(await told.json());
  return undefined;
};

const showCompany = async (told) => {
  const { company } = config().dataset;
  state.company = told;
  const { here, typing } = JSON.parse(told || '{"here": [], "typing": []}');
  let text = "";
  if (here.length) {
    const answer = await ask(`${company}?here=${here}&typing=${typing}`);
    if (!answer.ok || answer.redirected) return;
    text = await answer.text();
  }
  const place = document.getElementById("company");
  if (!place || state.company !== told) return;
  // It is made of our own words and escaped names, by the server.
  const fresh = new DOMParser().parseFromString(text, "text/html").body;
  if (place.textContent.trim() !== fresh.textContent.trim()) place.replaceChildren(...fresh.childNodes);
  // Who begins or pauses to write has written more of what they share.
  if (document.querySelector("[data-shared-reply]")) later();
};

// What was to be said on the next page came with this part.
const carry = (page) => {
  const said = page.querySelectorAll("#messages [data-message]");
  if (said.length) document.getElementById("messages")?.append(...said);
};

// --- a list ---------------------------------------------------------------------------------------

const rowsOf = (within) => new Map([...within.querySelectorAll("tbody tr, [data-live-row]")].map((row) => [keyOf(row), row]));

const showList = (old, fresh) => {
  const known = new Set(rowsOf(old).keys());
  const line = old.querySelector("[data-live]");
  fresh.querySelector("[data-live]")?.replaceWith(line);
  old.replaceChildren(...fresh.childNodes);
  line.replaceChildren();
  window.htmx?.process(old);
  document.dispatchEvent(new CustomEvent("htmx:after:swap"));
  const [row] = [...rowsOf(old)].filter(([key]) => !known.has(key)).map(([, one]) => one);
  (row?.querySelector("a, button") ?? old.querySelector("a, button"))?.focus();
};

const refreshList = async () => {
  const answer = await ask(location.href, HTMX);
  if (!answer.ok || answer.redirected) return stop();
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  carry(page);
  const old = document.querySelector(LISTS);
  const fresh = page.querySelector(LISTS);
  const line = old?.querySelector("[data-live]");
  if (!fresh || !line) return stop();
  const before = rowsOf(old);
  const after = rowsOf(fresh);
  const count = [...after.keys()].filter((key) => !before.has(key)).length;
  const gone = [...before.keys()].some((key) => !after.has(key));
  if (!count && !gone) return line.replaceChildren();
  const words = JSON.parse(document.getElementById("live-phrases").textContent);
  const text = count ? (words[plural.select(count)] ?? words.other).replace("#", count) : words.changed;
  const button = Object.assign(document.createElement("button"), { type: "button", className: "button slim", textContent: text });
  button.addEventListener("click", () => showList(old, fresh));
  if (line.textContent === text) line.firstElementChild.replaceWith(button);
  else line.replaceChildren(button);
  return undefined;
};

// --- the stream -----------------------------------------------------------------------------------

const refresh = async () => {
  if (state.busy) return void (state.more = true);
  state.busy = true;
  try {
    await (config().dataset.live === "case" ? refreshCase() : refreshList());
  } catch {
    // The line is down: the stream notices too, and asks again when it is back.
  }
  state.busy = false;
  if (state.more) {
    state.more = false;
    later();
  }
  return undefined;
};

const later = () => {
  state.timer ||= setTimeout(() => {
    state.timer = 0;
    refresh();
  }, SETTLE);
};

const close = () => {
  state.source?.close();
  state.source = null;
};

const stop = () => {
  close();
  state.pass = "";
  clearTimeout(state.again);
  state.stopped = true;
};

const reopen = async () => {
  if (state.source || state.stopped || document.hidden) return;
  try {
    const answer = await ask(config().dataset.again);
    if (answer.status >= 500) throw new TypeError(answer.statusText);
    if (!answer.ok || answer.redirected) return stop();
    const { pass } = await answer.json();
    if (!pass) return stop();
    open(pass);
    later();
  } catch {
    tryAgain();
  }
};

const tryAgain = () => {
  close();
  clearTimeout(state.again);
  state.again = setTimeout(reopen, state.wait * (0.7 + Math.random() * 0.6));
  state.wait = Math.min(state.wait * 2, LONGEST);
};

const open = (pass) => {
  const source = new EventSource(`${config().dataset.stream}?pass=${encodeURIComponent(pass)}`);
  state.source = source;
  source.addEventListener("open", () => { state.wait = 1000; });
  source.addEventListener("news", later);
  source.addEventListener("again", later);
  source.addEventListener("company", ({ data }) => showCompany(data));
  source.addEventListener("end", ({ data }) => (data === '"enough"' ? stop() : tryAgain()));
  source.addEventListener("error", tryAgain);
};

// A page that nobody looks at follows nothing: a browser keeps few connections to one server.
document.addEventListener("visibilitychange", () => {
  clearTimeout(state.hidden);
  if (document.hidden) state.hidden = setTimeout(close, HIDDEN_FOR);
  else if (config() && !state.source) reopen();
});
addEventListener("pagehide", close);
addEventListener("pageshow", ({ persisted }) => { if (persisted && config()) reopen(); });
// An act of one's own put the case anew: who is here is said again.
document.addEventListener("htmx:after:swap", () => {
  if (state.company && document.getElementById("company")?.childElementCount === 0) showCompany(state.company);
});

if (config() && window.EventSource) {
  state.seen = Number(config().dataset.seen ?? 0);
  if (document.hidden) state.wait = 1000;
  else open(config().dataset.pass);
}
