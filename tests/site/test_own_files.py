"""Files of people where the generated pages go: they are never overwritten or removed, and always told."""

import shutil
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from synoptic.base.lock import lock_file
from synoptic.base.problems import Refused
from synoptic.model.site import Publication
from synoptic.site import own_files
from synoptic.site.generated_files import SINGLE, TREES
from synoptic.site.own_files import FOLDER, LOCK, RECORD, OwnFiles
from synoptic.site.serve import LiveSite
from tests.projects import CHECKOUT, Project, apply_edit, git, read_files, run, small_project
from tests.site import CASES

Output = pytest.CaptureFixture[str]
#: A page that an earlier version wrote, and that today's writes otherwise.
OLD = b"---\ntitle: Old\n---\n\nAn earlier version wrote this.\n"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """The invented project, which has no pages yet."""
    return small_project(tmp_path / "project", texts=False)


def pages(folder: Path) -> dict[str, bytes]:
    """The files of a folder without the record."""
    return {path: text for path, text in read_files(folder).items() if not path.startswith(f"{FOLDER}/")}


def record(root: Path) -> Path:
    """The record of a project's pages."""
    return root / "docs" / FOLDER / RECORD


@pytest.mark.parametrize("name", CASES["theirs"])
def test_files_that_somebody_wrote_by_hand_stay(name: str, root: Path, capsys: Output) -> None:
    """Before the first run, too: each is told by its path, with a tip, and nothing is written. Moved away, it is in
    nobody's way."""
    case = CASES["theirs"][name]
    for edit in case["edits"]:
        apply_edit(root / "docs", edit)
    before = read_files(root)
    for _ in range(2):
        assert run(root, "render") == bool(case["says"])
        out = capsys.readouterr().out
        told = [line.partition(": error: ") for line in out.splitlines() if ": error: " in line]
        assert [place.removesuffix(":1:1") for place, _, _ in told] == [f"docs/{path}" for path in case["says"]]
        assert out.count("tip: ") == len(case["says"])
        after = pages(root)
        assert {path: after.get(path) for path in before} == before
        assert not case["says"] or {path for path in after.keys() - before if not path.startswith(".cache/")} <= {
            f"docs/{FOLDER}/.gitignore", f"docs/{FOLDER}/{LOCK}"
        }  # fmt: skip
    for path in case["says"]:
        (root / "docs" / path).rename(root / "theirs")
        assert run(root, "render") == (path != case["says"][-1])
        (root / "theirs").unlink()
    assert (root / "docs/index.md").read_bytes().startswith(b"---\n")


def test_only_places_that_are_looked_at_are_written(root: Path) -> None:
    """Each file that a run writes is in one of the places where it looks for files of people."""
    git(root, "init", "-q", "-b", "main")
    git(root, "add", "-A")
    git(root, "commit", "-q", "-m", "A commit")
    (root / "mkdocs.yml").write_text("site_name: Ours\n", encoding="utf-8")
    assert run(root, "render") == 0
    written = pages(root / "docs")
    assert "changes/index.md" in written
    others = {path for path in written if not path.startswith(tuple(f"{tree}/" for tree in TREES))}
    assert others == set(SINGLE)
    listed = {line[66:] for line in record(root).read_text(encoding="utf-8").splitlines()}
    assert listed == written.keys()
    done = subprocess.run(["sha256sum", "--check", "--quiet", f"{FOLDER}/{RECORD}"], cwd=root / "docs", check=False)
    assert done.returncode == 0


def test_git_does_not_see_the_record(root: Path) -> None:
    """Nobody has to add it to a list."""
    git(root, "init", "-q", "-b", "main")
    assert run(root, "render") == 0
    assert FOLDER not in git(root, "status", "--porcelain", "-uall")


# -- a site that an earlier version generated ----------------------------------------------------------------------


@pytest.fixture
def earlier(root: Path) -> Path:
    """The project with pages that an earlier version wrote: some are other bytes today, one is gone."""
    assert run(root, "render") == 0
    shutil.rmtree(root / "docs" / FOLDER)
    shutil.rmtree(root / ".cache")
    for name in ("index.md", "speakers/captain/index.md", "briefings/harbour-tunnel/matrix/index.md", "method/old.md"):
        (root / "docs" / name).write_bytes(OLD)
    return root


def ignore(root: Path) -> None:
    """Make the project a repository that ignores the pages, as `init` begins one."""
    git(root, "init", "-q", "-b", "main")
    (root / ".gitignore").write_text("".join(f"/docs/{tree}/\n" for tree in TREES) + "/docs/index.md\n", "utf-8")


def test_pages_that_git_ignores_are_ours(earlier: Path) -> None:
    """They are replaced without a question, and the old one goes."""
    ignore(earlier)
    assert run(earlier, "render") == 0
    assert OLD not in pages(earlier / "docs").values()
    assert not (earlier / "docs/method/old.md").exists()


