"""The site of the build before: what may stay stays, and nothing else."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from build_tools.kept import Kept
from build_tools.load import load
from build_tools.render import pages_by_briefing
from build_tools.standing import Standing, clear, step_aside, step_back
from build_tools.write import write_pages
from tests.test_cases import make_project


def tree(folder: Path) -> list[str]:
    """The files of a folder."""
    return sorted(p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.is_file())


def test_what_is_wanted_or_hidden_stays(tmp_path: Path) -> None:
    """Other files go, at any depth, and links, and folders in which nothing is left."""
    for name in ("a/index.html", "a/old.html", "b/c/d.html", "tree/x", ".git/config", "a/.hidden"):
        (tmp_path / "site" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "site" / name).write_text(name, encoding="utf-8")
    (tmp_path / "site/a/index").symlink_to(tmp_path)
    clear(tmp_path / "site", {"a/index.html", "new.html"}, ("tree",))
    assert tree(tmp_path / "site") == [".git/config", "a/index.html", "tree/x"]
    assert not (tmp_path / "site/b").exists()


def test_a_site_steps_aside_and_back(tmp_path: Path) -> None:
    """Aside it is hidden, whatever a killed build has left there; a site made meanwhile is left alone."""
    site = tmp_path / "site"
    site.mkdir()
    (site / "one").write_text("1", encoding="utf-8")
    step_aside(site)
    assert not site.exists()
    step_aside(site)  # the build was killed: the site is still aside
    step_back(site)
    assert tree(site) == ["one"]
    step_aside(site)
    site.mkdir()
    (site / "two").write_text("2", encoding="utf-8")
    step_back(site)
    assert tree(site) == ["two"]
    step_aside(site)
    step_back(site)
    assert tree(tmp_path) == ["site/two"]


def test_a_link_never_steps_aside(tmp_path: Path) -> None:
    """Neither the folder to which it leads nor the link is touched."""
    (tmp_path / "real").mkdir()
    (tmp_path / "real/one").write_text("1", encoding="utf-8")
    (tmp_path / "site").symlink_to(tmp_path / "real")
    step_aside(tmp_path / "site")
    step_back(tmp_path / "site")
    clear(tmp_path / "site", (), ())
    assert (tmp_path / "site").is_symlink()
    assert tree(tmp_path / "real") == ["one"]


# -- generated pages -----------------------------------------------------------------------------------------------

PAGE = "briefings/harbour-tunnel/matrix/index.md"


def written(root: Path) -> tuple[list[str], dict[str, bytes]]:
    """Generate a project's pages: of which briefings they were made, and all of them."""
    site, problems = load(root)
    assert site is not None
    results = Kept(root / ".cache")
    standing, made_of = Standing(root / "docs", results), []
    made, stay, _ = pages_by_briefing(site, problems, drafts=False, results=results, stands=standing.there)

    def note(slug: str) -> None:
        made_of.append(slug)
        standing.note(slug)

    write_pages(root / "docs", made, stay, note)
    results.forget()
    return made_of, {name: (root / "docs" / name).read_bytes() for name in tree(root / "docs")}


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
    """The second time those of no briefing are made; after an edit of one, its own."""
    root = make_project(tmp_path / "project")
    made, before = written(root)
    assert made == ["harbour-tunnel", "night-ferry", ""]
    assert written(root) == ([""], before)
    path = root / "briefings/night-ferry/briefing.yml"
    path.write_text(path.read_text(encoding="utf-8").replace("title: ", "title: Well, ", 1), encoding="utf-8")
    assert written(root)[0] == ["night-ferry", ""]


@pytest.mark.parametrize("touch", TOUCHED.values(), ids=TOUCHED)
def test_pages_that_somebody_touched_are_made_again(touch: Callable[[Path], object], tmp_path: Path) -> None:
    """A generated file that was changed, removed or replaced, or that got company, is put right."""
    root = make_project(tmp_path / "project")
    _, before = written(root)
    touch(root / "docs" / PAGE)
    assert written(root) == (["harbour-tunnel", ""], before)
    assert written(root)[0] == [""]


def test_pages_behind_a_link_are_made_again(tmp_path: Path) -> None:
    """A briefing's folder that was moved and linked to does not stand: the link goes, and the pages come back."""
    root = make_project(tmp_path / "project")
    _, before = written(root)
    folder = root / "docs/briefings/harbour-tunnel"
    folder.symlink_to(folder.rename(tmp_path / "elsewhere"))
    assert written(root) == (["harbour-tunnel", ""], before)
    assert not folder.is_symlink()


def test_pages_of_a_briefing_that_is_gone_go(tmp_path: Path) -> None:
    """Its folders are removed, and no other's."""
    root = make_project(tmp_path / "project")
    _, before = written(root)
    (root / "briefings/night-ferry").rename(root / "elsewhere")
    _, after = written(root)
    assert {name for name in before if "/night-ferry/" in name}
    assert not [name for name in after if "/night-ferry/" in name]
    (root / "elsewhere").rename(root / "briefings/night-ferry")
    assert written(root)[1] == before
