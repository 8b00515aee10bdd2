"""Compares two vocabularies: the words of each list, and the marker words of each language. Pure."""

from collections.abc import Iterator
from functools import partial

from build_tools.history.diff.matching import match_by_id
from build_tools.history.diff.objects import Subject, compare_objects, new_change, show_value
from build_tools.model.change import Change, Side
from build_tools.model.site import LISTS, Markers, Term, Vocabulary

#: The fields that rules, or readers who filter, depend on; then those that only pages show (`rule` explains a verdict).
FIELDS = {
    "vocabulary-rule": ("opinion", "counts", "called"),
    "vocabulary-label": ("label", "symbol", "css", "plural", "back", "description", "rule"),
}


def compare_vocabularies(base: Vocabulary, head: Vocabulary) -> Iterator[Change]:
    """What changed in the vocabulary that all briefings share."""
    if base is head:
        return
    for name in LISTS:
        subject = Subject[Term]("vocabulary", lambda term: term.label, FIELDS, partial(_name_list, name))
        yield from compare_objects(subject, match_by_id(getattr(base, name), getattr(head, name)), new_change)
    for lang in sorted({*base.markers, *head.markers}):
        yield from _compare_markers(base, head, lang)


def _name_list(name: str, _: Term, __: Side) -> dict[str, str]:
    return {"list": name.replace("_", " ")}


def _compare_markers(base: Vocabulary, head: Vocabulary, lang: str) -> Iterator[Change]:
    before, after = (vocabulary.markers.get(lang) for vocabulary in (base, head))
    side = "base" if after is None else "head"
    for name in Markers.model_fields:
        old, new = (getattr(markers, name, ()) for markers in (before, after))
        if name != "place" and set(old) != set(new):
            place = (after or before or base).place.at(name)
            removed = show_value(tuple(word for word in old if word not in new))
            added = show_value(tuple(word for word in new if word not in old))
            yield new_change("markers-changed", lang, place, side=side, before=removed, after=added, list=name)
