"""The lock of a file, between processes."""

import subprocess
import sys
from pathlib import Path

import pytest

from synoptic.base.lock import lock_file, read_note
from tests.projects import CHECKOUT

HOLDER = """
import subprocess, sys, time
from pathlib import Path
from synoptic.base.lock import lock_file
with lock_file(Path(sys.argv[1])) as held:
    held.write("a note")
    if sys.argv[2:]:
        child = [sys.executable, "-c", "import sys; print('child', flush=True); sys.stdin.read()"]
        subprocess.Popen(child, pass_fds=[held.number])
    else:
        print("held", flush=True)
    sys.stdin.read()
"""


def hold(path: Path, *words: str) -> "subprocess.Popen[str]":
    """A process that holds a lock until its input ends, or that leaves it to a child."""
    command = [sys.executable, "-c", HOLDER, str(path), *words]
    process = subprocess.Popen(command, cwd=CHECKOUT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    assert process.stdout
    process.stdout.readline()
    return process


def test_another_process_is_kept_out_and_the_note_says_who_holds_it(tmp_path: Path) -> None:
    """While a process holds a lock nobody else gets it, and its note can be read; a killed one leaves no lock."""
    path = tmp_path / "lock"
    with hold(path) as process:
        for _ in range(2):
            with pytest.raises(BlockingIOError), lock_file(path):
                pass
        assert read_note(path) == "a note"
        process.kill()
        process.wait()
        with lock_file(path) as held:
            held.write("x")
            assert read_note(path) == "x"
        with lock_file(path):
            pass


@pytest.mark.skipif(sys.platform == "win32", reason="no child inherits a lock on Windows")
def test_a_child_that_inherits_the_lock_holds_it(tmp_path: Path) -> None:
    """A child goes on holding the lock of a process that was killed, until the child has ended."""
    path = tmp_path / "lock"
    with hold(path, "child") as process:
        process.kill()
        process.wait()
        with pytest.raises(BlockingIOError), lock_file(path):
            pass
        assert process.stdin
        process.stdin.close()
        assert process.stdout
        process.stdout.read()  # until the child has closed it
    with lock_file(path):
        pass
