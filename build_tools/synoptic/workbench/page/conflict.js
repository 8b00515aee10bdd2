// A file that was changed here and on disk: each difference with both values, to be chosen one by one.

import { button, count, el, fill, problemLine, tell } from "./dom.js";
import { resolve } from "./store.js";

const BY = { mine: "changed only here", theirs: "changed only on disk", both: "changed in both" };
const SIDES = [["mine", "In the workbench"], ["theirs", "On disk"]];

/** Show both versions in a dialog; `write()` saves once everything is chosen. */
export function conflict(box, close, body, write) {
  const told = el("div", { role: "alert" });
  const questions = body.conflicts.flatMap((one, file) => one.differences.map((each, at) => question(each, `${file}-${at}`)));
  const take = async () => {
    const open = questions.find((one) => !one.value);
    if (open) {
      fill(told, problemLine({ message: "Choose one of the two values: both versions changed it." }));
      return open.box.querySelector("input").focus();
    }
    let next = 0;
    const choices = Object.fromEntries(body.conflicts.map((one) => [one.path, { seen: one.seen, take: one.differences.map(() => questions[next++].value) }]));
    const answer = await resolve("choose", choices);
    if (answer.state) return write();
    if (answer.refused.body.conflicts) {
      conflict(box, close, answer.refused.body, write);
      return tell(answer.refused.message, true);
    }
    return fill(told, problemLine({ message: answer.refused.message }));
  };
  const drop = async () => {
    const answer = await resolve("theirs");
    if (!answer.state) return fill(told, problemLine({ message: answer.refused.message }));
    close();
    return tell("The files are shown as they are now. Your changes were dropped.");
  };
  let shown = 0;
  fill(box, problemLine({ message: body.error }), el("p", {}, "Nothing was written. For each difference choose the value that stays; then the result is saved."),
    body.conflicts.map((one) => el("section", { class: "versions" }, el("h3", {}, one.path),
      el("p", { class: "soft" }, one.differences.length ? count(one.differences.length, "difference") : "Only comments or the layout differ: those on disk stay."),
      one.differences.map(() => questions[shown++].box),
      el("details", { class: "more" }, el("summary", {}, "Both versions as a whole"),
        el("div", { class: "pair" }, version("In the workbench", one.yours, one.theirs, one.path), version("On disk", one.theirs, one.yours, one.path))))),
    told, el("div", { class: "row" }, button("Save what I chose", take, { id: "take", class: "main" }), button("Drop my changes", drop), button("Not now", close)));
  (box.querySelector("input[type=radio]") || box.querySelector(".main")).focus();
}

/** One difference: {box, value}. What only one side changed is taken from there unless somebody says otherwise. */
function question(one, name) {
  const box = el("fieldset", { class: "difference" }, el("legend", {}, one.what, el("span", { class: "soft" }, ` · ${BY[one.by]}`)),
    el("div", { class: "pair" }, SIDES.map(([side, words]) => el("label", {},
      el("input", { type: "radio", name: `difference-${name}`, id: `${side}-${name}`, value: side, checked: one.by === side }),
      el("span", {}, el("b", {}, words), el("span", { class: "value", dir: "auto" }, one[side] ?? "(not there)"))))));
  return { box, get value() { return box.querySelector("input:checked")?.value; } };
}

/** One version of a file; its lines that the other has not are marked. */
function version(heading, text, other, path) {
  const has = new Set((other || "").split("\n"));
  return el("div", {}, el("h4", {}, heading), el("pre", { tabindex: "0", role: "region", "aria-label": `${heading}: ${path}` },
    text ? text.split("\n").map((line) => has.has(line) ? `${line}\n` : el("mark", {}, `${line}\n`)) : "(no such file)"));
}
