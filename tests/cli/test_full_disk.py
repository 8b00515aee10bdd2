"""A full disk is reported with the file that did not fit, by every command that writes."""

import shlex
import subprocess
import sys
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from tests.projects import CHECKOUT, HERE
from tests.yaml_files import read_yaml

resource = pytest.importorskip("resource", reason="only POSIX has it")
CASES = read_yaml(HERE / "cli/full_disk.yml")
ARTICLE = "The mayor opened the second bridge over the harbour on Monday morning, and two hundred people came. " * 5


def run_limited(root: Path, words: str, **more: Any) -> subprocess.CompletedProcess[str]:
    """Run a command in a process that may not write a byte to any file."""
    command = [sys.executable, "-m", "synoptic", "--root", str(root), *shlex.split(words)]
    return subprocess.run(command, cwd=CHECKOUT, stderr=subprocess.PIPE, text=True, check=False, **more)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["run"])
def test_a_full_disk_names_the_file(case: dict[str, Any], root: Path) -> None:
    """The message has the path, not that of a temporary file; the command fails, and leaves nothing half written."""
    (root / "new.txt").write_text(ARTICLE, encoding="utf-8")
    if "remove" in case:
        (root / case["remove"]).unlink()
    words = case["run"].replace("exported", str(root / "exported")).replace("new.txt", str(root / "new.txt"))
    none = partial(resource.setrlimit, resource.RLIMIT_FSIZE, (0, resource.RLIM_INFINITY))
    done = run_limited(root, words, stdout=subprocess.PIPE, preexec_fn=none)
    assert done.returncode == 1, done
    assert case["names"] in done.stderr, done
    assert "File too large" in done.stderr  # what a limit of zero bytes is called
    assert ".part" not in done.stderr
    assert "Traceback" not in done.stderr
    assert list(root.rglob("*.part")) == []


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="not Linux")
def test_a_full_disk_behind_the_output_is_named(root: Path) -> None:
    """If what we print does not fit, the message says so, once."""
    with open("/dev/full", "w") as full:  # noqa: PTH123
        done = run_limited(root, "check", stdout=full)
    assert (done.returncode, done.stderr) == (1, "standard output: No space left on device\n")
