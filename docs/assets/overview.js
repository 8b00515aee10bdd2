/* The overview: an answer opens its words in place; grid, labels, claims and verdicts follow the two switches. */
import { all, fetchFragment, make, one } from "./synoptic.js";
import { recompute } from "./switches.js";

const grid = one("table.asked:not(.glance)"), counted = (n, noun) => `${n} ${noun}${n === 1 ? "" : "s"}`;

/* ---------- the words behind an answer ---------- */

let opened;
const close = focus => {
  one(".opened")?.closest(".panel").remove();
  opened?.removeAttribute("aria-expanded");
  if (focus) opened?.focus();
  opened = null;
};
const open = async link => {
  const again = link === opened, cell = link.closest("td"), row = cell.parentNode;
  close(again);
  if (again) return;
  opened = link;
  link.setAttribute("aria-expanded", "true");
  const quotes = make("div", {className: "quotes"}, "…"), from = one(`th[data-article="${CSS.escape(cell.dataset.article)}"]`, grid).textContent;
  const note = one("i", link)?.textContent, how = note ? `${note}: ` : "";
  const region = make("div", {className: "opened", tabIndex: -1},
    make("p", {className: "ui"}, make("b", {textContent: from}), ` ${how}“${one(":scope > span", link).textContent}” `, make("button", {type: "button", textContent: "Close", onclick: () => close(true)})), quotes);
  region.setAttribute("role", "region");
  region.setAttribute("aria-label", `${from}: the words`);
  // a row of its own below a row of the table; inside the cell where cells stand below each other
  if (getComputedStyle(row).display === "table-row") row.after(make("tr", {className: "panel"}, make("td", {colSpan: row.cells.length}, region)));
  else cell.append(make("div", {className: "panel"}, region));
  region.focus({preventScroll: true});
  try {
    quotes.replaceChildren(...await fetchFragment(link.href));
    region.scrollIntoView({block: "nearest"});
  } catch {
    location.assign(link.href); // the words are on that page
  }
};
grid?.addEventListener("click", event => {
  const link = event.target.closest("a.reply");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
  event.preventDefault();
  open(link);
});
for (const link of all("a.more", grid ?? document)) {
  link.addEventListener("click", event => {
    event.preventDefault();
    link.parentNode.classList.add("all");
    one(".extra", link.parentNode).focus();
  });
}
addEventListener("keydown", event => {
  if (event.key === "Escape" && opened && !one(".preview")) close(true);
});

/* ---------- what a reader leaves out ---------- */

const lists = all(".topics details"), claims = all("[data-claim]"), best = one("#agree ~ ul"), first = best ? [...best.children] : [];
const words = (css, inside) => one(css, inside) ?? {};

const follow = async ({detail: {without, named}}) => {
  close();
  const rules = await recompute({without, named}), full = await recompute({without: new Set(), named: false});
  const gone = element => without.has(element.dataset.article) || (named && "unnamed" in element.dataset);
  for (const cell of all("[data-article]", grid ?? document)) cell.hidden = without.has(cell.dataset.article);
  for (const item of all(".provenance li")) item.classList.toggle("out", gone(item));
  for (const link of all("a[data-unnamed]", grid ?? document)) link.hidden = named;
  for (const cell of all("td", grid ?? document)) cell.classList.toggle("all", named || cell.matches(".all"));
  for (const link of all("a[data-instead]", grid ?? document)) link.hidden = !named;
  for (const label of all("a.label[data-topic]")) label.textContent = rules.topic(label.dataset.topic).label;

  let hidden = 0, changed = 0;
  const kept = id => rules.claim(id).voices.length || !full.claim(id).voices.length;
  for (const item of claims) {
    const now = rules.claim(item.dataset.claim), mark = words(".verdict", item);
    item.hidden = !kept(item.dataset.claim);
    mark.className = `verdict ${now.css}`;
    mark.textContent = now.label;
    words(".facts-of", item).textContent = `· ${now.facts}`;
  }
  for (const list of lists) {
    const ids = all("[data-claim]", list).map(item => item.dataset.claim), left = ids.filter(kept), tally = new Map();
    for (const {label} of left.map(rules.claim)) tally.set(label, (tally.get(label) ?? 0) + 1);
    one("summary .via", list).firstChild.data = `${left.length} `;
    words(".tally", list).textContent = `${[...tally].map(([label, n]) => `${n} ${label[0].toLowerCase()}${label.slice(1)}`).join(", ")}`;
    hidden += ids.length - left.length;
    changed += left.filter(id => rules.claim(id).verdict !== full.claim(id).verdict).length;
  }
  if (best) {
    const listed = first.map(item => item.dataset.claim), others = lists.flatMap(list => all("[data-claim]", list)).filter(item => !listed.includes(item.dataset.claim));
    const fits = item => kept(item.dataset.claim) && rules.claim(item.dataset.claim).verdict === "shared";
    const more = others.filter(fits).map(item => item.cloneNode(true));
    best.replaceChildren(...[...first, ...more].filter(fits).slice(0, first.length));
    for (const item of best.children) item.hidden = false;
  }
  for (const pair of all(".clash.compact")) {
    const sides = all("[data-claims]", pair).map(side => follow.side(side, rules, gone));
    pair.hidden = sides.includes(0);
  }
  const some = without.size || named, glance = one("table.glance");
  if (glance) glance.hidden = some;
  one("form.switches [role=status]").textContent = some ? `${counted(hidden, "claim")} hidden, ${counted(changed, "verdict")} changed. The bottom line still counts everything.` : "";
};
/* The words of one side of a disagreement, or who else tells it; how many do. */
follow.side = (side, rules, gone) => {
  const {claims: ids, stance} = side.dataset, quote = one("blockquote", side);
  const voices = ids.trim().split(" ").flatMap(id => rules.claim(id).voices).filter(v => !v.aside && (!stance || v.stance === stance));
  one(".also", side)?.remove();
  if (!quote) return 1;
  quote.hidden = one(".from", side).hidden = gone(quote);
  if (quote.hidden) {
    const names = new Set(voices.map(v => one(`.provenance [data-article="${CSS.escape(v.source)}"] .tag a`).textContent));
    side.append(make("p", {className: "also", textContent: `Also in ${[...names].join(", ")}`}));
  }
  return voices.length;
};
document.addEventListener("synoptic:choice", follow);
