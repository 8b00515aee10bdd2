// What somebody else proposes of gists, answers and claims: shown where it belongs, to be changed, accepted or refused.

import { where } from "./cursor.js";
import { button, choose, count, el, field, fill, tell } from "./dom.js";
import { answerPart, listOf } from "./parts.js";
import { showDraft } from "./suggestions.js";
import { change, find, refuseDrafts, restoreDraft, sourceName, store } from "./store.js";

const oneLine = (accept) => (event) => {
  if (event.key !== "Enter") return;
  event.preventDefault();
  event.stopPropagation();
  accept();
};

/** A proposal with its words, which may be changed before they are accepted. `changes(words)` gives what accepting does. */
function box(one, what, words, changes, ...more) {
  const accept = async () => {
    if (!text.value.trim()) return text.focus();
    const state = await change(changes(text.value.trim()), `${what} accepted.`, one.draft);
    return state && store.view === "claim" && one.what === "claim" ? undefined : backTo(section);
  };
  const text = el("textarea", { id: `draft-${one.draft}`, rows: 1, value: words, autocomplete: "off", "aria-label": `${what}, proposed by ${one.origin}`, onkeydown: oneLine(() => accept()) });
  const section = el("section", { class: "draft", "aria-label": `${what}, proposed by ${one.origin}` },
    el("p", { class: "soft small" }, `${what}, proposed by ${one.origin}`), text, ...more,
    el("div", { class: "row" }, button("Accept", accept, { id: `accept-${one.draft}`, class: "accept", "aria-label": `Accept: ${words}` }),
      button("Refuse", () => refuse(one.draft, section), { id: `refuse-${one.draft}`, class: "refuse", "aria-label": `Refuse: ${words}` })));
  return section;
}

/** The focus goes where it was: to the article, or to the comparison. */
const backTo = (section) => document.getElementById(section.dataset.in || "view").focus({ preventScroll: true });

async function refuse(draft, section) {
  await refuseDrafts([draft]);
  backTo(section);
}

/** The gists that are proposed of a paragraph. */
export const gistDrafts = (paragraph) => paragraph.drafts.map((one) => {
  const range = one.last > paragraph.n ? `paragraphs ${paragraph.n} to ${one.last}` : `paragraph ${paragraph.n}`;
  const made = box(one, `Gist of ${range}`, one.gist, (gist) => [{ do: "set-gist", source: store.source, first: paragraph.n, last: one.last, gist }]);
  made.dataset.in = "text";
  return made;
});

/** The answers that are proposed to the question of a topic. */
export const answerDrafts = (topic) => store.state.drafts.answers.filter((one) => one.topic === topic.id).map((one) =>
  box(one, "Answer", one.text, (text) => [{ do: "add-answer", topic: topic.id, id: one.id, text }]));

/** The claims that are proposed, of a topic or of all. */
export const proposedClaims = (topic) => store.state.drafts.claims.filter((one) => !topic || one.topic === topic);

function claimDraft(one) {
  const id = `draft-${one.draft}`, proposed = find.topic(one.topic), known = proposed?.answers.find((each) => each.id === one.answer);
  const kind = choose(store.state.choices.claim_kind, one.kind, { id: `${id}-kind` }), answerBox = el("div", { class: "stack" });
  const terms = el("input", { id: `${id}-terms`, type: "text", value: (one.terms || []).join(", ") }), note = el("input", { id: `${id}-note`, type: "text", value: one.note || "" });
  const topic = choose(store.state.topics.map((each) => ({ id: each.id, label: each.title })), one.topic, { id: `${id}-topic`, onchange: redraw });
  let answer = null;
  function redraw() {
    answer = answerPart(find.topic(topic.value), known ? one.answer : "", `${id}-answer`, !known && topic.value === one.topic ? one.new_answer : null);
    fill(answerBox, answer.box);
  }
  redraw();
  const facts = [proposed?.title || one.topic, find.label("claim_kind", one.kind), known?.text || one.new_answer?.text, one.terms?.length && `terms: ${one.terms.join(", ")}`, one.note];
  return box(one, "Claim", one.claim, (claim) => {
    const made = answer.changes(0, topic.value), whole = { do: "add-claim", topic: topic.value, id: one.id, claim, kind: kind.value };
    if (made.ref) whole.answer = made.ref;
    if (listOf(terms).length) whole.terms = listOf(terms);
    if (note.value.trim()) whole.note = note.value.trim();
    return [...made.changes, whole];
  }, el("p", { class: "soft small" }, facts.filter(Boolean).join(" · ")),
  el("details", { class: "more", id: `${id}-more` }, el("summary", {}, "Change its topic, kind, answer, terms or note"), el("div", { class: "pair" }, field("Topic", topic), field("Kind", kind)), answerBox,
    field("Search terms", terms, "With commas between."), field("Note", note)), statementsOf(one.id));
}

/** The statements that are proposed of a claim, each with a way to its form. */
function statementsOf(claim) {
  const found = store.state.drafts.statements.filter((one) => one.claim === claim);
  return found.length > 0 && el("ul", { class: "proposed" }, found.map((one) => el("li", {}, el("span", { dir: "auto" }, `${sourceName(find.source(one.source))}: “${one.quote}” `),
    button("Show", () => showDraft(one), { id: `show-${one.draft}`, class: "link", "aria-label": `Show in the article: ${one.quote}` }))));
}

/** What is proposed of a claim. */
export function draftsOf(claim) {
  const found = statementsOf(claim.id);
  return found && el("section", { class: "draft", "aria-label": "Proposed statements" }, el("h3", {}, "Proposed statements"), found);
}

/** Every proposed claim, and what was refused. */
export function claimDrafts() {
  const claims = proposedClaims(), { refused } = store.state.drafts;
  return [
    claims.length > 0 && el("h2", {}, count(claims.length, "proposed claim")), claims.map(claimDraft),
    refused.length > 0 && el("details", { class: "more", id: "refused" }, el("summary", {}, `${refused.length} refused`),
      el("ul", { class: "proposed" }, refused.map((one) => el("li", {}, `${one.what}: ${one.quote || one.claim || one.text || one.gist} `,
        button("Bring back", () => restoreDraft(one.draft), { id: `restore-${one.draft}`, class: "link", "aria-label": `Bring back: ${one.quote || one.claim || one.text || one.gist}` }))))),
  ].flat().filter(Boolean);
}

/** Press a button of the proposal that has the focus, or of the paragraph at the cursor; whether there is one. */
export function press(name, target) {
  const around = target.closest(".draft") || (target.id === "text" && document.querySelector(`#p${where()?.paragraph} .draft`));
  const pressed = around && around.querySelector(`.${name}`);
  pressed?.click();
  return Boolean(pressed);
}

/** Go into the first gist that is proposed of a paragraph, to change it; whether there is one. */
export function changeGist(n) {
  const text = document.querySelector(`#p${n} .draft textarea`);
  text?.focus();
  return Boolean(text);
}

/** Refuse the statement whose form is open. */
export async function refuseStatement(form, close) {
  if (!form.wanted.draft) return tell("Only what somebody proposed can be refused.");
  close();
  return refuseDrafts([form.wanted.draft]);
}
