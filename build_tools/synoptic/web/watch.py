"""Looks at the page of a source, and at its saved copy, for the quotations that were checked; asks an archive to save
a page."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from http import HTTPStatus
from pathlib import PurePosixPath
from urllib.parse import urlsplit

from synoptic.base.problems import Refused
from synoptic.compare.quotations import list_quotations
from synoptic.compare.watched import Outcome, Sought, seek
from synoptic.load.files import most_bytes
from synoptic.model.records import Source
from synoptic.model.site import Briefing
from synoptic.model.values import is_url
from synoptic.model.vocabulary import Vocabulary
from synoptic.model.watch import Answer, At, Look
from synoptic.web.fetch import join_address
from synoptic.web.judge import Fetched, Judged, find_suffix, judge
from synoptic.web.visitor import Visitor

#: The answers of servers that keep readers out, and those that know no such page.
WALLS = (401, 402, 403, 407, 429, 451)
MISSING = (404, 410)


@dataclass(frozen=True)
class Seen:
    """A look, the reason for its answer, and what became of each quotation that could be seen."""

    look: Look
    why: str
    outcomes: Sequence[Outcome]


def list_addresses(source: Source) -> list[tuple[At, str]]:
    """The addresses of a source that can be asked."""
    named: list[tuple[At, str | None]] = [("page", source.url), ("archive", source.archive)]
    return [(at, address) for at, address in named if address]


def look_at(visitor: Visitor, briefing: Briefing, source: Source, vocabulary: Vocabulary, today: str) -> Iterator[Seen]:
    """A look at each address of a source that has quotations."""
    sought, markers = seek(list_quotations(briefing, source.id)), sorted(vocabulary.markers_of(source.lang).all)
    for at, address in list_addresses(source) if sought else ():
        found, end = visitor.follow(address)
        if found.status == HTTPStatus.OK:
            judged = _judge(Fetched(address, end, found.type, found.body), sought, source.lang, markers)
        else:
            answer: Answer = "wall" if found.status in WALLS else "missing" if found.status in MISSING else "unread"
            judged = Judged(answer, found.fault, ())
        by_state: dict[str, list[str]] = {"there": [], "changed": [], "gone": []}
        for outcome in judged.outcomes:
            by_state[outcome.state].append(outcome.id)
        look = Look(
            at=at,
            address=address,
            first=today,
            day=today,
            answer=judged.answer,
            status=None if found.status in (0, HTTPStatus.OK) else found.status,
            quotations=len(sought),
            there=len(by_state["there"]),
            changed=tuple(by_state["changed"]),
            gone=tuple(by_state["gone"]),
        )
        yield Seen(look, judged.why, judged.outcomes)


def _judge(page: Fetched, sought: Sequence[Sought], lang: str, markers: Sequence[str]) -> Judged:
    suffix = find_suffix(page)
    most = most_bytes(PurePosixPath(f"x{suffix}"))
    if not suffix:
        return Judged("unread", "it is of a kind that nothing here reads", ())
    if len(page.body) > most:
        return Judged("unread", f"it is larger than {most:,} bytes", ())
    return judge(page, suffix, sought, lang, markers)


def save(visitor: Visitor, archive: str, address: str) -> str:
    """Ask an archive to save a page, at an address that begins with ``archive``. Returns the address of the saved copy.
    Raises Refused if the archive names none."""
    asked = archive + address
    if not is_url(asked):
        raise Refused(f'"{archive}" is not the beginning of a web address')
    found, end = visitor.follow(asked, robots=False)  # it exists to be asked by programs
    if found.fault or found.status != HTTPStatus.OK:
        raise Refused(f"the archive did not save it: {found.fault or f'its answer was {found.status}'}")
    named = join_address(end, found.content_location) if found.content_location else end
    same = urlsplit(named).hostname == urlsplit(archive).hostname
    if not is_url(named) or named == asked or not same or named.startswith(archive):
        raise Refused("the archive does not say where it saved it")
    return named
