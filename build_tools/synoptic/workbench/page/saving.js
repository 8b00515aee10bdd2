// Saving, and a branch with what was saved.

import { Refusal, post } from "./requests.js";
import { conflict } from "./conflict.js";
import { button, count, el, field, fill, problemLine, tell } from "./dom.js";
import { save, store } from "./store.js";

/** A dialog: a heading, and what `draw(box, close)` puts in. It closes with Escape. */
export function dialog(heading, draw) {
  const before = document.activeElement;
  const box = el("div", { class: "body" });
  const made = el("dialog", { "aria-label": heading }, el("div", { class: "head" }, el("h2", {}, heading),
    button("×", () => made.close(), { class: "close", "aria-label": "Close" })), box);
  made.addEventListener("close", () => {
    made.remove();
    if (before?.isConnected && before !== document.body) before.focus();
    else document.getElementById("text").focus({ preventScroll: true });
  });
  document.body.append(made);
  draw(box, () => made.close());
  made.showModal();
  box.querySelector("input, textarea, .main, button")?.focus();
}

/** Save. The name is asked once. */
export function saveNow() {
  if (!store.state.unsaved) return tell("Everything is saved.");
  dialog("Save", (box, close) => (store.state.by ? write(box, close, store.state.by) : askName(box, close)));
  return undefined;
}

function askName(box, close) {
  const name = el("input", { id: "by", type: "text", autocomplete: "name" });
  fill(box, el("form", { onsubmit: (event) => {
    event.preventDefault();
    if (name.value.trim()) write(box, close, name.value.trim());
  } }, field("Your name", name, "The lock says who checked each quotation. You are asked only once."), el("div", { class: "row" }, el("button", { type: "submit", class: "main" }, "Save"), button("Cancel", close))));
}

async function write(box, close, by) {
  fill(box, el("p", {}, "Saving …"));
  const answer = await save(by);
  if (answer.refused) return answer.refused.body.conflicts ? conflict(box, close, answer.refused.body, () => write(box, close, by)) : fill(box, problemLine({ message: answer.refused.message }), (answer.refused.body.problems || []).map(problemLine));
  const left = store.state.problems.length;
  fill(box, el("p", { class: "fine" }, `✓ Saved ${answer.written.length === 1 ? "1 file" : `${answer.written.length} files`}.`),
    el("p", {}, left ? `${count(left, "problem")} left. ${leftOver()}` : "No problems."),
    answer.changes && el("pre", { class: "changes", tabindex: "0", role: "region", "aria-label": "The change in words" }, answer.changes),
    el("div", { class: "row" }, button("Done", close, { class: "main" }), button("Make a branch …", () => branch(box, close))));
  box.querySelector(".main").focus();
  tell("Saved.");
  return undefined;
}

/** What the problems that are left mean for readers. */
const leftOver = () => store.state.status === "draft" ? "They do not stop you from saving a draft."
  : store.state.problems.some((one) => one.level === "error") ? "The briefing is published, so no site can be built before these are fixed. In its form you can make it a draft again." : "They are warnings: the site can be built.";

/** Commit what was saved to a new branch, and show the command that pushes it. */
export function branch(box, close) {
  const day = new Date().toISOString().slice(0, 10);
  const name = el("input", { id: "branch", type: "text", value: `${store.slug}-${day}`, spellcheck: "false" });
  const message = el("input", { id: "message", type: "text", placeholder: "Left empty, it tells the change in words" });
  const told = el("div", { role: "alert" });
  fill(box, el("form", { onsubmit: async (event) => {
    event.preventDefault();
    try {
      const made = await post([store.slug, "branch"], { name: name.value.trim(), ...(message.value.trim() ? { message: message.value.trim() } : {}) });
      pushed(box, close, made);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      fill(told, (error.body.problems || [{ message: error.message }]).map(problemLine));
    }
  } }, field("Name of the branch", name), field("Message", message), told, el("div", { class: "row" }, el("button", { type: "submit", class: "main" }, "Make the branch"), button("Cancel", close))));
  name.focus();
}

function pushed(box, close, made) {
  const command = el("input", { id: "push", type: "text", readonly: true, value: made.push });
  fill(box, el("p", { class: "fine" }, `✓ Committed to ${made.branch} (${made.commit.slice(0, 8)}).`), field("This command sends it on its way", command),
    el("div", { class: "row" }, button("Copy", () => navigator.clipboard.writeText(made.push).then(() => tell("Copied.")), {}), button("Done", close, { class: "main" })));
  command.select();
}
