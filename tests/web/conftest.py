"""What tests of the web share: a server on this machine, and one process for all."""

import json
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from synoptic.web import fetch, judge, page, robots
from tests.web.server import Web, serve


@pytest.fixture
def web() -> Iterator[Web]:
    """A server."""
    with serve() as running:
        yield running


@pytest.fixture
def here(monkeypatch: pytest.MonkeyPatch) -> None:
    """What runs in a process of its own runs in this one, which takes a hundredth of the time."""

    def run_here(function: Callable[[bytes], Any], data: bytes, seconds: float = 0) -> Any:
        return json.loads(json.dumps(function(data)))

    for module in (fetch, judge, page, robots):
        monkeypatch.setattr(module, "run_bounded", run_here)
