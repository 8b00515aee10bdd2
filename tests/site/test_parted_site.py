"""A site with pages in parts, in a browser: filters are kept from part to part, and the pages are sound."""

from collections.abc import Callable
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import expect

from tests import synthetic
from tests.browser import Open, in_both_colours, sideways, violations
from tests.projects import BuiltSite, Project, build_once, copy_checkout

LOW = 250  # elements on a page
BASE = "briefings/story-000/"
PAGES = ("matrix/", "matrix/speakers/", "disagreements/", "topics/topic-0/")


@pytest.fixture(scope="module")
def parted_site(tmp_path_factory: pytest.TempPathFactory) -> BuiltSite:
    """The checkout's site, built with a limit low enough that its matrices and disagreements are split."""

    def make(root: Path) -> Project:
        project = copy_checkout(root)
        synthetic.write(root, 1, **synthetic.MANY)
        project.edit("build_tools/synoptic/model/paging.py", "MOST = 9_000", f"MOST = {LOW}")
        return project

    return build_once(tmp_path_factory, "parted", make)


@pytest.fixture(scope="module")
def address(parted_site: BuiltSite, serve_folder: Callable[[Path], str]) -> str:
    """The address of that site."""
    return serve_folder(parted_site.folder)


@pytest.mark.slow
def test_every_link_of_a_split_site_resolves(parted_site: BuiltSite) -> None:
    """All links within a site with split pages resolve."""
    assert f"{BASE}matrix/2/" in parted_site.paths
    assert parted_site.broken_links() == []


@pytest.mark.slow
def test_a_choice_goes_along_to_the_next_part(address: str, tab: Open) -> None:
    """Filters set on one part are set on the next part too, which applies them and counts its own rows."""
    page = tab(address).open(f"{BASE}matrix/?columns=paper-0")
    page.locator("select[name=stance]").select_option("denies")
    page.locator("a[rel=next]").first.click()
    page.wait_for_url("**/matrix/2/?**")
    assert parse_qs(urlsplit(page.url).query) == {"stance": ["denies"], "columns": ["paper-0"]}
    expect(page.locator("select[name=stance]")).to_have_value("denies")
    shown = page.locator("tr[data-verdict]:visible")
    all_, count = page.locator("tr[data-verdict]").count(), shown.count()
    assert count < all_
    assert count == page.locator("tr[data-verdict]:has(td:nth-child(2) a[data-stance=denies])").count()
    expect(page.locator(".choose [role=status]")).to_contain_text(
        f"{count} of {all_} claim{'' if all_ == 1 else 's'} on this part"
    )
    page.get_by_text("All parts").click()
    page.locator(".parted li a").last.click()
    page.wait_for_url("**#topic-*")
    assert parse_qs(urlsplit(page.url).query) == {"stance": ["denies"], "columns": ["paper-0"]}
    assert urlsplit(page.url).fragment.startswith("topic-")


@pytest.mark.slow
def test_a_choice_that_fits_elsewhere_says_so(address: str, tab: Open) -> None:
    """If no claim of a part matches, the page points to the other parts, and the filters stay set."""
    page = tab(address).open(f"{BASE}matrix/")
    topic = page.locator("tbody").first.get_attribute("data-topic")
    page.goto(f"{address}{BASE}matrix/2/?topic={topic}&new=yes")
    expect(page.locator(".choose [role=status]")).to_contain_text("look at the other parts")
    expect(page.locator("select[name=topic]")).to_have_value(str(topic))
    expect(page.get_by_label("only new since your last visit")).to_be_visible()


@pytest.mark.slow
def test_parts_are_linked_without_scripts(address: str, tab: Open) -> None:
    """Without JavaScript, links lead from part to part, and from a claim to its row in the right part."""
    page = tab(address, script=False).open(f"{BASE}matrix/")
    page.locator("a[rel=next]").last.click()
    expect(page).to_have_url(f"{address}{BASE}matrix/2/")
    row = page.locator("tr[data-verdict]").last
    name = row.get_attribute("id")
    row.locator("th a").click()
    page.locator(f".act a[href$='#{name}']").click()
    expect(page).to_have_url(f"{address}{BASE}matrix/2/#{name}")
    expect(page.locator(f"#{name}")).to_be_in_viewport()


@pytest.mark.slow
@pytest.mark.parametrize("width", [1280, 360])
@pytest.mark.parametrize("at", [f"{base}2/" for base in PAGES])
def test_a_part_is_sound(address: str, tab: Open, at: str, width: int) -> None:
    """In light and in dark a part has no axe violation and no sideways scroll, with its list of parts open, and no
    error in the console."""
    opened = tab(address, width=width, dark=width < 500)
    page = opened.open(BASE + at)
    page.get_by_text("All parts").click()
    for _ in in_both_colours(page):
        assert violations(page) == []
        assert sideways(page) == 0
    assert (opened.errors, opened.foreign) == ([], [])
