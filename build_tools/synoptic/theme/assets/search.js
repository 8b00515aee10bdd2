// Records hold contributors' text: build nodes by hand, never parse it as HTML.
import { gettext, ngettext } from "./words.js";

const root = new URL("..", import.meta.url);
const [form, list, status, more] = ["find", "results", "status", "more"].map(id => document.getElementById(id));
const narrow = form.querySelector("details"), selects = [...form.querySelectorAll("select")], docs = form.querySelector("[value=docs]");
let pagefind, asked = 0, timer;

function el(tag, attributes, ...children) {
  const element = Object.assign(document.createElement(tag), attributes);
  element.append(...children);
  return element;
}
// Filters go by the English names of kinds, verdicts and stances, in every language.
const say = (filter, value) => value && (["type", "verdict", "stance"].includes(filter) ? gettext(String(value)) : String(value));
const small = (kind, ...about) => el("p", { className: "rest" }, el("b", {}, kind), ["", ...about.filter(Boolean)].join(" · "));
const item = (about, href, title, ...below) => el("li", {}, about, el("h2", {}, el("a", { href }, ...title)), ...below);

function marked(text, { words, locations }, from, to) {
  const out = [];
  for (const n of locations.filter(place => place >= from && place < to).sort((a, b) => a - b)) {
    const word = words[n].replace(/^[^\p{L}\p{N}]+|[^\p{L}\p{N}]+$/gu, ""), at = text.indexOf(word);
    if (at < 0) continue;
    out.push(text.slice(0, at), el("mark", {}, word));
    text = text.slice(at + word.length);
  }
  return [...out, text];
}

// Each word costs one part of the index: keep the eight longest, which narrow most. Quoted phrases stay whole.
function shorten(query, most = 8) {
  const words = query.split(/\s+/), longest = new Set([...words].sort((a, b) => b.length - a.length).slice(0, most));
  return query.includes('"') ? query : words.filter(word => longest.has(word)).join(" ");
}

// ---------- which hits count ----------

const fold = text => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
const join = text => fold(text).replace(/[^\p{L}\p{N}]/gu, "");
const stem = word => word.replace(/(?:ing|ed|es|s|ly|er)$/, "");

// Pagefind takes any beginning for the word, and a word's beginning for all of it. Half of each must be alike, unless
// they differ in their endings alone.
function alike(word, sought) {
  let n = 0;
  while (n < word.length && word[n] === sought[n]) n++;
  return 2 * n >= Math.max(word.length, sought.length) || (n > 2 && [word, sought].every(one => stem(one).length - n < 2));
}

let spelt = new Set(); // words sought that some result has as they were typed

// Leave the hits that count; whether each word sought has one.
function keepHits(data, sought) {
  const found = new Set(), counts = place => {
    const parts = [join(data.words[place]), ...fold(data.words[place]).split(/[^\p{L}\p{N}]+/u)];
    const mine = sought.filter(word => parts.some(part => alike(part, word)));
    for (const word of mine) found.add(word);
    for (const word of mine) if (parts.some(part => part.startsWith(word))) spelt.add(word);
    return mine.length > 0;
  };
  if (sought.length) data.locations = data.locations.filter(counts);
  return found.size === new Set(sought).size;
}

// ---------- results ----------

