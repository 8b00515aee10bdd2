// The keys. In the article and the comparison they need no Control; elsewhere only those with Control work, so that
// people can type.

import { nextUnaccounted, writeGist } from "./article.js";
import { move, placeOn, selected, selectedText, where } from "./cursor.js";
import { el, say, tell } from "./dom.js";
import { applyOpen } from "./briefing_form.js";
import { changeGist, press, refuseStatement } from "./drafts.js";
import { close, current, enter, submit } from "./form.js";
import { keepWords, openSelection, replaceWords, replacing, selectAgain, statementHere } from "./reselect.js";
import { dialog, saveNow } from "./saving.js";
import { openSource, redo, show, store, undo } from "./store.js";
import { step } from "./suggestions.js";

const HELP = [
  ["In the article (letters and numbers also in the comparison)", [
    ["↓ ↑", "next, previous paragraph"], ["Ctrl+→ Ctrl+←", "next, previous sentence (also Alt)"], ["→ ←", "next, previous word"],
    ["Shift with these", "select, within the paragraph"], ["Enter", "make a statement of what is selected"],
    ["n, p", "next, previous suggestion, with its form"], ["a", "accept the suggestion as the form shows it (Enter: change it first)"],
    ["r", "refuse what somebody proposed"],
    ["w", "select the words of a statement again"],
    ["u", "next paragraph that is not accounted for"], ["g", "write the gist of this paragraph"], ["k", "change its kind"],
    ["1 to 9", "open an article by its place"], ["t, c, o, d, b", "topics, claim, problems, details of the article, the briefing"],
  ]],
  ["Everywhere", [
    ["Ctrl+Enter", "add the statement of the form, or apply the form"], ["Esc", "close the form, or go back to the article"],
    ["Ctrl+Z, Ctrl+Shift+Z", "undo, redo (outside text fields)"], ["Ctrl+S", "save"], ["Tab", "next field or button"], ["?", "this list"],
  ]],
];

/** Show the list of keys. */
export function help() {
  dialog("Keys", (box) => box.append(el("div", { class: "pair wide" }, HELP.map(([heading, keys]) => el("section", {}, el("h3", {}, heading),
    el("dl", { class: "keys" }, keys.map(([key, does]) => [el("dt", {}, el("kbd", {}, key)), el("dd", {}, does)])))))));
}

function sayWhere() {
  const at = where(), one = store.article.paragraphs.find(({ n }) => n === at?.paragraph);
  if (!one) return;
  const missing = one.accounted ? "" : ", to do";
  const moved = at.start === at.end;
  say(moved ? `Paragraph ${one.n}${missing}. ${one.text}` : selectedText());
}

function inArticle(event) {
  const { key, shiftKey: shift } = event, far = event.ctrlKey || event.altKey;
  const arrows = { ArrowDown: ["paragraph", 1], ArrowUp: ["paragraph", -1], ArrowRight: [far ? "sentence" : "word", 1], ArrowLeft: [far ? "sentence" : "word", -1] };
  if (arrows[key]) {
    move(...arrows[key], shift);
    sayWhere();
    return true;
  }
  if (event.ctrlKey || event.altKey || event.metaKey) return false;
  const does = {
    Enter: () => (current()?.wanted.guessed ? enter() : selected() ? openSelection(selected()) : tell("First choose words: an arrow key sets the cursor.")),
    Home: () => placeOn(store.article.paragraphs[0].n), End: () => placeOn(store.article.paragraphs.at(-1).n),
  }[key];
  if (does) {
    does();
    return true;
  }
  return byLetter(event);
}

/** Letters and numbers that work in the article, and in the comparison wherever nobody types. */
function byLetter(event) {
  const { key } = event, n = where()?.paragraph;
  if (event.ctrlKey || event.altKey || event.metaKey) return false;
  const back = () => document.getElementById("text").focus({ preventScroll: true });
  const does = {
    n: () => { back(); step(1); }, p: () => { back(); step(-1); }, a: () => { if (current() || !press("accept", event.target)) { back(); accept(); } },
    r: () => refuse(event.target),
    w: () => selectAgain(event.target.closest("[data-statement]")?.dataset.statement || statementHere()),
    u: nextUnaccounted, g: () => n && (changeGist(n) || writeGist(n)), k: () => document.getElementById(`kind-${n}`)?.focus(),
    t: () => goTo("topics"), c: () => goTo("claim"), o: () => goTo("problems"), d: () => goTo("source"), b: () => goTo("record"),
  }[key];
  if (does) {
    does();
    return true;
  }
  const source = /^[1-9]$/u.test(key) && store.state.sources[Number(key) - 1];
  if (source) {
    back();
    openSource(source.id);
  }
  return Boolean(source);
}

/** Add the statement of the form that is open; without a claim, go into the form to choose one. */
function accept() {
  if (!current()) tell("No suggestion is open: n goes to the next.");
  else if (current().claim.option) submit();
  else enter();
}

/** Refuse the proposal whose form is open, or that has the focus, or that the cursor is at. */
function refuse(target) {
  if (current()) refuseStatement(current(), close);
  else if (!press("refuse", target)) tell("No proposal is here: n goes to the next.");
}

function goTo(view) {
  show(view);
  document.getElementById("view").focus();
}

const typing = (target) => target.matches("input:not([type=radio]), textarea, select, [contenteditable]");

function everywhere(event) {
  const { key, target } = event, control = event.ctrlKey || event.metaKey;
  const text = document.getElementById("text");
  if (control && key.toLowerCase() === "s") return saveNow() || true;
  if (control && key === "Enter" && replacing()) return replaceWords() || true;
  if (control && key === "Enter" && current()) return submit() || true;
  if (control && key === "Enter" && applyOpen()) return true;
  if (control && !typing(target) && key.toLowerCase() === "z") return (event.shiftKey ? redo() : undo()) || true;
  if (control && !typing(target) && key.toLowerCase() === "y") return redo() || true;
  if (control || event.altKey) return false;
  if (key === "?" && !typing(target)) return help() || true;
  if (key === "Escape") {
    if (replacing()) keepWords();
    else if (current()) close();
    text.focus({ preventScroll: true });
    return true;
  }
  return false;
}

/** Listen to the keys. */
export function start() {
  document.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || event.isComposing || !store.state) return;
    if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "s") event.preventDefault(); // never the browser's own
    if (document.querySelector("dialog[open]")) return;
    const text = document.getElementById("text");
    if ((event.target === text && inArticle(event)) || (event.target.closest("#view") && !typing(event.target) && byLetter(event)) || everywhere(event)) event.preventDefault();
  });
}
