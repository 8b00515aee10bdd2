"""``mkdocs serve``: what an editor sees while writing."""

import re
import shutil
import statistics
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.browser import HARBOUR, Tab
from tests.projects import HERE, PATIENCE, BuiltSite, Project, apply_edit
from tests.serving import Served, serve
from tests.yaml_files import read_yaml

pytestmark = pytest.mark.slow

CLAIMS = f"{HARBOUR}claims/opening-date.yml"
TOPIC = f"{HARBOUR}topics/opening-date/"
CLAIM = "The tunnel opens in June."


@pytest.fixture
def harbour(empty_project: Project) -> Project:
    """A copy of the checkout with the invented briefing only."""
    empty_project.add_harbour()
    return empty_project


@pytest.fixture
def served(harbour: Project) -> Iterator[Served]:
    """That project, being served."""
    with serve(harbour) as running:
        running.until(lambda: "Who said what?" in running.get())
        yield running


def test_edits_and_drafts_come_and_go(served: Served) -> None:
    """An edit of a claim is on its page without a restart; a draft made by ``new`` is listed and served at once, and
    gone from both when its folder is removed. Then the server comes to rest."""
    assert CLAIM in served.get(TOPIC)
    served.project.edit(CLAIMS, f"claim: {CLAIM}", "claim: The tunnel opens in early summer")
    served.until(lambda: "The tunnel opens in early summer" in served.get(TOPIC))
    home, page = "briefings/just-begun/", "Just begun"
    assert page not in served.get()
    served.project.tools("new", "just-begun")
    served.until(lambda: page in served.get(home))
    served.until(lambda: page in served.get())
    shutil.rmtree(served.project.root / home)
    served.until(lambda: served.get(home) == "404" and page not in served.get())
    time.sleep(5)
    assert served.said().count("Building documentation") <= 11


# -- a hundred mistakes --------------------------------------------------------------------------------------------

BREAKAGES = read_yaml(HERE / "breakages.yml")
PANEL = "synoptic-problems"
FERRY = "briefings/night-ferry/"


def break_it(root: Path, name: str, way: dict[str, Any]) -> None:
    """Do to a file what a way of tests/breakages.yml says."""
    if "put" in way:
        before = (root / name).read_text(encoding="utf-8")
        text = (way["put"] * way.get("times", 1)).replace("{}", before)
        (root / name).write_bytes(re.sub(rb"\\x(..)", lambda m: bytes.fromhex(m[1].decode()), text.encode()))
    else:
        apply_edit(root, {"file": name, **way})


def is_told(page: str, path: str, says: str) -> bool:
    """Whether the panel of a page names a mistake of a file."""
    items = re.findall("<li>.*?</li>", page.partition(f'class="{PANEL}')[2], re.DOTALL)
    return any(f"<bdi>{path}</bdi>, line " in item and says in item for item in items)


@pytest.mark.long
def test_a_hundred_mistakes(served: Served) -> None:
    """Each mistake is in the panel of every page it concerns while the last good pages answer. It leaves as another
    file gets the next one, and the panel leaves with the last mistake of its kind, of each file in turn."""
    served.project.add_ferry()
    served.until(lambda: PANEL not in served.get(FERRY) and served.get(FERRY) != "404")
    ways, paths, shown = BREAKAGES["ways"], BREAKAGES["files"], list[float]()
    good = {path: (served.project.root / path).read_text(encoding="utf-8") for path in paths}
    assert len(ways) * len(paths) >= 100
    for number, way in enumerate(ways):
        turn, before, says = number % len(paths), "", way.get("says", "")
        for path in (*paths[turn:], *paths[:turn]):
            name = f"{way['why']}: {path}"
            start = time.monotonic()
            if before:
                apply_edit(served.project.root, {"file": before, "write": good[before]})
            break_it(served.project.root, path, way)
            served.until(lambda: is_told(served.get(TOPIC), path, says), name)  # noqa: B023
            shown.append(time.monotonic() - start)
            page = served.get(TOPIC)
            assert CLAIM in page, f"{name}: the last good page is gone"
            assert not (before and "says" in way and is_told(page, before, says)), f"{before} is still told"
            assert path in served.get(), f"{name}: not on the home page"
            everywhere = path.count("/") == 1
            served.until(lambda: (PANEL in served.get(FERRY)) == everywhere, name)  # noqa: B023
            assert (PANEL in served.get("method/")) == everywhere, name
            before = path
        apply_edit(served.project.root, {"file": before, "write": good[before]})
        served.until(lambda: PANEL not in served.get(TOPIC), way["why"])
        assert PANEL not in served.get(), way["why"]
    assert "Traceback" not in served.said()
    assert served.said().count("Building documentation") <= 3, "a mistake changes no page, so nothing is built for it"
    print(f"shown after {statistics.median(shown):.2f} s, at most {max(shown):.2f} s")


