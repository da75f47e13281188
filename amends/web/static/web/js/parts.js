// What htmx leaves to us: a post that ends on another page goes there, and what failed is said.
const words = JSON.parse(document.getElementById("page-words")?.textContent ?? "{}");
const say = (text) => document.dispatchEvent(new CustomEvent("amends:say", { detail: { text, level: "error" } }));

document.addEventListener("htmx:before:response", (event) => {
  const { raw } = event.detail.ctx.response;
  if (!raw.redirected || new URL(raw.url).pathname === location.pathname) return;
  event.preventDefault();
  location.assign(raw.url);
});

document.addEventListener("htmx:response:error", (event) => {
  const { status } = event.detail.ctx.response;
  if (status !== 422) say(status === 429 ? words.slower : words.failed);
});

document.addEventListener("htmx:error", () => say(words.offlineAct));
