"""The typefaces: served with the site, light, and arriving without moving the text."""

import re
from typing import Any

import pytest
from playwright.sync_api import Page, Route

from tests.browser import KINDS, Open
from tests.projects import CHECKOUT

FONTS = CHECKOUT / "build_tools/synoptic/theme/assets/fonts"
#: The height of a page's text, in pixels, and the font families that have arrived.
MEASURE = """() => ({
  height: document.querySelector("article").getBoundingClientRect().height,
  families: [...document.fonts].filter((f) => f.status === "loaded").map((f) => f.family.replaceAll('"', "")),
})"""


def measure(page: Page) -> dict[str, Any]:
    """The text's height and the families that have arrived."""
    page.evaluate("document.fonts.ready.then(() => true)")
    found: dict[str, Any] = page.evaluate(MEASURE)
    return found


def test_fonts_keep_their_licence_and_their_weight() -> None:
    """Every typeface file is a WOFF2 of at most 35 KB, and the licence beside them names the version of each."""
    files = sorted(FONTS.glob("*.woff2"))
    assert len(files) == 5
    assert all(path.read_bytes()[:4] == b"wOF2" and path.stat().st_size <= 35 * 1024 for path in files)
    licence = (FONTS / "LICENSE-OFL").read_text(encoding="utf-8")
    assert "SIL OPEN FONT LICENSE Version 1.1" in licence
    assert re.findall(r"fontsource-variable/(\S+) \(([\d.]+)\)", licence) == [
        ("source-serif-4", "5.3.1"),
        ("source-sans-3", "5.3.1"),
    ]


@pytest.mark.slow
def test_first_page_fetches_two_faces(server: str, tab: Open) -> None:
    """An English page fetches the serif and the sans, each once, from the site itself."""
    opened = tab(server, fresh=True)
    found = measure(opened.watch(KINDS["home"]))
    assert {"Synoptic Serif", "Synoptic Sans"} <= set(found["families"])
    fetched = sorted(url.rpartition("/")[2] for url in opened.requests if url.endswith(".woff2"))
    assert fetched == ["sans.woff2", "serif.woff2"]
    assert (opened.errors, opened.foreign) == ([], [])


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["home", "overview", "topic", "contribute"])
@pytest.mark.parametrize("width", [1280, 360])
def test_nothing_jumps_when_the_faces_arrive(server: str, tab: Open, kind: str, width: int) -> None:
    """With the stand-in faces a page is as high as with ours, to a thirtieth."""
    ours = measure(tab(server, width=width).open(KINDS[kind]))
    without = tab(server, width=width, fresh=True)

    def refuse(route: Route) -> None:
        route.abort()

    without.page.route("**/*.woff2", refuse)
    stand_in = measure(without.open(KINDS[kind]))
    assert "Synoptic Serif" not in stand_in["families"]
    assert stand_in["height"] == pytest.approx(ours["height"], rel=1 / 30)


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["about", "contribute", "handbook", "architecture"])
def test_tables_fit_a_phone(server: str, tab: Open, kind: str) -> None:
    """On a phone no table of the documentation is cut off at the right, not even inside a box that scrolls."""
    page = tab(server, width=360).open(KINDS[kind])
    tables = page.locator("article table")
    assert tables.count() > 0
    for right in tables.evaluate_all("tables => tables.map((one) => one.getBoundingClientRect().right)"):
        assert right <= 360


@pytest.mark.slow
def test_sizes_are_of_one_scale(server: str, tab: Open) -> None:
    """The scale of sizes has six steps, each larger than the one before."""
    page = tab(server).open(KINDS["home"])
    sizes = [
        page.evaluate(
            "(name) => { document.body.style.fontSize = `var(${name})`; "
            " return parseFloat(getComputedStyle(document.body).fontSize) }",
            f"--s{n}",
        )
        for n in range(6)
    ]
    assert sizes == sorted(set(sizes))


@pytest.mark.slow
def test_colours_follow_the_system_until_the_reader_chooses(server: str, tab: Open) -> None:
    """A dark system gets a dark page with or without scripts; one button steps to light, dark and
    back, keeps the focus, and what it says last is still in force on the next page."""
    opened = tab(server, dark=True, fresh=True)
    page = opened.page
    page.goto(f"{server}{KINDS['overview']}")
    paper = "getComputedStyle(document.body).backgroundColor"
    seen = [page.evaluate(paper)]
    for _ in range(3):
        page.locator(".palette:visible").click()
        assert page.evaluate("document.activeElement.matches('.palette:not([hidden])')")
        seen.append(page.evaluate(paper))
    dark, light = "rgb(20, 23, 27)", "rgb(252, 251, 248)"
    assert seen == [dark, light, dark, dark]
    page.locator(".palette:visible").click()
    page.goto(f"{server}{KINDS['matrix']}")
    assert page.evaluate(paper) == light
    assert page.locator(".palette:visible").get_attribute("title") == "Colours: light. Change to dark"
