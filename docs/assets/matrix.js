/* Filters and opened cells in the matrix. A reader's choices are in the address. */
import { all, fetchFragment, fresh, make, one } from "./synoptic.js";

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
    if (event.key === "Escape" && opened && !one(".preview")) { close(true); address(); }
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

matrix(one("table.matrix"));
