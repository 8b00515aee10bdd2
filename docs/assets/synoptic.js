/* What a page gains with scripts: filters and open cells in the matrix, previews of links, links to copy.
   Without them every link still leads to the words. What a reader chose is in the address; only the days of the visits to a briefing are stored, in the browser. */
(() => {
"use strict";
const one = (css, root = document) => root.querySelector(css);
const all = (css, root = document) => [...root.querySelectorAll(css)];
const make = (tag, fields = {}, ...inside) => {
  const made = Object.assign(document.createElement(tag), fields);
  made.append(...inside);
  return made;
};

/* ---------- a piece of another page, by its address ---------- */

const pages = new Map();
const page = async url => {
  const answer = await fetch(url);
  if (!answer.ok) throw new Error(answer.status);
  return new DOMParser().parseFromString(await answer.text(), "text/html");
};
/* The element an address names, copied; of a claim's heading, the block under it as well. */
const piece = async href => {
  const url = new URL(href), id = decodeURIComponent(url.hash.slice(1));
  url.hash = url.search = "";
  if (!pages.has(url.href)) pages.set(url.href, page(url.href));
  const found = (await pages.get(url.href)).getElementById(id);
  const copies = [found, found.matches("h2") && found.nextElementSibling].filter(Boolean).map(n => document.importNode(n, true));
  for (const copy of copies) {
    for (const link of all("a[href]", copy)) link.href = new URL(link.getAttribute("href"), url).href;
    for (const named of [copy, ...all("[id]", copy)]) named.removeAttribute("id");
    for (const rest of all(".act, .cite, .quiet", copy)) rest.remove();
  }
  return copies;
};

/* ---------- new since the last visit: its day and today's are kept for each briefing ---------- */

const fresh = (() => {
  const key = location.pathname.match(/^.*\/briefings\/[^/]+\//)?.[0], today = new Date().toISOString().slice(0, 10);
  let last = "";
  try {
    const kept = key && localStorage.getItem(key) || "", day = kept.slice(-10);
    last = day === today ? kept.slice(0, -10) : day;
    if (key && day !== today) localStorage.setItem(key, last + today);
  } catch { /* a browser that keeps nothing: nothing is new */ }
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

  /* What the rows hold is read once, and only when somebody filters. */
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
    const stances = held.map(cell => [...new Set(cell.map(mark => mark.stance))].sort().join());
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
      const here = status.dataset.here || ""; // of a matrix on several pages
      status.textContent = `${busy ? `${count} of ` : ""}${rows.length} claims${here}${count ? "" : `: nothing fits; ${here && "look at the other parts, or "}loosen a filter`}`;
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
    for (const link of all(".parted a")) link.search = state; // the other parts show the same choice
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
    const words = make("div", {className: "quotes"}, "…");
    const shut = make("button", {type: "button", textContent: "Close", onclick: () => { close(true); address(); }});
    const claim = one("th a", row), region = make("div", {className: "opened", tabIndex: -1},
      make("p", {className: "ui"}, make("b", {textContent: cell.dataset.source}), ": ", make("a", {href: claim.href, textContent: claim.textContent}), " ", shut), words);
    region.setAttribute("role", "region");
    region.setAttribute("aria-label", `${cell.dataset.source}: ${claim.textContent}`);
    row.after(make("tr", {className: "panel"}, make("td", {colSpan: names.length + 1}, region)));
    address();
    if (focus) region.focus({preventScroll: true});
    try {
      const found = await Promise.all(all("a[data-stance]", cell).map(a => piece(a.href)));
      words.replaceChildren(...found.flat());
      region.scrollIntoView({block: "nearest", inline: "nearest"});
    } catch {
      location.assign(mark.href); // the words are there, too
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

/* ---------- previews: what a link leads to, on hover and on keyboard focus ---------- */

let shown, waiting;
const hide = () => {
  waiting = clearTimeout(waiting);
  shown?.link.removeAttribute("aria-describedby");
  shown?.box.remove();
  shown = null;
};
const preview = async link => {
  const found = await piece(link.href).catch(() => []);
  if (!found.length || waiting !== link.timer) return;
  hide();
  const box = make("div", {className: "preview md-typeset", id: "preview"}, ...found);
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

/* ---------- copying, and what a report should carry ---------- */

const said = make("p", {className: "sr"});
said.setAttribute("role", "status");
document.body.append(said);
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
  const done = await navigator.clipboard?.writeText(text).then(() => "Copied", () => "") || "Not copied: your browser does not allow it";
  said.textContent = "";
  button.dataset.was ??= button.textContent;
  setTimeout(() => { said.textContent = button.textContent = done; }, 50);
  setTimeout(() => { button.textContent = button.dataset.was; }, 2000);
});

const table = one("table.matrix");
if (table) matrix(table);
})();
