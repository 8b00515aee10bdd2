"""Finds searches that became narrower: terms and names that nothing else covers, and paragraphs left out. Pure."""

from collections.abc import Iterable, Iterator

from synoptic.compare.hits import states
from synoptic.history.diff.matching import match_by_id
from synoptic.history.diff.objects import NewChange, Sides, show_value
from synoptic.model.change import Change
from synoptic.model.records import BriefingFile, Claim, SearchTerm, Source, Speaker
from synoptic.text.terms import covers


def compare_searches(sides: Sides) -> Iterator[Change]:
    """What the head no longer searches for, or no longer searches, though the claim or the source is still there."""

    def narrowed(item: Claim | Source | BriefingFile, field: str, what: str, lost: Iterable[object]) -> Change:
        place = item.place.at(field)
        return sides.change("search-narrowed", item, place, before=show_value(tuple(lost)), what=what)

    for old, new in sides.match(sides.base.claims, sides.head.claims, sides.ids.claim).both:
        if old is not new and (lost := [term for term in old.terms if not _is_covered(term, new.terms)]):
            yield narrowed(new, "terms", "claim", lost)
    file = sides.head.file
    terms = [term for watched in file.watch for term in watched.terms]
    if lost_terms := _find_lost((term for watched in sides.base.file.watch for term in watched.terms), terms):
        yield narrowed(file, "watch", "briefing", lost_terms)
    for before, after in match_by_id(sides.base.sources, sides.head.sources, sides.ids.source).both:
        if before is not after and (left_out := _find_left_out(before, after)):
            yield narrowed(after, "paragraphs", "source", (f"paragraph {number}" for number in left_out))


def compare_names(pairs: Iterable[tuple[Speaker, Speaker]], new_change: NewChange) -> Iterator[Change]:
    """Names under which speakers are no longer searched."""
    for before, after in pairs:
        if lost := _find_lost(before.also, (after.name, *after.also)):
            yield new_change("search-narrowed", after, after.place.at("also"), before=show_value(lost), what="speaker")


def _find_lost(before: Iterable[str], after: Iterable[str]) -> tuple[str, ...]:
    """The terms that nothing searches for any more."""
    now = tuple(after)
    return tuple(term for term in before if not any(covers(other, term) for other in now))


def _is_covered(term: SearchTerm, now: Iterable[SearchTerm]) -> bool:
    """Whether a search still finds all that ``term`` found; a name asks less than a word, and case counts in it."""
    if term.is_name:
        return any(covers(other.term, term.term) and (not other.is_name or other.term == term.term) for other in now)
    return any(covers(other.term, term.term) for other in now if not other.is_name)


def _find_left_out(before: Source, after: Source) -> list[int]:
    """The paragraphs in which a search term asked for a statement and no longer does, because of their kind."""
    return [number for number in sorted(after.paragraphs) if states(before, number) and not states(after, number)]
