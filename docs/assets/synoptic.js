/* Filters and opened cells in the matrix, link previews, copy buttons. Without scripts every link still leads to the words.
   A reader's choices are in the address; the browser stores only the dates of the last visits to a briefing. */
(() => {
"use strict";
const one = (css, root = document) => root.querySelector(css);
const all = (css, root = document) => [...root.querySelectorAll(css)];
const make = (tag, fields = {}, ...inside) => {
  const element = Object.assign(document.createElement(tag), fields);
  element.append(...inside);
  return element;
};

/* ---------- fetch part of another page by its address ---------- */

const pages = new Map();
const fetchPage = async url => {
  const response = await fetch(url);
  if (!response.ok) throw new Error(response.status);
  return new DOMParser().parseFromString(await response.text(), "text/html");
};
/* Copy the element that an address names; for a claim's heading, also the block below it. */
const fetchFragment = async href => {
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

const fresh = (() => {
  const key = location.pathname.match(/^.*\/briefings\/[^/]+\//)?.[0], today = new Date().toISOString().slice(0, 10);
  let last = "";
  try {
    const stored = key && localStorage.getItem(key) || "", day = stored.slice(-10);
    last = day === today ? stored.slice(0, -10) : day;
    if (key && day !== today) localStorage.setItem(key, last + today);
  } catch { /* storage is blocked: nothing is marked */ }
  return last ? all("[data-changed]").filter(n => n.dataset.changed >= last) : [];
})();
for (const n of fresh) (one("th, p", n) || n).append(" ", make("mark", {textContent: "new", title: `since your last visit: ${n.dataset.changed}`}));

/* ---------- the matrix ---------- */

const matrix = table => {
  const form = one("form.tools"), status = one("[role=status]", form), reset = one("[type=reset]", form);
  const names = all("thead th[data-id]", table).map(th => th.dataset.id);
  const hidden = new CSSStyleSheet();
  document.adoptedStyleSheets.push(hidden);
  let rows, opened;

  /* Read the rows once, and only when somebody filters. */
  const read = () => all("tbody", table).flatMap(body => all("tr[data-verdict]", body).map(tr => ({
    tr, body, topic: body.dataset.topic, verdict: tr.dataset.verdict, kind: tr.dataset.kind,
    cells: all("td", tr).map(td => all("a[data-stance]", td).map(a => a.dataset)),
  })));

  const fits = (row, want, kept) => {
    if (want.new && !fresh.includes(row.tr)) return false;
    if (["topic", "verdict", "kind"].some(key => want[key] && row[key] !== want[key])) return false;
    const cells = row.cells.filter((_, i) => kept.has(names[i])), held = cells.filter(cell => cell.length);
    const meant = mark => (!want.stance || mark.stance === want.stance) && (!want.by || mark.by === want.by);
    if ((want.stance || want.by || kept.size < names.length) && !held.some(cell => cell.some(meant))) return false;
    if (want.said && !{each: held.length === cells.length, two: held.length > 1, one: held.length === 1}[want.said]) return false;
    const stances = held.map(cell => [...new Set(cell.map(mark => mark.stance))].filter(s => s !== "dramatised").sort().join()).filter(Boolean);
    return !want.differ || new Set(stances).size > 1 || stances.some(s => s.includes("asserts") && s.includes("denies"));
  };

  const show = () => {
    const data = new FormData(form), want = Object.fromEntries(data), chosen = data.getAll("columns");
    const kept = new Set(chosen.length ? chosen : names), busy = [...data].some(([, value]) => value);
    if (busy || rows) {
      rows ??= read();
      close();
      const filled = new Set();
      for (const row of rows) {
        row.tr.hidden = !fits(row, want, kept);
        if (!row.tr.hidden) filled.add(row.body);
      }
      for (const {body} of rows) body.hidden = !filled.has(body);
      hidden.replaceSync(names.map((name, i) => kept.has(name) ? "" : `.matrix tr > :nth-child(${i + 2}) { display: none }`).join(""));
      const count = rows.filter(row => !row.tr.hidden).length;
      const here = status.dataset.here || ""; // if the matrix is paginated
      status.textContent = `${busy ? `${count} of ` : ""}${rows.length} claims${here}${count ? "" : `: no matches; ${here && "look at the other parts, or "}remove a filter`}`;
      one(".box:has(> .matrix)").scrollTop = 0;
    }
    reset.hidden = !busy;
    one("details", form).classList.toggle("busy", busy);
    address();
  };

  const address = () => {
    const state = new URLSearchParams([...new FormData(form)].filter(([, value]) => value));
    const other = one("a.other"), shared = new URLSearchParams([...state].filter(([key]) => !["by", "columns"].includes(key)));
    other.search = shared;
    for (const link of all(".parted a")) link.search = state; // the other parts apply the same filters
    if (opened) state.set("open", opened.hash.slice(3));
    history.replaceState(history.state, "", `${location.pathname}${state.size ? `?${state}` : ""}${location.hash}`);
  };

  const close = focus => {
    if (!opened) return;
    one("tr.panel", table).remove();
    opened.removeAttribute("aria-expanded");
    if (focus) opened.focus();
    opened = null;
  };

  const open = async (mark, focus = true) => {
    const again = mark === opened, cell = mark.closest("td"), row = cell.parentNode;
    close(again);
    if (again) return address();
    opened = mark;
    mark.setAttribute("aria-expanded", "true");
    const quotes = make("div", {className: "quotes"}, "…");
    const closeButton = make("button", {type: "button", textContent: "Close", onclick: () => { close(true); address(); }});
    const claim = one("th a", row), region = make("div", {className: "opened", tabIndex: -1},
      make("p", {className: "ui"}, make("b", {textContent: cell.dataset.source}), ": ", make("a", {href: claim.href, textContent: claim.textContent}), " ", closeButton), quotes);
    region.setAttribute("role", "region");
    region.setAttribute("aria-label", `${cell.dataset.source}: ${claim.textContent}`);
    row.after(make("tr", {className: "panel"}, make("td", {colSpan: names.length + 1}, region)));
    address();
    if (focus) region.focus({preventScroll: true});
    try {
      const fragments = await Promise.all(all("a[data-stance]", cell).map(a => fetchFragment(a.href)));
      quotes.replaceChildren(...fragments.flat());
      region.scrollIntoView({block: "nearest", inline: "nearest"});
    } catch {
      location.assign(mark.href); // the quotation is on that page too
    }
  };

  table.addEventListener("click", event => {
    const mark = event.target.closest("a[data-stance]");
    if (!mark || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    open(mark);
  });
  addEventListener("keydown", event => {
    if (event.key === "Escape" && opened && !shown) { close(true); address(); }
  });
  form.addEventListener("input", show);
  form.addEventListener("reset", () => setTimeout(show));
  form.addEventListener("submit", event => event.preventDefault());

  const state = new URLSearchParams(location.search);
  for (const field of form.elements) {
    if (field.type === "checkbox") field.checked = state.getAll(field.name).includes(field.value);
    else if (field.name && [...field.options].some(o => o.value === state.get(field.name))) field.value = state.get(field.name);
  }
  const news = one("[name=new]", form);
  news.parentNode.hidden = !news.checked && !all("tbody tr", table).some(tr => fresh.includes(tr));
  if (innerWidth < 600 && !state.size) one("details", form).open = false;
  const wanted = state.get("open") && one(`a[data-stance][href$="#s-${CSS.escape(state.get("open"))}"]`, table);
  show();
  if (wanted) open(wanted, false);
};

/* ---------- preview a link's target on hover and on keyboard focus ---------- */

let shown, waiting;
const hide = () => {
  waiting = clearTimeout(waiting);
  shown?.link.removeAttribute("aria-describedby");
  shown?.box.remove();
  shown = null;
};
const preview = async link => {
  const fragment = await fetchFragment(link.href).catch(() => []);
  if (!fragment.length || waiting !== link.timer) return;
  hide();
  const box = make("div", {className: "preview md-typeset", id: "preview"}, ...fragment);
  for (const inner of all("a, button", box)) inner.replaceWith(...inner.childNodes);
  box.setAttribute("role", "tooltip");
  box.onmouseleave = hide;
  one("main").append(box);
  link.setAttribute("aria-describedby", "preview");
  const at = link.getClientRects()[0], below = at.bottom + box.offsetHeight < innerHeight || at.top < box.offsetHeight;
  const from = box.offsetParent.getBoundingClientRect();
  box.style.top = `${(below ? at.bottom : at.top - box.offsetHeight) - from.top}px`;
  box.style.left = `${Math.max(8, Math.min(at.left, document.documentElement.clientWidth - box.offsetWidth - 8)) - from.left}px`;
  shown = {link, box};
};
const previewed = event => {
  const link = event.target.closest?.(".md-content a[href*='#']");
  return link && !link.dataset.stance && /\/(topics|receipts)\//.test(link.pathname) && link.pathname !== location.pathname ? link : null;
};
const soon = event => {
  const link = previewed(event);
  if (!link || link === shown?.link) return;
  hide();
  link.timer = waiting = setTimeout(preview, 250, link);
};
if (matchMedia("(hover: hover)").matches) addEventListener("mouseover", soon);
addEventListener("focusin", event => event.target.matches(":focus-visible") ? soon(event) : hide());
addEventListener("mouseout", event => {
  if (previewed(event) && !event.relatedTarget?.closest?.(".preview")) hide();
});
addEventListener("keydown", event => {
  if (event.key === "Escape" && shown) { event.stopImmediatePropagation(); hide(); }
}, true);

/* ---------- copy links and citations; prefill the report form ---------- */

const announcement = make("p", {className: "sr"});
announcement.setAttribute("role", "status");
document.body.append(announcement);
addEventListener("click", async event => {
  const button = event.target.closest?.("[data-copy], [data-report]");
  if (!button) return;
  const link = one("[data-copy=link]", button.closest(".claim, div.cite"));
  if (button.matches("[data-report]")) {
    const form = new URL(button.href);
    if (form.protocol.startsWith("http")) form.searchParams.set("page", link.href);
    button.href = form;
    return;
  }
  const cited = all("p span", button.parentNode).map(part => part.textContent);
  if (cited.length < 2) cited.push(link.href);
  if (button === link) event.preventDefault();
  const text = button === link ? link.href : cited.join(" ");
  const result = await navigator.clipboard?.writeText(text).then(() => "Copied", () => "") || "Not copied: your browser does not allow it";
  announcement.textContent = "";
  button.dataset.was ??= button.textContent;
  setTimeout(() => { announcement.textContent = button.textContent = result; }, 50);
  setTimeout(() => { button.textContent = button.dataset.was; }, 2000);
});

const table = one("table.matrix");
if (table) matrix(table);
})();
