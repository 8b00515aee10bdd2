"""The plugin in somebody else's site: guests.yml has the sites."""

import json
import re
import shutil
from pathlib import Path
from typing import Any

import pytest
from markdown import Markdown

from synoptic.pages.environment import THEME
from synoptic.plugin import Settings
from synoptic.site.guest_style import make_style
from synoptic.site.mkdocs_files import MARKDOWN
from synoptic.text.raw_html import hide_html, restore_html
from tests.projects import CHECKOUT, EXAMPLE, BuiltSite, Project, read_files
from tests.serving import serve
from tests.yaml_files import read_yaml

CASES = read_yaml(Path(__file__).with_name("guests.yml"))
HARBOUR = "briefings/harbour-tunnel/"
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
    Project(project.root / folder).add_harbour()  # which is published, and so found and listed


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
    assert sorted(ours) == [f"{path}/{HARBOUR}matrix", f"{path}/briefings/{EXAMPLE}/matrix"]
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
def test_their_search_finds_our_statements_once(built: tuple[dict[str, Any], BuiltSite]) -> None:
    """Their search has overviews, topics and first pages, each claim at its own address; no draft, no example, and no
    page that repeats these. Their own entries stay."""
    case, site = built
    at = f"{case.get('path', 'synoptic')}/"
    entries = json.loads((site.folder / "search/search_index.json").read_text(encoding="utf-8"))["docs"]
    ours = {one["location"].removeprefix(at): one for one in entries if one["location"].startswith(at)}
    topics = [f"{HARBOUR}topics/{topic}/" for topic in ("cost", "opening-date")]
    assert {location.partition("#")[0] for location in ours} == {"", "method/", HARBOUR, *topics}
    assert ours[f"{topics[1]}#opens-in-june"]["title"] == "The tunnel opens in June."
    quoting = {location for location, one in ours.items() if "No one has tested that date" in one["text"]}
    assert topics[1] in {location.partition("#")[0] for location in quoting}
    theirs = {one["location"] for one in entries} - {at + location for location in ours}
    assert {name.removesuffix("index.html") for name in case["theirs"] if name.endswith(".html")} <= theirs


@pytest.mark.slow
def test_sitemap_has_our_pages_once(built: tuple[dict[str, Any], BuiltSite]) -> None:
    """Each page that robots may list is in the sitemap, whichever plugin writes it, and theirs still are."""
    case, site = built
    found = re.findall("<loc>(.*?)</loc>", (site.folder / "sitemap.xml").read_text(encoding="utf-8"))
    base = re.search("site_url: (.*)", case["settings"])
    if not base:
        pytest.skip("without an address there is no sitemap")
    at = f"{base[1]}{case.get('path', 'synoptic')}/"
    folder = site.folder / case.get("path", "synoptic")
    pages = {
        path.parent.relative_to(folder).as_posix(): path
        for path in folder.rglob("index.html")
        if "/c/" not in str(path)
    }
    open_to_robots = [
        name for name, path in pages.items() if 'content="noindex"' not in path.read_text(encoding="utf-8")
    ]
    assert f"{HARBOUR}matrix" in open_to_robots
    listed = [address for address in found if address.startswith(at)]
    assert sorted(listed) == sorted(at if name == "." else f"{at}{name}/" for name in open_to_robots)
    assert {base[1] + name.removesuffix("index.html") for name in case["theirs"] if name.endswith(".html")} <= set(
        found
    )


@pytest.mark.slow
def test_a_server_shows_a_mistake_and_lives_on(tmp_path: Path) -> None:
    """An edit of a briefing is on its page without a restart. A mistake is told, with its place, in our pages alone,
    beside the last good ones, and without a traceback; it leaves when it is fixed."""
    project = Project(tmp_path / "project")
    put_briefing(project, ".")
    project.write("mkdocs.yml", "site_name: Theirs\ntheme: material\nplugins: [search, synoptic]\n")
    project.write("docs/index.md", "# Home\n\nWelcome.\n")
    claims, topic, claim = (
        f"{HARBOUR}claims/opening-date.yml",
        f"synoptic/{HARBOUR}topics/opening-date/",
        "claim: The tunnel",
    )
    with serve(project) as served:
        served.until(lambda: "The tunnel opens in June." in served.get(topic))
        project.edit(claims, f"{claim} opens in June.", f"{claim} opens in early summer.")
        served.until(lambda: "The tunnel opens in early summer." in served.get(topic))
        good = (project.root / claims).read_text(encoding="utf-8")
        project.write(claims, "[half")
        served.until(lambda: "synoptic-problems" in served.get(topic))
        page = served.get(topic)
        assert f"<bdi>{claims}</bdi>, line " in page
        assert "The tunnel opens in early summer." in page
        assert "synoptic-problems" not in served.get()
        assert f"{claims}:" in served.said()
        project.write(claims, good.replace("early summer", "August"))
        served.until(lambda: "The tunnel opens in August." in served.get(topic))
        assert "synoptic-problems" not in served.get(topic)
        assert "Welcome." in served.get()
        assert "Traceback" not in served.said()


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
    style = make_style(THEME / "assets/synoptic.css", boxed=False)
    assert ".claim" in style
    assert not re.findall(r"--md-[\w-]+:|\.md-|\.site-|\.masthead|\bbody\b", style)
