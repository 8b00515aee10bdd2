// Marks in the article: CSS custom highlights over plain ranges, so the text of a paragraph stays one node.

import { unitAt } from "./points.js";

const NAMES = ["quoted", "suggested", "cursor", "chosen"];
const highlights = new Map();
if (globalThis.CSS?.highlights) {
  for (const [priority, name] of NAMES.entries()) {
    const made = new Highlight();
    made.priority = priority;
    CSS.highlights.set(name, made);
    highlights.set(name, made);
  }
}

/** The text node of a paragraph. */
export const nodeOf = (n) => document.querySelector(`#p${n} .words`)?.firstChild || null;

/** The range of a stretch {paragraph, start, end} with offsets in code points; null if it is not there. */
export function rangeOf({ paragraph, start, end }) {
  const node = nodeOf(paragraph);
  if (!node) return null;
  const range = new Range();
  range.setStart(node, unitAt(node.data, start));
  range.setEnd(node, unitAt(node.data, end));
  return range;
}

/** Mark these stretches, and no others, under a name. */
export function mark(name, stretches) {
  const highlight = highlights.get(name);
  if (!highlight) return;
  highlight.clear();
  for (const stretch of stretches) {
    const range = rangeOf(stretch);
    if (range) highlight.add(range);
  }
}

/** Scroll a stretch into view if it is not. */
export function reveal(stretch, place = "nearest") {
  const range = rangeOf(stretch);
  if (!range) return;
  const box = range.getBoundingClientRect(), pane = document.getElementById("text").getBoundingClientRect();
  if (box.top < pane.top + 20 || box.bottom > pane.bottom - 20) {
    const smooth = !matchMedia("(prefers-reduced-motion: reduce)").matches;
    const by = place === "nearest" && box.top > pane.top ? box.bottom - pane.bottom + 90 : box.top - pane.top - 90;
    document.getElementById("text").scrollBy({ top: by, behavior: smooth ? "smooth" : "auto" });
  }
}
