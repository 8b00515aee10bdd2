"""The matrix in Chromium: how much fits on a screen, marks and words, order, verdicts of a choice, and the way back."""

from collections.abc import Callable
from dataclasses import replace
from itertools import combinations
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Page, expect

from synoptic.compare.verdicts import decide_verdict
from tests import synthetic
from tests.browser import KINDS, Open, Serve, Tab, probe, sideways, violations
from tests.projects import BuiltSite, Project, build_once, copy_checkout, load_site

pytestmark = pytest.mark.slow

SLUG = "story-000"
MATRIX = f"briefings/{SLUG}/matrix/"
FEW = KINDS["matrix"]
#: Claims and sources of a briefing, and how high its matrix may be on a phone, in pixels.
LIMITS = [(90, 5, 9_000), (130, 25, 13_000)]


@pytest.fixture(scope="module")
def sized(tmp_path_factory: pytest.TempPathFactory, serve_folder: Serve) -> Callable[[int, int], str]:
    """The address of a site with one briefing of so many claims and sources."""

    def make(root: Path, claims: int, sources: int) -> Project:
        project = copy_checkout(root, example=False)
        synthetic.write(root, 1, claims=claims, sources=sources)
        return project

    def find(claims: int, sources: int) -> str:
        built = build_once(tmp_path_factory, f"matrix-{claims}", lambda root: make(root, claims, sources))
        return serve_folder(built.folder)

    return find


def shown(page: Page) -> list[str]:
    """The claims whose rows are shown, in their order."""
    rows = page.locator("tr[data-verdict]:visible")
    found: list[str] = rows.evaluate_all("rows => rows.map(tr => tr.dataset.claim)")
    return found


def choose(page: Page, name: str, value: str) -> None:
    """Choose a value of a list, and wait for the address to have it."""
    page.locator(f".choose [name={name}]").select_option(value)
    page.wait_for_function(f"() => new URLSearchParams(location.search).get('{name}') === '{value}'")


# -- what fits -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("at", [MATRIX, f"{MATRIX}speakers/", FEW])
@pytest.mark.parametrize("width", [1280, 1000])
def test_heads_stay_in_sight(server: str, tab: Open, at: str, width: int) -> None:
    """However far the page is scrolled, the head of the matrix and the topic stay under the header, on top of the rows,
    and nothing but the page scrolls."""
    page = tab(server, width=width, height=420).open(at)
    seen = probe(page, "matrix")
    assert seen["down"] > 0
    assert abs(seen["gap"]) <= 2
    assert seen["corner"].startswith('<th scope="col">Claim')
    assert seen["head"] == '<th scope="col" '
    assert "rowgroup" in seen["topic"]
    assert seen["scrollers"] == []


@pytest.mark.parametrize(("claims", "sources", "limit"), LIMITS)
def test_matrix_is_short_on_a_phone(
    sized: Callable[[int, int], str], tab: Open, claims: int, sources: int, limit: int
) -> None:
    """At 360 pixels a claim is two lines at most and a row of marks, under 90 pixels, however long its text is; the
    whole page keeps to its limit."""
    page = tab(sized(claims, sources), width=360).open(MATRIX)
    page.evaluate(
        "for (const a of document.querySelectorAll('tr[data-verdict] th a')) a.textContent += ' and more'.repeat(9)"
    )
    rows = probe(page, "lines")
    assert len(rows) == claims
    assert [row for row in rows if row["high"] >= 90 or row["lines"] > 2] == []
    assert page.evaluate("document.documentElement.scrollHeight") < limit
    assert sideways(page) == 0


def test_marks_on_a_phone_say_whose_they_are(built_site: BuiltSite, server: str, tab: Open) -> None:
    """At 360 pixels each mark follows the letter of its article, and a list of letters and names stands above."""
    page = tab(server, width=360).open(FEW)
    names = [source["label"] for source in built_site.data()["sources"]]
    letters = [f'"{letter}"' for letter in "ABCDEFGH"[: len(names)]]
    assert [row["cells"] for row in probe(page, "lines")] == [letters] * len(built_site.data()["claims"])
    assert page.locator(".matrix thead th[data-id] .name").all_inner_texts() == names


