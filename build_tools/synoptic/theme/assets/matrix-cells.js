/* The words behind the marks of the matrix, fetched from the page that shows them: a cell that is open, or all in sight. */
import { all, fetchFragment, hidePreview, make, one } from "./synoptic.js";
import { gettext } from "./words.js";

let panel, opened;

/* The id of the statement whose cell is open. */
export const current = () => opened?.hash.slice(3);

export const close = focus => {
  if (!opened) return;
  panel.remove();
  opened.removeAttribute("aria-expanded");
  if (focus) opened.focus();
  opened = null;
};

/* Open the cell of a mark below its row, or close it if it is open; `done` is called when the reader closes it. */
export const open = async (mark, done, focus = true) => {
  const again = mark === opened, cell = mark.closest("td"), row = cell.parentNode, table = row.closest("table");
  hidePreview();
  close(again);
  if (again) return;
  opened = mark;
  mark.setAttribute("aria-expanded", "true");
  const head = one("thead tr", table).cells[cell.cellIndex], name = one(".name", head).textContent, claim = one("th a", row);
  const quotes = make("div", {className: "quotes"}, "…");
  const button = make("button", {type: "button", textContent: gettext("Close"), onclick: () => { close(true); done(); }});
  const region = make("div", {className: "opened", tabIndex: -1},
    make("p", {className: "ui"}, make("b", {textContent: name}), gettext(": "), make("a", {href: claim.href, textContent: claim.textContent}), " ", button), quotes);
  region.setAttribute("role", "region");
  region.setAttribute("aria-label", `${name}${gettext(": ")}${claim.textContent}`);
  panel = make("tr", {className: "panel"}, make("td", {colSpan: one(".topic th", table).colSpan}, region));
  row.after(panel);
  if (focus) region.focus({preventScroll: true});
  try {
    const fragments = await Promise.all(all("a:not([hidden])", cell).map(a => fetchFragment(a.href)));
    quotes.replaceChildren(...fragments.flat());
    region.scrollIntoView({block: "nearest"});
  } catch {
    location.assign(mark.href); // the quotation is on that page too
  }
};

/* Put the words of each mark into its cell as its row comes near the window. */
let near;
export const showWords = rows => {
  near ??= new IntersectionObserver(seen => {
    for (const {isIntersecting, target} of seen) {
      if (!isIntersecting) continue;
      near.unobserve(target);
      for (const mark of all("td a", target)) {
        fetchFragment(mark.href).then(([said]) => mark.append(words(mark, said)), () => near.observe(target));
      }
    }
  }, {rootMargin: "50%"});
  for (const row of rows) near.observe(row);
};
const words = (mark, said) => {
  const quote = one("blockquote", said), box = make("span", {className: "w"}, ` ${mark.getAttribute("aria-label")}${gettext(": ")}`, ...quote.childNodes);
  for (const link of all("a", box)) link.replaceWith(...link.childNodes);
  mark.removeAttribute("aria-label"); // its words name it now
  return box;
};
