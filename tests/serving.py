"""A running ``mkdocs serve``, on a port of its own, and waiting for what a program does."""

import contextlib
import html
import os
import signal
import socket
import subprocess
import time
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any
from urllib.error import HTTPError
from urllib.request import urlopen

import pytest

from tests.projects import PATIENCE, Project


def wait_for(
    process: "subprocess.Popen[Any]", condition: Callable[[], object], log: Path | None = None, what: str = "it"
) -> None:
    """Wait until a condition holds; fail, with the log, if it never does or the process ends before."""
    end = time.monotonic() + PATIENCE
    while not condition():
        if process.poll() is not None or time.monotonic() > end:
            pytest.fail(
                f"{what}: never; exit code {process.poll()}\n{log.read_text('utf-8', 'replace') if log else ''}"
            )
        time.sleep(0.05)


class Served:
    """A running ``mkdocs serve``."""

    def __init__(self, project: Project, words: tuple[str, ...], environment: Mapping[str, str]) -> None:
        self.project, self.log = project, project.root.with_name("log")
        with socket.create_server(("127.0.0.1", 0)) as free:
            self.home = f"127.0.0.1:{free.getsockname()[1]}"
        with self.log.open("wb") as out:
            asked, more = ("mkdocs", "serve", "--dev-addr", self.home, *words), {"PYTHONUNBUFFERED": "1", **environment}
            self.process = project.start(*asked, environment=more, stdout=out, start_new_session=True)

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

    def until(self, condition: Callable[[], object], what: str = "it") -> None:
        """Wait for something."""
        wait_for(self.process, condition, self.log, what)


@contextlib.contextmanager
def serve(project: Project, *words: str, **environment: str) -> Iterator[Served]:
    """Serve a project; ``words`` are further arguments. In the end the server goes, and what it may have started."""
    running = Served(project, words, environment)
    try:
        yield running
    finally:
        if running.process.poll() is None:
            os.killpg(running.process.pid, signal.SIGTERM)
        running.process.wait()