@pytest.mark.parametrize("at", [MATRIX, f"{MATRIX}speakers/"])
def test_many_columns_fit(sized: Callable[[int, int], str], tab: Open, at: str) -> None:
    """At 1280 pixels 25 columns fit beside the claims, and no name is cut off."""
    page = tab(sized(130, 25)).open(at)
    assert page.locator("thead th[data-id]:visible").count() >= 25
    assert probe(page, "cut") == {"names": [], "wide": 0}
    assert sideways(page) == 0


@pytest.mark.parametrize("at", [MATRIX, FEW])
def test_topics_are_one_tap_away(server: str, tab: Open, at: str) -> None:
    """The list of topics leads to each topic's rows, below the heads that stay."""
    page = tab(server, height=500).open(at)
    links = page.locator(".jump a")
    for link in links.all()[::2]:
        page.evaluate("scrollTo(0, 0)")
        link.click()
        topic = page.locator(f"[id='{urlsplit(page.url).fragment}'] tr[data-verdict] >> nth=0")
        expect(topic.locator("th")).to_be_in_viewport()
        below: Any = page.locator(".matrix thead").bounding_box()
        first: Any = topic.bounding_box()
        last = link == links.last  # the page may end before its rows reach the head
        assert last or first["y"] >= below["y"] + below["height"]


# -- marks and words -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("at", "width"), [(FEW, 1280), (MATRIX, 1280), (FEW, 360)])
def test_words_take_the_place_of_marks(built_site: BuiltSite, server: str, tab: Open, at: str, width: int) -> None:
    """A cell shows marks until a reader asks for words; then the words of each quotation stand in its cell, the address
    says so, and it brings them back."""
    slug = at.split("/")[1]
    quotes = {s["id"]: s["quote"] for c in built_site.data(slug)["claims"] for s in c["statements"]}
    opened = tab(server, width=width)
    page = opened.open(at)
    assert page.locator(".matrix .w").count() == 0
    page.get_by_label("Words", exact=True).check()
    assert parse_qs(urlsplit(page.url).query) == {"view": ["words"]}
    again = tab(server, width=width)
    for one in (page, again.open(at + "?view=words")):
        mark = one.locator(".matrix td a").first
        name = str(mark.get_attribute("href")).partition("#s-")[2]
        expect(mark).to_contain_text(quotes[name])
        one.locator("tr[data-verdict]").last.scroll_into_view_if_needed()
        last = one.locator(".matrix td a").last
        expect(last).to_contain_text(quotes[str(last.get_attribute("href")).partition("#s-")[2]])
        assert sideways(one) == 0
    assert violations(page) == []
    page.get_by_label("Marks", exact=True).check()
    expect(page.locator(".matrix .w").first).to_be_hidden()
    assert urlsplit(page.url).query == ""
    assert (opened.errors, opened.foreign) == ([], [])


def test_a_mark_shows_its_words_before_one_goes_there(built_site: BuiltSite, server: str, tab: Open) -> None:
    """Hovering a mark shows its quotation; opening its cell puts that away."""
    statement = built_site.data()["claims"][0]["statements"][0]
    page = tab(server).open(FEW)
    mark = page.locator(f".matrix a[href$='#s-{statement['id']}']")
    mark.hover()
    expect(page.locator(".preview")).to_contain_text(statement["quote"])
    mark.click()
    expect(page.locator(".opened")).to_contain_text(statement["quote"])
    expect(page.locator(".preview")).to_have_count(0)


