"""What ``preview`` takes of a stranger's folder, and what it refuses."""

import os
import shutil
import signal
import socket
import tempfile
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any
from urllib.request import urlopen

import pytest

from synoptic.base.write import create_folder
from synoptic.site import preview, untrusted
from synoptic.site.untrusted import read_untrusted
from tests.projects import CHECKOUT, HERE, Project, apply_edit, copy_checkout, run
from tests.serving import wait_for
from tests.yaml_files import read_yaml

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


#: What a stranger does, and what is said of it.
HOSTILE = read_yaml(HERE / "hostile" / "branch.yml")


@pytest.mark.parametrize("case", HOSTILE["files"], ids=lambda case: case["why"])
def test_hostile_file_is_refused(branch: Path, case: dict[str, Any]) -> None:
    """Each hostile thing is refused, named by its path, and is the only thing that is."""
    apply_edit(branch / HARBOUR, case)
    ((path, message),) = refusals(branch).items()
    assert path == f"{HARBOUR}/{case['file']}"
    assert message.startswith(case["says"])


def test_all_refusals_come_at_once(branch: Path) -> None:
    """Somebody who made many mistakes is told of all of them in one run."""
    files = {f"{HARBOUR}/{case['file']}": case for case in HOSTILE["files"] if not case["file"].startswith("claims/")}
    for case in files.values():
        apply_edit(branch / HARBOUR, case)
    assert refusals(branch).keys() == files.keys()


@pytest.mark.parametrize("case", HOSTILE["paths"], ids=lambda case: case["why"])
def test_path_that_leads_through_a_link_is_refused(branch: Path, case: dict[str, Any]) -> None:
    """Links are followed only above the branch; a path that leads to no folder is a sentence."""
    before = read_untrusted(branch).files
    for edit in case.get("edits", ()):
        apply_edit(branch.parent, edit)
    taken = read_untrusted(branch.parent / case["given"])
    if "refused" not in case:
        assert (taken.problems, taken.files) == ([], before)
        return
    (refusal,) = taken.problems
    assert refusal.place.path.endswith(case["refused"])
    assert refusal.message.startswith(case["says"])
    assert not any("harbour" in name for name in taken.files)


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


@pytest.mark.parametrize("into", HOSTILE["swaps"])
def test_swap_after_the_look_is_noticed(branch: Path, monkeypatch: pytest.MonkeyPatch, into: dict[str, Any]) -> None:
    """A file that becomes a link or a pipe between the look and the reading is refused, and its target not read."""
    victim = branch / HARBOUR / into["file"]
    looked = os.stat

    def look(path: Any, **more: Any) -> os.stat_result:
        seen = looked(path, **more)
        if path == victim.name and not victim.is_symlink():
            if into["file"] == "claims":
                victim.rename(branch.parent / "moved")
            apply_edit(branch / HARBOUR, into)
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
    before = {"index.md": "a", "a/index.md": "a", "a/reindex.md": "a", "a/briefing.json": "a"}
    after = {"index.md": "b", "a/topics/t.md": "a", "a/index.md": "a", "a/briefing.json": "b"}
    changed = [("a/reindex/", "gone"), ("a/topics/t/", "new"), ("", "changed")]
    assert preview.compare_pages(before, after) == changed


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


