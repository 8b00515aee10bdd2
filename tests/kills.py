"""Kills a running program again and again, at random moments: ``python -m tests.kills WHAT FOLDER TIMES``.

It runs in its own process because it forks, and the tests have threads. It prints a summary, and fails if a kill left
anything that is neither wholly old nor wholly new.
"""

import os
import random
import shutil
import signal
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from synoptic.cli.main import main
from synoptic.site import swap
from synoptic.site.guard import ERROR_PAGE
from synoptic.site.own_files import FOLDER, RECORD
from tests.projects import read_files

Tree = dict[str, bytes]


def killed(work: Callable[[], object], most: float = 0, step: int = 0) -> bool:
    """Whether a piece of work was killed before it ended.

    It is killed within ``most`` seconds, at random, or right before one of the steps by which it touches files.
    """
    child = os.fork()
    if not child:
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
        os.dup2(1, 2)
        if step:
            sys.addaudithook(Counter(step))
        try:
            work()
        finally:
            os._exit(0)
    if not step:
        time.sleep(random.uniform(0, most))
        os.kill(child, signal.SIGKILL)
    return os.WIFSIGNALED(os.waitpid(child, 0)[1])


class Counter:
    """Counts Python's audit events for steps that touch files, and kills the process right before one of them."""

    def __init__(self, last: int) -> None:
        self.left = last

    def __call__(self, event: str, _: object) -> None:
        """Count one step."""
        if event == "open" or event.startswith(("os.", "shutil.", "tempfile.", "ctypes.dlsym", "fcntl.")):
            self.left -= 1
            if not self.left:
                os.kill(os.getpid(), signal.SIGKILL)


def lasts(work: Callable[[], object]) -> float:
    """The seconds that a piece of work takes undisturbed."""
    start = time.monotonic()
    if killed(work, step=1_000_000):
        raise AssertionError("a million steps")
    return time.monotonic() - start


def kills(work: Callable[[], object], most: float, times: int, steps: int) -> Iterator[tuple[str, bool]]:
    """Kill at random moments, then before every step, or before some if there are many; how, and whether it hit."""
    for _ in range(times):
        yield "at random", killed(work, most)
    step = 0
    while step := step + 1:
        hit = killed(work, step=step)
        if not hit:
            return
        yield "before a step", True
        if step > steps:
            step += step // 4


def swaps(root: Path, times: int, *, exchange: bool) -> str:
    """Publish a site again and again; without ``exchange`` as if the system could not swap two folders."""
    state = [0]

    def build(_: Path, into: Path, *__: object, **___: object) -> None:
        for n in range(20):
            file = into / f"{n % 3}" / f"{n}.html"
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(page(state[0]))
        (into / ERROR_PAGE).write_bytes(page(state[0]))

    def work() -> None:
        swap.publish(root)

    swap.build_site = build  # type: ignore[assignment]
    if not exchange:
        swap.exchange = lambda *_: False
    swap.publish(root)
    site, counts = root / swap.SITE, {"old": 0, "new": 0, "none": 0}
    before, whole, most = 0, 21, lasts(work) * 1.2
    state[0] += 1
    number = 0
    for _, hit in kills(work, most, times, 400):
        number += 1
        found = read_files(site)
        if not found and not exchange:
            site, counts["none"] = root / swap.OLD, counts["none"] + 1
            found = read_files(site)
        contents = set(found.values())
        assert len(found) == whole, f"{len(found)} of {whole} files"
        assert len(contents) == 1, "two sites in one"
        shown = contents.pop()
        assert shown in (page(before), page(state[0])), "torn"
        assert hit or shown == page(state[0])
        counts["new" if shown == page(state[0]) else "old"] += 1
        before, site = int(shown.split()[0]), root / swap.SITE
        state[0] += 1
    swap.publish(root)
    left = {p.name for p in root.iterdir()} - {swap.SITE, swap.LOCK, "briefings"}
    assert not left, left
    assert exchange or counts["none"], "no kill hit the moment without a site"
    return f"{number} kills: {counts['old']} left the old site, {counts['new']} the new one" + (
        f"; {counts['none']} none, and the next run brought the old one back" if not exchange else ""
    )


def page(number: int) -> bytes:
    """The content of every page in one state of the invented site."""
    return b"%d\n" % number * 2000


def commands(root: Path, times: int, words: list[str]) -> str:
    """Run a command on contributors' files: each file stays as it was, or is as the command leaves it."""
    before = written(root)
    main(["--root", str(root), *words])  # no child has to import anything after this
    put_back(root, before)
    most = lasts(lambda: main(["--root", str(root), *words]))
    after = written(root)
    put_back(root, before)
    assert after != before, "the command changes nothing"
    torn = partly = number = 0
    for _ in kills(lambda: main(["--root", str(root), *words]), most * 1.1, times, 12):
        number += 1
        found = written(root)
        assert found.keys() <= before.keys() | after.keys(), found.keys() - before.keys() - after.keys()
        assert found.keys() >= before.keys() & after.keys()
        changed = {name for name, content in found.items() if content not in (before.get(name), after.get(name))}
        torn += len(changed - {f"docs/{FOLDER}/{RECORD}"})  # which gets line after line
        partly += found not in (before, after)
        killed(lambda: main(["--root", str(root), *words]), step=1_000_000)
        again = written(root)
        assert again == after, sorted(again.items() ^ after.items())
        put_back(root, before)
    assert not torn, f"{torn} files half written"
    return f"{number} kills of {words[0]}: 0 files half written, {partly} times only some new; each next run ended it"


def written(root: Path) -> Tree:
    """Every file of a project but caches and what was never completed."""
    found = read_files(root).items()
    return {name: content for name, content in found if ".part" not in name and not name.startswith(".cache/")}


def put_back(root: Path, files: Tree) -> None:
    """Reset a folder to these files and no others."""
    shutil.rmtree(root)
    for name, content in files.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_bytes(content)


if __name__ == "__main__":
    what, folder, number, *rest = sys.argv[1:]
    print(
        commands(Path(folder), int(number), rest)
        if what == "command"
        else swaps(Path(folder), int(number), exchange=what == "exchange")
    )
