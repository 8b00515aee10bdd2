"""A cache on disk: the hash of everything that a value depends on, and the pickled value.

Small values share one file, which is read at once; large ones have a file each. The folder may be deleted at any time:
a run with it gives the same results as one without. It holds pickles, so it must never come from another machine.
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
#: Its place in a project. Git ignores it, and previews leave it out.
FOLDER = ".cache/kept"
#: A new version of any of these invalidates the cache.
DEPENDENCIES = (
    "jinja2", "markdown", "markupsafe", "mkdocs", "mkdocs-material", "pydantic", "pydantic-core", "pymdown-extensions",
    "pyyaml",
)  # fmt: skip
OPTIONAL_DEPENDENCIES = ("lxml", "trafilatura")
#: The file of the small values.
SMALL = "small"
#: How many states (program and settings) keep their values at the same time: a server's and a build's, and their last.
MOST_STATES = 4


class Cache:
<<<<<<< Updated upstream
    """The results of one state of program and settings, which ``made_with`` names by its parts.
=======
    """The values of one state of program and settings; ``state`` holds the settings as bytes.
>>>>>>> Stashed changes

    Without a folder nothing is cached. Failing reads and writes are ignored: they only cost time.
    """

    def __init__(self, folder: Path | None, state: Iterable[bytes] = ()) -> None:
        self._folder = folder / hash_parts((hash_program().encode(), *state))[:20] if folder else None
        self._used: set[str] = set()
        self._changed = False

    @functools.cached_property
    def _small(self) -> dict[str, Any]:
        values = _unpickle(self._folder / SMALL) if self._folder else None
        return values if isinstance(values, dict) else {}

<<<<<<< Updated upstream
    def get_or_make(self, of: Iterable[bytes], make: Callable[[], T]) -> T:
        """The small result of ``make``, which depends on nothing but ``of``: as it was kept, or made now. Nobody may
        change it. It stays for another run when this one ends with ``prune`` or ``save``."""
=======
    def get_or_make(self, key: Iterable[bytes], make: Callable[[], T]) -> T:
        """Return the cached small value, or make and cache it. ``make`` must depend on ``key`` alone.

        Callers must not change the value. It is written to disk by ``flush`` or ``prune``.
        """
>>>>>>> Stashed changes
        if self._folder is None:
            return make()
        name = self._use(key)
        if name not in self._small:
            self._small[name], self._changed = make(), True
        return self._small[name]  # type: ignore[no-any-return]

<<<<<<< Updated upstream
    def get(self, of: Iterable[bytes]) -> Any:
        """A small result that was kept; None where none is."""
        name = digest(of)
=======
    def get(self, key: Iterable[bytes]) -> Any:
        """Return the cached small value, or None."""
        return self._small.get(self._use(key))

    def set(self, key: Iterable[bytes], value: Any) -> None:
        """Cache a small value in place of the old one."""
        if self._folder:
            self._small[self._use(key)], self._changed = value, True

    def _use(self, key: Iterable[bytes]) -> str:
        name = hash_parts(key)
>>>>>>> Stashed changes
        self._used.add(name)
        return name

<<<<<<< Updated upstream
    def set(self, of: Iterable[bytes], small: Any) -> None:
        """Keep another small result of the same."""
=======
    def dump(self, name: str, value: Any) -> None:
        """Write a large value to a file of its own."""
>>>>>>> Stashed changes
        if self._folder:
            self.write(self.path(name), pickle.dumps(value, pickle.HIGHEST_PROTOCOL))

<<<<<<< Updated upstream
    def store(self, name: str, large: Any) -> None:
        """Keep a large thing in a file of its own."""
        if self._folder:
            self.write(self.path_of(name), pickle.dumps(large, pickle.HIGHEST_PROTOCOL))

    def load(self, name: str) -> Any:
        """What was put there; None where nothing was, or nothing can be read."""
        return _unpickled(self.path_of(name)) if self._folder else None

    def path_of(self, name: str) -> Path:
        """Where a thing of that name is kept, or would be."""
=======
    def load(self, name: str) -> Any:
        """Return the large value of that name, or None."""
        return _unpickle(self.path(name)) if self._folder else None

    def path(self, name: str) -> Path:
        """The file of the large value of that name, whether or not it exists; ``prune`` keeps it."""
>>>>>>> Stashed changes
        self._used.add(name)
        return (self._folder or Path()) / name[:2] / name

    def write(self, path: Path, content: str | bytes) -> None:
<<<<<<< Updated upstream
        """Keep a thing where ``path_of`` said."""
=======
        """Write a file that ``path`` named."""
>>>>>>> Stashed changes
        with contextlib.suppress(OSError):
            write_file(path, content)

