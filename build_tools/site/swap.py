"""A built site: its second wall, and how it takes the place of the one before in one step."""

from __future__ import annotations

import ctypes
import errno
import gzip
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Container, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from build_tools.base.problems import Place, Problem
from build_tools.base.write import entries, write
from build_tools.site import audit

try:
    import fcntl
except ImportError:  # Windows
    fcntl = None  # type: ignore[assignment]

#: What lies in the project's folder: the site that is served, the one being built, and for the blink of an eye, where
#: folders cannot change places, the one before.
SITE, NEW, OLD, LOCK = "site", ".site-new", ".site-old", ".site-lock"
MISSING = "404.html"
PAGES = frozenset({".html", ".htm", ".xhtml", ".shtml"})


class Stopped(Exception):
    """Why there is no new site: a sentence."""


# -- the second wall -----------------------------------------------------------------------------------------------


def wall(site: Path, before: str = "", passed: Container[str] = frozenset()) -> tuple[str, list[Problem]]:
    """Tell every page of a built site its policy, and look for what no page may hold. Out: the policy, and that.

    In: the policy of an earlier site; the paths of the pages that are as they stood in it, when nothing was found.
    Raises OSError where a page cannot be read or written.
    """
    paths = sorted(path for entry in entries(site) if (path := Path(entry)).suffix.lower() in PAGES)
    if not (site / MISSING).is_file():
        message = "is not there, and it is what tells the theme's scripts from others'"
        return "", [Problem(Place(MISSING), message, "", "audit")]
    depths = {len(path.relative_to(site).parts) - 1 for path in paths}
    scripts = audit.own_scripts((site / MISSING).read_text(encoding="utf-8"), depths)
    told = audit.policy(scripts)
    found: list[Problem] = []
    for path in paths:
        name = path.relative_to(site).as_posix()
        if told == before and name in passed:
            continue
        page = path.read_text(encoding="utf-8")
        walled = audit.with_policy(page, told, before)
        if walled != page:
            write(path, walled)
        found += audit.faults(name, walled, scripts, told)
    return told, found


def plain(folder: Path, inside: Path) -> bool:
    """Whether a path in a folder is a regular file to which no link leads."""
    path = folder.resolve() / inside
    return os.path.realpath(path) == str(path) and path.is_file()  # Path.resolve raises where links lead in a circle


def undated(site: Path) -> None:
    """Take the day of the build out of the packed sitemap; nothing else holds one."""
    plain = site / "sitemap.xml"
    if plain.is_file():
        write(site / "sitemap.xml.gz", gzip.compress(plain.read_bytes(), mtime=0))


# -- one step ------------------------------------------------------------------------------------------------------


def publish(root: Path) -> None:
    """Build a project's site aside and put it in the place of the one before, whole or not at all.

    Killed at any moment, it leaves the old site or the new one, and the next run clears away the rest.
    Raises Stopped with a sentence, OSError where the disk refuses; the old site is then untouched.
    """
    site, new, old = root / SITE, root / NEW, root / OLD
    with _alone(root / LOCK) as lock:
        for path in (site, new, old):
            if path.is_symlink():
                raise Stopped(f"{path} is a link, and nothing is written or removed through it; remove it")
        if site.exists() and not site.is_dir():
            raise Stopped(f"{site} is not a folder; remove it")
        if site.is_dir() and any(site.iterdir()) and not (site / MISSING).is_file():
            raise Stopped(
                f"{site} holds no built site: there is no {MISSING} in it. Remove it, or what is in it is lost"
            )
        if old.exists() and not site.exists():  # killed where folders cannot change places
            old.rename(site)
        try:
            _clear(new, old)
            if fault := build(root, new, lock, shown=True):
                raise Stopped(fault)
            swap(new, site, old)
        finally:
            with suppress(OSError):
                _clear(new, *([old] if site.exists() else []))


def build(root: Path, into: Path, lock: int | None = None, *, shown: bool = False) -> str:
    """Build a project's site strictly. Out: what went wrong, nothing where all is well.

    In: a lock that is held until the builder ends, too, whatever happens to us; whether its output is shown.
    """
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--site-dir", str(into.absolute())]
    environment = {**os.environ, "NO_MKDOCS_2_WARNING": "1", "PYTHONDONTWRITEBYTECODE": "1"}
    sys.stdout.flush()
    done = subprocess.run(  # noqa: S603 - our own interpreter and words of ours
        command, cwd=root, env=environment, check=False, pass_fds=[] if lock is None else [lock],
        stdout=None if shown else subprocess.PIPE, stderr=subprocess.STDOUT,
        text=True, encoding="utf-8", errors="replace",
    )  # fmt: skip
    if not done.returncode:
        return ""
    return (done.stdout or "").strip() or f"the site was not built (mkdocs ended with {done.returncode})"


def swap(new: Path, site: Path, old: Path) -> None:
    """Put one folder in the place of another, which is removed afterwards.

    Where folders cannot change places (not on Linux or macOS, or on a network disk), there is none for a moment.
    """
    if not site.exists():
        new.rename(site)
    elif not _exchange(new, site):
        site.rename(old)
        new.rename(site)  # stopped before this, the next run puts the old one back


def _exchange(one: Path, other: Path) -> bool:
    """Let two folders change places in one step. Out: whether system and disk can do that."""
    library = ctypes.CDLL(None, use_errno=True)
    a, b = os.fsencode(one), os.fsencode(other)
    try:
        if sys.platform == "darwin":
            code = library.renamex_np(a, b, 2)  # RENAME_SWAP
        else:
            code = library.renameat2(-100, a, -100, b, 2)  # from the working folder; RENAME_EXCHANGE
    except AttributeError:
        return False
    if code and (number := ctypes.get_errno()) not in (errno.EINVAL, errno.ENOSYS, errno.ENOTSUP, errno.EXDEV):
        raise OSError(number, os.strerror(number), str(other))
    return not code


def _clear(*folders: Path) -> None:
    for folder in folders:
        if folder.exists():
            shutil.rmtree(folder)


@contextmanager
def _alone(path: Path) -> Iterator[int]:
    """Let nobody else build here meanwhile. The lock is the system's: it goes with its holder, however that ends."""
    if fcntl is None:
        raise Stopped("nothing can be locked on this system: use Linux, macOS, or WSL on Windows")
    before = signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        with path.open("a+") as file:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                file.seek(0)
                who = file.read(20).strip()
                raise Stopped(
                    f"the site is being built already (by process {who if who.isdecimal() else 'unknown'}); "
                    "nothing was changed. Wait until it ends"
                ) from None
            file.truncate(0)
            file.write(f"{os.getpid()}\n")
            file.flush()
            yield file.fileno()
    finally:
        signal.signal(signal.SIGTERM, before)
