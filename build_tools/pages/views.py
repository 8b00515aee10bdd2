"""The views that several pages show: records, strings and addresses, which templates encode when they print them."""

from dataclasses import dataclass
from typing import NamedTuple

from markupsafe import Markup

from build_tools.model.records import Claim, Relation, Source, Speaker, Statement
from build_tools.model.site import Lock, LockedQuote, Term


class Link(NamedTuple):
    """A text and its address."""

    text: str
    href: Markup


@dataclass(frozen=True)
class Mark:
    """The symbol of a stance or a silence, its word, and how many statements it counts."""

    symbol: str
    css: Markup
    word: str
    count: int = 1


class StatementView(NamedTuple):
    """A statement: who holds it, in which article, and how it was checked; ``voice`` is whose own text that is."""

    record: Statement
    stance: Term
    holder_id: str
    holder: str
    holder_href: Markup | None
    role: str
    own_voice: bool
    voice: Link | None
    interested: bool
    unnamed: bool
    article: Source
    source: Link
    source_note: str
    mode: str
    entry: LockedQuote | None
    lock: Lock | None
    checked: bool
    block: str
    hedges: str
    claim: Link
    href: Markup
    receipt: Markup


class DetailView(NamedTuple):
    """A figure or an event, as a line beside a claim."""

    kind: str
    text: str
    more: str
    words: str
    anchor: Link | None
    statements: tuple[Link, ...]


class ClaimDates(NamedTuple):
    """When a claim was first stated, last changed and last verified, in words; empty if unknown.

    ``since`` is the ISO date of the last change, empty if nothing changed since publication.
    """

    first: str
    last: str
    history: Markup | None
    verified: str
    since: str


class ClaimView(NamedTuple):
    """A claim with everyone who holds it, by stance, and the sources that are silent, by how they are.

    A line of silences has sources and a note; a relation has its label, the other claim, and what an editor typed.
    """

    record: Claim
    text: str
    kind: str
    verdict: Term
    counts: str
    href: Markup
    groups: tuple[tuple[Term, tuple[StatementView, ...]], ...]
    silences: tuple[tuple[Term, tuple[tuple[tuple[Link, ...], str], ...]], ...]
    relations: tuple[tuple[str, Link, Relation], ...]
    details: tuple[DetailView, ...]
    names: str
    citation: str
    permanent: Markup
    address: str
    report: str
    dates: ClaimDates


class SourceView(NamedTuple):
    """A source in a line or two."""

    record: Source
    name: str
    href: Markup
    small: str
    statements: int
    receipts: Markup


class SpeakerView(NamedTuple):
    """A speaker of a briefing; ``statements`` and ``sources`` are filled only where a page lists them."""

    record: Speaker
    kind: str
    unnamed: bool
    href: Markup
    everywhere: Markup | None
    statements: tuple[StatementView, ...] = ()
    sources: str = ""