@pytest.mark.parametrize(
    ("words", "why"), [(["preview", "--data", "."], "come from your own site"), (["site"], "preview shows")]
)
def test_only_the_folder_of_the_process_is_built(
    branch: Path, words: list[str], why: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """Building runs what lies in the folder, so another folder than the one that the reader stands in is refused."""
    assert run(branch, *words) == 1
    assert why in capsys.readouterr().err


@pytest.mark.parametrize("port", ["-1", "65536", "eighty", "٣", "8_0"])
def test_impossible_port_is_refused(port: str, capsys: pytest.CaptureFixture[str]) -> None:
    """An impossible port is a usage error, without a traceback."""
    assert run(CHECKOUT, "preview", "--data", ".", f"--port={port}") == 2
    assert "Invalid value for '--port'" in capsys.readouterr().err


# -- the command ---------------------------------------------------------------------------------------------------


@pytest.fixture
def ours(tmp_path: Path) -> Project:
    """The reviewer's checkout, with the invented briefing."""
    made = copy_checkout(tmp_path / "main", example=False)
    made.add_harbour()
    return made


@pytest.fixture
def theirs(tmp_path: Path, ours: Project) -> Project:
    """A stranger's copy of it."""
    return ours.copy(tmp_path / "pull")


@pytest.fixture
def temporary(tmp_path: Path) -> Path:
    """A folder for temporary files, looked at afterwards."""
    (tmp_path / "temporary").mkdir()
    return tmp_path / "temporary"


def test_their_keys_count_for_nothing(tmp_path: Path) -> None:
    """Keys and authorities that a stranger's data brings are left out, which is said; those of the checkout count."""
    data = untrusted.UntrustedData()
    names = ("briefings/signers", "briefings/authorities.pem")
    data.files |= dict.fromkeys(names, b"theirs")
    preview.create_project(CHECKOUT, data, tmp_path / "project")
    for name in names:
        made, ours = (folder / name for folder in (tmp_path / "project", CHECKOUT))
        assert made.exists() == ours.exists()
        assert not made.exists() or made.read_bytes() == ours.read_bytes()
        assert any(line.startswith(f"{name}: not the same as ours; ours was used") for line in data.skipped)


@pytest.mark.slow
def test_preview_builds_their_data_with_our_program(
    ours: Project, theirs: Project, tmp_path: Path, temporary: Path
) -> None:
    """The site has their claim and our template, documentation and rules; the folder it was made in is gone.
    Nothing is built into a folder that is there, or of data that is refused."""
    path = f"{HARBOUR}/claims/opening-date.yml"
    theirs.edit(path, "claim: The tunnel opens in June.", "claim: The tunnel opens in early summer.")
    theirs.plant("around", tmp_path / "canary")
    theirs.edit("briefings/vocabulary.yml", "label: podcast", "label: CANARY")
    texts = theirs.write(f"{HARBOUR}/articles/gazette.txt", "CANARY CANARY")
    asked = ("synoptic", "preview", "--data", theirs.root, "--site-dir", tmp_path / "out")
    done = ours.run(*asked, "--check", TMPDIR=str(temporary))
    page = (tmp_path / "out" / HARBOUR / "topics/opening-date/index.html").read_text(encoding="utf-8")
    assert "early summer" in page
    assert texts.exists()
    assert "left out: briefings/harbour-tunnel/articles: " in done.stdout
    assert "left out: briefings/vocabulary.yml: not the same as ours" in done.stdout
    assert f"  changed  {HARBOUR}/topics/opening-date/\n" in done.stdout
    assert not (tmp_path / "canary").exists()
    assert not any(b"CANARY" in p.read_bytes() for p in (tmp_path / "out").rglob("*") if p.is_file())
    assert list(temporary.iterdir()) == []
    again = ours.run(*asked, check=False)
    assert again.returncode == 1
    assert "exists already; nothing was changed" in again.stdout
    apply_edit(theirs.root / HARBOUR, {"file": "events.yml", "link": "/etc/passwd"})
    refused = ours.run(*asked[:-1], tmp_path / "other", check=False, TMPDIR=str(temporary))
    assert refused.returncode == 1
    assert f"{HARBOUR}/events.yml:1:1: error: is a link" in refused.stdout
    assert not (tmp_path / "other").exists()
    assert list(temporary.iterdir()) == []


@pytest.mark.slow
@pytest.mark.parametrize("end", [signal.SIGINT, signal.SIGTERM])
def test_preview_serves_and_leaves_nothing(
    ours: Project, theirs: Project, tmp_path: Path, temporary: Path, end: signal.Signals
) -> None:
    """It serves their pages under a policy against other hosts, lists no folders, and Ctrl-C removes all it made."""
    theirs.edit(f"{HARBOUR}/briefing.yml", "title: The Harbour Tunnel\n", "title: The Other Tunnel\n")
    log = tmp_path / "log"
    with log.open("wb") as out:
        asked = ("synoptic", "preview", "--data", theirs.root)
        process = ours.start(*asked, environment={"TMPDIR": str(temporary)}, stdout=out)
    try:
        wait_for(process, lambda: "served at " in log.read_text(encoding="utf-8"), log)
        address = log.read_text(encoding="utf-8").split("served at ")[1].split()[0]
        with urlopen(f"{address}{HARBOUR}/", timeout=30) as answer:
            assert b"The Other Tunnel" in answer.read()
            assert "default-src 'self'" in answer.headers["Content-Security-Policy"]
        assert list(temporary.iterdir()) != []
    finally:
        process.send_signal(end)
        process.wait(30)
    assert process.returncode == 0
    assert list(temporary.iterdir()) == []
    assert "Traceback" not in log.read_text(encoding="utf-8")


@pytest.mark.slow
def test_interrupted_build_leaves_nothing(ours: Project, theirs: Project, tmp_path: Path, temporary: Path) -> None:
    """Ctrl-C while it still builds ends it at once, without a trace and without leaving anything."""
    asked = ("synoptic", "preview", "--data", theirs.root, "--site-dir", tmp_path / "out")
    process = ours.start(*asked, environment={"TMPDIR": str(temporary)})
    wait_for(process, lambda: list(temporary.glob("preview-*")))  # Python tries the folder out first
    process.send_signal(signal.SIGINT)
    said, _ = process.communicate(timeout=60)
    assert process.returncode == 130
    assert "Traceback" not in said
    assert list(temporary.iterdir()) == []
    assert not (tmp_path / "out").exists()
