"""Whether a claim is stronger than the words it rests on: a dropped hedge, a stronger word, an exact figure. Pure.

Our own: words of rising strength on scales (load/words), and the bounds of figures. A claim is stronger only if each of
its quotations is weaker, so that one plain quotation backs it. tests/text/strength.yml has the cases, and the figures.
"""

import functools
import re
from collections.abc import Iterable, Sequence
from itertools import takewhile
from typing import NamedTuple

from synoptic.text.folding import CJK, fold, split_words
from synoptic.text.guard_words import GuardWords, Terms
from synoptic.text.numbers import NUMBER_WORDS
from synoptic.text.terms import find_terms, fits, locate_terms

#: How claims hedge, besides by the hedges of articles.
OUR_HEDGES = (
    *(
        "said to",
        "claim*",
        "alleg*",
        "reported to",
        "according to",
        "plans to",
        "plan to",
        "planned",
        "planning",
        "aim*",
        "hope*",
        "hoping",
    ),
    *(
        "intend*",
        "wants",
        "want",
        "estimat*",
        "can",
        "risk*",
        "possible",
        "believed to",
        "thought to",
        "accused of",
        "suspected",
    ),
    *("propos*", "should", "wish*", "hint*", "promis*", "threat*", "warn*", "predict*", "expect*", "fear*", "believ*"),
    *("forecast*", "pledg*", "considers", "considering", "likely to", "seek*", "sought", "tries", "tried", "trying"),
)
#: Hedges of an article that say where it has something from. A claim that only tells a plan ("wants to") drops them.
_HEARSAY = tuple(
    "reportedly allegedly supposedly purportedly angeblich \u636e\u79f0 \u636e\u8bf4 \u636e\u62a5\u9053".split()
)
#: They hedge a quotation, whatever the lists of the site.
_FIRM = (
    *_HEARSAY,
    "is said to",
    "are said to",
    "was said to",
    "were said to",
    "aurait",
    "auraient",
    "devrait",
    "devraient",
    "d\u00fcrfte",
    "d\u00fcrften",
    "\u636e\u6089",
    "\u636e\u4f20",
)
_PLANS = frozenset(
    "plans to|plan to|planned|planning|aim*|hope*|hoping|intend*|wants|want|can|propos*|should|wish*|promis*|threat*|"
    "pledg*|considers|considering|seek*|sought|tries|tried|trying".split("|")
)
_OUR_SOURCES = tuple(hedge for hedge in OUR_HEDGES if hedge not in _PLANS)
#: Bounds that a figure exceeds.
_MORE = frozenset({"more than", "well over", "in excess of", "upwards of"})
_OVER = _MORE | {
    "over",
    "above",
    "at least",
    "or more",
    "a good",
    "a little over",
    "slightly over",
    "slightly more than",
    "just over",
    "mehr als",
    "gut",
    "un peu plus",
    "\u00fcber",
    "plus de",
    "mindestens",
    "au moins",
}
_OVER |= frozenset("\u8d85\u8fc7 \u903e \u4ee5\u4e0a \u81f3\u5c11 \u9ad8\u8fbe \u591a\u8fbe".split())
#: What a bound may stand before, besides figures: "nearly all".
_AMOUNTS = NUMBER_WORDS | frozenset(
    "half third thirds quarter quarters double twice all every everyone everybody everything none nobody always "
    "entire entirely whole full fully complete completely certain unanimous unanimously hundred thousand million "
    "billion dozen dozens most first last only best worst largest biggest oldest highest lowest longest".split()
)
#: English bounds of a superlative.
_SINGLING = ("one of the", "among the", "one of", "some of the", "one of its", "one of her", "one of his")
_STEM = 5  # letters by which two words are one
_NEGATIONS = frozenset("not never cannot nicht nie ne n'est n'a pas jamais".split())
#: Nouns, after these, that have the letters of a strong verb.
_NOUNS = frozenset("fix fixes cure stop win wins will make sign signs cut cuts hit hits".split())
_DETERMINERS = frozenset("the a an this that its his her their our any no each every one first latest".split())
_DIGITS = re.compile(r"\d+(?:[.,]\d+)*")
_PLUS = re.compile(r"(?<=\d)\+")
_THOUSANDS = re.compile(r"[.,](?=\d{3}(?!\d))")
#: Words between a bound and its figure; a bound that follows is at most ``_NEAR`` words away.
_BETWEEN = frozenset({"a", "an", "some", "another", "un", "une", "eine", "einem", "einer"})
_NEAR = 3


class Quoted(NamedTuple):
    """The words of a quotation, those beside it that hedge it, and the lists of its language."""

    text: str
    translation: str
    beside: tuple[str, ...]
    hedging: Terms
    words: GuardWords

    def find_hedges(self) -> tuple[str, ...]:
        """What hedges it."""
        return find_terms(" ".join((self.text, *self.beside)), self.hedging) or find_terms(self.text, _FIRM)


class Stronger(NamedTuple):
    """A word of a claim (empty if it lacks one) and the weaker word of its first quotation."""

    claim: str
    quoted: str


