"""Two ways to use the workbench, by mouse and by keyboard, and how much each takes."""

import json
from abc import ABC, abstractmethod
from dataclasses import dataclass
from typing import Any

from playwright.sync_api import Locator, Page, expect

#: Where words of a paragraph begin and end, in pixels: each as left or right, and the middle of the line.
PLACE = """([n, words]) => {
  const node = document.querySelector(`#p${n} .words`).firstChild, at = node.data.indexOf(words);
  const end = (unit, right) => {
    const range = new Range();
    range.setStart(node, unit);
    range.setEnd(node, unit + 1);
    const box = range.getBoundingClientRect();
    return [right ? box.right : box.left, box.top + box.height / 2];
  };
  node.parentElement.scrollIntoView({block: "center"});
  return [...end(at, false), ...end(at + words.length - 1, true)];
}"""


@dataclass
class Hands(ABC):
    """What every way has: keys are counted each, Shift and Control too; a drag is two clicks."""

    page: Page
    keys: int = 0
    clicks: int = 0

    def press(self, key: str, times: int = 1) -> None:
        """Press a key, such as Control+Enter."""
        for _ in range(times):
            self.keys += key.count("+") + 1
            self.page.keyboard.press(key)

    def type(self, words: str) -> None:
        """Type words into whatever has the focus."""
        self.keys += len(words)
        self.page.keyboard.type(words)

    def click(self, what: Locator) -> None:
        """Click something."""
        self.clicks += 1
        what.click()

    @abstractmethod
    def reach(self, what: Locator) -> None:
        """Put the focus on something."""

    @abstractmethod
    def use(self, what: Locator) -> None:
        """Press a button."""

    @abstractmethod
    def take(self, option: Locator) -> None:
        """Take the first option of an open list."""

    @abstractmethod
    def view(self, name: str, key: str) -> None:
        """Look at a part of the comparison."""

    @abstractmethod
    def open(self, source: str) -> None:
        """Open an article."""

    @abstractmethod
    def select(self, paragraph: int, words: str) -> None:
        """Select words of a paragraph, and get a form."""

    @abstractmethod
    def write(self, field: str, words: str) -> None:
        """Type into a field, in place of what is there."""

    @abstractmethod
    def choose(self, field: str, label: str, typed: str = "") -> None:
        """Choose from the list of a field; type a few letters first if it is long."""

    @abstractmethod
    def pick(self, group: str, value: str) -> None:
        """Take one of the choices side by side."""

    @abstractmethod
    def option(self, field: str, label: str) -> None:
        """Choose from a menu."""

    @abstractmethod
    def add(self) -> None:
        """Add the statement."""

    @abstractmethod
    def gist(self, paragraph: int, words: str) -> None:
        """Write the gist of a paragraph."""

    @abstractmethod
    def kind(self, paragraph: int, label: str) -> None:
        """Change the kind of a paragraph."""

    @abstractmethod
    def save(self) -> None:
        """Save, and close what it says."""

    def note(self, what: Locator, words: str) -> None:
        """Type into a field, and Enter."""
        self.reach(what)
        self.type(words)
        self.press("Enter")

    def wait(self) -> None:
        """Until the statement was added and the form is closed."""
        expect(self.page.locator("#form form")).to_have_count(0)

    @property
    def seconds(self) -> float:
        """How long practised hands need, by the keystroke-level model: 0.2 s a key, 1.1 s to point, 0.2 s to click."""
        return self.keys * 0.2 + self.clicks * 1.3