# -- in the browser ------------------------------------------------------------------------------------------------


@pytest.fixture
def watched(served: Served, tab: Callable[..., Tab]) -> Page:
    """The served topic page, open in the browser in dark colours on a phone; it is never loaded by hand again."""
    opened = tab(f"http://{served.home}/", width=360, dark=True, fresh=True)
    opened.page.goto(opened.home + TOPIC, wait_until="load")
    opened.page.on("dialog", lambda dialog: pytest.fail(f"a script ran: {dialog.message}"))
    opened.page.set_default_timeout(PATIENCE * 1000)
    return opened.page


def test_panel_comes_and_goes_by_itself(served: Served, watched: Page) -> None:
    """Every exact mistake is told with file, line, column, what and tip on the open page, and leaves with it."""
    panel = watched.get_by_role("region", name="Problems in the files")
    shown = []
    for case in BREAKAGES["once"]:
        path = HARBOUR + case["file"]
        before = (served.project.root / path).read_bytes()
        start = time.monotonic()
        served.project.edit(path, case["from"], case["to"])
        place = f"{HARBOUR}{case.get('at', case['file'])}, line {case['line']}, column "
        told = panel.get_by_role("listitem").filter(has_text=place).filter(has_text=case["says"])
        expect(told.first).to_be_visible(timeout=PATIENCE * 1000)
        shown.append(time.monotonic() - start)
        expect(watched.get_by_text(CLAIM).first).to_be_attached()
        (served.project.root / path).write_bytes(before)
        expect(panel).to_have_count(0, timeout=PATIENCE * 1000)
    assert watched.title().startswith("Opening date"), "a script in a message ran"
    print(f"in the browser after {statistics.median(shown):.2f} s, at most {max(shown):.2f} s")


def test_panel_is_for_everybody(served: Served, watched: Page) -> None:
    """The panel is sound to axe, folded by keyboard, stays so while nothing changes, and hides nothing."""
    before = (served.project.root / CLAIMS).read_bytes()
    broken = served.project.edit(CLAIMS, "stance: denies", "stance: deny")
    panel = watched.get_by_role("region", name="Problems in the files")
    expect(panel).to_be_visible(timeout=PATIENCE * 1000)
    assert Axe().run(watched).response["violations"] == []
    fold = panel.locator("summary")
    watched.evaluate("scrollTo(0, document.body.scrollHeight)")
    bottom = "e => e.getBoundingClientRect().bottom"
    top = panel.evaluate("e => e.getBoundingClientRect().top")
    assert watched.locator(".foot").evaluate(bottom) <= top + 1, "the panel lies over the end of the page"
    assert panel.evaluate(bottom) <= watched.evaluate("innerHeight") + 1
    fold.focus()
    watched.keyboard.press("Tab")
    assert watched.evaluate("document.activeElement.getAttribute('aria-label')") == "Every problem"
    fold.press("Enter")
    expect(panel.get_by_role("listitem").first).to_be_hidden()
    watched.evaluate("window.before = true")
    broken.write_text(broken.read_text(encoding="utf-8") + "# nothing else\n", encoding="utf-8")
    watched.wait_for_function("() => window.before === undefined")
    expect(panel).to_be_visible()
    expect(panel.get_by_role("listitem").first).to_be_hidden()
    watched.evaluate("window.before = true")
    served.project.edit(CLAIMS, "kind: state", "kind: stale")
    watched.wait_for_function("() => window.before === undefined")
    expect(panel.get_by_role("listitem")).to_have_count(2)
    expect(panel.get_by_role("listitem").first).to_be_visible()
    broken.write_bytes(before)
    expect(panel).to_have_count(0)


