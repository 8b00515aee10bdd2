"""Compares sources and speakers: the unnamed speakers of a source, and the named ones that all briefings share. Pure.

A source's fields are what an article states of itself, and our words about it.
"""

from collections.abc import Iterable, Iterator
from functools import partial

from build_tools.history.diff.addresses import compare_earlier_ids
from build_tools.history.diff.matching import find_renamed_speakers, match_by_id
from build_tools.history.diff.objects import NewChange, Sides, Subject, compare_objects, new_change
from build_tools.model.change import Change
from build_tools.model.records import Source, Speaker

SPEAKER = Subject[Speaker](
    "speaker",
    lambda speaker: speaker.name,
    {"speaker-changed": ("name", "kind", "role", "interest"), "speaker-note": ("note",)},
)
SOURCE = Subject[Source](
    "source",
    lambda source: source.name,
    {
        "source-changed": (
            *("title", "outlet", "author", "genre", "published", "url", "lang", "rights", "origin", "independent"),
        ),
        "source-described": ("label", "about"),
    },
)


def compare_named_speakers(base: Iterable[Speaker], head: Iterable[Speaker]) -> Iterator[Change]:
    """What changed in the speakers that all briefings share."""
    old, new = tuple(base), tuple(head)
    yield from compare_earlier_ids("speaker", old, new, find_renamed_speakers(old, new), new_change)
    yield from _compare_speakers(old, new, new_change)


def _compare_speakers(base: tuple[Speaker, ...], head: tuple[Speaker, ...], new: NewChange) -> Iterator[Change]:
    yield from compare_objects(SPEAKER, match_by_id(base, head, find_renamed_speakers(base, head)), new)


def compare_sources(sides: Sides) -> Iterator[Change]:
    """Sources added, removed and changed, with their unnamed speakers."""
    sources = match_by_id(sides.base.sources, sides.head.sources, sides.ids.source)
    sources.removed[:] = [source for source in sources.removed if source.id not in sides.head.broken]
    new_ids = sides.ids.source

    def with_new_ids(before: Source, _: Source) -> Source:
        independent = {new_ids.get(name, name): why for name, why in before.independent.items()}
        origin = new_ids.get(before.origin or "", before.origin)
        return before.model_copy(update={"origin": origin, "independent": independent})

    yield from compare_objects(SOURCE, sources, sides.change, with_new_ids)
    for before, after in sources.both:
        if before is not after:
            yield from _compare_voice_and_paragraphs(before, after, sides)
    speakers = [
        *((source, source.speakers, ()) for source in sources.removed),
        *((source, (), source.speakers) for source in sources.added),
        *((after, before.speakers, after.speakers) for before, after in sources.both if before is not after),
    ]
    for source, old, new in speakers:
        yield from _compare_speakers(old, new, partial(sides.change, source=source.id))


def _compare_voice_and_paragraphs(before: Source, after: Source, sides: Sides) -> Iterator[Change]:
    if sides.ids.speaker.get(before.voice or "", before.voice) != after.voice:
        yield sides.change("source-voice", after, after.place.at("voice"), before=before.voice, after=after.voice)
    numbers = sorted({*before.paragraphs, *after.paragraphs})
    if changed := [number for number in numbers if _block_kind(before, number) != _block_kind(after, number)]:
        old, new = ("; ".join(f"{n}: {_block_kind(source, n)}" for n in changed) for source in (before, after))
        place, field = after.place.at("paragraphs"), "kinds of paragraph"
        yield sides.change("source-changed", after, place, before=old, after=new, field=field)


def _block_kind(source: Source, number: int) -> str:
    return source.paragraphs.get(number, "body")
