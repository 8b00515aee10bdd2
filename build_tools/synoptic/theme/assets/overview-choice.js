/* The overview follows the two switches: grid, labels, claims, verdicts and disagreements. */
import { all, make, one } from "./synoptic.js";
import { recompute } from "./switches.js";
import { gettext, language, ngettext } from "./words.js";

const grid = one("table.asked:not(.glance)"), lists = all(".topics details"), best = one("#agree ~ ul");
const first = best ? [...best.children] : [], claims = all("[data-claim]");
const inWords = new Intl.ListFormat(language);
const tags = new Map(all(".provenance li").map(item => [item.dataset.article, one(".tag", item)]));
const id = item => item.dataset.claim;

const showGrid = (without, named, rules) => {
  for (const cell of all("[data-article]", grid)) cell.hidden = without.has(cell.dataset.article);
  for (const link of all("a[data-unnamed]", grid)) link.hidden = named;
  for (const link of all("a[data-instead]", grid)) link.hidden = !named;
  if (named) for (const cell of all("td", grid)) cell.classList.add("all"); // else a cell might hide all it has left
  for (const label of all("a.label[data-topic]", grid)) label.textContent = rules.topic(label.dataset.topic).label;
};

const showClaim = (item, {voices, label, css, facts}) => {
  const mark = one(".verdict", item), letters = one(".letters", item);
  if (mark) Object.assign(mark, {className: `verdict ${css}`, textContent: label});
  if (letters) letters.textContent = [...new Set(voices.map(v => one("b", tags.get(v.source)).textContent.split(" ")[0]))].sort().join(" ");
  one(".facts-of", item).textContent = `· ${facts}`;
};

/* A label inside a sentence; German nouns keep their capitals. */
const lowerStart = label => language.startsWith("de") ? label : label[0].toLowerCase() + label.slice(1);

/* How many claims of a topic have which verdict. */
const showTally = (list, found, verdicts) => {
  const parts = verdicts.map(label => [found.filter(claim => claim.label === label).length, label]).filter(([n]) => n);
  one("summary .via", list).firstChild.data = ngettext("%(num)s claim", "%(num)s claims", found.length);
  one(".tally", list).textContent = gettext(": ") + parts.map(([n, label]) => `${lowerStart(label)} ${n}`).join(gettext(", "));
};

/* The claims that are shared now: those of the page that still are, then others. */
const showShared = fits => {
  const others = lists.flatMap(list => all("[data-claim]", list)).filter(fits), known = new Set(first.map(id));
  const more = others.filter(item => !known.has(id(item))).map(item => item.cloneNode(true));
  best.replaceChildren(...[...first.filter(fits), ...more].slice(0, first.length));
  one("#agree + .count").firstChild.data = gettext("%(number)s: two or more independent voices say the same", {number: others.length});
};

/* The words of one side of a disagreement, or else who also tells it; whether anybody does. */
const showSide = (side, rules, gone) => {
  const {claims: ids, stance} = side.dataset, quote = one("blockquote", side);
  const voices = ids.trim().split(" ").flatMap(name => rules.claim(name).voices).filter(v => !v.aside && (!stance || v.stance === stance));
  one(".also", side)?.remove();
  if (!quote) return true;
  quote.hidden = one(".from", side).hidden = gone(quote);
  if (quote.hidden) {
    const names = new Set(voices.map(v => one("a", tags.get(v.source)).textContent));
    side.append(make("p", {className: "also", textContent: gettext("Also in %(articles)s", {articles: inWords.format(names)})}));
  }
  return voices.length > 0;
};

export const follow = async ({without, named}) => {
  const some = without.size > 0 || named, glance = one("table.glance");
  const rules = await recompute({without, named}), full = await recompute({without: new Set(), named: false});
  const gone = element => without.has(element.dataset.article) || (named && "unnamed" in element.dataset);
  const kept = item => rules.claim(id(item)).voices.length > 0 || !full.claim(id(item)).voices.length;
  if (grid) showGrid(without, named, rules);
  if (glance) glance.hidden = some; // its numbers do not follow
  for (const [article, tag] of tags) tag.parentNode.classList.toggle("out", without.has(article));
  for (const item of claims) {
    item.hidden = !kept(item);
    showClaim(item, rules.claim(id(item)));
  }
  let lost = 0, changed = 0;
  for (const list of lists) {
    const items = all("[data-claim]", list), left = items.filter(kept).map(id);
    showTally(list, left.map(rules.claim), rules.verdicts);
    lost += items.length - left.length;
    changed += left.filter(name => rules.claim(name).verdict !== full.claim(name).verdict).length;
  }
  if (best) showShared(item => kept(item) && rules.claim(id(item)).verdict === "shared");
  for (const pair of all(".clash.compact")) {
    pair.hidden = all("[data-claims]", pair).map(side => showSide(side, rules, gone)).includes(false);
  }
  one("form.switches [role=status]").textContent = some
    ? gettext("%(hidden)s, %(changed)s. The bottom line still counts everything.", {
      hidden: ngettext("%(num)s claim hidden", "%(num)s claims hidden", lost),
      changed: ngettext("%(num)s verdict changed", "%(num)s verdicts changed", changed),
    }) : "";
};
