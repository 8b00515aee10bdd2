/* Topic pages: copy a quotation with its source. Articles are described in the page's linked data. */
import { all, make, one } from "./synoptic.js";
import { gettext, language } from "./words.js";

const articles = new Map();
for (const script of all("script[type='application/ld+json']")) {
  for (const node of JSON.parse(script.textContent)["@graph"] || []) {
    const source = node["@id"].match(/\/sources\/([^/]+)\//)?.[1];
    if (source) articles.set(source, node);
  }
}

const plain = element => element.textContent.replace(/[\u2068\u2069]/g, "").replace(/\s+/g, " ").trim();
const day = date => {
  const [, month, number] = date.split("-");
  const parts = {year: "numeric", ...(month && {month: "long"}), ...(number && {day: "numeric"}), timeZone: "UTC"};
  return new Date(date).toLocaleDateString(language, parts);
};
const quote = words => gettext("“%(words)s”", {words});
const [opening, closing] = quote("\n").split("\n");
/* “Words” (who holds them, how, in which article). Outlet, “Headline”, date. Address of the claim. */
const cite = said => {
  const source = one("a[href*='/receipts/']", said).pathname.match(/\/receipts\/([^/]+)/)[1], article = articles.get(source) || {};
  const words = plain(one("blockquote p", said)), marked = words.startsWith(opening) && words.endsWith(closing);
  const told = [article.publisher?.name, article.headline && quote(article.headline), article.datePublished && day(article.datePublished)];
  const parts = [gettext("%(name)s (%(remarks)s)", {name: marked ? words : quote(words), remarks: plain(one(".who", said))}), told.filter(Boolean).join(gettext(", "))];
  return `${parts.filter(Boolean).join(". ")}. ${one("[data-copy=link]", said.closest(".claim")).href}`;
};

for (const link of all(".claim [data-copy=link]")) link.textContent = gettext("Copy link");
for (const said of all(".claim .said[id]")) {
  const button = make("button", {type: "button", className: "copy", textContent: gettext("Copy quotation")});
  button.setAttribute("aria-label", gettext("Copy quotation with source"));
  button.dataset.copy = "quotation";
  button.copied = () => cite(said);
  said.append(" ", button);
}
