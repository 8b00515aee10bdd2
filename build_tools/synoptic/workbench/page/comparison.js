// The comparison: the topics with their answer grids, all problems, and the details of an article.

import { button, choose, count, el, field, fill, problemLine } from "./dom.js";
import { openRecord, recordOf, recordView } from "./briefing_form.js";
import { claimView } from "./claim.js";
import { answerDrafts, proposedClaims } from "./drafts.js";
import { articleProblems, find, on, openSource, show, sourceName, store } from "./store.js";

const SYMBOLS = { asserts: "●", denies: "✕", qualifies: "◐", questions: "?" };

function tabs() {
  const names = [["topics", "Topics"], ["claim", "Claim"], ["problems", `Problems (${store.state.problems.length})`], ["source", "Article"], ["record", "Briefing"]];
  const bar = document.getElementById("views");
  fill(bar, names.map(([view, words]) => button(words, () => show(view), {
    id: `tab-${view}`, role: "tab", "aria-selected": String(store.view === view), "aria-controls": "view", tabindex: store.view === view ? "0" : "-1",
    onkeydown: (event) => {
      const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
      if (!step) return;
      event.preventDefault();
      const at = (names.findIndex(([name]) => name === view) + step + names.length) % names.length;
      show(names[at][0]);
      document.getElementById(`tab-${names[at][0]}`).focus();
    },
  })));
  document.getElementById("view").setAttribute("aria-labelledby", `tab-${store.view}`);
}

/** The answers to a topic's question: a row each, a column for each article, a sign for each statement. */
function grid(topic) {
  const sources = store.state.sources;
  if (!topic.answers.length) return el("p", { class: "soft" }, "No answers yet. A claim can give one.");
  const cell = (answer, source) => el("td", {}, topic.grid.filter((one) => one.answer === answer.id && one.source === source.id).map((one) =>
    button(SYMBOLS[one.stance] || "●", () => goTo(one.statement), {
      class: `s ${one.stance}`, title: one.quote, "aria-label": `${sourceName(source)} ${find.label("stance", one.stance)}: ${one.quote}`,
    })));
  return el("div", { class: "box", tabindex: "0", role: "region", "aria-label": `Answers: ${topic.title}` }, el("table", { class: "grid" },
    el("thead", {}, el("tr", {}, el("th", { scope: "col" }, "Answer"), sources.map((source) =>
      el("th", { scope: "col", class: source.id === store.source ? "open" : null }, el("abbr", { title: sourceName(source) }, source.letter || sourceName(source)))))),
    el("tbody", {}, topic.answers.map((answer) => el("tr", {}, el("th", { scope: "row", dir: "auto" }, answer.text), sources.map((source) => cell(answer, source)))))));
}

function goTo(statement) {
  const claim = store.state.claims.find((one) => one.statements.some(({ id }) => id === statement));
  if (claim) show("claim", { claim: claim.id });
}

function claimRow(claim) {
  return el("li", {}, button(claim.claim, () => show("claim", { claim: claim.id, topic: claim.topic }), { id: `row-${claim.id}`, class: "claim-name", dir: "auto" }),
    el("p", { class: "soft" }, el("b", {}, claim.verdict_label), claim.facts && ` · ${claim.facts}`, problemCount(claim)));
}

function problemCount(claim) {
  const all = claim.problems.length + claim.statements.reduce((sum, one) => sum + one.problems.length, 0);
  return all > 0 && el("span", { class: "chip bad" }, count(all, "problem"));
}

