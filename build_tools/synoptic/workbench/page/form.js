// The form for a statement: the words that pass the rules, and what is said of them.

import { Refusal, get, post } from "./requests.js";
import { combobox, matching } from "./combobox.js";
import { button, el, field, fill, problemLine, tell } from "./dom.js";
import { mark } from "./marks.js";
import { markOffer, offerList } from "./offers.js";
import { claimPart, guessKind, segments, speakerOptions, speakerPart } from "./parts.js";
import { change, emit, find, refuseDrafts, show, sourceName, store } from "./store.js";

const place = document.getElementById("form");
const SYMBOLS = { asserts: "●", denies: "✕", qualifies: "◐", questions: "?" };
const LIKELY = 0.56; // how close a claim must be to be filled in: then nine in ten are right
let open = null; // the form that is open
let asked = 0;

/** The form that is open, or null. */
export const current = () => open;

/** Close the form; the focus goes back to the article. */
export function close() {
  asked += 1;
  open = null;
  mark("chosen", []);
  fill(place);
  document.getElementById("text").focus({ preventScroll: true });
}

/**
 * Open the form for words of an article: {source, paragraph, start, end, to_paragraph}, and perhaps {claim, speaker,
 * speaker_name, mode}. With `preview` the focus stays where it is.
 */
export async function openForm(wanted, { preview = false } = {}) {
  const mine = ++asked;
  const { source, paragraph, start, end, to_paragraph: to } = wanted;
  let answer;
  try {
    answer = await post([store.slug, "selection"], { source, paragraph, start, end, ...(to ? { to_paragraph: to } : {}) });
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    tell(error.message, true);
    return;
  }
  if (mine !== asked) return;
  if (!answer.offers.length) {
    tell("These words cannot be quoted. Select a part of one sentence.", true);
    return;
  }
  build({ ...wanted, ...answer, speaker: wanted.speaker || answer.speaker, speaker_name: wanted.speaker_name || answer.speaker_name, mode: wanted.mode || answer.mode });
  if (preview) return;
  if (open.claim.option) {
    open.speaker.input.focus();
    return;
  }
  open.claim.input.focus();
  open.claim.open("");
}

