"""``second-reading`` writes a blank sheet for a second reader; ``reconcile`` puts the answers beside the first."""

import datetime
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

import click

from synoptic.authoring.second_reading import (
    Reconciled,
    draw,
    read_sheet,
    reconcile_sheet,
    render_sheet,
    write_reading,
)
from synoptic.base.problems import Refused, filter_problems, make_printable
from synoptic.base.write import refuse_link, write_file
from synoptic.cli.common import LINE, PATH, command, find_briefing, load_site
from synoptic.compare.agreement import Agreement
from synoptic.compare.readings import ASKED, Twice, measure_readings
from synoptic.model.site import Briefing, Site
from synoptic.text.english import plural

#: The folder of sheets by default, which Git ignores.
FOLDER = "drafts"
_IGNORE = "# drafts hold words of articles\n*\n"


@command
@click.argument("slug")
@click.option("--sample", type=click.IntRange(1, 10_000), default=40, show_default=True, metavar="N",
              help="How many statements to draw.")  # fmt: skip
@click.option("--seed", type=click.IntRange(0, 2_000_000), default=1, show_default=True, metavar="N",
              help="Another number draws other statements.")  # fmt: skip
@click.option("--to", type=PATH, metavar="FILE", help="Where to write the sheet.  [default: the folder drafts]")
def second_reading(root: Path, slug: str, sample: int, seed: int, to: Path | None) -> int:
    """Write a blank sheet for a second reader of SLUG.

    Somebody who neither edits the briefing nor checked its quotations reads the articles and fills the sheet in: who
    holds each statement, with which stance, of which kind its claim is. Then run reconcile.
    """
    briefing, site = _load(root, slug)
    if not (drawn := draw(briefing, sample, seed)):
        raise Refused(f"{slug} has no checked quotation to read a second time; run: lock")
    path = to or root / FOLDER / slug / f"second-reading-{seed}.yml"
    if path.exists() or path.is_symlink():
        raise Refused(f"{path}: there is something already, perhaps with answers; remove it, or choose: --to FILE")
    if to is None:
        for part in (path.parents[1], path.parent):
            refuse_link(part)
        write_file(path.parents[1] / ".gitignore", _IGNORE)
    write_file(path, render_sheet(briefing, site.vocabulary, drawn, seed, path.as_posix()))
    click.echo(
        make_printable(f"{path}: {plural(len(drawn), 'statement')} to read; the briefing's answers are not in it")
    )
    return 0


@command
@click.argument("sheet", type=PATH)
@click.option("--by", type=LINE, required=True, metavar="NAME", help="Who filled the sheet in.")
@click.option("--outside", is_flag=True, help="The reader has no part in the project.")
@click.option("--note", type=LINE, metavar="TEXT", help="How the reading was done, for readers.")
@click.option("--dry-run", is_flag=True, help="Write nothing.")
def reconcile(root: Path, sheet: Path, by: str, outside: bool, note: str | None, dry_run: bool) -> int:
    """Put the answers of a second reader beside the first.

    Shows where they differ, and keeps both in readings/ of the briefing. No answer is changed: if the second reader is
    right, correct the briefing, and the reading of that statement no longer counts.
    """
    read = read_sheet(sheet)
    briefing, site = _load(root, read.briefing)
    fields = {"day": datetime.date.today().isoformat(), "outside": outside, "note": note or None}
    made = reconcile_sheet(site, briefing, read, sheet, fields, by)
    for line in _tell(briefing, made):
        click.echo(make_printable(line))
    if dry_run:
        click.echo("nothing was written")
        return 0
    path, changed = write_reading(root, briefing.slug, made.reading)
    click.echo(make_printable(f"{path}: {'written' if changed else 'unchanged'}"))
    return 0


def _load(root: Path, slug: str) -> tuple[Briefing, Site]:
    """A briefing without errors, and its site."""
    site, problems = load_site(root)
    briefing = find_briefing(site, problems, slug)
    if any(problem.level == "error" for problem in filter_problems(problems, slug)):
        raise Refused(f"{slug} has errors; run: check {slug}")
    return briefing, site


def _tell(briefing: Briefing, made: Reconciled) -> list[str]:
    """What differs, what is missing, and how far both agree."""
    found = measure_readings(replace(briefing, readings={"": made.reading}))
    assert found is not None, "it has this reading"
    rows = [_tell_conflict(made, twice) for twice in found.conflicts]
    tip = "if it is clear who is meant, write it below names: in the sheet and run this again"
    for name, at in made.strangers.items():
        rows.append(f'no speaker of {briefing.slug} is called "{name}" (number {_number(at)}); {tip}')
    rows += [f"left blank: {_number(made.blank)}"] * bool(made.blank)
    rows += [f"left out, as they changed after the sheet was written: {_number(made.changed)}"] * bool(made.changed)
    return [*rows, *(f"{name}: {_tell_agreement(found.figures[name])}" for name in ASKED)]


def _tell_conflict(made: Reconciled, twice: Twice) -> str:
    first, second = twice.entry.first, twice.entry.second
    pairs = (f"{name} {getattr(first, name)}, read as {getattr(second, name)}" for name in twice.differing)
    return f"{made.numbers[twice.entry.statement]}. {twice.entry.statement}: {'; '.join(pairs)}"


def _tell_agreement(found: Agreement) -> str:
    alike = f"{found.alike} of {found.units} alike"
    if found.alpha is None:
        return f"{alike}; alpha is not defined, as all answers are the same" if found.units else "nothing was answered"
    between = "" if found.low is None else f" (95% interval {found.low:.2f} to {found.high:.2f})"
    return f"alpha {found.alpha:.2f}{between}, {alike}"


def _number(numbers: Iterable[int]) -> str:
    return ", ".join(map(str, numbers))
