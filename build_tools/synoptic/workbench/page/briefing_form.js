// The forms for everything of a briefing that has no place of its own in the page: the briefing itself, figures,
// events, speakers, and every field of a claim, a statement and an article.

import { get } from "./requests.js";
import { newArticle, newBriefing } from "./beginnings.js";
import { button, count, el, fill, problemLine, tell } from "./dom.js";
import { isEmpty, objectField } from "./record_fields.js";
import { change, find, on, show, sourceName, store } from "./store.js";

let forms = null; // what the program says of every form
let open = null; // the form that is open: {key, kind, id, holder, fields, base, given, revision}
let from = "record"; // the view that opened it

/** Open the form of a record; an empty id makes a new one, but for the briefing. */
export function openRecord(kind, id = "") {
  const key = `${kind} ${id}`;
  if (store.view !== "record" || !store.record) from = store.view;
  if (open && open.key !== key && isChanged()) {
    tell("Apply or drop what you typed into this form first.", true);
    show("record", { record: { kind: open.kind, id: open.id } });
  } else show("record", { record: { kind, id } });
  document.getElementById("view").focus({ preventScroll: true });
}

/** Whether a form has something typed that is not applied. */
export const isChanged = () => Boolean(open?.fields && JSON.stringify(open.fields.value()) !== open.base);

/** The record that a problem is in, as {kind, id}; null if no form has it. */
export function recordOf({ path, line }) {
  if (path === `briefings/${store.slug}/briefing.yml`) return { kind: "briefing", id: "" };
  for (const kind of ["figure", "event"]) {
    const held = store.state[`${kind}s`].findLast((one) => one.path === path && one.line <= line);
    if (held) return { kind, id: held.id };
  }
  return null;
}

/** The view: a form, or the list of what there is. */
export function recordView() {
  const { record } = store;
  if (!record) return overview();
  const key = `${record.kind} ${record.id}`;
  if (open?.key === key && (isChanged() || open.revision === store.state.revision)) return [open.holder];
  open = { key, ...record, holder: el("div", { class: "stack record" }), fields: null, revision: store.state.revision };
  load(open);
  return [open.holder];
}

function overview() {
  const { state } = store;
  const list = (kind, heading, some) => [
    el("h3", {}, heading),
    some.length > 0 && el("ul", { class: "claims" }, some.map((one) => el("li", {}, button(one.text, () => openRecord(kind, one.id), { id: `${kind}-${one.id}`, class: "claim-name", dir: "auto" }), el("p", { class: "soft" }, one.of)))),
    el("div", { class: "row" }, button(`Add ${kind === "event" ? "an" : "a"} ${kind}`, () => openRecord(kind), { id: `add-${kind}` })),
  ];
  return [
    el("h2", { dir: "auto" }, state.title), el("p", { class: "soft", dir: "auto" }, state.question),
    el("div", { class: "row" }, button("Title, status, topics, bottom line …", () => openRecord("briefing"), { id: "edit-briefing", class: "main" })),
    list("figure", count(state.figures.length, "figure"), state.figures),
    list("event", count(state.events.length, "event"), state.events),
    el("details", { class: "more", id: "all-speakers" }, el("summary", {}, count(state.speakers.length, "speaker")),
      list("speaker", "", state.speakers.map((one) => ({ id: one.id, text: one.name, of: find.label("speaker_kind", one.kind) }))).slice(1)),
    el("div", { class: "row" }, button("Add an article", newArticle, { id: "record-article" }), button("New briefing", newBriefing, { id: "new-briefing" })),
  ];
}

const HEADINGS = {
  claim: (id) => find.claim(id)?.claim, source: (id) => sourceName(find.source(id)), speaker: (id) => find.speaker(id)?.name,
  figure: (id) => store.state.figures.find((one) => one.id === id)?.of, event: (id) => store.state.events.find((one) => one.id === id)?.text,
  statement: (id) => store.state.claims.flatMap((one) => one.statements).find((one) => one.id === id)?.quote,
  briefing: () => "The briefing",
};

async function load(form) {
  const { kind, id, holder } = form;
  try {
    forms ||= await get([store.slug, "forms"]);
    form.given = id || !forms.forms[kind].makes ? await get([store.slug, "records", kind], id ? { id } : {}) : { value: {}, places: null, path: "" };
  } catch (error) {
    fill(holder, problemLine({ message: error.message }), el("div", { class: "row" }, button("Close", leave)));
    return;
  }
  if (open === form) build(form);
}

