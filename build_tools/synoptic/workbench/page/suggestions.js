// What is proposed of an article, by a program or by somebody else: one after the other, each with its form.

import { place, placeOn, where } from "./cursor.js";
import { say, tell } from "./dom.js";
import { close, current, guessClaim, openForm } from "./form.js";
import { openSource, store } from "./store.js";

let last = null; // where the last step led: {at, same}

/** Open the form for a suggestion, with the likeliest claim, and stay in the article. */
export async function openSuggestion(each) {
  place(each, "sentence");
  await openForm({ source: store.source, ...each, guessed: true }, { preview: true });
  const form = current();
  if (form?.wanted.quote === each.quote && !each.claim && !each.new_claim) await guessClaim(form);
}

const all = () => store.article.paragraphs.flatMap((one) => [
  ...one.drafts.map((each) => ({ ...each, paragraph: one.n, start: 0 })),
  ...one.suggestions.map((each) => ({ ...each, paragraph: one.n })),
]);

/** Go to the next suggestion (1), or to the one before (-1). */
export function step(direction) {
  const found = all(), at = where();
  if (!found.length) return tell("No suggestions in this article.");
  const here = last && last.at === at ? found.findIndex(last.same) : -1;
  const after = (one) => at && (one.paragraph > at.paragraph || (one.paragraph === at.paragraph && one.start > at.start));
  const before = (one) => at && (one.paragraph < at.paragraph || (one.paragraph === at.paragraph && one.start < at.start));
  const there = here >= 0 ? found[(here + direction + found.length) % found.length]
    : direction > 0 ? found.find(after) || found[0] : found.findLast(before) || found.at(-1);
  const done = there.gist === undefined ? openSuggestion(there) : openGist(there);
  last = { at: where(), same: (one) => one.paragraph === there.paragraph && one.draft === there.draft && one.quote === there.quote };
  say(there.gist === undefined
    ? `${there.draft ? `Proposed by ${there.origin}` : "Suggestion"}: ${there.quote}${there.speaker_name ? `, ${there.speaker_name}` : ""}`
    : `Gist of paragraph ${there.paragraph}, proposed by ${there.origin}: ${there.gist}`);
  return done;
}

function openGist(there) {
  if (current()) close();
  placeOn(there.paragraph);
}

/** Show the statement that a draft proposes, in its article, with its form. */
export async function showDraft({ source, draft }) {
  if (source !== store.source) await openSource(source);
  const one = all().find((each) => each.draft === draft);
  if (one) return openSuggestion(one);
  return tell("Its words are not in the article.", true);
}
