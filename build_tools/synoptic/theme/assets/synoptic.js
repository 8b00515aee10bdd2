/* What every page needs: link previews, marks for what is new. Without scripts every link still leads to
   the words. The browser stores only the dates of the last visits to a briefing. */
export const one = (css, root = document) => root.querySelector(css);
export const all = (css, root = document) => [...root.querySelectorAll(css)];
export const make = (tag, fields = {}, ...inside) => {
  const element = Object.assign(document.createElement(tag), fields);
  element.append(...inside);
  return element;
};

/* ---------- fetch part of another page by its address ---------- */

const pages = new Map();
export const fetchPage = async url => {
  const response = await fetch(url);
  if (!response.ok) throw new Error(response.status);
  return new DOMParser().parseFromString(await response.text(), "text/html");
};
/* Copy the element that an address names; for a claim's heading, also the block below it. */
export const fetchFragment = async href => {
  const url = new URL(href), id = decodeURIComponent(url.hash.slice(1));
  url.hash = url.search = "";
  if (!pages.has(url.href)) pages.set(url.href, fetchPage(url.href));
  const target = (await pages.get(url.href)).getElementById(id);
  const copies = [target, target.matches("h2") && target.nextElementSibling].filter(Boolean).map(n => document.importNode(n, true));
  for (const copy of copies) {
    for (const link of all("a[href]", copy)) link.href = new URL(link.getAttribute("href"), url).href;
    for (const named of [copy, ...all("[id]", copy)]) named.removeAttribute("id");
    for (const extra of all(".act, .cite, .quiet", copy)) extra.remove();
  }
  return copies;
};

/* ---------- mark what is new since the last visit: stores its date and today's, per briefing ---------- */

export const fresh = (() => {
  const key = location.pathname.match(/^.*\/briefings\/[^/]+\//)?.[0], today = new Date().toISOString().slice(0, 10);
  let last = "";
  try {
    const stored = key && localStorage.getItem(key) || "", day = stored.slice(-10);
    last = day === today ? stored.slice(0, -10) : day;
    if (key && day !== today) localStorage.setItem(key, last + today);
  } catch { /* storage is blocked: nothing is marked */ }
  return last ? all("[data-changed]").filter(n => n.dataset.changed >= last) : [];
})();
if (fresh.length) import("./words.js").then(({gettext}) => {
  for (const n of fresh) (one("th, p", n) || n).append(" ", make("mark", {
    textContent: gettext("new"), title: gettext("since your last visit: %(day)s", {day: n.dataset.changed})}));
});

/* ---------- preview a link's target on hover and on keyboard focus ---------- */

let shown, waiting;
export const hidePreview = () => {
  waiting = clearTimeout(waiting);
  shown?.link.removeAttribute("aria-describedby");
  shown?.box.remove();
  shown = null;
};
const preview = async link => {
  const fragment = await fetchFragment(link.href).catch(() => []);
  if (!fragment.length || waiting !== link.timer) return;
  hidePreview();
  const box = make("div", {className: "preview", id: "preview"}, ...fragment);
  for (const inner of all("a, button", box)) inner.replaceWith(...inner.childNodes);
  box.setAttribute("role", "tooltip");
  box.onmouseleave = hidePreview;
  link.closest(".synoptic").append(box);
  link.setAttribute("aria-describedby", "preview");
  const at = link.getClientRects()[0], below = at.bottom + box.offsetHeight < innerHeight || at.top < box.offsetHeight;
  const from = box.offsetParent.getBoundingClientRect();
  box.style.top = `${(below ? at.bottom : at.top - box.offsetHeight) - from.top}px`;
  box.style.left = `${Math.max(8, Math.min(at.left, document.documentElement.clientWidth - box.offsetWidth - 8)) - from.left}px`;
  shown = {link, box};
};
const previewed = event => {
  const link = event.target.closest?.(".synoptic a[href*='#']");
  return link && !link.hasAttribute("aria-expanded") && /\/(topics|receipts)\//.test(link.pathname) && link.pathname !== location.pathname ? link : null;
};
const soon = event => {
  const link = previewed(event);
  if (!link || link === shown?.link) return;
  hidePreview();
  link.timer = waiting = setTimeout(preview, 250, link);
};
if (matchMedia("(hover: hover)").matches) addEventListener("mouseover", soon);
addEventListener("focusin", event => event.target.matches(":focus-visible") ? soon(event) : hidePreview());
addEventListener("mouseout", event => {
  if (previewed(event) && !event.relatedTarget?.closest?.(".preview")) hidePreview();
});
addEventListener("keydown", event => {
  if (event.key === "Escape" && shown) { event.stopImmediatePropagation(); hidePreview(); }
}, true);

/* ---------- "/" leads to the search, unless somebody is typing ---------- */

addEventListener("keydown", event => {
  if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.target.closest?.("input, select, textarea, [contenteditable]")) return;
  event.preventDefault();
  one("header a[href$='search/']")?.click();
});

/* ---------- the drawer closes behind a link to this page ---------- */

one("#_menu[popover]")?.addEventListener("click", event => event.target.closest("a") && event.currentTarget.hidePopover());

/* ---------- print a whole briefing ---------- */

one("[data-print]")?.addEventListener("click", async () => (await import("./print.js")).printBriefing());
