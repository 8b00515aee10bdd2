"""``new`` and ``fmt``: the YAML that people write. ``schema`` and ``rules``: the generated files under docs/."""

from pathlib import Path

import click

from synoptic.authoring import layout
from synoptic.authoring import schema as schemas
from synoptic.authoring.start import start_briefing
from synoptic.base.problems import Problem, Refused, sort_problems, suggest_nearest
from synoptic.base.write import write_file
from synoptic.check import rules_page
from synoptic.cli.common import PATH, command, load_site, print_problems
from synoptic.load.load import written_files
from synoptic.model.values import id_fault
from synoptic.proposals import json_schema


@command
@click.argument("slug")
def new(root: Path, slug: str) -> int:
    """Start a briefing as a draft.

    SLUG is the name of its folder: lowercase letters, digits and hyphens.
    """
    start_briefing(root, slug)
    click.echo(f"briefings/{slug}/ is now a draft. Next:")
    click.echo(f"  synoptic ingest FILE --briefing {slug}    (for each article)")
    return 0


@command
@click.argument("slugs", nargs=-1, metavar="[SLUG]...")
@click.option("--check", is_flag=True, help="Change nothing; exit with 1 if a file would change.")
def fmt(root: Path, slugs: tuple[str, ...], check: bool) -> int:
    """Format the YAML files: one layout for all.

    SLUG is a briefing. Without one, all briefings and the shared speakers are formatted.
    """
    for slug in slugs:
        if id_fault(slug) or not (root / "briefings" / slug).is_dir():
            tip = suggest_nearest(slug, (path.parent.name for path in (root / "briefings").glob("*/briefing.yml")))
            raise Refused(f'there is no briefing "{slug}": {tip}; nothing was changed')
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
            click.echo(f"{shown}: {'is not in' if check else 'put into'} its canonical form")
            if not check:
                write_file(path, formatted)
    if check and changed:
        click.echo("run: synoptic fmt")
    code = print_problems(sort_problems(problems), f"fmt ({changed} {'to change' if check else 'changed'})")
    return code or int(check and changed > 0)


@command
@click.option("--out", type=PATH, metavar="DIR", help="The folder to write to.  [default: docs/schema]")
def schema(root: Path, out: Path | None) -> int:
    """Write the JSON Schemas of files, data and proposals.

    With them, text editors complete keys and underline mistakes.
    """
    site, _ = load_site(root)
    own, data = (out, out / "data") if out else (root / schemas.FOLDER, root / schemas.DATA)
    texts = {own / name: text for name, text in schemas.render_schemas(site.vocabulary).items()}
    texts |= {data / name: text for name, text in schemas.render_data_schemas(site.vocabulary).items()}
    proposals = out / Path(json_schema.PATH).name if out else root / json_schema.PATH
    texts[proposals] = json_schema.render_schema(site.vocabulary)
    changed = sum(write_file(path, text) for path, text in texts.items())
    click.echo(f"{len(texts)} schemas, {changed} changed")
    return 0


@command
@click.option("--out", type=PATH, metavar="FILE", help="The file to write.  [default: docs/contribute/rules.md]")
def rules(root: Path, out: Path | None) -> int:
    """Write the page that lists every rule, with examples."""
    changed = write_file(out or root / rules_page.PAGE, rules_page.render_page())
    click.echo(f"{len(rules_page.list_rules())} rules{'' if changed else ', unchanged'}")
    return 0
