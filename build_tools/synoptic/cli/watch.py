"""``watch``: see whether the pages of sources still have the quotations that were checked."""

import datetime
import os
from collections.abc import Sequence
from pathlib import Path

import click

from synoptic.authoring.watched import add_archive, add_look, is_news, write_watch
from synoptic.base.problems import Refused, filter_problems, make_printable, suggest_nearest
from synoptic.base.write import write_file
from synoptic.cli.common import PATH, command, find_briefing, load_site
from synoptic.compare.watched import Outcome, describe_look
from synoptic.model.records import Source
from synoptic.model.site import Briefing, Site
from synoptic.model.watch import Look
from synoptic.text import encode
from synoptic.web.visitor import Manners, Visitor, name_agent
from synoptic.web.watch import Seen, list_addresses, look_at, save

#: The environment variable with the beginning of the address at which an archive saves pages.
ARCHIVE = "SYNOPTIC_ARCHIVE"


@command
@click.argument("slug", metavar="[SLUG[/SOURCE]]", default="")
@click.option("--archive", is_flag=True, help=f"Let the archive in {ARCHIVE} save pages that have every quotation.")
@click.option("--issues", type=PATH, metavar="DIR", help="Also write a report on each page that changed into DIR.")
@click.option("--pause", type=click.FloatRange(0, 600), default=2.0, show_default=True, metavar="SECONDS",
              help="How long to wait between two requests to a host.")  # fmt: skip
@click.option("--seconds", type=click.FloatRange(0.1, 600), default=30.0, show_default=True, metavar="SECONDS",
              help="How long to wait for an answer.")  # fmt: skip
@click.option("--private", is_flag=True, help="Also ask addresses that lead into a private network.")
def watch(
    root: Path, slug: str, archive: bool, issues: Path | None, pause: float, seconds: float, private: bool
) -> int:
    """See whether pages of sources still have our quotations.

    Asks the address of each source of the briefing SLUG, or of all published ones, and that of its saved copy, and
    tells what became of every quotation. The days and results, but no words of a page, go into sources/ID.watch.yml.
    Besides it only ingest --url and lock --stamp open a connection.
    """
    slug, _, only = slug.partition("/")
    site, problems = load_site(root)
    chosen = [find_briefing(site, problems, slug)] if slug else [one for one in site.briefings if one.listed]
    saving = os.environ.get(ARCHIVE, "")
    if archive and not saving:
        raise Refused(f"{ARCHIVE} is not set; for example: {ARCHIVE}=https://web.archive.org/save/", 2)
    for briefing in chosen:
        if only and only not in briefing.source:
            raise Refused(f'no source "{only}" in {briefing.slug}; {suggest_nearest(only, briefing.source)}')
    visitor = Visitor(Manners(name_agent("watch", site.publication), pause, seconds, private))
    today, asked = datetime.date.today().isoformat(), 0
    waiting: list[tuple[Briefing, Source, list[Seen]]] = []  # until some server answers
    for briefing in chosen:
        broken = [p for p in filter_problems(problems, briefing.slug) if p.level == "error"]
        for source in briefing.sources if not broken else ():
            if only in ("", source.id) and list_addresses(source):
                waiting.append((briefing, source, _look(visitor, site, briefing, source, today)))
                asked += len(waiting[-1][2])
                for one in waiting if visitor.reached else ():
                    _note(root, *one, issues)
                    if archive:
                        _save(root, visitor, *one, saving)
                waiting = [] if visitor.reached else waiting
        if broken:
            click.echo(make_printable(f"{briefing.slug}: it has errors, so its pages were not asked; run: check"))
    if asked and not visitor.reached:
        raise Refused("no address gave any answer, so nothing was noted; is this machine online?")
    click.echo(f"watch: {asked} {'address' if asked == 1 else 'addresses'} asked")
    return 0


def _look(visitor: Visitor, site: Site, briefing: Briefing, source: Source, today: str) -> list[Seen]:
    """The looks at the addresses of a source, each told as soon as it is over."""
    looks = []
    for seen in look_at(visitor, briefing, source, site.vocabulary, today):
        looks.append(seen)
        click.echo(make_printable(f"{briefing.slug}/{source.id}: {_tell(seen)}"))
        for outcome in seen.outcomes:
            click.echo(make_printable(f"  {outcome.id}: {_tell_outcome(outcome)}"))
    return looks


def _tell(seen: Seen) -> str:
    return f"{describe_look(seen.look)}{f': {seen.why}' if seen.why else ''}"


def _tell_outcome(outcome: Outcome) -> str:
    told = {"there": "still there", "changed": f"changed: {outcome.why}", "gone": "gone"}
    return told[outcome.state]


def _note(root: Path, briefing: Briefing, source: Source, looks: Sequence[Seen], issues: Path | None) -> None:
    """Write what was found, and a report if a page changed for the worse."""
    watch = briefing.watches.get(source.id)
    for seen in looks:
        if issues and is_news(watch, seen.look) and _is_loss(seen.look):
            name = f"{briefing.slug}--{source.id}.md"
            write_file(issues / name, _write_issue(briefing, source, seen))
        watch = add_look(watch, seen.look)
    if watch and looks:
        write_watch(root, briefing.slug, source.id, watch)


def _is_loss(look: Look) -> bool:
    """Whether readers who follow our link no longer find what we quote."""
    return look.at == "page" and (look.answer in ("wall", "missing") or bool(look.changed or look.gone))


def _write_issue(briefing: Briefing, source: Source, seen: Seen) -> str:
    """A report for an issue: its first line is the title. All that a page or a contributor typed is inert in it."""
    name, look = f"{briefing.slug}/{source.id}", seen.look
    rows = [f"- <code>{outcome.id}</code>: {_tell_outcome(_inert_outcome(outcome))}" for outcome in seen.outcomes
            if outcome.state != "there"]  # fmt: skip
    told = f"On {look.day}, {describe_look(look)}."
    return "\n".join([
        f"The page of {name} changed", "",
        told, "", *rows, *([""] if rows else []),
        f"The address that was asked: <code>{_inert(look.address)}</code>", "",
        "An edit does not make a quotation wrong. Look at the page, then:", "",
        f"1. Run `synoptic watch {name}` and commit the `.watch.yml` file: the page of the source then "
        "says what happened, and so does the feed.",
        "2. If the article is another one now, save the new text and run "
        f"`synoptic ingest FILE --briefing {briefing.slug} --id {source.id} --version`.",
        "3. If the article took a statement back, say so in a note on the claim.", "",
    ])  # fmt: skip


def _inert_outcome(outcome: Outcome) -> Outcome:
    """The same with the words of the page made inert."""
    return outcome._replace(why=f"<code>{_inert(outcome.why)}</code>")


def _inert(text: str) -> str:
    return str(encode.text(make_printable(text).replace("\n", " ")))


def _save(
    root: Path, visitor: Visitor, briefing: Briefing, source: Source, looks: Sequence[Seen], archive: str
) -> None:
    """Let an archive save the page of a source that has no saved copy yet, if the page still has every quotation."""
    page = next((seen.look for seen in looks if seen.look.at == "page"), None)
    if source.archive or page is None or source.url is None:
        return
    name = f"{briefing.slug}/{source.id}"
    if page.answer != "read" or page.there < page.quotations:
        click.echo(f"{name}: not saved, as the page no longer has every quotation")
        return
    try:
        address = save(visitor, archive, source.url)
        add_archive(root, briefing.slug, source.id, address, page.day)
        click.echo(make_printable(f"{name}: saved at {address}"))
    except Refused as refusal:
        click.echo(make_printable(f"{name}: not saved: {refusal}"))
