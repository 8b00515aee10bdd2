"""Work in several processes."""

import json
import subprocess
import sys

import pytest

from tests.projects import CHECKOUT

pytestmark = pytest.mark.skipif(sys.platform in ("win32", "darwin"), reason="one process does all there")


def test_any_number_of_processes_gives_the_same_results() -> None:
    """Results come in order from any number of processes. The death of one is an error that names what it was at work
    on; of several errors that of the first thing is raised."""
    words = [sys.executable, "-m", "tests.jobs"]
    ran = subprocess.run(words, cwd=CHECKOUT, capture_output=True, text=True, check=False, timeout=60)
    assert ran.returncode == 0, ran.stderr
    told = json.loads(ran.stdout)
    for jobs in "123":
        here = 40 if jobs == "1" else 0
        assert told[f"answer {jobs}"] == [here, True]
        assert told[f"refuse {jobs}"] == ["Stopped", "1 error, 0 warnings:\nthing 23:1:1: error: is refused"]
        kind, message = told[f"stumble {jobs}"]
        assert (kind, message) == (("Odd", "thing 0") if jobs == "1" else ("RuntimeError", "Odd: thing 0"))
    assert told["die 1"] == [40, True]
    for jobs in "23":
        kind, message = told[f"die {jobs}"]
        assert kind == "Refused"
        assert message.startswith("thing 17: the process at work on it was killed")
    assert told["few"].startswith("SYNOPTIC_JOBS=few: is not a number of processes")
