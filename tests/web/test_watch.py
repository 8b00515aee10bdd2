"""``watch`` against a server on this machine: what it says and notes of every kind of answer."""

import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from build_tools.web import fetch, judge, robots
from tests.projects import SMALL, replace_once, run
from tests.web.server import Web, serve

CASES: dict[str, Any] = yaml.safe_load((Path(__file__).parent / "pages.yml").read_text(encoding="utf-8"))
SOURCE, WATCH = f"{SMALL}/sources/gazette.yml", f"{SMALL}/sources/gazette.watch.yml"
Output = pytest.CaptureFixture[str]


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

    for module in (fetch, judge, robots):
        monkeypatch.setattr(module, "run_bounded", run_here)


def set_url(root: Path, url: str) -> None:
    """Give the Gazette an address."""
    replace_once(root / SOURCE, "label: Gazette", f"label: Gazette\nurl: {url}")


def watch(root: Path, *words: str, seconds: float = 20) -> int:
    """The exit code of ``watch`` without pauses."""
    return run(root, "watch", "harbour-tunnel", "--private", "--pause", "0", "--seconds", str(seconds), *words)


def looks(root: Path) -> list[dict[str, Any]]:
    """The looks that are noted."""
    read: dict[str, Any] = yaml.safe_load((root / WATCH).read_text(encoding="utf-8"))
    return list(read["looks"])


@pytest.mark.usefixtures("here")
@pytest.mark.parametrize("name", CASES)
def test_answer(name: str, root: Path, web: Web, capsys: Output) -> None:
    """Each answer of a server is told and noted as its case says, and never more of the page."""
    case = CASES[name]
    web.pages = case["web"]
    set_url(root, web.url(case.get("url", "paper/a")))
    assert watch(root, seconds=case.get("seconds", 20)) == 0
    out = capsys.readouterr().out
    assert [part for part in case.get("has", ()) if not re.search(part, out, re.MULTILINE)] == [], out
    (look,) = looks(root)
    assert look["answer"] == case["answer"], out
    got = {key: look.get(key, 0 if key == "there" else []) for key in ("there", "changed", "gone")}
    assert got == {"there": case.get("there", 0), "changed": case.get("changed", []), "gone": case.get("gone", [])}
    assert look.get("status") == case.get("status")
    assert set(look) <= {"at", "address", "first", "day", "answer", "status", "quotations", *got}
    assert web.asked == case.get("asked", web.asked)
    assert all(agent.startswith("Synoptic-watch/") for _, agent, _ in web.log)
    assert run(root, "check", "harbour-tunnel") == 0
