"""Finds what a proposed quotation may have meant: the nearest true words, and where they are. For messages only."""

import bisect
import re
from typing import NamedTuple

from rapidfuzz import fuzz

from synoptic.model.vocabulary import Markers
from synoptic.text.folding import fold, word_spans
from synoptic.text.match import MIN_PART, Match, Text
from synoptic.text.terms import find_terms, is_idiom

#: Words of the nearest passage that a message shows at most, and the least similarity, of 100, that is near.
_MOST, _NEAR = 60, 60.0
_BRACKET = re.compile(r"\[[^\]]*\]|\.\.\.|\u2026")


class Passage(NamedTuple):
    """Words of a text and their paragraph, from 1."""

    words: str
    paragraph: int


def find_nearest(quote: str, text: Text) -> Passage | None:
    """The words of a text that are most like a quotation; None if nothing is."""
    sought = fold(_BRACKET.sub(" ", quote))
    best = fuzz.partial_ratio_alignment(sought, text.folded, score_cutoff=_NEAR) if sought else None
    if best is None or best.dest_end <= best.dest_start:
        return None
    first, last = text.word_at(best.dest_start), text.word_at(best.dest_end) - 1
    if first and text.spans[first - 1][1] > best.dest_start:
        first -= 1  # it begins inside a word
    last = min(max(first, last), first + _MOST - 1, len(text.spans) - 1)
    return Passage(text.wording(first + 1, last + 1).strip(" \"',;:"), text.block_of(text.spans[first][0]))


def find_splice(quote: str, text: Text) -> tuple[Passage, Passage] | None:
    """The two passages that a quotation joins as if they were one; None if it does not."""
    folded = fold(_BRACKET.sub(" ", quote))
    spans = word_spans(folded)
    most = len(spans) - MIN_PART
    if most < MIN_PART:
        return None
    # the beginning of what is in the text is there, too, so the longest of each side are found by halving
    cut = bisect.bisect_left(range(MIN_PART, most + 1), True, key=lambda n: not text.find(folded[: spans[n - 1][1]]))
    if not cut:
        return None
    first, second = folded[: spans[cut + MIN_PART - 2][1]], folded[spans[cut + MIN_PART - 1][0] :]
    one, two = text.find(first), text.find(second)
    return (Passage(first, one.block), Passage(second, two.block)) if one and two else None


def find_marker_beside(text: Text, match: Match, markers: Markers) -> str:
    """The negation or hedge right before or after a quotation, with no sign between; "" if there is none.

    ``check`` asks which of the markers in a sentence govern the quotation; one that it touches always does.
    """
    for first, last, step in ((match.ranges[0][0], 0, -1), (0, match.ranges[-1][1], 1)):
        at = (first - 2) if step < 0 else last  # from 0
        inner = at - step
        if not 0 <= at < len(text.spans):
            continue
        low, high = sorted((at, inner))
        touching = text.folded[text.spans[low][1] : text.spans[high][0]] == " "
        if not touching or text.block_of(text.spans[low][0]) != text.block_of(text.spans[high][0]):
            continue
        word, following = text.tokens[at], (*text.tokens[at + 1 : at + 2], "")[0]
        written = text.folded[slice(*text.spans[at])]
        number = following.isdigit() and written in ("No", "May")
        if find_terms(written, (*markers.negations, *markers.hedges)) and not number and not is_idiom(word, following):
            return word
    return ""


def find_sentence(text: Text, word: int) -> str:
    """The sentence that holds a word (from 1), cut after some words."""
    sentence = text.sentences[text.sentence_of(word)][1]
    spans = word_spans(sentence)
    return sentence if len(spans) <= _MOST else f"{sentence[: spans[_MOST - 1][1]]} ..."
