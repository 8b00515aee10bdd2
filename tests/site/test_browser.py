"""The built site in Chromium: what a reader sees, hears, reaches and is spared."""

import itertools
import re
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.browser import KINDS, Open, in_both_colours, probe, side_by_side, sideways, violations
from tests.projects import BuiltSite

# -- every kind of page --------------------------------------------------------------------------------------------


#: Each kind of page in each size; of all these only the overview on a phone is tried in a quick run.
LOOKS = [
    pytest.param(kind, width, marks=() if (kind, width) == ("overview", 360) else pytest.mark.slow)
    for kind, width in itertools.product(KINDS, (1280, 360))
]


@pytest.mark.parametrize(("kind", "width"), LOOKS)
def test_page_is_sound(server: str, tab: Open, kind: str, width: int) -> None:
    """In light and in dark a page has no axe violation and no sideways scroll; it has no error in the console and makes
    no request to another origin. On a desk it comes in light colours, on a phone in dark ones."""
    opened = tab(server, width=width, dark=width < 500)
    page = opened.open(KINDS[kind])
    for paper in in_both_colours(page):
        assert page.evaluate("getComputedStyle(document.body).backgroundColor") == paper
        assert violations(page) == []
        assert sideways(page) == 0
    assert opened.errors == []
    assert opened.foreign == []


@pytest.mark.slow
@pytest.mark.long
def test_no_page_scrolls_sideways_on_the_smallest_phone(built_site: BuiltSite, server: str, tab: Open) -> None:
    """No page of the site is wider than 320 pixels."""
    wide = {path: sideways(frame) for path, frame in side_by_side(tab(server), built_site.paths, 320, 700)}
    assert len(wide) == len(built_site.paths) > 200
    assert {path: by for path, by in wide.items() if by} == {}


@pytest.mark.slow
def test_missing_page_says_so(server: str, tab: Open) -> None:
    """An address without a page shows the site's own page for it, in its style, with a way home."""
    opened = tab(server)
    page = opened.open("no-such-page/")
    expect(page.locator("h1")).to_have_text("Page not found")
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(252, 251, 248)"
    page.locator("article a", has_text="Briefings").click()
    expect(page).to_have_url(server)


# -- the matrix ----------------------------------------------------------------------------------------------------


def test_matrix_mark_leads_to_the_words(built_site: BuiltSite, server: str, tab: Open) -> None:
    """Without scripts a click on a mark in the matrix brings the statement itself into sight."""
    claim = next(c for c in built_site.data()["claims"] if len(c["statements"]) > 1)
    statement = claim["statements"][-1]
    page = tab(server, script=False).open(KINDS["matrix"])
    page.locator(f".matrix a[href$='#s-{statement['id']}']").click()
    expect(page.locator(":target blockquote")).to_contain_text(statement["quote"])
    expect(page.locator(":target")).to_be_in_viewport()


# -- without scripts, without a mouse, on paper --------------------------------------------------------------------


@pytest.mark.slow
def test_everything_is_there_without_scripts(built_site: BuiltSite, server: str, tab: Open) -> None:
    """With JavaScript off every quotation is visible where its mark in the matrix leads."""
    opened = tab(server, script=False)
    for slug in ("harbour-tunnel", "story-000"):
        marks = opened.open(f"briefings/{slug}/matrix/").locator(".matrix td a[href]")
        hrefs = [str(a.get_attribute("href")) for a in marks.all()]
        pages: dict[str, list[str]] = {}
        for href in hrefs:
            path, anchor = href.split("#")
            pages.setdefault(path.replace("../", f"briefings/{slug}/"), []).append(anchor)
        assert len(hrefs) == sum(len(c["statements"]) for c in built_site.data(slug)["claims"])
        quotes = {s["id"]: s["quote"] for c in built_site.data(slug)["claims"] for s in c["statements"]}
        for path, anchors in pages.items():
            page = opened.open(path)
            for anchor in anchors:
                words = page.locator(f"[id='{anchor}'] blockquote")
                expect(words).to_be_visible()
                assert quotes[anchor.removeprefix("s-")] in str(words.text_content())


@pytest.mark.slow
def test_keyboard_reaches_everything(server: str, tab: Open) -> None:
    """Tab reaches the skip link first, then the briefing's navigation and a mark, and each stop shows the focus. After
    the skip link the next stop is in the page's own content."""
    page = tab(server).open(KINDS["matrix"])
    stops: list[dict[str, Any]] = []
    for _ in range(60):
        page.keyboard.press("Tab")
        stop = probe(page, "focus")
        if stop["body"]:
            break
        stops.append(stop)
    assert stops[0]["skip"]
    assert any(stop["part"] for stop in stops)
    assert any(stop["mark"] for stop in stops)
    assert [stop["what"] for stop in stops if not stop["shown"]] == []
    page = tab(server).open(KINDS["topic"])
    for key in ("Tab", "Enter", "Tab"):
        page.keyboard.press(key)
    assert page.evaluate("document.activeElement.closest('article') !== null")


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["topic", "source", "speaker", "disagreements"])
def test_every_quotation_is_printed(server: str, tab: Open, kind: str) -> None:
    """On paper every quotation of a page is visible, in ink on white, and the site's frame is gone."""
    page = tab(server, dark=True).open(KINDS[kind])
    page.emulate_media(media="print")
    quotes = page.locator("blockquote").all()
    assert len(quotes) >= 2
    for quote in quotes:
        expect(quote).to_be_visible()
    expect(page.locator(".masthead")).to_be_hidden()
    ink = page.evaluate("getComputedStyle(document.querySelector('blockquote p')).color")
    assert sum(map(int, re.findall(r"\d+", ink)[:3])) < 250
