"""Saves a working copy: canonical YAML, locks of what is new, the register; and the change in words."""

import datetime
from collections.abc import Iterator, Mapping
from dataclasses import replace
from itertools import islice
from pathlib import Path

from synoptic.authoring.lock import Checked, write_locks
from synoptic.authoring.register import write_register
from synoptic.authoring.statement_ids import insert_ids
from synoptic.base.write import write_file
from synoptic.compare.ids import list_unwritten
from synoptic.history.report import Compared, render_text
from synoptic.history.revisions import compare_trees
from synoptic.load.files import Disk, Tree
from synoptic.model.site import Briefing
from synoptic.workbench.fields import Declined
from synoptic.workbench.journal import Edit, Entry
from synoptic.workbench.overlay import read_disk


def name_new_statements(briefing: Briefing, read: Mapping[str, bytes | None], root: Path) -> Entry | None:
    """The ids of statements that were typed without one, as one more change; None if each has one."""
    missing: dict[str, dict[tuple[int, int], str]] = {}
    for statement in list_unwritten(briefing):
        place = statement.place
        missing.setdefault(place.path, {})[place.line, place.column] = statement.id
    edits = []
    for path, ids in missing.items():
        before = (read[path] if path in read else read_disk(root, path)) or b""
        edits.append(Edit(path, before, insert_ids(before, path, ids)))
    return Entry("Write the ids of statements", tuple(edits)) if edits else None


def write_working_copy(root: Path, files: Mapping[str, bytes | None], known: Mapping[str, bytes | None]) -> list[str]:
    """Write files, each in one step; ``known`` is what each held when it was compared. The claims come last, so that
    what they name is there before they are. Raises Declined if one changed meanwhile. Returns their paths."""
    written = []
    for path in sorted(files, key=lambda path: "/claims/" in path):
        data = files[path]
        if read_disk(root, path) != known[path]:
            raise Declined(409, f"{path} was changed by another program just now; look at it and save again")
        if data is None:
            (root / path).unlink()
            written.append(path)
        elif write_file(root / path, data):
            written.append(path)
    return written


def sign_briefing(root: Path, checked: Checked, by: str) -> list[str]:
    """Write the locks and the register of a briefing. Returns the paths of the files that changed."""
    briefing, today = checked.briefing, datetime.date.today().isoformat()
    signed = write_locks(root, checked, by, today)
    folder = f"briefings/{briefing.slug}"
    written = [f"{folder}/sources/{name}.lock" for name, (_, changed) in signed.items() if changed]
    locks = {**briefing.locks, **{name: lock for name, (lock, _) in signed.items()}}
    if write_register(root, replace(briefing, locks=locks)):
        written.append(f"{folder}/ids.lock")
    return written


def describe_changes(base: Tree, root: Path, slug: str) -> str:
    """What differs in meaning between an earlier state of the files and the files on disk now, in words."""
    comparison = compare_trees(base, Disk(root), {}, slug)
    return "".join(islice(_lines(render_text(comparison, Compared("before", "", "now", ""))), 1, None))


def _lines(pieces: Iterator[str]) -> Iterator[str]:
    yield from "".join(pieces).splitlines(keepends=True)