// One list item for a record; [] if no single quotation passes the filters.
function result(data, query, want) {
  const { anchors, locations, filters: { type: [type], verdict, briefing } } = data;
  const [, folder, part] = data.raw_url.match(/^\/(.*\/|)(?:(.*)\.html)?$/), page = new URL(folder, root).href;
  const href = page + (part ? `#${part}` : ""), from = Math.max(0, Math.min(...locations) - 9);
  const [head, ...parts] = anchors.map(({ id, location }, n) => {
    const record = JSON.parse(id), to = anchors[n + 1]?.location ?? Infinity;
    return { ...record, hit: !query || locations.some(l => l >= location && l < to), nodes: marked(record.text, data, location, to) };
  });
  const about = small(say("type", type), say("verdict", verdict), head.shown, type !== "Briefing" && briefing), said = parts.filter(s => !s.label);
  const spoken = head.lang ? { lang: head.lang, dir: "auto" } : {}, title = head.lang ? [el("bdi", spoken, ...head.nodes)] : head.nodes;
  const own = query && (head.hit || said.some(s => s.hit)); // no synonym is needed
  const notes = parts.filter(s => s.label && (s.hit || type === "Paragraph") && !(own && s.terms)).map(s =>
    el("p", {}, el("b", { className: "rest" }, `${s.label} `), el("a", { href: `${page}#${s.anchor}`, ...spoken }, ...s.nodes)));
  if (type !== "Claim") return Object.assign(item(about, href, title, ...notes,
    type === "Page" && query ? el("p", {}, ...marked(data.words.slice(from, from + 30).join(" "), data, from, from + 30), " …") : ""), { article: head.source });
  const fit = said.filter(s => ["speaker", "outlet", "stance", "lang"].every(key => !want[key] || s[key] === want[key])), quotes = fit.filter(s => s.hit);
  if (said[0] && !fit[0] || want.type === "Claim" && !head.hit && !notes[0] || want.type === "Quotation" && !quotes[0]) return [];
  return item(about, href, title, el("ul", {}, ...quotes.map(s => el("li", {},
    small(say("type", "Quotation"), gettext("%(holder)s, %(stance)s", { holder: s.holder, stance: say("stance", s.stance) }),
      s.holder !== s.source && gettext("in %(source)s", { source: s.source })),
    el("blockquote", {}, el("a", { href: `${page}#${s.anchor}`, lang: s.lang, dir: "auto" }, ...s.nodes)), s.translation ? el("span", spoken, s.translation) : ""))), ...(query ? notes : []));
}

// Show ten more. The best come first: thirty in a row that have no word in full are followed by none that have.
// `further` brings results of one more group of briefings.
async function show(mine, rest, sought, want, further) {
  const enough = list.children.length + 10;
  let misses = 0, left = 0;
  for (let opened = 0; ; opened++) {
    while (rest.length && list.children.length < enough) {
      const batch = await Promise.all(rest.splice(0, 10).map(one => one.data()));
      if (mine !== asked) return 0;
      for (const data of batch) {
        data.words = data.content.split(/\s+/);
        misses = keepHits(data, sought) ? 0 : misses + 1;
        list.append(...[misses ? [] : result(data, sought.length > 0, want)].flat());
      }
      if (misses > 29) rest.length = 0;
    }
    const next = further && await further(list.children.length < enough && opened < (list.children.length ? 3 : 8));
    if (mine !== asked) return 0;
    left = next?.left ?? 0;
    if (!next?.results) break;
    rest.push(...next.results);
    misses = 0;
  }
  const all = list.children.length + rest.length;
  if (rest.length) status.textContent = ngettext("Up to %(num)s result", "Up to %(num)s results", all);
  else status.textContent = all ? ngettext("%(num)s result", "%(num)s results", all) : gettext("No results");
  if (left) status.append(". ", ngettext("%(num)s more briefing may have some.", "%(num)s more briefings may have some.", left));
  more.hidden = !rest.length && !left;
  more.onclick = () => show(mine, rest, sought, want, further);
  return left;
}

function fill(counts, exact) {
  for (const { name, value, options } of selects) {
    options.length = 1;
    for (const [label, v, n] of Object.entries(counts[name] ?? {}).map(([key, number]) => [say(name, key), key, number]).sort())
      if (n || v === value) options.add(new Option(exact ? gettext("%(name)s (%(remarks)s)", { name: label, remarks: n }) : label, v, false, v === value));
  }
}

// ---------- a search ----------

const inDocs = { part: "docs" }, inOutlines = { part: "outline" }, inGuide = { part: "guide" };
const find = (query, filters, most) => pagefind.search(query && shorten(query, most).replace(/[\p{sc=Han}\p{sc=Hira}\p{sc=Kana}\p{sc=Thai}]/gu, " $& ") || null, { filters });

