/* Compare your own article: shows what a reader's text may say of the briefing. The text stays here: it is neither sent
   nor stored, and reaches the page as text alone. */
import { all, make, one } from "./synoptic.js";
import { makeGuesser } from "./own-guess.js";
import { decode, readParagraphs } from "./own-read.js";
import { gettext, language, ngettext } from "./words.js";

const MOST = 1_000_000, SHOWN = 3, LONG = 400, BEFORE = 120; // characters; sentences of a claim; characters of a sentence
const form = one("form.own"), [typed, chosen] = all("label", form), status = one("[role=status]", form), found = one(".own-found");
const data = JSON.parse(one("[data-sought] script").textContent), base = one(".kicker a").href;
const text = typed.appendChild(make("textarea", {rows: 8, dir: "auto", spellcheck: false, autocomplete: "off"})), file = one("input", chosen);
let guess;

/* ---------- what was found ---------- */

const ours = (tag, words, fields = {}) => make(tag, {...data.lang && {lang: data.lang}, dir: "auto", textContent: words, ...fields});
const link = (words, path) => ours("a", words, {href: new URL(path, base).href});
const LABELS = {
  likely: () => gettext("● Likely mentioned"),
  words: () => gettext("○ Words or names only"),
  nothing: () => gettext("– Nothing found"),
};
const label = state => make("b", {className: `guess ${state}`, textContent: LABELS[state]()});

/* A sentence with its marks; of a long one the part around the first. */
const quote = ([start, sentence], spans) => {
  const merged = [];
  for (const [a, b] of spans.map(([from, to]) => [from - start, to - start]).sort((x, y) => x[0] - y[0])) {
    if (merged.length && a <= merged.at(-1)[1]) merged.at(-1)[1] = Math.max(b, merged.at(-1)[1]);
    else merged.push([a, b]);
  }
  const cut = sentence.length > LONG && merged[0][0] > BEFORE ? sentence.lastIndexOf(" ", merged[0][0] - BEFORE) + 1 || merged[0][0] : 0;
  const end = sentence.length > cut + LONG ? Math.max(sentence.lastIndexOf(" ", cut + LONG), cut + LONG / 2) : sentence.length;
  const words = make("p", {lang: "", dir: "auto"}, cut ? "… " : "");
  let at = cut;
  for (const [a, b] of merged.filter(([from, to]) => from >= cut && to <= end)) {
    words.append(sentence.slice(at, a), make("mark", {textContent: sentence.slice(a, b)}));
    at = b;
  }
  words.append(sentence.slice(at, end), end < sentence.length ? " …" : "");
  return make("blockquote", {}, words);
};

/* The sentences of several searches, the likeliest first. */
const quotes = (result, ...searches) => {
  const sentences = new Map();
  for (const [number, hit] of searches.flatMap(search => [...search])) {
    const known = sentences.get(number) ?? {spans: [], likeness: -1};
    sentences.set(number, {spans: [...known.spans, ...hit.spans], likeness: Math.max(known.likeness, hit.likeness ?? 0)});
  }
  const sorted = [...sentences].sort(([m, a], [n, b]) => b.likeness - a.likeness || m - n), more = sorted.length - SHOWN;
  const shown = sorted.slice(0, SHOWN).map(([number, {spans}]) => quote(result.sentence(number), spans));
  if (more > 0) shown.push(make("p", {className: "rest", textContent: ngettext("and %(num)s more sentence", "and %(num)s more sentences", more)}));
  return shown;
};

const showClaim = (result, {n}) => {
  const [words, path] = data.claims[n], {words: hits, names, figures} = result.claims[n];
  return make("li", {}, link(words, path), ...quotes(result, hits, names, figures));
};
/* Claims in the order of the page, below their topics. */
const list = (result, claims) => data.topics.flatMap(([title], topic) => {
  const mine = claims.filter(({n}) => data.claims[n][2] === topic);
  return mine.length ? [ours("h3", title), make("ul", {className: "plain"}, ...mine.map(claim => showClaim(result, claim)))] : [];
});

/* What is made only when a reader opens it. */
const fold = (summary, count, fill) => {
  const box = make("details", {}, make("summary", {textContent: summary}));
  box.addEventListener("toggle", () => box.append(...fill()), {once: true});
  return count ? [box] : [];
};

