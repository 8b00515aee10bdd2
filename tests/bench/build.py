"""Projects to measure with, the table of results, and the costs of reading, rendering, building and serving."""

import compileall
import os
import re
import shutil
import tempfile
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from synoptic.base.cache import FOLDER
from synoptic.base.jobs import VARIABLE
from tests import synthetic
from tests.projects import CHECKOUT as ROOT
from tests.projects import GENERATED, Project
from tests.serving import serve


@dataclass(frozen=True)
class Cost:
    """The cost of a command and its children: CPU seconds, the peak memory of any of them in MB, wall seconds."""

    cpu: float
    memory: float
    wall: float


def cost(words: list[str], folder: Path, jobs: int = 2) -> Cost:
    """Run ``python -m WORDS`` in a folder, once: a second run would find the first one's cache. ``jobs``: processes."""
    begun = time.monotonic()
    process = Project(folder).start(*words, environment={"PYTHONPATH": str(ROOT), VARIABLE: str(jobs)})
    assert process.stdout is not None
    said = process.stdout.read()
    _, status, used = os.wait4(process.pid, 0)
    if status:
        raise SystemExit(f"{' '.join(words)}: {said}")
    return Cost(used.ru_utime + used.ru_stime, used.ru_maxrss / 1000, time.monotonic() - begun)


@dataclass
class Table:
    """The rows measured so far; ``limit`` is the largest acceptable ratio."""

    rows: list[dict[str, Any]] = field(default_factory=list)

    def add(self, work: str, what: str, value: float, unit: str, yardstick: float, limit: float | None) -> None:
        """Add a figure and print it."""
        ratio = value / yardstick
        self.rows.append(
            {"work": work, "what": what, "value": round(value, 3), "unit": unit, "yardstick": round(yardstick, 3),
             "ratio": round(ratio, 3), "limit": limit}
        )  # fmt: skip
        verdict = "" if limit is None else "  met" if ratio <= limit else "  MISSED"
        bound = "" if limit is None else f"{limit:6.2f}"
        print(f"{work:3} {what:58} {value:9.2f} {unit:3} {yardstick:9.2f} {ratio:6.2f} {bound}{verdict}", flush=True)


def generated(at: str, names: list[str]) -> list[str]:
    """The generated files among ``names``, which are not copied."""
    return [name for name in names if name == "__pycache__" or Path(at, name) in GENERATED]


def project(folder: Path, size: str) -> None:
    """Write a synthetic project of a size: the program's own settings, pages and vocabulary, and invented briefings."""
    for part in ("mkdocs.yml", "LICENSE-CONTENT.md", "docs", "build_tools"):
        source = ROOT / part
        if source.is_dir():
            shutil.copytree(source, folder / part, ignore=generated)
            compileall.compile_dir(folder / part, quiet=2)  # as installed packages are
        else:
            shutil.copy(source, folder / part)
    (folder / "briefings").mkdir()
    synthetic.write(folder, synthetic.SIZES[size], 60 if size == "S" else 50)
    for texts in folder.glob("briefings/*/articles"):  # a clone has none
        move_away(texts)
    settings = (folder / "mkdocs.yml").read_text(encoding="utf-8")
    ours = {  # Material's own frame; the search page needs a template of ours
        "\n  - synoptic: {whole_site: true} ": "\n  - search ",
        "markdown_extensions:\n": "exclude_docs: search.md\nmarkdown_extensions:\n  - attr_list\n  - tables\n",
    }
    for part, plain in ours.items():
        assert settings.count(part) == 1, part
        settings = settings.replace(part, plain)
    (folder / "plain.yml").write_text(settings, encoding="utf-8")


def move_away(folder: Path) -> None:
    """Move a folder instead of removing it: a disk that has just removed thousands of files is slow to create more."""
    top = next(path for path in folder.parents if path.parent == Path(tempfile.gettempdir()))
    folder.rename(tempfile.mkdtemp(dir=top))


