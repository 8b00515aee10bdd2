/* Two switches: leave out articles, and all that rests on unnamed people or on documents that nobody shows. The choice is
   in the address (`without=<source>`, again for each, and `named=yes`), and Back undoes it. Pages listen on document for
   `synoptic:choice`; whoever else writes the address keeps these two. */
import { all, one } from "./synoptic.js";
import * as words from "./words.js";

const form = one("form.switches"), data = one(".synoptic script[type='application/json']");
let known, last = "";

export const choice = () => {
  const chosen = new FormData(form);
  return {without: new Set(chosen.getAll("without")), named: chosen.has("named")};
};

/* What the published rules say of what a choice leaves: `claim(id)` has the voices left, the verdict and the facts;
   `topic(id)` the label; `verdicts` are all labels in order. Words come as label and class. The rules are loaded when somebody chooses. */
export const recompute = async chosen => {
  const rules = await import("./rules.js");
  known ??= rules.expand(JSON.parse(data.textContent));
  const left = id => known.claims.get(id).voices.filter(voice => rules.keeps(chosen, voice.source, voice.sort));
  return {
    verdicts: Object.values(known.verdicts).map(([label]) => label),
    claim: id => {
      const voices = left(id), {verdict, facts} = rules.judge(voices, known.claims.get(id).opinion);
      const [label, css] = known.verdicts[verdict];
      return {voices, verdict, label, css, facts: rules.describe(facts, words)};
    },
    topic: id => {
      const {answers, apart} = known.topics.get(id);
      const told = Object.entries(answers).flatMap(([answer, claims]) => claims.flatMap(left).map(voice => ({...voice, answer})));
      const [label, css] = known.labels[rules.label(told, apart)];
      return {label, css};
    },
  };
};

const tell = () => {
  const state = new URLSearchParams(new FormData(form));
  last = String(state);
  if (state.size) one("details", form).open = true;
  one("[type=reset]", form).hidden = !state.size;
  for (const link of all("nav.parts a")) link.search = state; // the other pages follow the same choice
  document.dispatchEvent(new CustomEvent("synoptic:choice", {detail: choice()}));
};

const write = () => {
  const url = new URL(location);
  for (const name of ["named", "without"]) url.searchParams.delete(name);
  for (const [name, value] of new FormData(form)) url.searchParams.append(name, value);
  history.pushState(null, "", url);
  tell();
};

const read = () => {
  const state = new URLSearchParams(location.search);
  for (const box of all("input", form)) box.checked = state.getAll(box.name).includes(box.value);
  if (String(new URLSearchParams(new FormData(form))) !== last) tell();
};

if (form) {
  form.addEventListener("change", write);
  form.addEventListener("reset", () => setTimeout(write));
  form.addEventListener("submit", event => event.preventDefault());
  addEventListener("popstate", read);
  addEventListener("DOMContentLoaded", read); // every page's own script listens by then
}
