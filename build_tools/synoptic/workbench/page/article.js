// The article: numbered paragraphs with their kind, their gist, and what is quoted, suggested or still missing.

import { button, choose, count, el, fill, keepFocus, problemLine, tell } from "./dom.js";
import { draw, forget, placeOn, where } from "./cursor.js";
import { newArticle } from "./beginnings.js";
import { gistDrafts } from "./drafts.js";
import { mark } from "./marks.js";
import { articleProblems, change, find, on, openSource, show, sourceName, store } from "./store.js";

const text = document.getElementById("text");
const UNTOLD = new Set(["headline", "byline", "dateline", "author-note", "deck", "heading", "caption", "section-label", "bullet", "video-line"]);

/** The buttons that choose an article. */
function drawSources() {
  fill(document.getElementById("sources"), store.state.sources.map((source) => {
    const open = source.id === store.source, missing = source.unaccounted.length;
    const state = !source.at_hand ? "text not at hand" : missing ? `${count(missing, "paragraph")} to do` : "complete";
    return el("button", {
      type: "button", id: `source-${source.id}`, class: "source", "aria-current": open && "true",
      onclick: () => openSource(source.id),
    }, el("b", {}, source.letter || ""), ` ${sourceName(source)} `, el("span", { class: missing ? "left" : "done" }, missing ? String(missing) : "✓"),
    el("span", { class: "sr" }, `, ${state}`));
  }), button("+ Article", newArticle, { id: "add-article", class: "source", "aria-label": "Add an article" }));
}

function drawAbout() {
  const source = find.source(store.source);
  if (!source) return fill(document.getElementById("about"), el("p", {}, "No articles yet. ", button("Add the first", newArticle, { id: "first-article", class: "link" })));
  const known = [source.outlet || source.publisher, source.author, source.published].filter((one) => one && one !== "unknown");
  const missing = source.unaccounted.length;
  const problems = articleProblems(source.id);
  fill(document.getElementById("about"),
    el("h2", { dir: "auto", lang: source.lang }, source.title),
    el("p", { class: "soft" }, [...known, count(source.words, "word"), count(source.statements, "statement")].join(" · "), " ", detailsButton(source)),
    el("p", { class: "left-over" }, missing
      ? button(`${count(missing, "paragraph")} left: go to the next`, nextUnaccounted, { id: "next-unaccounted", class: "link" })
      : source.at_hand ? "Every paragraph is accounted for." : "The text of this article is not on this computer."),
    problems.length > 0 && el("p", {}, button(count(problems.length, "problem of this article", "problems of this article"), () => show("source"), { id: "source-problems", class: "chip bad" })));
  return undefined;
}

const detailsButton = (source) => button("Details", () => show("source", { claim: "" }), { id: "source-details", class: "link", "aria-label": `Details of ${sourceName(source)}` });

/** Go to the next paragraph of the body that has neither statement nor gist. */
export function nextUnaccounted() {
  const missing = find.source(store.source)?.unaccounted || [];
  if (!missing.length) {
    const other = store.state.sources.find((one) => one.at_hand && one.unaccounted.length);
    if (!other) return tell("Every paragraph of every article is accounted for.");
    return openSource(other.id).then(nextUnaccounted);
  }
  const at = where()?.paragraph || 0;
  const n = missing.find((one) => one > at) || missing[0];
  placeOn(n);
  text.focus({ preventScroll: true });
  tell(`Paragraph ${n} is not accounted for.`);
  return undefined;
}

/** Type the gist of a paragraph. */
export function writeGist(n) {
  const input = document.getElementById(`gist-${n}`);
  if (input) {
    input.parentElement.classList.add("open");
    input.focus();
  } else tell("Only paragraphs of the body have a gist.");
}

function kindOf(one) {
  const kinds = store.state.choices.paragraph_kind;
  return choose(kinds, one.kind, {
    id: `kind-${one.n}`, class: "kind", "aria-label": `Kind of paragraph ${one.n}`,
    onchange: (event) => change([{ do: "set-kind", source: store.source, paragraph: one.n, kind: event.target.value }],
      `Paragraph ${one.n} is now ${find.label("paragraph_kind", event.target.value)}.`),
  });
}

function saveGist(one, words, last) {
  const gist = words.trim();
  if (gist === (one.gist || "") && last === (one.gist_range ? one.gist_range[1] : one.n)) return null;
  return change([{ do: "set-gist", source: store.source, first: one.n, last, gist }], gist ? `Gist of paragraph ${one.n} noted.` : `Gist of paragraph ${one.n} removed.`);
}

