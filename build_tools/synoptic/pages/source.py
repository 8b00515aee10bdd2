"""The page of a source: what it is, what it says in its own voice, whom it quotes, what depends on it. Pure."""

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from markupsafe import Markup

from synoptic.compare.outline import list_outline
from synoptic.compare.quotations import measure_coverage
from synoptic.compare.verdicts import Dependence, find_dependence
from synoptic.data import linked_data
from synoptic.model.records import Source
from synoptic.model.values import UNKNOWN
from synoptic.pages.answers import Tag, source_tags
from synoptic.pages.claim import SEARCHED, claim_view, find_silences
from synoptic.pages.context import Context, Link, once
from synoptic.pages.headline import headline_view
from synoptic.pages.page import Page, briefing_page
from synoptic.pages.since import latest, since
from synoptic.pages.speaker import speaker_head
from synoptic.pages.statement import StatementView, describe_readers, format_published, source_statements
from synoptic.pages.text_map import text_map
from synoptic.text.encode import address
from synoptic.text.english import format_date, format_percent, plural


class SourceView(NamedTuple):
    """A source in a line or two; ``host`` is that of its address, ``interest`` what its voice has declared."""

    record: Source
    tag: Tag
    name: str
    href: Markup
    small: str
    statements: int
    receipts: Markup
    genre: str
    published: str
    host: str
    interest: str


def pages(context: Context) -> Iterator[Page]:
    """The pages of all sources."""
    dependence, silent = find_dependence(context.briefing, context.vocabulary), _list_silent(context)
    for source in context.briefing.sources:
        path = f"sources/{source.id}/"
        yield briefing_page(
            context, path, "source", "sources", source.name,
            source=(view := source_view(context, source)),
            kicker=(f"Article {view.tag.letter} {view.tag.shape}",),
            facts=list(_facts(context, source)),
            headline=headline_view(context, source),
            rules=address("method/", "headlines"),
            silent=silent[source.id],
            **link_dependents(context, dependence[source.id]),
            **_group_by_holder(context, source),
            map=text_map(context, source),
            outline=_outline(context, source),
            since=since(context, source),
            ld=linked_data.describe_article(context.site, context.briefing, source, context.base + path),
        )  # fmt: skip


@once
def source_view(context: Context, source: Source) -> SourceView:
    """A source in a line or two."""
    genre = context.vocabulary.get("genres", source.genre).label
    voice = context.site.speaker.get(source.voice or "")
    return SourceView(
        record=source,
        tag=source_tags(context)[source.id],
        name=source.name,
        href=context.source_link(source).href,
        small=", ".join(part for part in (genre, format_published(source)) if part),
        statements=len(source_statements(context, source)),
        receipts=context.address(f"receipts/{source.id}/"),
        genre=genre,
        published=format_published(source),
        host=urlsplit(source.url).netloc.removeprefix("www.") if source.url else "",
        interest=f"by {voice.name}: {voice.interest}" if voice and voice.interest else "",
    )


def _group_by_holder(context: Context, source: Source) -> dict[str, Any]:
    """The statements of a source: its ``own``, and by speaker those that it ``quoted``."""
    by_speaker: dict[str, list[StatementView]] = {"": []}
    for view in source_statements(context, source):
        by_speaker.setdefault(view.record.speaker or "", []).append(view)
    own = by_speaker.pop("")
    return {"own": own, "quoted": [(speaker_head(context, name), views) for name, views in by_speaker.items()]}


class OutlineView(NamedTuple):
    """A line of an outline: paragraphs by number, and as ``7 to 9``; their kind, if it is not the body; our gist."""

    numbers: range
    label: str
    kind: str
    gist: str
    statements: tuple[StatementView, ...]


def _outline(context: Context, source: Source) -> list[OutlineView]:
    """A source paragraph by paragraph."""
    places: dict[int, list[StatementView]] = {}
    for view in source_statements(context, source):
        if view.entry:
            places.setdefault(view.entry.block, []).append(view)
    return [
        OutlineView(
            numbers=range(line.first, line.last + 1),
            label=f"{line.first}" if line.first == line.last else f"{line.first} to {line.last}",
            kind="" if line.kind == "body" else context.vocabulary.get("blocks", line.kind).label,
            gist=line.gist,
            statements=line.statements,
        )
        for line in list_outline(context.briefing, source, places)
    ]


def _list_silent(context: Context) -> dict[str, list[Link]]:
    """Source id to the claims whose search terms do not occur in it."""
    silent: dict[str, list[Link]] = {source.id: [] for source in context.briefing.sources}
    for claim in context.briefing.claims:
        link = context.claim_link(claim)
        for silence in find_silences(context)[claim.id]:
            if silence.state in SEARCHED:
                silent[silence.source.id].append(link)
    return silent


def _facts(context: Context, source: Source) -> Iterator[tuple[str, str]]:
    """The facts of a source, each with its label: what it states about itself, what its lock records, who speaks."""

    def stated(value: str, words: str = "") -> str:
        return (words or value) if value != UNKNOWN else "not stated"

    lock = context.briefing.locks.get(source.id)
    yield "Headline", source.title if source.title != UNKNOWN else "none"
    yield "Outlet", stated(source.outlet)
    yield "Author", stated(source.author)
    if source.voice:
        voice = context.site.speaker.get(source.voice)
        interest = f"; an interested party: {voice.interest}" if voice and voice.interest else ""
        yield "Voice", f"a text by {voice.name if voice else source.voice}{interest}"
    yield "Published", stated(source.published, format_date(source.published))
    yield "Kind", stated(source.genre, context.vocabulary.get("genres", source.genre).label)
    if lock:
        cover = measure_coverage(context.briefing, source)
        part = "" if source.text == "whole" else f" ({context.vocabulary.get('copies', source.text).label})"
        yield "Length", f"{lock.words} words in {lock.blocks} paragraphs{part}"
        quoted = f"{cover.quoted} words, {format_percent(cover.quoted, cover.words)} of the article"
        narration = f"{cover.narration} of narration ({format_percent(cover.narration, cover.words)})"
        yield "Quoted here", f"{quoted}: {narration}, {cover.speech} of speakers\u2019 own words"
        if lock.checked_by:
            yield "Checked", f"word for word against a copy of the full text, by {describe_readers(lock.readers)}"
    yield from latest(context, source)
    if statements := source_statements(context, source):
        yield "Who speaks", _describe_speakers(statements)
    if source.origin:
        yield "Origin", source.origin


def _describe_speakers(statements: Sequence[StatementView]) -> str:
    """``5 statements: 2 in its own voice, 2 by named speakers and 1 by unnamed or unseen sources``."""
    spoken = [view for view in statements if view.sign.id == view.stance.id]
    own, unnamed = (sum(getattr(view, kind) for view in spoken) for kind in ("own_voice", "unnamed"))
    named = f"{len(spoken) - own - unnamed} by named speakers and {unnamed} by unnamed or unseen sources"
    imagined = f", {len(statements) - len(spoken)} only imagined" if len(spoken) < len(statements) else ""
    return f"{plural(len(statements), 'statement')}: {own} in its own voice, {named}{imagined}"


def link_dependents(context: Context, dependence: Dependence) -> dict[str, Any]:
    """The claims that depend on a source: those that would be ``lost``, and new verdicts, each before and after."""

    def label(verdict: str) -> str:
        return context.vocabulary.get("verdicts", verdict).label

    return {
        "lost": [claim_view(context, claim) for claim in dependence.lost],
        "changed": [(claim_view(context, claim), label(old), label(new)) for claim, old, new in dependence.changed],
    }