function topicsView() {
  const { topics } = store.state;
  if (!topics.length) return [el("p", {}, "No topics yet. The first claim makes one.")];
  const topic = find.topic(store.topic) || topics[0];
  const claims = store.state.claims.filter((one) => one.topic === topic.id), proposed = proposedClaims(topic.id).length;
  return [
    topics.length > 1 && el("div", { class: "row" }, field("Topic", choose(topics.map(({ id, title }) => ({ id, label: title })), topic.id, {
      id: "topic", onchange: (event) => show("topics", { topic: event.target.value }),
    }))),
    el("h2", { dir: "auto" }, topic.question || topic.title),
    topic.label && el("p", { class: "soft" }, topic.label),
    grid(topic), answerDrafts(topic),
    el("p", { class: "legend soft" }, store.state.choices.stance.map((one) => el("span", {}, el("b", { class: one.id }, SYMBOLS[one.id]), ` ${one.label}`))),
    el("h3", {}, count(claims.length, "claim")),
    el("ul", { class: "claims" }, claims.map(claimRow)),
    proposed > 0 && el("p", {}, button(`${count(proposed, "claim")} proposed: show`, () => show("claim", { claim: "" }), { id: "to-proposed", class: "link" })),
  ];
}

function problemsView() {
  const all = store.state.problems;
  if (!all.length) return [el("p", { class: "fine" }, "✓ No problems. You can save.")];
  return [el("ul", { class: "problems" }, all.map((problem) => {
    const about = problem.about || {};
    const claim = about.claim || store.state.claims.find((one) => one.statements.some(({ id }) => id === about.statement))?.id;
    const record = recordOf(problem);
    const place = claim ? button("Show the claim", () => show("claim", { claim }), { class: "link" })
      : about.source ? button(about.paragraph ? `Show paragraph ${about.paragraph}` : "Show the article", () => goToParagraph(about), { class: "link" })
        : record ? button("Show the form", () => openRecord(record.kind, record.id), { class: "link" }) : null;
    return el("li", {}, problemLine(problem), el("p", { class: "soft small" }, `${problem.path}:${problem.line} · ${problem.rule} `, place));
  }))];
}

async function goToParagraph({ source, paragraph }) {
  if (source !== store.source) await openSource(source);
  document.getElementById(`p${paragraph}`)?.scrollIntoView({ block: "center" });
  document.getElementById("text").focus({ preventScroll: true });
}

const DETAILS = [["title", "Title"], ["label", "Our short name"], ["outlet", "Outlet"], ["author", "Author"], ["published", "Published"], ["url", "Address"]];

/** What an article states about itself, and the way to its form. */
function sourceView() {
  const source = find.source(store.source);
  if (!source) return [el("p", {}, "No article is open.")];
  const facts = DETAILS.map(([name, words]) => [words, source[name] || "not stated"]);
  for (const [id, why] of Object.entries(source.independent || {})) facts.push([`Independent of ${sourceName(find.source(id)) || id}`, why]);
  return [
    el("h2", {}, "The article"), articleProblems(source.id).map(problemLine),
    el("dl", { class: "facts" }, [...facts, ["Kind of article", find.label("genre", source.genre)]].map(([name, value]) => [el("dt", {}, name), el("dd", { dir: "auto" }, value)])),
    el("div", { class: "row" }, button("Change what is known of it", () => openRecord("source", source.id), { id: "source-fields", class: "main" })),
  ];
}

async function draw() {
  tabs();
  const views = { topics: topicsView, claim: claimView, problems: problemsView, source: sourceView, record: recordView };
  const view = document.getElementById("view");
  const key = `${store.view} ${store.view === "claim" ? store.claim : store.view === "topics" ? store.topic : store.view === "record" ? JSON.stringify(store.record) : ""}`;
  const top = document.getElementById("panel").scrollTop, same = view.dataset.key === key;
  const inside = view.contains(document.activeElement);
  const content = views[store.view]();
  if (content.length !== 1 || content[0] !== view.firstElementChild) fill(view, content); // a form in which somebody types stays
  if (inside && !view.contains(document.activeElement)) view.focus({ preventScroll: true }); // what had the focus is gone
  view.dataset.key = key;
  document.getElementById("panel").scrollTop = same ? top : Math.min(top, document.getElementById("form").offsetHeight);
}

/** Draw the comparison whenever it changes. */
export function start() {
  on("state", draw);
  on("view", draw);
  on("article", ({ other }) => other && ["source", "topics"].includes(store.view) && draw());
}
