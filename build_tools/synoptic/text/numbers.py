"""Numbers in a text, in digits or English words."""

import re
from collections.abc import Sequence

from synoptic.text.folding import fold, split_words

_UNITS = "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen"
_SMALL = {word: n for n, word in enumerate([*_UNITS.split(), "seventeen", "eighteen", "nineteen"])}
_TENS = {
    f"{stem}ty": 10 * n for n, stem in enumerate(("twen", "thir", "for", "fif", "six", "seven", "eigh", "nine"), 2)
}
NUMBER_WORDS = frozenset({*_SMALL, *_TENS})


def find_numbers(text: str) -> set[str]:
    """Every number of ``text`` in digits, without thousands commas; English words count up to ninety-nine."""
    folded = fold(text).casefold()
    numbers = {n.replace(",", "") for n in re.findall(r"\d+(?:[.,]\d+)*", folded)}
    tens = 0
    for word in split_words(folded):
        if tens and 0 < _SMALL.get(word, 0) < 10:
            numbers.discard(str(tens))
            numbers.add(str(tens + _SMALL[word]))
        elif word in NUMBER_WORDS:
            numbers.add(str(_SMALL.get(word, _TENS.get(word))))
        tens = _TENS.get(word, 0)
    return numbers


_QUANTITY = re.compile(r"\d[\d.,]*|[\u767e\u5343\u4e07\u4ebf]")
_QUANTITIES = (NUMBER_WORDS - {"one"}) | frozenset(
    "half third quarter hundred thousand million billion hälfte drittel viertel zwei drei vier fünf sechs sieben acht "
    "neun zehn zwölf zwanzig dreißig hundert tausend moitié tiers quart deux trois quatre cinq six sept huit neuf dix "
    "douze vingt trente cent mille millionen milliarden millions milliards dos tres cuatro cinco seis siete ocho nueve "
    "diez veinte treinta cien mil millón millones".split()
)
_YEAR = re.compile(r"(?:1[5-9]|20)\d\d")
_CALENDAR = re.compile(
    r"jan|feb|fév|mar|mär|apr|avr|ma[iy]$|jun|juin|jul|juil|aug|août|sep|oct|okt|nov|dec|déc|dez"
    r"|[ap]m$|uhr$|heures?$|o'clock|monday|tuesday|wednesday|thursday|friday|saturday|sunday"
    r"|[\u5e74\u6708\u65e5\u53f7\u70b9\u65f6]$"
)

#: Parts of a year, and the words before them that say which one.
_PARTS = frozenset("half third quarter drittel viertel tiers quart".split())
_WHICH = frozenset(
    "first second third fourth last next final opening closing previous same current this every each latest following "
    "summer winter spring autumn letzten ersten zweiten dritten vierten premier deuxième troisième dernier".split()
)


def _is_of_year(low: Sequence[str], at: int) -> bool:
    return low[at + 1 : at + 2] in (["of"], ("of",)) and any(_YEAR.fullmatch(word) for word in low[at + 2 : at + 3])


def is_number(word: str) -> bool:
    """Whether a casefolded word is a number, in five languages."""
    return bool(_QUANTITY.fullmatch(word)) or word in _QUANTITIES


def is_quantity(low: Sequence[str], at: int) -> bool:
    """Whether a word of some casefolded words is a number, in four languages, and neither a date nor a time."""
    if not is_number(low[at]):
        return False
    if low[at] in _PARTS and ((low[at - 1 : at] and low[at - 1] in _WHICH) or _is_of_year(low, at)):
        return False  # "the first quarter of 2031" is a time
    beside = (*low[max(0, at - 1) : at], *low[at + 1 : at + 2])
    return not (_YEAR.fullmatch(low[at]) or any(_CALENDAR.match(other) for other in beside))
