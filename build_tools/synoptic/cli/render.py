"""``render``: write the pages."""

import os
from collections.abc import Callable
from functools import partial
from pathlib import Path

import click

from synoptic.base.problems import sort_problems
from synoptic.cli.common import JOBS, PATH, command, exit_code, find_briefing, print_problems, progress, require_site
from synoptic.history import log
from synoptic.load.load import article_folders
from synoptic.pages.render import speaker_units
from synoptic.site import other_builders
from synoptic.site.incremental import Incremental
from synoptic.site.own_files import NotOurs, OwnFiles
from synoptic.text.english import plural


@command
@click.option("--out", type=PATH, metavar="DIR", help="Fill this folder with all that another builder needs.")
@click.option("--only", "slugs", metavar="SLUG", multiple=True, help="Leave others as they are. May be repeated.")
@JOBS
def render(root: Path, out: Path | None, slugs: tuple[str, ...]) -> int:
    """Write the pages under docs/, or for another builder.

    With --only, write the pages of these briefings and of the whole site, and leave those of other briefings and of
    speakers as they are.

    The folder also gets the pages people wrote, the theme, and its own mkdocs.yml. Then: finish.
    """
    own = other_builders.open_folder(root, out) if out else None
    project = Incremental(root, (out or root) / "docs", own=own)
    site, problems = require_site(*project.load(article_folders(os.environ), partial(progress, "reading")))
    for slug in slugs:
        find_briefing(site, problems, slug)
    site = log.with_history(site, root)
    problems = sort_problems([*problems, *project.check(site)])
    if exit_code(problems):  # like a build: nothing is written
        project.cache.save()
    else:
        skip = {*site.summaries, *speaker_units(site)}.difference(slugs) if slugs else frozenset()
        write = partial(project.write, site, drafts=False, skip=skip, each=partial(progress, "rendering"))
        try:
            changed = _fill(root, out, own, write) if out and own else write()
        except NotOurs as found:
            return print_problems(sort_problems([*problems, *found.problems]), "render")
        click.echo(f"{plural(changed, 'file')} changed")
        if out:
            click.echo(f"Next: build {out / other_builders.SETTINGS}, then: synoptic finish {out / 'site'}")
        project.cache.prune()
    return print_problems(problems, "render")


def _fill(root: Path, out: Path, own: OwnFiles, write: Callable[[], int]) -> int:
    """Fill a folder for another builder; ``write`` adds the generated pages. Returns how many files changed."""
    files = other_builders.list_files(root, out)
    with own.hold():
        other_builders.refuse_foreign(files, own, root)
        return write() + other_builders.write_files(files, out, own)
