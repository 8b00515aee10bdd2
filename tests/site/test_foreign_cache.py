"""A cache that somebody else wrote: no part of it runs, is published or believed, and no link in it leads out."""

import marshal
import pickle
from collections.abc import Callable
from pathlib import Path

import pytest

from synoptic.base import seal
from synoptic.base.cache import FOLDER
from synoptic.history import log
from synoptic.pages.environment import environment_of
from tests.projects import git, read_files, run, small_project


class Payload:
    """Unpickled, it makes a file."""

    def __init__(self, ran: Path) -> None:
        self.ran = ran

    def __reduce__(self) -> tuple[object, tuple[object, ...]]:
        return Path.touch, (self.ran,)


def evil_pickle(old: bytes, ran: Path) -> bytes:
    """Instead of any cached value, a pickle that runs."""
    return pickle.dumps(Payload(ran))


def evil_template(old: bytes, ran: Path) -> bytes:
    """The code of a cached template replaced; what Jinja compares stays."""
    code = marshal.dumps(compile(f"import pathlib; pathlib.Path({str(ran)!r}).touch()", "template", "exec"))
    at = old.find(b"\xe3")  # where marshal begins a code object
    return old[:at] + code if at > 0 else code


def evil_text(old: bytes, ran: Path) -> bytes:
    """Other words in what is text."""
    return old.replace(b"claim", b"crime")


def keep_seal(path: Path, old: bytes, new: bytes) -> bytes:
    """The seal of what was there before."""
    return old[: seal.SIZE] + new


def add_foreign_seal(path: Path, old: bytes, new: bytes) -> bytes:
    """The seal of another account."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(seal, "_read_key", lambda _: b"k" * seal.SIZE)
        return seal.add_seal(path, new)


def bare(path: Path, old: bytes, new: bytes) -> bytes:
    """No seal."""
    return new


def render(root: Path) -> int:
    """Render as a new process does, which has no history and no template in memory."""
    log.walk_history.cache_clear()
    environment_of.cache_clear()
    return run(root, "render")


@pytest.fixture
def stranger(tmp_path: Path) -> Path:
    """A project with a history and a cache."""
    root = small_project(tmp_path / "stranger")
    git(root, "init", "-q")
    git(root, "add", ".")
    git(root, "commit", "-qm", "one")
    assert render(root) == 0
    assert (root / log.CACHE).is_file()
    return root


@pytest.mark.parametrize("sealed", [bare, keep_seal, add_foreign_seal])
@pytest.mark.parametrize("evil", [evil_pickle, evil_template, evil_text])
def test_nothing_of_it_runs_or_is_believed(
    evil: Callable[[bytes, Path], bytes],
    sealed: Callable[[Path, bytes, bytes], bytes],
    stranger: Path,
    tmp_path: Path,
) -> None:
    """Whatever stands in the place of each cached file, the next run makes the same pages and runs none of it."""
    before, ran = read_files(stranger / "docs"), tmp_path / "ran"
    files = [path for path in (stranger / ".cache").rglob("*") if path.is_file()]
    assert len(files) > 10
    for path in files:
        old = path.read_bytes()
        path.write_bytes(sealed(path, old, evil(old[seal.SIZE :] if path.suffix != ".json" else old, ran)))
    assert render(stranger) == 0
    assert not ran.exists()
    assert read_files(stranger / "docs") == before


def test_a_payload_would_run(tmp_path: Path) -> None:
    """The pickle of these tests does run where somebody loads it."""
    pickle.loads(evil_pickle(b"", tmp_path / "ran"))
    assert (tmp_path / "ran").exists()


def test_a_cache_that_was_moved_is_not_read(tmp_path: Path) -> None:
    """The same account's own file in another place, out of a zip for instance, does not fit there."""
    here, there = tmp_path / "here", tmp_path / "there"
    here.write_bytes(seal.add_seal(here, b"content"))
    there.write_bytes(here.read_bytes())
    assert seal.read_sealed(here) == b"content"
    assert seal.read_sealed(there) is None
    assert seal.read_sealed(tmp_path / "missing") is None


@pytest.mark.parametrize("link", [".cache", FOLDER, f"{FOLDER}/made", f"{FOLDER}/templates"])
def test_nothing_is_removed_or_written_through_a_link(link: str, stranger: Path, tmp_path: Path) -> None:
    """If the cache, or a folder in it, leads to somebody's files, they stay as they are."""
    home = tmp_path / "home"
    for number in range(9):
        (home / f"folder-{number}").mkdir(parents=True)
        (home / f"folder-{number}/letter").write_text("dear", encoding="utf-8")
    (stranger / link).rename(tmp_path / "old")
    (stranger / link).symlink_to(home)
    before = read_files(home)
    assert render(stranger) == 0
    assert read_files(home) == before


def test_a_key_in_the_project_seals_nothing(stranger: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the account's key lies in the project itself, others could bring it, so nothing is cached there."""
    (stranger / ".cache").rename(stranger / "old")
    monkeypatch.setenv("XDG_STATE_HOME", str(stranger / "state"))
    assert run(stranger, "render") == 0
    assert not (stranger / FOLDER).exists()


def test_the_key_is_private(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The folder of the key is closed to other accounts; a damaged key is made anew."""
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))
    path = tmp_path / "synoptic/cache-key"
    assert seal.make_seal(path, b"") == seal.make_seal(path, b"")
    assert path.parent.stat().st_mode & 0o077 == 0
    path.write_bytes(b"short")
    seal._read_key.cache_clear()
    first = seal.make_seal(path, b"")
    seal._read_key.cache_clear()
    assert seal.make_seal(path, b"") == first
