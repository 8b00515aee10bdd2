"""The page Sources: what the articles do not state of themselves, what they share, whose words they carry. Pure."""

from collections.abc import Iterator

from synoptic.compare.quotations import count_shared_words
from synoptic.compare.statements import find_origin
from synoptic.model import paging
from synoptic.model.lock import SharedRun
from synoptic.model.records import Source
from synoptic.model.values import UNKNOWN
from synoptic.pages.context import Context, Link
from synoptic.pages.page import Page, split_pages
from synoptic.pages.pictures import BarPart, bar_parts
from synoptic.pages.sections import lay_out, make_section
from synoptic.pages.source import source_view
from synoptic.pages.statement import source_statements
from synoptic.pages.text_map import VOICES, find_look
from synoptic.pages.your_article import find_own
from synoptic.text.language import (
    format_number,
    gettext,
    gettext_noop,
    join_sentences,
    join_words,
    ngettext,
    spell_number,
)
from synoptic.text.shared_runs import LONG_RUN

#: A source, and how many of its statements are its own, by named and by unnamed speakers: as a bar and as numbers.
Voices = tuple[Link, tuple[BarPart, ...], list[int]]
#: Fields that an article may not state, and what a sentence calls them.
OPTIONAL = {
    "outlet": gettext_noop("outlet"),
    "author": gettext_noop("author"),
    "published": gettext_noop("date"),
}


def pages(context: Context) -> Iterator[Page]:
    """The page Sources."""
    title = gettext("Articles")
    voices, sources = count_voices(context), [source_view(context, source) for source in context.briefing.sources]
    shared = make_section("", "", describe_shared_runs(context), lambda _: 1)
    sheets = lay_out([shared, make_section(title, "voices", zip(voices, sources, strict=True), lambda _: 28)])
    views = (
        {
            "title": title,
            "caveat": describe_gaps(context),
            "own": find_own(context),
            "shared": sheet.shown[0] or (),
            "voices": [voice for voice, _ in sheet.shown[1] or ()],
            "sources": [source for _, source in sheet.shown[1] or ()],
        }
        for sheet in sheets
    )
    contents = [sheet.contents for sheet in sheets]
    yield from split_pages(context, "sources/", "sources", "sources", title, contents, views, paging.list_path)


def count_voices(context: Context) -> list[Voices]:
    """Who speaks in the statements of each source, on one scale for all of them."""
    tallies = []
    for source in context.briefing.sources:
        looks = list(map(find_look, source_statements(context, source)))
        tallies.append([looks.count(look) for look in VOICES])
    longest = max(map(sum, tallies), default=0)
    labels = [gettext(label) for label in VOICES.values()]
    bars = (bar_parts(zip(labels, VOICES, tally, strict=True), longest) for tally in tallies)
    return list(zip(map(context.source_link, context.briefing.sources), bars, tallies, strict=True))


def describe_gaps(context: Context) -> str:
    """What the articles do not state of themselves, and that nothing here tests what is true."""
    sources = context.briefing.sources
    by_count: dict[int, list[str]] = {}
    for key, noun in OPTIONAL.items():
        by_count.setdefault(sum(getattr(source, key) == UNKNOWN for source in sources), []).append(gettext(noun))
    total = len(sources)
    sentences = []
    for missing, nouns in sorted(by_count.items(), reverse=True):
        if missing == 0:
            continue
        # For translators: %(fields)s are what an article may not state: "outlet", "author" or "date".
        fields = join_words(nouns, style="or")
        if missing < total:
            sentences.append(_count_missing(missing, total, fields))
        else:
            sentences.append(
                ngettext(
                    "The one article does not state its %(fields)s.",
                    "None of the %(total)s articles names its %(fields)s.",
                    total,
                    total=spell_number(total),
                    fields=fields,
                )
            )
    return " ".join([*sentences, gettext("This shows who says what, not what is true.")])


def _count_missing(missing: int, total: int, fields: str) -> str:
    """``Two of the five do not state their outlet or date.``"""
    sentence = ngettext(
        "%(some)s of the %(total)s does not state its %(fields)s.",
        "%(some)s of the %(total)s do not state their %(fields)s.",
        missing,
        some=spell_number(missing),
        total=spell_number(total),
        fields=fields,
    )
    return f"{sentence[:1].upper()}{sentence[1:]}"


def describe_shared_runs(context: Context) -> Iterator[str]:
    """A sentence for each pair of sources that share long runs of words; one if no pair does."""
    briefing = context.briefing
    locks = [briefing.locks.get(source.id) for source in briefing.sources]
    if len(locks) > 1 and all(lock and len(lock.compared) == len(locks) - 1 and not lock.shared for lock in locks):
        yield ngettext(
            "No two of the articles share %(num)s word in a row, names and titles aside, "
            "so each counts as its own origin.",
            "No two of the articles share %(num)s words in a row, names and titles aside, "
            "so each counts as its own origin.",
            LONG_RUN,
        )
    for source, lock in zip(briefing.sources, locks, strict=True):
        for name in dict.fromkeys(run.source for run in lock.shared) if lock else ():
            other = briefing.source.get(name)
            if lock and other and source.id < other.id:
                yield _describe_pair(context, source, other, [run for run in lock.shared if run.source == name])


def _describe_pair(context: Context, source: Source, other: Source, runs: list[SharedRun]) -> str:
    """How much two sources share, where, and whether they count as one origin."""
    briefing = context.briefing
    count = count_shared_words(briefing, source.id, other.id)
    paragraphs = join_words([format_number(block) for block in dict.fromkeys(run.block for run in runs)])
    if find_origin(briefing, source.id) == find_origin(briefing, other.id):
        conclusion = gettext("They count as one origin.")
    else:
        reason = source.independent.get(other.id) or other.independent.get(source.id) or ""
        conclusion = gettext("They count as two origins: %(reason)s", reason=reason)
    shared = ngettext(
        # For translators: %(passages)s is "1 passage", "2 passages"; %(numbers)s are of paragraphs: "4 and 7".
        "%(first)s and %(second)s share %(num)s word in %(passages)s (paragraph %(numbers)s of %(first)s).",
        "%(first)s and %(second)s share %(num)s words in %(passages)s (paragraph %(numbers)s of %(first)s).",
        count,
        first=source.name,
        second=other.name,
        passages=ngettext("%(num)s passage", "%(num)s passages", len(runs)),
        numbers=paragraphs,
    )
    return join_sentences([shared, conclusion])
