// Other words for a statement: they are selected in its article like those of a new one, and all else of it stays.

import { Refusal, post } from "./requests.js";
import { placeOn, where } from "./cursor.js";
import { button, el, field, fill, problemLine, tell } from "./dom.js";
import { close, openForm } from "./form.js";
import { mark } from "./marks.js";
import { markOffer, offerList } from "./offers.js";
import { change, find, on, openSource, sourceName, store } from "./store.js";

const place = document.getElementById("form");
let now = null; // the statement whose words are selected again, and the form that asks which of the offers

/** The statement whose words are selected again, or null. */
export const replacing = () => now;

/** Keep the old words. */
export function keepWords() {
  now = null;
  close();
}

const statementOf = (id) => store.state.claims.flatMap((claim) => claim.statements).find((one) => one.id === id);
const frame = (...children) => el("form", { class: "card again", "aria-label": "Other words for a statement", novalidate: true, onsubmit: (event) => { event.preventDefault(); replaceWords(); } },
  el("div", { class: "head" }, el("h2", {}, "Select its words again"), button("×", keepWords, { class: "close", "aria-label": "Keep the old words" })),
  el("p", {}, el("span", { class: "soft" }, `${sourceName(find.source(now.statement.source))} ¶${now.statement.paragraph}, now: `), el("q", { lang: find.source(now.statement.source).lang, dir: "auto" }, now.statement.quote)), ...children);

/** Ask for other words of a statement; the cursor goes to those that it has. */
export async function selectAgain(id) {
  const statement = statementOf(id);
  if (!statement) return tell("No statement is here: go to words that are quoted, or to a statement of the claim.", true);
  if (!find.source(statement.source).at_hand) return tell("The text of this article is not on this computer.", true);
  close();
  now = { statement };
  if (statement.source !== store.source) await openSource(statement.source);
  fill(place, frame(el("p", { id: "again-help" }, "Select other words in the article, with the mouse or with Shift and the arrow keys, then Enter. Who says it, and all else, stays."),
    el("div", { class: "row" }, button("Keep the old words", keepWords))));
  if (statement.paragraph) placeOn(statement.paragraph);
  mark("chosen", store.article.paragraphs.flatMap(({ n, quoted }) => quoted.filter((one) => one.statement === id).map((one) => ({ ...one, paragraph: n }))));
  document.getElementById("text").focus({ preventScroll: true });
  document.getElementById("panel").scrollTop = 0;
  return tell("Select the words anew, then Enter; Escape keeps the old ones.");
}

/** The statement whose words are at the cursor, or in its paragraph; "" if there is none. */
export function statementHere() {
  const at = where(), quoted = store.article?.paragraphs.find(({ n }) => n === at?.paragraph)?.quoted || [];
  return (quoted.find((one) => one.start < at.end && at.start < one.end) || quoted[0])?.statement || "";
}

/** Open the form for a selection: that of a new statement, or of one whose words are selected again. */
export async function openSelection(wanted) {
  if (!now) return openForm(wanted);
  const asked = now, { statement } = now;
  if (wanted.source !== statement.source) return tell(`This statement is of ${sourceName(find.source(statement.source))}: its words must be there.`, true);
  try {
    const answer = await post([store.slug, "selection"], { ...wanted, instead: statement.id });
    if (now !== asked) return undefined;
    if (!answer.offers.length) return tell("These words cannot be quoted. Select a part of one sentence.", true);
    return build({ ...wanted, ...answer });
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return tell(error.message, true);
  }
}

function build(wanted) {
  const source = find.source(wanted.source), foreign = source.lang.split("-")[0] !== store.state.lang.split("-")[0];
  const pick = (at) => {
    now.offer = wanted.offers[at];
    markOffer(wanted, at);
  };
  now.paragraph = wanted.paragraph;
  now.told = el("div", { role: "alert" });
  now.translation = foreign ? el("input", { id: "translation", type: "text", lang: store.state.lang, value: now.statement.translation || "" }) : null;
  fill(place, frame(offerList(wanted, source, pick), now.translation && field("Your translation", now.translation, "Of the words that you have chosen now."), now.told,
    el("div", { class: "row" }, el("button", { type: "submit", class: "main", id: "replace" }, "Replace the words"), button("Keep the old words", keepWords), el("span", { class: "hint" }, "Ctrl+Enter replaces them from anywhere"))));
  pick(0);
  document.getElementById("offer-0").focus();
}

/** Replace the words by those of the offer that is chosen; nothing happens before one is. */
export async function replaceWords() {
  if (!now?.offer || now.busy) return;
  const { statement, offer, translation, paragraph } = now;
  const edit = { do: "edit-statement", statement: statement.id, quote: offer.quote, paragraph };
  if (statement.cut) edit.cut = false;
  if (translation) edit.translation = translation.value.trim() || null;
  now.busy = true;
  const state = await change([edit], "Words replaced. Undo takes it back.");
  if (state) keepWords();
  else if (now) now.busy = false;
}

/** Show in the form why the program refused it, and go on if the statement is still there. */
export function start() {
  on("refused", (error) => now?.told && fill(now.told, (error.body.problems || [{ message: error.message }]).map(problemLine)));
  on("form", () => { now = null; }); // somebody opened another form
  on("state", () => now && !statementOf(now.statement.id) && keepWords());
}
