"""What ``preview`` takes of a stranger's folder, and what it refuses."""

import os
import shutil
import signal
import socket
import tempfile
import time
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any
from urllib.request import urlopen

import pytest

from build_tools.base.write import create_folder
from build_tools.cli.main import main
from build_tools.load.yaml_guard import MAX_BYTES
from build_tools.site import preview, untrusted
from build_tools.site.untrusted import read_untrusted
from tests.projects import CHECKOUT, HERE, Project, copy_checkout

INVENTED = HERE / "project" / "briefings"
HARBOUR = "briefings/harbour-tunnel"
SECRET = "the reviewer's own secret"


@pytest.fixture
def branch(tmp_path: Path) -> Path:
    """A stranger's checkout with the invented briefings, and a secret of the reviewer's beside it."""
    shutil.copytree(INVENTED, tmp_path / "pull" / "briefings")
    (tmp_path / "pull" / ".git").write_text("gitdir: elsewhere\n", encoding="utf-8")
    (tmp_path / "secret.yml").write_text(SECRET, encoding="utf-8")
    return tmp_path / "pull"


def refusals(path: Path) -> dict[str, str]:
    """What is refused: each path with its message."""
    return {p.place.path: p.message for p in read_untrusted(path).problems}


def test_everything_of_a_briefing_is_taken_but_the_texts(branch: Path) -> None:
    """Each file of the format is taken byte for byte; the texts of articles are left, and that is said."""
    taken = read_untrusted(branch)
    expected = {
        f"briefings/{p.relative_to(INVENTED).as_posix()}": p.read_bytes()
        for p in INVENTED.rglob("*")
        if p.is_file() and p.parent.name != "articles"
    }
    assert taken.problems == []
    assert taken.files == expected
    assert [line.split(":")[0] for line in taken.skipped] == [f"{HARBOUR}/articles", "briefings/night-ferry/articles"]


def test_our_own_briefings_are_taken() -> None:
    """What this checkout holds is no exception: whatever the format knows, preview knows."""
    assert read_untrusted(CHECKOUT).problems == []


def test_the_data_folder_itself_may_be_given(branch: Path) -> None:
    """A folder named briefings is taken as one, and gives the same as the checkout around it."""
    assert read_untrusted(branch / "briefings").files == read_untrusted(branch).files


def link(path: Path, target: str = "../secret.yml") -> None:
    """Put a link where a file or folder was."""
    if path.is_dir():
        shutil.rmtree(path)
    path.unlink(missing_ok=True)
    path.symlink_to(target)


def swapped(folder: Path) -> None:
    """A folder where a file is expected."""
    (folder / "briefing.yml").unlink()
    (folder / "briefing.yml").mkdir()


def put(path: str, content: str = "[]") -> Callable[[Path], Any]:
    """A file more."""
    return lambda folder: (folder / path).write_text(content, encoding="utf-8")


UNREADABLE = os.fsdecode(b"claims/\xff.yml")
UNKNOWN = "is not expected here"
ID = "the name must be small letters"
#: What a stranger does to a briefing's folder, which path is refused, and how the message begins.
HOSTILE: dict[str, tuple[Callable[[Path], Any], str, str]] = {
    "link": (lambda h: link(h / "sources/wire.yml", "../../../../secret.yml"), "sources/wire.yml", "is a link"),
    "link for claims": (lambda h: link(h / "claims", "../../../.."), "claims", "is a link"),
    "link for texts": (lambda h: link(h / "articles", "/"), "articles", "is a link"),
    "link to nothing": (lambda h: link(h / "figures.yml", "nowhere"), "figures.yml", "is a link"),
    "pipe": (lambda h: os.mkfifo(h / "claims/endless.yml"), "claims/endless.yml", "is a pipe"),
    "hook": (put("hook.py", "boom"), "hook.py", UNKNOWN),
    "template": (put("sources/main.html", "boom"), "sources/main.html", UNKNOWN),
    "hidden file": (put(".gitattributes", "* filter=x"), ".gitattributes", UNKNOWN),
    "other ending": (put("claims/a.yaml"), "claims/a.yaml", UNKNOWN),
    "lock among claims": (put("claims/a.lock"), "claims/a.lock", UNKNOWN),
    "folder in a folder": (lambda h: (h / "claims/more").mkdir(), "claims/more", UNKNOWN),
    "folder for a file": (swapped, "briefing.yml", UNKNOWN),
    "name with dots": (put("claims/..%2Fx.yml"), "claims/..%2Fx.yml", ID),
    "name of Windows": (put("claims/..\\x.yml"), "claims/..\\x.yml", ID),
    "name in no encoding": (put(UNREADABLE), UNREADABLE, ID),
    "huge file": (put("events.yml", " " * (MAX_BYTES + 1)), "events.yml", "is larger than 1,000,000 bytes"),
}  # fmt: skip


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_file_is_refused(branch: Path, name: str) -> None:
    """Each hostile thing is refused, named by its path, and is the only thing that is."""
    do, path, message = HOSTILE[name]
    do(branch / HARBOUR)
    found = refusals(branch)
    assert list(found) == [f"{HARBOUR}/{path}"]
    assert found[f"{HARBOUR}/{path}"].startswith(message)


