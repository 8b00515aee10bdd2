/* The overview: an answer opens its words in place. What follows the two switches is loaded when somebody chooses. */
import { all, fetchFragment, make, one } from "./synoptic.js";
import { gettext } from "./words.js";

const grid = one("table.asked:not(.glance)");
let opened;
const close = focus => {
  one(".opened")?.closest(".panel").remove();
  opened?.removeAttribute("aria-expanded");
  if (focus) opened?.focus();
  opened = null;
};
const open = async link => {
  const again = link === opened, cell = link.closest("td"), row = cell.parentNode;
  close(again);
  if (again) return;
  opened = link;
  link.setAttribute("aria-expanded", "true");
  const quotes = make("div", {className: "quotes"}, "…"), from = one(`th[data-article="${CSS.escape(cell.dataset.article)}"]`, grid).textContent;
  const note = one("i", link)?.textContent, how = note ? note + gettext(": ") : "";
  const region = make("div", {className: "opened", tabIndex: -1},
    make("p", {className: "ui"}, make("b", {textContent: from}), ` ${how}${gettext("“%(words)s”", {words: one(":scope > span", link).textContent})} `, make("button", {type: "button", textContent: gettext("Close"), onclick: () => close(true)})), quotes);
  region.setAttribute("role", "region");
  region.setAttribute("aria-label", gettext("%(article)s: the words", {article: from}));
  // a row of its own below a row of the table; inside the cell where cells stand below each other
  if (getComputedStyle(row).display === "table-row") row.after(make("tr", {className: "panel"}, make("td", {colSpan: row.cells.length}, region)));
  else cell.append(make("div", {className: "panel"}, region));
  region.focus({preventScroll: true});
  try {
    quotes.replaceChildren(...await fetchFragment(link.href));
    region.scrollIntoView({block: "nearest"});
  } catch {
    location.assign(link.href); // the words are on that page
  }
};
grid?.addEventListener("click", event => {
  const link = event.target.closest("a.reply");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
  event.preventDefault();
  open(link);
});
for (const link of all("a.more", grid ?? document)) {
  link.addEventListener("click", event => {
    event.preventDefault();
    link.parentNode.classList.add("all");
    one(".extra", link.parentNode).focus();
  });
}
addEventListener("keydown", event => {
  if (event.key === "Escape" && opened && !one(".preview")) close(true);
});

document.addEventListener("synoptic:choice", async event => {
  close();
  (await import("./overview-choice.js")).follow(event.detail);
});
