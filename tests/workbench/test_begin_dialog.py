"""In a real browser, a briefing and its articles are begun in the page; nothing typed is lost."""

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser import Open, sideways, violations
from tests.projects import EXAMPLE
from tests.workbench.conftest import Bench, open_bench
from tests.workbench.example import LARGEST
from tests.workbench.hands import Keyboard, Mouse

pytestmark = pytest.mark.slow

HOSTILE = "The boat <img src=x onerror=alert(1)> was late {{7*7}}."
TEXT = f"A late boat\n\nBy Kim Bo\n\n{HOSTILE}\n\nNobody minded it.\n"


def test_a_briefing_is_begun_by_keyboard(bench: Bench, tab: Open, tmp_path: Path) -> None:
    """A new briefing is opened, an article is pasted and another chosen as a file, and each is shown as its text is."""
    page = open_bench(tab, bench)
    hands = Keyboard(page)
    hands.view("record", "b")
    hands.use(page.locator("#new-briefing"))
    expect(page.locator("#begin-title")).to_be_focused()
    hands.press("Enter")
    expect(page.locator("dialog .problem")).to_contain_text("is empty")
    hands.reach(page.locator("#begin-title"))
    hands.type("The late boat")
    hands.press("Enter")
    expect(page.locator("#title")).to_have_text("The late boat")
    hands.use(page.locator("#first-article"))
    expect(page.locator("#begin-text")).to_be_focused()
    page.keyboard.insert_text(TEXT)
    hands.write("begin-lang", "en")
    hands.write("begin-id", "herald")
    hands.press("Enter")
    expect(page.locator("#p3 .words")).to_have_text(HOSTILE)
    assert page.locator("img").count() == 0
    hands.use(page.locator("#add-article"))
    (tmp_path / "wire.txt").write_text(TEXT.replace("late", "early"), encoding="utf-8")
    page.locator("#begin-file").set_input_files(tmp_path / "wire.txt")
    hands.write("begin-lang", "en")
    hands.press("Enter")
    expect(page.locator("#source-a-early-boat")).to_have_attribute("aria-current", "true")
    assert (bench.root / "briefings/the-late-boat/articles/herald.txt").read_text(encoding="utf-8") == TEXT
    assert hands.clicks == 0


@pytest.mark.parametrize(("width", "dark"), [(width, dark) for width in (1280, 768) for dark in (False, True)])
def test_everybody_can_begin(width: int, dark: bool, bench: Bench, tab: Open) -> None:
    """Neither dialog breaks a rule of axe or is too wide, at either width, light or dark."""
    page = open_bench(tab, bench, width=width, dark=dark)
    page.locator("#tab-record").click()
    for name, field in (("#record-article", "#begin-text"), ("#new-briefing", "#begin-title")):
        page.locator(name).click()
        expect(page.locator(field)).to_be_visible()
        page.locator("#begin").click()
        expect(page.locator("dialog .problem")).to_be_visible()
        assert violations(page) == []
        assert not sideways(page)
        page.keyboard.press("Escape")


def unsaved(page: Page) -> bool:
    """Whether the browser would ask before it leaves the page."""
    ask = "!dispatchEvent(new Event('beforeunload', {cancelable: true}))"
    return bool(page.evaluate(ask))


def test_nothing_typed_is_lost_without_a_question(bench: Bench, tab: Open) -> None:
    """The browser asks before it leaves a form, a statement or a gist in which something is typed, else not."""
    page = open_bench(tab, bench)
    hands = Mouse(page)
    hands.open(LARGEST)
    assert not unsaved(page)
    page.locator("#gist-13").fill("A half")
    assert unsaved(page)
    page.locator("#gist-13").fill("")
    hands.select(5, "A letter")
    assert unsaved(page)
    page.keyboard.press("Escape")
    page.keyboard.press("Escape")
    assert not unsaved(page)
    page.locator("#tab-record").click()
    page.locator("#add-event").click()
    page.locator("#r-what").fill("Something happened.")
    assert unsaved(page)


def test_a_reload_shows_the_same_place(bench: Bench, tab: Open) -> None:
    """After a reload the page shows the same article, and the same part of the comparison."""
    page = open_bench(tab, bench)
    hands = Mouse(page)
    hands.open(LARGEST)
    page.locator("#tab-record").click()
    page.locator("#edit-briefing").click()
    expect(page.locator("#r-title")).to_be_visible()
    page.goto(f"{bench.home}?briefing={EXAMPLE}")
    expect(page.locator(f"#source-{LARGEST}")).to_have_attribute("aria-current", "true")
    expect(page.locator("#r-title")).to_be_visible()
    page.locator("#r-topics > summary").click()
    page.locator("#r-topics-add").click()
    expect(page.locator("#r-topics .entry").last.locator("textarea[id$=-question]")).to_be_visible()
    page.locator("#record-drop").click()
    page.locator("#record-close").click()
    page.locator("#tab-source").click()
    page.locator("#source-fields").click()
    page.locator("#record-close").click()
    expect(page.locator("#source-fields")).to_be_focused()