def test_all_refusals_come_at_once(branch: Path) -> None:
    """Somebody who made many mistakes is told of all of them in one run."""
    alike = ("folder for a file", "link to nothing", "link for claims", "hook", "huge file", "link for texts")
    for name in alike:
        HOSTILE[name][0](branch / HARBOUR)
    assert set(refusals(branch)) == {f"{HARBOUR}/{HOSTILE[name][1]}" for name in alike}


@pytest.mark.parametrize("at", ["briefings", "briefings/harbour-tunnel"])
def test_linked_folder_is_refused(branch: Path, at: str) -> None:
    """A link is not followed where it stands for the data folder or a whole briefing."""
    moved = branch.parent / "elsewhere"
    (branch / at).rename(moved)
    (branch / at).symlink_to(moved)
    taken = read_untrusted(branch)
    assert any(p.place.path.endswith(at) and "is a link" in p.message for p in taken.problems)
    assert not any("harbour" in name for name in taken.files)


def test_linked_parent_inside_the_branch_is_refused(branch: Path) -> None:
    """A data folder further down is reached through real folders of the branch only."""
    (branch / "docs").mkdir()
    (branch / "docs/real").mkdir()
    (branch / "briefings").rename(branch / "docs/real/briefings")
    (branch / "docs/linked").symlink_to("real")
    assert read_untrusted(branch / "docs/real/briefings").problems == []
    assert list(refusals(branch / "docs/linked/briefings").values()) == ["is a link, not a folder"]


def test_linked_parent_of_the_reviewer_is_no_matter(branch: Path) -> None:
    """Folders above the branch are the reviewer's own, and may be links; the branch itself may not."""
    (branch.parent / "home").symlink_to(branch.parent)
    assert read_untrusted(branch.parent / "home" / "pull").problems == []
    (branch.parent / "alias").symlink_to(branch)
    assert list(refusals(branch.parent / "alias").values()) == ["is a link, not a folder"]


@pytest.mark.parametrize("where", ["nowhere", "pull/briefings/speakers.yml"])
def test_wrong_path_is_said(branch: Path, where: str) -> None:
    """A path that leads to no folder is a sentence, not a trace."""
    assert len(refusals(branch.parent / where)) == 1


