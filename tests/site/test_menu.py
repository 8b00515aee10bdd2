"""The menus: of the site, of a section and of a briefing, on any screen."""

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser import KINDS, Open, sideways, violations

MENU = ["Briefings", "People", "How it works", "About"]
#: Pages of briefings by address: the part they belong to, and their tab in it ("" if it has no tabs).
PLACES = {
    "briefings/night-ferry/": ("Overview", ""),
    "briefings/night-ferry/disagreements/": ("Overview", ""),
    "briefings/night-ferry/matrix/speakers/": ("Matrix", ""),
    "briefings/night-ferry/receipts/post/": ("Articles", "Articles"),
    "briefings/night-ferry/telling/": ("Articles", "How each tells it"),
    "briefings/night-ferry/wordings/": ("Articles", "Wordings"),
    "briefings/night-ferry/speakers/": ("People", ""),
    "briefings/night-ferry/timeline/": ("Timeline and figures", "Timeline"),
    "briefings/night-ferry/figures/": ("Timeline and figures", "Figures"),
    "briefings/harbour-tunnel/changes/": ("About this briefing", "Changes"),
    "briefings/quay-bridge/gone/": ("About this briefing", "Moved and removed"),
    "briefings/story-000/topics/topic-0/": ("Topics", ""),
}
#: Pages of the site by address: the entry of the menu, the section, and the page in it.
SECTIONS = {
    "": ("Briefings", "", ""),
    "briefings/harbour-tunnel/": ("Briefings", "", ""),
    "speakers/": ("People", "", ""),
    "method/": ("How it works", "", ""),
    "about/": ("About", "", "About this site"),
    "data/": ("About", "", "Data"),
    "contribute/handbook/": ("About", "Contribute", "Handbook"),
    "architecture/": ("About", "Contribute", "Architecture"),
}


def texts(page: Page, where: str) -> list[str]:
    """The texts of the elements at a place."""
    return [text.strip() for text in page.locator(where).all_text_contents()]


@pytest.mark.slow
@pytest.mark.parametrize("path", PLACES)
def test_every_part_is_one_tap_away_on_a_phone(server: str, tab: Open, path: str) -> None:
    """On a phone a briefing has at most seven parts, each whole and large enough to tap; the part and the tab at hand
    are marked."""
    part, inside = PLACES[path]
    page = tab(server, width=360).open(path)
    assert len(texts(page, ".parts:not(.tabs) a")) <= 7
    for link in page.locator(".parts a").all():
        box: Any = link.bounding_box()
        assert 0 <= box["x"] <= 360 - box["width"]
        assert box["height"] >= 24
    assert texts(page, ".parts:not(.tabs) a[aria-current]") == [part]
    assert texts(page, ".tabs a[aria-current=page]") == ([inside] if inside else [])


@pytest.mark.slow
@pytest.mark.parametrize("path", SECTIONS)
def test_menu_has_four_entries_and_says_where_one_is(server: str, tab: Open, path: str) -> None:
    """The menu has four entries, also at the foot, and marks the one that a page is in; its section follows below."""
    entry, section, name = SECTIONS[path]
    page = tab(server).open(path)
    for menu in (".site-nav", ".foot .site-links"):
        assert texts(page, f"{menu} > a")[:4] == MENU
        assert texts(page, f"{menu} > a[aria-current]") == [entry]
    if name:
        marked = texts(page, ".parts a[aria-current]")
        assert marked == ([section] if section else []) + [name]


@pytest.mark.slow
@pytest.mark.parametrize(
    ("width", "groups"), [(1280, ["How-to guides", "Reference", "Explanation"]), (360, ["How-to guides"])]
)
def test_documentation_is_in_groups(server: str, tab: Open, width: int, groups: list[str]) -> None:
    """Above a page for contributors each kind of page is a group under its name, on a phone that of the page alone;
    and every link is whole and large enough to tap."""
    page = tab(server, width=width).open(KINDS["handbook"])
    shown = page.locator(".tabs [role=group]:visible")
    assert shown.locator("b").all_text_contents() == groups
    assert [group.get_attribute("aria-label") for group in shown.all()] == groups
    for link in page.locator(".tabs a:visible").all():
        box: Any = link.bounding_box()
        assert 0 <= box["x"] <= width - box["width"]
        assert box["height"] >= 24
    assert sideways(page) == 0


@pytest.mark.slow
def test_drawer_names_the_sections(server: str, tab: Open) -> None:
    """On a phone the drawer names the sections around the page at hand, and leads to its headings."""
    opened = tab(server, width=360, height=740)
    page = opened.open(KINDS["handbook"])
    page.get_by_role("button", name="Menu").click()
    drawer = page.locator(".site-nav")
    expect(drawer.get_by_role("link", name="Handbook")).to_have_attribute("aria-current", "page")
    around = drawer.locator("li:has(a[aria-current]) > span")
    assert around.all_text_contents() == ["About", "Contribute", "How-to guides"]
    expect(drawer.get_by_role("link", name="Word a claim")).to_be_visible()
    assert sideways(page) == 0
    assert violations(page) == []
    assert (opened.errors, opened.foreign) == ([], [])
