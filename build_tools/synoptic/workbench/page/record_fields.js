// The fields of a form, each made from what the program says of it. A field is {box, value(), find(keys), missing(),
// focus(), told(problem), clear()}; an empty value is "", [] or {}.

import { combobox, matching } from "./combobox.js";
import { button, choose, el, field, fill, problemLine, say } from "./dom.js";
import { find, sourceName, store } from "./store.js";

/** Make a field for what `spec` says. `models` are the fields of each kind of object. */
export function makeField(spec, value, id, context) {
  const make = { list: listField, map: mapField, object: objectField, refer: referField, truth: truthField, words: wordsField }[spec.shape] || textField;
  return make(spec, value, id, context);
}

/** What shows problems below a control, and tells people who listen. */
function telling(control, id) {
  const place = el("div", { id: `${id}-told`, class: "stack told" }), described = () => control?.getAttribute("data-hint");
  return {
    place,
    told(problem) {
      place.append(problemLine(problem));
      for (let box = place.parentElement; box; box = box.parentElement) if (box.tagName === "DETAILS") box.open = true;
      if (!control) return;
      control.setAttribute("aria-invalid", "true");
      control.setAttribute("aria-describedby", [described(), place.id].filter(Boolean).join(" "));
    },
    clear() {
      fill(place);
      if (!control) return;
      control.removeAttribute("aria-invalid");
      if (described()) control.setAttribute("aria-describedby", described());
      else control.removeAttribute("aria-describedby");
    },
  };
}

/** A field around one control; in a list it has a name and no label of its own. */
function single(spec, id, control, value, body = control) {
  control.id = id;
  const note = telling(control, id);
  const whole = el("div", { class: "stack" }, body, note.place);
  const box = spec.bare ? whole : field(spec.label, control, spec.help, whole);
  if (spec.bare) control.setAttribute("aria-label", spec.label);
  control.addEventListener("input", () => note.clear()); // what was said is of other words
  const hint = control.getAttribute("aria-describedby");
  if (hint) control.setAttribute("data-hint", hint);
  const self = {
    box, value, told: note.told, clear: note.clear, find: () => self, focus: () => control.focus(),
    missing: () => spec.required && !value() ? [self, "This is needed."] : null,
    name: (words) => spec.bare && control.setAttribute("aria-label", words),
  };
  return self;
}

function textField(spec, given = "", id) {
  const fixed = spec.name === "id" && given;
  const control = spec.shape === "number" || spec.shape === "day" || spec.name === "id"
    ? el("input", { type: "text", value: given, readonly: Boolean(fixed), inputmode: spec.shape === "number" ? "numeric" : null, placeholder: spec.shape === "day" ? "2031-05-17" : null, spellcheck: "false" })
    : el("textarea", { rows: 1, value: given, dir: "auto", onkeydown: (event) => {
      if (event.key !== "Enter" || event.ctrlKey || event.metaKey) return;
      event.preventDefault(); // every text is one line
      control.form?.requestSubmit();
    } });
  const free = spec.name === "id" ? { ...spec, required: false, help: fixed ? "It stays: others refer to it." : "Left empty, it is made of the words." } : spec;
  return single(free, id, control, () => control.value.replace(/\s+/gu, " ").trim());
}

function wordsField(spec, given = "", id) {
  const usual = spec.choices.find((one) => one.id === spec.default);
  const known = spec.choices.some((one) => one.id === given);
  const none = { id: "", label: usual ? `(as usual: ${usual.label})` : spec.required ? "Choose …" : "(none)" };
  const control = choose([none, ...(given && !known ? [{ id: given, label: given }] : []), ...spec.choices], given);
  return single(spec, id, control, () => control.value);
}

function truthField(spec, given = "", id) {
  const usual = spec.default === true;
  const control = el("input", { type: "checkbox", checked: usual ? given !== "false" : given === "true" });
  return single(spec, id, control, () => control.checked ? (usual ? given === "true" ? "true" : "" : "true") : usual || given === "false" ? "false" : "");
}

const asOption = {
  claim: (one) => ({ id: one.id, label: one.claim, note: `${find.topic(one.topic)?.title || one.topic} · ${one.id}` }),
  source: (one) => ({ id: one.id, label: sourceName(one), note: one.id }),
  speaker: (one) => ({ id: one.id, label: one.name, note: one.id }),
  event: (one) => ({ id: one.id, label: one.text, note: `event · ${one.id}` }),
};