function build(wanted) {
  const form = { wanted, at: 0, newSpeaker: null, newClaim: null };
  open = form;
  emit("form");
  const source = find.source(wanted.source);
  const foreign = source.lang.split("-")[0] !== store.state.lang.split("-")[0];
  const speakerBox = el("div", { class: "stack" }), claimBox = el("div", { class: "stack" });
  form.mode = segments("mode", "How the article gives it", store.state.choices.mode, modeOf(wanted, 0), () => { form.modeTouched = true; });
  form.stance = segments("stance", "Stance", store.state.choices.stance.map((one) => ({ symbol: SYMBOLS[one.id], ...one })), wanted.stance || "asserts", (id) => { noteField.hidden = id !== "qualifies" && !form.note.value; });
  form.speaker = combobox({
    id: "speaker", placeholder: "The article itself",
    options: (words) => [speakerOptions(wanted.source, words, matching)],
    chosen(option) {
      form.newSpeaker = option?.make ? speakerPart(option.words, wanted.source, guessKind(option.words, wanted)) : null;
      fill(speakerBox, form.newSpeaker?.box);
      if (form.ready) form.newSpeaker?.focus();
      form.mode.box.hidden = !(option && (option.id || option.make));
    },
  });
  form.claim = combobox({
    id: "claim", placeholder: "Search, or type a new claim",
    options: (words) => claimOptions(words, form),
    chosen(option) {
      fill(form.guess);
      form.newClaim = option?.make ? claimPart(option.words, option.given) : null;
      fill(claimBox, form.newClaim?.box);
      if (form.ready) form.newClaim?.focus();
      if (option && !option.make && document.activeElement === form.claim.input) form.speaker.input.focus();
    },
  });
  form.guess = el("small", { id: "claim-guess", class: "hint" });
  form.claim.input.setAttribute("aria-describedby", form.guess.id);
  form.of = el("input", { id: "of", type: "text", placeholder: "the whole bridge" });
  form.note = el("input", { id: "note", type: "text" });
  form.via = el("input", { id: "via", type: "text", dir: "auto" });
  form.lead = el("input", { id: "lead", type: "checkbox" });
  form.reasons = el("div", { class: "stack" });
  form.translation = el("input", { id: "translation", type: "text", lang: store.state.lang });
  const noteField = field("Note", form.note, "Needed if it limits the claim: say how.");
  const more = el("details", { class: "more" }, el("summary", {}, "About what, a note, and more"),
    field("About (of)", form.of, "Only if statements of one claim are about different things; two to six words."), noteField,
    field("Passed on by (via)", form.via, "Such as a news agency that the article names."),
    el("p", {}, el("label", {}, form.lead, " It shows the answer best: readers see it first")));
  form.submit = el("button", { type: "submit", class: "main", id: "add" }, "Add statement");
  const offers = offerList(wanted, source, chooseOffer);
  const told = el("div", { id: "form-problems", role: "alert" });
  form.told = told;
  const made = el("form", { class: "card", "aria-label": "New statement", novalidate: true, onsubmit: (event) => { event.preventDefault(); submit(); } },
    el("div", { class: "head" }, el("h2", {}, "New statement"), el("span", { class: "soft" }, `${sourceName(source)} ¶${wanted.paragraph}${wanted.draft ? ` · proposed by ${wanted.origin}: the key a accepts it` : ""}`), button("×", close, { class: "close", "aria-label": "Close the form" })),
    offers, form.reasons,
    foreign && field("Your translation", form.translation),
    field("Claim", form.claim.input, "", el("div", { class: "stack" }, form.claim.box, form.guess)), claimBox,
    field("Who says it", form.speaker.input, "", form.speaker.box), speakerBox, form.mode.box, form.stance.box, more, told,
    el("div", { class: "row" }, form.submit, wanted.draft && button("Refuse", () => { close(); refuseDrafts([wanted.draft]); }, { id: "refuse" }), button("Cancel", close), el("span", { class: "hint" }, "Ctrl+Enter adds it from anywhere")));
  made.addEventListener("change", () => { if (form.stance.value === "qualifies") more.open = true; });
  fill(place, made);
  // a suggestion or a draft has its own words; else the best offer comes first
  const own = Math.max(wanted.offers.findIndex((offer) => offer.quote === wanted.quote), 0);
  document.getElementById(`offer-${own}`).checked = true;
  chooseOffer(own);
  prefill(form, wanted);
  more.open = Boolean(wanted.of || wanted.note) || form.stance.value === "qualifies";
  document.getElementById("panel").scrollTop = 0;
}

function prefill(form, wanted) {
  const speaker = find.speaker(wanted.speaker);
  if (speaker) form.speaker.set({ id: speaker.id, label: speaker.name });
  else if (wanted.speaker_name) form.speaker.set({ id: "", make: true, words: wanted.speaker_name, label: wanted.speaker_name });
  else form.mode.box.hidden = true;
  const claim = find.claim(wanted.claim);
  if (claim) form.claim.set({ id: claim.id, label: claim.claim });
  else if (wanted.new_claim) form.claim.set({ id: "", make: true, words: wanted.new_claim.claim, label: wanted.new_claim.claim, given: wanted.new_claim });
  for (const name of ["of", "note", "translation", "via"]) if (wanted[name]) form[name].value = wanted[name];
  form.ready = true;
}

/** How the article gives words that somebody says: what the offer has, unless something else is known. */
const modeOf = (wanted, at) => wanted.mode || wanted.offers[at].mode || "indirect";

function chooseOffer(at) {
  open.at = at;
  if (!open.modeTouched) open.mode.value = modeOf(open.wanted, at);
  const rules = new Set(open.wanted.offers[at].exceptions);
  fill(open.reasons, [...rules].map((rule) => field(`Quote it all the same (${rule}), because`, el("input", { id: `reason-${rule}`, type: "text", "data-rule": rule }))));
  markOffer(open.wanted, at);
}

/** The claims closest to some words, the closest first; `more` says whose words they are. */
const likeliest = (like, more = {}) => get([store.slug, "claims"], { like, ...more }).then((answer) => answer.claims, () => []);

/** Whose words the quotation of a form is: the article's, and those of the speaker who is chosen. */
function whose(form) {
  const option = form.speaker.option;
  return { source: form.wanted.source, speaker: option?.id || "", speaker_name: option?.make ? option.words : "" };
}