<<<<<<< Updated upstream
    def save(self) -> None:
        """Keep what is small; what this run did not ask for, too."""
        if self._folder and self._new:
            self.write(self._folder / SMALL, pickle.dumps(self._small, pickle.HIGHEST_PROTOCOL))
            self._new = False

    def prune(self) -> None:
        """Keep what is small; remove what this run did not ask for, and the states that were used least lately. What
        cannot be removed stays."""
=======
    def flush(self) -> None:
        """Write the small values to disk, used in this run or not."""
        if self._folder and self._changed:
            self.write(self._folder / SMALL, pickle.dumps(self._small, pickle.HIGHEST_PROTOCOL))
            self._changed = False

    def prune(self) -> None:
        """Flush; drop the values that nobody used since the last ``prune``, and the least recently used states."""
>>>>>>> Stashed changes
        for name in self._small.keys() - self._used:
            del self._small[name]
            self._changed = True
        self.flush()
        if self._folder is None or not self._folder.is_dir():
            return
        with contextlib.suppress(OSError):
            for path in (*self._folder.glob("*/*"), *self._folder.glob(".*.part")):  # .part: left by killed runs
                if path.name not in self._used:
                    path.unlink(missing_ok=True)
            self._used.clear()
            self._folder.touch()
            states = sorted(self._folder.parent.iterdir(), key=lambda path: path.stat().st_mtime, reverse=True)
            for path in states[MOST_STATES:]:
                shutil.rmtree(path, ignore_errors=True)


#: Caches nothing.
NO_CACHE = Cache(None)


def _unpickle(path: Path) -> Any:
    """Return a file's value, or None if it is missing or damaged in any way."""
    try:
        return pickle.loads(path.read_bytes())  # noqa: S301 - written by us on this machine, see above
    except Exception:  # noqa: BLE001 - the value is made again
        return None


class Memo(Protocol):
    """Returns what ``make`` returned before for the same briefings, or calls it."""

    def __call__(self, what: str, of: Iterable[str], make: Callable[[], T], *more: Any) -> T:
        """``what`` names the value, ``of`` the briefings (ids) it depends on, ``more`` whatever else it depends on."""
        ...


def no_memo(what: str, of: Iterable[str], make: Callable[[], T], *more: Any) -> T:
    """A Memo that remembers nothing."""
    return make()


@contextlib.contextmanager
<<<<<<< Updated upstream
def without_gc() -> Iterator[None]:
    """Let nobody look for garbage meanwhile: of many new objects none is any, and looking takes longer than making."""
    was = gc.isenabled()
=======
def gc_paused() -> Iterator[None]:
    """Pause garbage collection inside the block: what it creates stays alive, so collecting is wasted time."""
    enabled = gc.isenabled()
>>>>>>> Stashed changes
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()


<<<<<<< Updated upstream
#: Keeps nothing.
NO_CACHE = Cache(None)
=======
def hash_parts(parts: Iterable[bytes]) -> str:
    """SHA-256 of a list of byte strings; where one ends and the next begins counts."""
    sha = hashlib.sha256()
    for part in parts:
        sha.update(len(part).to_bytes(8, "big") + part)
    return sha.hexdigest()
>>>>>>> Stashed changes


def encode_parts(*values: Any) -> Iterator[bytes]:
    """Encode values as parts of a key, by their repr(), which must show all of them."""
    return (repr(value).encode("utf-8", "surrogatepass") for value in values)


<<<<<<< Updated upstream
def read_files(folder: Path) -> Iterator[bytes]:
    """Names and contents of all files under a folder, in order."""
=======
def file_parts(folder: Path) -> Iterator[bytes]:
    """Yield path and content of every file in a folder, sorted, as parts of a key."""
>>>>>>> Stashed changes
    for path in sorted(folder.rglob("*")):
        if path.is_file() and path.suffix != ".pyc":
            yield path.relative_to(folder).as_posix().encode()
            yield path.read_bytes()


@functools.cache
def hash_program() -> str:
    """Hash of Python, this program and its dependencies: a change of any invalidates the cache."""
    versions = [f"{name} {importlib.metadata.version(name)}" for name in DEPENDENCIES]
    for name in OPTIONAL_DEPENDENCIES:
        with contextlib.suppress(importlib.metadata.PackageNotFoundError):
            versions.append(f"{name} {importlib.metadata.version(name)}")
<<<<<<< Updated upstream
    return digest((*parts(sys.version, *versions), *read_files(Path(__file__).parents[1])))
=======
    return hash_parts((*encode_parts(sys.version, *versions), *file_parts(Path(__file__).parents[1])))
>>>>>>> Stashed changes
