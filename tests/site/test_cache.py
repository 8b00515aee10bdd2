"""What is cached between runs: it is used, and changes nothing; what stays of generated files, and of the last site."""

import os
import random
import shutil
import subprocess
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from synoptic.base.cache import FOLDER, NO_CACHE, SMALL, Cache
from synoptic.base.problems import sort_problems
from synoptic.cli.main import main
from synoptic.load.load import Loader
from synoptic.model.site import Briefing, Site
from synoptic.pages import home
from synoptic.site.additions import Additions, AdditionsCache, render_additions
from synoptic.site.generated_files import Freshness
from synoptic.site.incremental import Incremental, LazyBriefings, hash_inputs
from synoptic.site.mkdocs_files import hide_site, remove_outdated, restore_site
from synoptic.site.own_files import NotOurs
from tests.edits import EDITS, toggle_edit
from tests.projects import HERE, Project, apply_edit, read_files, replace_once, small_project
from tests.projects import SMALL as HARBOUR
from tests.yaml_files import read_yaml

FERRY = "briefings/night-ferry"
RERUNS = read_yaml(HERE / "reruns.yml")


class Run(NamedTuple):
    """What a run to its end found and wrote."""

    problems: list[str]
    files: dict[str, bytes]
    units: list[str]  # whose files were written
    site: Site
    additions: Additions


def generate(root: Path, cache: Cache | None = None) -> Run:
    """Run with what earlier runs cached, or with another cache into a folder of its own."""
    docs = root / ("docs" if cache is None else "docs-clean")
    project = Incremental(root, docs, Cache(root / ".cache") if cache is None else cache)
    site, problems = project.load()
    assert site is not None
    problems = sort_problems([*problems, *project.check(site)])
    units: list[str] = []
    record = Freshness.record

    def noted(self: Freshness, unit: str, inputs: str) -> None:
        units.append(unit)
        record(self, unit, inputs)

    good = not any(problem.level == "error" for problem in problems)
    if good:
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(Freshness, "record", noted)
            project.write(site, drafts=False)
    project.cache.prune()
    kept = AdditionsCache(Cache(root / ".added") if cache is None else cache, hash_inputs(site))
    added = render_additions(site, kept)
    return Run([str(problem) for problem in problems], read_files(docs) if good else {}, units, site, added)


def compared(root: Path) -> Run:
    """Run with what earlier runs cached: problems, files and additions are those of a run without a cache."""
    run, clean = generate(root), generate(root, NO_CACHE)
    assert (run[:2], run.additions) == (clean[:2], clean.additions)
    return run


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """The invented project, after a first run."""
    root = small_project(tmp_path / "project", texts=False)
    generate(root)
    return root


@pytest.mark.parametrize("name", EDITS)
def test_an_edit_makes_anew_what_it_touches(name: str, root: Path) -> None:
    """After any edit the pages and problems are those that a run without a cache has."""
    toggle_edit(root, name)
    compared(root)


