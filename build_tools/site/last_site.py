"""Keeps the last built site while MkDocs builds the next one, so that only what changed is written and removed.

MkDocs empties the site's folder first. Removing thousands of files to write them again costs more than everything that
changed, so the folder is moved out of MkDocs' way and back, and then only what is not in the new site is removed.
"""

import contextlib
import shutil
from collections.abc import Container, Iterable
from pathlib import Path

from build_tools.base.write import remove_others


def hide_site(site: Path) -> None:
    """Move a built site to where MkDocs does not find it. If that fails, MkDocs empties it as usual."""
    hidden = _hidden_path(site)
    with contextlib.suppress(OSError):
        if site.is_symlink() or hidden.is_symlink():
            return
        if site.exists() and hidden.exists():  # a build was killed, and another followed
            shutil.rmtree(hidden)
        if site.is_dir():
            site.rename(hidden)


def restore_site(site: Path) -> None:
    """Move a hidden site back, unless there is another one by now."""
    hidden = _hidden_path(site)
    if hidden.is_dir() and not hidden.is_symlink() and not site.exists():
        hidden.rename(site)


def remove_outdated(site: Path, wanted: Container[str], folders: Iterable[str]) -> None:
    """Remove everything from a site except the ``wanted`` paths, some ``folders``, and hidden files, as MkDocs does."""
    if site.is_dir() and not site.is_symlink():
        dotfiles = {path.name for path in site.iterdir() if path.name.startswith(".")}
        remove_others(site, wanted, dotfiles.union(folders))


def _hidden_path(site: Path) -> Path:
    return site.with_name(f".{site.name}.part")  # the name of all that a killed run leaves
