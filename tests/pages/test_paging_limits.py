"""Pagination of what has hundreds or thousands of entries: no page grows without limit."""

import itertools
from pathlib import Path
from types import ModuleType

import pytest

from synoptic.model import paging
from synoptic.model.site import Site as Data
from synoptic.pages import (
    figures,
    gone,
    home,
    method,
    overview,
    receipts,
    site_speakers,
    source,
    sources,
    speakers,
    telling,
    timeline,
    topics,
    wordings,
)  # fmt: skip
from synoptic.pages.context import Context
from synoptic.pages.page import render_page, render_pages
from synoptic.pages.render import render_site
from tests import synthetic
from tests.crowded import crowd, crowd_lines, crowd_site
from tests.html_pages import Html
from tests.pages.test_paging import AROUND, BRIEFING, anchors, count_elements, load_many, targets
from tests.projects import copy_checkout, load_checked


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Data:
    """The invented project and a briefing of many articles, without texts and history."""
    return load_many(tmp_path_factory.mktemp("limits"))


#: The kinds of page that grow with a briefing, each with the least number of its parts; test_paging.py has the others.
GROWING = {
    timeline: 4, figures: 4, wordings: 6, speakers: 1, sources: 4, source: 12, receipts: 20, telling: 4, topics: 4,
    gone: 4, overview: 1,
}  # fmt: skip


@pytest.fixture(scope="module")
def crowded(data: Data) -> Context:
    """A briefing with hundreds of entries of nearly every kind."""
    return Context(data, crowd(data.briefing[BRIEFING]))


@pytest.fixture(scope="module")
def lined(data: Data) -> Context:
    """A briefing with thousands of topics and removed claims."""
    return Context(data, crowd_lines(data.briefing[BRIEFING]))


@pytest.mark.parametrize(
    "module",
    [pytest.param(module, marks=pytest.mark.slow if module is overview else ()) for module in GROWING],
    ids=lambda module: module.__name__.rpartition(".")[2],
)
def test_no_page_grows_without_limit(crowded: Context, lined: Context, module: ModuleType) -> None:
    """Of a briefing with hundreds of entries of every kind, each kind of page is split below 10,000 elements, and its
    links within the kind lead to anchors that exist."""
    kinds = module.pages(lined if module in (topics, gone) else crowded)
    # the first of the articles carries all statements
    found = render_pages(itertools.islice(kinds, GROWING[module]) if module in (source, receipts) else kinds)
    found = {path.removesuffix("index.md"): page for path, page in found.items()}
    sizes = {path: count_elements(page) + page.count("\n#") for path, page in found.items()}
    assert {path: size for path, size in sizes.items() if size > 10_000 - AROUND} == {}
    assert len(found) >= GROWING[module]
    if len(found) > 1:
        assert all(size <= paging.MOST // 3 + AROUND for size in sizes.values() if module is not receipts), sizes
    ids = anchors(found)
    for at, page in found.items():
        inside = [one for one in targets(at, page) if one[0] in found and one[1]]
        assert [one for one in inside if one[1] not in ids[one[0]]] == [], at


def test_the_address_of_a_receipt_stays(crowded: Context) -> None:
    """Each receipt of an article has its anchor at the first address: it is there, or a link to its part."""
    one = crowded.briefing.sources[0].id
    found = {page.address: page for page in receipts.pages(crowded) if f"/{one}/" in page.address}
    first, *others = (render_page(page) for page in found.values())
    wanted = [f"r-{statement.id}" for _, statement in crowded.briefing.statements if statement.source == one]
    assert set(wanted) <= set(Html(first).ids)
    ours = [name for page in others for name in Html(page).ids if name.startswith("r-")]
    assert len(ours) == len({*ours}) > 500
    led = [place for place in targets(f"{crowded.base}receipts/{one}/", first) if place[1] in ours]
    assert [(at, name in Html(render_page(found[at])).ids) for at, name in led[:: len(led) // 5]] != []
    assert all(at != f"{crowded.base}receipts/{one}/" for at, _ in led)


def test_the_lists_of_the_site_are_split(data: Data) -> None:
    """With thousands of briefings and speakers, no page of the list of either, nor the page of a speaker in all of
    them, has 10,000 elements; each entry is on one page."""
    site = crowd_site(data, briefings=3000, people=4000)
    card = home.make_card(Context(data, data.briefing[BRIEFING]))._replace(listed=True)
    cards = [card._replace(head=card.head._replace(title=f"Story {n}")) for n in range(3000)]
    pages = {
        "home": [*home.pages(site, cards, drafts=False)],
        "people": [*site_speakers.pages(site)],
        "method": [method.page(site, cards)],
    }
    for name, parts_ in pages.items():
        sizes = [count_elements(render_page(page)) for page in parts_]
        assert max(sizes) <= (paging.MOST // 3 if len(sizes) > 1 else paging.MOST) + AROUND, name
    assert sum(len(page.views["briefings"]) for page in pages["home"]) == len(cards)
    listed = [one.record.id for page in pages["people"] for one, _ in page.views["speakers"]]
    assert sorted(listed) == sorted(speaker.id for speaker in site.speakers)
    assert [link.text for _, links in pages["people"][0].views["speakers"][:1] for link in links][-1] == "2980 more"
    assert len({page.address for page in (*pages["home"], *pages["people"])}) > 10
    assert [number for number, _, _ in pages["people"][1].views["pager"].parts] == [
        number for number, _ in enumerate(pages["people"], 1)
    ]


@pytest.mark.slow
def test_no_page_of_a_very_large_briefing_is_too_large(tmp_path: Path) -> None:
    """Of 500 claims by 20 sources no page has more than 10,000 elements, the theme's included."""
    root = copy_checkout(tmp_path / "project", example=False).root
    synthetic.write(root, 1, **synthetic.LARGE)
    site = load_checked(root)
    files = render_site(site, drafts=False)
    sizes = {path: count_elements(str(page)) for path, page in files.items() if path.endswith(".md")}
    assert {path: size for path, size in sizes.items() if size > 10_000 - AROUND} == {}
    assert "briefings/story-000/matrix/2/index.md" in sizes
