// A new briefing, and a new article of one: pasted, or chosen as a file.

import { Refusal, post } from "./requests.js";
import { button, el, field, fill, problemLine, tell } from "./dom.js";
import { dialog } from "./saving.js";
import { addArticle, store } from "./store.js";

const LARGEST = 8_000_000; // bytes of a file

/** A form in a dialog: `send()` does what it asks for, and may be refused. */
function ask(heading, words, fields, send) {
  dialog(heading, (box, close) => {
    const told = el("div", { role: "alert" }), submit = el("button", { type: "submit", class: "main", id: "begin" }, words);
    fill(box, el("form", { class: "stack", novalidate: true, onsubmit: async (event) => {
      event.preventDefault();
      submit.disabled = true;
      fill(told);
      try {
        await send(close);
      } catch (error) {
        if (!(error instanceof Refusal)) throw error;
        fill(told, (error.body.problems || [{ message: error.message }]).map(problemLine));
      } finally {
        submit.disabled = false;
      }
    } }, fields, told, el("div", { class: "row" }, submit, button("Cancel", close))));
  });
}

/** Start a briefing, and open it. */
export function newBriefing() {
  const title = el("input", { id: "begin-title", type: "text", dir: "auto" }), slug = el("input", { id: "begin-slug", type: "text", spellcheck: "false" });
  ask("New briefing", "Start it", [field("Title of the story", title), field("Short name", slug, "For its address: letters a-z, digits and hyphens. Left empty, it is made of the title.")], async () => {
    const made = await post([], { title: title.value.trim(), ...(slug.value.trim() ? { slug: slug.value.trim() } : {}) });
    location.assign(`?briefing=${encodeURIComponent(made.slug)}`);
  });
}

/** The data of a file in Base64. */
const encode = (file) => new Promise((done, failed) => {
  const reader = new FileReader();
  reader.onload = () => done(reader.result.slice(reader.result.indexOf(",") + 1));
  reader.onerror = () => failed(new Refusal(0, { error: `${file.name} cannot be read.` }));
  reader.readAsDataURL(file);
});

/** Add an article to the briefing that is open. */
export function newArticle() {
  const text = el("textarea", { id: "begin-text", rows: 10, dir: "auto" }), file = el("input", { id: "begin-file", type: "file" });
  const id = el("input", { id: "begin-id", type: "text", spellcheck: "false", placeholder: "gazette" }), lang = el("input", { id: "begin-lang", type: "text", spellcheck: "false", placeholder: "en" });
  const partial = el("input", { id: "begin-partial", type: "checkbox" }), wrapped = el("input", { id: "begin-wrapped", type: "checkbox" });
  const tick = (box, words) => el("p", {}, el("label", {}, box, ` ${words}`));
  ask("Add an article", "Add the article", [
    el("p", { class: "soft" }, "It stays on this computer: Git ignores the text, and no page shows more of it than you quote."),
    field("Paste its text, one paragraph a line", text, "With its headline first."), field("Or choose its file", file, "Text, Markdown, HTML, PDF, Word and others."),
    el("div", { class: "pair" }, field("Language", lang, "Such as en or fr-CA; needed if the file does not state it."), field("Short name", id, "Letters a-z, digits and hyphens. Left empty, it is made of the title.")),
    tick(wrapped, "Its lines are broken in the middle of sentences: join them"), tick(partial, "This is only a part of the article"),
  ], async (close) => {
    const body = { id: id.value.trim(), lang: lang.value.trim(), partial: partial.checked, wrapped: wrapped.checked };
    const [chosen] = file.files;
    if (chosen?.size > LARGEST) throw new Refusal(0, { error: `${chosen.name} is larger than ${LARGEST / 1e6} MB. Add it in the terminal: synoptic ingest FILE --briefing ${store.slug}` });
    if (chosen && text.value.trim()) throw new Refusal(0, { error: "Paste a text or choose a file, not both." });
    if (!chosen && !text.value.trim()) throw new Refusal(0, { error: "Paste a text or choose a file." });
    const made = await addArticle(chosen ? { ...body, name: chosen.name, data: await encode(chosen) } : { ...body, text: text.value });
    close();
    tell(["Article added. See whether its kinds of paragraphs and its details are right.", ...made.notes].join(" "));
  });
}
