"""What a reader does: the first thirty seconds, choosing in the matrix, opening a cell, copying, citing, previews.

In a real browser, on the built site; what is expected comes from the published data, not from the pages.
"""

import dataclasses
import gzip
import re
from itertools import pairwise
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Page, Response, expect

from synoptic.model.site import Publication, Site
from synoptic.pages.claim import claim_view
from synoptic.pages.context import Context
from synoptic.pages.environment import THEME
from tests.browser import KINDS, Open, violations
from tests.projects import BuiltSite
from tests.site import CASES

SLUG = "story-000"
OVERVIEW = f"briefings/{SLUG}/"
MATRIX = f"{OVERVIEW}matrix/"


def rows(page: Page) -> list[str]:
    """The claims whose rows are shown."""
    page.wait_for_function("() => document.readyState === 'complete' && !document.querySelector('[aria-busy]')")
    return [str(row.get_attribute("id")).removeprefix("row-") for row in page.locator("tr[data-verdict]:visible").all()]


def open_filters(page: Page) -> Page:
    """The matrix with its filters unfolded."""
    page.locator(".choose summary").click()
    return page


def stances(claim: dict[str, Any], source: str) -> set[str]:
    """The stances that a source carries on a claim."""
    return {s["stance"] for s in claim["statements"] if s["source"] == source}


def differs(claim: dict[str, Any], sources: list[str]) -> bool:
    """Whether sources that say something of a claim differ, or one of them contradicts itself."""
    taken = [mine for source in sources if (mine := stances(claim, source))]
    return any(a != b for a, b in pairwise(taken)) or any({"asserts", "denies"} <= mine for mine in taken)


# -- thirty seconds ------------------------------------------------------------------------------------------------


@pytest.mark.slow
@pytest.mark.parametrize(("width", "height"), [(1280, 800), (360, 740)])
@pytest.mark.parametrize("slug", [SLUG, "harbour-tunnel"])
def test_first_screen_has_it_all(server: str, tab: Open, slug: str, width: int, height: int) -> None:
    """Without scrolling one sees the question, the bottom line with its links, and what twelve articles are; on a
    phone their list begins there."""
    page = tab(server, width=width, height=height).open(f"briefings/{slug}/")
    articles = ".provenance li" if width > height else ".provenance li >> nth=0"
    for part in ("h1", ".bottom-line", ".bottom-line a", ".kicker span >> nth=1", articles):
        for one in page.locator(part).all()[:12]:
            expect(one).to_be_in_viewport(ratio=0.99)
    assert re.search(r" articles( of \d+ origins)?: ", str(page.locator(".kicker").text_content()))


# -- choosing ------------------------------------------------------------------------------------------------------


@pytest.mark.slow
@pytest.mark.parametrize("view", ["matrix/", "matrix/speakers/"])
def test_every_choice_leaves_as_many_rows_as_it_says(server: str, tab: Open, view: str) -> None:
    """For each value of each filter the rows shown, the number in the list and the status agree."""
    page = open_filters(tab(server).open(OVERVIEW + view))
    every = page.locator("tr[data-verdict]")
    for select in page.locator(".filters select").all():
        for value, label in select.evaluate("s => [...s.options].map(o => [o.value, o.textContent])"):
            if not value or not label.endswith(")"):
                continue
            select.select_option(value)
            count = label.rsplit("(", 1)[1].rstrip(")")
            expect(page.locator(".choose [role=status]")).to_have_text(f"{count} of {every.count()} claims")
            assert page.locator("tr[data-verdict]:visible").count() == int(count), label
            assert page.locator("tbody:visible").count() <= int(count)
        select.select_option("")
    page.locator(".filters select").first.select_option(index=1)
    page.get_by_role("button", name="Show all").click()
    expect(page.locator("tr[data-verdict]:visible")).to_have_count(every.count())
    assert urlsplit(page.url).query == ""


