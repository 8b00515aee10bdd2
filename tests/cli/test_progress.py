"""Progress: on a terminal, and nowhere else."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

pty = pytest.importorskip("pty", reason="this system has no pseudo-terminals")


def on_a_terminal(root: Path, *words: str, **environment: str) -> tuple[str, str]:
    """A command whose stderr is a terminal and whose stdout is a pipe. Out: what it wrote to either."""
    ours, theirs = pty.openpty()
    command = [sys.executable, "-m", "build_tools", "--root", str(root), *words]
    run = subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=theirs, env=os.environ | {"TERM": "xterm"} | environment
    )
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
    ("words", "expected"),
    [
        (["render"], ["reading 1/", "rendering 1/2", "rendering 2/2"]),
        (["export", "--out", "data"], ["reading 1/", "exporting 1/2", "exporting 2/2"]),
        (["lock", "--by", "Tester"], ["reading 1/", "locking 1/2", "locking 2/2"]),
    ],
    ids=["render", "export", "lock"],
)
def test_terminal_sees_how_far_it_is(
    root: Path, words: list[str], expected: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each item rewrites one line, and the line is gone in the end; what is printed holds none of it."""
    monkeypatch.setenv("PYTHONPATH", str(Path(__file__).parents[2]))
    if "data" in words:
        words = [*words[:-1], str(root / "data")]
    told, out = on_a_terminal(root, *words)
    assert [step for step in expected if step not in told] == []
    assert told.endswith("\x1b[A\x1b[K")
    assert (
        told.count("\n") == told.count("\x1b[A\x1b[K") == len(expected) - 1
    )  # one line for each bar, and it is erased
    assert "\x1b" not in out


def test_plain_terminal_sees_nothing(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A terminal that cannot rewrite a line is left alone."""
    monkeypatch.setenv("PYTHONPATH", str(Path(__file__).parents[2]))
    assert on_a_terminal(root, "render", TERM="dumb")[0] == ""


def test_pipe_sees_nothing(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """In a pipe there is no progress at all."""
    monkeypatch.setenv("PYTHONPATH", str(Path(__file__).parents[2]))
    command = [sys.executable, "-m", "build_tools", "--root", str(root), "render"]
    done = subprocess.run(command, capture_output=True, check=True)
    assert done.stderr == b""
    assert b"\r" not in done.stdout
