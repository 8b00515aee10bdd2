"""``import``: take into a briefing what somebody wrote in another program."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path

import click

from synoptic.authoring.append import refuse_problem
from synoptic.authoring.import_files import check_import, make_files, with_locks, write_files
from synoptic.authoring.import_table import plan_import
from synoptic.authoring.table_file import MOST_BYTES, WORKBOOKS, Table, read_table
from synoptic.authoring.table_rows import as_texts, count_known, name_column, read_rows
from synoptic.base.problems import Problem, Refused, make_printable, sort_problems
from synoptic.cli.common import LINE, PATH, command, find_briefing, load_site, print_problems
from synoptic.cli.drafts import import_proposals, name_briefing
from synoptic.data.json_api import list_statements
from synoptic.data.tables import STATEMENT_COLUMNS
from synoptic.history import report
from synoptic.history.diff.briefing import compare_briefings
from synoptic.model.change import Comparison, sort_changes
from synoptic.model.site import Briefing, Site
from synoptic.proposals.speakers import find_wrong_speakers
from synoptic.text.english import plural


@dataclass(frozen=True)
class Import:
    """What somebody wants to import: the ``file``, the briefing it goes to, and how."""

    root: Path
    site: Site
    problems: list[Problem]
    briefing: Briefing
    file: Path
    dry_run: bool
    remove_missing: str


def _take_table(wish: Import) -> int:
    """Import a table of statements."""
    root, briefing, name = wish.root, wish.briefing, wish.file.name
    for problem in wish.problems:  # what is there is not all known
        path = problem.place.path
        if path.startswith(f"briefings/{briefing.slug}/claims/") or (
            briefing.broken and problem.briefing in ("", briefing.slug)
        ):
            raise refuse_problem(problem)
    lines = [as_texts(line) for line in list_statements(wish.site, briefing)]
    table = read_table(_read(wish.file), name, STATEMENT_COLUMNS, lambda table: count_known(table, lines))
    renamed = {old: one.id for _, one in briefing.statements for old in one.was}
    reading = read_rows(table, lines, renamed)
    plan = plan_import(table, reading, briefing, wish.site, wish.remove_missing)
    after, site = plan.apply(briefing, wish.site)
    before, after = with_locks(root, briefing, after, site)
    hard, later = check_import(before, after, wish.site, site)
    if not plan.problems:  # else a speaker may be missing for want of its row
        hard += find_wrong_speakers(before, after, site)
    _say(f"{name}: {plural(len(table.rows), 'row')}", *reading.notes)
    if reading.missing and not wish.remove_missing:
        _say(f"not in the table: {', '.join(reading.missing)}", "they stay; --remove-missing WHY removes them")
    if bad := sort_problems([*plan.problems, *hard]):
        code = _print_problems(table, bad, "import")
        click.echo("nothing was changed")
        return code
    files = make_files(root, before, after, plan)
    for line in _describe(table, before, after, wish.site) if files else ["nothing to change\n"]:
        click.echo(line, nl=False)
    if not wish.dry_run:
        write_files(root, before, files)
    for path in files:
        click.echo(f"{path}: {'would be written' if wish.dry_run else 'written'}")
    if not files:
        return 0
    if later:
        _print_problems(table, sort_problems(later), "to do after the import")
    if not wish.dry_run:
        click.echo(f"Next: synoptic lock {briefing.slug} --by NAME")
    return 0


def _read(path: Path) -> bytes:
    if not path.is_file():
        raise Refused(f"{path}: there is no such file")
    with path.open("rb") as file:
        return file.read(MOST_BYTES + 1)


def _print_problems(table: Table, problems: Sequence[Problem], title: str) -> int:
    return print_problems([replace(one, place=name_column(table, one.place)) for one in problems], title)


def _say(*lines: str) -> None:
    for number, line in enumerate(lines):
        click.echo(make_printable(f"{'  ' if number else ''}{line}"))


def _describe(table: Table, before: Briefing, after: Briefing, site: Site) -> Iterator[str]:
    """The change in words, without what only a reviewer must see."""
    words = site.vocabulary, site.vocabulary
    changes = [c for c in compare_briefings(before, after, words, {}, {}) if not c.first and c.kind != "rest-added"]
    shown = tuple(replace(change, place=name_column(table, change.place)) for change in sort_changes(changes))
    yield from islice(report.render_text(Comparison(shown, ()), report.Compared("", "", "", "")), 2, None)


#: What takes a file, by its ending: it gets an Import, prints what it did, and returns the exit code.
TAKERS: Mapping[str, Callable[[Import], int]] = {
    ".csv": _take_table,
    **dict.fromkeys(WORKBOOKS, _take_table),
    ".json": lambda wish: import_proposals(wish.root, wish.site, wish.briefing, wish.file, dry_run=wish.dry_run),
}


@command
@click.argument("file", type=PATH)
@click.option(
    "--briefing", "slug", metavar="SLUG", default="", help="The briefing.  [default: the one that proposals name]"
)
@click.option("--dry-run", is_flag=True, help="Only say what would change.")
@click.option(
    "--remove-missing", type=LINE, default="", metavar="WHY", help="Remove statements that a table lacks; WHY is shown."
)
def import_(root: Path, file: Path, slug: str, dry_run: bool, remove_missing: str) -> int:
    """Take changes from a spreadsheet, or a model's proposals.

    FILE is a table of statements (.csv, .xlsx, .ods) in the columns of statements.csv, as export writes it. Changed
    cells change the briefing, new rows make statements and claims. Nothing is written if a row is wrong. Or it is a
    file of proposals (.json): those that stand up to the texts become drafts.
    """
    take = TAKERS.get(file.suffix.lower())
    if take is None:
        known = ", ".join(TAKERS)
        raise Refused(f'{file}: files with the ending "{file.suffix}" are not imported (known: {known})', 2)
    if not slug and file.suffix.lower() != ".json":
        raise Refused("say into which briefing: --briefing SLUG", 2)
    slug = slug or name_briefing(file)
    site, problems = load_site(root)
    briefing = find_briefing(site, problems, slug)
    return take(Import(root, site, problems, briefing, file, dry_run, remove_missing))
