"""The workbench: how long a change takes until every problem is known, beside a full check of the same briefing."""

import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from synoptic.base.cache import without_gc
from synoptic.check.registry import check
from synoptic.load.load import load
from synoptic.workbench.session import Workbench
from tests import synthetic
from tests.bench.build import Table

#: A large briefing of a newsroom.
CLAIMS, TOPICS, SOURCES = 100, 10, 20
CHANGES = 9
SLUG = "story-000"


def timed(work: Callable[[], Any]) -> float:
    """The CPU seconds of this process that a piece of work takes."""
    begun = time.process_time()
    with without_gc():
        work()
    return time.process_time() - begun


def editing(table: Table) -> None:
    """Measure changes in the workbench, and what they are beside a full check."""
    with tempfile.TemporaryDirectory() as name:
        root = Path(name)
        (root / "briefings").mkdir()
        synthetic.write_with_texts(root, 1, CLAIMS, topics=TOPICS, sources=SOURCES)
        whole = statistics.median(timed(lambda: check_all(root)) for _ in range(3))
        bench = Workbench(root, [], "The benchmark")
        state = bench.state(SLUG)
        source = state["sources"][3]["id"]
        text = bench.look(SLUG).briefing.texts[source]
        words = next(one for _, one in text.sentences[1:] if len(one.split()) > 9 and '"' not in one).rstrip(".")
        took = []
        for claim in state["claims"][:CHANGES]:
            change = {"do": "add-statement", "claim": claim["id"], "source": source, "quote": words}
            request = {"revision": state["revision"], "changes": [change]}
            took.append(timed(lambda request=request: state.update(bench.change(SLUG, request))))  # type: ignore[misc]
    one = statistics.median(took)
    size = f"{CLAIMS} x {SOURCES}"
    table.add(size, "a change in the workbench, every problem known / a full check", one, "s", whole, 0.2)
    table.add(size, "the same / 300 ms", 1000 * one, "ms", 300, 1.0)


def check_all(root: Path) -> None:
    """Load a project with its texts, and check it."""
    site, _ = load(root)
    assert site is not None
    check(site)


if __name__ == "__main__":
    editing(Table())
