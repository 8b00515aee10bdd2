"""The timeline and the figures, as a browser shows them."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser import Open, sideways, violations

BASE = "briefings/quay-bridge/"


def lefts(page: Page) -> set[float]:
    """Where the lanes begin, in pixels from the left."""
    found: list[float] = page.locator(".lane").evaluate_all("lanes => lanes.map(l => l.getBoundingClientRect().left)")
    assert len(found) > 2
    return set(found)


@pytest.mark.slow
def test_lanes_stand_side_by_side_or_below_each_other(server: str, tab: Open) -> None:
    """On a wide screen each article has a lane beside the others; on a phone the lanes are a list."""
    wide = tab(server).open(f"{BASE}timeline/")
    assert len(lefts(wide)) == wide.locator(".lane").count()
    phone = tab(server, width=360).open(f"{BASE}timeline/")
    assert len(lefts(phone)) == 1
    assert sideways(phone) <= 0


@pytest.mark.slow
def test_arrows_carry_the_articles_words(server: str, tab: Open) -> None:
    """An arrow has its words beside it, which say what they count from; a date of the calendar leads to its event."""
    page = tab(server, script=False).open(f"{BASE}timeline/")
    arrow = page.locator("[id=e-closing] .arrow")
    expect(arrow).to_contain_text("“on Monday evening” counted from the day of the article")
    assert arrow.locator("svg[aria-hidden=true]").count() == 1
    link = page.locator("ol.rows a", has_text="The bridge is built")
    assert (link.get_attribute("href") or "").endswith("#e-building")
    link.click()
    expect(page.locator("[id=e-building]")).to_be_in_viewport()


@pytest.mark.slow
@pytest.mark.parametrize("part", ["timeline/", "figures/"])
@pytest.mark.parametrize("media", ["print", "forced colours"])
def test_pictures_are_drawn_on_paper_and_in_forced_colours(server: str, tab: Open, part: str, media: str) -> None:
    """On paper and with the reader's own colours the marks differ from what is behind them."""
    page = tab(server).open(BASE + part)
    if media == "print":
        page.emulate_media(media="print")
    else:
        page.emulate_media(forced_colors="active")
    colours = page.locator("svg.pic line, svg.pic circle, svg.pic rect").evaluate_all(
        "marks => marks.map(m => [getComputedStyle(m).stroke, getComputedStyle(document.body).backgroundColor])"
    )
    assert len(colours) > 3
    assert all(stroke not in ("none", behind) for stroke, behind in colours)


@pytest.mark.slow
def test_numbers_are_large_and_say_what_they_cannot_be_compared_with(server: str, tab: Open) -> None:
    """A number is at least 30 pixels high; two numbers of one measure say why they may not be compared."""
    opened = tab(server, width=360)
    page = opened.open(f"{BASE}figures/")
    numbers = page.locator(".number .value b")
    sizes = numbers.evaluate_all("all => all.map(b => parseFloat(getComputedStyle(b).fontSize))")
    assert min(sizes) >= 30
    cost = page.locator(".measure", has_text="What the work costs")
    assert cost.locator(".number").count() == 2
    expect(cost.locator(".caveats")).to_contain_text("They are of different dates")
    assert violations(page) == []
