"""Fix the problems that have one right answer."""

import os
from functools import cache
from pathlib import Path

from synoptic.authoring import layout
from synoptic.authoring.register import repair_register
from synoptic.base.problems import sort_problems
from synoptic.base.write import write_file
from synoptic.check.registry import check
from synoptic.compare.ids import FILE
from synoptic.load.load import BASE, article_folders, load, written_files

ROUNDS = 5  # removing one value may make another needless


def fix_files(root: Path, slug: str | None = None) -> list[str]:
    """Remove what ``check`` calls needless and lay out the files of one briefing, or of all. Returns a line for each
    fix, as ``briefings/x/briefing.yml: put into its canonical form``."""
    folders = [root / BASE / slug] if slug else sorted((root / BASE).glob("*/"))
    fixes = [
        f"{BASE}/{folder.name}/{FILE}: put together from all that is published and both sides of a merge"
        for folder in folders
        if repair_register(root, folder.name)
    ]
    format_yaml = cache(layout.format_yaml)  # most files have nothing to remove, and stay the same in the next round
    for _ in range(ROUNDS):
        site, problems = load(root, article_folders(os.environ))
        removable = [p for p in sort_problems([*problems, *(check(site) if site else ())]) if p.remove]
        changed = False
        for path in written_files(root, [slug] if slug else []):
            shown, data = path.relative_to(root).as_posix(), path.read_bytes()
            in_file = [p for p in removable if p.remove and p.remove.path == shown]
            places = frozenset((p.remove.line, p.remove.column) for p in in_file if p.remove)
            try:
                laid_out, fixed = format_yaml(data, shown, frozenset()), format_yaml(data, shown, places)
            except layout.Unformattable:
                continue  # check reports the reason
            if write_file(path, fixed):
                changed = True
                fixes += [f"{shown}:{p.place.line}:{p.place.column}: removed: {p.message}" for p in in_file]
                fixes += [f"{shown}: put into its canonical form"] if laid_out.encode() != data else []
        if not changed:
            break
    return fixes
