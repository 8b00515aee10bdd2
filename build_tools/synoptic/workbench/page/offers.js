// The words that may be quoted for a selection, to choose from: each with its surroundings and what the rules say of it.

import { el } from "./dom.js";
import { mark, reveal } from "./marks.js";
import { store } from "./store.js";

/** The last words of what stands before a quotation, and the first of what follows. */
const tail = (words) => words.length > 60 ? `… ${words.slice(-60).replace(/^\S*\s/u, "")}` : words;
const head = (words) => words.length > 60 ? `${words.slice(0, 60).replace(/\s\S*$/u, "")} …` : words;

function row(offer, at, source, picked) {
  const cautions = [
    ...offer.hedges.map((word) => el("span", { class: "chip hedge" }, `hedge: ${word}`)),
    ...offer.negations.map((word) => el("span", { class: "chip bad" }, `negation: ${word}`)),
  ];
  return el("label", { class: "offer" },
    el("input", { type: "radio", name: "offer", id: `offer-${at}`, checked: at === 0, onchange: () => picked(at) }),
    el("span", { class: "offer-body" },
      el("span", { class: "quote", lang: source.lang, dir: "auto" },
        el("span", { class: "around" }, tail(offer.before)), el("b", {}, offer.quote), el("span", { class: "around" }, head(offer.after))),
      el("span", { class: "soft small" }, `${offer.label} · ${offer.words}${offer.limit ? ` of ${offer.limit}` : ""} words`), cautions,
      offer.problems.map((one) => el("span", { class: "offer-problem" }, one.message || one))));
}

/** A list of offers; `picked(at)` hears of each choice. `wanted` is a selection with its answer. */
export const offerList = (wanted, source, picked) => el("fieldset", { class: "offers" }, el("legend", {}, "Words to quote"),
  wanted.told && el("p", { class: "cut-off" }, wanted.told), wanted.offers.map((offer, at) => row(offer, at, source, picked)));

/** Show in the article which words an offer has. */
export function markOffer(wanted, at) {
  const offer = wanted.offers[at];
  if (wanted.source !== store.source) return;
  const stretch = { paragraph: offer.paragraph || wanted.paragraph, start: offer.start, end: offer.end };
  mark("chosen", [stretch]);
  reveal(stretch);
}
