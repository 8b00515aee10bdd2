"""``check``: list every problem."""

from collections.abc import Iterator, Sequence
from pathlib import Path

import click

from synoptic.base.problems import Problem, Refused, filter_problems, make_printable, sort_problems, suggest_nearest
from synoptic.check.coverage import Advice, list_advice
from synoptic.check.ids import find_dropped
from synoptic.check.quotations import check_copy, measure_likeness
from synoptic.check.registry import check as check_site
from synoptic.cli.common import PATH, command, find_briefing, load_project, load_site, print_problems_as
from synoptic.compare.proofs import list_standings
from synoptic.compare.quotations import list_quotations
from synoptic.load.files import Disk, Tree
from synoptic.load.git import Repository
from synoptic.load.load import BASE, Loader
from synoptic.model.site import Site
from synoptic.model.values import id_fault
from synoptic.text.english import join_words
from synoptic.text.match import Text


@command
@click.argument("slug", required=False)
@click.option("--against", type=PATH, metavar="FILE", help="Check the quotations against your own copy of an article.")
@click.option(
    "--source", "source_id", metavar="ID", help="The source that --against is a copy of.  [default: the most similar]"
)
@click.option(
    "--format", "form", type=click.Choice(["text", "json", "github"]), default="text", show_default=True,
    help="github shows the problems beside the lines of a pull request.",
)  # fmt: skip
@click.option("--fix", is_flag=True, help="First fix problems that have only one solution, and list them.")
@click.option(
    "--base",
    metavar="REVISION",
    help="List ids, too, that are lost since you left a branch, such as main or origin/main.",
)
def check(
    root: Path,
    slug: str | None,
    against: Path | None,
    source_id: str | None,
    form: str,
    fix: bool,
    base: str | None,
) -> int:
    """List every problem in your briefings.

    With SLUG, only those of that briefing and of the files that all share. Without errors it ends with advice for each
    briefing: what it may still lack.
    """
    if against and (fix or base):
        other = "--fix changes the briefings" if fix else "--base compares them with a revision"
        raise Refused(f"{other} and --against tries a copy of an article: give one of them")
    if against:
        return _check_against(root, slug, against, source_id, form)
    if slug and (id_fault(slug) or not (root / "briefings" / slug).is_dir()):
        find_briefing(*load_site(root), slug)
    fixed = _fix(root, slug) if fix else []
    if base is None:
        return check_project(root, slug, form, fixed)
    with Repository(root) as repository:
        commit = repository.merge_base(repository.resolve(base), repository.resolve("HEAD"))
        return check_project(root, slug, form, fixed, repository.revision(commit))


# What only an option needs is imported with it: it would take a tenth of a second from everybody.


def _fix(root: Path, slug: str | None) -> list[str]:
    from synoptic.authoring.fix import fix_files

    return fix_files(root, slug)


def check_project(
    root: Path, slug: str | None = None, form: str = "text", fixed: Sequence[str] = (), base: Tree | None = None
) -> int:
    """Check all briefings, or one; print the problems as ``form`` after what was ``fixed``; return the exit code.

    ``base`` is an earlier state of the project, none of whose published ids may be lost.
    """
    site, problems = load_project(root)
    problems += _find_dropped(root, site, base) if site and base else ()
    problems = filter_problems(sort_problems([*problems, *(check_site(site) if site else ())]), slug)
    chosen = [b for b in (site.briefings if site else ()) if slug in (None, b.slug)]
    at_hand, of = sum(len(b.texts) for b in chosen), sum(len(b.sources) for b in chosen)
    title = f"check ({at_hand} of {of} texts at hand)"
    asked = [b for b in chosen if not b.example]
    alone = slug is not None and site is not None and sum(not b.example for b in site.briefings) > 1
    advice: dict[str, list[Advice]] = {}
    for briefing in asked:  # what is said of a shared file is said once
        said = [one for several in advice.values() for one in several]
        found = list_advice(briefing, site, alone=alone) if site else []
        advice[briefing.slug] = [one for one in found if one not in said]
    readers = {b.slug: list_standings(b) for b in chosen}
    code = print_problems_as(form, problems, title, {"at_hand": at_hand, "of": of}, fixed, advice, readers)
    if form == "text" and at_hand:
        for briefing in asked:
            missing = [
                source.id
                for source in briefing.sources
                if source.id not in {*briefing.texts, *briefing.closest, *briefing.changed}
            ]
            if missing and briefing.texts:
                click.echo(f"no text at hand is like {briefing.slug}/{join_words(missing)}; only the lock was checked")
    return code


def _find_dropped(root: Path, site: Site, base: Tree) -> Iterator[Problem]:
    """The published ids that a project lost since an earlier state of it."""
    from synoptic.history.revisions import changed_paths

    before, after = Loader(base), Disk(root)
    for slug in before.slugs:
        folder = BASE / slug
        if changed_paths(base, after, folder) and (old := before.read_briefing(slug)):
            new = site.briefing.get(slug)
            if new or after.kind(folder) == "missing":  # any other that cannot be read is reported
                yield from find_dropped(old, new, site)


def _check_against(root: Path, slug: str | None, path: Path, source_id: str | None, form: str) -> int:
    from synoptic.authoring.ingest import read_file

    site, problems = load_site(root)
    text = Text(read_file(path)[1].blocks)
    briefings = [find_briefing(site, problems, slug)] if slug else site.briefings
    candidates = [(b, s) for b in briefings for s in b.sources if source_id in (None, s.id)]
    if not candidates:
        known = {s.id for b in briefings for s in b.sources}
        raise Refused(f'there is no source "{source_id or ""}": {suggest_nearest(source_id or "", known)}')
    briefing, source = max(candidates, key=lambda pair: measure_likeness(text, *pair))
    if source_id is None and measure_likeness(text, briefing, source) == 0:
        raise Refused(f"{path}: none of our quotations is in it; name the source with --source ID")
    total = len(list_quotations(briefing, source.id))
    misses = check_copy(briefing, source, text, site)
    matches = f"{total - len(misses)} of {total} quotations match"
    click.echo(make_printable(f"{path} as a copy of {briefing.slug}/{source.id}: {matches}"))
    return print_problems_as(form, misses, "check --against", {"at_hand": 1, "of": 1})
