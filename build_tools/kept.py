"""What is kept from one run to the next, each thing under a name that says what it was made from.

The folder may be deleted at any time: nothing in it is needed, and a run that uses it gives what one without it gives.
It is the machine's own, like compiled Python: it holds pickles, so it must never come from somebody else.
"""

from __future__ import annotations

import contextlib
import functools
import gc
import hashlib
import importlib.metadata
import pickle
import shutil
import sys
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any, TypeVar

from build_tools.write import write

T = TypeVar("T")
#: Where it stands in a project. Git ignores it, and no preview takes it along.
FOLDER = ".cache/kept"
#: Of whose versions objects and pages are made.
MADE_WITH = (
    "jinja2", "markdown", "markupsafe", "mkdocs", "mkdocs-material", "pydantic", "pydantic-core", "pymdown-extensions",
    "pyyaml",
)  # fmt: skip
#: States of settings and program for which things are kept at the same time, as a server's and a build's.
MOST = 4


class Kept:
    """The results of one state of program and settings, which ``made_with`` names by its parts.

    Without a folder nothing is kept. Where nothing can be written or read, the next run is as long as this one.
    """

    def __init__(self, folder: Path | None, made_with: Iterable[bytes] = ()) -> None:
        self._folder = folder / digest((program().encode(), *made_with))[:20] if folder else None
        self._used: set[str] = set()

    def made(self, of: Iterable[bytes], make: Callable[[], T]) -> T:
        """The result of ``make``, which depends on nothing but ``of``: as it was kept, or made now."""
        if self._folder is None:
            return make()
        path = self.at(digest(of))
        try:
            found: T = pickle.loads(path.read_bytes())  # noqa: S301 - our own folder, see above
        except Exception:  # noqa: BLE001 - none is there, or whatever is wrong with it: it is made anew
            found = make()
            self.keep(path, pickle.dumps(found, pickle.HIGHEST_PROTOCOL))
        return found

    def at(self, name: str) -> Path:
        """Where a thing of that name is kept, or would be."""
        self._used.add(name)
        return (self._folder or Path()) / name[:2] / name

    def keep(self, path: Path, content: str | bytes) -> None:
        """Keep a thing where ``at`` said."""
        with contextlib.suppress(OSError):
            write(path, content)

    def forget(self) -> None:
        """Remove what this run did not ask for, and the states that were used least lately; what cannot be, stays."""
        if self._folder is None or not self._folder.is_dir():
            return
        with contextlib.suppress(OSError):
            for path in self._folder.glob("*/*"):
                if path.name not in self._used:
                    path.unlink(missing_ok=True)
            self._folder.touch()
            others = sorted(self._folder.parent.iterdir(), key=lambda path: path.stat().st_mtime, reverse=True)
            for path in others[MOST:]:
                shutil.rmtree(path, ignore_errors=True)


@contextlib.contextmanager
def undisturbed() -> Iterator[None]:
    """Let nobody look for garbage meanwhile: of many new objects none is any, and looking takes longer than making."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()


#: Keeps nothing.
NOTHING = Kept(None)


def digest(of: Iterable[bytes]) -> str:
    """SHA-256 of several byte strings; no two lists of them have the same one."""
    found = hashlib.sha256()
    for part in of:
        found.update(len(part).to_bytes(8, "big") + part)
    return found.hexdigest()


def parts(*values: Any) -> Iterator[bytes]:
    """Values that show all of themselves when printed, as parts."""
    return (repr(value).encode("utf-8", "surrogatepass") for value in values)


def files(folder: Path) -> Iterator[bytes]:
    """Names and contents of all files under a folder, in order."""
    for path in sorted(folder.rglob("*")):
        if path.is_file() and path.suffix != ".pyc":
            yield path.relative_to(folder).as_posix().encode()
            yield path.read_bytes()


@functools.cache
def program() -> str:
    """The version of the program and of what it is made with, as a hash: whatever is another, all is made anew."""
    versions = (f"{name} {importlib.metadata.version(name)}" for name in MADE_WITH)
    return digest((*parts(sys.version, *versions), *files(Path(__file__).parent)))
