"""The page of a source: what it is, what it says in its own voice, whom it quotes, what depends on it. Pure."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from markupsafe import Markup

from synoptic.compare.outline import list_outline
from synoptic.compare.quotations import measure_coverage
from synoptic.compare.verdicts import Dependence, find_dependence
from synoptic.data import citations, linked_data, styles, wikitext
from synoptic.model import paging
from synoptic.model.lock import Lock
from synoptic.model.records import Source
from synoptic.model.values import UNKNOWN
from synoptic.pages.answers import Tag, source_tags
from synoptic.pages.claim import SEARCHED, ClaimView, claim_view, find_silences
from synoptic.pages.context import Context, Link, once
from synoptic.pages.headline import headline_view
from synoptic.pages.page import Page, split_pages
from synoptic.pages.sections import Sheet, find_paths, lay_out, make_section
from synoptic.pages.since import latest, since
from synoptic.pages.speaker import SpeakerView, speaker_head
from synoptic.pages.statement import StatementView, describe_readers, format_published, source_statements
from synoptic.pages.text_map import TextMap, text_map
from synoptic.text.encode import address
from synoptic.text.language import (
    add_remark,
    current,
    format_date,
    format_number,
    format_percent,
    gettext,
    join_list,
    ngettext,
    pgettext,
)


class SourceView(NamedTuple):
    """A source in a line or two; ``host`` is that of its address, ``interest`` what its voice has declared."""

    record: Source
    tag: Tag
    name: str
    href: Markup
    small: str
    statements: int
    counted: str
    receipts: Markup
    genre: str
    published: str
    host: str
    saved: str
    interest: str


def pages(context: Context) -> Iterator[Page]:
    """The pages of all sources."""
    for source in context.briefing.sources:
        path = f"sources/{source.id}/"
        same = {
            "source": (view := source_view(context, source)),
            "receipts": _name_receipts(view.statements),
            "kicker": (gettext("Article %(letter)s", letter=f"{view.tag.letter} {view.tag.shape}"),),
            "facts": list(list_facts(context, source)),
            "cite": cite_article(context, source),
            "managers": context.address("data/", "citations"),
            "ours": current().tag,
            "rules": address("method/", "headlines"),
        }
        ld = linked_data.describe_article(context.site, context.briefing, source, context.base + path)
        lists, sheets = _lay_out(context, source)
        views = ({**same, **_cut(lists, sheet), "ld": None if number else ld} for number, sheet in enumerate(sheets))
        contents = [sheet.contents for sheet in sheets]
        yield from split_pages(context, path, "source", "sources", source.name, contents, views)


class OutlineView(NamedTuple):
    """A line of an outline: paragraphs by number, and as ``7 to 9``; their kind, if it is not the body; our gist."""

    numbers: range
    label: str
    kind: str
    gist: str
    statements: tuple[StatementView, ...]


class Lists(NamedTuple):
    """All that a source's page lists, in its order: its headline, map and later versions; its paragraphs; its own
    statements, and by speaker those that it quotes; claims that depend on it, and those that it is silent on."""

    top: dict[str, Any]
    outline: list[OutlineView]
    own: list[StatementView]
    quoted: list[tuple[SpeakerView, list[StatementView]]]
    lost: list[ClaimView]
    changed: list[tuple[ClaimView, str, str]]
    silent: list[Link]


@once
def _lay_out(context: Context, source: Source) -> tuple[Lists, list[Sheet]]:
    """The lists of a source's page, and what of them is on which part."""
    top: dict[str, Any] = {
        "headline": headline_view(context, source),
        "map": text_map(context, source),
        "since": since(context, source),
    }
    if top["map"] and _count_map(top["map"]) > paging.MOST // 3:  # nobody finds a quotation among so many
        top["map"] = None
    lists = Lists(
        top,
        _outline(context, source),
        **_group_by_holder(context, source),
        **link_dependents(context, _find_dependence(context)[source.id]),
        silent=_list_silent(context)[source.id],
    )
    words, statements = gettext("What it says in its own voice"), paging.STATEMENT
    left_out = gettext("Without this source")
    sections = [
        make_section("", "", [top], _count_top),
        make_section(gettext("Paragraph by paragraph"), "outline", lists.outline, _count_line),
        make_section(words, "own-voice", lists.own, lambda _: statements),
        make_section(left_out, "left-out", lists.lost, lambda _: 3),
        make_section(left_out, "left-out", lists.changed, lambda _: 3),
        make_section(gettext("Searched for, not found"), "silent", lists.silent, lambda _: 2),
    ]
    sections[3:3] = [
        make_section(speaker.record.name, "quoted", said, lambda _: statements) for speaker, said in lists.quoted
    ] or [make_section("", "quoted", (), lambda _: 0)]
    return lists, lay_out(sections)


