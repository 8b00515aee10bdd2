/* Claims and citations: copy links and citations; prefill the report form. */
import { all, make, one } from "./synoptic.js";
import { gettext } from "./words.js";

const announcement = make("p", {className: "sr"});
announcement.setAttribute("role", "status");
document.body.append(announcement);
addEventListener("click", async event => {
  const button = event.target.closest?.("[data-copy], [data-report]");
  if (!button) return;
  const link = one("[data-copy=link]", button.closest(".claim, div.cite"));
  if (button.matches("[data-report]")) {
    const form = new URL(button.href);
    if (form.protocol.startsWith("http")) form.searchParams.set("page", link.href);
    button.href = form;
    return;
  }
  const cited = all("p span", button.parentNode).map(part => part.textContent);
  if (cited.length < 2) cited.push(link.href);
  if (button === link) event.preventDefault();
  const text = button.copied?.() || (button === link ? link.href : cited.join(" "));
  const result = await navigator.clipboard?.writeText(text).then(() => gettext("Copied"), () => "") || gettext("Not copied: your browser does not allow it");
  announcement.textContent = "";
  button.dataset.was ??= button.textContent;
  setTimeout(() => { announcement.textContent = button.textContent = result; }, 50);
  setTimeout(() => { button.textContent = button.dataset.was; }, 2000);
});
