"""Line ends are the same on every system, whatever Git is set to."""

import subprocess
from pathlib import Path

import pytest

from tests.projects import CHECKOUT, clone_checkout, git, run

#: What each clone is told, as on a system where text files end their lines in CR LF.
SETTINGS = ("core.autocrlf=true", "core.eol=crlf")


def test_every_file_says_its_line_ends() -> None:
    """Each tracked file is text with LF, or is never converted: Git's own settings decide of none."""
    if not (CHECKOUT / ".git").exists():
        pytest.skip("not a Git repository")
    lines = git(CHECKOUT, "ls-files", "--eol").splitlines()
    undecided = [line for line in lines if "eol=lf" not in line and "attr/-text" not in line]
    assert len(lines) > 100
    assert undecided == []
    assert [line for line in lines if line.startswith(("i/crlf", "i/mixed")) and "attr/-text" not in line] == []


@pytest.mark.slow
def test_a_clone_with_other_line_ends_checks_and_renders(tmp_path: Path) -> None:
    """With core.autocrlf the clone's bytes are those of the repository, and the two commands find nothing wrong."""
    origin = clone_checkout(tmp_path / "origin").root
    options = [word for setting in SETTINGS for word in ("-c", setting)]
    git(tmp_path, *options, "clone", "-q", origin, "clone")
    names = git(origin, "ls-files", "-z").split("\0")
    changed = [
        name for name in names if name and (origin / name).read_bytes() != (tmp_path / "clone" / name).read_bytes()
    ]
    assert changed == []
    assert run(tmp_path / "clone", "check") == 0
    assert run(tmp_path / "clone", "render") == 0
    status = subprocess.run(
        ["git", *options, "status", "--porcelain"], cwd=tmp_path / "clone", capture_output=True, text=True, check=True
    )
    assert status.stdout == ""
