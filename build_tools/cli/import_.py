"""``import``: take into a briefing what somebody wrote in another program."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

import click

from build_tools.base.problems import Refused
from build_tools.cli.common import PATH, command, find_briefing, load_site
from build_tools.model.site import Briefing, Site


@dataclass(frozen=True)
class Import:
    """What somebody wants to import: the ``file``, the briefing it goes to, and how."""

    root: Path
    site: Site
    briefing: Briefing
    file: Path
    dry_run: bool
    remove_missing: bool


#: What takes a file, by its ending: it gets an Import, prints what it did, and returns the exit code.
TAKERS: Mapping[str, Callable[[Import], int]] = {}


@command
@click.argument("file", type=PATH)
@click.option("--briefing", "slug", required=True, metavar="SLUG", help="The briefing to import into.")
@click.option("--dry-run", is_flag=True, help="Only say what would change.")
@click.option("--remove-missing", is_flag=True, help="Remove statements that are not in the table.")
def import_(root: Path, file: Path, slug: str, dry_run: bool, remove_missing: bool) -> int:
    """Take changes from a file of another program.

    FILE is named by its ending. Nothing is written if anything in it is wrong.
    """
    take = TAKERS.get(file.suffix.lower())
    if take is None:
        known = ", ".join(TAKERS) or "none yet"
        raise Refused(f'{file}: files with the ending "{file.suffix}" are not imported (known: {known})', 2)
    site, problems = load_site(root)
    return take(Import(root, site, find_briefing(site, problems, slug), file, dry_run, remove_missing))
