"""Compares speakers: the named ones that all briefings share, and the unnamed ones of a source. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from build_tools.history.diff.addresses import compare_earlier_ids
from build_tools.history.diff.fields import NewChange, compare_fields, id_change
from build_tools.history.diff.ids import find_renamed_speakers
from build_tools.history.diff.matching import match_by_id
from build_tools.model.change import Change
from build_tools.model.records import Speaker

FIELDS = ("name", "kind", "role", "interest")


def compare_named_speakers(base: Iterable[Speaker], head: Iterable[Speaker]) -> Iterator[Change]:
    """What changed in the speakers that all briefings share."""
    old, new = tuple(base), tuple(head)
    yield from compare_earlier_ids("speaker", old, new, find_renamed_speakers(old, new), Change)
    yield from compare_speakers(old, new, Change)


def compare_speakers(
    base: Iterable[Speaker], head: Iterable[Speaker], new_change: NewChange, **more: Any
) -> Iterator[Change]:
    """What changed in some speakers; ``more`` are further fields of each change."""
    old, new = tuple(base), tuple(head)
    speakers = match_by_id(old, new, find_renamed_speakers(old, new))
    for speaker in speakers.removed:
        name, place = speaker.id, speaker.place
        yield new_change("speaker-removed", name, place, side="base", speaker=name, before=speaker.name, **more)
    for speaker in speakers.added:
        yield new_change("speaker-added", speaker.id, speaker.place, speaker=speaker.id, after=speaker.name, **more)
    for before, after in speakers.both:
        if before.id != after.id:
            yield id_change("speaker", before, after, new_change, speaker=after.id, **more)
        yield from compare_fields("speaker-changed", before, after, FIELDS, new_change, speaker=after.id, **more)
        if before.note != after.note:
            place, notes = after.place.at("note"), {"before": before.note, "after": after.note}
            yield new_change("speaker-note", after.id, place, speaker=after.id, **notes, **more)
