"""Compares sources: what an article states of itself, our words about it, its paragraphs and unnamed speakers. Pure."""

from __future__ import annotations

from collections.abc import Iterator

from build_tools.history.diff.fields import compare_fields, id_change
from build_tools.history.diff.ids import Ids
from build_tools.history.diff.matching import match_by_id
from build_tools.history.diff.sides import Sides
from build_tools.history.diff.speakers import compare_speakers
from build_tools.model.change import Change
from build_tools.model.records import Source

FIELDS = ("title", "outlet", "author", "genre", "published", "url", "lang", "rights", "origin", "independent")
WORDING_FIELDS = ("label", "about")


def compare_sources(sides: Sides) -> Iterator[Change]:
    """Sources added, removed and changed, with their unnamed speakers."""
    sources = match_by_id(sides.base.sources, sides.head.sources, sides.ids.source)
    for source in sources.removed:
        if source.id not in sides.head.broken:
            name, place = source.id, source.place
            yield sides.change("source-removed", name, place, side="base", source=name, before=source.name)
            yield from compare_speakers(source.speakers, (), sides.change, source=name)
    for source in sources.added:
        yield sides.change("source-added", source.id, source.place, source=source.id, after=source.name)
        yield from compare_speakers((), source.speakers, sides.change, source=source.id)
    for before, after in sources.both:
        if before is not after:
            yield from _compare_source(before, after, sides)


def _compare_source(before: Source, after: Source, sides: Sides) -> Iterator[Change]:
    name, ids = after.id, sides.ids
    if before.id != name:
        yield id_change("source", before, after, sides.change, source=name)
    if ids.speaker.get(before.voice or "", before.voice) != after.voice:
        place = after.place.at("voice")
        yield sides.change("source-voice", name, place, source=name, before=before.voice, after=after.voice)
    renamed = _with_new_ids(before, ids)
    yield from compare_fields("source-changed", renamed, after, FIELDS, sides.change, source=name)
    yield from compare_fields("source-described", before, after, WORDING_FIELDS, sides.change, source=name)
    numbers = sorted({*before.paragraphs, *after.paragraphs})
    if changed := [number for number in numbers if _block_kind(before, number) != _block_kind(after, number)]:
        old, new = ("; ".join(f"{n}: {_block_kind(source, n)}" for n in changed) for source in (before, after))
        values, place = (("field", "kinds of paragraph"),), after.place.at("paragraphs")
        yield sides.change("source-changed", name, place, source=name, before=old, after=new, values=values)
    yield from compare_speakers(before.speakers, after.speakers, sides.change, source=name)


def _with_new_ids(source: Source, ids: Ids) -> Source:
    """A source of the base that names other sources by their ids in the head."""
    independent = {ids.source.get(name, name): why for name, why in source.independent.items()}
    origin = ids.source.get(source.origin or "", source.origin)
    return source.model_copy(update={"origin": origin, "independent": independent})


def _block_kind(source: Source, number: int) -> str:
    return source.paragraphs.get(number, "body")
