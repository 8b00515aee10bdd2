"""The plugin in somebody else's site: guests.yml has the sites."""

import json
import re
import shutil
from pathlib import Path
from typing import Any

import pytest
import yaml
from markdown import Markdown

from synoptic.pages.environment import THEME
from synoptic.plugin import Settings
from synoptic.site.guest import leave_frame_out
from synoptic.site.mkdocs_files import MARKDOWN
from synoptic.text.raw_html import hide_html, restore_html
from tests.projects import CHECKOUT, EXAMPLE, BuiltSite, Project, read_files

CASES = yaml.safe_load(Path(__file__).with_name("guests.yml").read_text(encoding="utf-8"))
PAGES = ("", f"briefings/{EXAMPLE}/", f"briefings/{EXAMPLE}/matrix/", "speakers/", "method/")
HOOK = """
from mkdocs.plugins import event_priority
@event_priority(200)
def on_page_markdown(markdown, page, **_):
    return markdown + "\\n\\n<script>alert(1)</script>\\n" if "matrix" in page.file.src_uri else markdown
"""


def put_briefing(project: Project, folder: str) -> None:
    """Copy the example, and the files that all briefings share, into a folder of a project."""
    briefings = project.root / folder / "briefings"
    shutil.copytree(CHECKOUT / "briefings" / EXAMPLE, briefings / EXAMPLE, ignore=shutil.ignore_patterns("articles"))
    shutil.copy(CHECKOUT / "briefings/speakers.yml", briefings / "speakers.yml")


@pytest.fixture(scope="module", params=CASES["sites"])
def built(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[dict[str, Any], BuiltSite]:
    """A case, and its site built --strict."""
    case = CASES["sites"][request.param]
    project = Project(tmp_path_factory.mktemp("guest"))
    put_briefing(project, case.get("folder", "."))
    for path, text in {"mkdocs.yml": case["settings"], **case["files"]}.items():
        project.write(path, text)
    before = read_files(project.root)
    site = project.build()
    after = read_files(project.root)
    changed = {path for path in before | after if before.get(path) != after.get(path)}
    own = ("site/", f"{case.get('folder', '')}/.cache/".lstrip("/"))
    return {**case, "changed": {path for path in changed if not path.startswith(own)}}, site


def render_source(source: str) -> str:
    """The HTML of a generated page, by our own extensions of Markdown alone."""
    hidden, blocks = hide_html(source.partition("\n---\n")[2])
    return restore_html(Markdown(extensions=list(MARKDOWN), extension_configs=MARKDOWN).convert(hidden), blocks)


@pytest.mark.slow
def test_site_keeps_its_files_and_gets_our_pages(built: tuple[dict[str, Any], BuiltSite]) -> None:
    """No file of theirs changes; their pages are there without our styles; ours are there once, with styles that
    exist, inside their template; no link is broken."""
    case, site = built
    path = case.get("path", "synoptic")
    assert case["changed"] == set()
    for name in case["theirs"]:
        assert f"{path}/assets/" not in (site.folder / name).read_text(encoding="utf-8")
    for address in PAGES:
        page = (site.folder / path / address / "index.html").read_text(encoding="utf-8")
        assert case["says"] in page
        assert f'"{"../" * address.count("/") or "./"}assets/synoptic.css"'.replace('"./', '"') in page
    ours = [folder.relative_to(site.folder).as_posix() for folder in site.folder.rglob("matrix")]
    assert ours == [f"{path}/briefings/{EXAMPLE}/matrix"]
    broken = [link for link in site.broken_links() if ": /" not in link]  # the theme's own, from the root of the host
    assert broken == []


@pytest.mark.slow
def test_no_extension_of_theirs_changes_our_text(built: tuple[dict[str, Any], BuiltSite]) -> None:
    """A page holds what our own Markdown makes of its source, whatever extensions the site uses."""
    case, site = built
    sources = site.project.root / case.get("folder", ".") / ".cache/kept/pages/briefings" / EXAMPLE
    found = sorted(sources.rglob("*.md"))
    assert len(found) > 10
    for source in found:
        page = site.folder / case.get("path", "synoptic") / "briefings" / EXAMPLE / source.relative_to(sources)
        html = page.with_name("index.html").read_text(encoding="utf-8")
        assert render_source(source.read_text(encoding="utf-8")) in html, source


@pytest.mark.slow
@pytest.mark.parametrize("name", CASES["refused"])
def test_what_cannot_be_built_is_refused(name: str, tmp_path: Path) -> None:
    """The build stops with a sentence that names the cause, and writes nothing."""
    case = CASES["refused"][name]
    project = Project(tmp_path)
    put_briefing(project, ".")
    options = f"\n      {case['options']}" if "options" in case else " {}"
    hooks = "hooks: [hook.py]" if "hook" in case else ""
    settings = (
        f"site_name: Theirs\ntheme: material\n{case.get('settings', '')}\n{hooks}\nplugins:\n  - synoptic:{options}\n"
    )
    for path, text in {"mkdocs.yml": settings, "hook.py": HOOK, "docs/index.md": "# Home\n"}.items():
        project.write(path, text)
    if "file" in case:
        project.write(case["file"], "# Theirs\n")
    before = read_files(tmp_path / "docs")
    done = project.run("mkdocs", "build", "--strict", check=False)
    assert done.returncode == 1
    assert case["says"] in done.stdout
    assert "Traceback" not in done.stdout
    assert read_files(tmp_path / "docs") == before


def test_how_to_explains_every_option() -> None:
    """The table in the how-to has each option of the plugin with its default."""
    page = (CHECKOUT / "docs/contribute/existing-site.md").read_text(encoding="utf-8")
    told = dict(re.findall(r"^\| `(\w+)` \| `([^`]+)` \|", page, re.MULTILINE))
    assert told == {name: json.dumps(default).strip('"') for name, default in Settings().items()}


def test_guest_sheet_leaves_their_frame_alone() -> None:
    """Our styles set no colour of the theme and nothing of its header, footer and menu in a site that is not ours."""
    style = leave_frame_out((THEME / "assets/synoptic.css").read_text(encoding="utf-8"))
    assert ".claim" in style
    assert not re.findall(r"--md-[\w-]+:|\.md-(?:header|footer|grid|nav|sidebar|main)|\.site-", style)
