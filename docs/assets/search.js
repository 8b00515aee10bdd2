// Records hold contributors' text: build nodes by hand, never parse it as HTML.
const root = new URL("..", import.meta.url);
const [form, list, status, more] = ["find", "results", "status", "more"].map(id => document.getElementById(id));
const narrow = form.querySelector("details"), selects = [...form.querySelectorAll("select")];
let pagefind, asked = 0, timer;

function el(tag, attributes, ...children) {
  const element = Object.assign(document.createElement(tag), attributes);
  element.append(...children);
  return element;
}
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
function shorten(query) {
  const words = query.split(/\s+/), longest = new Set([...words].sort((a, b) => b.length - a.length).slice(0, 8));
  return query.includes('"') ? query : words.filter(word => longest.has(word)).join(" ");
}

// One list item for a record; [] if no single quotation passes the filters.
function result(data, query, want) {
  const { anchors, locations, filters: { type: [type], verdict, briefing } } = data;
  const [, folder, part] = data.raw_url.match(/^\/(.*\/|)(?:(.*)\.html)?$/), page = new URL(folder, root).href;
  const href = page + (part ? `#${part}` : ""), from = Math.max(0, Math.min(...locations) - 9);
  data.words = data.content.split(/\s+/);
  const [head, ...parts] = anchors.map(({ id, location }, n) => {
    const record = JSON.parse(id), to = anchors[n + 1]?.location ?? Infinity;
    return { ...record, hit: !query || locations.some(l => l >= location && l < to), nodes: marked(record.text, data, location, to) };
  });
  const about = small(type, verdict, head.shown, type !== "Briefing" && briefing);
  const said = parts.filter(s => !s.label), notes = parts.filter(s => s.label && (s.hit || type === "Paragraph")).map(s =>
    el("p", {}, el("b", { className: "rest" }, `${s.label} `), el("a", { href: `${page}#${s.anchor}` }, ...s.nodes)));
  if (type !== "Claim") return item(about, href, head.nodes, ...notes,
    type === "Page" && query ? el("p", {}, ...marked(data.words.slice(from, from + 30).join(" "), data, from, from + 30), " …") : "");
  const fit = said.filter(s => ["speaker", "outlet", "stance", "lang"].every(key => !want[key] || s[key] === want[key])), quotes = fit.filter(s => s.hit);
  if (said[0] && !fit[0] || want.type === "Claim" && !head.hit && !notes[0] || want.type === "Quotation" && !quotes[0]) return [];
  return item(about, href, head.nodes, el("ul", {}, ...quotes.map(s => el("li", {},
    small("Quotation", `${s.holder}, ${s.stance}`, s.holder !== s.source && `in ${s.source}`),
    el("blockquote", {}, el("a", { href: `${page}#${s.anchor}`, lang: s.lang, dir: "auto" }, ...s.nodes)), s.translation ?? ""))), ...(query ? notes : []));
}

async function show(mine, rest, query, want) {
  for (const enough = list.children.length + 10; rest.length && list.children.length < enough;) {
    const batch = await Promise.all(rest.splice(0, 10).map(one => one.data()));
    if (mine !== asked) return;
    list.append(...batch.flatMap(data => result(data, query, want)));
  }
  const all = list.children.length + rest.length;
  status.textContent = `${rest.length && Object.keys(want).length ? "Up to " : ""}${all || "No"} result${all === 1 ? "" : "s"}`;
  more.hidden = !rest.length;
  more.onclick = () => show(mine, rest, query, want);
}

function fill(counts) {
  for (const { name, value, options } of selects) {
    options.length = 1;
    for (const [v, n] of Object.entries(counts[name] ?? {}).sort())
      if (n || v === value) options.add(new Option(`${v} (${n})`, v, false, v === value));
  }
}

async function search() {
  const asking = [...new FormData(form)].filter(([, value]) => value.trim()), address = `${new URLSearchParams(asking)}`;
  const mine = ++asked, { q: query, ...want } = Object.fromEntries(asking);
  history.replaceState(null, "", `?${address}`);
  list.replaceChildren();
  [status.textContent, more.hidden] = ["", true];
  if (!address && !narrow.open) return; // fetch nothing before the reader asks
  if (address) status.textContent = "Searching …";
  pagefind ??= await import(new URL("pagefind/pagefind.js", root));
  const known = narrow.open ? await pagefind.filters() : {};
  for (const key of Object.keys(want)) if (narrow.open && !known[key]?.[want[key]]) delete want[key]; // a word of an old address
  const found = await pagefind.search(query && shorten(query).replace(/[\p{sc=Han}\p{sc=Hira}\p{sc=Kana}\p{sc=Thai}]/gu, " $& ") || null, { filters: want });
  if (mine !== asked) return;
  if (narrow.open) fill(found.filters);
  if (address) await show(mine, found.results, query, want);
}
const go = () => search().catch(() => { status.textContent = "The search did not load."; });

form.oninput = () => { clearTimeout(timer); timer = setTimeout(go, 200); };
narrow.ontoggle = go;
const asks = new URLSearchParams(location.search);
form.q.value = asks.get("q");
for (const select of selects) if (asks.get(select.name)) select.add(new Option(asks.get(select.name), undefined, true, true));
narrow.open = selects.some(s => s.value);
if (!asks.has("q")) form.q.focus();
addEventListener("keydown", event => {
  if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey || event.target.closest("input, select")) return;
  event.preventDefault();
  form.q.focus();
});
go();
