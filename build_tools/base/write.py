"""Writing: each file whole or not at all, and only where it changed. All writing happens here."""

from __future__ import annotations

import contextlib
import errno
import os
import secrets
import shutil
import tempfile
from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Set
from pathlib import Path


def write(path: Path, content: str | bytes) -> bool:
    """Put ``content`` into ``path`` in one step, unless it is there already. Out: whether the file changed.

    Raises OSError where the folder cannot be written; the old file is then untouched.
    """
    data = content.encode() if isinstance(content, str) else content
    with contextlib.suppress(OSError):
        if path.read_bytes() == data:
            return False
    part = path.with_name(f".{path.name[:100]}.{secrets.token_hex(8)}.part")
    try:
        file = part.open("xb")
    except FileNotFoundError:  # seldom: to ask each time whether the folder is there takes as long as to write
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
def whole(folder: Path, aside: Path | None = None) -> Iterator[Path]:
    """A folder to fill, which becomes ``folder`` (which is not there yet) in one step, or goes where that fails.

    In: where on the same disk it is filled (default: beside ``folder``).
    """
    folder.parent.mkdir(parents=True, exist_ok=True)
    part = Path(tempfile.mkdtemp(dir=aside or folder.parent, prefix=f".{folder.name[:100]}.", suffix=".part"))
    try:
        yield part
        part.chmod(0o777 & ~_umask())
        part.rename(folder)
    except BaseException:
        shutil.rmtree(part, ignore_errors=True)
        raise


def _umask() -> int:
    umask = os.umask(0)
    os.umask(umask)
    return umask


def write_tree(folder: Path, files: Mapping[str, str | bytes]) -> int:
    """Make ``folder`` hold exactly ``files`` (path in it to content). Out: how many files were written or removed."""
    refuse_link(folder)
    if folder.is_file():
        folder.unlink()
    if not folder.exists():
        with whole(folder) as part:
            _fill(str(part), files)
        return len(files)
    removed = remove_others(folder, files)  # first: it may be a link, or a folder in a file's place
    return removed + sum(write(folder / name, content) for name, content in files.items())


def _fill(folder: str, files: Mapping[str, str | bytes]) -> None:
    """Write files into an empty folder, which nobody knows yet."""
    there = {""}

    def make(inside: str) -> None:
        if inside not in there:
            make(inside.rpartition("/")[0])
            os.mkdir(f"{folder}/{inside}")  # noqa: PTH102 - Path takes longer, and there are thousands
            there.add(inside)

    for name, content in files.items():
        make(name.rpartition("/")[0])
        with open(f"{folder}/{name}", "xb") as file:  # noqa: PTH123 - Path takes longer, and there are thousands
            file.write(content.encode() if isinstance(content, str) else content)


def refuse_link(folder: Path) -> None:
    """Raises OSError where a folder is a link."""
    if folder.is_symlink():
        raise OSError(errno.ELOOP, "is a link, and nothing is written or removed through it", str(folder))


def remove_others(folder: Path, wanted: Container[str], keep: Container[str] = frozenset()) -> int:
    """Remove all files of a folder but the wanted ones, and then its empty folders. Out: how many files.

    A link is removed even where a file is wanted, so that nothing is written through it. In: paths in the folder;
    names of subfolders that are left as they are.
    """
    removed = 0
    for entry in entries(folder, keep):
        inside = entry.path[len(str(folder)) + 1 :].replace(os.sep, "/")
        if entry.is_dir(follow_symlinks=False):
            with contextlib.suppress(OSError):  # not empty
                Path(entry).rmdir()
        elif inside not in wanted or entry.is_symlink():
            Path(entry).unlink()
            removed += 1
    return removed


def entries(folder: str | Path, skip: Container[str] = frozenset()) -> Iterator[os.DirEntry[str]]:
    """Everything in a folder at any depth, what a folder holds before itself; no link is followed. Nothing where there
    is no folder. In: names in the folder itself that are passed over."""
    try:
        with os.scandir(folder) as listed:
            found = list(listed)
    except (FileNotFoundError, NotADirectoryError):
        return
    for entry in found:
        if entry.name not in skip:
            if entry.is_dir(follow_symlinks=False):
                yield from entries(entry.path)
            yield entry


#: What is generated, under docs/.
GENERATED = ("api", "briefings", "changes", "speakers", "index.md", "method.md")
#: The folders in it that hold nothing else. In the first two each briefing has a folder, in the third each speaker.
TREES = ("briefings", "api/v1/briefings", "speakers", "changes")
OF_BRIEFINGS, OF_SPEAKERS = TREES[:2], TREES[2]


def folders(unit: str) -> list[str]:
    """The folders under docs/ that hold the files of a briefing (its id), of a speaker (``speakers/`` and the id)."""
    return [unit] if unit.startswith(f"{OF_SPEAKERS}/") else [f"{tree}/{unit}" for tree in OF_BRIEFINGS]


def write_pages(
    docs: Path,
    made: Iterable[tuple[str, Mapping[str, str | bytes]]],
    stay: Set[str],
    written: Callable[[str], None] = lambda slug: None,
) -> int:
    """Put generated files under ``docs`` and remove the others there. Out: how many files were written or removed.

    In: the files, unit by unit (see ``folders``) as they are made, and under "" those of none; the units whose files
    are left as they are; what is told when those of a unit are there.
    """
    for tree in TREES:
        refuse_link(docs / tree)
        for path in (docs / tree).glob("*"):
            if path.is_symlink():
                path.unlink()
    changed = 0
    keep = {folder for unit in stay for folder in folders(unit)}
    alone: set[str] = set()
    for unit, files in made:
        trees: dict[str, dict[str, str | bytes]] = {}
        for name, content in files.items():
            home, inside = _home(name)
            trees.setdefault(home, {})[inside] = content
        for name, content in trees.pop("", {}).items():
            if name.startswith(tuple(TREES)) and (docs / name).is_dir():
                shutil.rmtree(docs / name)
            changed += write(docs / name, content)
            alone.add(name)
        changed += sum(write_tree(docs / home, inside) for home, inside in trees.items())
        keep |= trees.keys()
        written(unit)
    for tree in TREES:
        mine = {name.removeprefix(f"{tree}/") for name in keep | alone if name.startswith(f"{tree}/")}
        changed += 0 if tree in keep else remove_others(docs / tree, mine, mine)
    return changed


def _home(name: str) -> tuple[str, str]:
    """The folder that a file's unit has for itself, nothing where it has none; the path in it."""
    tree = next((tree for tree in TREES if name.startswith(f"{tree}/")), "")
    if tree in (*OF_BRIEFINGS, OF_SPEAKERS):
        first, slash, inside = name.removeprefix(f"{tree}/").partition("/")
        return (f"{tree}/{first}", inside) if slash else ("", name)
    return tree, name.removeprefix(f"{tree}/") if tree else name
