"""``render``: write the pages."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import click

from build_tools.base.cache import FOLDER, Cache
from build_tools.cli.output import exit_code, print_problems, progress
from build_tools.cli.project import load_site, pass_root
from build_tools.history import log
from build_tools.pages import render as pages
from build_tools.site.freshness import Standing
from build_tools.site.generated_files import write_generated
from build_tools.text.english import plural


@click.command()
@pass_root
def render(root: Path) -> int:
    """Write the pages under docs/ for MkDocs or any other builder."""
    cache = Cache(root / FOLDER / "made")
    site, problems = load_site(root, cache)
    site = log.with_history(site, root)
    fresh = Standing(root / "docs", cache)
    made, stay, problems = pages.pages_by_briefing(
        site, problems, drafts=False, each=partial(progress, "rendering"), results=cache, stands=fresh.there
    )
    if exit_code(problems):  # like a build: nothing is written
        cache.save()
    else:
        changed = write_generated(root / "docs", made, stay, fresh.note)
        click.echo(f"{plural(changed, 'file')} changed")
        cache.prune()
    return print_problems(problems, "render")