@pytest.mark.slow
def test_two_sources_are_compared(built_site: BuiltSite, server: str, tab: Open) -> None:
    """Two chosen sources show their two columns and the claims that either has; the address brings it all back."""
    claims = built_site.data(SLUG)["claims"]
    two = [source["id"] for source in built_site.data(SLUG)["sources"]][:2]
    page = open_filters(tab(server).open(MATRIX))
    for source in two:
        page.locator(f"[name=columns][value={source}]").check()
    assert rows(page) == [c["id"] for c in claims if stances(c, two[0]) or stances(c, two[1])]
    assert page.locator("thead th[data-id]:visible").count() == 2
    assert parse_qs(urlsplit(page.url).query) == {"columns": two}
    page.get_by_label("only differences").check()
    expect(page.locator(".choose [role=status]")).to_contain_text(f"{len([c for c in claims if differs(c, two)])} of")
    differ = [c["id"] for c in claims if differs(c, two)]
    assert rows(page) == differ
    again = tab(server)
    again.page.goto(page.url)
    assert rows(again.page) == differ
    assert again.page.locator("thead th[data-id]:visible").count() == 2
    expect(again.page.get_by_label("only differences")).to_be_checked()


@pytest.mark.slow
def test_only_differences_shows_where_sources_part(built_site: BuiltSite, server: str, tab: Open) -> None:
    """Without a choice of columns, only differences leaves claims on which sources differ or one contradicts itself."""
    sources = [source["id"] for source in built_site.data(SLUG)["sources"]]
    wanted = [claim["id"] for claim in built_site.data(SLUG)["claims"] if differs(claim, sources)]
    assert rows(tab(server).open(f"{MATRIX}?differ=yes")) == wanted
    assert wanted


@pytest.mark.slow
def test_choices_carry_over_to_the_other_matrix(server: str, tab: Open) -> None:
    """The link to the matrix by speaker keeps the topic and the stance."""
    page = tab(server).open(f"{MATRIX}?topic=topic-0&stance=asserts&columns=paper-0")
    page.locator("a.other").click()
    page.wait_for_url("**/matrix/speakers/?**")
    assert parse_qs(urlsplit(page.url).query) == {"topic": ["topic-0"], "stance": ["asserts"]}
    expect(page.locator("tbody:visible")).to_have_count(1)


# -- an open cell --------------------------------------------------------------------------------------------------


@pytest.mark.slow
@pytest.mark.parametrize("width", [1280, 360])
def test_cell_opens_and_closes(built_site: BuiltSite, server: str, tab: Open, width: int) -> None:
    """A cell opens all its quotations in place, with receipt and source; Escape closes it and gives the focus back."""
    claim, source = next(
        (c, s["source"]) for c in built_site.data()["claims"] for s in c["statements"]
        if sum(one["source"] == s["source"] for one in c["statements"]) > 1
    )  # fmt: skip
    mine = [s for s in claim["statements"] if s["source"] == source]
    opened = tab(server, width=width)
    page = opened.open(KINDS["matrix"])
    mark = page.locator(f".matrix a[href$='#s-{mine[0]['id']}']")
    mark.click()
    region = page.locator(".opened")
    for statement in mine:
        expect(region).to_contain_text(statement["quote"])
        expect(region.locator(f"a[href$='#r-{statement['id']}']")).to_be_visible()
    expect(region.locator(f"a[href$='/sources/{source}/']").first).to_be_visible()
    expect(region).to_be_focused()
    expect(region).to_be_in_viewport()
    expect(mark).to_have_attribute("aria-expanded", "true")
    assert f"open={mine[0]['id']}" in page.url
    assert violations(page) == []
    again = tab(server, width=width)
    again.page.goto(page.url)
    expect(again.page.locator(".opened")).to_contain_text(mine[-1]["quote"])
    page.keyboard.press("Escape")
    expect(region).to_have_count(0)
    expect(mark).to_be_focused()
    assert "open=" not in page.url
    page.keyboard.press("Enter")
    expect(region).to_be_focused()
    region.get_by_role("button", name="Close").click()
    expect(mark).to_be_focused()
    assert (opened.errors, opened.foreign) == ([], [])


