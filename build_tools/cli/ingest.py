"""``ingest``: start a source from an article."""

import re
from pathlib import Path

import click

from build_tools.authoring.ingest import add_source
from build_tools.base.problems import make_printable
from build_tools.cli.common import PATH, command, find_briefing, load_site
from build_tools.model.values import LANGUAGE


def _check_language(context: click.Context, parameter: click.Parameter, value: str) -> str:
    if value and not re.fullmatch(LANGUAGE, value):
        raise click.BadParameter(f"{value!r} is not a language tag, such as en or fr-CA.")
    return value


@command
@click.argument("file", type=PATH)
@click.option("--briefing", "slug", required=True, metavar="SLUG", help="The briefing to add the source to.")
@click.option("--id", "source_id", default="", metavar="ID", help="The source's id.  [default: made from its title]")
@click.option(
    "--lang",
    default="",
    callback=_check_language,
    metavar="LANG",
    help="Its language.  [default: as the file states, or as its words tell]",
)
@click.option("--wrapped", is_flag=True, help="Join the lines of a plain text, and keep it with one paragraph a line.")
def ingest(root: Path, file: Path, slug: str, source_id: str, lang: str, wrapped: bool) -> int:
    """Add an article to a briefing as a source.

    FILE is the article as text (.txt, one paragraph a line), Markdown (.md), HTML (.html),
    PDF, Word, OpenDocument, RTF, EPUB, a mail (.eml) or captions (.srt, .vtt).
    """
    briefing = find_briefing(*load_site(root), slug)
    source = add_source(root, briefing, file, source_id, lang, wrapped=wrapped)
    click.echo(f"{source.path}: {'written' if source.changed else 'nothing to change'}")
    if not source.new:
        return 0
    article = source.article
    for number, (kind, block) in enumerate(zip(article.kinds, article.blocks, strict=True), 1):
        click.echo(make_printable(f"  {number:3} {kind:<13} {block[:60]}"))
    for key in ("title", "author", "outlet", "published", "url", "lang", "licence"):
        click.echo(make_printable(f"  {key}: {getattr(article, key) or 'not stated'}"))
    for note in article.notes:
        click.echo(make_printable(f"note: {note}."))
    from build_tools.suggest import draft  # slow to import

    covered = len(draft.find_covered_blocks(briefing, source.id))
    click.echo(
        f"Fix any wrong kind in that file. Then write claims, and: python -m build_tools lock {slug} --by NAME\n"
        f"covered: {covered} of {len(article.blocks)} paragraphs; "
        f"next: python -m build_tools suggest --briefing {slug} --source {source.id}"
    )
    return 0
