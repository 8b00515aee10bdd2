"""A statement as pages show it: who holds it, in which words, and how it was checked. Pure."""

from build_tools.compare.quotations import find_mode
from build_tools.compare.statements import find_block_kind
from build_tools.model.records import Claim, Event, Figure, Source, Statement
from build_tools.model.site import LockedQuote
from build_tools.model.values import UNKNOWN
from build_tools.pages.context import Context, once
from build_tools.pages.views import Link, StatementView
from build_tools.text.encode import slug
from build_tools.text.english import format_date
from build_tools.text.terms import find_terms


@once
def statement_view(context: Context, claim: Claim, statement: Statement) -> StatementView:
    """A statement on ``claim``. Its source must be known."""
    briefing, vocabulary = context.briefing, context.vocabulary
    source = briefing.source[statement.source]
    entry, lock = briefing.locked(statement), briefing.locks.get(source.id)
    matches = entry is not None and entry.is_of(statement)
    speaker = context.speakers.get(statement.speaker or "")
    voice = None if statement.speaker else context.site.speaker.get(source.voice or "")
    mode = find_mode(statement, entry)
    block = find_block_kind(briefing, statement)
    source_link = context.source_link(source)
    return StatementView(
        id=f"s-{statement.id}",
        stance=vocabulary.get("stances", statement.stance),
        stance_class=slug(statement.stance),
        holder_id=statement.speaker or (voice.id if voice else ""),
        holder=speaker.name if speaker else statement.speaker or source.name,
        holder_href=context.speaker_address(speaker.id) if speaker else None if statement.speaker else source_link.href,
        role=(speaker.role or "") if speaker else "",
        own_voice=statement.speaker is None,
        voice=Link(voice.name, context.speaker_address(voice.id)) if voice else None,
        interested=any(person.interest for person in (speaker, voice) if person),
        unnamed=statement.speaker in briefing.unnamed,
        source_id=source.id,
        source=source_link,
        source_note=format_published(source),
        via=statement.via or "",
        mode=vocabulary.get("modes", mode).label if mode else "",
        quote=statement.quote,
        translation=statement.translation or "",
        lang=source.lang,
        marked=bool(entry and entry.marks),
        checked=matches and bool(lock and lock.checked_by),
        checked_by=(lock.checked_by if lock else None) or "",
        checked_on=format_date((lock.checked_on if lock else None) or ""),
        paragraph=entry.block if entry else 0,
        block="" if block == "body" else vocabulary.get("blocks", block).label,
        hedges=quote_words(_find_hedges(context, source, statement, entry)),
        note=statement.note or "",
        claim=context.claim_link(claim),
        href=context.statement_address(claim, statement.id),
        receipt=context.address(f"receipts/{source.id}/", f"r-{statement.id}"),
        was=statement.was,
    )


def _find_hedges(context: Context, source: Source, statement: Statement, entry: LockedQuote | None) -> list[str]:
    """The hedges in a quotation and beside it, unless an editor found those beside it to be about something else."""
    hedges = context.vocabulary.markers_of(source.lang).hedges
    words = [*find_terms(statement.quote, hedges)]
    if entry and "left-out" not in statement.allow:
        words += find_terms(" ".join(entry.beside), hedges)
    return list(dict.fromkeys(words))


def known_statements(context: Context, claim: Claim) -> list[Statement]:
    """The statements of a claim whose source is known (a draft may have others)."""
    return [statement for statement in claim.statements if statement.source in context.briefing.source]


def bound_statements(context: Context, item: Figure | Event) -> list[tuple[Claim, Statement]]:
    """The statements that a figure or an event belongs to, with their claims."""
    return [
        (claim, statement)
        for claim, statement in context.briefing.statements
        if statement.id in item.statements and statement.source in context.briefing.source
    ]


def format_published(source: Source) -> str:
    """The date of an article, in words."""
    return format_date(source.published) if source.published != UNKNOWN else "undated"


def format_figure(figure: Figure) -> str:
    """``more than 12 ships``: a figure with its qualifier and unit."""
    qualifier = figure.qualifier if figure.qualifier != "range" else ""
    return " ".join(filter(None, [qualifier, figure.value, figure.unit]))


def quote_words(words: list[str] | tuple[str, ...]) -> str:
    """``“may”, “could”``: words in quotation marks."""
    return ", ".join(f"\u201c{word}\u201d" for word in words)
