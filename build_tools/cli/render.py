"""``render``: write the pages."""

import os
from functools import partial
from pathlib import Path

import click

from build_tools.base.problems import sort_problems
from build_tools.cli.output import exit_code, print_problems, progress
from build_tools.cli.project import pass_root, require_site
from build_tools.history import log
from build_tools.load.load import article_folders
from build_tools.site.incremental import Incremental
from build_tools.text.english import plural


@click.command()
@pass_root
def render(root: Path) -> int:
    """Write the pages under docs/ for MkDocs or any other builder."""
    project = Incremental(root, root / "docs")
    site, problems = require_site(*project.load(article_folders(os.environ), partial(progress, "reading")))
    site = log.with_history(site, root)
    problems = sort_problems([*problems, *project.check(site)])
    if exit_code(problems):  # like a build: nothing is written
        project.cache.save()
    else:
        changed = project.write(site, drafts=False, each=partial(progress, "rendering"))
        click.echo(f"{plural(changed, 'file')} changed")
        project.cache.prune()
    return print_problems(problems, "render")
