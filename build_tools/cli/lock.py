"""``lock``: check every quotation against the texts at hand and record it."""

import datetime
import subprocess
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import click

from build_tools.authoring.lock import Checked, check_texts, write_locks
from build_tools.authoring.register import write_register
from build_tools.authoring.statement_ids import write_ids
from build_tools.base.problems import Refused, filter_problems, make_printable, sort_problems, suggest_nearest
from build_tools.check.registry import check_briefing
from build_tools.cli.common import command, find_briefing, load_site, print_problems, progress
from build_tools.compare import ids
from build_tools.compare.ids import SORTS
from build_tools.model.lock import Lock
from build_tools.model.site import UNREADABLE, Briefing
from build_tools.text.english import join_words, plural

RULES = ("quotation", "left-out", "searched")  # the rules about texts, whose problems lock prints


@command
@click.argument("slug", metavar="[SLUG[/SOURCE]]", default="")
@click.option("--by", metavar="NAME", default="", help="Your name, as the checker.  [default: user.name in Git]")
def lock(root: Path, slug: str, by: str) -> int:
    """Record which quotations you checked, and against which text.

    Compares every quotation of the briefing SLUG, or of all briefings, with the articles on this machine. New words
    are signed with your name; a statement without an id gets one. Name a SOURCE that you read as a second reader: your
    name is added to those of others.
    """
    slug, _, again = slug.partition("/")
    site, load_problems = load_site(root)
    problems = filter_problems(load_problems, slug or None)
    chosen = [find_briefing(site, load_problems, slug)] if slug else list(site.briefings)
    if _write_ids(root, chosen):  # each place behind one of them has moved
        site, load_problems = load_site(root)
        problems = filter_problems(load_problems, slug or None)
        chosen = [site.briefing[briefing.slug] for briefing in chosen]
    signer, today = by or _git_name(root), datetime.date.today().isoformat()
    # All are checked before any line is printed, which would share the terminal's line with the progress.
    for checked in [check_texts(root, briefing, site) for briefing in progress("locking", chosen)]:
        briefing = checked.briefing
        if not checked.readable:
            click.echo(f"{briefing.slug}: a file of it cannot be read; its locks were left as they were")
            continue
        if again and again not in briefing.source:
            raise Refused(f'no source "{again}" in {briefing.slug}; {suggest_nearest(again, briefing.source)}')
        signed = write_locks(root, checked, signer, today, again)
        for line in _describe(checked, signed, by, again):
            click.echo(make_printable(line))
        locked = replace(briefing, locks={**briefing.locks, **{name: new for name, (new, _) in signed.items()}})
        written = {f"briefings/{briefing.slug}/sources/{name}.lock" for name in signed}
        if register := write_register(root, locked):
            click.echo(f"{briefing.slug}/{ids.FILE}: {sum(len(getattr(register, sort)) for sort in SORTS)} ids")
            written.add(f"briefings/{briefing.slug}/{ids.FILE}")
        problems = [problem for problem in problems if problem.place.path not in written]  # as it was before
        problems += [p for p in check_briefing(locked, site) if p.rule in RULES]
    return print_problems(sort_problems(problems), "lock")


def _write_ids(root: Path, briefings: Sequence[Briefing]) -> bool:
    """Write the ids of statements that were typed without; whether there were any."""
    found = False
    for briefing in briefings:
        for path, count in write_ids(root, briefing).items() if UNREADABLE not in briefing.broken else ():
            click.echo(make_printable(f"{path}: {plural(count, 'id')} written, permanent once published"))
            found = True
    return found


def _describe(checked: Checked, signed: dict[str, tuple[Lock, bool]], by: str, again: str) -> Iterator[str]:
    """A line for each source of a briefing, or for the one that is checked ``again``. ``by`` is the name that the user
    gave, if any."""
    for source in checked.briefing.sources:
        if again not in ("", source.id):
            continue
        name = f"{checked.briefing.slug}/{source.id}"
        if source.id not in signed:
            yield f"{name}: its text is missing; left as it was"
            continue
        new, written = signed[source.id]
        if by and by not in [reader.name for reader in new.readers]:
            yield f"{name}: nothing new, so {new.checked_by} remains its checker; to add yourself: lock {name} --by"
        signatures = join_words([f"{reader.name} on {reader.day}" for reader in new.readers])
        checked_by = f"checked by {signatures}{'' if written else ' (unchanged)'}"
        yield f"{name}: {plural(len(new.quotes), 'quotation')}, {checked_by}"


def _git_name(root: Path) -> str:
    """The name in Git's settings, or an empty string."""
    try:
        asked = subprocess.run(["git", "config", "user.name"], cwd=root, capture_output=True, text=True, check=False)
    except OSError:
        return ""
    return asked.stdout.strip()
