"""The workbench of the invented example, served for a test in a browser."""

import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from synoptic.workbench.server import make_server
from synoptic.workbench.session import Workbench
from tests.browser import Open
from tests.projects import EXAMPLE, run
from tests.workbench.example import LARGEST, example_without

TOKEN = "a-token-of-the-tests"


@dataclass
class Bench:
    """A project, and the address at which its workbench is served."""

    root: Path
    home: str

    @property
    def start(self) -> str:
        """The path that opens the example."""
        return f"?briefing={EXAMPLE}#{TOKEN}"


#: The type of the fixture ``serve_bench``: it takes a project, and the name of whoever edits it.
Serve = Callable[..., Bench]


@pytest.fixture
def serve_bench() -> Iterator[Serve]:
    """Serves the workbench of a project until the test ends."""
    with ExitStack() as running:

        def serve(root: Path, by: str = "Ada Reader") -> Bench:
            server = running.enter_context(make_server(Workbench(root, [], by), TOKEN, 0))
            threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
            running.callback(server.shutdown)
            return Bench(root, f"http://127.0.0.1:{server.server_port}/")

        yield serve


@pytest.fixture
def ingested(tmp_path: Path) -> Path:
    """The example without its largest source, which has just been ingested."""
    root = example_without(tmp_path / "project")
    words = ("ingest", str(root / "article.txt"), "--briefing", EXAMPLE, "--id", LARGEST, "--lang", "en")
    assert run(root, *words) == 0
    return root


@pytest.fixture
def bench(ingested: Path, serve_bench: Serve) -> Bench:
    """Its workbench, for somebody whose name is known."""
    return serve_bench(ingested)


@pytest.fixture
def no_name(ingested: Path, serve_bench: Serve) -> Bench:
    """Its workbench, for somebody whose name is not known."""
    return serve_bench(ingested, "")


def open_bench(tab: Open, bench: Bench, **size: Any) -> Page:
    """The page, with the example open."""
    page = tab(bench.home, **size).open(bench.start)
    expect(page.locator("#title")).to_have_text("The Quay Bridge")
    expect(page.locator(".p").first).to_be_visible()
    return page
