"""A stranger's briefings: what is taken of them to be built with our own program, what is refused, and a server.

Nothing is run, followed or opened that the format does not know. Each file is read once, through the folder
that was looked at, and what was read is what is built.
"""

from __future__ import annotations

import os
import re
import shutil
import signal
import stat
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from build_tools.base.problems import Place, Problem
from build_tools.base.write import create_folder, write_file
from build_tools.load.yaml_guard import MAX_BYTES
from build_tools.model.values import id_fault
from build_tools.site import csp
from build_tools.site.generated_files import GENERATED

#: The checkout that this program is: all but the data comes from it.
HOME = Path(__file__).resolve().parents[2]
#: What of it makes a site.
PARTS = ("mkdocs.yml", "LICENSE-CONTENT.md", "docs", "overrides", "build_tools")
VOCABULARY = "briefings/vocabulary.yml"

MAX_FILES = 5_000
MAX_TOTAL = 50_000_000
SHARED = ("vocabulary.yml", "speakers.yml")
OWN = ("briefing.yml", "figures.yml", "events.yml", "ids.lock")
FOLDERS: Mapping[str, tuple[str, ...]] = {"sources": (".yml", ".lock"), "claims": (".yml",)}

# Where a system has no such flags, ``take`` refuses before it opens anything.
_NOFOLLOW = getattr(os, "O_NOFOLLOW", 0)
_FOLDER = os.O_RDONLY | _NOFOLLOW | getattr(os, "O_DIRECTORY", 0)
_FILE = os.O_RDONLY | _NOFOLLOW | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_NOCTTY", 0)


@dataclass
class Taken:
    """What was found in a stranger's folder."""

    #: Content by path, as ``briefings/...``.
    files: dict[str, bytes] = field(default_factory=dict)
    #: Why nothing is built, where there is a reason.
    refused: list[Problem] = field(default_factory=list)
    #: What was left aside without being wrong: a path and a sentence.
    left: list[str] = field(default_factory=list)

    def refuse(self, path: str, message: str, tip: str = "") -> None:
        """Note something that must not be taken."""
        self.refused.append(Problem(Place(path), message, tip, "file"))


def take(path: Path) -> Taken:
    """Read the data of a stranger's branch, and nothing else of it.

    In: a folder named briefings, or a checkout that holds one. Out: the files of the known names and kinds, and
    everything that is refused. Links, devices and pipes are never opened. Raises nothing for any content.
    """
    taken = Taken()
    if os.open not in os.supports_dir_fd or not hasattr(os, "O_NOFOLLOW"):
        taken.refuse(str(path), "cannot be read safely on this system", "use Linux, macOS, or WSL on Windows")
        return taken
    place = Path(os.path.abspath(path))  # noqa: PTH100 - resolve would follow the links that are looked for
    base = place if place.name == "briefings" else place / "briefings"
    # Above the top of the branch the folders are the reviewer's own, and may be links.
    top = next((p for p in (place, *place.parents) if os.path.lexists(p / ".git")), place)
    shown, rest = (str(path) if top == place else str(top)), list(base.relative_to(top).parts)
    with ExitStack() as opened:
        handle: int | None = None
        name, follow = str(top), top != place
        while True:
            try:
                kind = _named(os.stat(name, dir_fd=handle, follow_symlinks=follow).st_mode)
                if kind != "folder":
                    taken.refuse(shown, f"is {kind}, not a folder", "give the folder itself; links are not followed")
                    return taken
                handle = os.open(name, _FOLDER & ~_NOFOLLOW if follow else _FOLDER, dir_fd=handle)
            except OSError as error:
                why = "is not there" if isinstance(error, FileNotFoundError) else f"cannot be read: {error.strerror}"
                taken.refuse(shown, why, "give a folder named briefings, or a checkout that holds one")
                return taken
            opened.callback(os.close, handle)
            if not rest:
                break
            name, follow = rest.pop(0), False
            shown = f"{shown}/{name}"
        _Walk(taken).briefings(handle)
    return taken


def _named(mode: int) -> str:
    """What a thing on disk is, in words."""
    tests: tuple[tuple[Callable[[int], bool], str], ...] = (
        (stat.S_ISREG, "file"),
        (stat.S_ISDIR, "folder"),
        (stat.S_ISLNK, "a link"),
        (stat.S_ISFIFO, "a pipe"),
        (stat.S_ISSOCK, "a socket"),
    )
    return next((word for test, word in tests if test(mode)), "a device")