def test_pages_in_git_are_not_ours(earlier: Path, capsys: Output) -> None:
    """Not even where it would ignore them if they were new."""
    ignore(earlier)
    git(earlier, "add", "-f", "docs/speakers/captain/index.md")
    assert run(earlier, "render") == 1
    out = capsys.readouterr().out
    assert "docs/speakers/captain/index.md:1:1: error: is not a file that Synoptic wrote" in out
    assert "render: 1 error, 0 warnings" in out


def test_without_git_only_other_bytes_are_told(earlier: Path, capsys: Output) -> None:
    """What we would write the same is ours; of the rest a tip says that it may be of an earlier version. Deleted, the
    next run goes through."""
    assert run(earlier, "render") == 1
    out = capsys.readouterr().out
    assert out.count("or delete it if an earlier version wrote it") == 4
    for path, text in pages(earlier / "docs").items():
        if text == OLD:
            (earlier / "docs" / path).unlink()
    assert run(earlier, "render") == 0


def test_once_there_is_a_record_git_is_not_asked(root: Path, capsys: Output) -> None:
    """A page that somebody writes by hand stays, though Git ignores its folder."""
    ignore(root)
    assert run(root, "render") == 0
    (root / "docs/speakers/jane.md").write_text("# Jane\n", encoding="utf-8")
    assert run(root, "render") == 1
    assert "docs/speakers/jane.md:1:1: error: is not a file that Synoptic wrote" in capsys.readouterr().out


def test_a_lost_record_costs_nothing_while_pages_are_the_same(root: Path) -> None:
    """Somebody who deletes it gets it again, whatever else is cached."""
    assert run(root, "render") == 0
    before = read_files(root / "docs")
    shutil.rmtree(root / "docs" / FOLDER)
    assert run(root, "render") == 0
    assert read_files(root / "docs") == before


def test_many_files_are_not_all_told(root: Path, capsys: Output) -> None:
    """The first fifty are, and how many more there are."""
    (root / "docs/speakers").mkdir(parents=True)
    for number in range(60):
        (root / f"docs/speakers/{number}.md").touch()
    assert run(root, "render") == 1
    out = capsys.readouterr().out
    assert "docs:1:1: error: 10 more of the files" in out
    assert "render: 51 errors" in out


# -- the record ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("line", CASES["records"])
def test_a_record_that_somebody_tampered_with_removes_nothing_elsewhere(line: str, root: Path, tmp_path: Path) -> None:
    """Whatever it says, no file out of the folders of pages is touched, and the next record is right."""
    (tmp_path / "etc").write_text("precious", encoding="utf-8")
    (root / "docs").mkdir()
    (root / "docs/about.md").write_text("precious", encoding="utf-8")
    assert run(root, "render") == 0
    before, good = pages(root / "docs"), record(root).read_bytes()
    with record(root).open("ab") as file:
        file.write(line.replace("HASH", own_files.hash_content("precious")).encode("utf-8", "surrogateescape"))
    assert run(root, "render") == 0
    assert pages(root / "docs") == before
    assert (tmp_path / "etc").read_text(encoding="utf-8") == "precious"
    assert record(root).read_bytes() == good


@pytest.mark.parametrize("name", ["", f"/{RECORD}", f"/{LOCK}"])
def test_a_record_that_is_a_link_is_refused(name: str, root: Path, tmp_path: Path, capsys: Output) -> None:
    """Nothing is written to where it leads."""
    assert run(root, "render") == 0
    place = root / f"docs/{FOLDER}{name}"
    place.rename(tmp_path / "there")
    place.symlink_to(tmp_path / "there")
    before = read_files(tmp_path)
    assert run(root, "render") == 1
    assert f"docs/{FOLDER}{name}: is a link" in capsys.readouterr().err
    assert read_files(tmp_path) == before


def test_a_path_may_have_any_characters(tmp_path: Path) -> None:
    """Line feeds, half characters and spaces come back from the record as they were."""
    names = ["a b.md", "line\nfeed.md", "\u2028.md", "half\udcff.md", "back\\slash.md", "\r.md"]
    for name in names:
        (tmp_path / name).write_text("x", encoding="utf-8")
    own = OwnFiles(tmp_path)
    with own.hold():
        own.settle(own.announce(dict.fromkeys(names, "x")), bool)
    with own.hold():
        assert [list(own.find_foreign(name)) for name in names] == [[]] * len(names)
        (tmp_path / names[1]).write_text("y", encoding="utf-8")
        assert list(own.find_foreign(names[1])) == [names[1]]


