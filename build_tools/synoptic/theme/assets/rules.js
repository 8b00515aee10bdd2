/* The published rules of compare/verdicts.py and compare/answers.py, for a reader who leaves statements out. Pure.
   tests/compare/test_rules_script.py holds both to the same cases, so that they cannot drift apart. */

/* The data of pages/switches.py, read: claims and topics by id, each voice in words. */
export const expand = data => {
  const claims = new Map(Object.entries(data.claims).map(([id, [opinion, ...numbers]]) => {
    const voices = [];
    for (let i = 0; i < numbers.length; i += 6) {
      const [holder, source, stance, sort, about, aside] = numbers.slice(i, i + 6);
      voices.push({holder, source: data.sources[source], origin: data.origins[source], stance: data.stances[stance],
        sort: data.sorts[sort], about, aside: data.asides[aside]});
    }
    return [id, {opinion: Boolean(opinion), voices}];
  }));
  return {...data, claims, topics: new Map(Object.entries(data.topics))};
};

const nameless = sort => ["unnamed", "unseen"].includes(sort);

/* Whether a reader's choice keeps a statement: `without` has ids of articles; `named` leaves out unnamed people and
   documents that nobody shows. */
export const keeps = ({without, named}, source, sort) => !without.has(source) && !(named && nameless(sort));

const several = values => new Set(values).size > 1;
const shared = (some, others) => some && others && [...some].some(one => others.has(one));
const collect = (items, key, value) => {
  const found = new Map();
  for (const item of items) found.set(item[key], (found.get(item[key]) ?? new Set()).add(item[value]));
  return found;
};

/* ---------- a claim ---------- */

const VERDICTS = [
  ["open", c => !c.voices.length && !c.aside.length],
  ["headline only", c => !c.voices.length && c.aside.includes("headline")],
  ["dramatised only", c => !c.voices.length],
  ["disputed", c => c.opposed && !c.opinion],
  ["opinions differ", c => c.opposed],
  ["contradicts itself", c => shared(c.held.get("asserts"), c.held.get("denies"))],
  ["qualified", c => c.held.has("qualifies") || c.held.has("questions")],
  ["unnamed or unseen", c => c.voices.every(v => nameless(v.sort))],
  ["shared", c => c.independent && c.alike],
  ["alike", c => c.independent],
  ["one voice", c => !several(c.voices.map(v => v.holder)) && several(c.voices.map(v => v.source))],
  ["one article", () => true],
];

/* The id of a claim's verdict, and the facts beside it. */
export const judge = (statements, opinion) => {
  const voices = statements.filter(v => !v.aside), aside = statements.map(v => v.aside).filter(Boolean);
  const held = collect(voices, "stance", "holder"), yes = held.get("asserts"), no = held.get("denies");
  const differ = key => several(voices.map(v => v[key]));
  const fits = {
    voices, aside, held, opinion, opposed: yes && no && several([...yes, ...no]),
    independent: held.size === 1 && differ("holder") && differ("origin"),
    alike: !several(voices.map(v => v.about).filter(Boolean)),
  };
  const sorts = new Map(); // somebody on record in one article is on record
  for (const v of voices) if (sorts.get(v.holder) !== "named") sorts.set(v.holder, v.sort);
  const number = key => new Set(voices.map(v => v[key])).size, count = what => aside.filter(a => a === what).length;
  return {verdict: VERDICTS.find(([, rule]) => rule(fits))[0], facts: {
    sorts: [...sorts.values()], articles: number("source"), origins: number("origin"),
    headline: count("headline"), dramatised: count("dramatised"),
  }};
};

/* Sorts of voices, in the order of the line of facts: the words for the only voice there is, and how several are counted. */
const SORTS = {
  named: [({gettext}) => gettext("named, on record"), (n, {ngettext}) => ngettext("%(num)s named, on record", "%(num)s named, on record", n)],
  inferred: [({gettext}) => gettext("named, only read into them"),
    (n, {ngettext}) => ngettext("%(num)s named, only read into them", "%(num)s named, only read into them", n)],
  unnamed: [({gettext}) => gettext("unnamed"), (n, {ngettext}) => ngettext("%(num)s unnamed", "%(num)s unnamed", n)],
  unseen: [({gettext}) => gettext("an unseen document"), (n, {ngettext}) => ngettext("%(num)s unseen document", "%(num)s unseen documents", n)],
  article: [({gettext}) => gettext("the article itself"),
    (n, {ngettext}) => ngettext("%(num)s article in its own voice", "%(num)s articles in their own voice", n)],
};

/* `3 voices in 7 articles: 1 named, on record; 2 unnamed`, in the language of `words`, which is words.js. */
export const describe = ({sorts, articles, origins, headline, dramatised}, words) => {
  const {gettext, ngettext} = words;
  if (!sorts.length) {
    const why = [
      headline && ngettext("%(num)s only in a headline or the like", "%(num)s only in headlines or the like", headline),
      dramatised && ngettext("%(num)s only imagined by the article", "%(num)s only imagined by the article", dramatised),
    ].filter(Boolean).join(gettext("; "));
    return why ? gettext("no voice counts: %(why)s", {why}) : gettext("no voices");
  }
  const who = Object.entries(SORTS).map(([sort, [alone, count]]) => {
    const n = sorts.filter(s => s === sort).length;
    return n && (sorts.length === 1 ? alone(words) : count(n, words));
  }).filter(Boolean).join(gettext("; "));
  const voices = ngettext("%(num)s voice", "%(num)s voices", sorts.length);
  const in_articles = ngettext("in %(num)s article", "in %(num)s articles", articles);
  if (origins === articles) return gettext("%(voices)s %(in_articles)s: %(who)s", {voices, in_articles, who});
  const of_origins = ngettext("of %(num)s origin", "of %(num)s origins", origins);
  return gettext("%(voices)s %(in_articles)s %(of_origins)s: %(who)s", {voices, in_articles, of_origins, who});
};

/* ---------- a question ---------- */

/* Whether statements of both sides may be about one thing; one of which nobody knows may be about anything. */
const maybeOne = (some, others) => some && others && (some.has(0) || others.has(0) || shared(some, others));

const LABELS = [
  ["no article answers", c => !c.given.size],
  ["answers conflict", c => c.conflict],
  ["one article answers", c => c.given.size === 1],
  ["same answer with limits", c => c.same && c.limited],
  ["same answer", c => c.same],
  ["different answers", () => true],
];

/* The id of a question's label. `told` are statements, each with its `answer`; `apart` are lists of answers that cannot
   all hold. */
export const label = (told, apart) => {
  const giving = told.filter(t => !t.aside && ["asserts", "qualifies"].includes(t.stance));
  const of = stance => collect(told.filter(t => !t.aside && t.stance === stance), "answer", "about");
  const yes = of("asserts"), no = of("denies");
  const given = collect(giving, "origin", "answer");
  const objects = [...collect(giving, "answer", "about").values()].map(about => [...about].filter(Boolean));
  return LABELS.find(([, rule]) => rule({
    given,
    conflict: apart.some(names => names.some((a, i) => names.slice(i + 1).some(b => a !== b && maybeOne(yes.get(a), yes.get(b)))))
      || [...yes.keys()].some(answer => maybeOne(yes.get(answer), no.get(answer))),
    same: !several([...given.values()].map(answers => [...answers].sort().join())) && !objects.some(several),
    limited: giving.some(t => t.stance === "qualifies"),
  }))[0];
};
