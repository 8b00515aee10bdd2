// A cursor of our own in the article: it stands on a word, a sentence or a paragraph, and Shift selects from there.

import { mark, reveal } from "./marks.js";
import { length, slice, units } from "./points.js";
import { find, store } from "./store.js";

const SIZE = { word: 0, sentence: 1, paragraph: 2 };
let anchor = null; // where a selection began, and where it has got to: {paragraph, start, end}
let head = null;
let grain = "paragraph";

const paragraphs = () => store.article ? store.article.paragraphs.filter((one) => one.text) : [];
const textOf = (n) => paragraphs().find((one) => one.n === n)?.text || "";
const lang = () => find.source(store.source)?.lang || "en";

const firstWord = (n) => units(textOf(n), lang(), "word")[0] || { start: 0, end: length(textOf(n)) };
const before = (n) => ({ paragraph: n, start: firstWord(n).start, end: firstWord(n).start });

/** Where the cursor is, or null. */
export const where = () => head;

/** What is selected, as the program wants it; null if there is no cursor. */
export function selected() {
  if (!head) return null;
  const [first, last] = anchor.paragraph <= head.paragraph ? [anchor, head] : [head, anchor];
  const one = { source: store.source, paragraph: first.paragraph, start: first.start, end: last.end };
  if (anchor === head && head.start === head.end) return { ...one, end: firstWord(head.paragraph).end };
  if (first.paragraph === last.paragraph) return { ...one, start: Math.min(anchor.start, head.start), end: Math.max(anchor.end, head.end) };
  return { ...one, to_paragraph: last.paragraph };
}

/** The words that are selected. */
export function selectedText() {
  return stretches().map((one) => slice(textOf(one.paragraph), one.start, one.end)).join(" ");
}

function stretches() {
  const chosen = selected();
  if (!chosen) return [];
  const last = chosen.to_paragraph || chosen.paragraph;
  return paragraphs().filter(({ n }) => n >= chosen.paragraph && n <= last).map(({ n, text }) => ({
    paragraph: n,
    start: n === chosen.paragraph ? chosen.start : 0,
    end: n === last ? chosen.end : length(text),
  }));
}

/** Show the cursor where it is, after the article was drawn again. */
export function draw() {
  const whole = grain === "paragraph" && anchor?.paragraph === head?.paragraph; // its ground shows that
  mark("cursor", whole ? [] : stretches());
  for (const one of document.querySelectorAll(".p.here")) one.classList.remove("here");
  if (head) document.getElementById(`p${head.paragraph}`)?.classList.add("here");
  // Tab goes to what belongs to this paragraph, and to gists that are still to be written
  for (const one of document.querySelectorAll("#text :is(select, input, button)")) one.tabIndex = one.matches(".here *, .missing .gist") ? 0 : -1;
}

/** Put the cursor on a stretch. */
export function place(stretch, size = "sentence") {
  anchor = head = { paragraph: stretch.paragraph, start: stretch.start, end: stretch.end };
  grain = size;
  draw();
  reveal(head);
}

/** Put the cursor before the first word of a paragraph; nothing is selected. */
export function placeOn(n) {
  if (!textOf(n)) return;
  place(before(n), "paragraph");
  reveal({ paragraph: n, start: 0, end: length(textOf(n)) });
}

/** Put the cursor on the word at a code point. */
export function placeAt(paragraph, point) {
  const words = units(textOf(paragraph), lang(), "word");
  const word = words.find((one) => one.start <= point && point <= one.end) || words.findLast((one) => one.start <= point) || words[0];
  if (word) place({ paragraph, ...word }, "word");
}

/** Leave the article: no cursor. */
export function forget() {
  anchor = head = null;
  draw();
}

/** Take what the mouse selected. */
export function select(from, to) {
  anchor = from;
  head = to;
  grain = "word";
  draw();
}

/**
 * Move by a word, a sentence or a paragraph, forwards (1) or back (-1). Tells whether it moved. What is selected ends
 * with its paragraph.
 */
export function move(size, direction, extend = false) {
  const all = paragraphs();
  if (!all.length) return false;
  if (!head) {
    placeOn(all[0].n);
    return true;
  }
  const there = next(all, size, direction, extend);
  if (!there) return false;
  if (size === "paragraph" && !extend) {
    placeOn(there.paragraph);
    return true;
  }
  head = there;
  if (!extend) anchor = there;
  grain = size === "paragraph" ? "sentence" : size;
  draw();
  reveal(extend ? { ...head, start: direction > 0 ? Math.max(head.end - 1, 0) : head.start } : head);
  return true;
}

function next(all, size, direction, extend) {
  const at = all.findIndex((one) => one.n === head.paragraph);
  const here = units(all[at].text, lang(), size);
  const whole = (one, n = head.paragraph) => ({ paragraph: n, ...one });
  if (!extend && SIZE[size] < SIZE[grain]) {
    const inside = here.filter((one) => one.start >= head.start && one.end <= head.end);
    if (inside.length) return whole(inside.at(direction > 0 ? 0 : -1));
  }
  const around = here.find((one) => one.start <= head.start && one.end >= head.end && one.end - one.start > head.end - head.start);
  if (around && size === "sentence" && !extend) return whole(around);
  if (around && size !== "word" && extend) {
    const start = direction > 0 ? head.start : around.start, end = direction > 0 ? around.end : head.end;
    if (start !== head.start || end !== head.end) return whole({ start, end });
  }
  const beyond = direction > 0
    ? here.find((one) => one.start >= head.end)
    : here.findLast((one) => one.end <= head.start);
  if (beyond && size !== "paragraph") return whole(beyond);
  if (extend) return null;
  const other = all[at + direction];
  if (!other) return null;
  const there = units(other.text, lang(), size);
  return there.length ? whole(there.at(direction > 0 ? 0 : -1), other.n) : null;
}
