// Where a person looks, kept in this tab for a reload; and a question before what is typed is lost.

import { isChanged } from "./briefing_form.js";
import { current } from "./form.js";
import { find, on, store } from "./store.js";

const KEY = "synoptic-workbench-place";

/** Look again at what this tab showed of a briefing, as far as it is still there; the article to open, or nothing. */
export function restorePlace() {
  const kept = JSON.parse(sessionStorage.getItem(KEY) || "{}");
  if (kept.slug !== store.slug) return undefined;
  const { view, topic, claim, record, source } = kept;
  if (find.topic(topic)) store.topic = topic;
  if (find.claim(claim)) store.claim = claim;
  Object.assign(store, { view, record });
  return find.source(source);
}

function keep() {
  const { slug, view, topic, claim, record, source } = store;
  sessionStorage.setItem(KEY, JSON.stringify({ slug, view, topic, claim, record, source }));
}

/** Whether somebody has typed or selected what no change has yet. */
function isTyping() {
  const gist = [...document.querySelectorAll("textarea.gist")].some((one) => one.value.trim() !== (one.dataset.was || ""));
  const form = current();
  return isChanged() || gist || Boolean(form && !form.wanted.guessed);
}

/** Keep the place, and let the browser ask before it leaves. */
export function start() {
  for (const name of ["view", "article"]) on(name, keep);
  window.addEventListener("beforeunload", (event) => isTyping() && event.preventDefault());
}
