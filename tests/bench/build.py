"""Measures reading, rendering, building and serving."""

import contextlib
import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterable
from pathlib import Path

from build_tools.base.cache import FOLDER
from tests import synthetic
from tests.bench.measure import Cost, Table, cost, edit, move_away, project
from tests.projects import CHECKOUT as ROOT

#: Whether the text of a page is the expected one.
Expected = Callable[[str], bool]


def middle(costs: Iterable[Cost]) -> Cost:
    """The median of three costs by CPU time."""
    return sorted(costs, key=lambda cost: cost.cpu)[1]


def building(table: Table, size: str, folder: Path) -> dict[str, Cost]:
    """Measure reading, rendering and building a project of a size; the costs to compare across sizes, by name."""
    project(folder, size)
    site, kept = str(folder / "site"), folder / FOLDER
    twins = [shutil.copytree(folder, folder.with_name(f"{size}-{number}")) for number in range(2)]
    whole = middle(cost(["build_tools", "render"], each) for each in (folder, *twins))
    for each in (folder, *twins):
        edit(each, 1)
    one = middle(cost(["build_tools", "render"], each) for each in (folder, *twins))
    plain = cost(["mkdocs", "build", "-q", "-f", "plain.yml", "-d", str(folder / "plain")], folder)
    move_away(kept)
    cold = cost(["mkdocs", "build", "-q", "-d", site], folder)
    edit(folder, 2)
    again = cost(["mkdocs", "build", "-q", "-d", site], folder)
    pages = [path.stat().st_size for path in (folder / "docs").rglob("*.md")]
    disk = sum(path.stat().st_size for path in Path(site).rglob("*") if path.is_file())
    print(f"{size}: {synthetic.SIZES[size]} briefings, {len(pages)} pages")
    for what, value, unit, yardstick, limit in (
        ("load, check, compare, render / mkdocs build", whole.cpu, "s", plain.cpu, 0.15),
        ("the same after one claim changed / itself", one.cpu, "s", whole.cpu, 0.05),
        ("whole site, cold / mkdocs build with its search", cold.cpu, "s", plain.cpu, 1.0),
        ("its memory", cold.memory, "MB", plain.memory, 1.2),
        ("whole site after one claim changed / cold", again.cpu, "s", cold.cpu, 1 / 3),
        ("site on disk / its Markdown", disk / 1e6, "MB", sum(pages) / 1e6, 4.0),
    ):  # the fewer briefings, the more of the time is starting
        table.add(size, what, value, unit, yardstick, limit if size == "L" else None)
    return {"load, check, compare, render": whole, "whole site, cold": cold}


def wait_for(address: str, expected: Expected, limit: float = 900) -> None:
    """Request a page until its text is the expected one, for at most ``limit`` seconds."""
    ends = time.monotonic() + limit
    while time.monotonic() < ends:
        with contextlib.suppress(OSError), urllib.request.urlopen(address, timeout=60) as answer:
            if expected(answer.read().decode()):
                return
        time.sleep(0.05)
    raise SystemExit(f"{address} never came")


def served(folder: Path, settings: str, change: Callable[[], None], address: str, expected: Expected) -> float:
    """The seconds from a change of a file under ``mkdocs serve`` to the page that shows it."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    server = subprocess.Popen(
        [sys.executable, "-m", "mkdocs", "serve", "-q", "-f", settings, "-a", f"127.0.0.1:{port}"],
        cwd=folder, env={**os.environ, "PYTHONPATH": str(ROOT), "NO_MKDOCS_2_WARNING": "1"},
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        wait_for(f"http://127.0.0.1:{port}/{address}", lambda page: True)
        time.sleep(3)
        begun = time.monotonic()
        change()
        wait_for(f"http://127.0.0.1:{port}/{address}", expected)
        return time.monotonic() - begun
    finally:
        server.terminate()
        server.wait()


def serving(table: Table, size: str, folder: Path) -> None:
    """Measure how long an edit takes to appear while the site is served."""
    page = folder / "docs/data.md"

    def touch() -> None:
        page.write_text(page.read_text(encoding="utf-8") + "\nA line more, to be seen.\n", encoding="utf-8")

    stock = served(folder, "plain.yml", touch, "data/", lambda html: "A line more, to be seen" in html)
    topic = "briefings/story-000/topics/topic-0/"
    ours = served(folder, "mkdocs.yml", lambda: edit(folder, 3), topic, lambda html: "Now3 " in html)
    table.add(size, "a claim edited to the page served / stock rebuild", ours, "s", stock, 0.1)
