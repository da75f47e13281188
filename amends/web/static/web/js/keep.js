// Nothing typed is lost: each change is kept in this browser at once and sent within a second,
// and it comes back after a reload, a crash or a lost line.
//
// <form data-keep=KEY data-keep-url=URL data-keep-version=N> posts its fields and `version` to URL.
// The answer is {"version": n, "saved": "14:03"}; 409 says that another window wrote meanwhile
// (with its "fields"), and then nothing is overwritten until the person has chosen.
const PREFIX = "amends-keep:";
const WAIT = 700;
const LONGEST_WAIT = 30_000;
const JUST_NOW = 5_000;
const words = JSON.parse(document.getElementById("page-words")?.textContent ?? "{}");
const tab = (sessionStorage["amends-tab"] ??= crypto.randomUUID?.() ?? String(Math.random()));
const states = new WeakMap();

const stateOf = (form) => {
  if (!states.has(form)) {
    states.set(form, { version: form.dataset.keepVersion ?? "", wait: WAIT, timer: 0, changes: 0, name: "" });
  }
  return states.get(form);
};

const OURS = new Set(["csrfmiddlewaretoken", "version", "seen"]);
const fieldsOf = (form) =>
  [...new FormData(form)].filter(([name, value]) => typeof value === "string" && !OURS.has(name));

const keyOf = (form) => `${PREFIX}${form.dataset.keep}:${tab}`;

const store = (form, more) => {
  const state = stateOf(form);
  // What is on its way stays known until it is answered: a page may come in between that shows it.
  if ("sending" in more) state.under = more.sending;
  const entry = { fields: fieldsOf(form), version: state.version, at: Date.now(), sending: state.under, ...more };
  try {
    localStorage[keyOf(form)] = JSON.stringify(entry);
  } catch {
    // The browser's store is full or closed; the server still has it within a second.
  }
};

const entriesOf = (key) =>
  Object.keys(localStorage)
    .filter((name) => name.startsWith(`${PREFIX}${key}:`))
    .map((name) => ({ name, ...JSON.parse(localStorage[name]) }))
    .sort((a, b) => b.at - a.at);

// An answer may have been lost on its way: a text that only goes on from the other is the same text.
const goesOn = (mine, theirs) => {
  const values = new Map(mine);
  return theirs.every(([name, value]) => (values.get(name) ?? "").startsWith(value));
};

const forget = (key) => entriesOf(key).forEach(({ name }) => localStorage.removeItem(name));

const tell = (form, name, text) => {
  const state = stateOf(form);
  const place = form.querySelector("[data-keep-state]");
  const isNew = state.name !== name;
  state.name = name;
  if (place) {
    place.dataset.state = name;
    if (name === "saved") place.removeAttribute("role");
    else place.setAttribute("role", "alert");
    if (place.textContent !== text) place.textContent = text;
  }
  form.dispatchEvent(new CustomEvent("amends:keep", { bubbles: true, detail: { name, text } }));
  if (isNew && !place && name !== "saved") {
    document.dispatchEvent(new CustomEvent("amends:say", { detail: { text, level: "warning" } }));
  }
};

const offer = (form, acts) => {
  const place = form.querySelector("[data-keep-state]");
  for (const [text, act] of acts) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "button slim";
    button.textContent = text;
    button.addEventListener("click", act);
    place?.append(button);
  }
};

const becomeStale = (form, theirs) => {
  tell(form, "stale", words.stale);
  offer(form, [
    [words.takeNewer, () => { forget(form.dataset.keep); location.reload(); }],
    [words.keepMine, () => { stateOf(form).version = theirs; stateOf(form).name = ""; send(form); }],
  ]);
};

const later = (form) => {
  const state = stateOf(form);
  state.wait = Math.min(state.wait * 2, LONGEST_WAIT);
  schedule(form);
};

const answered = async (form, answer, changes) => {
  const state = stateOf(form);
  if (answer.status === 409) {
    const theirs = await answer.json();
    if (!theirs.fields || !goesOn(fieldsOf(form), Object.entries(theirs.fields))) {
      return becomeStale(form, String(theirs.version));
    }
    state.version = String(theirs.version);
    return schedule(form);
  }
  if (answer.redirected || answer.status === 401 || answer.status === 403) return tell(form, "offline", words.signedOut);
  if (answer.status >= 500) throw new TypeError(answer.statusText);
  if (!answer.ok) return tell(form, "refused", words.refused);
  const { version, saved } = await answer.json();
  state.version = String(version);
  state.wait = WAIT;
  store(form, { sent: state.changes === changes, sending: undefined });
  tell(form, "saved", words.saved.replace("#", saved));
  if (state.changes !== changes) schedule(form);
  return undefined;
};