def find_stronger(claim: str, quotes: Sequence[Quoted], english: GuardWords, hedges: Terms) -> Stronger | None:
    """How a claim is stronger than each of its quotations; None if it is not. ``hedges`` are the English ones."""
    if not quotes:
        return None
    hedged = find_terms(claim, hedges)
    theirs = [] if hedged else [*takewhile(bool, (quote.find_hedges() for quote in quotes))]
    if len(theirs) == len(quotes) and not find_terms(claim, _OUR_SOURCES if _are_hearsay(theirs) else OUR_HEDGES):
        return Stronger("", theirs[0][0])
    low = _tokens(claim)
    return _compare_bounds(low, quotes, english, hedged) or _compare_scales(low, quotes, english, hedged)


def _are_hearsay(hedges: Iterable[Sequence[str]]) -> bool:
    return all(set(map(str.casefold, of_one)) & {*_HEARSAY} for of_one in hedges)


@functools.lru_cache(maxsize=4096)
def _tokens(text: str) -> Sequence[str]:
    """The words of a text, casefolded; a number with its commas and points is one."""
    folded, tokens, at = _PLUS.sub(" or more", fold(text).casefold()), list[str](), 0
    for number in _DIGITS.finditer(folded):
        tokens += [*split_words(folded[at : number.start()]), _THOUSANDS.sub("", number[0])]
        at = number.end()
    return [*tokens, *split_words(folded[at:])]


def _compare_scales(
    low: Sequence[str], quotes: Sequence[Quoted], english: GuardWords, hedged: Sequence[str]
) -> Stronger | None:
    """The strongest word of the claim on a scale on which each quotation has a weaker one."""
    claimed = _measure(low, english)
    for name, (level, word) in claimed.items() if any(level for level, _ in claimed.values()) else ():
        if level == 0 or (hedged and name != "quantity"):
            continue
        measured = [_measure_quote(quote, name, english) for quote in quotes]
        said = {token[:_STEM] for token in low}
        weaker = [one for other, one in measured if 0 <= other < level and one[:_STEM] not in said]
        if len(weaker) == len(measured):  # a weaker word that the claim has, too, names a thing, as "the proposal"
            return Stronger(word, weaker[0])
    return None


def _measure_quote(quote: Quoted, name: str, english: GuardWords) -> tuple[int, str]:
    """The level of a quotation on a scale, by its own words or else by their translation, and the word; else -1."""
    nowhere = (-1, "")
    found = _measure(_tokens(quote.text), quote.words).get(name, nowhere)
    if found == nowhere and quote.translation:
        return _measure(_tokens(quote.translation), english).get(name, nowhere)
    return found


def _measure(low: Sequence[str], words: GuardWords) -> dict[str, tuple[int, str]]:
    """The highest level that some words reach on each scale that any is on, and the word that does. What is denied
    ("could not help"), and a noun that is a verb elsewhere ("the fix"), is on none."""
    found: dict[str, tuple[int, str]] = {}
    look_up = words.on_scales
    for at, token in enumerate(low):
        entries = look_up(token)
        if entries and (_is_denied(low, at) or (token in _NOUNS and at and low[at - 1] in _DETERMINERS)):
            continue
        for name, level, patterns in entries:
            following = low[at : at + len(patterns)]
            if level > found.get(name, (-1, ""))[0] and fits(following[1:], patterns[1:]):  # the first word does
                found[name] = level, " ".join(following)
    return found


def _is_denied(low: Sequence[str], at: int) -> bool:
    """Whether a negation stands just before a word."""
    return any(word in _NEGATIONS or word.endswith("n't") for word in low[max(0, at - 3) : at])


def _compare_bounds(
    low: Sequence[str], quotes: Sequence[Quoted], english: GuardWords, hedged: Sequence[str]
) -> Stronger | None:
    """A figure of the claim without the bound ("nearly") that it has wherever it is quoted. A claim that is ``hedged``
    as "could reach" is has that bound, too."""
    bare = _figures(low, english)
    for figure, claimed in bare.items():
        if claimed and claimed not in _MORE:
            continue
        bounds: list[str] = []
        for quote in quotes:
            found = _figures(_tokens(quote.text), quote.words)
            if figure not in found and quote.translation:
                found = _figures(_tokens(quote.translation), english)
            bounds += [found[figure]] if figure in found else []
        bounds = ["" if hedged and bound == "reach" else bound for bound in bounds]
        if bounds and (not _OVER & set(bounds) if claimed else all(bounds)):
            return Stronger(f"{claimed} {figure}".strip(), f"{bounds[0]} {figure}".strip())
    return None


def _figures(low: Sequence[str], words: GuardWords) -> dict[str, str]:
    """Each figure of a text with the bound beside it; empty if it has none."""
    figures = [(at, token) for at, token in enumerate(low) if token in _AMOUNTS or _DIGITS.fullmatch(token)]
    bounds = locate_terms(low, (*words.bounds, *_SINGLING)) if figures else []
    found: dict[str, str] = {}
    for at, token in figures:
        before = [hit for hit in bounds if hit[0] < at and set(low[hit[0] + hit[1] : at]) <= _BETWEEN]
        after = [hit for hit in bounds if at < hit[0] <= at + _NEAR and _stands_after(low, hit)]
        mark = next((" ".join(low[i : i + n]) for i, n in (*before[-1:], *after[:1])), "")
        found[token] = mark if found.get(token, mark) else ""
    return found


def _stands_after(low: Sequence[str], hit: tuple[int, int]) -> bool:
    """Whether a bound is one that follows its figure: "or so", and the Chinese ones."""
    return low[hit[0]] == "or" or CJK.match(low[hit[0]]) is not None
