"""What ``mkdocs serve`` leaves standing from build to build: over any edits its site is that of a server begun anew."""

import logging
import random
import shutil
import threading
from pathlib import Path
from typing import Any

import pytest
from mkdocs.commands import build as mkdocs_build
from mkdocs.config import load_config
from mkdocs.livereload import LiveReloadServer

from synoptic.base.cache import FOLDER
from synoptic.site.generated_files import GENERATED
from tests.edits import CHECKOUT_EDITS, EDITS, toggle_edit
from tests.projects import Project, copy_checkout
from tests.site import CASES

pytestmark = pytest.mark.slow

ADDRESS = "http://127.0.0.1:8000/"
TOPIC = "briefings/harbour-tunnel/topics/opening-date/index"


class Running:
    """What MkDocs's server does with a project, without the server: the first build, and one after each change."""

    def __init__(self, root: Path, site: Path) -> None:
        self.root, self.site = root, site
        first = self._settings()
        first.plugins.on_startup(command="serve", dirty=False)
        self._build(first)
        server = LiveReloadServer(self._build, "127.0.0.1", 8000, str(site))
        server.server_close()  # it answers nobody
        self._server = first.plugins.on_serve(server, config=first, builder=self._build)
        for path in (first.docs_dir, first.config_file_path, *first.watch):
            self._server.watch(path)

    def rebuild(self) -> None:
        """What happens once a change was seen."""
        self._server.builder()

    def files(self) -> dict[str, bytes]:
        """Everything that is served, once the search is there, too; not the packed sitemap, which says when it was."""
        for thread in threading.enumerate():
            if isinstance(thread, threading.Timer):
                thread.join()
        found = (path for path in self.site.rglob("*") if path.is_file() and path.suffix != ".gz")
        return {path.relative_to(self.site).as_posix(): path.read_bytes() for path in found}

    def page(self, name: str) -> str:
        """One page."""
        return (self.site / name / "index.html").read_text(encoding="utf-8")

    def _settings(self) -> Any:
        found = load_config(str(self.root / "mkdocs.yml"), site_dir=str(self.site))
        found.site_url = ADDRESS
        return found

    def _build(self, settings: Any = None) -> None:
        mkdocs_build.build(settings or self._settings(), serve_url=ADDRESS)


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """Two invented briefings, and pages by hand that lead to them and to each other."""
    made = copy_checkout(tmp_path / "project", example=False)
    made.add_harbour()
    made.add_ferry()
    links = f"[There]({TOPIC}.md#opens-in-june), [more](more.md), [a file](assets/more.txt)."
    made.write("docs/leading.md", f"# Leading\n\n{links}\n")
    made.write("build_tools/synoptic/theme/assets/note.txt", "one")
    return made


@pytest.fixture
def running(project: Project, tmp_path: Path) -> Running:
    """That project, being served."""
    return Running(project.root, tmp_path / "site")


def anew(project: Project, folder: Path) -> dict[str, bytes]:
    """The site of a server that begins with the project as it is now, and with nothing kept."""
    shutil.copytree(project.root, folder / "project", ignore=shutil.ignore_patterns(FOLDER.partition("/")[0]))
    for name in GENERATED:
        path = folder / "project/docs" / name
        shutil.rmtree(path) if path.is_dir() else path.unlink(missing_ok=True)
    return Running(folder / "project", folder / "site").files()


@pytest.mark.long
def test_after_any_edits_a_server_shows_what_one_begun_anew_does(
    project: Project, running: Running, tmp_path: Path
) -> None:
    """Random edits of claims, pages, files, settings and theme, one by one and several at once, some at the old time
    of the file: every file of the site is the same to the byte."""
    dice = random.Random(5)
    ways = sorted({*EDITS, *CHECKOUT_EDITS} - {"other"})
    turns = [[name] for name in dice.sample(ways, len(ways))] + [dice.sample(ways, 3) for _ in range(3)]
    for turn, names in enumerate(turns):
        for name in names:
            toggle_edit(project.root, name)
        running.rebuild()
        now, clean = running.files(), anew(project, tmp_path / str(turn))
        assert {name for name in {*now, *clean} if now.get(name) != clean.get(name)} == set(), turns[: turn + 1]


