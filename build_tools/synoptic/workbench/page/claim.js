// One claim: its card as readers will see it, its statements, and where else it may be said.

import { get } from "./requests.js";
import { button, choose, count, el, field, fill, problemLine, tell } from "./dom.js";
import { claimDrafts, draftsOf, proposedClaims } from "./drafts.js";
import { openRecord } from "./briefing_form.js";
import { openForm } from "./form.js";
import { answerPart, listOf } from "./parts.js";
import { slice } from "./points.js";
import { selectAgain } from "./reselect.js";
import { change, find, openSource, show, sourceName, store } from "./store.js";

const asked = new Map(); // what was asked, to what the program answers

/** The view of the claim that is chosen. */
export function claimView() {
  const claim = find.claim(store.claim);
  if (!claim) return [el("p", { class: "soft" }, "Choose a claim in the topics, or words in the article."), ...claimDrafts()];
  return [
    el("p", { class: "soft" }, button(find.topic(claim.topic)?.title || claim.topic, () => show("topics", { topic: claim.topic }), { class: "link" }), ` · ${find.label("claim_kind", claim.kind)}`),
    el("h2", { class: "sr" }, claim.claim),
    claim.problems.map((one) => problemOf(one)),
    card(claim),
    editor(claim),
    el("h3", {}, count(claim.statements.length, "statement")),
    el("ul", { class: "statements" }, claim.statements.map(statement)),
    draftsOf(claim), proposedClaims().length > 0 && el("p", {}, button(`${count(proposedClaims().length, "claim")} proposed: show`, () => show("claim", { claim: "" }), { id: "to-proposed", class: "link" })),
    claim.passed_over?.length > 0 && el("ul", { class: "soft" }, claim.passed_over.map((one) => el("li", {}, `${sourceName(find.source(one.source))} passed over: ${one.reason}`))),
    near(claim),
    elsewhere(claim),
  ];
}

/** The card, in a frame without scripts: it is made by the site's own template. */
function card(claim) {
  const frame = el("iframe", { class: "card-frame", title: "The claim as readers will see it", sandbox: "allow-same-origin", tabindex: "-1" });
  const fit = () => {
    const inside = frame.contentDocument?.body;
    if (inside) frame.height = String(inside.scrollHeight + 2);
  };
  frame.addEventListener("load", () => { fit(); frame.contentDocument?.fonts.ready.then(fit); });
  get([store.slug, "claims", claim.id, "card"]).then(({ html }) => { frame.srcdoc = page(html); }, (error) => frame.replaceWith(problemLine({ message: error.message })));
  return el("div", { class: "as-read" }, frame);
}

const page = (html) => `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Claim</title>
<link rel="stylesheet" href="/assets/synoptic.css"><link rel="stylesheet" href="/card.css"></head>
<body><main class="synoptic">${html}</main></body></html>`;

function editor(claim) {
  const words = el("textarea", { id: "claim-words", rows: 2, value: claim.claim });
  const terms = el("input", { id: "claim-terms", type: "text", value: (claim.terms || []).map((one) => one.term || one).join(", ") });
  const kind = choose(store.state.choices.claim_kind, claim.kind, { id: "claim-kind" });
  const answer = answerPart(find.topic(claim.topic), claim.answer || "", "claim-answer");
  const reason = el("input", { id: "claim-reason", type: "text" });
  return el("details", { class: "more", id: "change-claim" }, el("summary", {}, "Change this claim"),
    field("The claim", words), field("Kind", kind), answer.box, field("Search terms", terms, "With commas between."),
    el("div", { class: "row" }, button("Change", async () => {
      const lacks = answer.missing();
      if (lacks) return tell(lacks[1], true);
      const made = answer.changes(0, claim.topic);
      const set = { do: "edit-claim", claim: claim.id };
      if (words.value.trim() !== claim.claim) set.text = words.value.trim();
      if (kind.value !== claim.kind) set.kind = kind.value;
      if ((made.ref || "") !== (claim.answer || "")) set.answer = made.ref;
      if (terms.value !== terms.defaultValue) set.terms = listOf(terms);
      return change([...made.changes, set], "Claim changed.");
    }, { class: "main" })),
    el("div", { class: "row" }, button("All fields: relations, replies, search terms …", () => openRecord("claim", claim.id), { id: "claim-fields" })),
    field("Remove it, because", reason, "Readers of a published claim will find the reason."),
    el("div", { class: "row" }, button("Remove the claim", () => reason.value.trim()
      ? change([{ do: "remove-claim", claim: claim.id, reason: reason.value.trim() }], "Claim removed.") : tell("Give a reason.", true))));
}

function problemOf(problem, statementId, allow = {}) {
  const line = problemLine(problem);
  if (!problem.exception || !statementId) return line;
  const reason = el("input", { type: "text", id: `allow-${statementId}-${problem.exception}`, "aria-label": "Reason to keep it" , placeholder: "Keep it, because …" });
  reason.addEventListener("change", () => reason.value.trim() && change([{ do: "edit-statement", statement: statementId, allow: { ...allow, [problem.exception]: reason.value.trim() } }], "Exception noted, with its reason."));
  line.append(reason);
  return line;
}

