"""Runs one piece of work for each of many things, in as many processes as the machine has cores.

The processes are forked, so they see all that was read before and send back only their results. Written by hand because
``concurrent.futures`` cannot tell which thing a killed process was at work on, and leaves its processes behind when it
is killed itself: they would hold the lock of a build for ever.
"""

import contextlib
import gc
import multiprocessing
import os
import pickle
import signal
import struct
import sys
import tempfile
import threading
import warnings
from collections.abc import Callable, Iterator, Sequence
from multiprocessing.connection import Connection, wait
from typing import Any, TypeVar

from synoptic.base.problems import Refused

T = TypeVar("T")
R = TypeVar("R")
#: The environment variable that says how many processes a run may use; without it, as many as there are cores.
VARIABLE = "SYNOPTIC_JOBS"
_NUMBER = struct.Struct("=I")


def count_jobs() -> int:
    """How many processes a run may use. Raises Refused if the environment asks for something else than a number."""
    asked = os.environ.get(VARIABLE, "")
    if asked and not (asked.isascii() and asked.isdigit() and int(asked)):
        raise Refused(f"{VARIABLE}={asked}: is not a number of processes; use 1, 2, 3 ...", code=2)
    # os.process_cpu_count is new in Python 3.13
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return int(asked) if asked else cores


def can_fork() -> bool:
    """Whether this process may be forked: not on Windows, not safely on macOS, and not while a thread is running."""
    return sys.platform not in ("win32", "darwin") and hasattr(os, "fork") and threading.active_count() == 1


def count_workers(things: int, share: int) -> int:
    """How many processes are worth starting for a number of things, if ``share`` is worth one; 1 is this process."""
    return max(1, min(count_jobs(), things // share)) if can_fork() else 1


def run_all(
    work: Callable[[T], R], things: Sequence[T], name: Callable[[T], str] = str, *, share: int = 1
) -> Iterator[R]:
    """Yield what ``work`` returns for each thing, in their order, whatever the number of processes.

    ``name`` tells people which thing it was that a process died of; ``share`` is the number of things for which a
    process of its own is worth starting. What ``work`` changes in memory is lost, unless this process does it.
    Raises what ``work`` raises, and Refused if a process dies.
    """
    workers = count_workers(len(things), share)
    if workers == 1:
        yield from map(work, things)
    else:
        with tempfile.TemporaryFile(buffering=0) as file:
            file.write(b"".join(map(_NUMBER.pack, range(len(things)))))
            file.seek(0)
            yield from _fork(work, things, name, workers, file.fileno())


def _fork(
    work: Callable[[T], R], things: Sequence[T], name: Callable[[T], str], workers: int, numbers: int
) -> Iterator[R]:
    """Yield the results in order, from processes that each read the next of the numbers in a file: as the file is open
    once for all of them, no two read the same."""
    begun: dict[Connection, int] = {}  # a process, by where it answers, to the thing that it is at work on
    processes = []
    context = multiprocessing.get_context("fork")
    done: dict[int, Any] = {}
    try:
        for _ in range(workers):
            answers, mine = context.Pipe(duplex=False)
            process = context.Process(target=_serve, args=(work, things, numbers, mine, [*begun, answers]), daemon=True)
            begun[answers] = -1
            processes.append(process)
            with warnings.catch_warnings():  # Python 3.12 sees threads of other libraries, which hold nothing of ours
                warnings.simplefilter("ignore", DeprecationWarning)
                process.start()
            mine.close()
        for number in range(len(things)):
            while number not in done:
                _collect(begun, done, lambda one: name(things[one]))
            result, error = done.pop(number)
            if error is not None:
                raise error
            yield result
    finally:
        for process in processes:
            process.kill()
            process.join()
        for answers in begun:
            answers.close()


def _collect(begun: dict[Connection, int], done: dict[int, Any], name: Callable[[int], str]) -> None:
    """Take in what the processes have answered by now. Raises Refused if one of them died at work."""
    for answers in wait(list(begun)):
        assert isinstance(answers, Connection)
        try:
            number, result = answers.recv()
        except EOFError:
            died = begun.pop(answers)
            answers.close()
            if died not in (-1, *done):
                raise Refused(
                    f"{name(died)}: the process at work on it was killed, perhaps for want of memory; run it again, "
                    f"or with one process: {VARIABLE}=1"
                ) from None
            if not begun:
                raise Refused("the processes of this run were killed; run it again") from None
            continue
        begun[answers] = number
        if result is not None:
            done[number], begun[answers] = result, -1


def _serve(
    work: Callable[[T], R], things: Sequence[T], numbers: int, mine: Connection, others: Sequence[Connection]
) -> None:
    """Work on one thing after the other until none is left, or nobody listens."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the process that forked this one sees to its end
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    gc.freeze()  # what was there before is not looked through again
    for answers in others:  # else a process would listen to itself
        answers.close()
    with contextlib.suppress(BrokenPipeError):
        while taken := os.read(numbers, _NUMBER.size):
            (number,) = _NUMBER.unpack(taken)
            mine.send((number, None))
            result: tuple[Any, Exception | None]
            try:
                result = work(things[number]), None
            except Exception as error:  # noqa: BLE001 - raised again where the results are used
                result = None, _portable(error)
            mine.send((number, result))


def _portable(error: Exception) -> Exception:
    """The error as it can be sent to another process."""
    try:
        pickle.loads(pickle.dumps(error))  # noqa: S301 - our own, a moment ago
    except Exception:  # noqa: BLE001 - it cannot be sent
        return RuntimeError(f"{type(error).__name__}: {error}")
    return error