def edit(folder: Path, turn: int) -> None:
    """Reword one claim."""
    path = folder / "briefings/story-000/claims/topic-0.yml"
    text = path.read_text(encoding="utf-8")
    path.write_text(re.sub(r"claim: (Now\d* )?", f"claim: Now{turn} ", text, count=1), encoding="utf-8")


def middle(costs: Iterable[Cost]) -> Cost:
    """The median of three costs by CPU time."""
    return sorted(costs, key=lambda cost: cost.cpu)[1]


def building(table: Table, size: str, folder: Path) -> dict[str, Cost]:
    """Measure reading, rendering and building a project of a size; the costs to compare across sizes, by name."""
    project(folder, size)
    site, kept = str(folder / "site"), folder / FOLDER
    twins = [shutil.copytree(folder, folder.with_name(f"{size}-{number}")) for number in range(2)]
    whole = middle(cost(["synoptic", "render"], each) for each in (folder, *twins))
    for each in (folder, *twins):
        edit(each, 1)
    one = middle(cost(["synoptic", "render"], each) for each in (folder, *twins))
    plain = cost(["mkdocs", "build", "-q", "-f", "plain.yml", "-d", str(folder / "plain")], folder)
    move_away(kept)
    alone = cost(["mkdocs", "build", "-q", "-d", str(folder / "alone")], folder, 1)
    move_away(kept)
    cold = cost(["mkdocs", "build", "-q", "-d", site], folder)
    edit(folder, 2)
    again = cost(["mkdocs", "build", "-q", "-d", site], folder)
    pages = [path.stat().st_size for path in (folder / "docs").rglob("*.md")]
    disk = sum(path.stat().st_size for path in Path(site).rglob("*") if path.is_file())
    print(f"{size}: {synthetic.SIZES[size]} briefings, {len(pages)} pages")
    for what, value, unit, yardstick, limit in (
        ("load, check, compare, render / mkdocs build", whole.cpu, "s", plain.cpu, 0.15),
        ("the same after one claim changed / itself", one.cpu, "s", whole.cpu, 0.04),
        ("whole site, cold / mkdocs build with its search", cold.cpu, "s", plain.cpu, 0.35),
        ("the same by two processes / by one, on the clock", cold.wall, "s", alone.wall, 0.6),
        ("the same / by one, CPU", cold.cpu, "s", alone.cpu, 1.1),
        ("its memory", cold.memory, "MB", plain.memory, 1.2),
        ("whole site after one claim changed / cold", again.cpu, "s", cold.cpu, 0.08),
        ("site on disk / its Markdown", disk / 1e6, "MB", sum(pages) / 1e6, 4.0),
    ):  # the fewer briefings, the more of the time is starting
        table.add(size, what, value, unit, yardstick, limit if size == "L" else None)
    return {"load, check, compare, render": whole, "whole site, cold": cold}


def served(folder: Path, settings: str, change: Callable[[], None], address: str, expected: str) -> float:
    """The seconds from a change of a file under ``mkdocs serve`` to the page that holds the expected words."""
    with serve(Project(folder), "-q", "-f", settings, PYTHONPATH=str(ROOT)) as server:
        server.until(lambda: not server.get(address).startswith("no answer"))
        time.sleep(3)
        begun = time.monotonic()
        change()
        server.until(lambda: expected in server.get(address))
        return time.monotonic() - begun


def serving(table: Table, size: str, folder: Path) -> None:
    """Measure how long an edit takes to appear while the site is served."""
    page = folder / "docs/data.md"

    def touch() -> None:
        page.write_text(page.read_text(encoding="utf-8") + "\nA line more, to be seen.\n", encoding="utf-8")

    stock = served(folder, "plain.yml", touch, "data/", "A line more, to be seen")
    topic = "briefings/story-000/topics/topic-0/"
    ours = served(folder, "mkdocs.yml", lambda: edit(folder, 3), topic, "Now3 ")
    table.add(size, "a claim edited to the page served / stock rebuild", ours, "s", stock, 0.1)