function statement(one) {
  const source = find.source(one.source), speaker = find.speaker(one.holder);
  const who = speaker && one.mode ? `${speaker.name}, in ${sourceName(source)}` : sourceName(source);
  const move = (event) => change([{ do: "edit-statement", statement: one.id, claim: event.target.value }], "Statement moved.");
  return el("li", { "data-statement": one.id },
    el("p", { class: "who" }, who, el("span", { class: "soft" }, ` ${find.label("stance", one.stance)}${one.mode ? ` · ${find.label("mode", one.mode)}` : ""}`)),
    el("blockquote", { class: one.stance, lang: source?.lang, dir: "auto" }, el("p", {}, one.quote)),
    one.note && el("p", { class: "soft" }, one.note),
    one.problems.map((problem) => problemOf(problem, one.id, one.allow)),
    el("details", { class: "more", id: `change-${one.id}` }, el("summary", { "aria-label": `Change the statement: ${one.quote}` }, "Change"),
      field("Claim", choose(store.state.claims.map(({ id, claim }) => ({ id, label: claim })), store.claim, { id: `claim-of-${one.id}`, onchange: move })),
      el("div", { class: "row" },
        button("Speaker, stance, note …", () => openRecord("statement", one.id), { id: `fields-${one.id}`, class: "main", "aria-label": `Change speaker, stance, note and more of the statement: ${one.quote}` }),
        button("Select its words again", () => selectAgain(one.id), { "aria-label": `Select its words again: ${one.quote}` }),
        button("Show it in the article", () => goTo(one.source, one.paragraph)),
        button("Remove", () => change([{ do: "remove-statement", statement: one.id }], "Statement removed."), { "aria-label": `Remove the statement: ${one.quote}` }))));
}

async function goTo(source, paragraph) {
  if (source !== store.source) await openSource(source);
  document.getElementById(`p${paragraph}`)?.scrollIntoView({ block: "center" });
}

/** Claims that say nearly the same, here or in another briefing. */
function near(claim) {
  const place = el("div", { class: "near" }), own = `${store.slug}/${claim.id}`;
  once("near", () => get([store.slug, "near"])).then(({ pairs }) => {
    const others = pairs.filter((one) => one.claims.includes(own)).map((one) => one.claims.find((each) => each !== own));
    if (!others.length) return;
    fill(place, el("h3", {}, "Nearly the same"), el("ul", {}, others.map((other) => {
      const id = other.replace(`${store.slug}/`, ""), here = find.claim(id);
      return el("li", {}, here ? button(here.claim, () => show("claim", { claim: id }), { class: "claim-name" }) : `In another briefing: ${other}`);
    })));
  }, () => {});
  return place;
}

/** What the program found, asked once for each state of the briefing. */
function once(what, ask) {
  const key = `${store.slug} ${store.state.revision} ${what}`;
  if (!asked.has(key)) {
    if (asked.size > 50) asked.clear();
    asked.set(key, ask());
  }
  return asked.get(key);
}

/** For each other article the likeliest sentences, to use or to pass over. */
function elsewhere(claim) {
  const place = el("div", { class: "elsewhere", "aria-busy": "true" });
  once(`likely ${claim.id}`, () => get([store.slug, "claims", claim.id, "likely"])).then((answer) => {
    place.removeAttribute("aria-busy");
    fill(place, el("h3", {}, "Where else is it said?"),
      el("p", { class: "soft small" }, answer.how === "words" ? "The likeliest sentences, by their words." : "The likeliest sentences, by words and meaning."),
      answer.sources.map((each) => elsewhereOf(claim, each)), !answer.sources.length && el("p", { class: "soft" }, "Every article has a statement of it, or is passed over."));
  }, (error) => fill(place, problemLine({ message: error.message })));
  return place;
}

function elsewhereOf(claim, each) {
  const source = find.source(each.source);
  const reason = el("input", { id: `pass-${each.source}`, type: "text", "aria-label": `Why ${sourceName(source)} is passed over`, placeholder: "None of these, because …" });
  const passOver = () => reason.value.trim()
    ? change([{ do: "pass-over", claim: claim.id, sources: [each.source], reason: reason.value.trim() }], `${sourceName(source)} passed over.`) : reason.focus();
  reason.addEventListener("keydown", (event) => {
    if (event.key !== "Enter") return;
    event.preventDefault();
    passOver();
  });
  return el("section", { class: "likely", "aria-label": sourceName(source) }, el("h4", {}, el("b", {}, source.letter || ""), ` ${sourceName(source)}`),
    el("ul", {}, each.sentences.map((one) => el("li", {}, el("span", { lang: source.lang, dir: "auto" }, one.text),
      button("Use", () => use(claim, each.source, one), { "aria-label": `Use the sentence: ${slice(one.text, 0, 60)}` })))),
    el("div", { class: "row pass" }, reason, button("Pass over", passOver, { "aria-label": `Pass over ${sourceName(source)}` })));
}

async function use(claim, source, { paragraph, start, end }) {
  if (source !== store.source) await openSource(source);
  await openForm({ source, paragraph, start, end, claim: claim.id });
}
