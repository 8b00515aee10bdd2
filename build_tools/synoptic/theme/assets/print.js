/* Print a whole briefing: its topics and its articles, fetched and put behind the overview, where only paper shows them.
   Loaded by synoptic.js when a reader asks for it. */
import { all, fetchPage, make, one } from "./synoptic.js";

/* What paper leaves out: menus, and what serves those who check rather than those who read. */
const FURNITURE = "nav, script, button, .kicker, .draft-banner, .act, .cite, .rest:has(> .ok), .quiet, .relation, .detail, .who-is-who, #voices, #voices + div";
/* The content of a page as it goes onto paper, and the next part of a page that has several. */
const read = async url => {
  const page = await fetchPage(url), inner = one(".synoptic", page), next = one(".parted a[rel=next]", inner);
  for (const extra of all(FURNITURE, inner)) extra.remove();
  for (const link of all("a[href]", inner)) link.href = new URL(link.getAttribute("href"), url).href;
  for (const named of all("[id]", inner)) named.removeAttribute("id");
  const following = next && new URL(next.getAttribute("href"), url).href;
  return [...[...inner.childNodes].map(node => document.importNode(node, true)), ...(following ? await read(following) : [])];
};

export const printBriefing = async () => {
  if (!one(".paper")) {
    const sheet = make("link", {rel: "stylesheet", href: new URL("topic.css", import.meta.url)});
    const styled = new Promise(resolve => { sheet.onload = sheet.onerror = resolve; });
    document.head.append(sheet);
    const part = name => all(".parts a").map(link => link.href).find(href => new URL(href).pathname.endsWith(`/${name}/`));
    const topics = part("topics"), list = one(".synoptic", await fetchPage(topics));
    for (const extra of all("nav", list)) extra.remove();
    const links = all("li a[href$='/']", list).map(link => new URL(link.getAttribute("href"), topics).href);
    const addresses = [...new Set(links), part("sources")];
    const pages = await Promise.all(addresses.map(read));
    one(".synoptic").append(make("div", {className: "paper"}, ...pages.flat()));
    await styled;
  }
  window.print();
};
