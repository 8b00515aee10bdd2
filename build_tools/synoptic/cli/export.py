"""``export``: write the data without the pages."""

import functools
import json
import os
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import click

from synoptic.authoring.database import write_database
from synoptic.authoring.table_file import write_workbook
from synoptic.base.problems import Refused
from synoptic.base.write import write_file
from synoptic.cli.common import PATH, command, find_briefing, print_problems, progress, require_site
from synoptic.data import json_api, tables
from synoptic.data.database import DOCUMENTS, TABLES
from synoptic.data.documents import find_path
from synoptic.history import log
from synoptic.load.load import article_folders
from synoptic.load.on_demand import load_on_demand
from synoptic.model.site import Briefing, Site
from synoptic.pages.context import Context
from synoptic.pages.render import briefing_data
from synoptic.text.english import plural


@command
@click.option("--out", type=PATH, metavar="DIR|FILE", help="The folder to fill; a .csv or .xlsx of one.")
@click.option("--sqlite", "database", type=PATH, metavar="FILE", help="Write all of it into a database of SQLite.")
@click.option("--briefing", "slug", default="", metavar="SLUG", help="Write the table of its statements into FILE.")
def export(root: Path, out: Path | None, database: Path | None, slug: str) -> int:
    """Write the data of all briefings, as the site publishes it.

    With --briefing, write the statements of one as a table, to change in a spreadsheet and import again.
    """
    if out is None and database is None:
        raise Refused("nothing says where to: add --out DIR, or --sqlite FILE", 2)
    if slug and (out is None or database is not None):
        raise Refused("a table of statements goes into one file: --briefing SLUG --out FILE", 2)
    reading = functools.partial(progress, "reading")
    site, problems = require_site(*load_on_demand(root, article_folders(os.environ), reading))
    if slug and out is not None:
        return _export_table(site, find_briefing(site, problems, slug), out)
    site = log.with_history(site, root)
    if out is not None:
        _export_files(site, out)
    if database is not None:
        rows = write_database(database, _read_documents(site))
        click.echo(f"{database}: {plural(rows, 'row')} in {len(TABLES)} tables")
    errors = [p for p in problems if p.level == "error"]
    return print_problems(errors, "export") if errors else 0


def _export_files(site: Site, out: Path) -> None:
    def write_all(files: Mapping[str, str | bytes]) -> int:
        for name, content in files.items():
            write_file(out / name, content)
        return len(files)

    count, listed = 0, []
    for name in progress("exporting", site.summaries):  # one at a time: all may not fit into memory
        count += write_all(briefing_data(Context(site, site.briefing[name])))
        if site.summaries[name].listed:
            listed.append(json_api.list_briefing(site, name))
    count += write_all(json_api.site_files(site, listed))
    click.echo(f"{out}: {count} files; begin with {out / 'api/v1/index.json'}")


def _read_documents(site: Site) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """The documents of each briefing that the tables of a database are made of, one briefing at a time."""
    for briefing in progress("exporting", site.briefings):
        files = briefing_data(Context(site, briefing))
        yield briefing.slug, {name: json.loads(files[find_path(briefing, name)]) for name in DOCUMENTS}


def _export_table(site: Site, briefing: Briefing, out: Path) -> int:
    lines = json_api.list_statements(site, briefing)
    if out.suffix.lower() == ".csv":
        content = "\ufeff" + tables.render_lines(lines)  # by the mark, spreadsheets know that it is UTF-8
        write_file(out, content)
    elif out.suffix.lower() == ".xlsx":
        cells = [[tables.protect(str(line[column] or "")) for column in tables.STATEMENT_COLUMNS] for line in lines]
        write_file(out, write_workbook(tables.STATEMENT_COLUMNS, cells, briefing.file.title))
    else:
        raise Refused(f'{out}: a table is written as .csv or .xlsx, not as "{out.suffix}"', 2)
    click.echo(f"{out}: {plural(len(lines), 'statement')}")
    click.echo(f"Next: change it, save it, and: synoptic import {out} --briefing {briefing.slug}")
    return 0
