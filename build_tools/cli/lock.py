"""``lock``: check every quotation against the texts at hand and record it."""

import datetime
import subprocess
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import click

from build_tools.authoring.lock import Checked, check_texts, write_locks, write_register
from build_tools.base.problems import filter_problems, make_printable, sort_problems
from build_tools.check.registry import check_briefing
from build_tools.cli.common import command, find_briefing, load_site, print_problems, progress
from build_tools.compare import ids
from build_tools.compare.ids import SORTS
from build_tools.model.site import Lock
from build_tools.text.english import plural

RULES = ("quotation", "left-out", "searched")  # the rules about texts, whose problems lock prints


@command
@click.argument("slug", required=False)
@click.option("--by", metavar="NAME", default="", help="Your name, as the checker.  [default: user.name in Git]")
def lock(root: Path, slug: str | None, by: str) -> int:
    """Record which quotations you checked, and against which text.

    Compares every quotation of the briefing SLUG, or of all briefings, with the articles on this machine.
    """
    site, load_problems = load_site(root)
    problems = filter_problems(load_problems, slug)
    chosen = [find_briefing(site, load_problems, slug)] if slug else list(site.briefings)
    signer, today = by or _git_name(root), datetime.date.today().isoformat()
    # All are checked before any line is printed, which would share the terminal's line with the progress.
    for checked in [check_texts(root, briefing, site.vocabulary) for briefing in progress("locking", chosen)]:
        briefing = checked.briefing
        if not checked.readable:
            click.echo(f"{briefing.slug}: a file of it cannot be read; its locks were left as they were")
            continue
        signed = write_locks(root, checked, signer, today)
        for line in _describe(checked, signed, by):
            click.echo(make_printable(line))
        locked = replace(briefing, locks={**briefing.locks, **{name: new for name, (new, _) in signed.items()}})
        if register := write_register(root, locked):
            click.echo(f"{briefing.slug}/{ids.FILE}: {sum(len(getattr(register, sort)) for sort in SORTS)} ids")
        problems += [p for p in check_briefing(locked, site) if p.rule in RULES]
    return print_problems(sort_problems(problems), "lock")


def _describe(checked: Checked, signed: dict[str, tuple[Lock, bool]], by: str) -> Iterator[str]:
    """A line for each source of a briefing. ``by`` is the name that the user gave, if any."""
    for source in checked.briefing.sources:
        name = f"{checked.briefing.slug}/{source.id}"
        if source.id not in signed:
            yield f"{name}: its text is missing; left as it was"
            continue
        new, written = signed[source.id]
        if by and by != new.checked_by:
            yield f"{name}: nothing changed, so {new.checked_by} remains its checker"
        checked_by = f"checked by {new.checked_by} on {new.checked_on}{'' if written else ' (unchanged)'}"
        yield f"{name}: {plural(len(new.quotes), 'quotation')}, {checked_by}"


def _git_name(root: Path) -> str:
    """The name in Git's settings, or an empty string."""
    try:
        asked = subprocess.run(["git", "config", "user.name"], cwd=root, capture_output=True, text=True, check=False)
    except OSError:
        return ""
    return asked.stdout.strip()
