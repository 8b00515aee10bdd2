"""``make bench`` compares the cost of synthetic projects with that of plain MkDocs for the same pages.

Each row is a figure, its yardstick from the same run, their ratio and the limit of the ratio. Work of seconds is the
middle of three runs, each in its own folder; work of minutes is measured once. More parts measure a matrix of 500
claims by 20 sources in a browser, a change in the workbench of 100 claims by 20 sources, and a search of 10,000 claims
(with ``L``: of 100,000, too) against one index in a single file, as Material has.
"""

import itertools
import json
import os
import shutil
import sys
import tempfile
from pathlib import Path

from tests import synthetic
from tests.bench.browser import matrix, searching
from tests.bench.build import Table, building, serving
from tests.bench.workbench import editing

#: The most bytes that all folders of a run take together.
ROOM = 8_000_000_000


def room() -> str | None:
    """A folder in memory, if there is enough; None for the usual temporary folder, or if ``TMPDIR`` is set.

    How fast a disk creates files depends on what it removed in the minutes before.
    """
    memory = Path("/dev/shm")
    if "TMPDIR" in os.environ or not os.access(memory, os.W_OK):
        return None
    return str(memory) if shutil.disk_usage(memory).free > ROOM else None


def main() -> None:
    """Measure the sizes in the arguments (S, M, L; by default S and M), print a table and write bench.json."""
    sizes = sys.argv[1:] or ["S", "M"]
    table, costs = Table(), {}
    tempfile.tempdir = room()
    print(f"in {tempfile.gettempdir()}")
    print(f"{'':62} {'value':>9}     {'yardstick':>9} {'ratio':>6}  limit")
    with tempfile.TemporaryDirectory() as name:
        for size in sizes:
            folder = Path(name, size)
            folder.mkdir()
            costs[size] = building(table, size, folder)
        for small, large in itertools.pairwise(sizes):
            times = synthetic.SIZES[large] / synthetic.SIZES[small]
            for what in costs[small]:
                one, other = costs[small][what], costs[large][what]
                if small != "S":  # of one briefing most of the time is starting
                    table.add(large, f"growth from {small}: {what}", other.cpu, "s", one.cpu * times, 1.1)
                    table.add(large, f"growth from {small}: memory of it", other.memory, "MB", one.memory * times, 1.1)
        if "M" in sizes:  # after the others: it removes whole sites
            serving(table, "M", Path(name, "M"))
        matrix(table)
        editing(table)
        searching(table, Path(name, sizes[-1], "site"), "L", 10_000)
        if "L" in sizes:
            searching(table, Path(name, "L", "site"), "10 L", 100_000)
    missed = [f"{row['work']} {row['what']}" for row in table.rows if row["limit"] and row["ratio"] > row["limit"]]
    print(f"\nmissed: {'; '.join(missed) or 'nothing'}")
    Path("bench.json").write_text(json.dumps(table.rows, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
