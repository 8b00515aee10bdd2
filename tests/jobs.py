"""Runs work in several processes, some of which are killed, and prints what became of it: ``python -m tests.jobs``.

It runs in its own process because it forks, and the tests have threads.
"""

import json
import os
import signal
import sys
import time
from collections.abc import Callable
from typing import Any

from synoptic.base.jobs import VARIABLE, count_jobs, run_all
from synoptic.base.problems import Place, Problem, Refused, Stopped

THINGS = [f"thing {number}" for number in range(40)]
MAIN = os.getpid()


def answer(thing: str) -> str:
    """A result that is longer the later its thing, and tells which process it comes from."""
    time.sleep(0.002)
    return f"{thing}: {'x' * 10 ** (int(thing.split()[1]) // 8)} {os.getpid() == MAIN}"


def die(thing: str) -> str:
    """End the process at one of the things, as the system does when memory is short."""
    if thing == "thing 17" and os.getpid() != MAIN:
        os.kill(os.getpid(), signal.SIGKILL)
    return answer(thing)


def refuse(thing: str) -> str:
    """Refuse two things, of which the first counts."""
    if thing in ("thing 23", "thing 31"):
        raise Stopped([Problem(Place(thing), "is refused")])
    return answer(thing)


class Odd(Exception):
    """An error that cannot be sent to another process."""

    def __init__(self, one: str, *, other: str) -> None:
        super().__init__(one)


def stumble(thing: str) -> str:
    """Raise an error of the program."""
    raise Odd(thing, other="")


def result(work: Callable[[str], str], jobs: str) -> Any:
    """How many results came from this process, and a hash of all; or the error."""
    os.environ[VARIABLE] = jobs
    try:
        found = list(run_all(work, THINGS))
    except (Refused, Odd, RuntimeError) as error:
        return [type(error).__name__, str(error)]
    here = sum(one.endswith("True") for one in found)
    return [here, [one.rpartition(" ")[0] for one in found] == [answer(one).rpartition(" ")[0] for one in THINGS]]


if __name__ == "__main__":
    told = {f"{work.__name__} {jobs}": result(work, jobs) for work in (answer, die, refuse, stumble) for jobs in "123"}
    os.environ[VARIABLE] = "few"
    try:
        count_jobs()
    except Refused as error:
        told["few"] = str(error)
    json.dump(told, sys.stdout)
