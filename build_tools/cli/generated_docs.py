"""``schema`` and ``rules``: write the generated files that are committed under docs/."""

from pathlib import Path

import click

from build_tools.base.write import write_file
from build_tools.cli.project import load_site, pass_root


@click.command()
@click.option(
    "--out", type=click.Path(path_type=Path), metavar="DIR", help="The folder to write to.  [default: docs/schema]"
)
@pass_root
def schema(root: Path, out: Path | None) -> int:
    """Write the JSON Schemas of the YAML files and the data.

    With them, text editors complete keys and underline mistakes.
    """
    from build_tools.authoring import schema as schemas

    site, _ = load_site(root)
    own, data = (out, out / "data") if out else (root / schemas.FOLDER, root / schemas.DATA)
    texts = {own / name: text for name, text in schemas.render_schemas(site.vocabulary).items()}
    texts |= {data / name: text for name, text in schemas.render_data_schemas(site.vocabulary).items()}
    changed = sum(write_file(path, text) for path, text in texts.items())
    click.echo(f"{len(texts)} schemas, {changed} changed")
    return 0


@click.command()
@click.option(
    "--out",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="The file to write.  [default: docs/contribute/rules.md]",
)
@pass_root
def rules(root: Path, out: Path | None) -> int:
    """Write the page that lists every rule, with examples."""
    from build_tools.check import rules_page

    changed = write_file(out or root / rules_page.PAGE, rules_page.render_page())
    click.echo(f"{len(rules_page.list_rules())} rules{'' if changed else ', unchanged'}")
    return 0