def _cut(lists: Lists, sheet: Sheet) -> dict[str, Any]:
    """The views of a part; ``own`` and ``quoted`` are None if they are on others, ``totals`` count all."""
    top, outline, own, *quoted, lost, changed, silent = sheet.shown
    groups = [(speaker, said) for (speaker, _), said in zip(lists.quoted, quoted, strict=False) if said]
    return {
        **(top[0] if top else dict.fromkeys(lists.top)),
        "outline": outline,
        "own": own,
        "quoted": groups if any(said is not None for said in quoted) else None,
        "lost": lost,
        "changed": changed,
        "totals": (len(lists.lost), len(lists.changed)),
        "silent": silent,
    }


def _count_map(drawn: TextMap) -> int:
    """HTML elements of a map, at most."""
    ribbon, stretches = drawn.ribbon, drawn.stretches
    lines = len(ribbon.tracks) + 2 * len(drawn.numbers) + 2 * len(ribbon.starts)
    return 30 + lines + sum(2 + 2 * len(stretch.pieces) for stretch in stretches)


def _count_top(top: Mapping[str, Any]) -> int:
    """HTML elements of what only the first part has, at most."""
    headline, later = top["headline"], top["since"]
    size = _count_map(top["map"]) if top["map"] else 0
    size += 3 * len(headline.pieces) + 18 * len(headline.parts) + 2 * len(headline.unexamined)
    if later:
        size += 8 * len(later.versions) + sum(3 + 4 * len((*look.changed, *look.gone)) for look in later.looks)
    return size


def _count_line(line: OutlineView) -> int:
    """HTML elements of a line of the outline, at most."""
    return 6 + len(line.numbers) + 5 * len(line.statements)


@once
def _find_paragraphs(context: Context, source: Source) -> dict[int, str]:
    """The part of a source's page on which each paragraph of its outline is."""
    lists, sheets = _lay_out(context, source)
    parts = find_paths(sheets, 1, lambda part: paging.part_path(f"sources/{source.id}/", part))
    return {number: path for path, line in zip(parts, lists.outline, strict=True) for number in line.numbers}


def paragraph_address(context: Context, source: Source, number: int) -> Markup:
    """Where a paragraph stands in the outline of its source's page."""
    path = _find_paragraphs(context, source).get(number, f"sources/{source.id}/")
    return context.address(path, f"p-{number}")


def _name_receipts(number: int) -> str:
    return ngettext("Receipts for its %(num)s statement", "Receipts for its %(num)s statements", number)


def cite_article(context: Context, source: Source) -> list[tuple[str, str]]:
    """How to cite an article, by the names of the styles."""
    item = citations.build_item(context.briefing, source)
    return [
        ("APA", styles.cite_apa(item)),
        ("Chicago", styles.cite_chicago(item)),
        ("Wikipedia", wikitext.cite_source(context.briefing, source)),
    ]


@once
def _find_dependence(context: Context) -> Mapping[str, Dependence]:
    return find_dependence(context.briefing, context.vocabulary)


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
        small=join_list(part for part in (genre, format_published(source)) if part),
        statements=(total := len(source_statements(context, source))),
        counted=ngettext("%(num)s statement", "%(num)s statements", total),
        receipts=context.address(f"receipts/{source.id}/"),
        genre=genre,
        published=format_published(source),
        host=urlsplit(source.url).netloc.removeprefix("www.") if source.url else "",
        saved=format_date(source.saved_on) if source.saved_on else "",
        interest=gettext("by %(name)s: %(interest)s", name=voice.name, interest=voice.interest)
        if voice and voice.interest
        else "",
    )


def _group_by_holder(context: Context, source: Source) -> dict[str, Any]:
    """The statements of a source: its ``own``, and by speaker those that it ``quoted``."""
    by_speaker: dict[str, list[StatementView]] = {"": []}
    for view in source_statements(context, source):
        by_speaker.setdefault(view.record.speaker or "", []).append(view)
    own = by_speaker.pop("")
    return {"own": own, "quoted": [(speaker_head(context, name), views) for name, views in by_speaker.items()]}


def format_range(first: int, last: int) -> str:
    """``7 to 9``, or ``7`` if there is only one: numbers of paragraphs."""
    if first == last:
        return format_number(first)
    # For translators: numbers of paragraphs, "7 to 9".
    return pgettext("paragraphs", "%(first)s to %(last)s", first=format_number(first), last=format_number(last))


def _outline(context: Context, source: Source) -> list[OutlineView]:
    """A source paragraph by paragraph."""
    places: dict[int, list[StatementView]] = {}
    for view in source_statements(context, source):
        if view.entry:
            places.setdefault(view.entry.block, []).append(view)
    return [
        OutlineView(
            numbers=range(line.first, line.last + 1),
            label=format_range(line.first, line.last),
            kind="" if line.kind == "body" else context.vocabulary.get("blocks", line.kind).label,
            gist=line.gist,
            statements=line.statements,
        )
        for line in list_outline(context.briefing, source, places)
    ]


@once
def _list_silent(context: Context) -> dict[str, list[Link]]:
    """Source id to the claims whose search terms do not occur in it."""
    silent: dict[str, list[Link]] = {source.id: [] for source in context.briefing.sources}
    for claim in context.briefing.claims:
        link = context.claim_link(claim)
        for silence in find_silences(context)[claim.id]:
            if silence.state in SEARCHED:
                silent[silence.source.id].append(link)
    return silent