@pytest.fixture
def built(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The pages that MkDocs converts."""
    names: list[str] = []
    real = mkdocs_build._populate_page

    def noted(page: Any, *rest: Any) -> Any:
        names.append(page.file.src_uri)
        return real(page, *rest)

    monkeypatch.setattr(mkdocs_build, "_populate_page", noted)
    return names


def test_pages_by_hand_stay_while_nothing_of_theirs_changes(
    project: Project, running: Running, built: list[str]
) -> None:
    """An edit of a claim converts pages of its briefing only; one of a page by hand all that may lead to it."""
    toggle_edit(project.root, "claim")
    running.rebuild()
    assert built
    assert {name for name in built if not name.startswith("briefings/harbour-tunnel/")} <= {"speakers/index.md"}
    built.clear()
    project.edit("docs/leading.md", "# Leading", "# Still leading")
    running.rebuild()
    assert {"leading.md", "data.md", "index.md"} <= set(built)
    assert "Still leading" in running.page("leading")


def test_a_page_by_hand_that_is_gone_from_the_site_is_built_again(project: Project, running: Running) -> None:
    """Whatever removed it, the next build brings it back."""
    (running.site / "leading/index.html").unlink()
    toggle_edit(project.root, "claim")
    running.rebuild()
    assert "Leading" in running.page("leading")


@pytest.mark.parametrize(("path", "text", "way", "expected"), CASES["served anew"])
def test_a_page_by_hand_is_as_a_new_build_has_it(
    project: Project, tmp_path: Path, path: str, text: str, way: str, expected: str
) -> None:
    """Its navigation is that of the settings, though it leads nowhere and did not change; and a web page that MkDocs
    copies to where it then writes a page does not come back."""
    project.write(path, text)
    running = Running(project.root, tmp_path / "site")
    toggle_edit(project.root, way)
    running.rebuild()
    assert expected in running.page("leading")


def test_a_strict_server_tells_a_fault_until_it_is_mended(
    project: Project, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """Though the page that has it would stay as it is."""
    project.edit("mkdocs.yml", "  - People:", "  - Leading: leading.md\n  - People:")
    project.write("docs/leading.md", "# Leading\n")
    project.edit("mkdocs.yml", "docs_dir: docs", "docs_dir: docs\nstrict: true")
    running = Running(project.root, tmp_path / "site")
    project.write("docs/leading.md", "# Leading\n\n[Nowhere](nowhere.md)\n")
    for times in (1, 2):
        running.rebuild()
        assert caplog.text.count("Aborted with 1 warnings in strict mode") == times
        toggle_edit(project.root, "claim")


def test_a_build_that_failed_half_way_leaves_nothing_behind(
    project: Project, running: Running, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Neither a page that it had written already nor one that it never came to stays as it is."""
    before = running.files()
    real = mkdocs_build._build_page

    def failing(page: Any, *rest: Any, **more: Any) -> None:
        real(page, *rest, **more)
        if page.file.src_uri == "leading.md":
            raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(mkdocs_build, "_build_page", failing)
        project.edit("docs/leading.md", "# Leading", "# Misleading")
        project.edit("docs/search.md", "# Search", "# Look for")
        running.rebuild()
    assert "Misleading" in running.page("leading")
    toggle_edit(project.root, "claim")
    running.rebuild()
    assert "Look for" in running.page("search")
    toggle_edit(project.root, "claim")
    project.edit("docs/leading.md", "# Misleading", "# Leading")
    project.edit("docs/search.md", "# Look for", "# Search")
    running.rebuild()
    now = running.files()
    assert {name for name in {*now, *before} if now.get(name) != before.get(name)} == set()


def test_a_link_to_a_claim_that_has_another_name_is_told(
    project: Project, running: Running, caplog: pytest.LogCaptureFixture
) -> None:
    """Pages by hand that stay would not be looked at: one that leads to a part of a page is built with that page."""
    briefing = "briefings/harbour-tunnel"
    project.edit(f"{briefing}/briefing.yml", "status: published", "status: draft")  # where an id may change
    running.rebuild()
    with caplog.at_level(logging.INFO):
        toggle_edit(project.root, "claim")
        running.rebuild()
        assert "does not contain an anchor" not in caplog.text
        for path in (project.root / briefing).rglob("*.yml"):
            path.write_text(path.read_text(encoding="utf-8").replace("opens-in-june", "opens-in-may"), encoding="utf-8")
        running.rebuild()
    assert "does not contain an anchor '#opens-in-june'" in caplog.text