@pytest.mark.slow
def test_cell_leads_to_the_words_where_opening_fails(server: str, tab: Open) -> None:
    """Where the other page cannot be fetched, a mark leads there as any link does."""
    page = tab(server).open(MATRIX)
    page.evaluate("() => { window.fetch = () => Promise.reject(new Error('offline')); }")
    page.locator(".matrix td a").first.click()
    page.wait_for_url("**/topics/**")
    expect(page.locator(":target blockquote")).to_be_visible()


# -- a claim -------------------------------------------------------------------------------------------------------


@pytest.mark.slow
def test_link_and_citation_are_copied(built_site: BuiltSite, server: str, tab: Open) -> None:
    """The link of a claim and its citation go to the clipboard, each with the claim's permanent address, and the page
    stays; the same for the briefing."""
    claim = built_site.data(SLUG)["claims"][0]
    page = tab(server, fresh=True).open(f"{OVERVIEW}topics/{claim['topic']}/")
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    section = page.locator(f"[id='{claim['id']}'] + .claim")
    section.get_by_role("link", name="Copy link").click()
    expect(section.get_by_text("Copied")).to_be_visible()
    address = f"{server}{claim['path']}"
    assert page.url == f"{server}{OVERVIEW}topics/{claim['topic']}/"
    assert page.evaluate("navigator.clipboard.readText()") == address
    section.locator("summary").click()
    section.get_by_role("button", name="Copy the citation").click()
    expect(section.get_by_text("Copied").last).to_be_visible()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert claim["text"] in copied
    assert copied.endswith(address)
    page.goto(address)
    page.wait_for_url(f"{server}{OVERVIEW}topics/{claim['topic']}/#{claim['id']}")
    page.goto(f"{server}{OVERVIEW}data/")
    page.get_by_role("button", name="Copy the citation").click()
    expect(page.get_by_text("Copied").last).to_be_visible()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied.startswith(built_site.data(SLUG)["briefing"]["title"])
    assert copied.endswith(f" {server}{OVERVIEW}")


@pytest.mark.parametrize(("settings", "start"), CASES["reports"])
def test_report_knows_its_claim(site: Site, settings: dict[str, Any], start: str) -> None:
    """A report names the briefing, the claim and its sources, and there is no link where nothing is configured."""
    site = dataclasses.replace(site, publication=Publication.of(settings), commits={"harbour-tunnel": "f" * 40})
    briefing = site.briefing["harbour-tunnel"]
    claim = next(c for c in briefing.claims if len({s.source for s in c.statements}) > 1)
    found = claim_view(Context(site, briefing), claim).report
    assert found.startswith(start)
    assert bool(found) == bool(start)
    if found:
        assert f"{briefing.slug}%2F{claim.id}" in found or f"{briefing.slug}/{claim.id}" in found
        assert claim.statements[0].source in found
        assert ("f" * 40 in found) == found.startswith("http")


@pytest.mark.slow
def test_preview_shows_a_claim_before_one_goes_there(server: str, tab: Open) -> None:
    """Hovering a link, or reaching it by keyboard, shows the claim and its words; Escape puts them away."""
    opened = tab(server)
    page = opened.open(KINDS["overview"])
    link = page.locator(".bottom-line a").first
    link.hover()
    box = page.locator(".preview")
    expect(box.locator("blockquote").first).to_be_visible()
    expect(box).to_be_in_viewport()
    assert violations(page) == []
    page.keyboard.press("Escape")
    expect(box).to_have_count(0)
    page.mouse.move(0, 0)
    link.focus()
    page.keyboard.press("Tab")
    expect(box).to_have_count(1)
    assert page.evaluate("document.activeElement.getAttribute('aria-describedby')") == "preview"
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    expect(box).to_have_count(1)
    assert (opened.errors, opened.foreign) == ([], [])


