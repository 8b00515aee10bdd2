"""What is kept from one run to the next, each thing under a name that says what it was made from: what is small and
asked for in each run all in one file, the rest in files of their own.

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
from typing import Any, Protocol, TypeVar

from build_tools.base.write import write as write_file

T = TypeVar("T")
#: Where it stands in a project. Git ignores it, and no preview takes it along.
FOLDER = ".cache/kept"
#: Of whose versions objects and pages are made.
MADE_WITH = (
    "jinja2", "markdown", "markupsafe", "mkdocs", "mkdocs-material", "pydantic", "pydantic-core", "pymdown-extensions",
    "pyyaml",
)  # fmt: skip
#: By what else articles are read, where it is installed.
READ_WITH = ("lxml", "trafilatura")
#: The file of what is small.
SMALL = "small"
#: States of settings and program for which things are kept at the same time, as a server's and a build's.
MOST = 4


class Cache:
    """The results of one state of program and settings, which ``made_with`` names by its parts.

    Without a folder nothing is kept. Where nothing can be written or read, the next run is as long as this one.
    """

    def __init__(self, folder: Path | None, made_with: Iterable[bytes] = ()) -> None:
        self._folder = folder / digest((program().encode(), *made_with))[:20] if folder else None
        self._used: set[str] = set()
        self._new = False

    @functools.cached_property
    def _small(self) -> dict[str, Any]:
        found = _unpickled(self._folder / SMALL) if self._folder else None
        return found if isinstance(found, dict) else {}

    def get_or_make(self, of: Iterable[bytes], make: Callable[[], T]) -> T:
        """The small result of ``make``, which depends on nothing but ``of``: as it was kept, or made now. Nobody may
        change it. It stays for another run when this one ends with ``prune`` or ``save``."""
        if self._folder is None:
            return make()
        name = digest(of)
        self._used.add(name)
        if name not in self._small:
            self._small[name], self._new = make(), True
        return self._small[name]  # type: ignore[no-any-return]

    def get(self, of: Iterable[bytes]) -> Any:
        """A small result that was kept; None where none is."""
        name = digest(of)
        self._used.add(name)
        return self._small.get(name)

    def set(self, of: Iterable[bytes], small: Any) -> None:
        """Keep another small result of the same."""
        if self._folder:
            name = digest(of)
            self._used.add(name)
            self._small[name], self._new = small, True

    def store(self, name: str, large: Any) -> None:
        """Keep a large thing in a file of its own."""
        if self._folder:
            self.write(self.path_of(name), pickle.dumps(large, pickle.HIGHEST_PROTOCOL))

    def load(self, name: str) -> Any:
        """What was put there; None where nothing was, or nothing can be read."""
        return _unpickled(self.path_of(name)) if self._folder else None

    def path_of(self, name: str) -> Path:
        """Where a thing of that name is kept, or would be."""
        self._used.add(name)
        return (self._folder or Path()) / name[:2] / name

    def write(self, path: Path, content: str | bytes) -> None:
        """Keep a thing where ``path_of`` said."""
        with contextlib.suppress(OSError):
            write_file(path, content)

    def save(self) -> None:
        """Keep what is small; what this run did not ask for, too."""
        if self._folder and self._new:
            self.write(self._folder / SMALL, pickle.dumps(self._small, pickle.HIGHEST_PROTOCOL))
            self._new = False

    def prune(self) -> None:
        """Keep what is small; remove what this run did not ask for, and the states that were used least lately. What
        cannot be removed stays."""
        for name in self._small.keys() - self._used:
            del self._small[name]
            self._new = True
        self.save()
        if self._folder is None or not self._folder.is_dir():
            return
        with contextlib.suppress(OSError):
            for path in (*self._folder.glob("*/*"), *self._folder.glob(".*.part")):  # of killed runs, too
                if path.name not in self._used:
                    path.unlink(missing_ok=True)
            self._used.clear()  # a server's next run begins
            self._folder.touch()
            others = sorted(self._folder.parent.iterdir(), key=lambda path: path.stat().st_mtime, reverse=True)
            for path in others[MOST:]:
                shutil.rmtree(path, ignore_errors=True)


def _unpickled(path: Path) -> Any:
    """What was kept in a file; None where there is none, or whatever is wrong with it."""
    try:
        return pickle.loads(path.read_bytes())  # noqa: S301 - our own folder, see above
    except Exception:  # noqa: BLE001 - it is made anew
        return None


@contextlib.contextmanager
def without_gc() -> Iterator[None]:
    """Let nobody look for garbage meanwhile: of many new objects none is any, and looking takes longer than making."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()


#: Keeps nothing.
NO_CACHE = Cache(None)


class Keeper(Protocol):
    """Passes on what was made before of the same briefings."""

    def __call__(self, what: str, of: Iterable[str], make: Callable[[], T], *more: Any) -> T:
        """The result of ``make``. In: what it is; the ids of the briefings it is made of; whatever else it depends
        on."""
        ...


def anew(what: str, of: Iterable[str], make: Callable[[], T], *more: Any) -> T:
    """The keeper that keeps nothing."""
    return make()


def digest(of: Iterable[bytes]) -> str:
    """SHA-256 of several byte strings; no two lists of them have the same one."""
    found = hashlib.sha256()
    for part in of:
        found.update(len(part).to_bytes(8, "big") + part)
    return found.hexdigest()


def parts(*values: Any) -> Iterator[bytes]:
    """Values that show all of themselves when printed, as parts."""
    return (repr(value).encode("utf-8", "surrogatepass") for value in values)


def read_files(folder: Path) -> Iterator[bytes]:
    """Names and contents of all files under a folder, in order."""
    for path in sorted(folder.rglob("*")):
        if path.is_file() and path.suffix != ".pyc":
            yield path.relative_to(folder).as_posix().encode()
            yield path.read_bytes()


@functools.cache
def program() -> str:
    """The version of the program and of what it is made with, as a hash: whatever is another, all is made anew."""
    versions = [f"{name} {importlib.metadata.version(name)}" for name in MADE_WITH]
    for name in READ_WITH:
        with contextlib.suppress(importlib.metadata.PackageNotFoundError):
            versions.append(f"{name} {importlib.metadata.version(name)}")
    return digest((*parts(sys.version, *versions), *read_files(Path(__file__).parents[1])))
