/* Reads what a reader pastes or drops into paragraphs. Nothing in it runs or loads. */
import { all } from "./synoptic.js";

const BLOCKS = "p, div, li, dt, dd, h1, h2, h3, h4, h5, h6, blockquote, pre, section, article, main, header, figcaption, td, th, tr, ul, ol, table, body";
const LEFT_OUT = "script, style, noscript, template, nav, aside, footer, form, svg, button, select, textarea, iframe, object, [hidden], [aria-hidden=true]";
const WRAPPED = /^.{40,120}$/;

/* The paragraphs of a web page: of its article, if it has one, else of its main part. A document made by DOMParser runs
   no script and loads nothing. */
const readPage = source => {
  const page = new DOMParser().parseFromString(source, "text/html");
  for (const extra of all(LEFT_OUT, page)) extra.remove();
  const longest = all("article", page).sort((a, b) => b.textContent.length - a.textContent.length)[0];
  const walker = page.createTreeWalker(longest ?? page.querySelector("main") ?? page.body, NodeFilter.SHOW_ALL), paragraphs = [];
  let block, text = "";
  const close = () => {
    if (text.trim()) paragraphs.push(text.trim());
    text = "";
  };
  while (walker.nextNode()) {
    const node = walker.currentNode;
    if (node.nodeName === "BR") close();
    if (node.nodeType !== Node.TEXT_NODE) continue;
    const around = node.parentElement.closest(BLOCKS);
    if (around !== block) close();
    block = around;
    text += node.data.replace(/\s+/g, " ");
  }
  close();
  return paragraphs;
};

/* The paragraphs of a plain text, one a line; between blank lines, lines that a program wrapped are joined. */
const readPlain = source => {
  const lines = source.split(/\r\n?|\n/).map(line => line.trim()), groups = [[]];
  for (const line of lines) {
    if (line) groups.at(-1).push(line);
    else groups.push([]);
  }
  const wrapped = group => group.length > 1 && group.slice(0, -1).every(line => WRAPPED.test(line) && !/[.!?]["'”»)]?$/.test(line));
  const inner = groups.flatMap(group => group.slice(0, -1));
  const joins = groups.length > 2 && inner.length > 2 && inner.filter(line => WRAPPED.test(line)).length > 0.9 * inner.length;
  return groups.flatMap(group => joins || wrapped(group) ? [group.join(" ")] : group).filter(Boolean);
};

/* The paragraphs of a text: of a web page, if it begins as one. */
export const readParagraphs = source => /^\s*(?:<\?xml[^>]*>\s*)?<(?:!doctype html|html|head|body|article)\b/i.test(source) ? readPage(source) : readPlain(source);

/* The text in a file's bytes; null if they are not text. */
export const decode = bytes => {
  const start = new TextDecoder("latin1").decode(bytes.slice(0, 2048));
  if (/^(?:þÿ|ÿþ)/.test(start)) return new TextDecoder(start.startsWith("þ") ? "utf-16be" : "utf-16le").decode(bytes);
  if (start.startsWith("%PDF") || start.includes("\0")) return null;
  try {
    return new TextDecoder("utf-8", {fatal: true}).decode(bytes);
  } catch {
    const named = start.match(/charset=["']?([\w-]+)/i)?.[1] ?? "windows-1252";
    try {
      return new TextDecoder(named).decode(bytes);
    } catch {
      return new TextDecoder("windows-1252").decode(bytes);
    }
  }
};
