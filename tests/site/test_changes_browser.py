"""The change log, as a reader uses it."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser import Open, sideways

LOG = "briefings/harbour-tunnel/changes/"


@pytest.mark.slow
@pytest.mark.parametrize("script", [True, False], ids=["with script", "without"])
def test_an_edition_is_told_in_sentences(server: str, tab: Open, script: bool) -> None:
    """Each edition is a day; what changed is told in sentences that open the changes themselves, on a phone and without
    JavaScript, too."""
    page = tab(server, width=360, script=script).open(LOG)
    headings = page.locator("main h2").all_inner_texts()
    assert headings
    assert all(re.fullmatch(r"Edition of \d{1,2} [A-Z][a-z]+ \d{4}", heading.strip()) for heading in headings)
    sentences = page.locator(".changes summary")
    told = [text.strip() for text in sentences.all_inner_texts()]
    assert told
    assert all(re.fullmatch(r"(One|[A-Z][a-z]+|\d+) .+ (was|were) .+\.", text) for text in told), told
    first = page.locator(".changes details").first
    expect(first.locator("li").first).to_be_hidden()
    sentences.first.click()
    expect(first.locator("li").first).to_be_visible()
    assert sideways(page) <= 0


@pytest.mark.slow
def test_a_link_to_a_commit_leads_to_its_edition(server: str, tab: Open) -> None:
    """The address of a commit in the log, which feeds and claims have, leads to the edition that it is part of."""
    page = tab(server).open(LOG)
    anchors = page.locator(".edition > a[id^=c-]").evaluate_all("all => all.map(a => a.id)")
    assert anchors
    page.goto(f"{server}{LOG}#{anchors[-1]}")
    expect(page.locator(f".edition:has([id='{anchors[-1]}'])")).to_be_in_viewport()
