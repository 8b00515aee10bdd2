/* What a choice leaves of the matrix: rows, columns, their order and the verdicts. Loaded when somebody chooses. */
import { all, fresh, one } from "./synoptic.js";
import { recompute } from "./switches.js";
import { gettext, ngettext } from "./words.js";

const table = one("table.matrix"), bySource = table.dataset.by === "source";
const names = all("th[data-id]", table).map(th => th.dataset.id);
const hidden = new CSSStyleSheet(), sorted = document.createElement("tbody");
document.adoptedStyleSheets.push(hidden);
let order = "", asked = 0;

const rows = all("tbody", table).flatMap(body => all("tr[data-verdict]", body).map(tr => {
  const label = one(".verdict", tr);
  return {
    tr, body, label, topic: body.dataset.topic, kind: tr.dataset.kind, rule: {label: label.textContent, css: tr.dataset.verdict},
    cells: all("td", tr).map(td => all("a", td).map(a => ({a, stance: a.dataset.stance, by: a.dataset.by}))),
  };
}));

/* What the columns shown say on a claim, without what a reader leaves out. */
const tell = (row, kept, {without, named}) => {
  const gone = ({by}, name) => bySource ? named && by === "unnamed" : without.has(by) || named && name === "unnamed";
  const left = row.cells.map((marks, i) => marks.filter(mark => !(mark.a.hidden = gone(mark, names[i]))));
  row.all = left.filter((_, i) => kept.has(names[i]));
  row.held = row.all.filter(marks => marks.length);
  row.stances = row.held.map(marks => [...new Set(marks.map(mark => mark.stance))].filter(s => s !== "dramatised").sort().join()).filter(Boolean);
};

const fits = (row, want, part) => {
  if (want.new && !fresh.includes(row.tr)) return false;
  if (["topic", "verdict", "kind"].some(key => want[key] && row[key] !== want[key])) return false;
  const meant = mark => (!want.stance || mark.stance === want.stance) && (!want.by || mark.by === want.by);
  if ((want.stance || want.by || part) && !row.held.some(marks => marks.some(meant))) return false;
  if (want.said && !{each: row.held.length === row.all.length, two: row.held.length > 1, one: row.held.length === 1}[want.said]) return false;
  return !want.differ || new Set(row.stances).size > 1 || row.stances.some(s => s.includes("asserts") && s.includes("denies"));
};

const judge = (row, {label, css}) => {
  row.verdict = css;
  if (row.label.textContent === label) return;
  row.label.textContent = label;
  row.label.className = `verdict ${css}`;
};

/* Pairs of columns that take different stances. */
const pairs = ({stances}) => stances.reduce((sum, s, i) => sum + stances.slice(i + 1).filter(other => other !== s).length, 0);
const sort = want => {
  if (!want && !order) return;
  order = want;
  const score = {most: row => row.held.length, different: row => 1000 * pairs(row) + row.held.length}[want];
  if (score) sorted.append(...rows.toSorted((a, b) => score(b) - score(a)).map(row => row.tr));
  else for (const row of rows) row.body.append(row.tr);
  table.append(sorted);
};

/* How many of the rows are left. */
const tellNumber = (count, total, some, here) => {
  if (some && here) return ngettext("%(count)s of %(num)s claim on this part", "%(count)s of %(num)s claims on this part", total, {count});
  if (some) return ngettext("%(count)s of %(num)s claim", "%(count)s of %(num)s claims", total, {count});
  if (here) return ngettext("%(num)s claim on this part", "%(num)s claims on this part", total);
  return ngettext("%(num)s claim", "%(num)s claims", total);
};
const tellNone = (number, here) => here ? gettext("%(number)s: no matches; look at the other parts, or remove a filter", {number})
  : gettext("%(number)s: no matches; remove a filter", {number});

/* Apply the form's choices and the two switches; true if they leave anything out. */
export const apply = async (data, busy, switched) => {
  const want = Object.fromEntries(data), chosen = data.getAll("columns"), mine = ++asked;
  const kept = new Set((chosen.length ? chosen : names).filter(name => !bySource || !switched.without.has(name)));
  const part = kept.size < names.length || switched.named || switched.without.size > 0;
  const without = bySource ? new Set(names.filter(name => !kept.has(name))) : switched.without;
  const rules = part && await recompute({...switched, without});
  if (mine !== asked) return;
  const filled = new Set();
  for (const row of rows) {
    tell(row, kept, switched);
    judge(row, rules ? rules.claim(row.tr.dataset.claim) : row.rule);
    row.tr.hidden = !fits(row, want, part);
    if (!row.tr.hidden) filled.add(row.body);
  }
  sort(want.sort);
  for (const {body} of rows) body.hidden = order !== "" || !filled.has(body);
  for (const link of all(".jump a")) link.hidden = document.getElementById(link.hash.slice(1)).hidden;
  for (const th of all(".topic th", table)) th.colSpan = kept.size + 1;
  hidden.replaceSync(names.map((name, i) => kept.has(name) ? "" : `.matrix tr > :nth-child(${i + 2}) { display: none !important }`).join(""));
  const status = one(".choose [role=status]"), here = "here" in status.dataset; // if the matrix is paginated
  const count = rows.filter(row => !row.tr.hidden).length;
  status.textContent = count ? tellNumber(count, rows.length, busy || part, here) : tellNone(tellNumber(0, rows.length, true, here), here);
};