def list_facts(context: Context, source: Source) -> Iterator[tuple[str, str]]:
    """The facts of a source, each with its label: what it states about itself, what its lock records, who speaks."""

    def stated(value: str, words: str = "") -> str:
        # For translators: the outlet, author, date or kind of an article.
        return (words or value) if value != UNKNOWN else gettext("not stated")

    lock = context.briefing.locks.get(source.id)
    # For translators: an article without a headline.
    yield gettext("Headline"), source.title if source.title != UNKNOWN else pgettext("headline", "none")
    yield gettext("Outlet"), stated(source.outlet)
    yield gettext("Author"), stated(source.author)
    if source.voice:
        # For translators: whose own text an article is.
        yield gettext("Voice"), _describe_voice(context, source.voice)
    yield pgettext("article", "Published"), stated(source.published, format_date(source.published))
    yield gettext("Kind"), stated(source.genre, context.vocabulary.get("genres", source.genre).label)
    if lock:
        yield gettext("Length"), _describe_length(context, source, lock)
        yield gettext("Quoted here"), _describe_quoted(context, source)
        if lock.checked_by:
            readers = describe_readers(lock.readers)
            told = gettext("word for word against a copy of the full text, by %(readers)s", readers=readers)
            yield pgettext("quotations", "Checked"), told
    yield from latest(context, source)
    if statements := source_statements(context, source):
        yield gettext("Who speaks"), _describe_speakers(statements)
    if source.origin:
        # For translators: where the text of an article comes from, for example a news agency.
        yield gettext("Origin"), source.origin


def _describe_voice(context: Context, name: str) -> str:
    """Whose own text an article is, and their interest if they declare one."""
    voice = context.site.speaker.get(name)
    if not voice or not voice.interest:
        return gettext("a text by %(name)s", name=voice.name if voice else name)
    return gettext("a text by %(name)s; an interested party: %(interest)s", name=voice.name, interest=voice.interest)


def _describe_length(context: Context, source: Source, lock: Lock) -> str:
    """``860 words in 21 paragraphs (an extract)``."""
    length = gettext(
        # For translators: "860 words" in "21 paragraphs".
        "%(words)s in %(paragraphs)s",
        words=ngettext("%(num)s word", "%(num)s words", lock.words),
        paragraphs=ngettext("%(num)s paragraph", "%(num)s paragraphs", lock.blocks),
    )
    return length if source.text == "whole" else add_remark(length, context.vocabulary.get("copies", source.text).label)


def _describe_quoted(context: Context, source: Source) -> str:
    """How much of an article is quoted, and how much of that its speakers say."""
    cover = measure_coverage(context.briefing, source)
    return ngettext(
        "%(num)s word, %(share)s of the article: %(narration)s of narration (%(part)s), "
        "%(speech)s of speakers\u2019 own words",
        "%(num)s words, %(share)s of the article: %(narration)s of narration (%(part)s), "
        "%(speech)s of speakers\u2019 own words",
        cover.quoted,
        share=format_percent(cover.quoted, cover.words),
        narration=format_number(cover.narration),
        part=format_percent(cover.narration, cover.words),
        speech=format_number(cover.speech),
    )


def _describe_speakers(statements: Sequence[StatementView]) -> str:
    """``5 statements: 2 in its own voice, 2 by named speakers and 1 by unnamed or unseen sources``."""
    spoken = [view for view in statements if view.sign.id == view.stance.id]
    own, unnamed = (sum(getattr(view, kind) for view in spoken) for kind in ("own_voice", "unnamed"))
    numbers = {
        "own": format_number(own),
        "named": format_number(len(spoken) - own - unnamed),
        "unnamed": format_number(unnamed),
    }
    if imagined := len(statements) - len(spoken):
        return ngettext(
            "%(num)s statement: %(own)s in its own voice, %(named)s by named speakers and %(unnamed)s by unnamed or "
            "unseen sources, %(imagined)s only imagined",
            "%(num)s statements: %(own)s in its own voice, %(named)s by named speakers and %(unnamed)s by unnamed or "
            "unseen sources, %(imagined)s only imagined",
            len(statements),
            imagined=format_number(imagined),
            **numbers,
        )
    return ngettext(
        "%(num)s statement: %(own)s in its own voice, %(named)s by named speakers and %(unnamed)s by unnamed or "
        "unseen sources",
        "%(num)s statements: %(own)s in its own voice, %(named)s by named speakers and %(unnamed)s by unnamed or "
        "unseen sources",
        len(statements),
        **numbers,
    )


def link_dependents(context: Context, dependence: Dependence) -> dict[str, Any]:
    """The claims that depend on a source: those that would be ``lost``, and new verdicts, each before and after."""

    def label(verdict: str) -> str:
        return context.vocabulary.get("verdicts", verdict).label

    return {
        "lost": [claim_view(context, claim) for claim in dependence.lost],
        "changed": [(claim_view(context, claim), label(old), label(new)) for claim, old, new in dependence.changed],
    }
