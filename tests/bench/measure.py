"""What every measurement needs: costs, the table of results, projects, servers and the browser."""

import compileall
import contextlib
import os
import re
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from dataclasses import dataclass, field
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Playwright

from tests import synthetic
from tests.browser import CHROMIUM, CHROMIUM_ARGS
from tests.projects import CHECKOUT as ROOT
from tests.projects import GENERATED


@dataclass(frozen=True)
class Cost:
    """The cost of a command and its children: CPU seconds, the peak memory of any of them in MB, wall seconds."""

    cpu: float
    memory: float
    wall: float


def cost(words: list[str], folder: Path) -> Cost:
    """Run ``python -m WORDS`` in a folder, once: a second run would find the first one's cache."""
    clean = {k: v for k, v in os.environ.items() if not k.startswith("SYNOPTIC_")}
    fixed = {"PYTHONPATH": str(ROOT), "NO_MKDOCS_2_WARNING": "1", "SOURCE_DATE_EPOCH": "1700000000"}
    begun = time.monotonic()
    process = subprocess.Popen(
        [sys.executable, "-m", *words], cwd=folder, env={**clean, **fixed},
        stdout=subprocess.DEVNULL, stderr=subprocess.PIPE,
    )  # fmt: skip
    assert process.stderr is not None
    said = process.stderr.read().decode()
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
    for part in ("mkdocs.yml", "LICENSE-CONTENT.md", "docs", "overrides", "build_tools"):
        source = ROOT / part
        if source.is_dir():
            shutil.copytree(source, folder / part, ignore=generated)
            compileall.compile_dir(folder / part, quiet=2)  # as installed packages are
        else:
            shutil.copy(source, folder / part)
    (folder / "briefings").mkdir()
    shutil.copy(ROOT / "briefings/vocabulary.yml", folder / "briefings")
    synthetic.write(folder, synthetic.SIZES[size], 60 if size == "S" else 50)
    for texts in folder.glob("briefings/*/articles"):  # a clone has none
        move_away(texts)
    settings = (folder / "mkdocs.yml").read_text(encoding="utf-8")
    settings = settings.replace("  - build_tools/hook.py", "  []").replace("plugins: []", "plugins: [search]")
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


class Quiet(SimpleHTTPRequestHandler):
    """Serves files without a log, and without a trace if a browser closes the connection early."""

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the name is given
        """Log nothing."""

    def copyfile(self, source: Any, outputfile: Any) -> None:
        """Send a file, unless the browser has gone."""
        with contextlib.suppress(ConnectionError):
            super().copyfile(source, outputfile)


def server_of(site: Path) -> ThreadingHTTPServer:
    """A server of a folder, already running."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(site)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return server


def launch(started: Playwright) -> Browser:
    """Chromium, as it is installed here."""
    program = next(path for name in CHROMIUM if (path := shutil.which(name)))
    return started.chromium.launch(executable_path=program, args=list(CHROMIUM_ARGS))
