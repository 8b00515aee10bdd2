"""The views that several pages show: plain strings and addresses, which templates encode when they print them."""

from dataclasses import dataclass
from typing import NamedTuple

from markupsafe import Markup

from build_tools.model.site import Term


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
    """A statement: who holds it, in which words, in which article, and how it was checked."""

    id: str
    stance: Term
    stance_class: Markup
    holder_id: str
    holder: str
    holder_href: Markup | None
    role: str
    own_voice: bool
    voice: Link | None
    interested: bool
    unnamed: bool
    source_id: str
    source: Link
    source_note: str
    via: str
    mode: str
    quote: str
    translation: str
    lang: str
    marked: bool
    checked: bool
    checked_by: str
    checked_on: str
    paragraph: int
    block: str
    hedges: str
    note: str
    claim: Link
    href: Markup
    receipt: Markup
    was: tuple[str, ...]


class StanceGroup(NamedTuple):
    """The statements on a claim that take one stance."""

    stance: Term
    css: Markup
    statements: tuple[StatementView, ...]


class SilenceGroup(NamedTuple):
    """The sources without a statement on a claim that are silent in one way; each line has sources and a note."""

    state: Term
    css: Markup
    lines: tuple[tuple[tuple[Link, ...], str], ...]


class RelationView(NamedTuple):
    """A related claim; ``real`` is False if the two differ in scope or time only."""

    label: str
    claim: Link
    why: str
    real: bool


class DetailView(NamedTuple):
    """A figure or an event, as a line beside a claim."""

    kind: str
    text: str
    more: str
    words: str
    anchor: Link | None
    statements: tuple[Link, ...]


class ReplyView(NamedTuple):
    """A published reply to a claim."""

    by: str
    on: str
    text: str
    url: str


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
    """A claim with everyone who holds it."""

    id: str
    text: str
    kind_id: str
    kind: str
    verdict: Term
    css: Markup
    counts: str
    href: Markup
    groups: tuple[StanceGroup, ...]
    silences: tuple[SilenceGroup, ...]
    relations: tuple[RelationView, ...]
    details: tuple[DetailView, ...]
    replies: tuple[ReplyView, ...]
    note: str
    names: str
    citation: str
    permanent: Markup
    address: str
    report: str
    was: tuple[str, ...]
    dates: ClaimDates


class SourceView(NamedTuple):
    """A source in a line or two."""

    id: str
    name: str
    href: Markup
    title: str
    small: str
    about: str
    url: str
    statements: int
    receipts: Markup


class SpeakerView(NamedTuple):
    """A speaker of a briefing; ``statements`` and ``sources`` are filled only where a page lists them."""

    id: str
    name: str
    kind: str
    role: str
    interest: str
    unnamed: bool
    href: Markup
    everywhere: Markup | None
    statements: tuple[StatementView, ...] = ()
    sources: str = ""
