"""Builds the site aside and swaps it for the last one in a single step, so that a site is never half built."""

import ctypes
import errno
import functools
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

from synoptic.base.lock import lock_file, read_note
from synoptic.base.problems import Refused
from synoptic.base.write import naming
from synoptic.site.guard import ERROR_PAGE

#: In the project's folder: the site that is served, the one being built, and the last one, which exists only for a
#: moment, and only if two folders cannot be exchanged.
SITE, NEW, OLD, LOCK = "site", ".site-new", ".site-old", ".site-lock"


#: Makes a site: the project's folder, the folder to fill, and the descriptor of the lock.
Make = Callable[[Path, Path, int], None]


def publish(root: Path, make: Make | None = None, place: str = SITE, mark: str = ERROR_PAGE) -> None:
    """Build a project's site and put it in the place of the last one, completely or not at all.

    ``make`` builds it (default: MkDocs), ``place`` is where it goes, ``mark`` a file that every such folder has. Killed
    at any moment, it leaves the old site or the new one, and the next run removes the rest.
    Raises Refused, or OSError if the disk refuses; the old site is then untouched.
    """
    site, new, old = root / place, root / NEW, root / OLD
    with _hold_lock(root / LOCK) as lock:
        _refuse_other_folders(site, new, old, mark)
        if old.exists() and not site.exists():  # killed on a system that cannot exchange folders
            old.rename(site)
        try:
            _remove(new, old)
            site.parent.mkdir(exist_ok=True)
            (make or functools.partial(build_site, show_output=True))(root, new, lock)
            swap_folders(new, site, old)
        finally:
            with suppress(OSError):
                _remove(new, *([old] if site.exists() else []))


def _refuse_other_folders(site: Path, new: Path, old: Path, mark: str) -> None:
    """Raise Refused if a folder that will be replaced is a symlink, or holds something other than a site."""
    for path in (site, new, old):
        if path.is_symlink():
            raise Refused(f"{path} is a link, and nothing is written or removed through it; remove it")
    if site.exists() and not site.is_dir():
        raise Refused(f"{site} is not a folder; remove it")
    if site.is_dir() and any(site.iterdir()) and not (site / mark).is_file():
        raise Refused(f"{site} is not a built site: it has no {mark}. Remove it, or what is in it is lost")


def build_site(
    root: Path,
    into: Path,
    lock: int | None = None,
    *,
    show_output: bool = False,
    variables: Mapping[str, str] | None = None,
) -> None:
    """Build a project's site strictly into a folder. Raises Refused with the output of the build if it fails.

    ``lock``: a file descriptor that the builder inherits, so that the lock is held until it ends, even if we are
    killed (not on Windows). ``show_output``: print the output as it comes, instead;
    ``variables`` are more of its environment.
    """
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--site-dir", str(into.absolute())]
    environment = {**os.environ, "NO_MKDOCS_2_WARNING": "1", "PYTHONDONTWRITEBYTECODE": "1", **(variables or {})}
    inherited = [] if lock is None or sys.platform == "win32" else [lock]
    sys.stdout.flush()
    result = subprocess.run(  # noqa: S603 - our own interpreter and arguments
        command, cwd=root, env=environment, check=False, pass_fds=inherited,
        stdout=None if show_output else subprocess.PIPE, stderr=subprocess.STDOUT,
        text=True, encoding="utf-8", errors="replace",
    )  # fmt: skip
    if result.returncode:
        output = (result.stdout or "").strip()
        raise Refused(output or f"the site was not built (mkdocs exited with {result.returncode})")


def swap_folders(new: Path, site: Path, old: Path) -> None:
    """Put ``new`` in the place of ``site``, which is then at ``new`` or at ``old``.

    If folders cannot be exchanged (not on Linux or macOS, or on a network disk), there is no site for a moment.
    """
    if not site.exists():
        new.rename(site)
    elif not exchange(new, site):
        site.rename(old)
        new.rename(site)  # killed before this, the next run restores the old one


def exchange(one: Path, other: Path) -> bool:
    """Exchange two folders in one step. Returns whether the system and the disk can do that.

    Python has no function for it: os.replace refuses a folder that is not empty.
    """
    if sys.platform == "win32":
        return False
    library = ctypes.CDLL(None, use_errno=True)
    a, b = os.fsencode(one), os.fsencode(other)
    try:
        if sys.platform == "darwin":
            code = library.renamex_np(a, b, 2)  # RENAME_SWAP
        else:
            code = library.renameat2(-100, a, -100, b, 2)  # AT_FDCWD; RENAME_EXCHANGE
    except AttributeError:
        return False
    if code and (number := ctypes.get_errno()) not in (errno.EINVAL, errno.ENOSYS, errno.ENOTSUP, errno.EXDEV):
        raise OSError(number, os.strerror(number), str(other))
    return not code


def _remove(*folders: Path) -> None:
    for folder in folders:
        if folder.exists():
            shutil.rmtree(folder)


@contextmanager
def _hold_lock(path: Path) -> Iterator[int]:
    """Keep other builds out, and treat SIGTERM like Ctrl-C; yields the descriptor of the lock."""
    handler = signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        with ExitStack() as stack:
            try:
                held = stack.enter_context(lock_file(path))
            except BlockingIOError:
                pid = read_note(path)
                raise Refused(
                    f"the site is being built already (by process {pid if pid.isdecimal() else 'unknown'}); "
                    "nothing was changed. Wait until it ends"
                ) from None
            with naming(path):
                held.write(str(os.getpid()))
            yield held.number
    finally:
        signal.signal(signal.SIGTERM, handler)
