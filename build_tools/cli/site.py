"""``site``: build the site."""

from pathlib import Path

import click

from build_tools.base.problems import Refused
from build_tools.cli.project import pass_root
from build_tools.site import preview, swap


@click.command()
@pass_root
def site(root: Path) -> int:
    """Build the site in site/.

    It is built in another folder and replaces the last one in a single step.
    """
    if root.resolve() != preview.HOME:
        raise Refused(
            f"a build runs the code in the project's folder, so only our own is built: {preview.HOME}. "
            "For somebody else's briefings, use preview"
        )
    try:
        swap.publish(root)
    except KeyboardInterrupt:
        click.echo("stopped; the site is still the one before", err=True)
        return 130
    click.echo(f"built: {root / swap.SITE}")
    return 0
