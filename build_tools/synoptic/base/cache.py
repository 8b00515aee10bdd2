"""A cache on disk: pickled values under the hash of everything that they depend on.

Small values share one file, which is read at once; large ones have a file each. The folder may be
deleted at any time: a run with it gives the same results as one without. It holds pickles, so each file is sealed (see
``seal.py``): what anyone else wrote is not read, and nothing is read, written or removed through a link.
Written by hand because ``diskcache``, the library for this, has had no release since 2023.
"""

import contextlib
import functools
import gc
import hashlib
import importlib.metadata
import pickle
import shutil
import sys
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path, PurePath
from typing import Any, TypeVar

from synoptic.base import seal
from synoptic.base.write import walk, write_file

T = TypeVar("T")
#: Its place in a project. Git ignores it, and previews leave it out.
FOLDER = ".cache/kept"
#: A new version of any of these invalidates the cache.
DEPENDENCIES = (
    "jinja2", "markdown", "markupsafe", "mkdocs", "mkdocs-material", "pillow", "pydantic", "pydantic-core",
    "pymdown-extensions", "pyyaml",
)  # fmt: skip
OPTIONAL_DEPENDENCIES = ("lxml", "trafilatura")
#: The file of the small values.
SMALL = "small"
#: How many states of program and settings have values at the same time: a server's and a build's, now and before.
MOST_STATES = 4


class Cache:
    """The values of one state of the program and of its settings; ``made_with`` holds the settings as bytes. Without a
    folder nothing is cached. Failing reads and writes are ignored: they only cost time."""

    def __init__(self, folder: Path | None, made_with: Iterable[bytes] = ()) -> None:
        self._folder = folder / hash_parts((hash_program().encode(), *made_with))[:20] if folder else None
        if self._folder and is_linked(self._folder):
            self._folder = None
        self._used: set[str] = set()
        self._new = False

    @functools.cached_property
    def _small(self) -> dict[str, Any]:
        values = self._unpickle(self._folder / SMALL) if self._folder else None
        return values if isinstance(values, dict) else {}

    def get_or_make(self, of: Iterable[bytes], make: Callable[[], T]) -> T:
        """Return the cached small value, or make and cache it. ``make`` must depend on ``of`` alone. Callers must not
        change the value. ``save`` and ``prune`` write it to disk."""
        if self._folder is None:
            return make()
        name = self._use(of)
        if name not in self._small:
            self._small[name], self._new = make(), True
        return self._small[name]  # type: ignore[no-any-return]

    def get(self, of: Iterable[bytes]) -> Any:
        """Return the cached small value, or None."""
        return self._small.get(self._use(of))

    def set(self, of: Iterable[bytes], small: Any) -> None:
        """Cache a small value in place of the old one."""
        if self._folder:
            self._small[self._use(of)], self._new = small, True

    def _use(self, of: Iterable[bytes]) -> str:
        name = hash_parts(of)
        self._used.add(name)
        return name

    def load(self, of: Iterable[bytes]) -> Any:
        """Return the cached large value, which has a file of its own, or None."""
        return self._unpickle(self.path_of(hash_parts(of))) if self._folder else None

    def store(self, of: Iterable[bytes], large: Any) -> None:
        """Cache a large value."""
        self.write(self.path_of(hash_parts(of)), pickle.dumps(large, pickle.HIGHEST_PROTOCOL))

    def path_of(self, name: str) -> Path:
        """The file of the large value of that name, whether or not it exists; the next ``prune`` keeps it."""
        self._used.add(name)
        return (self._folder or Path()) / name[:2] / name

    def write(self, path: Path, content: bytes) -> None:
        """Write a file that ``path_of`` named, sealed."""
        if self._folder and not path.parent.is_symlink():
            with contextlib.suppress(OSError):
                write_file(path, seal.add_seal(path, content))

    def read(self, path: Path) -> bytes | None:
        """The content of a file that ``path_of`` named; None if it is missing, or if ``write`` did not write it."""
        return seal.read_sealed(path) if self._folder else None

    def _unpickle(self, path: Path) -> Any:
        """A file's value, or None if it is missing, damaged or not ours."""
        content = self.read(path)
        try:
            return None if content is None else pickle.loads(content)  # noqa: S301 - sealed by this account
        except Exception:  # noqa: BLE001 - the value is made again
            return None

    def save(self) -> None:
        """Write the small values to disk, used in this run or not."""
        if self._folder and self._new:
            self.write(self._folder / SMALL, pickle.dumps(self._small, pickle.HIGHEST_PROTOCOL))
            self._new = False

    def prune(self) -> None:
        """Save, without the values that nobody used since the last ``prune``; remove the least recently used states."""
        for name in self._small.keys() - self._used:
            del self._small[name]
            self._new = True
        self.save()
        if self._folder is None or not self._folder.is_dir():
            return
        with contextlib.suppress(OSError):
            for entry in walk(self._folder):
                if entry.name not in self._used and entry.name != SMALL and not entry.is_dir(follow_symlinks=False):
                    Path(entry).unlink(missing_ok=True)
            self._used.clear()
            self._folder.touch()
            states = sorted(self._folder.parent.iterdir(), key=lambda path: path.stat().st_mtime, reverse=True)
            for path in states[MOST_STATES:]:
                shutil.rmtree(path, ignore_errors=True)


def project_cache(root: Path, name: str) -> Path | None:
    """The folder of one kind of cached results of a project; None if the project holds the key of the seals."""
    return None if seal.has_key_inside(root) else root / FOLDER / name


def is_linked(folder: Path) -> bool:
    """Whether a folder, or one above it within ``.cache``, is a link."""
    top = PurePath(FOLDER).parts[0]
    return any(path.is_symlink() for path in (folder, *folder.parents) if path == folder or top in path.parts)


@contextlib.contextmanager
def without_gc() -> Iterator[None]:
    """Pause garbage collection inside the block: what it creates stays alive, so collecting is wasted time."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()


#: Caches nothing.
NO_CACHE = Cache(None)


def hash_parts(of: Iterable[bytes]) -> str:
    """SHA-256 of a list of byte strings; where one ends and the next begins counts."""
    sha = hashlib.sha256()
    for part in of:
        sha.update(len(part).to_bytes(8, "big") + part)
    return sha.hexdigest()


def encode_parts(*values: Any) -> Iterator[bytes]:
    """Encode values as parts of a cache key, by their repr(), which must show all of them."""
    return (repr(value).encode("utf-8", "surrogatepass") for value in values)


def file_parts(folder: Path) -> Iterator[bytes]:
    """Yield path and content of every file in a folder, sorted, as parts of a cache key."""
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
    return hash_parts((*encode_parts(sys.version, *versions), *file_parts(Path(__file__).parents[1])))
