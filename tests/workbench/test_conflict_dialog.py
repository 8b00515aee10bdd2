"""In a real browser, a file that was changed in the workbench and on disk is put together, one difference at a time."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser import Open, sideways, violations
from tests.workbench.conftest import Bench, open_bench
from tests.workbench.example import FOLDER, LARGEST
from tests.workbench.hands import Hands, Keyboard, Mouse

pytestmark = pytest.mark.slow

GIST = "Life on the eastern bank follows the ferry."


def change_both(hands: Hands, bench: Bench) -> str:
    """Change the outlet and write a gist in the workbench, then outlet and author on disk; the file on disk."""
    hands.open(LARGEST)
    hands.gist(13, GIST)
    expect(hands.page.locator("#p13")).not_to_contain_class("missing")
    hands.view("source", "d")
    hands.use(hands.page.locator("#source-fields"))
    hands.note(hands.page.locator("#r-outlet"), "/Chronicle of mine")
    expect(hands.page.locator("#about")).to_contain_text("Chronicle of mine")
    path = bench.root / FOLDER / "sources" / f"{LARGEST}.yml"
    theirs = path.read_text(encoding="utf-8").replace("outlet: unknown", "outlet: Another editor's  # as printed")
    theirs = theirs.replace("author: Wim Example", "author: Wim X. Example")
    path.write_text(theirs, encoding="utf-8")
    return theirs


def save(hands: Hands, page: Page) -> None:
    """Save, and get both versions."""
    if isinstance(hands, Keyboard):
        hands.press("Escape")
        hands.press("Control+s")
    else:
        hands.click(page.locator("#save"))
    expect(page.locator("dialog .difference").first).to_be_visible()


@pytest.mark.parametrize("way", [Mouse, Keyboard])
def test_each_difference_is_chosen(way: type[Hands], bench: Bench, tab: Open) -> None:
    """What only one side changed is chosen already; what both changed must be chosen, and then all of it is saved."""
    page = open_bench(tab, bench)
    hands = way(page)
    theirs = change_both(hands, bench)
    save(hands, page)
    path = bench.root / FOLDER / "sources" / f"{LARGEST}.yml"
    assert path.read_text(encoding="utf-8") == theirs
    outlet = page.locator(".difference").filter(has_text="changed in both")
    expect(outlet).to_have_count(1)
    expect(outlet.locator("input:checked")).to_have_count(0)
    assert violations(page) == []
    hands.use(page.locator("#take"))
    expect(page.locator("dialog .problem").last).to_contain_text("Choose one of the two values")
    mine = outlet.get_by_role("radio").first
    expect(mine).to_be_focused()
    if isinstance(hands, Keyboard):
        hands.press("Space")
    else:
        hands.click(mine)
    hands.use(page.locator("#take"))
    expect(page.locator("dialog .fine")).to_contain_text("Saved")
    text = path.read_text(encoding="utf-8")
    for words in (GIST, "Chronicle of mine", "author: Wim X. Example", "# as printed"):
        assert words in text
    assert "Another editor's" not in text
    assert not isinstance(hands, Keyboard) or hands.clicks == 0


def test_their_version_can_be_taken_whole(bench: Bench, tab: Open) -> None:
    """Both versions are there to read as a whole, and the file on disk can be taken as it is."""
    page = open_bench(tab, bench, width=768, dark=True)
    hands = Mouse(page)
    theirs = change_both(hands, bench)
    save(hands, page)
    hands.click(page.locator("dialog details summary"))
    expect(page.locator("dialog .versions")).to_contain_text(GIST)
    expect(page.locator("dialog .versions")).to_contain_text("Another editor's")
    assert violations(page) == []
    assert not sideways(page)
    hands.click(page.get_by_role("button", name="Drop my changes"))
    expect(page.locator("dialog")).to_have_count(0)
    expect(page.locator("#about")).to_contain_text("Another editor's")
    assert (bench.root / FOLDER / "sources" / f"{LARGEST}.yml").read_text(encoding="utf-8") == theirs