// A large site has an index for each group of its briefings, and a guide that has all words of each briefing.
const groups = new Map(); // those loaded or asked for, by name: two searches may want the same one
function openGroups(query, filters, want, shown) {
  const seen = new Set(shown.map(one => one.id)), words = query?.replaceAll('"', " ");
  const ask = async () => (await find(words, { ...want, ...inGuide, none: [...groups.keys()].map(group => ({ group })) }, 16)).results; // a group costs more than a word
  return async wanted => { // load the group of the likeliest briefing, if wanted; how many briefings are left
    const likely = await ask();
    if (!wanted || !likely.length) return { left: likely.length };
    const [, group] = (await likely[0].data()).raw_url.match(/^\/(\d+)\//);
    groups.set(group, groups.get(group) ?? pagefind.mergeIndex(new URL(`pagefind/${group}/`, root).href));
    await Promise.all(groups.values());
    const { results } = await find(query, filters);
    return { results: results.filter(({ id }) => !seen.has(id) && seen.add(id)), left: likely.length };
  };
}

async function search() {
  const asking = [...new FormData(form)].filter(([, value]) => value.trim()), address = `${new URLSearchParams(asking)}`;
  const mine = ++asked, { q: query, in: where, ...want } = Object.fromEntries(asking);
  history.replaceState(null, "", `?${address}`);
  list.replaceChildren();
  spelt = new Set();
  [status.textContent, more.hidden, narrow.hidden] = ["", true, Boolean(where)];
  if (!address && !narrow.open) return; // fetch nothing before the reader asks
  if (address) status.textContent = gettext("Searching …");
  pagefind ??= await import(new URL("pagefind/pagefind.js", root));
  const known = narrow.open ? await pagefind.filters() : {};
  for (const key of Object.keys(want)) if (where || narrow.open && !known[key]?.[want[key]]) delete want[key]; // a word of an old address
  const filters = where ? inDocs : { ...want, none: [inDocs, inGuide, ...want.type === "Paragraph" ? [] : [inOutlines]] };
  const found = await find(query, filters), sought = (query ? shorten(query) : "").split(/[\s"]+|(?<=[\p{sc=Han}\p{sc=Hira}\p{sc=Kana}\p{sc=Thai}])/u).map(join).filter(Boolean);
  if (mine !== asked) return;
  const elsewhere = query && found.totalFilters.part?.docs;
  docs.nextElementSibling.textContent = elsewhere ? ` ${gettext("(%(remarks)s)", { remarks: elsewhere })}` : "";
  const guided = known.part?.guide || found.totalFilters.part?.guide; // counts would be those of the groups loaded
  if (narrow.open) fill(guided ? known : found.filters, !guided);
  if (!address) return;
  const further = guided && !where ? openGroups(query, filters, want, found.results) : undefined;
  const left = await show(mine, found.results, sought, want, further);
  if (mine !== asked || left || list.children.length > 2 || !query) return;
  if (!list.children.length && !where && !want.type) await outlines(mine, query, sought, want);
  if (mine === asked && !sought.every(word => spelt.has(word))) await suggest(mine, query);
}

// Where no claim has the words, an article's outline may: it tells in our words what no quotation covers.
async function outlines(mine, query, sought, want) {
  const found = await find(query, { ...want, ...inOutlines });
  await show(mine, found.results, sought, want);
  if (mine !== asked || !list.children.length) return;
  const articles = [...new Set([...list.children].map(one => one.article))].join(gettext(", "));
  status.textContent = gettext("No claim or quotation has this. The outline does, of: %(articles)s.", { articles });
}

let words; // of the index, the most frequent first
async function suggest(mine, query) {
  const { nearest } = await import("./spelling.js");
  words ??= (await (await fetch(new URL("pagefind/words.txt", root))).text()).split("\n");
  const meant = query.replace(/[\p{L}\p{M}]{4,}/gu, word => {
    const other = nearest(words, fold, fold(word), list.children.length || word.length < 6 ? 1 : 2);
    return other === fold(word) ? word : other;
  });
  if (meant === query || !(await find(meant, {})).results.length || mine !== asked) return;
  const address = new URLSearchParams(location.search);
  address.set("q", meant);
  const link = el("a", { href: `?${address}` }, meant);
  link.onclick = event => { event.preventDefault(); form.q.value = meant; go(); };
  const [before, after] = gettext("Did you mean %(words)s?", { words: "\n" }).split("\n");
  status.append(status.textContent.endsWith(".") ? " " : ". ", before, link, after);
}

const go = () => search().catch(() => { status.textContent = gettext("The search did not load."); });

form.oninput = () => { clearTimeout(timer); timer = setTimeout(go, 200); };
narrow.ontoggle = go;
form.onsubmit = event => { event.preventDefault(); go(); };
const asks = new URLSearchParams(location.search);
form.q.value = asks.get("q");
docs.checked = asks.get("in") === "docs" || asks.get("type") === "Page"; // an older address
for (const select of selects) if (asks.get(select.name) && !docs.checked) select.add(new Option(say(select.name, asks.get(select.name)), asks.get(select.name), true, true));
narrow.open = selects.some(s => s.value);
if (!asks.has("q")) form.q.focus();
addEventListener("keydown", event => {
  if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey || event.target.closest("input, select")) return;
  event.preventDefault();
  form.q.focus();
});
go();