# -- in a hurry ----------------------------------------------------------------------------------------------------


def test_saves_in_any_rhythm(served: Served) -> None:
    """Two files at once, many saves in a row, saves while it builds: what counts is how the files are in the end."""
    root, path = served.project.root, f"{HARBOUR}briefing.yml"
    claims, briefing = (root / CLAIMS).read_bytes(), (root / path).read_bytes()
    served.project.edit(CLAIMS, "stance: denies", "stance: deny")
    served.project.edit(path, "status: published", "status: finished")
    served.until(lambda: all(word in served.get(TOPIC) for word in ('"deny"', '"finished"')))
    (root / path).write_bytes(briefing)
    served.until(lambda: '"deny"' in served.get(TOPIC) and '"finished"' not in served.get(TOPIC))
    for number in range(30):
        (root / CLAIMS).write_bytes(b"[half" if number % 2 else claims[: number * 20])
        time.sleep(0.03)
    (root / CLAIMS).write_bytes(claims)
    served.until(lambda: PANEL not in served.get(TOPIC))
    for number in range(5):
        title = f"Title number {number}"
        (root / path).write_bytes(briefing.replace(b"The Harbour Tunnel", title.encode()))
        time.sleep(0.5)  # now it builds
        (root / CLAIMS).write_bytes(b"[half")
        served.until(lambda: PANEL in served.get(TOPIC))
        (root / CLAIMS).write_bytes(claims)
        served.until(lambda: title in served.get(HARBOUR) and PANEL not in served.get(TOPIC))  # noqa: B023
    assert "Traceback" not in served.said()


def test_broken_settings_hang_no_page(served: Served) -> None:
    """A mistake in mkdocs.yml, too, is shown while the last good pages answer."""
    before = (served.project.root / "mkdocs.yml").read_bytes()
    served.project.write("mkdocs.yml", "[half")
    served.until(lambda: "the site could not be built" in served.get(TOPIC))
    assert CLAIM in served.get(TOPIC)
    (served.project.root / "mkdocs.yml").write_bytes(before)
    served.until(lambda: PANEL not in served.get(TOPIC))


@pytest.mark.parametrize(
    "broken", ["briefings/vocabulary.yml", "briefings/speakers.yml", f"{HARBOUR}briefing.yml", CLAIMS]
)
def test_server_starts_with_a_mistake(harbour: Project, broken: str) -> None:
    """Without any good page yet, the home page and the overview answer with the panel, and mending brings them."""
    before = (harbour.root / broken).read_bytes()
    (harbour.root / broken).write_bytes(b"just words")
    with serve(harbour) as running:
        running.until(lambda: f"{broken}</bdi>, line 1, column 1" in running.get())
        assert f"{broken}</bdi>, line 1, column 1" in running.get(HARBOUR)
        assert "This page is not ready" in running.get(HARBOUR)
        (harbour.root / broken).write_bytes(before)
        running.until(lambda: CLAIM in running.get(TOPIC) and PANEL not in running.get())
        assert PANEL not in running.get(HARBOUR)


def test_panel_is_in_no_built_site(built_site: BuiltSite) -> None:
    """Nothing of the panel or of a page that stands in is in a built site."""
    marks = (PANEL.encode(), b"This page is not ready")
    assert [name for name, content in built_site.files().items() if any(mark in content for mark in marks)] == []