def test_marks_are_named_without_scripts_and_on_paper(server: str, tab: Open) -> None:
    """Where nothing can be opened, each mark of a matrix of few columns says in words what it means, and no row or
    column is left out."""
    page = tab(server, script=False).open(FEW)
    said = "[...document.querySelectorAll('.matrix td a')].map(a => getComputedStyle(a, '::after').content)"
    plain = page.locator(".matrix td a").evaluate_all("all => all.map(a => ` ${a.getAttribute('aria-label')}`)")
    told = tab(server)
    told.open(FEW).emulate_media(media="print")
    assert [one.strip('"') for one in told.page.evaluate(said)] == plain
    assert page.locator("tr[data-verdict]:visible").count() == page.locator("tr[data-verdict]").count()
    expect(page.locator(".choose")).to_be_hidden()


def test_matrix_is_printed_as_it_is_shown(server: str, tab: Open) -> None:
    """On paper the filters are gone, the rows are those that were shown, and how many of how many stands there."""
    page = tab(server, height=420).open(f"{MATRIX}?topic=topic-0")
    page.emulate_media(media="print")
    expect(page.locator(".choose [role=status]")).to_be_visible()
    expect(page.locator(".filters")).to_be_hidden()
    assert page.locator("tr[data-verdict]:visible").count() < page.locator("tr[data-verdict]").count()


# -- order ---------------------------------------------------------------------------------------------------------


def takes(claim: dict[str, Any]) -> list[str]:
    """The stances of each source that says something of a claim."""
    held: dict[str, set[str]] = {}
    for statement in claim["statements"]:
        held.setdefault(statement["source"], set()).add(statement["stance"])
    return [" ".join(sorted(stances)) for stances in held.values()]


def differ(claim: dict[str, Any]) -> int:
    """The pairs of sources that take different stances."""
    return sum(a != b for a, b in combinations(takes(claim), 2))


def test_claims_are_sorted(built_site: BuiltSite, server: str, tab: Open) -> None:
    """The claims that most articles speak of come first, or those on which most pairs of articles differ; then the
    order by topic comes back."""
    claims = {claim["id"]: claim for claim in built_site.data(SLUG)["claims"]}
    page = tab(server).open(MATRIX)
    before = shown(page)
    choose(page, "sort", "most")
    expect(page.locator(".topic:visible")).to_have_count(0)
    counts = [len(takes(claims[name])) for name in shown(page)]
    assert counts == sorted(counts, reverse=True)
    choose(page, "sort", "different")
    page.wait_for_function(f"() => document.querySelector('tr[data-verdict]').dataset.claim !== '{before[0]}'")
    pairs = [differ(claims[name]) for name in shown(page)]
    assert pairs == sorted(pairs, reverse=True)
    assert pairs[0] > 0
    assert len(shown(page)) == len(before)
    page.locator(".choose [name=sort]").select_option("")
    expect(page.locator(".topic:visible")).to_have_count(5)
    assert shown(page) == before


# -- verdicts of a choice ------------------------------------------------------------------------------------------


def verdicts(built_site: BuiltSite, keep: Callable[[Any, Any], bool]) -> dict[str, str]:
    """The label of each claim's verdict, by the rules in Python, on the statements to ``keep``; claims of which none is
    kept are left out."""
    site = load_site(built_site.project.root)
    briefing = site.briefing[SLUG]
    found = {}
    for claim in briefing.claims:
        kept = claim.model_copy(update={"statements": tuple(s for s in claim.statements if keep(briefing, s))})
        if kept.statements:
            name = decide_verdict(replace(briefing, claims=(kept,)), kept, site.vocabulary)
            found[claim.id] = site.vocabulary.get("verdicts", name).label
    return found


def read_verdicts(page: Page, wanted: dict[str, str]) -> dict[str, str]:
    """The verdicts of the rows shown, once there are as many as wanted."""
    expect(page.locator(".choose [role=status]")).to_contain_text(f"{len(wanted)} of ")
    return dict(zip(shown(page), page.locator(".verdict:visible").all_inner_texts(), strict=True))


