"""``ingest``: start a source from an article."""

import dataclasses
import datetime
import re
import sys
from pathlib import Path

import click

from synoptic.article.article import Article
from synoptic.authoring.ingest import PASTED, Wish, add_source, read_pasted
from synoptic.authoring.versions import add_version
from synoptic.base.problems import Refused, make_printable
from synoptic.cli.common import command, find_briefing, load_site
from synoptic.model.site import Briefing, Site
from synoptic.model.values import LANGUAGE
from synoptic.text.tables import find_tables
from synoptic.web.page import fetch_article, stem_of
from synoptic.web.visitor import Manners, Visitor, name_agent


def _check_language(context: click.Context, parameter: click.Parameter, value: str) -> str:
    if value and not re.fullmatch(LANGUAGE, value):
        raise click.BadParameter(f"{value!r} is not a language tag, such as en or fr-CA.")
    return value


@command
@click.argument("given", metavar="[FILE]", default="")
@click.option("--url", default="", metavar="ADDRESS", help="Fetch the page at ADDRESS instead of reading a FILE.")
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
@click.option("--replace", is_flag=True, help="Take a better copy although the source's file was edited.")
@click.option("--partial", is_flag=True, help="Take a copy that is only a part of the article.")
@click.option("--private", is_flag=True, help="Let ADDRESS lead into a private network.")
@click.option("--version", is_flag=True, help="Compare FILE, a later version of the source ID, and note it.")
def ingest(
    root: Path,
    given: str,
    url: str,
    slug: str,
    source_id: str,
    lang: str,
    wrapped: bool,
    replace: bool,
    partial: bool,
    private: bool,
    version: bool,
) -> int:
    """Add an article to a briefing as a source.

    FILE is the article as text (.txt, one paragraph a line), Markdown (.md), HTML (.html),
    PDF, Word, OpenDocument, RTF, EPUB, a mail (.eml) or captions (.srt, .vtt ...).
    A hyphen (-) reads a copied text from standard input; --url fetches one page, as its robots.txt allows.
    """
    if re.match(r"[A-Za-z][A-Za-z0-9+.-]+://|www\.", given):
        raise Refused(
            f"{given}: this is an address, not a file; to fetch that page, write --url before it; or save it from your "
            "browser as HTML only, then ingest the file", 2
        )  # fmt: skip
    if bool(given) == bool(url):
        raise Refused("name a FILE, or give the --url of a page" + (", not both" if url else ""), 2)
    site, problems = load_site(root)
    briefing = find_briefing(site, problems, slug)
    if version:
        if not source_id or url or given == "-" or lang or wrapped or replace or partial:
            raise Refused("--version takes a FILE and the --id of the source, and no other option", 2)
        return _compare_version(root, site, briefing, source_id, Path(given))
    wish = Wish(source_id, lang, wrapped, replace, partial)
    if url:
        visitor = Visitor(Manners(name_agent("ingest", site.publication), pause=0, private=private))
        page, suffix = fetch_article(visitor, url, partial=partial)
        wish = dataclasses.replace(wish, url=page.url)
        source = add_source(root, briefing, Path(f"{stem_of(page.url)}{suffix}"), wish, page.body)
    elif given == "-":
        source = add_source(root, briefing, PASTED, wish, read_pasted(sys.stdin.buffer))
    else:
        source = add_source(root, briefing, Path(given), wish)
    click.echo(f"{source.path}: {'written' if source.changed else 'nothing to change'}")
    if not source.new:
        return 0
    article = source.article
    body = _list_paragraphs(article, site)
    for key in ("title", "author", "outlet", "published", "url", "lang", "licence"):
        click.echo(make_printable(f"  {key}: {getattr(article, key) or 'not stated'}"))
    for note in article.notes:
        click.echo(make_printable(f"note: {note}."))
    click.echo(
        f"Fix any wrong kind in that file. Then write claims, and: synoptic lock {slug} --by NAME\n"
        f"covered: 0 of {body} body paragraphs; "
        f"next: synoptic suggest --briefing {slug} --source {source.id}"
    )
    return 0


def _list_paragraphs(article: Article, site: Site) -> int:
    """Print each paragraph's kind and first words, a table as one; return how many are body."""
    counted = {n for n, kind in enumerate(article.kinds, 1) if site.vocabulary.get("blocks", kind).counts}
    tables = dict(find_tables(article.blocks, counted))
    rows = {n for first, last in tables.items() for n in range(first + 1, last + 1)}
    for number, (kind, block) in enumerate(zip(article.kinds, article.blocks, strict=True), 1):
        if number not in rows:
            more = f"  (and {tables[number] - number} more rows of this table)" if number in tables else ""
            click.echo(make_printable(f"  {number:3} {kind:<13} {block[:60]}{more}"))
    return len(counted - rows)


def _compare_version(root: Path, site: Site, briefing: Briefing, source_id: str, path: Path) -> int:
    """Tell how a later version differs from the locked one, and note it."""
    later = add_version(root, briefing, source_id, path, site.vocabulary, datetime.date.today().isoformat())
    for outcome in later.outcomes:
        if outcome.state != "there":
            click.echo(make_printable(f"  {outcome.id}: {outcome.state}{f': {outcome.why}' if outcome.why else ''}"))
    for what, numbers in later.paragraphs._asdict().items():
        for number in numbers:
            where = "the locked text" if what == "gone" else "this version"
            click.echo(f"  paragraph {number} of {where}: {what}")
    click.echo(f"{later.note}\n{later.path}: {'noted under versions' if later.written else 'noted already'}")
    return 0
