"""``lock``: check every quotation against the texts at hand and record it."""

import datetime
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from types import MappingProxyType

import click

from synoptic.authoring.ingest import read_file
from synoptic.authoring.lock import check_texts, countersign, write_locks
from synoptic.authoring.register import write_register
from synoptic.authoring.sign import Proving, find_key
from synoptic.authoring.sign import sign as make_signature
from synoptic.authoring.statement_ids import write_ids
from synoptic.base.problems import Refused, filter_problems, make_printable, sort_problems, suggest_nearest
from synoptic.check.quotations import check_copy, describe_room
from synoptic.check.registry import check_briefing
from synoptic.cli.common import (
    LINE,
    PATH,
    command,
    find_briefing,
    find_git_name,
    load_site,
    print_problems,
    progress,
)
from synoptic.compare import ids
from synoptic.compare.ids import SORTS
from synoptic.load.files import Disk
from synoptic.load.load import read_shared
from synoptic.load.signatures import Verifier
from synoptic.model.lock import Lock
from synoptic.model.site import UNREADABLE, Briefing, Site
from synoptic.text.english import join_words, plural
from synoptic.text.match import Text
from synoptic.web.stamp import fetch_stamp, require_server

RULES = ("quotation", "left-out", "out-of-context", "searched", "signature")  # the rules whose problems lock prints


@command
@click.argument("slug", metavar="[SLUG[/SOURCE]]", default="")
@click.option(
    "--by", type=LINE, metavar="NAME", default="", help="Your name, as the checker.  [default: user.name in Git]"
)
@click.option("--sign", is_flag=True, help="Sign with your SSH key, so that nobody else can give your name.")
@click.option(
    "--key", type=PATH, metavar="FILE", help="That key.  [default: the one that signs your commits, or of ~/.ssh]"
)
@click.option("--stamp", is_flag=True, help="Have a time-stamping server witness the day. It gets a hash, no text.")
@click.option("--server", metavar="URL", default="", help="That server.  [default: stamp_server in mkdocs.yml]")
@click.option("--against", type=PATH, metavar="FILE", help="Check SOURCE as a second reader, in your own copy of it.")
def lock(
    root: Path, slug: str, by: str, sign: bool, key: Path | None, stamp: bool, server: str, against: Path | None
) -> int:
    """Record which quotations you checked, and in which texts.

    Compares every quotation of the briefing SLUG, or of all briefings, with the articles on this machine. New words
    are signed with your name; a statement without an id gets one. Name a SOURCE that you read as a second reader: your
    name is added to those of others.
    """
    slug, _, again = slug.partition("/")
    site, load_problems = load_site(root)
    signer, today = by or find_git_name(root), datetime.date.today().isoformat()
    how = Proving(
        sign=partial(make_signature, find_key(root, key)) if sign or key else None,
        stamp=partial(fetch_stamp, require_server(server or site.publication.stamp_server)) if stamp else None,
    )
    if against:
        if not again:
            raise Refused("name the source that you read: synoptic lock SLUG/SOURCE --against FILE")
        return _countersign(root, site, find_briefing(site, load_problems, slug), again, against, signer, how)
    problems = filter_problems(load_problems, slug or None)
    chosen = [find_briefing(site, load_problems, slug)] if slug else list(site.briefings)
    if _write_ids(root, chosen):  # each place behind one of them has moved
        site, load_problems = load_site(root)
        problems = filter_problems(load_problems, slug or None)
        chosen = [site.briefing[briefing.slug] for briefing in chosen]
    verifier = Verifier(read_shared(Disk(root)).trust)
    # All are checked before any line is printed, which would share the terminal's line with the progress.
    faulty = {problem.place.path for problem in problems}
    for checked in [check_texts(root, briefing, site, faulty) for briefing in progress("locking", chosen)]:
        briefing = checked.briefing
        _require_source(briefing, again)
        signed = write_locks(root, checked, signer, today, again, how)
        locks = {**briefing.locks, **{name: new for name, (new, _) in signed.items()}}
        locked = replace(briefing, locks=locks, verified=verifier.verify(briefing.slug, locks))
        for line in _describe(briefing, locked, site, signed, by, again, checked.left):
            click.echo(make_printable(line))
        written = {f"briefings/{briefing.slug}/sources/{name}.lock" for name in signed}
        if checked.readable and (register := write_register(root, locked)):
            click.echo(f"{briefing.slug}/{ids.FILE}: {sum(len(getattr(register, sort)) for sort in SORTS)} ids")
            written.add(f"briefings/{briefing.slug}/{ids.FILE}")
        problems = [problem for problem in problems if problem.place.path not in written]  # as it was before
        problems += [p for p in check_briefing(locked, site) if p.rule in RULES]
    return print_problems(sort_problems(problems), "lock")


