// The mouse, a pen or a finger in the article: selected words open the form, a click sets the cursor or shows a claim.

import { placeAt, select, selected } from "./cursor.js";
import { pointAt } from "./points.js";
import { openSelection, replacing } from "./reselect.js";
import { show, store } from "./store.js";
import { openSuggestion } from "./suggestions.js";

const text = document.getElementById("text");

/** Where a node and offset are: {paragraph, point}; null outside the words of a paragraph. */
function pointOf(node, offset) {
  const words = (node.nodeType === Node.TEXT_NODE ? node.parentElement : node).closest?.(".words");
  if (!words) return null;
  const paragraph = Number(words.parentElement.id.slice(1));
  const unit = node.nodeType === Node.TEXT_NODE ? offset : offset ? words.textContent.length : 0;
  return { paragraph, point: pointAt(words.textContent, unit) };
}

/** What the browser has selected, cut to the words of paragraphs: two ends, or null. */
function ends() {
  const selection = getSelection();
  if (!selection.rangeCount) return null;
  const range = selection.getRangeAt(0);
  let from = pointOf(range.startContainer, range.startOffset), to = pointOf(range.endContainer, range.endOffset);
  const touched = [...text.querySelectorAll(".words")].filter((one) => range.intersectsNode(one));
  if (!touched.length) return null;
  const number = (one) => Number(one.parentElement.id.slice(1));
  from ??= { paragraph: number(touched[0]), point: 0 };
  // a triple click ends before the first word of the next paragraph, or in its margin
  if (!to || (to.point === 0 && to.paragraph > from.paragraph)) {
    const last = touched.findLast((one) => number(one) < (to?.paragraph ?? Infinity)) || touched[0];
    to = { paragraph: number(last), point: pointAt(last.textContent, last.textContent.length) };
  }
  return { from, to };
}

function take() {
  const selection = getSelection();
  if (selection.isCollapsed) return;
  const found = ends();
  selection.removeAllRanges();
  if (!found) return;
  const { from, to } = found;
  if (from.paragraph === to.paragraph) select({ paragraph: from.paragraph, start: from.point, end: to.point }, { paragraph: from.paragraph, start: from.point, end: to.point });
  else select({ paragraph: from.paragraph, start: from.point, end: from.point }, { paragraph: to.paragraph, start: to.point, end: to.point });
  openSelection(selected());
}

function click(event) {
  const spot = document.caretPositionFromPoint?.(event.clientX, event.clientY);
  const at = spot && pointOf(spot.offsetNode, spot.offset);
  if (!at) return;
  const one = store.article.paragraphs.find(({ n }) => n === at.paragraph);
  const holds = (each) => each.start <= at.point && at.point <= each.end;
  const suggestion = one.suggestions.find(holds), quoted = one.quoted.find(holds);
  placeAt(at.paragraph, at.point);
  if (replacing()) return;
  if (suggestion) openSuggestion({ ...suggestion, paragraph: one.n });
  else if (quoted) show("claim", { claim: quoted.claim });
}

/** Listen to the pointer. */
export function start() {
  let pressed = false;
  text.addEventListener("pointerdown", (event) => {
    pressed = Boolean(event.target.closest(".words"));
  });
  document.addEventListener("pointerup", (event) => {
    if (!pressed) return;
    pressed = false;
    setTimeout(() => {
      if (getSelection().isCollapsed) click(event);
      else take();
    });
  });
}
