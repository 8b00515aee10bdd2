"""Writes files: each complete or not at all, and only if it changed. Written by hand because ``atomicwrites``, the
library for this, is archived."""

import contextlib
import errno
import os
import re
import secrets
import shutil
from collections.abc import Container, Iterator, Mapping
from pathlib import Path

#: The name of a file or folder that is being written, or that a killed run left.
_PART = re.compile(r"\..*\.[0-9a-f]{16}\.part", re.DOTALL)


def is_part(name: str) -> bool:
    """Whether a name is of a file or folder that was never completed."""
    return bool(_PART.fullmatch(name))


def write_file(path: Path, content: str | bytes) -> bool:
    """Write ``content`` in one step, with the folders it needs, unless the file holds it already. Returns whether the
    file changed. Raises OSError if it cannot be written; the old file is then untouched."""
    data = content.encode() if isinstance(content, str) else content
    with contextlib.suppress(OSError):
        if path.read_bytes() == data:
            return False
    part = path.with_name(f".{path.name[:100]}.{secrets.token_hex(8)}.part")
    with naming(path):
        try:
            file = part.open("xb")
        except FileNotFoundError:  # EAFP: a check each time would cost as much as the write
            path.parent.mkdir(parents=True, exist_ok=True)
            file = part.open("xb")
        try:
            with file:
                file.write(data)
            part.replace(path)
        except BaseException:
            with contextlib.suppress(OSError):
                part.unlink()
            raise
    return True


@contextlib.contextmanager
def naming(path: Path | str) -> Iterator[None]:
    """Let an error of the disk inside the block name ``path``: a full disk names no file, and a temporary file says
    nothing to people. An error that names a folder keeps it."""
    try:
        yield
    except OSError as error:
        parts = Path(error.filename or "").parts
        if error.errno is None or (
            parts and not any(part.startswith(".") and part.endswith(".part") for part in parts)
        ):
            raise
        raise OSError(error.errno, error.strerror, str(path)) from error


@contextlib.contextmanager
def create_folder(folder: Path, parent: Path | None = None) -> Iterator[Path]:
    """Yield a temporary folder to fill, which becomes the new ``folder`` in one step; on an error it is removed.
    ``parent`` holds it meanwhile, on the same disk (default: the parent of ``folder``)."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    # Not tempfile.mkdtemp: interrupted while it creates the folder, it does not return what to remove.
    part = (parent or folder.parent) / f".{folder.name[:100]}.{secrets.token_hex(8)}.part"
    try:
        with naming(folder):
            part.mkdir(mode=0o700)
            yield part
            part.chmod(0o777 & ~_umask())
            part.rename(folder)
    except BaseException:
        shutil.rmtree(part, ignore_errors=True)
        raise


@contextlib.contextmanager
def extend_folder(folder: Path) -> Iterator[Path]:
    """Yield a temporary folder to fill, whose entries then move into the existing ``folder``, all or none. Raises
    FileExistsError, before any moves, if one has the name of an entry there, in capitals or small letters."""
    part = folder / f".new.{secrets.token_hex(8)}.part"
    moved: list[Path] = []
    try:
        with naming(folder):
            part.mkdir(mode=0o700)
            yield part
            taken = {path.name.casefold(): path for path in folder.iterdir()}
            for path in sorted(part.iterdir()):
                if there := taken.get(path.name.casefold()):
                    raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(there))
            for path in sorted(part.iterdir()):
                moved.append(folder / path.name)
                path.rename(folder / path.name)
            part.rmdir()
    except BaseException:
        for path in moved:
            with contextlib.suppress(OSError):  # the last one did not move
                path.rename(part / path.name)
        shutil.rmtree(part, ignore_errors=True)
        raise


def _umask() -> int:
    umask = os.umask(0)
    os.umask(umask)
    return umask


def write_tree(folder: Path, files: Mapping[str, str | bytes]) -> int:
    """Make ``folder`` hold exactly ``files``, by path in it. Returns how many files were written or removed."""
    refuse_link(folder)
    if folder.is_file():
        folder.unlink()
    if not folder.exists():
        with create_folder(folder) as part:
            _fill(str(part), files, str(folder))
        return len(files)
    removed = remove_others(folder, files)  # first: it may be a link, or a folder in a file's place
    return removed + sum(write_file(folder / name, content) for name, content in files.items())


def _fill(folder: str, files: Mapping[str, str | bytes], shown: str) -> None:
    """Write files into an empty folder that nobody reads yet; an error names them in the folder ``shown``."""
    existing = {""}

    def make(inside: str) -> None:
        if inside not in existing:
            make(inside.rpartition("/")[0])
            os.mkdir(f"{folder}/{inside}")  # noqa: PTH102 - Path is slower, and there are thousands
            existing.add(inside)

    for name, content in files.items():
        make(name.rpartition("/")[0])
        with naming(f"{shown}/{name}"), open(f"{folder}/{name}", "xb") as file:  # noqa: PTH123 - as above
            file.write(content.encode() if isinstance(content, str) else content)


def refuse_link(folder: Path) -> None:
    """Raise OSError if a folder is a link."""
    if folder.is_symlink():
        raise OSError(errno.ELOOP, "is a link; files are not written or removed through links", str(folder))


def remove_others(folder: Path, wanted: Container[str], keep: Container[str] = frozenset()) -> int:
    """Remove all files of a folder except ``wanted`` (paths in it), and its empty folders. Returns how many files.

    Subfolders named in ``keep`` stay as they are. A link goes even if it is wanted, so that nobody writes through it.
    """
    removed = 0
    for entry in walk(folder, keep):
        inside = entry.path[len(str(folder)) + 1 :].replace(os.sep, "/")
        if entry.is_dir(follow_symlinks=False):
            with contextlib.suppress(OSError):  # not empty
                Path(entry).rmdir()
        elif inside not in wanted or entry.is_symlink():
            Path(entry).unlink()
            removed += 1
    return removed


def walk(folder: str | Path, skip: Container[str] = frozenset()) -> Iterator[os.DirEntry[str]]:
    """Yield everything in a folder at any depth, a folder after its content; nothing if there is no such folder. Links
    are not followed. ``skip`` names entries of the folder itself to leave out."""
    try:
        with os.scandir(folder) as listing:
            entries = list(listing)
    except (FileNotFoundError, NotADirectoryError):
        return
    for entry in entries:
        if entry.name not in skip:
            if entry.is_dir(follow_symlinks=False):
                yield from walk(entry.path)
            yield entry
