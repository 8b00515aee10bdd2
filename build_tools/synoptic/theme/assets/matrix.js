/* Choices in the matrix: rows, columns, order, marks or words. They are in the address, and Back undoes each. */
import { all, fresh, one } from "./synoptic.js";
import { choice } from "./switches.js";

const table = one("table.matrix"), form = one("form.choose"), reset = one("[type=reset]", form), bar = one("thead", table);
const filters = one("details", form), news = one("[name=new]", form);
let rows, cells, last = {};
const loadCells = async () => cells ??= await import("./matrix-cells.js");

/* What is chosen shows when its script has come; until then the table says that it is busy. */
let asked = 0;
const show = async () => {
  const data = new FormData(form), switched = choice(), view = data.get("view"), mine = ++asked;
  const busy = [...data].some(([key, value]) => value && !/^(view|sort)$/.test(key));
  cells?.close();
  reset.hidden = !busy;
  table.ariaBusy = "true";
  table.parentNode.classList.toggle("words", view === "words");
  if (rows || busy || data.get("sort") || switched.named || switched.without.size) {
    rows ??= import("./matrix-rows.js");
    await (await rows).apply(data, busy, switched);
  }
  if (view) (await loadCells()).showWords(all("tr[data-verdict]", table));
  if (mine === asked) table.ariaBusy = null;
};

/* Links to the other parts and to the other matrix take the choices along. */
const carry = () => {
  const state = new URLSearchParams(location.search);
  state.delete("open");
  for (const link of all(".parted a")) link.search = state;
  for (const key of ["by", "columns"]) state.delete(key);
  one("a.other").search = state;
};

const write = step => {
  const url = new URL(location), state = url.searchParams;
  for (const key of ["open", ...[...form.elements].map(field => field.name)]) state.delete(key);
  for (const [key, value] of [...new FormData(form), ["open", cells?.current()]]) if (value) state.append(key, value);
  history[step ? "pushState" : "replaceState"](history.state, "", url);
  carry();
};

/* One step of the history a choice: a reader who types into a list passes many values on the way. */
const chose = (event = {}) => {
  const again = event.target && event.target === last.target && event.timeStamp - last.timeStamp < 1000;
  last = event;
  write(!again);
  return show();
};

const restore = () => {
  const state = new URLSearchParams(location.search);
  for (const field of form.elements) {
    const value = state.get(field.name) ?? "";
    if (field.type === "checkbox") field.checked = state.getAll(field.name).includes(field.value);
    else if (field.type === "radio") field.checked = field.value === value;
    else if (field.options) field.value = [...field.options].some(option => option.value === value) ? value : "";
  }
  carry();
  return show();
};

table.addEventListener("click", async event => {
  const mark = event.target.closest("a[data-stance]");
  if (!mark || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
  event.preventDefault();
  const {open} = await loadCells();
  open(mark, write);
  write();
});
addEventListener("keydown", event => {
  if (event.key === "Escape" && cells?.current()) { cells.close(true); write(); }
});
form.addEventListener("input", chose);
form.addEventListener("reset", () => {
  const {view, sort} = form.elements, kept = [view.value, sort.value];
  setTimeout(() => { [view.value, sort.value] = kept; chose(); });
});
form.addEventListener("submit", event => event.preventDefault());
addEventListener("popstate", restore);
document.addEventListener("synoptic:choice", () => { carry(); show(); });
new ResizeObserver(() => table.style.setProperty("--head", `${bar.offsetHeight}px`)).observe(bar);

const open = new URLSearchParams(location.search).get("open");
const mark = open && one(`a[data-stance][href$="#s-${CSS.escape(open)}"]`, table);
const shown = restore();
news.parentNode.hidden = !news.checked && !all("tbody tr", table).some(tr => fresh.includes(tr));
filters.open = !reset.hidden;
if (innerWidth < 600) for (const jump of all(".jump details")) jump.open = false;
if (mark) shown.then(loadCells).then(({open: opens}) => opens(mark, write, false));