def test_an_edit_leaves_the_other_briefing_alone(root: Path) -> None:
    """A briefing that an edit does not touch is made of the same as before; one that is related to it is not."""
    before = hash_inputs(generate(root).site)
    toggle_edit(root, "claim")
    after = hash_inputs(generate(root).site)
    assert {unit for unit in before if before[unit] != after[unit] and "/" not in unit} == {"", "harbour-tunnel"}
    path = root / f"{HARBOUR}/claims/opening-date.yml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("{to: two-years-late,", "{to: night-ferry/fire-in-galley,", 1), encoding="utf-8")
    related = hash_inputs(generate(root).site)
    toggle_edit(root, "claim")
    assert {unit for unit, one in hash_inputs(generate(root).site).items() if one != related[unit]} >= {"night-ferry"}


@pytest.mark.parametrize("case", RERUNS["problems"], ids=lambda case: case["why"])
def test_an_edit_changes_the_problems(case: dict[str, Any], tmp_path: Path) -> None:
    """After each edit of a case the problems are those that a run without a cache has, and not those before it."""
    root = small_project(tmp_path / "project")
    for edit in case["edits"]:
        before = generate(root).problems
        apply_edit(root, edit)
        assert compared(root).problems != before


def test_a_briefing_that_is_saved_while_it_is_read_is_not_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nor the words: what was read is not what stood there when it was looked at. Taken back, all is as it was."""
    root = small_project(tmp_path / "project", texts=False)
    before = generate(root, NO_CACHE)[:2]
    read = Loader.read_briefing

    def saved_meanwhile(self: Loader, slug: str) -> Briefing | None:
        if slug == "harbour-tunnel":
            toggle_edit(root, "title")
            toggle_edit(root, "word")
        return read(self, slug)

    monkeypatch.setattr(Loader, "read_briefing", saved_meanwhile)
    site = generate(root).site
    assert b"label: talk" not in site.files["briefings/vocabulary.yml"]  # the words that its pages show
    monkeypatch.undo()
    toggle_edit(root, "title")
    compared(root)
    toggle_edit(root, "word")
    assert generate(root)[:2] == before


def test_folders_that_lie_too_deep_are_told(root: Path) -> None:
    """Whoever hides a thousand folders in one another ends no command: they are passed over, or told."""
    here = os.open(root / HARBOUR, os.O_RDONLY)
    try:
        for name in ("deep", *["a"] * 1100):
            os.mkdir(name, dir_fd=here)
            above, here = here, os.open(name, os.O_RDONLY, dir_fd=here)
            os.close(above)
    finally:
        os.close(here)
    assert [problem for problem in compared(root).problems if "deep" in problem]
    subprocess.run(["rm", "-r", root / HARBOUR / "deep"], check=True)  # pytest would fail to


def test_an_error_makes_nothing_forgotten(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A run that ends with a mistake asks for less; once it is mended, what was cached before is still there."""
    path = root / f"{HARBOUR}/claims/cost.yml"
    good = path.read_text(encoding="utf-8")
    assert main(["--root", str(root), "render"]) == 0
    path.write_text(good.replace("stance: denies", "stance: doubts", 1), encoding="utf-8")
    assert main(["--root", str(root), "render"]) == 1
    path.write_text(good, encoding="utf-8")
    monkeypatch.setattr(home, "make_card", lambda *_: pytest.fail("what was cached is made again"))
    assert main(["--root", str(root), "render"]) == 0


# -- generated files -----------------------------------------------------------------------------------------------


def test_pages_that_stand_are_not_made_again(tmp_path: Path) -> None:
    """The second time those are made that are nobody's own; after an edit of a briefing, its own, and those of the
    speakers in it."""
    root = small_project(tmp_path / "project")
    first = generate(root)
    assert first.units[:2] == ["harbour-tunnel", "night-ferry"]
    assert first.units[2:] == ["speakers/tunnel-company", "speakers/city-engineer", "speakers/captain", ""]
    assert generate(root)[1:3] == (first.files, [""])
    toggle_edit(root, "other")
    assert generate(root).units == ["night-ferry", "speakers/captain", ""]


@pytest.mark.parametrize(
    ("case", "folder"),
    [pytest.param(case, folder, id=f"{case['why']}, {folder}") for case in RERUNS["pages"] for folder in case["in"]],
)
def test_pages_that_somebody_touched_are_made_again(case: dict[str, Any], folder: str, root: Path) -> None:
    """A generated file that was removed, or that got company nobody misses, is put right."""
    before, unit = read_files(root / "docs"), case["in"][folder]
    for edit in case["edits"]:
        apply_edit(root / "docs" / folder, edit)
    assert generate(root)[1:3] == (before, [unit, ""] if unit else [""])
    assert generate(root).units == [""]


@pytest.mark.parametrize(
    ("case", "folder"),
    [pytest.param(case, folder, id=f"{case['why']}, {folder}") for case in RERUNS["theirs"] for folder in case["in"]],
)
def test_what_somebody_put_among_the_pages_stays(case: dict[str, Any], folder: str, root: Path) -> None:
    """It is told, by its path, and no file changes, until somebody removes it: then all pages are as they were."""
    pages, place = read_files(root / "docs"), root / "docs" / folder
    for edit in case["edits"]:
        apply_edit(place, edit)
    before = list_all(root / "docs")
    for _ in range(2):
        with pytest.raises(NotOurs) as found:
            generate(root)
        told = {problem.place.path: problem.message for problem in found.value.problems}
        assert told.keys() == {f"docs/{folder}/{name}" for name in case["says"]}
        assert all(says in told[f"docs/{folder}/{name}"] for name, says in case["says"].items())
        assert list_all(root / "docs") == before
    for name in case["says"]:
        (place / name).unlink()
    assert generate(root).files == pages


def list_all(folder: Path) -> dict[str, tuple[int, bytes]]:
    """Everything in a folder: its mode, and its content if it is a file or a link."""
    return {
        path.relative_to(folder).as_posix(): (
            path.lstat().st_mode,
            os.fsencode(path.readlink()) if path.is_symlink() else path.read_bytes() if path.is_file() else b"",
        )
        for path in folder.rglob("*")
    }


def test_a_speaker_who_is_gone_has_no_page(root: Path) -> None:
    """Nor has their old address, which leads to them while they are there, also where all else stands."""
    replace_once(root / "briefings/speakers.yml", "{id: captain, ", "{id: captain, was: [mate], ")
    before = generate(root).files
    assert "speakers/mate/index.md" in before
    assert generate(root)[1:3] == (before, [""])
    (root / FERRY).rename(root / "elsewhere")
    gone = {name for name in before.keys() - generate(root).files.keys() if name.startswith("speakers/")}
    assert gone == {"speakers/captain/index.md", "speakers/mate/index.md"}


def test_only_what_changed_is_read(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where nothing changed no briefing is taken into memory; after an edit of one, no other; where what was cached is
    lost or broken it is read from the files, and gives the same."""

    def cached() -> list[Path]:
        return sorted(path for path in (root / ".cache").rglob("*") if path.is_file())

    before, taken = read_files(root / "docs"), set[str]()
    get = LazyBriefings.__getitem__

    def noted(self: LazyBriefings, slug: str) -> Any:
        taken.add(slug)
        return get(self, slug)

    monkeypatch.setattr(LazyBriefings, "__getitem__", noted)
    large = cached()
    assert generate(root)[1:3] == (before, [""])
    assert taken == set()
    assert cached() == large  # for the next edit
    toggle_edit(root, "other")
    after = generate(root).files
    assert taken == {"night-ferry"}
    for file in cached():
        if file.name != SMALL:
            file.write_bytes(b"broken")
    shutil.rmtree(root / "docs/briefings")
    assert generate(root).files == after


def test_pages_of_a_briefing_that_is_gone_go(root: Path) -> None:
    """Its folders are removed, and no other's."""
    before = read_files(root / "docs")
    (root / FERRY).rename(root / "elsewhere")
    after = generate(root).files
    assert {name for name in before if "/night-ferry/" in name}
    assert not [name for name in after if "/night-ferry/" in name]
    (root / "elsewhere").rename(root / FERRY)
    assert generate(root).files == before


# -- the built site ------------------------------------------------------------------------------------------------


def test_what_is_wanted_or_hidden_stays(tmp_path: Path) -> None:
    """Other files go, at any depth, and links, and folders in which nothing is left."""
    for name in ("a/index.html", "a/old.html", "b/c/d.html", "tree/x", ".git/config", "a/.hidden"):
        (tmp_path / "site" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "site" / name).write_text(name, encoding="utf-8")
    (tmp_path / "site/a/index").symlink_to(tmp_path)
    remove_outdated(tmp_path / "site", {"a/index.html", "new.html"}, ("tree",))
    assert sorted(read_files(tmp_path / "site")) == [".git/config", "a/index.html", "tree/x"]
    assert not (tmp_path / "site/b").exists()


def test_a_site_steps_aside_and_back(tmp_path: Path) -> None:
    """Aside it is hidden, whatever a killed build has left there; a site made meanwhile is left alone."""
    site = tmp_path / "site"
    site.mkdir()
    (site / "one").write_text("1", encoding="utf-8")
    hide_site(site)
    assert not site.exists()
    hide_site(site)  # the build was killed: the site is still aside
    restore_site(site)
    assert sorted(read_files(site)) == ["one"]
    hide_site(site)
    site.mkdir()
    (site / "two").write_text("2", encoding="utf-8")
    restore_site(site)
    assert sorted(read_files(site)) == ["two"]
    hide_site(site)
    restore_site(site)
    assert sorted(read_files(tmp_path)) == ["site/two"]


def test_a_link_never_steps_aside(tmp_path: Path) -> None:
    """Neither the folder to which it leads nor the link is touched."""
    (tmp_path / "real").mkdir()
    (tmp_path / "real/one").write_text("1", encoding="utf-8")
    (tmp_path / "site").symlink_to(tmp_path / "real")
    hide_site(tmp_path / "site")
    restore_site(tmp_path / "site")
    remove_outdated(tmp_path / "site", (), ())
    assert (tmp_path / "site").is_symlink()
    assert sorted(read_files(tmp_path / "real")) == ["one"]


@pytest.mark.slow
@pytest.mark.long
def test_a_site_with_what_was_kept_is_a_site_built_clean(project: Project) -> None:
    """Over random edits, of theme and settings, too, each build equals byte for byte one with nothing kept; and one
    that follows a build without an edit builds none of the generated pages."""
    project.add_harbour()
    project.add_ferry()
    dice = random.Random(11)
    (project.root / "kept/matter/index.html").mkdir(parents=True)  # what no page may be written into or through
    (project.root / "kept/method").symlink_to(project.root / "docs")
    project.write("kept/briefings", "a file")
    project.write("kept/old/folder/.page.html", "an old page")
    compared = 0
    for turn in range(1, 6):
        if turn == 4:
            (project.root / "docs/matter").unlink()
            project.write("docs/matter/inside.txt", "a folder of this name")
            toggle_edit(project.root, "a briefing")
        for name in dice.sample(sorted(EDITS), dice.choice((0, 1, 2))):
            toggle_edit(project.root, name)
        if turn == 2:  # somebody changed what is cached: no page and no picture of it is published
            for path in (project.root / FOLDER).rglob("*"):
                if path.is_file():
                    path.write_bytes(path.read_bytes().replace(b"</body>", b"<script>alert(1)</script></body>") + b" ")
        if turn == 3:
            toggle_edit(project.root, "the theme")
            project.write("docs/matter", "a file of this name")
            toggle_edit(project.root, "a briefing")
        if turn == 4:
            project.edit("mkdocs.yml", "site_name: Synoptic", "site_name: Another")
        if turn == 5:  # at a new depth the theme's scripts are others, so all pages are told another policy
            page = '<!doctype html><html lang="en"><meta charset="utf-8"><title>Deep</title></html>'
            project.write("docs/a/b/c/d/e/f/deep.html", page)
        kept = project.build("kept").files()
        shutil.rmtree(project.root / FOLDER)
        clean = project.build("clean").files()
        assert {name for name in {*kept, *clean} if kept.get(name) != clean.get(name)} == set(), turn
        compared += sum(map(len, clean.values()))
    print(f"{compared} bytes compared")
    again = project.run("mkdocs", "build", "--strict", "--verbose", "--site-dir", project.root / "kept").stdout
    built = [line for line in again.splitlines() if "Building page" in line]
    assert built
    assert not [line for line in built if "briefings/harbour-tunnel" in line]
