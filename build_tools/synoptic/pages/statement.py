"""A statement as pages show it: who holds it, in which article and words, and whether these were checked. Pure."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from markupsafe import Markup

from synoptic.compare.quotations import find_hedges, find_mode
from synoptic.compare.statements import find_block_kind
from synoptic.compare.verdicts import DRAMATISED
from synoptic.model.lock import Lock, LockedQuote, Reader
from synoptic.model.records import Claim, Event, Figure, Source, Statement
from synoptic.model.values import UNKNOWN
from synoptic.model.vocabulary import Term
from synoptic.pages.context import Context, Link, once
from synoptic.pages.foreign import in_language
from synoptic.text.brackets import split_ours
from synoptic.text.language import enquote, format_date, gettext, join_list, join_words
from synoptic.text.spoken import weave


class StatementView(NamedTuple):
    """A statement: who holds it, in which article, and how it was checked; ``voice`` is whose own text that is.

    ``sign`` is its stance, or the mode of speech that the article imagines, which counts for nobody. ``hidden`` is
    ``unnamed`` or, of a document that nobody shows, ``not shown``; empty of all others. ``mode`` is empty if the
    article speaks for itself. ``how`` says how the article carries it, ``rest`` where and about what; ``quoted`` has
    the words with the article's quotation marks, ``place`` the paragraph. ``by`` names those who checked it, if they
    are not all who checked its article. ``ours`` is the language of our own words in its briefing.
    """

    record: Statement
    stance: Term
    sign: Term
    holder_id: str
    holder: str
    holder_href: Markup | None
    own_voice: bool
    voice: Link | None
    unnamed: bool
    hidden: str
    article: Source
    source: Link
    source_note: str
    mode: str
    entry: LockedQuote | None
    lock: Lock | None
    checked: bool
    by: str
    block: str
    how: str
    rest: str
    hedges: str
    quoted: str
    pieces: Sequence[tuple[str, bool]]
    claim: Link
    href: Markup
    place: str
    receipt: Markup
    ours: str


def describe_readers(readers: Iterable[Reader]) -> str:
    """``A on 12 March 2031 and B on 13 March 2031``."""
    return join_words(
        [gettext("%(name)s on %(day)s", name=reader.name, day=format_date(reader.day)) for reader in readers]
    )


@once
def describe_checks(context: Context) -> str:
    """Who compared the articles with their copies, and when: ``by A on 12 March 2031``; "" if nobody did."""
    readers = [lock.readers for lock in context.briefing.locks.values() if lock.checked_by]
    signed = {describe_readers(some) for some in readers}
    if len(signed) < 2:
        return "".join(gettext("by %(names)s", names=names) for names in signed)
    names = join_words(list(dict.fromkeys(one.name for some in readers for one in some)))
    days = sorted({one.day for some in readers for one in some})
    first, last = format_date(days[0]), format_date(days[-1])
    if len(days) > 1:
        return gettext("by %(names)s between %(first)s and %(last)s", names=names, first=first, last=last)
    return gettext("by %(names)s on %(day)s", names=names, day=first)


@once
def statement_view(context: Context, claim: Claim, statement: Statement) -> StatementView:
    """A statement on ``claim``. Its source must be known."""
    briefing, vocabulary = context.briefing, context.vocabulary
    source = briefing.source[statement.source]
    entry, lock = briefing.locked(statement), briefing.locks.get(source.id)
    matches = briefing.checked_entry(statement) is not None
    speaker = context.speakers.get(statement.speaker or "")
    voice = None if statement.speaker else context.site.speaker.get(source.voice or "")
    mode = find_mode(statement, entry)
    block = find_block_kind(briefing, statement)
    source_link = context.source_link(source)
    stance, own = vocabulary.get("stances", statement.stance), briefing.own_speakers.get(statement.speaker or "")
    hidden = "" if own is None else gettext("not shown") if own.kind == "document" else gettext("unnamed")
    kind = "" if block == "body" else vocabulary.get("blocks", block).label
    manner = vocabulary.get("modes", mode).label if mode else ""
    remarks = [
        kind,
        gettext("via %(channel)s", channel=statement.via) if statement.via else "",
        gettext("about %(what)s", what=statement.of) if statement.of else "",
        gettext("interested party") if any(person.interest for person in (speaker, voice) if person) else "",
    ]
    return StatementView(
        record=statement,
        stance=stance,
        sign=vocabulary.get("modes", mode) if mode == DRAMATISED else stance,
        holder_id=statement.speaker or (voice.id if voice else ""),
        holder=speaker.name if speaker else statement.speaker or source.name,
        holder_href=context.speaker_address(speaker.id) if speaker else None if statement.speaker else source_link.href,
        own_voice=statement.speaker is None,
        voice=Link(voice.name, context.speaker_address(voice.id)) if voice else None,
        unnamed=own is not None,
        hidden=hidden,
        article=source,
        source=source_link,
        source_note=format_published(source),
        mode=mode or "",
        entry=entry,
        lock=lock,
        checked=matches and bool(lock and lock.checked_by),
        by=describe_readers(lock.readers_of(entry)) if lock and entry and entry.by else "",
        block=kind,
        how=join_list(filter(None, [hidden, manner])) or gettext("in its own voice"),
        rest=join_list(["", *filter(None, remarks)]),
        hedges=quote_words(find_hedges(vocabulary, source, statement, entry), source.lang),
        quoted=enquote(statement.quote) if entry and entry.marks else statement.quote,
        pieces=split_ours(statement.quote, entry.ours) if entry and matches and entry.ours else (),
        claim=context.claim_link(claim),
        href=context.claim_address(claim, statement.id),
        place=f"\u00b6\u00a0{entry.block}" if entry else gettext("receipt"),
        receipt=context.receipt_address(source.id, statement.id),
        ours=context.language,
    )


@once
def statement_views(context: Context, claim: Claim) -> list[StatementView]:
    """The statements of a claim whose source is known (a draft may have others)."""
    known = context.briefing.source
    return [statement_view(context, claim, s) for s in claim.statements if s.source in known]


@once
def source_statements(context: Context, source: Source) -> list[StatementView]:
    """The statements that a source carries."""
    return [statement_view(context, *pair) for pair in context.briefing.carried.get(source.id, ())]


def bound_statements(context: Context, item: Figure | Event) -> tuple[StatementView, ...]:
    """The statements that a figure or an event belongs to."""
    known, pairs = context.briefing.source, context.briefing.statements
    return tuple(statement_view(context, c, s) for c, s in pairs if s.id in item.statements and s.source in known)


def name_holder(view: StatementView) -> str:
    """``Ann Lee in Gazette``, or ``Gazette`` if the article speaks for itself."""
    source = view.source.text
    return source if view.own_voice else gettext("%(holder)s in %(source)s", holder=view.holder, source=source)


def format_published(source: Source) -> str:
    """The date of an article, in words."""
    return format_date(source.published) if source.published != UNKNOWN else gettext("undated")


def format_figure(figure: Figure) -> str:
    """``more than 12 ships``: a figure with its qualifier and unit."""
    qualifier = figure.qualifier if figure.qualifier != "range" else ""
    return weave(" ".join, [part for part in (qualifier, figure.value, figure.unit) if part])


def quote_words(words: Iterable[str], tag: str = "") -> str:
    """``“may”, “could”``: words in quotation marks, all of the language ``tag``, if one is given."""
    return join_list(enquote(in_language(word, tag) if tag else word) for word in words)


def forget_all_but_statements(context: Context) -> None:
    """Free the memory of all views except statements, which the speakers' own pages show too."""
    for key in [key for key, (_, view) in context.memo.items() if not isinstance(view, StatementView)]:
        del context.memo[key]