def _require_source(briefing: Briefing, name: str) -> None:
    """Refuse a source that a briefing lacks; "" stands for all."""
    if name and name not in briefing.source:
        raise Refused(f'no source "{name}" in {briefing.slug}; {suggest_nearest(name, briefing.source)}')


def _countersign(root: Path, site: Site, briefing: Briefing, name: str, copy: Path, by: str, how: Proving) -> int:
    """Add ``by`` to the readers of a source if all its quotations are in their copy."""
    _require_source(briefing, name)
    if not by:
        raise Refused(f"give your name: synoptic lock {briefing.slug}/{name} --against FILE --by NAME")
    source = briefing.source[name]
    if misses := check_copy(briefing, source, Text(read_file(copy)[1].blocks), site):
        click.echo(make_printable(f"{briefing.slug}/{name}: left as it was, since quotations are missing in {copy}"))
        return print_problems(misses, "lock --against")
    new = countersign(root, briefing, source, copy, by, datetime.date.today().isoformat(), how)
    locked = replace(briefing, locks={**briefing.locks, name: new})
    locked = replace(locked, verified=Verifier(read_shared(Disk(root)).trust).verify(briefing.slug, locked.locks))
    for line in _describe(briefing, locked, site, {name: (new, True)}, by, name):
        click.echo(make_printable(line))
    return print_problems([p for p in check_briefing(locked, site) if p.rule in RULES], "lock")


def _write_ids(root: Path, briefings: Sequence[Briefing]) -> bool:
    """Write the ids of statements that were typed without; whether there were any."""
    found = False
    for briefing in briefings:
        for path, count in write_ids(root, briefing).items() if UNREADABLE not in briefing.broken else ():
            click.echo(make_printable(f"{path}: {plural(count, 'id')} written, permanent once merged"))
            found = True
    return found


def _describe(
    before: Briefing,
    briefing: Briefing,
    site: Site,
    signed: Mapping[str, tuple[Lock, bool]],
    by: str,
    again: str,
    left: Mapping[str, str] = MappingProxyType({}),
) -> Iterator[str]:
    """A line for each source: whose lock it is now, and whether it changed. ``left`` are those that a file which cannot
    be read names."""
    for source in briefing.sources:
        if again not in ("", source.id):
            continue
        name = f"{briefing.slug}/{source.id}"
        if source.id in left:
            yield f"{name}: left as it was, since {left[source.id]} names it and cannot be read"
            continue
        if source.id not in signed:
            yield f"{name}: its text is missing; left as it was"
            continue
        new, written = signed[source.id]
        if by and by not in [reader.name for reader in new.readers]:
            yield f"{name}: nothing new, so {new.checked_by} remains its checker; to add yourself: lock {name} --by"
        results = briefing.verified.get(source.id, {})
        marks = {one: ", signed" for one, result in results.items() if result.signature == "fits"}
        readers = join_words([f"{one.name} on {one.day}{marks.get(one.name, '')}" for one in new.readers])
        checked_by = f"checked by {readers}{'' if written else ' (unchanged)'}"
        yield f"{name}: {plural(len(new.quotes), 'quotation')}, {checked_by}{describe_room(briefing, source, site)}"
        old = before.locks.get(source.id)
        for lost in {proof.name for proof in (old.proofs if old else ())} - {proof.name for proof in new.proofs}:
            yield f"{name}: what {lost} signed is not what the lock says now; sign again: lock {name} --sign"
