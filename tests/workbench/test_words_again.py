"""In a real browser, the words of a statement are selected anew, and a selection that leaves its paragraph says so."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser import Open, sideways, violations
from tests.projects import EXAMPLE, load_site
from tests.workbench.conftest import Bench, open_bench
from tests.workbench.example import LARGEST
from tests.workbench.hands import PLACE, Hands, Keyboard, Mouse

pytestmark = pytest.mark.slow


def ask_again(hands: Hands, page: Page) -> str:
    """Ask for other words of the first statement of the first claim; its id."""
    page.locator("button.claim-name").first.click()
    expect(page.frame_locator("iframe").locator("h2")).to_be_visible()  # then nothing moves any more
    expect(page.locator(".likely").first).to_be_visible()
    first = page.locator(".statements > li").first
    name = first.get_attribute("data-statement") or ""
    if isinstance(hands, Keyboard):
        page.locator("#view").focus()
        hands.reach(first.locator("summary"))
        hands.press("w")
    else:
        hands.click(first.locator("summary"))
        hands.click(first.get_by_role("button", name="Select its words again"))
    expect(page.locator("#again-help")).to_be_visible()
    expect(page.locator("#text")).to_be_focused()
    return name


@pytest.mark.parametrize("way", [Mouse, Keyboard])
def test_the_words_of_a_statement_are_selected_anew(way: type[Hands], bench: Bench, tab: Open) -> None:
    """Other words replace those of a statement, by mouse and by keyboard alone; speaker, stance and id stay; undo
    brings the old words back, and saving locks the new ones."""
    page = open_bench(tab, bench)
    hands = way(page)
    name = ask_again(hands, page)
    briefing = load_site(bench.root).briefing[EXAMPLE]
    before = briefing.statement[name]
    locked = briefing.locked(before)
    assert locked is not None
    first = page.locator(f"[data-statement={name}]")
    old, who = first.locator("blockquote").inner_text(), first.locator(".who").inner_text()
    number = int(page.evaluate("import('/reselect.js').then(({ replacing }) => replacing().statement.paragraph)"))
    words = page.locator(f"#p{number} .words").inner_text()
    start = words.index(old)
    whole = words[start : start + len(old)].rsplit(" ", 2)[0]  # shorter by two words
    if isinstance(hands, Keyboard):
        hands.find(number, whole)
    elif isinstance(hands, Mouse):
        hands.drag(number, whole)
    expect(page.locator("#replace")).to_be_visible()
    assert violations(page) == []
    offers = page.locator(".offer b").all_inner_texts()
    other = next(at for at, offer in enumerate(offers) if offer != old)
    if isinstance(hands, Keyboard):
        expect(page.locator("#offer-0")).to_be_focused()
        hands.press("ArrowDown", other)
        hands.press("Control+Enter")
    else:
        hands.click(page.locator(f"#offer-{other}"))
        hands.click(page.locator("#replace"))
    expect(page.locator("#form form")).to_have_count(0)
    expect(first.locator("blockquote")).to_have_text(offers[other])
    assert first.locator(".who").inner_text() == who
    page.keyboard.press("Control+z")
    expect(first.locator("blockquote")).to_have_text(old)
    page.keyboard.press("Control+Shift+Z")
    expect(first.locator("blockquote")).to_have_text(offers[other])
    hands.save()
    briefing = load_site(bench.root).briefing[EXAMPLE]
    statement = briefing.statement[name]
    entry = briefing.locked(statement)
    assert entry is not None
    assert (statement.quote, statement.speaker, statement.stance) == (offers[other], before.speaker, before.stance)
    assert entry.sha256 != locked.sha256
    assert not isinstance(hands, Keyboard) or hands.clicks == 0


def test_escape_keeps_the_old_words(bench: Bench, tab: Open) -> None:
    """Escape keeps the words, and a selection then makes a new statement; words of another article are refused."""
    page = open_bench(tab, bench)
    hands = Mouse(page)
    ask_again(hands, page)
    hands.open(LARGEST)
    hands.drag(5, "A letter")
    expect(page.locator(".toast.bad")).to_contain_text("its words must be there")
    hands.press("Escape")
    expect(page.locator("#form form")).to_have_count(0)
    hands.select(5, "A letter")
    expect(page.locator("#form h2")).to_have_text("New statement")


def test_a_drag_over_two_paragraphs_is_cut(bench: Bench, tab: Open) -> None:
    """A drag that goes on into the next paragraph is cut at the end of the first, and the form says so."""
    page = open_bench(tab, bench)
    Mouse(page).open(LARGEST)
    left, top, *_ = page.evaluate(PLACE, [5, page.locator("#p5 .words").inner_text()[-30:]])
    page.mouse.move(left + 0.5, top)
    page.mouse.down()
    *_, right, bottom = page.locator("#p6 .words").evaluate(
        """one => {
          const range = new Range();
          range.setStart(one.firstChild, 0);
          range.setEnd(one.firstChild, 12);
          const box = range.getClientRects()[0];
          return [box.right, box.top + box.height / 2];
        }"""
    )
    page.mouse.move(right, bottom, steps=6)
    page.mouse.up()
    told = page.locator("#form .cut-off")
    expect(told).to_contain_text("was cut at the end of paragraph 5")
    first, block = page.locator(".offer:has(:checked) b").inner_text(), page.locator("#p5 .words").inner_text()
    assert first in block
    assert violations(page) == []


@pytest.mark.parametrize(("width", "dark"), [(width, dark) for width in (1280, 768) for dark in (False, True)])
def test_everybody_can_select_again(width: int, dark: bool, bench: Bench, tab: Open) -> None:
    """Neither the question for other words nor the list of offers breaks a rule of axe or is too wide, at either width,
    light or dark."""
    page = open_bench(tab, bench, width=width, dark=dark)
    hands = Mouse(page)
    name = ask_again(hands, page)
    assert violations(page) == []
    number = int(page.evaluate("import('/reselect.js').then(({ replacing }) => replacing().statement.paragraph)"))
    words = page.locator(f"#p{number} .words").inner_text()
    old = page.locator(f"[data-statement={name}] blockquote").inner_text()
    start = words.index(old)
    hands.drag(number, words[start : start + len(old)].rsplit(" ", 1)[0])
    expect(page.locator("#replace")).to_be_visible()
    assert violations(page) == []
    assert not sideways(page)