/** What an id may name, as options with their words. */
function choicesOf(to, context) {
  const { claims, sources, speakers, events, topics } = store.state;
  const lists = {
    claim: () => claims.map(asOption.claim), elsewhere: () => claims.map(asOption.claim),
    source: () => sources.map(asOption.source), speaker: () => speakers.map(asOption.speaker),
    statement: () => claims.flatMap((claim) => claim.statements.map((one) => ({ id: one.id, label: one.quote, note: `${sourceName(find.source(one.source))} · ${one.id}` }))),
    anchor: () => [...events.map(asOption.event), ...sources.map(asOption.source)],
    answer: () => topics.filter((one) => !context.topic || one.id === context.topic).flatMap((topic) => topic.answers.map((one) => ({ id: one.id, label: one.text, note: `${topic.title} · ${one.id}` }))),
  };
  return lists[to]().map((one) => ({ ...one, more: one.note }));
}

function referField(spec, given = "", id, context) {
  const free = (words) => spec.to === "elsewhere" && /^[a-z0-9-]+\/[a-z0-9-]+$/u.test(words) ? [{ id: words, label: words, note: "in another briefing" }] : [];
  const list = combobox({
    id, placeholder: "Type to search",
    options: (words) => [[...free(words), ...matching(choicesOf(spec.to, context), words).slice(0, 40)]],
    value: given ? choicesOf(spec.to, context).find((one) => one.id === given) || { id: given, label: given } : null,
  });
  const self = single(spec, id, list.input, () => list.input.value.trim() ? list.option?.id || list.input.value.trim() : "", list.box);
  const { missing } = self;
  self.missing = () => list.input.value.trim() && !list.option ? [self, "Choose it from the list."] : missing();
  return self;
}

/** Entries one below the other, to add, to move and to remove. */
function entries(spec, id, values, makeEntry) {
  let next = 0;
  const rows = [], list = el("ol", { class: "entries", "aria-label": spec.label });
  const add = button(`Add to ${spec.label.toLowerCase()}`, () => { put(undefined).editor.focus(); changed(`Added to ${spec.label}.`); }, { id: `${id}-add` });
  const count = el("span", { class: "soft" });
  const summary = el("summary", {}, spec.label, " ", count);
  const box = el("details", { class: "group", id, open: spec.required || (values.length > 0 && spec.item.shape !== "object") }, summary, spec.help && el("p", { class: "hint" }, spec.help), list, el("div", { class: "row" }, add));
  const note = telling(null, id);
  box.append(note.place);

  function put(value, was = null) {
    const key = `${id}-${next++}`, editor = makeEntry(value, key), row = { editor, was, sent: null };
    const act = (name, sign, does) => button(sign, does, { id: `${key}-${name}`, class: "act" });
    row.buttons = { up: act("up", "↑", () => move(row, -1)), down: act("down", "↓", () => move(row, 1)), remove: act("remove", "×", () => remove(row)) };
    row.box = el("li", { class: "entry" }, editor.box, el("div", { class: "acts" }, Object.values(row.buttons)));
    rows.push(row);
    list.append(row.box);
    number();
    return row;
  }
  function number() {
    count.textContent = rows.length ? String(rows.length) : "none";
    for (const [at, row] of rows.entries()) {
      const name = `${spec.label}, ${at + 1} of ${rows.length}`;
      row.editor.name?.(name);
      row.buttons.up.setAttribute("aria-label", `Move up: ${name}`);
      row.buttons.down.setAttribute("aria-label", `Move down: ${name}`);
      row.buttons.remove.setAttribute("aria-label", `Remove: ${name}`);
      row.buttons.up.disabled = at === 0;
      row.buttons.down.disabled = at === rows.length - 1;
    }
  }
  function changed(words) {
    number();
    say(words);
  }
  function move(row, by) {
    const at = rows.indexOf(row), pressed = row.buttons[by < 0 ? "up" : "down"];
    rows.splice(at, 1);
    rows.splice(at + by, 0, row);
    list.append(...rows.map((one) => one.box));
    changed(`Now ${at + by + 1} of ${rows.length}.`);
    (pressed.disabled ? row.buttons[by < 0 ? "down" : "up"] : pressed).focus();
  }
  function remove(row) {
    const at = rows.indexOf(row);
    rows.splice(at, 1);
    row.box.remove();
    changed(`Removed from ${spec.label}.`);
    (rows[Math.min(at, rows.length - 1)]?.buttons.remove || add).focus();
  }
  for (const [at, value] of values.entries()) put(value, at);
  number();
  const self = {
    box, rows, told: note.told, focus: () => { box.open = true; add.focus(); },
    /** What is typed, without what is empty. */
    filled() {
      const full = rows.filter((row) => !isEmpty(row.editor.value()));
      for (const [at, row] of full.entries()) row.sent = at;
      return full;
    },
    find: ([at, ...keys], sent) => rows.find((row) => row[sent ? "sent" : "was"] === at)?.editor.find(keys, sent) || self,
    missing: () => self.filled().map((row) => row.editor.missing()).find(Boolean) || (spec.required && !self.filled().length ? [self, "At least one is needed."] : null),
    clear() {
      note.clear();
      for (const row of rows) row.editor.clear();
    },
  };
  return self;
}

