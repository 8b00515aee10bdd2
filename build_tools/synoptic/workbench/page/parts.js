// Parts of the form: new speakers, claims, topics and answers. Each gives the changes that make what was typed.

import { choose, el, field, fill } from "./dom.js";
import { find, store } from "./store.js";

/** Choices side by side, one of them taken: {box, value}. */
export function segments(name, legend, choices, value, changed = () => {}) {
  const box = el("fieldset", { class: "segments" }, el("legend", {}, legend), el("div", {}, choices.map(({ id, label, symbol, description }) =>
    el("label", { title: description }, el("input", { type: "radio", name, id: `${name}-${id}`, value: id, checked: id === value, onchange: () => changed(id) }),
      el("span", {}, symbol ? `${symbol} ${label}` : label)))));
  return {
    box,
    get value() { return box.querySelector("input:checked")?.value || ""; },
    set value(id) { for (const input of box.querySelectorAll("input")) input.checked = input.value === id; },
  };
}

/** What is typed into a comma-separated field. */
export const listOf = (input) => input.value.split(",").map((term) => term.trim()).filter(Boolean);

const NEW = "@new";

/** The answer to the question of a topic: one that there is, a new one, or none. */
export function answerPart(topic, value = "", id = "answer", proposed = null) {
  const text = el("input", { type: "text", id: `${id}-new`, class: "wide", placeholder: "At most eight words", "aria-label": "The new answer" });
  const choices = [{ id: "", label: "None: it is detail" }, ...(topic?.answers || []).map((one) => ({ id: one.id, label: one.text })), { id: NEW, label: "A new answer …" }];
  const choice = choose(choices, proposed ? NEW : value, { id, onchange: () => { text.hidden = choice.value !== NEW; if (!text.hidden) text.focus(); } });
  text.hidden = !proposed;
  text.value = proposed?.text || "";
  return {
    box: el("div", { class: "stack" }, field("Answer", choice, topic?.question || ""), text),
    missing: () => choice.value === NEW && !text.value.trim() ? [text, "Type the new answer, or choose none."] : null,
    /** The changes, and what to call the answer in later ones. */
    changes: (at, topicId) => choice.value === NEW
      ? { changes: [{ do: "add-answer", topic: topicId, ...(proposed ? { id: proposed.id } : {}), text: text.value.trim() }], ref: `@${at}` }
      : { changes: [], ref: choice.value || null },
  };
}

/** A new claim, from the words that were typed. */
export function claimPart(words, given = {}) {
  const claim = el("textarea", { id: "new-claim", rows: 2, value: words, onkeydown: (event) => {
    if (event.key !== "Enter") return;
    event.preventDefault(); // a claim is one line
    claim.form.requestSubmit();
  } });
  const kind = choose(store.state.choices.claim_kind.filter((one) => one.id !== "question"), given.kind || "event", { id: "new-claim-kind" });
  const terms = el("input", { id: "new-terms", type: "text", value: (given.terms || []).map((one) => one.term || one).join(", ") });
  const title = el("input", { id: "new-topic", type: "text", placeholder: "Cost" });
  const question = el("input", { id: "new-question", type: "text", placeholder: "What will it cost?" });
  const known = store.state.topics.map((one) => ({ id: one.id, label: one.title }));
  const topics = [...(known.length > 1 ? [{ id: "", label: "Choose a topic …" }] : []), ...known, { id: NEW, label: "A new topic …" }];
  const topic = choose(topics, given.topic || topics[0].id, { id: "new-claim-topic", onchange: redraw });
  const answerBox = el("div", { class: "stack" }), topicBox = el("div", { class: "pair" }, field("Title of the topic", title), field("Its question", question));
  let answer = null;
  function redraw() {
    topicBox.hidden = topic.value !== NEW;
    answerBox.hidden = !topic.value;
    answer = answerPart(find.topic(topic.value), given.answer || "", "answer", topic.value === given.topic ? given.new_answer : null);
    fill(answerBox, answer.box);
  }
  redraw();
  const box = el("fieldset", { class: "new-part" }, el("legend", {}, "New claim"),
    field("The claim, one neutral sentence of your own", claim),
    el("div", { class: "pair" }, field("Topic", topic), field("Kind", kind)), topicBox, answerBox,
    field("Search terms", terms, "Words to look for in the other articles, with commas between. Without them the problems ask for some."));
  return {
    box, focus: () => claim.focus(),
    missing() {
      if (!claim.value.trim()) return [claim, "Type the new claim."];
      if (!topic.value) return [topic, "Choose a topic."];
      if (topic.value === NEW && !title.value.trim()) return [title, "Give the new topic a title."];
      if (topic.value === NEW && !question.value.trim()) return [question, "Give the new topic a question."];
      return answer.missing();
    },
    changes(at) {
      const made = [];
      let under = topic.value;
      if (under === NEW) {
        made.push({ do: "add-topic", title: title.value.trim(), question: question.value.trim() });
        under = `@${at}`;
      }
      const answered = answer.changes(at + made.length, under);
      made.push(...answered.changes);
      const whole = { do: "add-claim", topic: under, claim: claim.value.trim(), kind: kind.value };
      for (const name of ["id", "note"]) if (given[name]) whole[name] = given[name];
      if (answered.ref) whole.answer = answered.ref;
      if (listOf(terms).length) whole.terms = listOf(terms);
      made.push(whole);
      return { changes: made, ref: `@${at + made.length - 1}` };
    },
  };
}