function build(form) {
  const { kind, id, holder, given } = form, { model, keys, what, makes } = forms.forms[kind];
  const topic = find.claim(id)?.topic || "";
  form.fields = objectField({ model, keys, label: what }, given.value, "r", { models: forms.models, topic });
  form.base = JSON.stringify(form.fields.value());
  form.told = el("div", { class: "stack", role: "alert" });
  const fresh = makes && !id;
  const whole = el("form", { class: "stack", novalidate: true, "data-record": form.key, "aria-label": `${fresh ? "New " : ""}${what}`,
    onsubmit: (event) => { event.preventDefault(); submit(form); },
    onkeydown: (event) => {
      if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
      event.preventDefault();
      submit(form);
    } },
  form.told, form.fields.box,
  el("div", { class: "row foot" }, el("button", { type: "submit", id: "record-apply", class: "main" }, fresh ? `Add the ${what}` : "Apply"),
    button("Drop what I typed", () => { open = null; show("record"); }, { id: "record-drop" }), button("Close", leave, { id: "record-close" }),
    ["figure", "event"].includes(kind) && id && button(`Remove the ${what}`, () => removeIt(form), { id: "record-remove" })));
  fill(holder, el("h2", { dir: "auto" }, fresh ? `New ${what}` : HEADINGS[kind](id) || id), id && el("p", { class: "soft" }, `${what} · ${id}`), whole);
  showProblems(form, store.state.problems, given.path, given.places, false);
  for (const one of form.opened || []) document.getElementById(one)?.setAttribute("open", "");
  if (!form.after) return;
  document.getElementById("record-apply").focus({ preventScroll: true });
  const left = holder.querySelectorAll(".problem");
  left[0]?.scrollIntoView({ block: "center" });
  tell(left.length ? `${form.after} ${count(left.length, "problem")} left in this form.` : form.after);
}

function leave() {
  if (open.sending) {
    open.closing = true; // once it is applied
    return undefined;
  }
  if (isChanged()) return tell("Apply what you typed, or drop it.", true);
  const { kind, id } = open;
  open = null;
  show(from, { record: null });
  const opener = { briefing: "edit-briefing", claim: "claim-fields", source: "source-fields", statement: `fields-${id}` }[kind] || (id ? `${kind}-${id}` : `add-${kind}`);
  const back = document.getElementById(opener) || document.getElementById("view");
  back.closest("details")?.setAttribute("open", "");
  back.focus({ preventScroll: true });
  return undefined;
}

/** Apply the form that is open, wherever the focus is; whether there is one. */
export function applyOpen() {
  if (!open?.fields || store.view !== "record") return false;
  submit(open);
  return true;
}

/** Show each problem beside the field that it is about, or else above all fields. */
function showProblems(form, problems, path, places, sent) {
  for (const problem of problems) {
    if (problem.path !== path || !places) {
      if (sent) form.told.append(problemLine(problem));
      continue;
    }
    const keys = keysAt(places, problem);
    if (!keys) {
      if (sent) form.told.append(problemLine(problem));
    } else if (!keys.length) form.told.append(problemLine(problem));
    else form.fields.find(keys, sent).told(problem);
  }
}

/** The keys that lead to the value in which a problem is; null if it is outside the record. */
function keysAt({ values, end }, { line, column }) {
  const before = ([row, at]) => row < line || (row === line && at <= column);
  return before(end) ? null : values.findLast(before)?.[2] || null;
}

/** Show the problems of today in a form in which somebody types while other things change. */
async function refresh(form) {
  const { kind, id } = form;
  if (!form.fields || form.sending || !form.given.path || form.revision === store.state.revision) return;
  form.revision = store.state.revision;
  const now = await get([store.slug, "records", kind], id ? { id } : {}).catch(() => null);
  if (!now || open !== form || !isChanged()) return;
  form.fields.clear();
  fill(form.told);
  showProblems(form, store.state.problems, now.path, now.places, false);
}

/** What the form says otherwise than when it was opened, and what was there. */
function difference(form) {
  const now = form.fields.value(), old = JSON.parse(form.base), value = {}, before = {};
  for (const key of new Set([...Object.keys(now), ...Object.keys(old)])) {
    if (JSON.stringify(now[key]) === JSON.stringify(old[key])) continue;
    value[key] = isEmpty(now[key]) ? null : now[key];
    before[key] = form.given.value[key] ?? null;
  }
  return { value, before };
}

async function submit(form) {
  form.fields.clear();
  fill(form.told);
  const lacks = form.fields.missing();
  if (lacks) {
    lacks[0].told({ message: lacks[1] });
    lacks[0].focus();
    return;
  }
  const { value, before } = difference(form);
  if (isEmpty(before) && !Object.keys(value).length) {
    tell("Nothing was changed.");
    return;
  }
  const { kind, id } = form, fresh = forms.forms[kind].makes && !id;
  form.sending = true;
  form.closing = false;
  const state = await change([{ do: "set-record", kind, id, value, ...(fresh ? {} : { before }) }]);
  form.sending = false;
  if (!state) return;
  const opened = [...form.holder.querySelectorAll("details[open][id]")].map((one) => one.id);
  open = null;
  show("record", { record: { kind, id: fresh ? state.made[0] : id } });
  const after = `${fresh ? "Added" : "Changed"}.`;
  if (!form.closing) Object.assign(open, { opened, after });
  else {
    leave();
    tell(after);
  }
}

/** Show in the form why the program refused it. */
function refused(error) {
  const form = open;
  if (!form?.sending) return;
  const { problems, path, places } = error.body;
  showProblems(form, problems || [{ message: error.message }], path, places?.values ? places : null, true);
  const invalid = form.holder.querySelector("[aria-invalid]");
  if (invalid) invalid.focus();
  else form.told.scrollIntoView({ block: "nearest" });
}

async function removeIt({ kind, id }) {
  const state = await change([{ do: "remove-record", kind, id }], `The ${kind} is removed.`);
  if (!state) return;
  open = null;
  show("record", { record: null });
  document.getElementById(`add-${kind}`).focus();
}

on("refused", refused);
on("state", () => open && isChanged() && refresh(open));
