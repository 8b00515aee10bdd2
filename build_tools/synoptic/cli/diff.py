"""``diff``: list what changed in meaning."""

from dataclasses import replace
from functools import partial
from pathlib import Path

import click

from synoptic.base.problems import Refused
from synoptic.cli.common import command, progress
from synoptic.history import report, revisions
from synoptic.load.files import Disk, Tree
from synoptic.load.git import Repository
from synoptic.load.load import BASE
from synoptic.model.change import Comparison, sort_changes

FORMATS = {"text": report.render_text, "markdown": report.render_markdown, "json": report.render_json}

#: The exit code if a second person must look at the changes.
SECOND_READER = 3


@command
@click.argument("base")
@click.argument("head", required=False)
@click.option("--format", "form", type=click.Choice(list(FORMATS)), default="text", show_default=True)
@click.option(
    "--briefing", "slug", metavar="SLUG", help="Compare only this briefing.  [default: all, and the files they share]"
)
@click.option("--merge-base", is_flag=True, help="Compare with the commit where HEAD left BASE.")
@click.option("--exit-code", is_flag=True, help="Exit with 1 if anything changed in meaning.")
@click.option("--second-reader", is_flag=True, help="Exit with 3 if anything needs a second reader.")
def diff(
    root: Path,
    base: str,
    head: str | None,
    form: str,
    slug: str | None,
    merge_base: bool,
    exit_code: bool,
    second_reader: bool,
) -> int:
    """List what changed in meaning between two Git revisions.

    BASE and HEAD are branches, tags or commits. Without HEAD, BASE is compared with the files as they are now.
    """
    with Repository(root) as repository:
        comparison, compared = _compare(root, repository, base, head or "", slug, merge_base)
    for piece in FORMATS[form](comparison, compared):
        click.echo(piece, nl=False)
    if second_reader and comparison.needs_second_reader:
        return SECOND_READER
    return int(bool(exit_code and (comparison.changes or comparison.skipped)))


def _compare(
    root: Path, repository: Repository, base_name: str, head_name: str, slug: str | None, merge_base: bool
) -> tuple[Comparison, report.Compared]:
    base, head = repository.resolve(base_name), repository.resolve(head_name or "HEAD")
    if merge_base:
        base = repository.merge_base(base, head)
    authors = repository.list_authors(base, head)
    before = repository.revision(base)
    after: Tree = repository.revision(head) if head_name else Disk(root)
    if slug is not None and all(tree.kind(BASE / slug) != "folder" for tree in (before, after)):
        raise Refused(f'there is no briefing "{slug}" on either side', code=2)
    notes = ("This clone is shallow, so the authors of older changes are unknown.",) if repository.shallow else ()
    comparison = revisions.compare_trees(before, after, authors, slug, partial(progress, "comparing"))
    if slug is None:
        files = revisions.find_other_files(repository, base, head if head_name else "", root)
        comparison = replace(comparison, changes=tuple(sort_changes([*files, *comparison.changes])))
    return comparison, report.Compared(base_name, base, head_name, head if head_name else "", notes)
