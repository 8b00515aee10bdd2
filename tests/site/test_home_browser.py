"""The home page in a browser: what it sells in five seconds, on any screen."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser import KINDS, Open, sideways, violations
from tests.projects import BuiltSite


@pytest.mark.slow
@pytest.mark.parametrize(("width", "height"), [(1280, 800), (360, 740)])
@pytest.mark.parametrize("dark", [False, True])
def test_first_screen_says_what_this_is(server: str, tab: Open, width: int, height: int, dark: bool) -> None:
    """Without scrolling one reads one line on what this is and two quotations face to face, and sees that a briefing
    follows."""
    opened = tab(server, width=width, height=height, dark=dark)
    page = opened.open(KINDS["home"])
    for part in ("h1", ".bottom-line", ".voice >> nth=0", ".voice >> nth=1"):
        expect(page.locator(part)).to_be_in_viewport(ratio=0.99)
    expect(page.locator(".briefings .card").first).to_be_in_viewport(ratio=0.1)
    assert sideways(page) == 0
    assert violations(page) == []
    assert (opened.errors, opened.foreign) == ([], [])


@pytest.mark.slow
@pytest.mark.parametrize("script", [True, False])
def test_quotations_are_those_of_the_data(built_site: BuiltSite, server: str, tab: Open, script: bool) -> None:
    """The two quotations are of two articles of one published briefing, and each leads to its words."""
    opened = tab(server, script=script)
    page = opened.open(KINDS["home"])
    quotes = [text.strip("“”") for text in page.locator(".voice blockquote").all_text_contents()]
    slug = re.findall("briefings/([^/]+)/", str(page.locator(".live h2 a").get_attribute("href")))[0]
    statements = [s for claim in built_site.data(slug)["claims"] for s in claim["statements"]]
    sources = [{s["source"] for s in statements if s["quote"] == quote} for quote in quotes]
    assert len(sources) == 2
    assert all(sources)
    assert len(set.union(*sources)) > 1
    page.locator(".voice blockquote a").first.click()
    page.wait_for_url(f"**/briefings/{slug}/topics/**#s-*")
    expect(page.locator(":target blockquote").first).to_contain_text(quotes[0])


@pytest.mark.slow
def test_every_briefing_has_a_picture_in_words_too(server: str, tab: Open) -> None:
    """Each card has a picture of its own that a screen reader reads out, and a tap anywhere on it opens the
    briefing."""
    page = tab(server, width=360).open(KINDS["home"])
    cards = page.locator(".briefings .card")
    assert cards.count() >= 3
    for card in cards.all():
        picture = card.get_by_role("img")
        assert picture.locator("rect").count() > 1
        assert str(picture.locator("title").text_content()).startswith(("What ", "The verdicts on "))
        assert len(str(picture.locator("desc").text_content())) > 20
    href = str(cards.first.locator("h2 a").get_attribute("href"))
    cards.first.locator("svg").click(force=True)
    page.wait_for_url(f"**/{href}")