class Mouse(Hands):
    """By mouse; only words of one's own are typed."""

    def open(self, source: str) -> None:
        """Open an article."""
        self.click(self.page.locator(f"#source-{source}"))
        expect(self.page.locator(f"#source-{source}")).to_have_attribute("aria-current", "true")
        expect(self.page.locator("#p1")).to_be_visible()

    def drag(self, paragraph: int, words: str) -> None:
        """Drag over words of a paragraph."""
        left, top, right, bottom = self.page.evaluate(PLACE, [paragraph, words])
        self.clicks += 2
        self.page.mouse.move(left + 0.5, top)
        self.page.mouse.down()
        self.page.mouse.move(right - 0.5, bottom, steps=4)
        self.page.mouse.up()

    def select(self, paragraph: int, words: str) -> None:
        """Drag over words of a paragraph, and get a form."""
        self.drag(paragraph, words)
        expect(self.page.locator("#form form")).to_be_visible()

    def reach(self, what: Locator) -> None:
        """Click something."""
        self.click(what)

    def use(self, what: Locator) -> None:
        """Click a button."""
        self.click(what)

    def take(self, option: Locator) -> None:
        """Click an option."""
        self.click(option)

    def view(self, name: str, key: str) -> None:
        """Look at a part of the comparison."""
        self.click(self.page.locator(f"#tab-{name}"))

    def write(self, field: str, words: str) -> None:
        """Click a field and type."""
        box = self.page.locator(f"#{field}")
        self.click(box)
        box.select_text()
        self.type(words)

    def choose(self, field: str, label: str, typed: str = "") -> None:
        """Choose from the list of a field; type a few letters first if it is long."""
        box = self.page.locator(f"#{field}")
        if typed or box.get_attribute("aria-expanded") != "true":
            self.click(box)
        if typed:
            box.select_text()
            self.type(typed)
        self.click(self.page.locator(f"#{field}-list li", has_text=label).first)

    def pick(self, group: str, value: str) -> None:
        """Take one of the choices side by side."""
        self.click(self.page.locator(f"#{group}-{value}"))

    def option(self, field: str, label: str) -> None:
        """Choose from a menu."""
        self.clicks += 2
        self.page.locator(f"#{field}").select_option(label=label)

    def add(self) -> None:
        """Add the statement."""
        self.click(self.page.locator("#add"))
        self.wait()

    def gist(self, paragraph: int, words: str) -> None:
        """Write the gist of a paragraph."""
        self.write(f"gist-{paragraph}", words)
        self.click(self.page.locator("#about h2"))

    def kind(self, paragraph: int, label: str) -> None:
        """Change the kind of a paragraph."""
        self.option(f"kind-{paragraph}", label)

    def save(self) -> None:
        """Save, and close what it says."""
        self.click(self.page.locator("#save"))
        expect(self.page.locator("dialog .fine")).to_be_visible()
        self.click(self.page.locator("dialog .main"))