class _Walk:
    """One way through a folder that somebody else filled. It counts what it meets, and stops at the limits."""

    def __init__(self, taken: Taken) -> None:
        self.taken = taken
        self.met = self.total = 0

    def briefings(self, handle: int) -> None:
        """The data folder itself."""
        for name, shown, kind in self.entries(handle, "briefings"):
            if kind == "file" and name in SHARED:
                self.file(handle, name, shown)
            elif kind == "folder" and not (fault := id_fault(name)):
                self.folder(handle, name, shown, self.briefing)
            elif kind == "folder":
                self.taken.refuse(shown, f"the folder name {fault}", "rename the folder")
            else:
                self.unknown(shown, kind, f"here are a folder for each briefing, {' and '.join(SHARED)}")

    def briefing(self, handle: int, at: str) -> None:
        """The folder of one briefing."""
        for name, shown, kind in self.entries(handle, at):
            if kind == "file" and name in OWN:
                self.file(handle, name, shown)
            elif kind == "folder" and name in FOLDERS:
                self.folder(handle, name, shown, partial(self.parts, suffixes=FOLDERS[name]))
            elif kind == "folder" and name == "articles":
                self.taken.left.append(f"{shown}: the texts of articles are never taken")
            else:
                self.unknown(shown, kind, f"a briefing holds {', '.join((*OWN, *FOLDERS))}")

    def parts(self, handle: int, at: str, suffixes: tuple[str, ...]) -> None:
        """A folder of a briefing whose files are named by ids."""
        for name, shown, kind in self.entries(handle, at):
            if kind != "file" or Path(name).suffix not in suffixes:
                self.unknown(shown, kind, f"here are only files that end in {' or '.join(suffixes)}")
            elif fault := id_fault(Path(name).stem):
                self.taken.refuse(shown, f"the name {fault}", "rename the file")
            else:
                self.file(handle, name, shown)

    def entries(self, handle: int, at: str) -> Iterator[tuple[str, str, str]]:
        """What a folder holds, in order: name, path as shown, and what it is. No more than may be taken at all."""
        found = []
        with os.scandir(handle) as listing:
            for entry in listing:
                self.met += 1
                if self.met > MAX_FILES:
                    self.taken.refuse(at, f"more than {MAX_FILES:,} files and folders in all", "split the branch")
                    break
                found.append(entry.name)
        for name in sorted(found):
            try:
                mode = os.stat(name, dir_fd=handle, follow_symlinks=False).st_mode
            except OSError as error:
                self.taken.refuse(f"{at}/{name}", f"cannot be read: {error.strerror}")
            else:
                yield name, f"{at}/{name}", _named(mode)

    def folder(self, handle: int, name: str, shown: str, visit: Callable[[int, str], None]) -> None:
        """Go into a folder, unless it has become a link since it was looked at."""
        try:
            inner = os.open(name, _FOLDER, dir_fd=handle)
        except OSError as error:
            self.taken.refuse(shown, f"cannot be read: {error.strerror}")
            return
        try:
            visit(inner, shown)
        finally:
            os.close(inner)

    def file(self, handle: int, name: str, shown: str) -> None:
        """Read a file once, no further than its limit, unless it is something else by now."""
        try:
            with os.fdopen(os.open(name, _FILE, dir_fd=handle), "rb") as file:
                mode = os.fstat(file.fileno()).st_mode
                data = file.read(MAX_BYTES + 1) if stat.S_ISREG(mode) else b""
        except OSError as error:
            self.taken.refuse(shown, f"cannot be read: {error.strerror}")
            return
        if not stat.S_ISREG(mode):
            self.taken.refuse(shown, f"is {_named(mode)}", "only plain files are taken")
        elif len(data) > MAX_BYTES:
            self.taken.refuse(shown, f"is larger than {MAX_BYTES:,} bytes", "split the file")
        elif self.total + len(data) > MAX_TOTAL:
            self.taken.refuse(shown, f"brings the files to more than {MAX_TOTAL:,} bytes in all", "split the branch")
        else:
            self.total += len(data)
            self.taken.files[shown] = data

    def unknown(self, shown: str, kind: str, tip: str) -> None:
        """Refuse what the format does not know."""
        what = "is not expected here" if kind in ("file", "folder") else f"is {kind}"
        self.taken.refuse(shown, what, tip)


