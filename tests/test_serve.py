"""``mkdocs serve``: what an editor sees while writing."""

import html
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import urlopen

import pytest

from tests.conftest import Project, make_project

pytestmark = pytest.mark.slow

CLAIMS = "briefings/harbour-tunnel/claims/opening-date.yml"
TOPIC = "briefings/harbour-tunnel/topics/opening-date/"
CLAIM = "The tunnel opens in June."
PATIENCE = 90  # seconds until something that never comes is called missing


class Served:
    """A running ``mkdocs serve``."""

    def __init__(self, project: Project, log: Path) -> None:
        self.project, self.log = project, log
        with socket.create_server(("127.0.0.1", 0)) as free:
            self.home = f"127.0.0.1:{free.getsockname()[1]}"
        with log.open("wb") as out:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "mkdocs", "serve", "--dev-addr", self.home],
                cwd=project.root, env=project.environment({"PYTHONUNBUFFERED": "1"}),
                stdout=out, stderr=subprocess.STDOUT, start_new_session=True,
            )  # fmt: skip

    def stop(self) -> None:
        """End the server, and what it may have started."""
        if self.process.poll() is None:
            os.killpg(self.process.pid, signal.SIGTERM)
        self.process.wait()

    def said(self) -> str:
        """All it has logged."""
        return self.log.read_text(encoding="utf-8", errors="replace")

    def get(self, path: str = "") -> str:
        """A page, its character references resolved; of a missing one, only its code."""
        try:
            with urlopen(f"http://{self.home}/{path}", timeout=30) as answer:
                return html.unescape(answer.read().decode())
        except HTTPError as error:
            with error:
                return str(error.code)
        except OSError as error:
            return f"no answer: {error}"

    def until(self, what: str, condition: Callable[[], bool]) -> None:
        """Wait for something; fail with the log where it never comes or the server ends."""
        end = time.monotonic() + PATIENCE
        while not condition():
            if self.process.poll() is not None or time.monotonic() > end:
                pytest.fail(f"{what}: never; exit code {self.process.poll()}\n{self.said()}")
            time.sleep(0.1)


@pytest.fixture
def served(tmp_path: Path) -> Iterator[Served]:
    """A copy of the project with the invented briefing, being served."""
    project = make_project(tmp_path / "project")
    project.add_harbour()
    running = Served(project, tmp_path / "log")
    try:
        running.until("the first page", lambda: "Who said what?" in running.get())
        yield running
    finally:
        running.stop()


def test_edit_reaches_the_page(served: Served) -> None:
    """An edit of a claim is on its page without a restart, and the server then comes to rest."""
    assert CLAIM in served.get(TOPIC)
    served.project.edit(CLAIMS, f"claim: {CLAIM}", "claim: The tunnel opens in early summer")
    served.until("the edit", lambda: "The tunnel opens in early summer" in served.get(TOPIC))
    time.sleep(5)
    assert served.said().count("Building documentation") <= 4


def test_mistake_keeps_the_last_good_page(served: Served) -> None:
    """Broken YAML is logged with file, line and column, the last good page stays, and mending it is enough."""
    broken = served.project.edit(CLAIMS, f"claim: {CLAIM}", "claim: [half a list")
    served.until("the message", lambda: f"{CLAIMS}:" in served.said())
    line = served.project.line_of(CLAIMS, "half a list")
    said = next(text for text in served.said().splitlines() if f"{CLAIMS}:" in text)
    path, row, column = said.split()[2].split(":")[:3] if "ERROR" in said.split()[0] else said.split(":")[:3]
    assert path.endswith(CLAIMS)
    assert int(row) in (line, line + 1)
    assert int(column) > 0
    assert "Traceback" not in served.said()
    assert CLAIM in served.get(TOPIC)
    assert served.process.poll() is None
    broken.write_text(broken.read_text(encoding="utf-8").replace("[half a list", "Mended now"), encoding="utf-8")
    served.until("the mended page", lambda: "Mended now" in served.get(TOPIC))


def test_draft_comes_and_goes(served: Served) -> None:
    """A draft made by ``new`` is listed and served at once, and gone from both when its folder is removed."""
    home, page = "briefings/just-begun/", "Just begun"
    assert page not in served.get()
    served.project.tools("new", "just-begun")
    served.until("the draft's page", lambda: page in served.get(home))
    served.until("the draft on the home page", lambda: page in served.get())
    shutil.rmtree(served.project.root / home)
    served.until("the draft's end", lambda: served.get(home) == "404" and page not in served.get())
    time.sleep(5)
    assert served.said().count("Building documentation") <= 8
