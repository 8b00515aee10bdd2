// What the page knows: the state that the program sent last, the open article, and what a person looks at.

import { Refusal, get, post } from "./requests.js";
import { tell } from "./dom.js";

const bus = new EventTarget();

export const store = {
  slug: "", state: null,
  source: "", article: null, // the open article, with its paragraphs
  view: "topics", topic: "", claim: "", record: null, // what the comparison shows
};

/** Call `done` whenever something of this name happens: state, article, view. */
export const on = (name, done) => bus.addEventListener(name, (event) => done(event.detail));
export const emit = (name, detail) => bus.dispatchEvent(new CustomEvent(name, { detail }));

export const find = {
  claim: (id) => store.state.claims.find((one) => one.id === id),
  source: (id) => store.state.sources.find((one) => one.id === id),
  speaker: (id) => store.state.speakers.find((one) => one.id === id),
  topic: (id) => store.state.topics.find((one) => one.id === id),
  label: (list, id) => (store.state.choices[list] || []).find((one) => one.id === id)?.label || id || "",
};

/** The short name of a source. */
export const sourceName = (source) => source ? source.name || source.label || source.title : "";

/** The problems of an article as a whole; paragraphs that are not accounted for are marked already. */
export const articleProblems = (id) => store.state.problems.filter(({ about, rule }) => about?.source === id && !about.paragraph && rule !== "unaccounted");

/** Open a briefing; `restore` may choose what is looked at, and returns the article to open. */
export async function openBriefing(slug, restore = () => undefined) {
  store.slug = slug;
  store.state = settle(await get([slug]));
  store.topic = store.state.topics[0]?.id || "";
  const first = restore() || store.state.sources.find((one) => one.unaccounted.length && one.at_hand) || store.state.sources[0];
  emit("state");
  if (first) await openSource(first.id);
}

/** An article; what is quoted already is no longer suggested. */
async function readArticle(id) {
  const article = await get([store.slug, "sources", id]);
  for (const one of article.paragraphs) {
    one.suggestions = one.suggestions.filter((each) => each.draft || !one.quoted.some(({ start, end }) => start < each.end && each.start < end));
  }
  return article;
}

/** Show an article. */
export async function openSource(id) {
  const other = store.source !== id;
  store.source = id;
  store.article = await readArticle(id);
  emit("article", { other });
}

/** Show a part of the comparison: topics, claim, problems or a form. */
export function show(view, what = {}) {
  Object.assign(store, what, { view });
  emit("view");
}

/** Saving registers and locks what is new: that is not for people to fix. */
function settle(state) {
  const open = (problem) => !["not-registered", "lock-missing"].includes(problem.rule);
  state.problems = state.problems.filter(open);
  for (const claim of state.claims) for (const one of [claim, ...claim.statements]) one.problems = one.problems.filter(open);
  return state;
}

async function take(state) {
  store.state = settle(state);
  if (store.claim && !find.claim(store.claim)) Object.assign(store, { claim: "", view: store.view === "claim" ? "topics" : store.view });
  if (!find.topic(store.topic)) store.topic = state.topics[0]?.id || "";
  if (store.source) store.article = await readArticle(store.source);
  emit("state");
  emit("article", { other: false });
}

/** Do something that answers with a state; whether it was done. Says why not. */
async function attempt(words, body, said) {
  try {
    const state = await post([store.slug, ...words], { revision: store.state.revision, ...body });
    await take(state.state || state);
    if (said) tell(said);
    return state;
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    if (error.status === 409 && error.body.state) {
      await take(error.body.state);
      tell("Another window changed this briefing. Nothing was overwritten: look at it, and do it again.", true);
    } else tell(error.message, true);
    emit("refused", error);
    return null;
  }
}

/** Send changes, all of them or none, perhaps those of a draft; what the program answered, or null. */
export const change = (changes, said, draft) => attempt(["changes"], { changes, ...(draft ? { draft } : {}) }, said);
export const refuseDrafts = (refuse) => attempt(["drafts"], { refuse }, "Refused. The claim pane can bring it back.");
export const restoreDraft = (draft) => attempt(["drafts"], { restore: [draft] }, "It is proposed again.");
export const undo = () => store.state.can_undo && attempt(["undo"], {}, `Undone: ${store.state.undo_label || "the last change"}`);
export const redo = () => store.state.can_redo && attempt(["redo"], {}, `Done again: ${store.state.redo_label || "the last change"}`);

/** Go on from a conflict: "theirs", or "choose" with the choices; the state, or the refusal. */
export async function resolve(how, choices) {
  try {
    const state = await post([store.slug, "resolve"], { revision: store.state.revision, how, ...(choices ? { choices } : {}) });
    await take(state);
    return { state };
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    if (error.body.state) await take(error.body.state);
    return { refused: error };
  }
}

/** Add an article, and open it; what the program says of it. */
export async function addArticle(body) {
  const answer = await post([store.slug, "sources"], body);
  await take(answer.state);
  await openSource(answer.id);
  return answer;
}

/** Save; the answer, or the refusal with both versions. */
export async function save(by) {
  try {
    const answer = await post([store.slug, "save"], { revision: store.state.revision, by });
    await take(answer.state);
    return answer;
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return { refused: error };
  }
}
