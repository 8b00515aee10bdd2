"""What stands from the run before: the generated pages of a briefing, the built site.

MkDocs begins with an empty folder. To remove thousands of files only to make them again costs more than all that
changed, and disks are slow to use again what was just removed. So the folder is out of the way while MkDocs looks, and
then only what is not part of the new site goes.
"""

from __future__ import annotations

import contextlib
import shutil
from collections.abc import Container, Iterable
from pathlib import Path

from build_tools.kept import Kept, digest, parts
from build_tools.write import OF_BRIEFINGS, entries, remove_others


class Standing:
    """Which briefings' files stand under docs as they would be made now, so that they need not be made.

    As Git does, it looks at sizes and times and reads nothing. In: the folder; where it is remembered.
    """

    def __init__(self, docs: Path, results: Kept) -> None:
        self._docs, self._results = docs, results
        self._made_of: dict[str, str] = {}

    def there(self, slug: str, made_of: str) -> bool:
        """Whether a briefing's files stand as they were written when they were made of the same."""
        self._made_of[slug] = made_of
        with contextlib.suppress(OSError):
            return self._at(slug).read_text(encoding="utf-8") == self._look(slug)
        return False

    def note(self, slug: str) -> None:
        """The files of a briefing were just written."""
        if slug:
            self._results.keep(self._at(slug), self._look(slug))

    def _at(self, slug: str) -> Path:
        return self._results.at(digest(parts("standing", self._docs.resolve(), slug, self._made_of[slug])))

    def _look(self, slug: str) -> str:
        """All that changes when one of the files does."""
        found: list[tuple[object, ...]] = []
        for tree in OF_BRIEFINGS:
            found.append((tree, (self._docs / tree / slug).is_symlink()))  # it goes, and its pages with it
            for entry in entries(self._docs / tree / slug):
                at = entry.stat(follow_symlinks=False)
                found.append((entry.path, at.st_mode, at.st_ino, at.st_size, at.st_mtime_ns, at.st_ctime_ns))
        return repr(sorted(found, key=repr))


def step_aside(site: Path) -> None:
    """Put a site where MkDocs does not find it. Where that cannot be done, MkDocs empties it."""
    aside = _aside(site)
    with contextlib.suppress(OSError):
        if site.is_symlink() or aside.is_symlink():
            return
        if site.exists() and aside.exists():  # a build was killed, and another followed
            shutil.rmtree(aside)
        if site.is_dir():
            site.rename(aside)


def step_back(site: Path) -> None:
    """Put it back where it was, unless there is another."""
    aside = _aside(site)
    if aside.is_dir() and not aside.is_symlink() and not site.exists():
        aside.rename(site)


def clear(site: Path, wanted: Container[str], trees: Iterable[str]) -> None:
    """Leave of a site the wanted paths, some subfolders, and what is hidden, which MkDocs leaves, too."""
    if site.is_dir() and not site.is_symlink():
        hidden = {path.name for path in site.iterdir() if path.name.startswith(".")}
        remove_others(site, wanted, hidden.union(trees))


def _aside(site: Path) -> Path:
    return site.with_name(f".{site.name}.part")  # named as all that a killed run leaves