def test_socket_is_refused(branch: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A socket is not opened."""
    monkeypatch.chdir(branch / HARBOUR)  # a socket's path must be short
    with socket.socket(socket.AF_UNIX) as made:
        made.bind("s.yml")
        assert refusals(branch) == {f"{HARBOUR}/s.yml": "is a socket"}


def test_number_of_files_is_limited(branch: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A folder with more entries than all may have is not read to its end."""
    monkeypatch.setattr(untrusted, "MAX_FILES", 30)
    for number in range(100):
        (branch / HARBOUR / f"claims/c{number}.yml").write_text("[]")
    found = refusals(branch)
    assert any("more than 30 files and folders" in message for message in found.values())
    assert len(read_untrusted(branch).files) <= 30


def test_size_of_all_is_limited(branch: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Many files of a moderate size are too much in all."""
    monkeypatch.setattr(untrusted, "MAX_TOTAL", 10_000)
    assert any("more than 10,000 bytes" in message for message in refusals(branch).values())
    assert sum(map(len, read_untrusted(branch).files.values())) <= 10_000


@pytest.mark.parametrize("into", ["link", "pipe", "folder link"])
def test_swap_after_the_look_is_noticed(branch: Path, monkeypatch: pytest.MonkeyPatch, into: str) -> None:
    """A file that becomes a link or a pipe between the look and the reading is refused, and its target not read."""
    victim = branch / HARBOUR / ("claims" if into == "folder link" else "briefing.yml")
    looked = os.stat

    def look(path: Any, **more: Any) -> os.stat_result:
        seen = looked(path, **more)
        if path == victim.name and not victim.is_symlink():
            if into == "pipe":
                victim.unlink()
                os.mkfifo(victim)
            elif into == "folder link":
                victim.rename(branch.parent / "moved")
                victim.symlink_to(branch.parent / "moved")
            else:
                link(victim, "../../../secret.yml")
        return seen

    monkeypatch.setattr(os, "stat", look)
    taken = read_untrusted(branch)
    assert [p.place.path for p in taken.problems] == [f"{HARBOUR}/{victim.name}"]
    assert not any(SECRET.encode() in data for data in taken.files.values())
    assert not any(name.startswith(f"{HARBOUR}/{victim.name}") for name in taken.files)


def test_the_page_for_reviewers_names_the_limits() -> None:
    """The limits in the documentation are those of the program."""
    page = (CHECKOUT / "docs/contribute/review.md").read_text(encoding="utf-8")
    assert f"more than {untrusted.MAX_FILES:,} files or {untrusted.MAX_TOTAL // 1_000_000} MB in all" in page


def test_changed_pages_are_named_by_address() -> None:
    """Pages are named as a reader reaches them, in order, and data files are no pages."""
    before = {
        "index.md": "a",
        "briefings/x/index.md": "a",
        "briefings/x/reindex.md": "a",
        "briefings/x/briefing.json": "a",
    }
    after = {
        "index.md": "b",
        "briefings/x/topics/t.md": "a",
        "briefings/x/index.md": "a",
        "briefings/x/briefing.json": "b",
    }
    assert preview.compare_pages(before, after) == [
        ("briefings/x/reindex/", "gone"),
        ("briefings/x/topics/t/", "new"),
        ("", "changed"),
    ]  # fmt: skip


def test_summary_links_what_is_published() -> None:
    """A page that is published already is linked, a new one is named, and a long list is cut with its number."""
    pages = [("briefings/x/", "changed"), ("briefings/y/", "new"), ("briefings/z/", "new")]
    text = preview.format_summary(pages, "https://site.example/", most=2)
    assert "[`/briefings/x/`](https://site.example/briefings/x/)" in text
    assert "- new: `/briefings/y/`\n" in text
    assert "- and 1 more\n" in text
    assert "](" not in preview.format_summary(pages, "")


@pytest.mark.parametrize("create", [lambda _: preview.temporary_folder(), lambda path: create_folder(path / "site")])
def test_interrupted_creation_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, create: Callable[[Path], AbstractContextManager[Path]]
) -> None:
    """Ctrl-C between the creation of a folder and the ``with`` that fills it removes the folder."""
    created: list[str | Path] = []

    def interrupted_mkdir(path: str | Path, *arguments: Any, **options: Any) -> None:
        mkdir(path, *arguments, **options)
        created.append(path)
        raise KeyboardInterrupt

    mkdir = os.mkdir
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    monkeypatch.setattr(os, "mkdir", interrupted_mkdir)
    with pytest.raises(KeyboardInterrupt), create(tmp_path):
        pytest.fail("the folder was created without the interruption")
    assert len(created) == 1
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("port", ["-1", "65536", "eighty", "٣", "8_0"])
def test_impossible_port_is_refused(port: str, capsys: pytest.CaptureFixture[str]) -> None:
    """An impossible port is a usage error, without a traceback."""
    assert main(["--root", str(CHECKOUT), "preview", "--data", ".", f"--port={port}"]) == 2
    assert "Invalid value for '--port'" in capsys.readouterr().err


# -- the command ---------------------------------------------------------------------------------------------------


@pytest.fixture
def ours(tmp_path: Path) -> Project:
    """The reviewer's checkout, with the invented briefing."""
    made = copy_checkout(tmp_path / "main", briefings=False)
    made.add_harbour()
    return made


@pytest.fixture
def theirs(tmp_path: Path, ours: Project) -> Project:
    """A stranger's copy of it."""
    shutil.copytree(ours.root, tmp_path / "pull")
    return Project(tmp_path / "pull")


def leftovers(tmp_path: Path) -> list[str]:
    """What preview left in the folder for temporary files."""
    return sorted(p.name for p in (tmp_path / "temporary").iterdir())


@pytest.fixture
def temporary(tmp_path: Path) -> str:
    """A folder for temporary files, looked at afterwards."""
    (tmp_path / "temporary").mkdir()
    return str(tmp_path / "temporary")


@pytest.mark.slow
def test_preview_builds_their_data_with_our_program(
    ours: Project, theirs: Project, tmp_path: Path, temporary: str
) -> None:
    """The site has their claim and our template, documentation and rules; the folder it was made in is gone."""
    path = f"{HARBOUR}/claims/opening-date.yml"
    theirs.edit(path, "claim: The tunnel opens in June.", "claim: The tunnel opens in early summer.")
    theirs.write("overrides/main.html", "CANARY")
    theirs.write("build_tools/pages/templates/topic.md.j2", "CANARY")
    theirs.write("docs/corrections.md", "# CANARY\n")
    theirs.write("mkdocs.yml", "site_name: CANARY\nhooks: [evil.py]\n")
    theirs.write("evil.py", f"open({str(tmp_path / 'canary')!r}, 'w')\n")
    theirs.write("build_tools/__init__.py", f"open({str(tmp_path / 'canary')!r}, 'w')\n")
    theirs.edit("briefings/vocabulary.yml", "label: asserts", "label: CANARY")
    texts = theirs.write(f"{HARBOUR}/articles/gazette.txt", "CANARY CANARY")
    done = ours.run(
        "build_tools", "preview", "--data", theirs.root, "--check", "--site-dir", tmp_path / "out", TMPDIR=temporary
    )
    page = (tmp_path / "out" / HARBOUR / "topics/opening-date/index.html").read_text(encoding="utf-8")
    assert "early summer" in page
    assert texts.exists()
    assert "left out: briefings/harbour-tunnel/articles: " in done.stdout
    assert "left out: briefings/vocabulary.yml: not the same as ours" in done.stdout
    assert f"  changed  {HARBOUR}/topics/opening-date/\n" in done.stdout
    assert not (tmp_path / "canary").exists()
    assert not any(b"CANARY" in p.read_bytes() for p in (tmp_path / "out").rglob("*") if p.is_file())
    assert leftovers(tmp_path) == []
    again = ours.run("build_tools", "preview", "--data", theirs.root, "--site-dir", tmp_path / "out", check=False)
    assert again.returncode == 1
    assert "exists already; nothing was changed" in again.stdout


@pytest.mark.slow
def test_refused_data_builds_nothing(ours: Project, theirs: Project, tmp_path: Path, temporary: str) -> None:
    """A refusal ends the command with exit 1 before anything is built or served."""
    link(theirs.root / HARBOUR / "events.yml", "/etc/passwd")
    asked = ("build_tools", "preview", "--data", theirs.root, "--site-dir", tmp_path / "out")
    done = ours.run(*asked, check=False, TMPDIR=temporary)
    assert done.returncode == 1
    assert f"{HARBOUR}/events.yml:1:1: error: is a link" in done.stdout
    assert not (tmp_path / "out").exists()
    assert leftovers(tmp_path) == []


@pytest.mark.slow
def test_preview_runs_only_in_its_own_checkout(ours: Project, theirs: Project) -> None:
    """Started for another root it refuses: settings and templates would come from there."""
    done = ours.run("build_tools", "--root", theirs.root, "preview", "--data", theirs.root, check=False)
    assert done.returncode == 1
    assert "comes from the program's own checkout" in done.stdout


@pytest.mark.slow
@pytest.mark.parametrize("end", [signal.SIGINT, signal.SIGTERM])
def test_preview_serves_and_leaves_nothing(
    ours: Project, theirs: Project, tmp_path: Path, temporary: str, end: signal.Signals
) -> None:
    """It serves their pages under a policy against other hosts, lists no folders, and Ctrl-C removes all it made."""
    theirs.edit(f"{HARBOUR}/briefing.yml", "title: The Harbour Tunnel\n", "title: The Other Tunnel\n")
    log = tmp_path / "log"
    with log.open("wb") as out:
        asked = ("build_tools", "preview", "--data", theirs.root)
        process = ours.start(*asked, environment={"TMPDIR": temporary}, stdout=out)
    try:
        limit = time.monotonic() + 90
        while "served at " not in log.read_text(encoding="utf-8"):
            assert process.poll() is None, log.read_text(encoding="utf-8")
            assert time.monotonic() < limit
            time.sleep(0.1)
        address = log.read_text(encoding="utf-8").split("served at ")[1].split()[0]
        with urlopen(f"{address}{HARBOUR}/", timeout=30) as answer:
            assert b"The Other Tunnel" in answer.read()
            assert "default-src 'self'" in answer.headers["Content-Security-Policy"]
        assert leftovers(tmp_path) != []
    finally:
        process.send_signal(end)
        process.wait(30)
    assert process.returncode == 0
    assert leftovers(tmp_path) == []
    assert "Traceback" not in log.read_text(encoding="utf-8")


@pytest.mark.slow
def test_interrupted_build_leaves_nothing(ours: Project, theirs: Project, tmp_path: Path, temporary: str) -> None:
    """Ctrl-C while it still builds ends it at once, without a trace and without leaving anything."""
    asked = ("build_tools", "preview", "--data", theirs.root, "--site-dir", tmp_path / "out")
    process = ours.start(*asked, environment={"TMPDIR": temporary})
    limit = time.monotonic() + 60
    while not any(name.startswith("preview-") for name in leftovers(tmp_path)):  # Python tries the folder out first
        assert process.poll() is None
        assert time.monotonic() < limit
        time.sleep(0.01)
    process.send_signal(signal.SIGINT)
    said, _ = process.communicate(timeout=60)
    assert process.returncode == 130
    assert "Traceback" not in said
    assert leftovers(tmp_path) == []
    assert not (tmp_path / "out").exists()
