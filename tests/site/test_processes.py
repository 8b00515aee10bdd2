"""A site built by one process, by several, and by MkDocs page for page."""

import shutil
import sys
from pathlib import Path

import pytest

from synoptic.base.cache import FOLDER
from tests.projects import Project, copy_checkout, read_files

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(sys.platform in ("win32", "darwin"), reason="one process builds the site there"),
]
#: A hook that does nothing: with it there is another plugin, so MkDocs builds every page itself.
HOOK = "def on_page_content(html, page, config, files):\n    return html\n"
#: A hook of Python, read by every process that starts: the one that builds a certain page is killed.
KILLER = """
import os, signal, sys
parent = os.getpid()
def watch(event, args):
    if event == "open" and str(args[0]).endswith("harbour-tunnel/timeline/index.html") and os.getpid() != parent:
        os.kill(os.getpid(), signal.SIGKILL)
sys.addaudithook(watch)
"""


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """A project with two invented briefings and all pages of people."""
    project = copy_checkout(tmp_path_factory.mktemp("jobs") / "project", example=False)
    project.add_harbour()
    project.add_ferry()
    return project


def build(project: Project, jobs: str, into: str) -> dict[str, bytes]:
    """The files of a site that is built without a cache."""
    shutil.rmtree(project.root / FOLDER, ignore_errors=True)
    return read_files(project.build(into, SYNOPTIC_JOBS=jobs).folder)


def test_every_number_of_processes_builds_the_same_site(project: Project) -> None:
    """One process, two and three build the same bytes as MkDocs alone."""
    one, *others = (build(project, jobs, f"site-{jobs}") for jobs in "123")
    for other in others:
        assert other == one
    settings = (project.root / "mkdocs.yml").read_text(encoding="utf-8")
    project.write("hook.py", HOOK)
    project.write("mkdocs.yml", f"{settings}\nhooks: [hook.py]\n")
    plain = build(project, "1", "site-plain")
    project.write("mkdocs.yml", settings)
    assert {name for name in plain | one if plain.get(name) != one.get(name)} == set()


def test_killed_process_ends_the_build(project: Project, tmp_path: Path) -> None:
    """If a process is killed, the build says on which page it was, ends, and the last site stays."""
    project.tools("site")
    before = read_files(project.root / "site")
    shutil.rmtree(project.root / FOLDER)
    (tmp_path / "sitecustomize.py").write_text(KILLER, encoding="utf-8")
    ran = project.run("synoptic", "site", check=False, SYNOPTIC_JOBS="2", PYTHONPATH=str(tmp_path))
    assert ran.returncode == 1
    said = ran.stdout
    assert "briefings/harbour-tunnel/timeline/index.html: the process at work on it was killed" in said
    assert "Traceback" not in said
    assert read_files(project.root / "site") == before
    assert not (project.root / ".site-new").exists()
