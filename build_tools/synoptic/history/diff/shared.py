"""Compares what all briefings share: the named speakers, and the vocabulary's lists of words and markers. Pure."""

from collections.abc import Iterable, Iterator, Mapping
from functools import partial

from synoptic.base.problems import Place
from synoptic.compare.proofs import AUTHORITIES, SIGNERS
from synoptic.history.diff.matching import find_renamed_speakers, match_by_id
from synoptic.history.diff.objects import compare_earlier_ids, compare_objects, new_change, show_value
from synoptic.history.diff.searches import compare_names
from synoptic.model.change import Change, Side
from synoptic.model.proof import Signer, Trust
from synoptic.model.records import Speaker
from synoptic.model.vocabulary import LISTS, Markers, Quoting, Term, Vocabulary


def compare_named_speakers(base: Iterable[Speaker], head: Iterable[Speaker]) -> Iterator[Change]:
    """What changed in the speakers that all briefings share."""
    old, new = tuple(base), tuple(head)
    renamed = find_renamed_speakers(old, new)
    yield from compare_earlier_ids("speaker", old, new, renamed, new_change)
    speakers = match_by_id(old, new, renamed)
    yield from compare_objects(speakers, new_change)
    yield from compare_names(speakers.both, new_change)


def compare_vocabularies(base: Vocabulary, head: Vocabulary) -> Iterator[Change]:
    """What changed in the vocabulary that all briefings share."""
    if base is head:
        return
    for name in LISTS:
        terms = match_by_id(getattr(base, name), getattr(head, name))
        yield from compare_objects(terms, new_change, partial(_name_list, name))
    for lang in sorted({*base.markers, *head.markers}):
        yield from _compare_markers(base, head, lang)
    yield from _compare_quoting(base.quoting, head.quoting)


def compare_trust(base: Trust, head: Trust) -> Iterator[Change]:
    """Keys that came or went, each as one name, and other authorities for time stamps."""
    old, new = ({(n, s.key, s.limits): s for s in trust.signers for n in s.names} for trust in (base, head))
    kinds: tuple[tuple[str, Side, Mapping[tuple[str, str, str], Signer], Iterable[tuple[str, str, str]]], ...] = (
        ("signer-removed", "base", old, old.keys() - new.keys()),
        ("signer-added", "head", new, new.keys() - old.keys()),
    )
    for kind, side, signers, changed in kinds:
        for name, key, limits in sorted(changed):
            place = Place(SIGNERS, signers[name, key, limits].line)
            yield new_change(kind, name, place, side=side, name=name, limits=limits, key=key)
    if base.authorities != head.authorities:
        yield new_change("authorities-changed", "authorities", Place(AUTHORITIES))


def _name_list(name: str, _: Term, __: Side) -> dict[str, str]:
    return {"list": name.replace("_", " ")}


def _compare_quoting(base: Quoting, head: Quoting) -> Iterator[Change]:
    side = "head" if head.place.path else "base"
    for name in Quoting.model_fields:
        before, after = getattr(base, name), getattr(head, name)
        if name != "place" and before != after:
            place = (head if side == "head" else base).place.at(name)
            yield new_change("quoting-changed", name, place, side=side, before=str(before), after=str(after))


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
