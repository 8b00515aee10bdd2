"""``new``: start a briefing."""

from pathlib import Path

import click

from build_tools.authoring import scaffold
from build_tools.base.problems import Refused
from build_tools.base.write import create_folder, write_file
from build_tools.cli.project import pass_root
from build_tools.model.values import id_fault


@click.command()
@click.argument("slug")
@pass_root
def new(root: Path, slug: str) -> int:
    """Start a briefing as a draft.

    SLUG is the name of its folder: lowercase letters, digits and hyphens.
    """
    if fault := id_fault(slug):
        raise Refused(f'the name "{slug}" {fault}')
    folder = root / "briefings" / slug
    if folder.exists():
        raise Refused(f"briefings/{slug} exists already; nothing was changed")
    with create_folder(folder, root) as part:  # an unfinished folder in briefings/ would be read as a briefing
        for name, content in scaffold.briefing_files(slug).items():
            write_file(part / name, content)
        for name in ("sources", "claims"):
            (part / name).mkdir()
    click.echo(f"briefings/{slug}/ is now a draft. Next:")
    click.echo(f"  python -m build_tools ingest FILE --briefing {slug}    (for each article)")
    return 0
