"""Compares two states of one briefing: its own head here, everything else in the file of its subject. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from build_tools.history.diff.addresses import compare_addresses
from build_tools.history.diff.bottom_line import compare_bottom_lines
from build_tools.history.diff.claims import compare_claims
from build_tools.history.diff.fields import show_value
from build_tools.history.diff.figures_events import compare_events, compare_figures
from build_tools.history.diff.ids import find_renamed_ids
from build_tools.history.diff.locks import compare_locks
from build_tools.history.diff.sides import Sides
from build_tools.history.diff.sources import compare_sources
from build_tools.history.diff.statements import compare_statements
from build_tools.history.diff.topics import compare_topics
from build_tools.history.diff.unchecked import Authors, find_unchecked_quotations
from build_tools.model.briefing import Briefing
from build_tools.model.change import Change
from build_tools.model.records import BriefingFile
from build_tools.model.vocabulary import Vocabulary

_EMPTY = BriefingFile(title="-", question="-", status="draft")


def compare_briefings(
    base: Briefing | None,
    head: Briefing | None,
    vocabularies: tuple[Vocabulary, Vocabulary],
    renamed_speakers: Mapping[str, str],
    authors: Authors,
) -> Iterator[Change]:
    """What changed in one briefing; a side without it is None.

    ``vocabularies`` are those of base and head. ``renamed_speakers`` are the named speakers whose id changed, old to
    new. ``authors`` are those who wrote the commits in between.
    """
    slug = head.slug if head else base.slug if base else ""
    old, new = base or Briefing(slug, _EMPTY), head or Briefing(slug, _EMPTY)
    sides = Sides(old, new, find_renamed_ids(old, new, renamed_speakers), *vocabularies)
    if base is None:
        yield sides.briefing_change(
            "briefing-added", new.file.place, after=new.file.title, values=(("status", new.file.status),)
        )
    elif head is None:
        yield sides.briefing_change("briefing-removed", old.file.place, before=old.file.title, side="base")
    else:
        for field in ("title", "question", "status"):
            before, after = getattr(old.file, field), getattr(new.file, field)
            if before != after:
                yield sides.briefing_change(f"briefing-{field}", new.file.place.at(field), before=before, after=after)
    yield from _compare_editors(sides)
    for compare in (
        compare_addresses,
        compare_topics,
        compare_bottom_lines,
        compare_sources,
        compare_locks,
        compare_claims,
        compare_statements,
        compare_figures,
        compare_events,
    ):
        yield from compare(sides)
    yield from find_unchecked_quotations(sides, authors)


def _compare_editors(sides: Sides) -> Iterator[Change]:
    old, new = (
        sorted(" · ".join(filter(None, (e.name, e.affiliation, e.assistance))) for e in side.file.editors)
        for side in (sides.base, sides.head)
    )
    if old != new:
        place = sides.head.file.place.at("editors")
        yield sides.briefing_change(
            "editors-changed", place, before=show_value(tuple(old)), after=show_value(tuple(new))
        )