# -- new since the last visit -----------------------------------------------------------------------------------------


def test_what_is_new_since_the_last_visit(server: str, tab: Open) -> None:
    """A first visit marks nothing; after that what changed since is marked, and the matrix can show just that."""
    matrix = "briefings/harbour-tunnel/matrix/"
    opened = tab(server)
    page = opened.open(matrix)
    assert page.locator("mark").count() == 0
    assert not page.get_by_label("only new since your last visit").is_visible()
    key = page.evaluate("Object.keys(localStorage)[0]")
    assert key == "/briefings/harbour-tunnel/"

    def came(day: str) -> Page:
        page.evaluate(f"localStorage.setItem('{key}', '{day}')")
        return open_filters(opened.open(matrix))

    came("2031-03-13")
    assert page.locator("mark").count() == 0
    came("2031-03-12")
    marked = page.locator("tr[data-verdict]:has(th mark)")
    assert [row.get_attribute("id") for row in marked.all()] == ["row-two-years-late"]
    assert page.locator("td mark").count() == 0  # our own words changed, not what an article says
    page.get_by_label("only new since your last visit").check()
    assert rows(page) == ["two-years-late"]
    assert "new=yes" in page.url
    page.get_by_role("button", name="Show all").click()
    expect(page.locator("tr[data-verdict]:visible")).to_have_count(5)
    opened.open("briefings/harbour-tunnel/topics/opening-date/")  # another page on the same day: still new
    assert page.locator(".claim:has(mark)").count() == 1
    assert page.locator("#two-years-late + .claim mark").is_visible()
    assert opened.errors == []


def test_a_browser_that_keeps_nothing(server: str, tab: Open) -> None:
    """Where storing is forbidden nothing is new, and nothing fails."""
    opened = tab(server, fresh=True)
    opened.page.add_init_script("Object.defineProperty(window, 'localStorage', {get() { throw new Error('no') }})")
    page = open_filters(opened.open("briefings/harbour-tunnel/matrix/"))
    assert page.locator("mark").count() == 0
    page.get_by_label("only differences").check()
    assert "differ=yes" in page.url


# -- weight --------------------------------------------------------------------------------------------------------


def test_script_and_style_stay_small(built_site: BuiltSite) -> None:
    """What any page loads of our own script is at most 15 KB, of our style 25 KB, as they are read."""
    ours = {p.name: p.stat().st_size for p in (THEME / "assets").iterdir() if p.suffix in (".js", ".css")}
    assert len(ours) >= 4
    for path in built_site.paths:
        loaded = {name for link in built_site.page(path).links if (name := link.value.rpartition("/")[2]) in ours}
        assert "synoptic.css" in loaded, path
        assert sum(ours[name] for name in loaded if name.endswith(".js")) <= 15 * 1024, path
        assert sum(ours[name] for name in loaded if name.endswith(".css")) <= 25 * 1024, path


@pytest.mark.slow
def test_pages_are_light(server: str, tab: Open) -> None:
    """Any page costs at most 300 KB at first, and 60 KB after another, compressed as any host does."""
    everything = {**KINDS, "large matrix": MATRIX, "large topic": f"{OVERVIEW}topics/topic-0/"}
    weight: dict[str, int] = {}
    asked: list[str] = []

    def note(response: Response) -> None:
        if response.ok and "/pagefind/" not in response.url:
            asked.append(response.url)
            if response.url not in weight:
                weight[response.url] = len(gzip.compress(response.body(), 6))

    opened = tab(server, fresh=True)
    opened.page.on("response", note)
    opened.page.context.new_cdp_session(opened.page).send("Network.setCacheDisabled", {"cacheDisabled": True})
    opened.open("")
    before = set(asked)
    for kind, path in everything.items():
        asked.clear()
        opened.open(path)
        assert 0 < sum(weight[url] for url in set(asked)) <= 300 * 1024, kind
        assert sum(weight[url] for url in set(asked) - before) <= 60 * 1024, kind
        before.update(asked)