class Keyboard(Hands):
    """By keyboard alone: Tab, arrows and letters; nothing is clicked."""

    def at(self) -> dict[str, Any]:
        """Where the focus is."""
        found: dict[str, Any] = json.loads(self.page.evaluate(
            "JSON.stringify({id: document.activeElement.id, name: document.activeElement.name || ''})"
        ))  # fmt: skip
        return found

    def tab_to(self, field: str) -> None:
        """Press Tab until a field has the focus."""
        self.reach(self.page.locator(f"#{field}"))

    def reach(self, what: Locator, most: int = 60) -> None:
        """Press Tab until something has the focus."""
        expect(what).to_be_visible()
        for _ in range(most):
            if what.evaluate("one => one === document.activeElement"):
                return
            self.press("Tab")
        raise AssertionError(f"{what} is not reached by {most} tabs; the focus is at {self.at()}")

    def take(self, option: Locator) -> None:
        """Press Enter once it is there."""
        expect(option).to_be_visible()
        self.press("Enter")

    def use(self, what: Locator) -> None:
        """Go to a button and press it."""
        self.reach(what)
        self.press("Enter")

    def view(self, name: str, key: str) -> None:
        """Look at a part of the comparison."""
        self.press("Escape")
        self.press(key)
        expect(self.page.locator(f"#tab-{name}")).to_have_attribute("aria-selected", "true")

    def open(self, source: str) -> None:
        """Open an article by its number."""
        buttons = self.page.locator("#sources button")
        ids = [one.get_attribute("id") for one in buttons.all()]
        self.press("Escape")
        self.press(str(ids.index(f"source-{source}") + 1))
        expect(self.page.locator(f"#source-{source}")).to_have_attribute("aria-current", "true")

    def go(self, paragraph: int) -> None:
        """Go to the article, and move the cursor to a paragraph."""
        self.press("Escape")
        self.walk(paragraph)

    def walk(self, paragraph: int) -> None:
        """Move the cursor to a paragraph."""
        here = self.page.locator(".p.here")
        now = int((here.get_attribute("id") or "p0")[1:]) if here.count() else 0
        if now == paragraph:  # the cursor is on words of it: to the paragraph itself
            self.press("ArrowDown" if paragraph == 1 else "ArrowUp")
            now += 1 if paragraph == 1 else -1
        self.press("ArrowDown" if paragraph > now else "ArrowUp", abs(paragraph - now))
        expect(self.page.locator(f"#p{paragraph}")).to_contain_class("here")

    def select(self, paragraph: int, words: str) -> None:
        """Move to words of a paragraph, select them, and get a form."""
        self.press("Escape")
        self.find(paragraph, words)
        expect(self.page.locator("#form form")).to_be_visible()
        expect(self.page.locator("#claim")).to_be_focused()

    def find(self, paragraph: int, words: str) -> None:
        """Move to words of a paragraph, by sentences and words, select them, and press Enter."""
        self.walk(paragraph)
        text = self.page.locator(f"#p{paragraph} .words").inner_text()
        start = text.index(words)
        before, inside = self.page.evaluate(
            """async ([text, start, end, lang]) => {
              const { units } = await import("/points.js");
              const words = units(text, lang, "word");
              const count = (from, to) => words.filter((one) => one.start >= from && one.end <= to).length;
              const sentences = units(text, lang, "sentence"), at = sentences.findIndex((one) => one.end > start);
              return [[at, count(sentences[at].start, start)], count(start, end)];
            }""",
            [text, start, start + len(words), "en"],
        )
        self.press("Control+ArrowRight", before[0] + 1)
        self.press("ArrowRight", before[1] + 1)
        self.press("Shift+ArrowRight", inside - 1)
        self.press("Enter")

    def write(self, field: str, words: str) -> None:
        """Go to a field and type."""
        self.tab_to(field)
        self.page.locator(f"#{field}").select_text()
        self.press("Control+a")
        self.type(words)

    def choose(self, field: str, label: str, typed: str = "") -> None:
        """Type a few letters, and take the first that fits; ``label`` begins with "New" for what is to be made."""
        self.tab_to(field)
        if typed:
            self.type(typed)
        options = self.page.locator(f"#{field}-list li")
        expect(options.filter(has_text=label).first).to_be_visible()
        if typed:
            expect(options.last).to_contain_text(f": {typed}")
        # read at once: more options may come while somebody looks
        read = "all => all.map(one => [one.textContent, one.getAttribute('aria-selected') === 'true'])"
        shown: list[tuple[str, bool]] = options.evaluate_all(read)
        chosen = next(number for number, (_, active) in enumerate(shown) if active)
        at = next(number for number, (words, _) in enumerate(shown) if label in words)
        if at > chosen and at == len(shown) - 1:  # round the top; more options may come above the last
            self.press("ArrowUp", chosen + 1)
        else:
            self.press("ArrowDown" if at > chosen else "ArrowUp", abs(at - chosen))
        self.press("Enter")

    def pick(self, group: str, value: str) -> None:
        """Go to choices side by side and take one by the arrow keys."""
        boxes = self.page.locator(f"#form [name={group}]")
        ids = [one.get_attribute("value") for one in boxes.all()]
        checked = self.page.locator(f"#form [name={group}]:checked")
        at = ids.index(checked.get_attribute("value")) if checked.count() else 0
        self.tab_to(f"{group}-{ids[at]}")
        if not checked.count():
            self.press("Space")
        self.press("ArrowRight", (ids.index(value) - at) % len(ids))

    def option(self, field: str, label: str) -> None:
        """Choose from a menu by the letters that it begins with."""
        self.tab_to(field)
        self.type(label[:6])
        expect(self.page.locator(f"#{field} option:checked")).to_have_text(label)

    def add(self) -> None:
        """Add the statement."""
        self.press("Control+Enter")
        self.wait()

    def gist(self, paragraph: int, words: str) -> None:
        """Write the gist of a paragraph."""
        self.go(paragraph)
        self.press("g")
        self.type(words)
        self.press("Enter")

    def kind(self, paragraph: int, label: str) -> None:
        """Change the kind of a paragraph."""
        self.go(paragraph)
        self.press("k")
        self.type(label[:8])

    def save(self) -> None:
        """Save, and close what it says."""
        self.press("Control+s")
        expect(self.page.locator("dialog .fine")).to_be_visible()
        self.press("Escape")
