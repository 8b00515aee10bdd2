"""What makes a server build again: every change of a file, and nothing else."""

import os
import shutil
import time
from collections.abc import Iterator
from pathlib import Path

from build_tools.site.watch import is_settled, scan_files, stat_key


def done_to(folder: Path) -> Iterator[str]:
    """Everything that can be done to a file, one thing after the other; says what it was."""
    file, other = folder / "a.yml", folder / "b.yml"
    file.write_text("a", encoding="utf-8")
    yield "made"
    file.write_text("ab", encoding="utf-8")
    yield "written"
    other.write_text("ab", encoding="utf-8")
    other.replace(file)
    yield "replaced by its like"
    file.chmod(0o600)
    yield "forbidden to others"
    file.rename(other)
    yield "renamed"
    other.unlink()
    other.mkdir()
    yield "made a folder"
    (other / "inside").mkdir()
    yield "given an empty folder"
    (other / "inside").chmod(0o500)
    yield "with a folder that may not be written"
    shutil.rmtree(other)
    yield "removed"
    os.mkfifo(file)
    yield "made a pipe"
    file.unlink()
    file.symlink_to(file)
    yield "made a link to itself"
    file.unlink()
    file.symlink_to(folder)
    yield "made a link to its folder"
    shutil.rmtree(folder)
    yield "removed with its folder"


def test_everything_that_is_done_to_a_file_is_seen(tmp_path: Path) -> None:
    """A file made, written, replaced, renamed, made another kind or removed is seen, and so is a bare folder."""
    seen = scan_files(tmp_path)
    for what in done_to(tmp_path):
        now = scan_files(tmp_path)
        assert now != seen, f"{what}, and unseen"
        seen = now
    assert seen == {}


def test_linked_page_counts_by_its_content(tmp_path: Path) -> None:
    """A page that is a link to a file elsewhere is seen to change with it."""
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs/changes.md").symlink_to(tmp_path / "CHANGES.md")
    (tmp_path / "CHANGES.md").write_text("one", encoding="utf-8")
    seen = scan_files(tmp_path / "docs")
    (tmp_path / "CHANGES.md").write_text("three", encoding="utf-8")
    assert scan_files(tmp_path / "docs") != seen


def test_what_is_generated_or_passing_is_not_seen(tmp_path: Path) -> None:
    """Generated pages and what editors keep beside a file wake nobody."""
    seen = scan_files(tmp_path, frozenset({str(tmp_path / "index.md")}))
    for name in ("index.md", ".a.yml.swp", "a.yml~", "#a.yml#"):
        (tmp_path / name).write_text("x", encoding="utf-8")
    assert scan_files(tmp_path, frozenset({str(tmp_path / "index.md")})) == seen


def test_a_file_is_known_by_its_look_once_no_write_can_go_unseen(tmp_path: Path) -> None:
    """Other letters at the old time are seen; a file that was written within a tick of the clock is read again."""
    path = tmp_path / "a"
    assert not is_settled(stat_key(str(path)))
    path.write_text("a", encoding="utf-8")
    key = stat_key(str(path))
    assert key is not None
    assert not is_settled(key)
    assert is_settled((*key[:-2], key[-2] - 3 * 10**9, key[-1] - 3 * 10**9))
    assert not is_settled((*key[:-2], key[-2] - 3 * 10**9, key[-1]))
    time.sleep(0.02)
    path.write_text("b", encoding="utf-8")
    os.utime(path, ns=(key[-2], key[-2]))
    assert stat_key(str(path)) != key
