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

from build_tools.base.cache import Cache, digest, parts
from build_tools.base.write import remove_others, walk
from build_tools.site.generated_files import folders_of


class Standing:
    """Whose files stand under docs as they would be made now, so that they need not be made.

    As Git does, it looks at sizes and times and reads nothing. In: the folder; where it is remembered.
    """

    def __init__(self, docs: Path, results: Cache) -> None:
        self._at, self._results = str(docs.resolve()), results
        self._made_of: dict[str, str] = {}

    def there(self, unit: str, made_of: str) -> bool:
        """Whether the files of a briefing or speaker stand as they were written when they were made of the same."""
        self._made_of[unit] = made_of
        with contextlib.suppress(OSError):
            return bool(self._results.get(self._name(unit)) == self._look(unit))
        return False

    def note(self, unit: str) -> None:
        """The files of a briefing or speaker were just written."""
        if unit:
            self._results.set(self._name(unit), self._look(unit))

    def _name(self, unit: str) -> Iterable[bytes]:
        return parts("standing", self._at, unit, self._made_of[unit])

    def _look(self, unit: str) -> str:
        """What changes when one of the files does."""
        found = []
        for folder in folders_of(unit):
            top = Path(self._at, folder)
            found.append(f"{folder} {top.is_symlink()}")  # it goes, and its pages with it
            for entry in walk(top):
                at = entry.stat(follow_symlinks=False)
                found.append(f"{entry.path} {at.st_mode} {at.st_ino} {at.st_size} {at.st_mtime_ns} {at.st_ctime_ns}")
        return digest(parts(sorted(found)))


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
