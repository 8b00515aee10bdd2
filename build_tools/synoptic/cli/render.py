"""``render``: write the pages."""

import os
from functools import partial
from pathlib import Path

import click

from synoptic.base.problems import sort_problems
from synoptic.cli.common import PATH, command, exit_code, print_problems, progress, require_site
from synoptic.history import log
from synoptic.load.load import article_folders
from synoptic.site import other_builders
from synoptic.site.incremental import Incremental
from synoptic.text.english import plural


@command
@click.option("--out", type=PATH, metavar="DIR", help="Fill this folder with all that another builder needs.")
def render(root: Path, out: Path | None) -> int:
    """Write the pages under docs/, or for another builder.

    The folder also gets the pages people wrote, the theme, and its own mkdocs.yml. Then: finish.
    """
    project = Incremental(root, (out or root) / "docs")
    site, problems = require_site(*project.load(article_folders(os.environ), partial(progress, "reading")))
    site = log.with_history(site, root)
    problems = sort_problems([*problems, *project.check(site)])
    if exit_code(problems):  # like a build: nothing is written
        project.cache.save()
    else:
        changed = other_builders.fill_folder(root, out) if out else 0
        changed += project.write(site, drafts=False, each=partial(progress, "rendering"))
        click.echo(f"{plural(changed, 'file')} changed")
        if out:
            click.echo(f"Next: build {out / other_builders.SETTINGS}, then: synoptic finish {out / 'site'}")
        project.cache.prune()
    return print_problems(problems, "render")
