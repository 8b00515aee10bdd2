"""The first word at which a quotation differs from a text: for messages only. Similarity never verifies a quotation."""

import unicodedata
from collections.abc import Sequence
from difflib import SequenceMatcher
from itertools import zip_longest

from rapidfuzz import fuzz

from synoptic.text.folding import fold, is_layout, split_words
from synoptic.text.word_diff import align
from synoptic.text.word_edges import AFTER, BEFORE, find_unit_after

_NO_WORD = "its punctuation differs"


def describe_difference(quote: str, folded: str, passage: str = "") -> str:
    """One clause: the first word at which ``quote`` differs from ``passage``, or from the most similar words of the
    text ``folded`` if it is not in the text and has more words in common with those."""
    words = fold(quote).split()
    stretch = _trim(passage.split(), words)
    if fold(quote) not in folded:
        best = fuzz.partial_ratio_alignment(fold(quote).casefold(), folded.casefold(), score_cutoff=60)
        similar = _most_similar(words, folded.split(), folded.count(" ", 0, best.dest_start)) if best else []
        stretch = max(stretch, similar, key=lambda one: _count_same(words, one))  # the first of equals
        if not stretch:
            return "nothing in the text is similar"
    elif not passage:
        return _describe_cut(fold(quote), folded)
    return _first_difference(words, stretch) or _NO_WORD


def _describe_cut(quote: str, folded: str) -> str:
    """One clause for words that the text has, but not as whole ones: the word that is cut, if one is."""
    start = folded.find(quote)
    end = start + len(quote)
    first, last = folded[folded.rfind(" ", 0, start) + 1 : start], folded[end : f"{folded} ".find(" ", end)]
    found = "the text has its words, but it"
    words = quote.split()
    if words and first.strip(BEFORE):
        return f'{found} begins inside the word "{first}{words[0].rstrip(AFTER)}"'
    if words and last.strip(AFTER):
        return f'{found} ends inside the word "{words[-1].lstrip(BEFORE)}{last.rstrip(AFTER)}"'
    if unit := find_unit_after(folded, end):
        return f'{found} ends before the unit of its number: "{words[-1].lstrip(BEFORE)} {unit}"'
    return f"{found} cuts a number or a paragraph in two"


def find_similar(quote: str, folded: str) -> int | None:
    """Where in the text ``folded`` the words most like ``quote`` begin; None if none are like it."""
    best = fuzz.partial_ratio_alignment(fold(quote).casefold(), folded.casefold(), score_cutoff=60)
    return best.dest_start if best else None


def find_reworded(quote: str, folded: str) -> bool:
    """Whether the text ``folded`` has most words of a quotation, in their order, in a passage of its length. A sign of
    Chinese counts as a word."""
    quote, folded = fold(quote).casefold(), folded.casefold()
    best, words = fuzz.partial_ratio_alignment(quote, folded, score_cutoff=60), split_words(quote)
    if not best or not words:
        return False
    passage = _most_similar(words, split_words(folded), len(split_words(folded[: best.dest_start])))
    return 2 * _count_same(words, passage) > len(words) - (len(words) < 4)


def _most_similar(words: Sequence[str], text: Sequence[str], about: int) -> list[str]:
    """The stretch of ``text`` near word ``about`` that is most like ``words``, of nearly its length."""
    spans = [
        (start, start + len(words) + more)
        for more in (0, 1, -1)
        for start in range(max(0, about - 4), about + 5)
        if start + len(words) + more > start
    ]
    stretches = (_trim(text[start:end], words) for start, end in spans)
    return max(stretches, key=lambda stretch: _count_same(words, stretch))  # the first of equals


def _count_same(words: Sequence[str], stretch: Sequence[str]) -> int:
    return sum(block.size for block in SequenceMatcher(None, words, stretch, autojunk=False).get_matching_blocks())


def _trim(stretch: Sequence[str], words: Sequence[str]) -> list[str]:
    """``stretch`` without the marks and stops at its ends that ``words`` leave off."""
    trimmed = list(stretch)
    if trimmed and words and words[0] == words[0].lstrip(BEFORE):
        trimmed[0] = trimmed[0].lstrip(BEFORE)
    if trimmed and words and words[-1] == words[-1].rstrip(AFTER):
        trimmed[-1] = trimmed[-1].rstrip(AFTER)
    return trimmed


def _first_difference(words: Sequence[str], text: Sequence[str]) -> str:
    """One clause for the first word of a quotation that differs from the text; "" if none does."""
    for kind, ours, theirs in align(words, text):
        have, want, at = " ".join(words[ours]), " ".join(text[theirs]), ours.start
        if kind == "replace" and not is_layout(have, want):
            return f'at word {at + 1} it has "{have}", the text has "{want}"{_name_signs(have, want)}'
        if kind == "delete":
            return f'at word {at + 1} it has "{have}", which the text does not have'
        if kind == "insert" and 0 < at < len(words):
            return f'at word {at + 1} it lacks "{want}", which the text has'
        if kind == "insert" and len(text) != len(words):
            return f'{"at its end" if at else "at its beginning"} it lacks "{want}"'
    return ""


def _name_signs(have: str, want: str) -> str:
    """The code points of the first characters that differ, if they are hard to tell apart by eye."""
    pair = next(((a, b) for a, b in zip_longest(have, want, fillvalue="") if a != b), ("", ""))
    if not _look_alike(*pair):
        return ""
    names = [f"U+{ord(char):04X} {unicodedata.name(char, '')}".rstrip() if char else "nothing" for char in pair]
    return f" ({names[0]}; {names[1]})"


def _look_alike(one: str, other: str) -> bool:
    """Whether two characters, or one and none, are drawn alike: one is invisible, a mark, or of another script."""
    kinds = [unicodedata.category(char)[0] if char else "" for char in (one, other)]
    if {"C", "M"} & {*kinds}:
        return True
    if kinds == ["L", "L"]:
        scripts = {unicodedata.name(char, "").split(" ")[0] for char in (one, other)}
        return len(scripts) > 1
    plain = [unicodedata.normalize("NFKC", char) for char in (one, other)]
    return plain[0] == plain[1] or (kinds == ["P", "P"] and not (one + other).isascii())
