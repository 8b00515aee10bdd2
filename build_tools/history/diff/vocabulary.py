"""Compares two vocabularies: the words of each list, and the marker words of each language. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from build_tools.history.diff.fields import compare_fields, show_value
from build_tools.history.diff.matching import match_by_id
from build_tools.model.change import Change, Side
from build_tools.model.vocabulary import LISTS, Markers, Term, Vocabulary

#: Fields of a term that rules, or readers who filter, depend on; then those that only pages show.
RULE_FIELDS = ("opinion", "counts", "called", "rule")
LABEL_FIELDS = ("label", "symbol", "css", "plural", "back", "description")


def compare_vocabularies(base: Vocabulary, head: Vocabulary) -> Iterator[Change]:
    """What changed in the vocabulary that all briefings share."""
    if base is head:
        return
    for name in LISTS:
        terms = match_by_id(getattr(base, name), getattr(head, name))
        values = (("list", name.replace("_", " ")),)
        for term in terms.removed:
            yield Change("vocabulary-removed", term.id, term.place, "base", before=term.label, values=values)
        for term in terms.added:
            yield Change("vocabulary-added", term.id, term.place, after=term.label, values=values)
        for before, after in terms.both:
            yield from _compare_terms(before, after, values)
    for lang in sorted({*base.markers, *head.markers}):
        yield from _compare_markers(base, head, lang)


def _compare_terms(before: Term, after: Term, values: tuple[tuple[str, str], ...]) -> Iterator[Change]:
    for kind, fields in (("vocabulary-rule", RULE_FIELDS), ("vocabulary-label", LABEL_FIELDS)):
        for change in compare_fields(kind, before, after, fields, Change):
            yield replace(change, values=(*change.values, *values))


def _compare_markers(base: Vocabulary, head: Vocabulary, lang: str) -> Iterator[Change]:
    before, after = (vocabulary.markers.get(lang) for vocabulary in (base, head))
    side: Side = "base" if after is None else "head"
    for name in Markers.model_fields:
        old, new = (getattr(markers, name, ()) for markers in (before, after))
        if name != "place" and set(old) != set(new):
            place = (after or before or base).place.at(name)
            removed = show_value(tuple(word for word in old if word not in new))
            added = show_value(tuple(word for word in new if word not in old))
            yield Change("markers-changed", lang, place, side, before=removed, after=added, values=(("list", name),))
