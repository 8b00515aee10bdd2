"""The site that stands from the build before.

MkDocs begins with an empty folder. To remove thousands of files only to make them again costs more than all that
changed, and disks are slow to use again what was just removed. So the folder is out of the way while MkDocs looks, and
then only what is not part of the new site goes.
"""

from __future__ import annotations

import contextlib
import shutil
from collections.abc import Container, Iterable
from pathlib import Path

from build_tools.write import remove_others, unlink_links


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
        unlink_links(site)
        hidden = {path.name for path in site.iterdir() if path.name.startswith(".")}
        remove_others(site, wanted, hidden.union(trees))


def _aside(site: Path) -> Path:
    return site.with_name(f".{site.name}.part")  # named as all that a killed run leaves