def settle(taken: Taken, root: Path) -> None:
    """Lay out a project in a new folder: all of this checkout that makes a site, and the data that was taken.

    Rules are ours: where the branch has another vocabulary, ours stays and ``taken.left`` says so.
    """
    ours = (HOME / VOCABULARY).read_bytes()
    if taken.files.get(VOCABULARY) != ours:
        taken.left.append(f"{VOCABULARY}: not the same as ours; ours was used, since it holds rules. Review it as code")
    root.mkdir()
    for part in PARTS:
        if (HOME / part).is_dir():
            shutil.copytree(HOME / part, root / part, ignore=_ignored)
        else:
            shutil.copy(HOME / part, root / part)
    for name, data in {**taken.files, VOCABULARY: ours}.items():
        write_file(root / name, data)


def _ignored(folder: str, names: list[str]) -> list[str]:
    inside = Path(folder).relative_to(HOME)
    return [n for n in names if n == "__pycache__" or (inside / n).as_posix() in {f"docs/{name}" for name in GENERATED}]


@contextmanager
def fresh_folder() -> Iterator[Path]:
    """A temporary folder that goes at the end, also when the program is interrupted or asked to end."""
    before = signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        with tempfile.TemporaryDirectory(prefix="preview-") as name:
            yield Path(name).resolve()
    finally:
        signal.signal(signal.SIGTERM, before)


def keep(built: Path, into: Path) -> None:
    """Move a finished site to where it was asked for: whole or not at all."""
    with create_folder(into) as part:
        shutil.copytree(built, part, dirs_exist_ok=True)


def changed_pages(before: Mapping[str, str | bytes], after: Mapping[str, str | bytes]) -> list[tuple[str, str]]:
    """The addresses of the pages that differ, each with ``new``, ``changed`` or ``gone``.

    In: generated files by their path under docs/.
    """
    words = {
        name: "new" if name not in before else "gone" if name not in after else "changed"
        for name in sorted({*before, *after})
        if name.endswith(".md") and before.get(name) != after.get(name)
    }
    return [(re.sub(r"(?:(?<=/)|^)index/$", "", f"{name.removesuffix('.md')}/"), word) for name, word in words.items()]


def serve(folder: Path, port: int, ready: Callable[[str], None]) -> None:
    """Serve a built site to this machine alone until the program is interrupted.

    In: a port (0: any that is free); what to do with the address once it answers. Raises OSError for a port in use.
    """
    with ThreadingHTTPServer(("127.0.0.1", port), partial(_Handler, directory=str(folder))) as server:
        ready(f"http://127.0.0.1:{server.server_port}/")
        with suppress(KeyboardInterrupt):
            server.serve_forever()


class _Handler(SimpleHTTPRequestHandler):
    """A folder's files, under a policy that keeps the pages from asking anything of another host."""

    def end_headers(self) -> None:
        """Add the policy to every answer."""
        self.send_header("Content-Security-Policy", csp.PREVIEW)
        self.send_header("Cache-Control", "no-store")
        super().end_headers()

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the name is given
        """Say nothing of each request."""


def listing(pages: list[tuple[str, str]], address: str, most: int = 60) -> str:
    """Lines for a terminal: which pages to look at, with their addresses where they are served."""
    shown = [f"  {word:<8} {address if word != 'gone' else ''}{page}" for page, word in pages[:most]]
    more = [f"  and {len(pages) - most} more"] if len(pages) > most else []
    return "\n".join([f"pages that differ: {len(pages)}", *shown, *more])


def summary(pages: list[tuple[str, str]], published: str, most: int = 100) -> str:
    """Markdown for the summary of a run: which pages to look at, linked where they are published already."""
    lines = [f"### Pages that differ: {len(pages)}", ""]
    for page, word in pages[:most]:
        shown = f"`/{page}`"
        linked = f"[{shown}]({published.rstrip('/')}/{page})"
        lines.append(f"- {word}: {linked if published and word != 'new' else shown}")
    if len(pages) > most:
        lines.append(f"- and {len(pages) - most} more")
    return "\n".join(lines) + "\n\n"
