"""``suggest``: propose claims and statements that a briefing lacks."""

from pathlib import Path

import click

from build_tools.base.problems import Refused, make_printable
from build_tools.base.write import refuse_link, write_file
from build_tools.cli.common import command, find_briefing, load_site
from build_tools.suggest import draft, listing, statements


@command
@click.option("--briefing", "slug", required=True, metavar="SLUG", help="The briefing to add to.")
@click.option("--source", "source_id", metavar="ID", help="Read only this source.  [default: all whose text is here]")
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "yaml", "json"]),
    default="text",
    show_default=True,
    help="yaml goes into drafts/, which Git ignores.",
)
def suggest(root: Path, slug: str, source_id: str | None, form: str) -> int:
    """Propose statements that a briefing does not have yet."""
    site, problems = load_site(root)
    briefing = find_briefing(site, problems, slug)
    if source_id is not None and source_id not in briefing.source:
        known = ", ".join(briefing.source) or "none yet"
        raise Refused(f'there is no source "{source_id}" in {slug} (known: {known})')
    chosen = [s for s in briefing.sources if source_id in (None, s.id)]
    missing = [s.id for s in chosen if s.id not in briefing.texts]
    if missing:
        message = (
            f"the text of {', '.join(missing)} is missing; put it, unaltered, into briefings/{slug}/articles/, "
            "or into a folder that SYNOPTIC_ARTICLES names"
        )
        if len(missing) == len(chosen):
            raise Refused(message)
        click.echo(make_printable(message), err=True)
    chosen = [s for s in chosen if s.id in briefing.texts]
    suggestions = [s for s in draft.suggest(briefing, site) if s.source in {source.id for source in chosen}]
    if form == "json":
        text = listing.render_json(suggestions)
    elif form == "yaml":
        text = _write_draft(root, source_id or slug, statements.render_yaml(briefing, site, suggestions))
    else:
        text = make_printable(listing.render_text(briefing, chosen, suggestions))
    click.echo(text, nl=False)
    return 0


def _write_draft(root: Path, name: str, text: str) -> str:
    """Write a draft into a folder that tells Git to ignore it; return what to print."""
    folder = root / "drafts"
    refuse_link(folder)
    write_file(folder / ".gitignore", "# drafts hold words of articles\n*\n")
    path = folder / f"{name}.yml"
    write_file(path, text)
    return f"{path.relative_to(root).as_posix()}: written; paste from it what you want into claims/<topic>.yml\n"