/* Where the text may stand in the grid of answers: a row a topic. */
const grid = states => make("table", {className: "plain"},
  make("caption", {className: "sr", textContent: gettext("What your text may answer (a guess by word search)")}),
  make("thead", {}, make("tr", {}, make("th", {scope: "col", textContent: gettext("Question")}), make("th", {scope: "col", textContent: gettext("Your text (a guess)")}))),
  make("tbody", {}, ...data.topics.map(([title, path, answers], topic) => {
    const mine = states.filter(({n}) => data.claims[n][2] === topic || data.claims[n][3].some(([t]) => t === topic));
    const likely = mine.filter(({state}) => state === "likely");
    const given = new Set(likely.flatMap(({n}) => data.claims[n][3].filter(([t]) => t === topic).map(([, answer]) => answer)));
    const state = likely.length ? "likely" : mine.some(claim => claim.state === "words") ? "words" : "nothing";
    return make("tr", {}, make("th", {scope: "row"}, link(title, path)), make("td", {}, label(state),
      ...given.size ? [make("ul", {}, ...[...given].sort((a, b) => a - b).map(answer => ours("li", answers[answer])))] : []));
  })));

const show = result => {
  const states = result.claims.map(({likely, words, names, figures}, n) =>
    ({n, state: likely ? "likely" : words.size || names.size || figures.size ? "words" : "nothing"}));
  const of = state => states.filter(claim => claim.state === state), likely = of("likely"), some = of("words"), nothing = of("nothing");
  const people = result.people.map((hits, n) => ({hits, n})).filter(({hits}) => hits.size);
  const heading = make("h2", {tabIndex: -1, textContent: gettext("What your text may answer (a guess)")});
  found.replaceChildren(heading, grid(states),
    make("h2", {textContent: ngettext("%(num)s claim likely mentioned (a guess)", "%(num)s claims likely mentioned (a guess)", likely.length)}),
    ...list(result, likely),
    ...fold(ngettext("%(num)s claim: words or names only (a guess)", "%(num)s claims: words or names only (a guess)", some.length), some.length, () => list(result, some)),
    ...fold(ngettext("%(num)s claim: nothing found, which does not mean silence", "%(num)s claims: nothing found, which does not mean silence", nothing.length), nothing.length, () => list(result, nothing)),
    ...fold(ngettext("%(num)s person or organisation named", "%(num)s people or organisations named", people.length), people.length, () =>
      [make("ul", {className: "plain"}, ...people.map(({hits, n}) => make("li", {}, link(data.people[n][0], data.people[n][1]), ...quotes(result, hits))))]));
  found.hidden = false;
  status.textContent = ngettext("%(num)s word searched", "%(num)s words searched", result.words, {num: new Intl.NumberFormat(language).format(result.words)});
  heading.focus();
};
/* No preview: it would ask the site for a page. */
for (const event of ["mouseover", "focusin"]) found.addEventListener(event, happened => happened.stopPropagation());

/* ---------- what the reader does ---------- */

/* From here on the browser itself refuses whatever this page might ask for. */
const seal = () => {
  const policy = {httpEquiv: "Content-Security-Policy", content: "default-src 'none'; form-action 'none'"};
  if (!one("meta[content^=\"default-src 'none'; form-action\"]")) document.head.append(make("meta", policy));
};

const refuse = words => {
  found.hidden = true;
  status.textContent = words;
};
const compare = () => {
  const source = text.value.trim();
  if (!source) return refuse(gettext("Paste a text or choose a file first"));
  if (source.length > MOST) return refuse(gettext("The text is too long: %(most)s characters at most", {most: new Intl.NumberFormat(language).format(MOST)}));
  seal();
  guess ??= makeGuesser(data);
  return show(guess(readParagraphs(source)));
};
const open = async given => {
  seal();
  const read = given.size > 20 * MOST ? null : decode(new Uint8Array(await given.arrayBuffer()));
  if (read === null) return refuse(gettext("This file is not text. Save the article as plain text or as a web page, or paste its words."));
  text.value = readParagraphs(read).join("\n\n");
  return compare();
};
form.addEventListener("focusin", seal, {once: true});
form.addEventListener("submit", event => { event.preventDefault(); compare(); });
form.addEventListener("reset", () => refuse(""));
file.addEventListener("change", () => file.files.length && open(file.files[0]));
addEventListener("dragover", event => event.preventDefault());
addEventListener("drop", event => {
  event.preventDefault();
  const [dropped] = event.dataTransfer.files, words = event.dataTransfer.getData("text/plain");
  if (dropped) open(dropped);
  else if (words) { text.value = words; compare(); }
});
