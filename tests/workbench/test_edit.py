"""The command that starts the workbench."""

import http.client
import re
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from synoptic.site.edit_bar import find_port
from synoptic.workbench.server import TOKEN
from tests.projects import CHECKOUT, run
from tests.workbench.desk import SLUG, tidy_project


@contextmanager
def ended(process: subprocess.Popen[str]) -> Iterator[None]:
    """Kill a process that is still running afterwards, for which ``Popen`` would wait for ever."""
    try:
        yield
    finally:
        process.kill()


@pytest.fixture
def heard_signals() -> Iterator[None]:
    """A program started from here hears Ctrl-C, although a shell had these tests ignore it in the background."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


@pytest.mark.slow
@pytest.mark.usefixtures("heard_signals")
def test_edit_serves_until_it_is_stopped(tmp_path: Path) -> None:
    """It prints an address with a new token, answers there, is found by the preview, and ends with Ctrl-C."""
    root = tidy_project(tmp_path)
    tokens = set()
    for _ in range(2):
        command = [sys.executable, "-m", "synoptic", "--root", str(root), "edit", SLUG, "--by", "Ada Quill"]
        with subprocess.Popen(command, cwd=CHECKOUT, stdout=subprocess.PIPE, text=True) as process, ended(process):
            assert process.stdout
            printed = rf"workbench: http://127\.0\.0\.1:(\d+)/\?briefing={SLUG}#(\S{{40,}})\n"
            found = re.fullmatch(printed, process.stdout.readline())
            assert found
            port, token = int(found[1]), found[2]
            assert find_port(root) == port
            connection = http.client.HTTPConnection("127.0.0.1", port)
            connection.request("GET", f"/api/briefings/{SLUG}", headers={TOKEN: token})
            assert b'"by": "Ada Quill"' in connection.getresponse().read()
            connection.close()
            process.send_signal(signal.SIGINT)
            assert process.wait(30) == 0
        tokens.add(token)
        assert find_port(root) is None
    assert len(tokens) == 2


def test_a_port_that_is_taken(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A port in use is refused in a sentence."""
    root = tidy_project(tmp_path)
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        assert run(root, "edit", "--port", str(port)) == 1
    assert f"port {port} cannot be used" in capsys.readouterr().err