def test_verdicts_follow_the_articles_compared(built_site: BuiltSite, server: str, tab: Open) -> None:
    """Compared by three articles, each claim has the verdict that the published rules give on those three alone; with
    all articles back it has its own."""
    three = {"paper-0", "paper-3", "paper-7"}
    page = tab(server).open(MATRIX)
    before = page.locator(".verdict").all_inner_texts()
    page.locator(".choose summary").click()
    for source in sorted(three):
        page.locator(f"[name=columns][value={source}]").check()
    wanted = verdicts(built_site, lambda _, s: s.source in three)
    assert read_verdicts(page, wanted) == wanted
    page.get_by_role("button", name="Show all").click()
    expect(page.locator(".verdict:visible")).to_have_text(before)


def test_switches_apply_to_the_matrix(built_site: BuiltSite, server: str, tab: Open) -> None:
    """Without one article and without unnamed sources, their marks and column are gone and the verdicts follow; the
    address brings it back, and so does Back."""
    opened = tab(server)
    page = opened.open(MATRIX)
    every = len(shown(page))
    page.locator(".switches summary").click()
    page.locator("[name=without][value=paper-2]").check()
    page.locator("[name=named]").check()
    wanted = verdicts(built_site, lambda b, s: s.source != "paper-2" and s.speaker not in b.own_speakers)
    assert read_verdicts(page, wanted) == wanted
    assert page.locator(".matrix a[data-by=unnamed]:visible").count() == 0
    assert page.locator("thead th[data-id]:visible").count() == 14
    again = tab(server)
    again.page.goto(page.url)
    assert read_verdicts(again.page, wanted) == wanted
    page.go_back()
    page.go_back()
    expect(page.locator("thead th[data-id]:visible")).to_have_count(15)
    assert len(shown(page)) == every
    assert opened.errors == []


# -- the way back --------------------------------------------------------------------------------------------------


def test_back_undoes_a_choice(server: str, tab: Open) -> None:
    """Each choice is a step: Back undoes the last one, and the next Back the one before; Forward does it again."""
    opened: Tab = tab(server)
    page = opened.open(MATRIX)
    every = shown(page)
    page.locator(".choose summary").click()
    choose(page, "topic", "topic-1")
    topic = shown(page)
    choose(page, "stance", "denies")
    both = shown(page)
    assert len(every) > len(topic) > len(both) > 0
    for wanted, step in ((topic, page.go_back), (every, page.go_back), (topic, page.go_forward)):
        step()
        expect(page.locator("tr[data-verdict]:visible")).to_have_count(len(wanted))
        assert shown(page) == wanted
    expect(page.locator("[name=topic]")).to_have_value("topic-1")
    expect(page.locator("[name=stance]")).to_have_value("")


def test_typing_into_a_list_is_one_step(server: str, tab: Open) -> None:
    """A reader who goes down a list by keyboard leaves it with one Back."""
    page = tab(server).open(MATRIX)
    page.locator(".choose summary").click()
    steps = page.evaluate("history.length")
    page.locator("[name=topic]").focus()
    for _ in range(4):
        page.keyboard.press("ArrowDown")
    expect(page.locator("[name=topic]")).to_have_value("topic-3")
    assert page.evaluate("history.length") == steps + 1
    page.go_back()
    expect(page.locator("[name=topic]")).to_have_value("")


@pytest.mark.parametrize("kind", ["home", "topic", "matrix", "method", "404", "search"])
def test_a_slash_begins_a_search(server: str, tab: Open, kind: str) -> None:
    """On any page "/" leads to the search with its field focused, and is not typed into it."""
    page = tab(server).open(KINDS[kind])
    page.keyboard.press("/")
    page.wait_for_url("**/search/*")
    expect(page.locator("#q")).to_be_focused()
    expect(page.locator("#q")).not_to_have_value("/")
    page.keyboard.type("a/b")
    expect(page.locator("#q")).to_have_value("junea/b" if kind == "search" else "a/b")
