"""``export``: write the data of all briefings."""

from collections.abc import Mapping
from pathlib import Path

import click

from build_tools.base.write import write_file
from build_tools.cli.output import print_problems, progress
from build_tools.cli.project import load_site, pass_root
from build_tools.data import json_api
from build_tools.history import log
from build_tools.pages import render


@click.command()
@click.option("--out", type=click.Path(path_type=Path), required=True, metavar="DIR", help="The folder to fill.")
@pass_root
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
        count += write_all(render.briefing_data(site, briefing))
    click.echo(f"{out}: {count} files; begin with {out / 'api/v1/index.json'}")
    errors = [p for p in problems if p.level == "error"]
    return print_problems(errors, "export") if errors else 0