/** Further paragraphs that one gist may cover: those that follow and lack a statement or gist. */
function mayCover(one) {
  const all = store.article.paragraphs, last = one.gist_range ? one.gist_range[1] : one.n;
  const ends = [one.n];
  for (const other of all.filter(({ n }) => n > one.n)) {
    if (other.n > last && other.accounted) break;
    ends.push(other.n);
  }
  return ends;
}

function gistOf(one) {
  const [first, last] = one.gist_range || [one.n, one.n];
  if (first < one.n) return el("p", { class: "soft in-gist" }, `In the gist of ¶${first}.`);
  const input = el("textarea", {
    id: `gist-${one.n}`, class: "gist", rows: 1, value: one.gist || "", "data-was": one.gist || null, autocomplete: "off",
    "aria-label": `Gist of paragraph ${one.n}`, placeholder: one.accounted ? "Gist" : "What does it say? One short sentence of your own",
    onblur: () => saveGist(one, input.value, Number(to?.value || last)),
    onkeydown: (event) => {
      if (event.key === "Escape") input.value = one.gist || "";
      if (event.key !== "Escape" && event.key !== "Enter") return;
      event.preventDefault();
      event.stopPropagation();
      text.focus({ preventScroll: true });
    },
  });
  const ends = mayCover(one);
  const to = ends.length > 1 && (one.gist || !one.accounted)
    ? choose(ends.map((n) => ({ id: String(n), label: n === one.n ? `¶${n} only` : `¶${one.n}–${n}` })), String(last), {
      id: `gist-to-${one.n}`, class: "gist-to", "aria-label": `Paragraphs of the gist of paragraph ${one.n}`,
      onchange: () => input.value.trim() && saveGist(one, input.value, Number(to.value)),
    }) : null;
  return el("div", { class: one.gist || !one.accounted ? "gist-line" : "gist-line optional" }, input, to);
}

/** A button for the claim of each statement, and one for a gist where none is needed. */
function statementsOf(one) {
  const first = one.quoted.filter((each, at) => one.quoted.findIndex((other) => other.statement === each.statement) === at);
  if (!first.length) return null;
  return el("p", { class: "carries" }, first.map((each) => {
    const claim = find.claim(each.claim);
    return button(claim ? claim.claim : each.claim, () => show("claim", { claim: each.claim }), { id: `said-${each.statement}`, class: "said", title: "Show this claim" });
  }), !one.gist && !UNTOLD.has(one.kind) && button("Add a gist", () => writeGist(one.n), { id: `add-gist-${one.n}`, class: "add-gist" }));
}

function paragraph(one) {
  const body = !UNTOLD.has(one.kind), missing = body && !one.accounted;
  const problems = store.state.problems.filter((each) => each.about?.source === store.source && each.about.paragraph === one.n);
  const source = find.source(store.source), proposed = [...one.drafts, ...one.suggestions];
  const made = el("div", { id: `p${one.n}`, class: `p ${one.kind}${missing ? " missing" : ""}` },
    el("div", { class: "margin" }, el("span", { class: "n" }, `¶${one.n}`), kindOf(one), missing && el("span", { class: "flag" }, "to do"),
      proposed.length > 0 && el("span", { class: "flag quiet" }, count(proposed.length, proposed.every((each) => each.draft) ? "draft" : "suggestion"))),
    el("p", { class: "words", lang: source?.lang, dir: "auto" }, one.text),
    statementsOf(one), body && (one.gist || one.gist_range || !one.drafts.length) && gistOf(one), gistDrafts(one), problems.map(problemLine));
  made.dataset.was = JSON.stringify([one, problems, store.source, one.quoted.map((each) => find.claim(each.claim)?.claim), mayCover(one)]);
  return made;
}

function drawText(other) {
  if (!store.article) return;
  keepFocus(() => {
    if (other) text.replaceChildren();
    const source = find.source(store.source);
    text.setAttribute("aria-label", sourceName(source) || "Article");
    for (const one of store.article.paragraphs) {
      const old = document.getElementById(`p${one.n}`), made = paragraph(one);
      if (!old) text.append(made);
      else if (old.dataset.was !== made.dataset.was) old.replaceWith(made);
    }
    for (const old of text.querySelectorAll(".p")) {
      if (!store.article.paragraphs.some(({ n }) => `p${n}` === old.id)) old.remove();
    }
  });
  const stretches = (name) => store.article.paragraphs.flatMap((one) => one[name].map((each) => ({ ...each, paragraph: one.n })));
  mark("quoted", stretches("quoted"));
  mark("suggested", stretches("suggestions"));
  if (other) {
    forget();
    mark("chosen", []);
    text.scrollTop = 0;
  } else draw();
}

/** Draw the article whenever it changes. */
export function start() {
  on("state", () => { drawSources(); drawAbout(); });
  on("article", ({ other }) => { drawSources(); drawAbout(); drawText(other); });
}