def test_a_run_waits_for_another(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It goes on when the other ends; if that takes too long, a sentence says so."""
    assert run(root, "render") == 0
    own = OwnFiles(root / "docs")
    with lock_file(root / "docs" / FOLDER / LOCK):
        monkeypatch.setattr(own_files, "WAIT", 0)
        with pytest.raises(Refused, match="another run of Synoptic writes here"), own.hold():
            pytest.fail("two runs at once")
        monkeypatch.setattr(own_files, "WAIT", 60)
        done: list[int] = []
        other = threading.Thread(target=lambda: done.append(run(root, "render")))
        other.start()
        other.join(1)
        assert not done
    other.join()
    assert done == [0]


def test_two_runs_at_once_leave_what_one_leaves(root: Path, tmp_path: Path) -> None:
    """Each ends well, and so does the next: none takes the files of another for those of people."""
    alone = small_project(tmp_path / "alone", texts=False)
    assert run(alone, "render") == 0
    command = [sys.executable, "-m", "synoptic", "--root", str(root), "render"]
    runs = [subprocess.Popen(command, cwd=CHECKOUT, stdout=subprocess.DEVNULL) for _ in range(2)]
    assert [one.wait() for one in runs] == [0] * 2
    assert read_files(root / "docs") == read_files(alone / "docs")


# -- the other ways in ---------------------------------------------------------------------------------------------


@pytest.fixture
def live(root: Path) -> LiveSite:
    """A server's memory, of a project in which somebody wrote a page by hand."""
    (root / "docs/speakers").mkdir(parents=True)
    (root / "docs/speakers/jane.md").write_text("# Jane\n", encoding="utf-8")
    live = LiveSite()
    live.prepare(root, root / "docs", Publication(), [root / "docs", root / "briefings"])
    return live


def test_a_server_shows_the_file_until_it_is_gone(root: Path, live: LiveSite) -> None:
    """It is a problem of every page, and the server writes nothing; it builds when the file goes."""
    built: list[None] = []
    watched = [root / "docs", root / "briefings"]
    assert [problem.place.path for problem in live.problems] == ["docs/speakers/jane.md"]
    assert pages(root / "docs").keys() == {"speakers/jane.md"}
    scan = live.scan(root / "docs")
    (root / "docs/speakers/jane.md").unlink()
    assert live.scan(root / "docs") != scan
    live.rebuild(lambda: built.append(None), watched)
    assert built
    assert live.problems == ()
    assert "index.md" in pages(root / "docs")


def test_a_folder_for_another_builder_keeps_what_others_put_there(tmp_path: Path, root: Path, capsys: Output) -> None:
    """A site of somebody's own is not taken for such a folder: its settings, pages and theme stay, and are told."""
    (root / "mkdocs.yml").write_text("site_name: Ours\ntheme: material\n", encoding="utf-8")
    theirs = {"mkdocs.yml": "site_name: Theirs\n", "docs/index.md": "# Theirs\n", "docs/tides.md": "# Tides\n"}
    theirs |= {"theme/main.html": "theirs", "docs/speakers/jane.md": "# Jane\n", "more.txt": "more"}
    for path, text in theirs.items():
        Project(tmp_path / "out").write(path, text)
    assert run(root, "render", "--out", str(tmp_path / "out")) == 1
    out = capsys.readouterr().out
    assert pages(tmp_path / "out") == {path: text.encode() for path, text in theirs.items()}
    assert all(f"/out/{path}:1:1: error: is not" in out for path in ("mkdocs.yml", "docs/tides.md", "theme/main.html"))


def test_a_file_in_the_folder_of_another_builder_is_told_before_anything_is_written(root: Path, capsys: Output) -> None:
    """Neither settings nor pages change, wherever the file is; other files may be there."""
    (root / "mkdocs.yml").write_text("site_name: Ours\ntheme: material\n", encoding="utf-8")
    words = ("render", "--out", str(root / "plain"))
    assert run(root, *words) == 0
    (root / "plain/notes.txt").write_text("mine", encoding="utf-8")
    assert run(root, *words) == 0
    (root / "mkdocs.yml").write_text("site_name: Another\ntheme: material\n", encoding="utf-8")
    for path in ("docs/speakers/jane.md", "docs/tides.md", "theme/mine.css"):
        (root / "plain" / path).write_text("mine", encoding="utf-8")
        before = pages(root / "plain")
        capsys.readouterr()
        assert run(root, *words) == 1
        assert f"plain/{path}:1:1: error: is not a file that Synoptic wrote" in capsys.readouterr().out
        assert pages(root / "plain") == before
        (root / "plain" / path).unlink()
    assert run(root, *words) == 0
    assert "Another" in (root / "plain/mkdocs.yml").read_text(encoding="utf-8")


@pytest.mark.slow
def test_a_build_stops_at_a_file_of_people(project: Project) -> None:
    """``mkdocs build`` names it, without a traceback, and leaves docs/ as it is."""
    project.write("docs/speakers/jane.md", "# Jane\n")
    before = pages(project.root / "docs")
    done = project.run("mkdocs", "build", check=False)
    assert done.returncode == 1
    assert "docs/speakers/jane.md:1:1: error: is not a file that Synoptic wrote" in done.stdout
    assert "Traceback" not in done.stdout
    assert pages(project.root / "docs") == before
