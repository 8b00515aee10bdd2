"""``render`` and ``export``: write the pages, or the data alone."""

import os
from collections.abc import Mapping
from functools import partial
from pathlib import Path

import click

from build_tools.base.problems import sort_problems
from build_tools.base.write import write_file
from build_tools.cli.common import PATH, command, exit_code, load_site, print_problems, progress, require_site
from build_tools.data import json_api
from build_tools.history import log
from build_tools.load.load import article_folders
from build_tools.pages.render import briefing_data
from build_tools.site.incremental import Incremental
from build_tools.text.english import plural


@command
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


@command
@click.option("--out", type=PATH, required=True, metavar="DIR", help="The folder to fill.")
def export(root: Path, out: Path) -> int:
    """Write the data of all briefings, as the site publishes it."""
    site, problems = load_site(root)
    site = log.with_history(site, root)

    def write_all(files: Mapping[str, str | bytes]) -> int:
        for name, content in files.items():
            write_file(out / name, content)
        return len(files)

    count = write_all(json_api.site_files(site))
    for briefing in progress("exporting", site.briefings):  # one at a time: all may not fit into memory
        count += write_all(briefing_data(site, briefing))
    click.echo(f"{out}: {count} files; begin with {out / 'api/v1/index.json'}")
    errors = [p for p in problems if p.level == "error"]
    return print_problems(errors, "export") if errors else 0
