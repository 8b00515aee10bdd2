"""Paper: a whole briefing in the order of reading, on numbered pages, without the site's menus."""

import io
import re

import pytest
from pdfminer.high_level import extract_text
from playwright.sync_api import Page

from tests.browser import Open
from tests.projects import BuiltSite

BRIEFING = "briefings/quay-bridge/"


def print_page(page: Page) -> list[str]:
    """The text of each sheet of paper, with single spaces."""
    sheets = extract_text(io.BytesIO(page.pdf(prefer_css_page_size=True))).split("\f")
    return [" ".join(sheet.split()) for sheet in sheets if sheet.strip()]


@pytest.mark.slow
def test_a_whole_briefing_goes_onto_paper(built_site: BuiltSite, server: str, tab: Open) -> None:
    """One tap prints the overview, the grid, every topic with all its quotations, and the articles, in this order."""
    opened = tab(server, fresh=True)
    opened.page.add_init_script("window.print = () => { window.printed = (window.printed || 0) + 1; };")
    page = opened.open(BRIEFING)
    shown = page.locator("main").inner_text()
    page.get_by_role("button", name="Print the whole briefing").click()
    page.wait_for_function("() => window.printed === 1")
    assert page.locator("main").inner_text() == shown, "the screen stays as it is"
    sheets = print_page(page)
    text = " ".join(sheets)
    data = built_site.data("quay-bridge")
    briefing, topics = data["briefing"], data["briefing"]["topics"]
    order = [briefing["question"], "What each article answers"]
    order += [f"{topic['title']} {topic['question'] or ''}".strip() for topic in topics]
    places = [text.find(heading) for heading in [*order, "Articles Three of the five"]]
    assert places == sorted(places)
    assert min(places) >= 0
    letters = re.sub(r"\W", "", text)
    for claim in data["claims"]:
        assert re.sub(r"\W", "", claim["text"]) in letters
        for statement in claim["statements"]:
            if statement["quote"].isascii():  # the fonts of the system may not say which letters others are
                assert re.sub(r"\W", "", statement["quote"]) in letters, statement["quote"]
    page.get_by_role("button", name="Print the whole briefing").click()
    page.wait_for_function("() => window.printed === 2")
    assert page.locator(".paper").count() == 1
    assert (opened.errors, opened.foreign) == ([], [])


@pytest.mark.slow
@pytest.mark.parametrize("path", ["", BRIEFING, f"{BRIEFING}matrix/", "method/", "contribute/handbook/"])
def test_sheets_are_numbered_and_have_no_menus(server: str, tab: Open, path: str) -> None:
    """Each sheet says which of how many it is, and none has the menus; dark screens print on white."""
    page = tab(server, dark=True).open(path)
    sheets = print_page(page)
    for number, sheet in enumerate(sheets, 1):
        assert f"{number} / {len(sheets)}" in sheet
    text = " ".join(sheets)
    for menu in ("Briefings People How it works About", "Overview Matrix Topics", "About this site Data"):
        assert menu not in text
    page.emulate_media(media="print", color_scheme="dark")
    assert page.evaluate("getComputedStyle(document.body).colorScheme") == "light"
    assert page.locator(".parts:visible, .site-nav:visible, button:visible").count() == 0