/** Whether a value says nothing. */
export const isEmpty = (value) => !value || (typeof value === "object" && !Object.values(value).some((one) => !isEmpty(one)));

function listField(spec, given = [], id, context) {
  const item = { ...spec.item, label: spec.label, help: "", bare: true };
  const self = entries(spec, id, Array.isArray(given) ? given : [given], (value, key) => makeField(item, value, key, context));
  self.value = () => self.filled().map((row) => row.editor.value());
  return self;
}

/** Texts by a key, such as a reason for each rule. */
function mapField(spec, given = {}, id, context) {
  const self = entries(spec, id, Object.entries(given), (pair = ["", ""], key) => {
    const name = makeField({ ...spec.key, label: spec.label, bare: true }, pair[0], `${key}-key`, context);
    const text = makeField({ ...spec.item, label: spec.label, bare: true }, pair[1], key, context);
    return {
      box: el("div", { class: "pair" }, name.box, text.box), focus: name.focus, value: () => [name.value(), text.value()],
      find: () => text, told: text.told, clear() { name.clear(); text.clear(); },
      name(words) { name.name(`${words}: for what`); text.name(`${words}: why`); },
      missing: () => name.missing() || (name.value() ? text.value() ? null : [text, "This is needed."] : [name, "This is needed."]),
    };
  });
  const { find: byPlace } = self;
  self.value = () => Object.fromEntries(self.filled().map((row) => row.editor.value()));
  self.find = ([key], sent) => self.rows.find((row) => row.editor.value()[0] === key)?.editor.find([]) || byPlace([key], sent);
  return self;
}

/** The fields of an object; what is optional and empty is folded away. */
export function objectField(spec, given = {}, id, context) {
  const value = spec.short && typeof given === "string" ? { [context.models[spec.model][0].name]: given } : given;
  const inside = spec.model === "Topic" ? { ...context, topic: value.id || "" } : context;
  const specs = context.models[spec.model].filter(({ name }) => !spec.keys || spec.keys.includes(name));
  const parts = new Map(specs.map((one) => [one.name, makeField(one, value[one.name], `${id}-${one.name}`, inside)]));
  const small = spec.keys ? specs.length < 10 : specs.length < 5 && !spec.short; // room for all but what few people need
  const first = ({ name, required, early }) => !["id", "was"].includes(name) && (required || early || small || !isEmpty(value[name]));
  const shown = specs.filter(first), rest = specs.filter((one) => !first(one));
  const folds = ({ name, shape }) => shape !== "list" || name === "was", hidden = rest.filter(folds), lists = rest.filter((one) => !folds(one));
  const boxes = (some) => some.map(({ name }) => parts.get(name).box);
  const more = hidden.length > 0 && el("details", { class: "more", id: `${id}-more` }, el("summary", {}, `More: ${hidden.map((one) => one.label).join(", ")}`), boxes(hidden));
  const title = el("span", { dir: "auto" }), top = Boolean(spec.keys), folded = !top && specs.length > 4;
  const note = telling(null, id);
  const body = [note.place, ...boxes(shown), ...boxes(lists), more];
  const box = folded ? el("details", { class: "object", open: isEmpty(given) }, el("summary", {}, title), body)
    : el("div", { class: "stack object", role: top ? null : "group" }, body);
  const self = {
    box, told: note.told, focus: () => parts.get(shown[0]?.name || specs[0].name).focus(),
    value() {
      const pairs = specs.map(({ name }) => [name, parts.get(name).value()]).filter(([, one]) => !isEmpty(one));
      const all = Object.fromEntries(pairs);
      return spec.short && pairs.length === 1 && pairs[0][0] === specs[0].name ? pairs[0][1] : all;
    },
    name(words) {
      if (folded) title.textContent = value.title || value.name || words;
      else if (!top) box.setAttribute("aria-label", words);
    },
    find: ([key, ...keys], sent) => parts.get(key)?.find(keys, sent) || self,
    missing: () => [...parts.values()].map((part) => part.missing()).find(Boolean) || null,
    clear() {
      note.clear();
      for (const part of parts.values()) part.clear();
    },
  };
  return self;
}
