/* Pages that people write: the heading in sight is marked in the contents beside them; what scrolls takes the keyboard. */
const links = [...document.querySelectorAll(".toc a")];
const places = links.map(link => document.getElementById(decodeURIComponent(link.hash.slice(1))));
const mark = () => {
  const passed = places.filter(place => place?.getBoundingClientRect().top < 100).length;
  links.forEach((link, i) => i === passed - 1 ? link.setAttribute("aria-current", "location") : link.removeAttribute("aria-current"));
};
if (links.length) {
  addEventListener("scroll", mark, {passive: true});
  mark();
}
for (const box of document.querySelectorAll("pre > code, article > table")) if (box.scrollWidth > box.clientWidth) box.tabIndex = 0;
