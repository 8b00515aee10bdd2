"""Compares two versions of one article: what became of its quotations, and of its paragraphs. Pure."""

from collections.abc import Iterable, Sequence
from difflib import SequenceMatcher
from typing import NamedTuple

from synoptic.compare.watched import Outcome
from synoptic.text.english import join_words, spell_number
from synoptic.text.folding import fold

_LEAST = 0.5  # the likeness, from 0 to 1, from which one paragraph is another edited


class Paragraphs(NamedTuple):
    """The numbers of paragraphs that are ``new`` and ``edited`` in the later version, and of those ``gone`` from the
    earlier one."""

    new: list[int]
    edited: list[int]
    gone: list[int]


def compare_paragraphs(earlier: Sequence[str], later: Sequence[str]) -> Paragraphs:
    """What became of the paragraphs. Quotation marks, dashes and spaces do not count."""
    old, new = ([fold(paragraph) for paragraph in version] for version in (earlier, later))
    found = Paragraphs([], [], [])
    for kind, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind == "equal":
            continue
        left = list(range(a, b))
        for number in range(c, d):
            like = {one: _likeness(old[one], new[number]) for one in left}
            best = max(like, key=lambda one: like[one], default=None)
            if best is not None and like[best] >= _LEAST:
                left.remove(best)
                found.edited.append(number + 1)
            else:
                found.new.append(number + 1)
        found.gone.extend(number + 1 for number in left)
    return found


def _likeness(one: str, other: str) -> float:
    return SequenceMatcher(None, one.split(), other.split(), autojunk=False).ratio()


def describe_version(outcomes: Iterable[Outcome], paragraphs: Paragraphs) -> str:
    """``Two quotations changed, and one paragraph is new.``"""
    states = [outcome.state for outcome in outcomes]
    parts = [_count(states.count("changed"), "quotation", "changed", "changed")]
    parts.append(_count(states.count("gone"), "quotation", "is gone", "are gone"))
    parts.append(_count(len(paragraphs.new), "paragraph", "is new", "are new"))
    parts.append(_count(len(paragraphs.edited), "paragraph", "was edited", "were edited"))
    parts.append(_count(len(paragraphs.gone), "paragraph", "is gone", "are gone"))
    told = join_words([part for part in parts if part])
    told = told or "only punctuation or layout differs"
    return f"{told[0].upper()}{told[1:]}."


def _count(number: int, noun: str, one: str, many: str) -> str:
    return f"{spell_number(number)} {noun}{'' if number == 1 else 's'} {one if number == 1 else many}" if number else ""
