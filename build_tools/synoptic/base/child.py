"""Runs a program that may wait for ever, with a time limit; at its end, all that the program began ends, too."""

import os
import signal
import subprocess
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path

_GRACE = 5  # seconds in which a program may tidy up, as Git removes its own lock files


def run_limited(
    command: Sequence[str], seconds: float, *, cwd: Path, env: Mapping[str, str], text: str = ""
) -> subprocess.CompletedProcess[str]:
    """Run a program with ``text`` as its input. It cannot ask on the terminal.

    Raises subprocess.TimeoutExpired, when it and what it began have ended, and FileNotFoundError if there is none.
    """
    with subprocess.Popen(  # noqa: S603 - the caller names the program
        command, cwd=cwd, env=env, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        encoding="utf-8", errors="replace", start_new_session=True,
    ) as process:  # fmt: skip
        try:
            out, told = process.communicate(text, timeout=seconds)
        except BaseException:
            _end(process)
            raise
        return subprocess.CompletedProcess(command, process.returncode, out, told)


def _end(process: "subprocess.Popen[str]") -> None:
    """End a program and all that it began: politely, then not."""
    if os.name == "nt":
        tree = ["taskkill", "/T", "/F", "/PID", str(process.pid)]
        subprocess.run(tree, capture_output=True, check=False)  # noqa: S603 - fixed words and a number
    else:
        for number in (signal.SIGTERM, signal.SIGKILL):
            with suppress(ProcessLookupError, PermissionError):  # all have ended; macOS says so by the second
                os.killpg(process.pid, number)
            with suppress(subprocess.TimeoutExpired):
                process.communicate(timeout=_GRACE)
    process.kill()
    for pipe in (process.stdin, process.stdout, process.stderr):  # one that got away may hold the other end
        if pipe:
            with suppress(OSError):
                pipe.close()
