"""The way from the preview to the workbench: a line on each page of a briefing that ``mkdocs serve`` answers.

It is never in a file.
"""

from contextlib import suppress
from pathlib import Path

from synoptic.base.lock import lock_file, read_note
from synoptic.base.write import refuse_link
from synoptic.model.values import id_fault
from synoptic.pages.edit_bar import render_bar

#: Where a running workbench says its port; it holds the lock of this file.
RUNNING = ".cache/workbench/running"


def find_port(root: Path) -> int | None:
    """The port of the workbench that runs on a project; None if none does."""
    path = root / RUNNING
    with suppress(OSError):
        for place in (path, *path.parents[:2]):
            refuse_link(place)
        text = read_note(path)
        try:
            with lock_file(path):
                return None  # left by one that has ended
        except BlockingIOError:
            return int(text) if text.isascii() and text.isdecimal() and len(text) < 6 else None
    return None


def bar_on(root: Path, address: str) -> str:
    """The line for the page at an address from the site's root; "" if it belongs to no briefing."""
    parts = address.strip("/").split("/")
    if len(parts) < 2 or parts[0] != "briefings" or id_fault(parts[1]):
        return ""
    return render_bar(parts[1], find_port(root))