const COMMON = new Set(`activists advocates allies analysts aides authorities critics diplomats economists employees experts
  farmers historians insiders investigators lawyers lawmakers locals observers officers officials opponents parents people
  politicians pollsters protesters reporters researchers residents scholars scientists sources spokespeople students
  supporters teachers traders voters witnesses workers someone somebody everyone many some others`.split(/\s+/u));

/** The kind of a speaker where the name tells it: nobody in particular is unnamed; else what the program knows, but not
 * "organisation", which only means that it knows nothing. */
export function guessKind(words, { speaker_name: name, speaker_kind: kind }) {
  const called = words.replace(/^(?:the|an?|some|many|several|two|three|four)\s+/iu, ""), parts = called.toLowerCase().split(/\s+/u);
  if (/^\p{Ll}/u.test(called) || (parts.length <= 3 && COMMON.has(parts.at(-1)))) return "unnamed";
  return words === name && kind !== "organisation" ? kind || "" : "";
}

/** A new speaker. */
export function speakerPart(words, source, guess = "") {
  const name = el("input", { id: "new-speaker", type: "text", value: words });
  const kind = segments("new-speaker-kind", "Kind", store.state.choices.speaker_kind, guess);
  return {
    box: el("fieldset", { class: "new-part" }, el("legend", {}, "New speaker"), field("Name, as the article has it", name), kind.box),
    focus: () => name.focus(),
    missing() {
      if (!name.value.trim()) return [name, "Type the name of the new speaker."];
      return kind.value ? null : [kind.box.querySelector("input"), "Choose the kind of the new speaker."];
    },
    changes: (at) => ({
      changes: [{ do: "add-speaker", name: name.value.trim(), kind: kind.value, source }], ref: `@${at}`,
    }),
  };
}

/** The options for a speaker: this article's own voice, its unnamed people, everybody named. */
export function speakerOptions(source, words, matching) {
  const mine = (one) => !one.own_to || one.own_to === source;
  const used = new Set(store.state.claims.flatMap((claim) => claim.statements.filter((one) => one.source === source).map((one) => one.holder)));
  const all = store.state.speakers.filter(mine).toSorted((a, b) => Number(used.has(b.id)) - Number(used.has(a.id)));
  const options = all.map((one) => ({
    id: one.id, label: one.name, more: (one.also || []).join(" "), note: [find.label("speaker_kind", one.kind), one.own_to && "this article only"].filter(Boolean).join(", "),
  }));
  const itself = { id: "", label: "The article itself", note: "no speaker" };
  const found = matching([itself, ...options], words);
  return words ? [...found, { id: "", make: true, words, label: `New speaker: ${words}` }] : found;
}
