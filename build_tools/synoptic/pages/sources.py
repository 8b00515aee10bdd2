"""The page Sources: what the articles do not state of themselves, what they share, whose words they carry. Pure."""

from collections.abc import Iterator

from synoptic.compare.quotations import count_shared_words
from synoptic.compare.statements import find_origin
from synoptic.model.lock import SharedRun
from synoptic.model.records import Source
from synoptic.model.values import UNKNOWN
from synoptic.pages.context import Context, Link
from synoptic.pages.page import Page, briefing_page
from synoptic.pages.pictures import BarPart, bar_parts
from synoptic.pages.source import source_view
from synoptic.pages.statement import source_statements
from synoptic.pages.text_map import VOICES, find_look
from synoptic.text.english import join_words, plural, spell_number
from synoptic.text.shared_runs import LONG_RUN

#: A source, and how many of its statements are its own, by named and by unnamed speakers: as a bar and as numbers.
Voices = tuple[Link, tuple[BarPart, ...], list[int]]
#: Fields that an article may not state, and what a sentence calls them.
OPTIONAL = {"outlet": "outlet", "author": "author", "published": "date"}


def pages(context: Context) -> Iterator[Page]:
    """The page Sources."""
    yield briefing_page(
        context, "sources/", "sources", "sources", "Articles",
        caveat=describe_gaps(context),
        shared=list(describe_shared_runs(context)),
        voices=count_voices(context),
        sources=[source_view(context, source) for source in context.briefing.sources],
    )  # fmt: skip


def count_voices(context: Context) -> list[Voices]:
    """Who speaks in the statements of each source, on one scale for all of them."""
    tallies = []
    for source in context.briefing.sources:
        looks = list(map(find_look, source_statements(context, source)))
        tallies.append([looks.count(look) for look in VOICES])
    longest = max(map(sum, tallies), default=0)
    bars = (bar_parts(zip(VOICES.values(), VOICES, tally, strict=True), longest) for tally in tallies)
    return list(zip(map(context.source_link, context.briefing.sources), bars, tallies, strict=True))


def describe_gaps(context: Context) -> str:
    """What the articles do not state of themselves, and that nothing here tests what is true."""
    sources = context.briefing.sources
    by_count: dict[int, list[str]] = {}
    for key, noun in OPTIONAL.items():
        by_count.setdefault(sum(getattr(source, key) == UNKNOWN for source in sources), []).append(noun)
    total = len(sources)
    sentences = []
    for missing, nouns in sorted(by_count.items(), reverse=True):
        if missing == 0:
            continue
        if missing < total:
            verb, own = ("does", "its") if missing == 1 else ("do", "their")
            subject = f"{spell_number(missing).capitalize()} of the {spell_number(total)} {verb} not state {own}"
        elif total > 1:
            subject = f"None of the {spell_number(total)} articles names its"
        else:
            subject = "The one article does not state its"
        sentences.append(f"{subject} {join_words(nouns, 'or')}.")
    return " ".join([*sentences, "This shows who says what, not what is true."])


def describe_shared_runs(context: Context) -> Iterator[str]:
    """A sentence for each pair of sources that share long runs of words; one if no pair does."""
    briefing = context.briefing
    locks = [briefing.locks.get(source.id) for source in briefing.sources]
    if len(locks) > 1 and all(lock and len(lock.compared) == len(locks) - 1 and not lock.shared for lock in locks):
        yield (
            f"No two of the articles share {LONG_RUN} words in a row, names and titles aside, "
            "so each counts as its own origin."
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
    paragraphs = join_words([str(block) for block in dict.fromkeys(run.block for run in runs)])
    if find_origin(briefing, source.id) == find_origin(briefing, other.id):
        conclusion = "They count as one origin."
    else:
        reason = source.independent.get(other.id) or other.independent.get(source.id) or ""
        conclusion = f"They count as two origins: {reason}"
    return (
        f"{source.name} and {other.name} share {count} words in {plural(len(runs), 'passage')} "
        f"(paragraph {paragraphs} of {source.name}). {conclusion}"
    )
