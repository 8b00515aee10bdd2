// A text field with a list to choose from, after the ARIA pattern "editable combobox with list autocomplete".

import { el, fill } from "./dom.js";

let made = 0;

/**
 * A combobox. `options(words)` gives the options for what is typed, {id, label, note, make}: one list after the other,
 * each with more below those that were there.
 * `chosen(option)` hears of a choice, and of null when it is taken back. The result has `.option`, `.set(option)`.
 */
export function combobox({ id = `c${++made}`, options, chosen = () => {}, placeholder = "", value = null }) {
  const list = el("ul", { id: `${id}-list`, role: "listbox", "aria-label": "Choices" });
  const input = el("input", {
    id, type: "text", role: "combobox", autocomplete: "off", spellcheck: "false", placeholder, class: "choice",
    "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": list.id,
  });
  const box = el("div", { class: "combobox" }, input, list);
  const self = { box, input, option: null, set, close, open };
  let shown = [], shownFor = "", active = -1, asked = 0, timer = 0, shownFirst = () => {};
  list.hidden = true;

  function set(chosenOne, quiet = false) {
    // the list may be a moment behind what was typed
    const option = chosenOne?.make ? { ...chosenOne, words: input.value.trim() || chosenOne.words } : chosenOne;
    self.option = option;
    input.value = option ? option.make ? option.words : option.label : "";
    input.classList.toggle("new", Boolean(option?.make));
    close();
    if (!quiet) chosen(option);
  }

  function close() {
    list.hidden = true;
    clearTimeout(timer);
    asked += 1; // what is still on its way comes too late
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
  }

  async function open(words) {
    const mine = ++asked;
    for await (const found of options(words)) {
      if (mine !== asked || !box.isConnected) return;
      display(found, words);
    }
  }

  function display(found, words) {
    const held = shownFor === words && !list.hidden ? shown[active] : null;
    shown = found;
    shownFor = words;
    fill(list, shown.map((option, at) => el("li", {
      id: `${id}-${at}`, role: "option", "aria-selected": "false", class: option.make ? "make" : null,
      onpointerdown: (event) => { event.preventDefault(); set(option); },
    }, el("span", { dir: "auto" }, option.label), option.note && el("small", {}, option.note))));
    list.hidden = !shown.length;
    input.setAttribute("aria-expanded", String(!list.hidden));
    const again = held ? shown.findIndex((one) => one.id === held.id && one.make === held.make) : -1;
    go(again >= 0 ? again : shown.length ? 0 : -1);
    shownFirst();
    list.scrollIntoView({ block: "nearest" });
  }

  /** Choose the active option, of the list for what is typed by now. */
  async function take() {
    const words = input.value.trim();
    if (shownFor !== words || list.hidden) {
      await new Promise((done) => {
        shownFirst = done;
        open(words).then(done, done);
      });
    }
    if (shown[active]) set(shown[active]);
  }

  function go(to) {
    list.children[active]?.setAttribute("aria-selected", "false");
    active = to;
    const there = list.children[active];
    if (!there) return input.removeAttribute("aria-activedescendant");
    there.setAttribute("aria-selected", "true");
    input.setAttribute("aria-activedescendant", there.id);
    there.scrollIntoView({ block: "nearest" });
    return undefined;
  }

  input.addEventListener("input", () => {
    if (self.option) {
      self.option = null;
      input.classList.remove("new");
      chosen(null);
    }
    clearTimeout(timer);
    timer = setTimeout(() => open(input.value.trim()), 60);
  });
  input.addEventListener("pointerdown", () => list.hidden && open(self.option ? "" : input.value.trim()));
  input.addEventListener("blur", close);
  input.addEventListener("focus", () => input.select());
  input.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const down = event.key === "ArrowDown", up = event.key === "ArrowUp";
    if (down || up) {
      event.preventDefault();
      if (list.hidden) open(self.option ? "" : input.value.trim());
      else go((active + (down ? 1 : -1) + shown.length) % shown.length);
    } else if (event.key === "Enter" && !self.option && (input.value.trim() || !list.hidden)) {
      event.preventDefault();
      event.stopPropagation();
      take();
    } else if (event.key === "Escape" && !list.hidden) {
      event.preventDefault();
      event.stopPropagation();
      close();
    } else if (event.key === "Tab" && !list.hidden && !self.option && input.value.trim()) take();
  });
  if (value) set(value, true);
  return self;
}

/** Which of these options hold every word typed, the likeliest first: by where the first word stands. */
export function matching(options, words) {
  const sought = words.toLocaleLowerCase().split(/\s+/u).filter(Boolean);
  if (!sought.length) return options;
  const text = (option) => `${option.label} ${option.more || ""}`.toLocaleLowerCase();
  return options
    .filter((option) => sought.every((word) => text(option).includes(word)))
    .toSorted((a, b) => text(a).indexOf(sought[0]) - text(b).indexOf(sought[0]));
}
