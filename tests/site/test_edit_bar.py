"""The preview leads from a briefing's pages to the workbench; a built site never does."""

from pathlib import Path
from typing import Any

import pytest

from synoptic.base.lock import lock_file
from synoptic.pages.render import render_site
from synoptic.site.edit_bar import RUNNING, bar_on, find_port
from synoptic.site.problem_panel import with_panel
from tests.projects import BuiltSite, load_site, small_project

ADDRESSES = {
    "briefings/one/": True, "briefings/one/topics/x/": True, "": False, "method/": False, "briefings/": False,
    "briefings/No Id/": False, "briefings/..%2f/": False, "changes/one/": False,
}  # fmt: skip


@pytest.mark.parametrize(("address", "has"), ADDRESSES.items())
def test_pages_of_a_briefing_have_the_line(tmp_path: Path, address: str, has: bool) -> None:
    """The pages of a briefing have the line, and no others."""
    assert bool(bar_on(tmp_path, address)) == has


def test_a_running_workbench_is_linked(tmp_path: Path) -> None:
    """While a workbench runs, the line links it, without its token; before and after it names the command."""
    assert "make edit EDIT_ARGS=one" in bar_on(tmp_path, "briefings/one/")
    path = tmp_path / RUNNING
    path.parent.mkdir(parents=True)
    with lock_file(path) as held:
        held.write("8123")
        shown = bar_on(tmp_path, "briefings/one/").replace("&#", "").replace("&", "")
        assert find_port(tmp_path) == 8123
        assert "make edit" not in shown
        assert "href" in shown
    assert find_port(tmp_path) is None
    assert "make edit" in bar_on(tmp_path, "briefings/one/")


@pytest.mark.parametrize("text", ["", "80a", "-1", "1" * 9, "\u0661", "8000\n<script>"])
def test_a_port_that_is_none_is_ignored(tmp_path: Path, text: str) -> None:
    """A file that holds no port gives no link."""
    path = tmp_path / RUNNING
    path.parent.mkdir(parents=True)
    with lock_file(path) as held:
        held.write(text)
        assert find_port(tmp_path) is None


def test_the_line_is_added_to_the_answer(tmp_path: Path) -> None:
    """The preview's server adds the line inside the body, and nothing to other files."""

    def app(environ: dict[str, Any], start: Any) -> list[bytes]:
        kind = "text/css" if environ["PATH_INFO"].endswith(".css") else "text/html"
        start("200 OK", [("Content-Type", kind), ("Content-Length", "13")])
        return [b"<body></body>"]

    answer = with_panel(app, "/site/", list, lambda address: bar_on(tmp_path, address))
    bodies = {
        path: b"".join(answer({"PATH_INFO": path}, lambda *args: None))
        for path in ("/site/briefings/one/", "/site/briefings/one/x.css", "/site/")
    }
    assert bodies["/site/briefings/one/"].startswith(b"<body><aside")
    assert bodies["/site/briefings/one/"].endswith(b"</aside></body>")
    assert bodies["/site/briefings/one/x.css"] == bodies["/site/"] == b"<body></body>"


def test_no_page_has_the_line(tmp_path: Path) -> None:
    """No generated page knows the workbench."""
    files = render_site(load_site(small_project(tmp_path)), drafts=True)
    assert not [path for path, text in files.items() if isinstance(text, str) and "synoptic-edit" in text]


@pytest.mark.slow
def test_no_built_site_has_the_line(built_site: BuiltSite) -> None:
    """No file of a built site has the line or anything else of the workbench's page."""
    signs = (b"synoptic-edit", b"X-Synoptic-Token")
    assert not [path for path, data in built_site.files().items() if any(sign in data for sign in signs)]