/** Fill in the likeliest claim, if it is likely enough and nobody was faster. */
export async function guessClaim(form) {
  const [first] = await likeliest(form.wanted.quote, whose(form));
  const claim = first?.score >= LIKELY && find.claim(first.id);
  if (!claim || open !== form || form.claim.option || form.claim.input.value) return;
  form.claim.set({ id: claim.id, label: claim.claim });
  fill(form.guess, "The likeliest claim is filled in: is it this one? The key a accepts it, Enter changes it.");
}

/** Go into the form that a suggestion opened. */
export function enter() {
  open.claim.input.focus();
  open.claim.open("");
}

/** Claims with the words that were typed, at once; then those closest to them, or else to the quotation. */
async function* claimOptions(words, form) {
  const asOption = (claim) => claim && { id: claim.id, label: claim.claim, note: [find.topic(claim.topic)?.title, claim.verdict_label].filter(Boolean).join(" · ") };
  const make = { id: "", make: true, words, label: words ? `New claim: ${words}` : "New claim …" };
  const held = matching(store.state.claims.map(asOption), words);
  if (words) yield [...held.slice(0, 4), make];
  const closest = words ? likeliest(words) : likeliest(form.wanted.offers[form.at].quote, whose(form));
  const ranked = (await closest).map(({ id }) => asOption(find.claim(id))).filter(Boolean);
  const both = new Map([...(words ? held.slice(0, 4) : []), ...ranked, ...(words ? [] : held)].map((option) => [option.id, option]));
  yield [...[...both.values()].slice(0, words ? 6 : 8), make];
}

function missing(form) {
  if (form.newSpeaker?.missing()) return form.newSpeaker.missing();
  if (!form.speaker.option && form.speaker.input.value.trim()) return [form.speaker.input, "Choose the speaker from the list, or make a new one."];
  if (!form.claim.option) return [form.claim.input, "Choose a claim, or type a new one."];
  if (form.newClaim?.missing()) return form.newClaim.missing();
  if (form.stance.value === "qualifies" && !form.note.value.trim()) return [form.note, "Say in the note how it limits the claim."];
  return null;
}

/** Add the statement of the open form; opens nothing and closes only if it was added. */
export async function submit() {
  const form = open;
  if (!form || form.busy) return false;
  const lacks = missing(form);
  if (lacks) {
    const hidden = lacks[0].closest("details");
    if (hidden) hidden.open = true;
    lacks[0].focus();
    fill(form.told, problemLine({ message: lacks[1] }));
    return false;
  }
  const changes = [];
  const refer = (part, id) => {
    if (!part) return id;
    const { changes: more, ref } = part.changes(changes.length);
    changes.push(...more);
    return ref;
  };
  const holder = refer(form.newSpeaker, form.speaker.option?.id || "");
  const claim = refer(form.newClaim, form.claim.option.id);
  const offer = form.wanted.offers[form.at];
  const statement = { do: "add-statement", claim, source: form.wanted.source, stance: form.stance.value, quote: offer.quote, paragraph: offer.paragraph || form.wanted.paragraph };
  if (holder) Object.assign(statement, { holder, mode: form.mode.value });
  for (const name of ["of", "note", "translation", "via"]) if (form[name].value.trim()) statement[name] = form[name].value.trim();
  if (form.lead.checked) statement.lead = true;
  const reasons = [...form.reasons.querySelectorAll("input")].filter((one) => one.value.trim()).map((one) => [one.dataset.rule, one.value.trim()]);
  if (reasons.length) statement.allow = Object.fromEntries(reasons);
  form.busy = true;
  const state = await change([...changes, statement], "Statement added.", form.wanted.draft);
  form.busy = false;
  if (!state) return false;
  close();
  const id = claim.startsWith("@") ? state.made?.[Number(claim.slice(1))] : claim;
  if (id && find.claim(id)) show("claim", { claim: id, topic: find.claim(id).topic });
  return true;
}

/** Show in the form why the program refused it. */
export function refused(error) {
  if (!open) return;
  const problems = error.body.problems || [{ message: error.message }];
  fill(open.told, problems.map(problemLine));
  open.told.scrollIntoView({ block: "nearest" });
}
