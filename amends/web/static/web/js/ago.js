// Keeps times fresh: "in 20 min" becomes "in 19 min", and what was due becomes late.
// The phrases come with the page, in its language, one for each plural form.
const told = document.getElementById("time-phrases");
const phrases = told ? JSON.parse(told.textContent) : null;
const plural = new Intl.PluralRules(document.documentElement.lang || "en");
const skew = Date.parse(document.body.dataset.now || "") - Date.now() || 0;
const MINUTE = 60_000;
const SOON = 6 * 60 * MINUTE;

const phrase = (distance, span) => {
  const minutes = Math.max(1, Math.floor(Math.abs(span) / MINUTE));
  const hours = Math.floor(minutes / 60);
  const [n, unit] =
    minutes < 60 ? [minutes, "minute"] : hours < 24 ? [hours, "hour"] : [Math.floor(hours / 24), "day"];
  const forms = phrases[distance][unit];
  return (forms[plural.select(n)] ?? forms.other ?? Object.values(forms)[0]).replace("#", n);
};

const freshenDue = (time, span) => {
  const left = time.querySelector("[data-left]");
  const tone = span <= 0 ? "late" : span <= SOON ? "soon" : "fine";
  if (span <= -MINUTE) left.parentNode.replaceChildren(left);
  if (span <= -MINUTE || (left.textContent && span > 0)) {
    left.textContent = phrase(span > 0 ? "left" : "late", span);
  }
  time.classList.remove("due--late", "due--soon", "due--fine");
  time.classList.add(`due--${tone}`);
};

const freshen = () => {
  const now = Date.now() + skew;
  for (const time of document.querySelectorAll("time[data-due]")) {
    freshenDue(time, Date.parse(time.dateTime) - now);
  }
  for (const time of document.querySelectorAll("time[data-ago]")) {
    const past = now - Date.parse(time.dateTime);
    if (past > 1.5 * MINUTE && past < 60 * MINUTE) time.textContent = phrase("ago", past);
  }
};

if (phrases) setInterval(freshen, MINUTE / 2);
