"""Progress: on a terminal, and nowhere else."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.projects import CHECKOUT

pty = pytest.importorskip("pty", reason="this system has no pseudo-terminals")


def on_a_terminal(root: Path, *words: str, **environment: str) -> tuple[str, str]:
    """A command whose stderr is a terminal and whose stdout is a pipe. Out: what it wrote to either."""
    ours, theirs = pty.openpty()
    command = [sys.executable, "-m", "synoptic", "--root", str(root), *words]
    variables = os.environ | {"TERM": "xterm"} | environment
    run = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=theirs, env=variables, cwd=CHECKOUT)
    os.close(theirs)
    told = b""
    while True:
        try:
            piece = os.read(ours, 4096)
        except OSError:  # so Linux says that the other end is closed
            piece = b""
        if not piece:
            break
        told += piece
    os.close(ours)
    out = run.communicate()[0]
    assert run.returncode == 0, told
    return told.decode(), out.decode()


@pytest.mark.parametrize(
    ("words", "label"),
    [("render", "rendering"), ("export --out {root}/data", "exporting"), ("lock --by Tester", "locking")],
)
def test_terminal_sees_how_far_it_is(root: Path, words: str, label: str) -> None:
    """Each item rewrites one line, and the line is gone in the end; what is printed holds none of it."""
    told, out = on_a_terminal(root, *words.format(root=root).split())
    assert [step for step in ("reading 1/", f"{label} 1/2", f"{label} 2/2") if step not in told] == []
    assert told.endswith("\x1b[A\x1b[K")
    assert told.count("\n") == told.count("\x1b[A\x1b[K") == 2  # one line for each bar, and it is erased
    assert "\x1b" not in out


def test_plain_terminal_sees_nothing(root: Path) -> None:
    """A terminal that cannot rewrite a line is left alone."""
    assert on_a_terminal(root, "render", TERM="dumb")[0] == ""


def test_pipe_sees_nothing(root: Path) -> None:
    """In a pipe there is no progress at all."""
    command = [sys.executable, "-m", "synoptic", "--root", str(root), "render"]
    done = subprocess.run(command, capture_output=True, check=True, cwd=CHECKOUT)
    assert done.stderr == b""
    assert b"\r" not in done.stdout
