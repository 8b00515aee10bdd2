// Elements from data: text only ever becomes a text node, so nothing that anybody typed can be markup.

/** An element. `on…` adds a listener, `value`, `checked` and `disabled` set the property, all else is an attribute. */
export function el(tag, settings = {}, ...children) {
  const made = document.createElement(tag);
  made.append(...children.flat(2).filter((child) => child !== null && child !== undefined && child !== false));
  for (const [name, value] of Object.entries(settings)) {
    if (value === undefined || value === null || value === false) continue;
    if (name.startsWith("on")) made.addEventListener(name.slice(2), (event) => rebuilding || value(event));
    else if (["value", "checked", "disabled", "selected"].includes(name)) made[name] = value;
    else made.setAttribute(name, value === true ? "" : value);
  }
  return made;
}

/** Put other children into an element. What was open stays open, and the focus on whatever has the same id. */
export function fill(parent, ...children) {
  const opened = [...parent.querySelectorAll("details[open][id]")].map(({ id }) => id);
  keepFocus(() => {
    parent.replaceChildren(...children.flat(2).filter(Boolean));
    for (const id of opened) document.getElementById(id)?.setAttribute("open", "");
  });
}

let rebuilding = false; // a browser tells a field that is removed that it was left: nobody left it

/** Rebuild something, and give the focus back to the element with the same id, with what was being typed there. */
export function keepFocus(rebuild) {
  const held = document.activeElement, typed = held?.matches("input[type=text], textarea");
  const at = typed ? [held.selectionStart, held.selectionEnd] : null;
  rebuilding = true;
  rebuild();
  rebuilding = false;
  if (!held?.id || held.isConnected) return;
  const again = document.getElementById(held.id);
  if (!again) return;
  again.focus({ preventScroll: true });
  if (!typed) return;
  if (again.value !== held.value) again.value = held.value;
  again.setSelectionRange(...at);
}

/** A button. */
export function button(words, pressed, settings = {}) {
  return el("button", { type: "button", onclick: pressed, ...settings }, words);
}

/** A labelled control: the label stands above it. `body` is what holds the control, if that is not the control itself. */
export function field(words, control, hint = "", body = control) {
  const id = control.id || `f${++made}`;
  control.id = id;
  const told = hint && el("small", { id: `${id}-hint`, class: "hint" }, hint);
  if (told) control.setAttribute("aria-describedby", told.id);
  return el("div", { class: "field" }, el("label", { for: id }, words), body, told);
}
let made = 0;

/** A select. `choices` are {id, label}. */
export function choose(choices, value, settings = {}) {
  const options = choices.map(({ id, label }) => el("option", { value: id, selected: id === value }, label));
  return el("select", settings, options);
}

/** Say something to people who listen. */
export function say(words) {
  const live = document.getElementById("live");
  live.textContent = "";
  setTimeout(() => { live.textContent = words; }, 30);
}

/** Say something to everybody: to people who listen, and in a line that others see for a while. */
export function tell(words, bad = false) {
  say(words);
  document.querySelector(".toast")?.remove();
  const toast = el("p", { class: bad ? "toast bad" : "toast", "aria-hidden": "true" }, words);
  (document.querySelector("dialog[open]") || document.body).append(toast);
  setTimeout(() => toast.remove(), bad ? 9000 : 4000);
}

/** "1 statement", "3 statements". */
export function count(number, one, many = `${one}s`) {
  return `${number.toLocaleString("en")} ${number === 1 ? one : many}`;
}

/** What a problem says, as text. */
export function problemLine(problem) {
  const said = typeof problem === "string" ? { message: problem } : problem;
  const line = el("p", { class: `problem ${said.level || "error"}` }, el("b", {}, said.level === "warning" ? "Warning: " : "Problem: "), said.message);
  if (said.tip) line.append(el("span", { class: "tip" }, ` ${said.tip}`));
  return line;
}
