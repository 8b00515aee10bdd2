"""What is kept between runs: it is used, and it changes nothing."""

import os
import random
import shutil
import subprocess
from pathlib import Path

import pytest

from build_tools.base.cache import FOLDER, NO_CACHE, Cache
from build_tools.base.problems import sort_problems
from build_tools.cli.main import main
from build_tools.load.load import Loader
from build_tools.model.site import Briefing, Site
from build_tools.pages import home
from build_tools.site.incremental import Incremental, hash_inputs
from tests.projects import EDITS, Project, read_files, replace_once, small_project, toggle_edit

HARBOUR = "briefings/harbour-tunnel"


def everything(root: Path, kept: Cache) -> tuple[dict[str, bytes], list[str], Site]:
    """Pages, problems and site of a project, of a run to its end."""
    docs = root / ("docs" if kept is NO_CACHE else "docs-kept")
    project = Incremental(root, docs, kept)
    site, problems = project.load()
    assert site is not None
    problems = sort_problems([*problems, *project.check(site)])
    if not any(problem.level == "error" for problem in problems):
        project.write(site, drafts=False)
    kept.prune()
    return read_files(docs), [str(problem) for problem in problems], site


@pytest.mark.parametrize("name", EDITS)
def test_an_edit_makes_anew_what_it_touches(name: str, tmp_path: Path) -> None:
    """After any edit the pages and problems are those that a run without anything kept has."""
    root = small_project(tmp_path / "project", texts=False)
    everything(root, Cache(tmp_path / "kept"))
    toggle_edit(root, name)
    assert everything(root, Cache(tmp_path / "kept"))[:2] == everything(root, NO_CACHE)[:2]


