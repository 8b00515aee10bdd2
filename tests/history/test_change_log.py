"""The pages of a change log, however much changed."""

import re
from dataclasses import replace
from pathlib import Path

import pytest

from build_tools.base.problems import Place
from build_tools.model.change import Change
from build_tools.model.history import CHANGES_PER_PAGE, Entry, History
from build_tools.pages.render import change_pages
from tests.history.scripted import site_of


def many(commits: int, each: int) -> History:
    """A history of invented changes, in which every second word differs."""
    words = " ".join(f"w{n}" for n in range(40))
    other = " ".join(f"w{n}" if n % 2 else f"x{n}" for n in range(40))
    change = Change(
        "claim-reworded", "cost-19", Place("x"), briefing="harbour-tunnel", claim="cost-19", before=words, after=other
    )
    return History(
        tuple(
            Entry(
                f"{number:040x}",
                1_900_000_000 + number,
                tuple(replace(change, after=f"{other} {n % 7}") for n in range(each)),
            )
            for number in range(commits)
        )
    )


@pytest.mark.parametrize(("commits", "each"), [(400, 3), (2, 700), (1, 150), (1, 151)])
def test_no_page_is_too_large(past: Path, commits: int, each: int) -> None:
    """However much changed at once, no page comes near 10,000 elements, and every change stands on a numbered page."""
    site = replace(site_of(past), history=many(commits, each))
    pages = {k: v for k, v in change_pages(site).items() if re.search("/[0-9]+/", k)}
    assert len(pages) == -(-commits * each // CHANGES_PER_PAGE)
    for page in (*pages.values(), change_pages(site)["changes/index.md"]):
        assert len(re.findall(r"<[a-z]", page)) < 10_000
    assert sum(page.count("<mark>correction</mark> <span") for page in pages.values()) == commits * each


def test_a_full_page_never_changes(past: Path) -> None:
    """A full page stays as it is, however much is added after it."""
    site = site_of(past)
    one, other = (replace(site, history=many(n, 60)) for n in (20, 30))
    first, second = (change_pages(s)["changes/1/index.md"] for s in (one, other))
    assert _blocks(first) == _blocks(second)


def _blocks(page: str) -> str:
    return page.split("\n## ", 1)[1].split("<nav", 1)[0]
