"""Names of files that another system cannot hold. A repository is cloned on Windows and macOS, too.

Ids need no look here: ``model.values`` allows nothing in them that a system refuses, and files in other folders of a
briefing are named after ids, or refused. Only texts of articles may have any name.
"""

import unicodedata
from collections.abc import Iterator
from pathlib import PurePosixPath

from synoptic.base.problems import Place, Problem
from synoptic.load.files import Tree
from synoptic.load.reader import is_ignored
from synoptic.model.values import DEVICES

#: The longest path in a repository, in characters: Windows allows 260, with the folder that it is cloned into.
LONGEST_PATH = 240
_DEPTH = 8  # folders in folders
_REFUSED = frozenset('<>:"\\|?*')  # by Windows


def find_unportable(tree: Tree, folder: PurePosixPath) -> Iterator[Problem]:
    """The files in a folder ``articles``, and in those inside it, that another system could not hold."""
    for path in _walk(tree, folder):
        if fault := find_fault(path):
            tip = "rename it, so that Windows and macOS can hold it, too"
            yield Problem(Place(path.as_posix()), fault, tip, "file")
    for inner in sorted({path.parent for path in _walk(tree, folder)}):
        yield from _find_clashes(tree, inner)


def find_fault(path: PurePosixPath) -> str:
    """Why some system could not hold a file or folder of this path; "" if each could."""
    name = path.name
    if refused := next((sign for sign in name if sign in _REFUSED or ord(sign) < ord(" ")), ""):
        shown = f'"{refused}"' if refused.isprintable() else f"U+{ord(refused):04X}"
        return f"has {shown} in its name, which Windows does not allow"
    if any(unicodedata.category(sign) == "Cs" for sign in name):
        return "has a name that is not UTF-8"
    if name[-1] in ". ":
        return f"has a name that ends in a {'dot' if name[-1] == '.' else 'space'}, which Windows leaves out"
    if (stem := name.partition(".")[0].rstrip(" ")).casefold() in DEVICES:
        return f'is named "{stem}", which is a device of Windows'
    length = len(path.as_posix())
    return f"has a path of {length} characters; {LONGEST_PATH} are allowed" if length > LONGEST_PATH else ""


def _find_clashes(tree: Tree, folder: PurePosixPath) -> Iterator[Problem]:
    """Names in a folder that are one name where capitals, or the ways to write an accent, do not differ."""
    first: dict[str, str] = {}
    for name in _names(tree, folder):
        key = unicodedata.normalize("NFC", unicodedata.normalize("NFC", name).casefold())
        other = first.setdefault(key, name)
        if other != name:
            message = f'has the same name as "{other}" on Windows and macOS, but for capitals or accents'
            yield Problem(Place((folder / name).as_posix()), message, "rename one of the two", "file")


def _walk(tree: Tree, folder: PurePosixPath, depth: int = 0) -> Iterator[PurePosixPath]:
    for name in _names(tree, folder):
        path = folder / name
        if is_ignored(name):
            continue
        yield path
        if depth < _DEPTH and tree.kind(path) == "folder":
            yield from _walk(tree, path, depth + 1)


def _names(tree: Tree, folder: PurePosixPath) -> list[str]:
    """The names in a folder; none if it may not be read, since the article that should be in it is reported."""
    try:
        return tree.names(folder)
    except OSError:
        return []