const send = async (form) => {
  const state = stateOf(form);
  clearTimeout(state.timer);
  state.timer = 0;
  if (state.sending) return void schedule(form);
  state.sending = true;
  const { changes } = state;
  const body = new URLSearchParams(fieldsOf(form));
  store(form, { sent: false, sending: fieldsOf(form) });
  body.set("version", state.version);
  const token = form.querySelector("[name=csrfmiddlewaretoken]")?.value;
  state.stop = new AbortController();
  try {
    const answer = await fetch(form.dataset.keepUrl, {
      method: "POST", body, keepalive: String(body).length < 60_000, signal: state.stop.signal,
      headers: { "X-CSRFToken": token ?? "", Accept: "application/json" },
    });
    // Until the answer is read the next text would be sent with the version before it.
    await answered(form, answer, changes);
    state.sending = false;
  } catch (error) {
    state.sending = false;
    if (error.name === "AbortError") return;
    tell(form, "offline", words.offline);
    later(form);
  }
};

const schedule = (form) => {
  const state = stateOf(form);
  if (!state.timer && state.name !== "stale") state.timer = setTimeout(() => send(form), state.wait);
};

const keep = (form) => {
  stateOf(form).changes += 1;
  store(form, { sent: false });
  schedule(form);
};

const fill = (form, fields) => {
  const values = new Map();
  for (const [name, value] of fields) values.set(name, [...(values.get(name) ?? []), value]);
  for (const control of form.elements) {
    if (!control.name || control.type === "file" || OURS.has(control.name)) continue;
    const given = values.get(control.name) ?? [];
    if (control.type === "radio" || control.type === "checkbox") control.checked = given.includes(control.value);
    else if (control.tagName !== "BUTTON" && given.length) control.value = given.shift();
  }
  form.dispatchEvent(new Event("change", { bubbles: true }));
};

const restore = (form) => {
  const state = stateOf(form);
  // What was sent counts, too, where this page was made just before it arrived; what was submitted
  // counts no longer once the server keeps no draft of it.
  const [entry] = entriesOf(form.dataset.keep).filter(({ sent, submitted, version, at }) =>
    sent ? Number(version) > Number(state.version) && Date.now() - at < JUST_NOW : !submitted || Number(state.version),
  );
  if (!entry) return forget(form.dataset.keep);
  const knows = state.version;
  if (Number(entry.version) > Number(knows) && goesOn(entry.fields, fieldsOf(form))) state.version = entry.version;
  if (JSON.stringify(entry.fields) === JSON.stringify(fieldsOf(form))) return forget(form.dataset.keep);
  const shown = fieldsOf(form);
  const isMine = entry.sent || entry.version === knows || goesOn(entry.sending ?? [], shown);
  if (isMine || goesOn(entry.fields, shown)) {
    fill(form, entry.fields);
    keep(form);
    return undefined;
  }
  tell(form, "stale", words.stale);
  offer(form, [
    [words.takeNewer, () => { forget(form.dataset.keep); location.reload(); }],
    [words.keepMine, () => { state.name = ""; fill(form, entry.fields); keep(form); }],
  ]);
  return undefined;
};

const begin = () => {
  const forms = [...document.querySelectorAll("form[data-keep]")];
  const here = new Set(forms.map((form) => form.dataset.keep));
  for (const name of Object.keys(localStorage).filter((key) => key.startsWith(PREFIX))) {
    // A page came after this form was sent, and the form is not on it: it has arrived.
    const key = name.slice(PREFIX.length, name.lastIndexOf(":"));
    if (!name.endsWith(tab) || here.has(key)) continue;
    if (JSON.parse(localStorage[name]).submitted) localStorage.removeItem(name);
  }
  for (const form of forms) if (!states.has(form)) { stateOf(form); restore(form); }
};

for (const kind of ["input", "change"]) {
  document.addEventListener(kind, (event) => {
    const form = event.target.form?.closest("form[data-keep]");
    if (form) keep(form);
  });
}
document.addEventListener("submit", (event) => {
  const form = event.target.closest("form[data-keep]");
  if (!form) return;
  if (stateOf(form).name === "offline") {
    event.preventDefault();
    stateOf(form).name = "";
    send(form);
  } else {
    // A form with a `version` says which text it knows, and whether one of its own is on its way.
    const { version, sending, stop, timer } = stateOf(form);
    if (form.elements.version) form.elements.version.value = `${version}${sending ? "+" : ""}`;
    store(form, { sent: false, submitted: true });
    clearTimeout(timer);
    stateOf(form).timer = 0;
    stop?.abort();
  }
});
document.addEventListener("visibilitychange", () => {
  if (document.visibilityState !== "hidden") return;
  for (const form of document.querySelectorAll("form[data-keep]")) if (stateOf(form).timer) send(form);
});
addEventListener("online", () => {
  for (const form of document.querySelectorAll("form[data-keep]")) if (stateOf(form).name === "offline") send(form);
});
document.addEventListener("htmx:after:swap", begin);
begin();
// A page that answered a form is fetched anew when it is reloaded: the form, by then older than what
// was kept, is not sent a second time.
if (document.querySelector("form[data-keep]")) history.replaceState(history.state, "", location.href);
