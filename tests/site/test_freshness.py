"""The generated pages of the run before: what is current stays, and everything else is made again."""

import os
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from build_tools.base.cache import SMALL, Cache
from build_tools.site.generated_files import Freshness
from build_tools.site.incremental import Incremental, LazyBriefings
from tests.projects import read_files, replace_once, small_project

#: What has files of its own, and one of them.
PAGES = {"harbour-tunnel": "briefings/harbour-tunnel/matrix/index.md", "speakers/captain": "speakers/captain/index.md"}


def written(root: Path) -> tuple[list[str], dict[str, bytes]]:
    """Generate a project's pages: whose were made, and all of them."""
    project = Incremental(root, root / "docs", Cache(root / ".cache"))
    site, _ = project.load()
    assert site is not None
    units: list[str] = []
    record = Freshness.record

    def noted(self: Freshness, unit: str, inputs: str) -> None:
        units.append(unit)
        record(self, unit, inputs)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Freshness, "record", noted)
        project.write(site, drafts=False)
    project.cache.prune()
    return units, read_files(root / "docs")


def another(path: Path) -> None:
    """Another letter, at the time at which the file was written."""
    at = path.stat()
    path.write_bytes(path.read_bytes().replace(b"e", b"o", 1))
    os.utime(path, ns=(at.st_atime_ns, at.st_mtime_ns))


TOUCHED: dict[str, Callable[[Path], object]] = {
    "another letter": another,
    "removed": Path.unlink,
    "a file beside it": lambda path: (path.parent / "more.md").write_text("More.", encoding="utf-8"),
    "a folder beside it": lambda path: (path.parent / "more").mkdir(),
    "a link in its place": lambda path: path.rename(path.with_name("old")).with_name("index.md").symlink_to("old"),
    "a folder in its place": lambda path: path.rename(path.with_name("old")).with_name("index.md").mkdir(),
}


def test_pages_that_stand_are_not_made_again(tmp_path: Path) -> None:
    """The second time those are made that are nobody's own; after an edit of a briefing, its own, and those of the
    speakers in it."""
    root = small_project(tmp_path / "project")
    made, before = written(root)
    assert made[:2] == ["harbour-tunnel", "night-ferry"]
    assert made[2:] == ["speakers/tunnel-company", "speakers/city-engineer", "speakers/captain", ""]
    assert written(root) == ([""], before)
    replace_once(root / "briefings/night-ferry/briefing.yml", "title: The night", "title: Well, The night")
    assert written(root)[0] == ["night-ferry", "speakers/captain", ""]


@pytest.mark.parametrize("unit", PAGES)
@pytest.mark.parametrize("touch", TOUCHED.values(), ids=TOUCHED)
def test_pages_that_somebody_touched_are_made_again(touch: Callable[[Path], object], unit: str, tmp_path: Path) -> None:
    """A generated file that was changed, removed or replaced, or that got company, is put right."""
    root = small_project(tmp_path / "project")
    _, before = written(root)
    touch(root / "docs" / PAGES[unit])
    assert written(root) == ([unit, ""], before)
    assert written(root)[0] == [""]


def test_a_folder_in_the_place_of_the_list_of_speakers_goes(tmp_path: Path) -> None:
    """The list is nobody's own, and comes back all the same."""
    root = small_project(tmp_path / "project")
    _, before = written(root)
    path = root / "docs/speakers/index.md"
    path.unlink()
    path.mkdir()
    (path / "more.md").write_text("More.", encoding="utf-8")
    assert written(root) == ([""], before)


@pytest.mark.parametrize("folder", ["briefings/harbour-tunnel", "speakers/captain"])
def test_a_file_in_the_place_of_a_folder_goes(folder: str, tmp_path: Path) -> None:
    """Whatever put it there: all under it is generated."""
    root = small_project(tmp_path / "project")
    _, before = written(root)
    shutil.rmtree(root / "docs" / folder)
    (root / "docs" / folder).write_text("a file", encoding="utf-8")
    assert written(root)[1] == before


def test_a_speaker_who_is_gone_has_no_page(tmp_path: Path) -> None:
    """Nor has their old address, which leads to them while they are there, also where all else stands."""
    root = small_project(tmp_path / "project")
    path = root / "briefings/speakers.yml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("{id: captain, ", "{id: captain, was: [mate], "), encoding="utf-8")
    _, before = written(root)
    assert "speakers/mate/index.md" in before
    assert written(root) == ([""], before)
    (root / "briefings/night-ferry").rename(root / "elsewhere")
    assert {name for name in before.keys() - written(root)[1].keys() if name.startswith("speakers/")} == {
        "speakers/captain/index.md", "speakers/mate/index.md",
    }  # fmt: skip


def test_only_what_changed_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where nothing changed no briefing is taken into memory; after an edit of one, no other; where what was kept is
    lost or broken it is read from the files, and gives the same."""
    root = small_project(tmp_path / "project", texts=False)
    _, before = written(root)
    taken: set[str] = set()
    get = LazyBriefings.__getitem__

    def noted(self: LazyBriefings, slug: str) -> Any:
        taken.add(slug)
        return get(self, slug)

    monkeypatch.setattr(LazyBriefings, "__getitem__", noted)
    large = sorted(path for path in (root / ".cache").rglob("*") if path.is_file())
    assert written(root) == ([""], before)
    assert taken == set()
    assert sorted(path for path in (root / ".cache").rglob("*") if path.is_file()) == large  # for the next edit
    replace_once(root / "briefings/night-ferry/briefing.yml", "title: The night", "title: Well, The night")
    _, after = written(root)
    assert taken == {"night-ferry"}
    for file in (root / ".cache").rglob("*"):
        if file.is_file() and file.name != SMALL:
            file.write_bytes(b"broken")
    shutil.rmtree(root / "docs/briefings")
    assert written(root)[1] == after


def test_pages_behind_a_link_are_made_again(tmp_path: Path) -> None:
    """A briefing's folder that was moved and linked to does not stand: the link goes, and the pages come back."""
    root = small_project(tmp_path / "project")
    _, before = written(root)
    folder = root / "docs/briefings/harbour-tunnel"
    folder.symlink_to(folder.rename(tmp_path / "elsewhere"))
    assert written(root) == (["harbour-tunnel", ""], before)
    assert not folder.is_symlink()


def test_pages_of_a_briefing_that_is_gone_go(tmp_path: Path) -> None:
    """Its folders are removed, and no other's."""
    root = small_project(tmp_path / "project")
    _, before = written(root)
    (root / "briefings/night-ferry").rename(root / "elsewhere")
    _, after = written(root)
    assert {name for name in before if "/night-ferry/" in name}
    assert not [name for name in after if "/night-ferry/" in name]
    (root / "elsewhere").rename(root / "briefings/night-ferry")
    assert written(root)[1] == before