def test_an_edit_leaves_the_other_briefing_alone(tmp_path: Path) -> None:
    """A briefing that an edit does not touch is made of the same as before; one that is related to it is not."""
    root = small_project(tmp_path / "project", texts=False)
    before = hash_inputs(everything(root, NO_CACHE)[2])
    toggle_edit(root, "claim")
    after = hash_inputs(everything(root, NO_CACHE)[2])
    assert {unit for unit in before if before[unit] != after[unit] and "/" not in unit} == {"", "harbour-tunnel"}
    path = root / f"{HARBOUR}/claims/opening-date.yml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("{to: two-years-late,", "{to: night-ferry/fire-in-galley,", 1), encoding="utf-8")
    related = hash_inputs(everything(root, NO_CACHE)[2])
    toggle_edit(root, "claim")
    assert {s for s, one in hash_inputs(everything(root, NO_CACHE)[2]).items() if one != related[s]} >= {"night-ferry"}


def test_what_took_the_place_of_a_claim_is_looked_at_again(tmp_path: Path) -> None:
    """A briefing that leads from a claim that is gone to one of another briefing is made of that one's files, too."""
    root = small_project(tmp_path / "project", texts=False)
    path = root / f"{HARBOUR}/briefing.yml"
    gone = "gone:\n  - {ids: [old-claim], why: It was two., to: night-ferry/fire-in-galley}\n"
    replace_once(path, "bottom_line:", f"{gone}bottom_line:")
    before = everything(root, Cache(tmp_path / "kept"))
    replace_once(next((root / "briefings/night-ferry/claims").iterdir()), "id: fire-in-galley", "id: fire")
    after = everything(root, Cache(tmp_path / "kept"))
    assert hash_inputs(before[2])["harbour-tunnel"] != hash_inputs(after[2])["harbour-tunnel"]
    assert after[1] == everything(root, NO_CACHE)[1] != before[1]


def test_a_briefing_that_is_saved_while_it_is_read_is_not_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nor the words: what was read is not what stood there when it was looked at. Taken back, all is as it was."""
    root = small_project(tmp_path / "project", texts=False)
    before = everything(root, NO_CACHE)[:2]
    read = Loader.read_briefing

    def saved_meanwhile(self: Loader, slug: str) -> Briefing | None:
        if slug == "harbour-tunnel":
            toggle_edit(root, "title")
            toggle_edit(root, "word")
        return read(self, slug)

    monkeypatch.setattr(Loader, "read_briefing", saved_meanwhile)
    site = everything(root, Cache(tmp_path / "kept"))[2]
    assert b"label: says" not in site.files["briefings/vocabulary.yml"]  # the words that its pages show
    monkeypatch.undo()
    toggle_edit(root, "title")
    assert everything(root, Cache(tmp_path / "kept"))[:2] == everything(root, NO_CACHE)[:2]
    toggle_edit(root, "word")
    assert everything(root, Cache(tmp_path / "kept"))[:2] == before


def test_folders_that_lie_too_deep_are_told(tmp_path: Path) -> None:
    """Whoever hides a thousand folders in one another ends no command: they are passed over, or told."""
    root = small_project(tmp_path / "project", texts=False)
    here = os.open(root / HARBOUR, os.O_RDONLY)
    try:
        for name in ("deep", *["a"] * 1100):
            os.mkdir(name, dir_fd=here)
            above, here = here, os.open(name, os.O_RDONLY, dir_fd=here)
            os.close(above)
    finally:
        os.close(here)
    found = everything(root, Cache(tmp_path / "kept"))[1]
    assert found == everything(root, NO_CACHE)[1]
    assert [problem for problem in found if "deep" in problem]
    subprocess.run(["rm", "-r", root / HARBOUR / "deep"], check=True)  # pytest would fail to


def test_lines_of_the_speakers_are_as_they_stand(tmp_path: Path) -> None:
    """A problem that names a line of the shared speakers names another when lines come before it."""
    root = small_project(tmp_path / "project", texts=False)
    path = root / "briefings/speakers.yml"
    text = path.read_text(encoding="utf-8").replace("{id: captain, ", "{id: captain, was: [city-engineer], ")
    for lines in ("", "# Another line.\n\n"):
        path.write_text(lines + text, encoding="utf-8")
        found = everything(root, Cache(tmp_path / "kept"))[1]
        assert found == everything(root, NO_CACHE)[1] != []


def test_an_error_makes_nothing_forgotten(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A run that ends with a mistake asks for less; once it is mended, what was kept before is still there."""
    root = small_project(tmp_path / "project", texts=False)
    path = root / f"{HARBOUR}/claims/cost.yml"
    good = path.read_text(encoding="utf-8")
    assert main(["--root", str(root), "render"]) == 0
    path.write_text(good.replace("stance: denies", "stance: doubts", 1), encoding="utf-8")
    assert main(["--root", str(root), "render"]) == 1
    path.write_text(good, encoding="utf-8")
    monkeypatch.setattr(home, "make_card", lambda *_: pytest.fail("what was kept is made again"))
    assert main(["--root", str(root), "render"]) == 0


def test_an_empty_folder_is_noticed(tmp_path: Path) -> None:
    """A folder where a file should be, empty or not, is a problem also where all else is as it was."""
    root = small_project(tmp_path / "project", texts=False)
    assert everything(root, Cache(tmp_path / "kept"))[1] == []
    (root / HARBOUR / "claims/empty.yml").mkdir()
    found = everything(root, Cache(tmp_path / "kept"))[1]
    assert found == everything(root, NO_CACHE)[1] != []


def test_with_a_text_at_hand_it_is_read_each_time(tmp_path: Path) -> None:
    """A text that changes is noticed, though no YAML file did."""
    root = small_project(tmp_path / "project")
    kept = tmp_path / "kept"
    assert everything(root, Cache(kept))[1] == []
    replace_once(root / f"{HARBOUR}/articles/gazette.txt", "first of June", "first of July")
    assert everything(root, Cache(kept))[1] == everything(root, NO_CACHE)[1] != []


@pytest.mark.slow
def test_a_site_with_what_was_kept_is_a_site_built_clean(project: Project) -> None:
    """Over random edits, of theme and settings, too, each build equals byte for byte one with nothing kept; and one
    that follows a build without an edit builds none of the generated pages."""
    project.add_harbour()
    project.add_ferry()
    dice = random.Random(11)
    (project.root / "kept/matter").mkdir(parents=True)  # what no page may be written into or through
    (project.root / "kept/matter/index.html").mkdir()
    (project.root / "kept/method").symlink_to(project.root / "docs")
    (project.root / "kept/briefings").write_text("a file", encoding="utf-8")
    (project.root / "kept/old/folder").mkdir(parents=True)
    (project.root / "kept/old/folder/.page.html").write_text("an old page", encoding="utf-8")
    theme = project.root / "overrides/main.html"
    settings = project.root / "mkdocs.yml"
    compared = 0
    for turn in range(6):
        if turn == 4:
            (project.root / "docs/matter").unlink()
            project.write("docs/matter/inside.txt", "a folder of this name")
            shutil.move(project.root / "night-ferry", project.root / "briefings/night-ferry")
        for name in dice.sample(sorted(EDITS), dice.choice((0, 1, 2))):
            toggle_edit(project.root, name)
        if turn == 3:
            theme.write_text(theme.read_text(encoding="utf-8") + "{# another #}\n", encoding="utf-8")
            project.write("docs/matter", "a file of this name")
            shutil.move(project.root / "briefings/night-ferry", project.root / "night-ferry")
        if turn == 4:
            text = settings.read_text(encoding="utf-8")
            settings.write_text(text.replace("site_name: Synoptic", "site_name: Another"), encoding="utf-8")
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
