// The workbench: starts its parts, and draws the bar at the top.

import { get } from "./requests.js";
import { start as startArticle } from "./article.js";
import { start as startComparison } from "./comparison.js";
import { newBriefing } from "./beginnings.js";
import { button, choose, count, el, field, fill, problemLine } from "./dom.js";
import { refused } from "./form.js";
import { help, start as startKeys } from "./keys.js";
import { start as startMouse } from "./mouse.js";
import { start as startReselecting } from "./reselect.js";
import { restorePlace, start as startPlace } from "./place.js";
import { saveNow } from "./saving.js";
import { on, openBriefing, redo, show, store, undo } from "./store.js";

function drawBar() {
  const { state } = store;
  document.title = `${state.unsaved ? "• " : ""}${state.title} · Workbench`;
  document.getElementById("title").textContent = state.title;
  const left = state.sources.reduce((sum, one) => sum + one.unaccounted.length, 0);
  const errors = state.problems.length;
  fill(document.getElementById("left-over"),
    el("span", { class: "chip" }, state.status), el("span", {}, left ? `${count(left, "paragraph")} to do` : "all paragraphs accounted for"),
    button(errors ? count(errors, "problem") : "no problems", () => show("problems"), { id: "problem-count", class: errors ? "chip bad" : "chip ok" }));
  fill(document.getElementById("actions"),
    button("Undo", undo, { id: "undo", disabled: !state.can_undo, title: state.undo_label ? `Undo: ${state.undo_label}` : null }),
    button("Redo", redo, { id: "redo", disabled: !state.can_redo, title: state.redo_label ? `Redo: ${state.redo_label}` : null }),
    button(state.unsaved ? "Save" : "Saved", saveNow, { id: "save", class: state.unsaved ? "main" : "" }),
    button("Keys", help, { id: "help", title: "?" }));
  const banner = document.getElementById("banner");
  if (state.conflict) fill(banner, el("p", {}, "A file of this briefing was changed outside the workbench. Saving will show both versions. "), button("Show them now", saveNow));
  else fill(banner);
}

async function choosing() {
  const { briefings } = await get([]);
  const asked = new URLSearchParams(location.search).get("briefing");
  const only = briefings.length === 1 ? briefings[0].slug : "";
  const slug = briefings.some((one) => one.slug === asked) ? asked : only;
  if (slug) return openBriefing(slug, restorePlace);
  const choice = choose(briefings.map((one) => ({ id: one.slug, label: `${one.title} (${one.status})` })), briefings[0]?.slug, { id: "briefing" });
  return fill(document.getElementById("about"), el("h2", {}, "Which briefing?"), field("Briefing", choice), el("div", { class: "row" }, button("Open", () => {
    history.replaceState(null, "", `?briefing=${encodeURIComponent(choice.value)}`);
    fail(openBriefing(choice.value));
  }, { class: "main", id: "open-briefing" }), button("New briefing", newBriefing, { id: "new-briefing" })));
}

function fail(work) {
  work.catch((error) => fill(document.getElementById("banner"), problemLine({ message: error.message })));
}

on("state", drawBar);
on("refused", refused);
startArticle();
startComparison();
startKeys();
startMouse();
startReselecting();
startPlace();
fail(choosing());
