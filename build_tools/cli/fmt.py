"""``fmt``: format the YAML that people write."""

from pathlib import Path

import click

from build_tools.authoring import layout
from build_tools.base.problems import Problem, Refused, sort_problems
from build_tools.base.write import write_file
from build_tools.cli.output import print_problems
from build_tools.cli.project import pass_root
from build_tools.load.load import written_files
from build_tools.model.values import id_fault


@click.command()
@click.argument("slugs", nargs=-1, metavar="[SLUG]...")
@click.option("--check", is_flag=True, help="Change nothing; exit with 1 if a file would change.")
@pass_root
def fmt(root: Path, slugs: tuple[str, ...], check: bool) -> int:
    """Format the YAML files: one layout for all.

    SLUG is a briefing. Without one, all briefings, the speakers and the vocabulary are formatted.
    """
    for slug in slugs:
        if id_fault(slug) or not (root / "briefings" / slug).is_dir():
            raise Refused(f'there is no briefing "{slug}"; nothing was changed')
    problems: list[Problem] = []
    changed = 0
    for path in written_files(root, slugs):
        shown, data = path.relative_to(root).as_posix(), path.read_bytes()
        try:
            formatted = layout.format_yaml(data, shown)
        except layout.Unformattable as fault:
            problems.extend(fault.problems)
            continue
        if formatted.encode() != data:
            changed += 1
            click.echo(f"{shown}: {'is not in its canonical form' if check else 'put into its canonical form'}")
            if not check:
                write_file(path, formatted)
    if check and changed:
        click.echo("run: python -m build_tools fmt")
    code = print_problems(sort_problems(problems), f"fmt ({changed} {'to change' if check else 'changed'})")
    return code or int(check and changed > 0)
