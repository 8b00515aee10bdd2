"""Numbers, units and names of our own sentences that the words they rest on do not have. Pure.

Our own sentences translate, count and shorten, so only what cannot be our wording is found: a figure, a currency or a
name that is nowhere it could come from.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

from synoptic.text.folding import CJK, fold, split_words
from synoptic.text.numbers import find_numbers

_STEM = 4  # letters by which names are compared: Canada, Canadian
_SCALES = {
    "million": ("million", "mio", "百万", "万"), "billion": ("billion", "milliard", "mrd", "bn", "亿"),
    "trillion": ("trillion", "billion", "万亿"),
}  # fmt: skip
_SIGNS = {
    "$": ("dollar", "美元", "加元"), "€": ("euro", "欧元"), "£": ("pound", "pfund", "livre", "英镑"),
    "¥": ("yen", "yuan", "元"), "%": ("per cent", "percent", "prozent", "pour cent", "百分"),
}  # fmt: skip
_SPELT = {
    "zwei": "2", "drei": "3", "vier": "4", "fünf": "5", "sechs": "6", "sieben": "7", "acht": "8", "neun": "9",
    "zehn": "10", "elf": "11", "zwölf": "12", "deux": "2", "trois": "3", "quatre": "4", "cinq": "5", "sept": "7",
    "huit": "8", "neuf": "9", "dix": "10", "onze": "11", "douze": "12", "一": "1", "二": "2", "两": "2", "三": "3",
    "四": "4", "五": "5", "六": "6", "七": "7", "八": "8", "九": "9", "十": "10", "half": "2", "twice": "2",
    "both": "2", "once": "1", "pair": "2", "dozen": "12", "un": "1", "une": "1", "ein": "1", "eine": "1", "single": "1",
}  # fmt: skip
#: Numbers that a sentence of ours, spelt out, may count itself, unless the text counts the same otherwise.
_COUNTED = frozenset(map(str, range(13)))
_NOUN = re.compile(r"([^\W_]+)(?: of (?:the |its |his |her )?)? ([^\W_]+)")
_YEAR = re.compile(r"(?:1[5-9]|20)\d\d")
_GROUPED = re.compile(r"\d{1,3}(?:[. ]\d{3})+")
_CALENDAR = frozenset(
    "january february march april may june july august september october november december monday tuesday wednesday "
    "thursday friday saturday sunday".split()
)
_ENDED = re.compile(r"[.!?:;]['\")]*\s+(?=\S)")


@dataclass(frozen=True)
class Known:
    """What sentences of ours may name besides the words they rest on: numbers (of versions and titles), and the stems
    of names. ``people`` are surnames, which an article must have itself."""

    numbers: frozenset[str]
    stems: frozenset[str]
    people: frozenset[str]

    @classmethod
    def of(cls, articles: Iterable[str], ours: Iterable[str], people: Iterable[str]) -> "Known":
        """What is known of a briefing: its ``articles``, texts of ours, and the names of people."""
        own = " ".join(ours)
        surnames = frozenset(words[-1].casefold() for name in people if (words := split_words(fold(name))))
        return cls(frozenset(find_numbers(own)), list_stems(" ".join([*articles, own])), surnames)


def find_unstated(ours: str, told: str, article: str, known: Known, *, strict: bool) -> str:
    """The first number, sign of a unit or name of a sentence of ours that the words it rests on, ``told``, lack.

    A year and a name may be anywhere in the ``article``. If ``strict``, every word with a capital counts as a name,
    else only one that some other article has, and no abbreviation. "" if nothing is missing.
    """
    mine, low = fold(ours), told.casefold()
    there = _read_numbers(told) | {*_YEAR.findall(article)}
    for number in sorted(find_numbers(mine) - there):
        if not _is_ours(number, mine, low, known):
            return number
    for sign, words in _SIGNS.items():
        if sign in mine and sign not in low and not any(word in low for word in words):
            return sign
    for scale, words in _SCALES.items():
        if re.search(rf"\b{scale}", mine.casefold()) and not any(word in low for word in words):
            return scale
    heard = list_stems(article) | _list_shortened(mine, article)
    for name in _list_names(mine):
        stem = name[:_STEM].casefold()
        if stem in heard or (not strict and name.isupper()):
            continue
        if name.casefold() in known.people or (stem in known.stems) != strict:
            return name
    return ""


def _list_shortened(mine: str, article: str) -> set[str]:
    """The stems of names in two words for which an article has the initials: United States, as U.S. or US."""
    found = set()
    for one, two in re.findall(r"\b([A-Z]\w+) (?=([A-Z]\w+))", mine):
        if re.search(rf"\b{one[0]}\.?{two[0]}\b", article):
            found |= {one[:_STEM].casefold(), two[:_STEM].casefold()}
    return found


def find_moved(translation: str, quote: str) -> str:
    """The first number in digits of a translation that the quotation does not have; "" if there is none."""
    there, plain = _read_numbers(fold(quote)), fold(translation).replace(",", "")
    if CJK.search(quote) or find_numbers(quote) == set():
        return ""  # whose numbers may be spelt, and counted in ten thousands
    return next((n for n in re.findall(r"\d+(?:\.\d+)?", plain) if n not in there and n not in _SPELT.values()), "")


def _is_ours(number: str, mine: str, low: str, known: Known) -> bool:
    """Whether a number that the text lacks may be our own: counted, or of a name such as that of a version."""
    if re.search(rf"(?<![\d.,]){re.escape(number)}(?!\d)", mine.replace(",", "")):
        return number in known.numbers
    return number in _COUNTED and not _is_counted_otherwise(number, mine, low)


def _is_counted_otherwise(number: str, mine: str, low: str) -> bool:
    """Whether the text has another number of what a sentence of ours counts: three girders, not four."""
    counted = {noun[:5] for said, noun in _NOUN.findall(mine.casefold()) if number in find_numbers(said)}
    return any(noun[:5] in counted and find_numbers(said) - {number} for said, noun in _NOUN.findall(low))


def _read_numbers(told: str) -> set[str]:
    """The numbers of a text in any of four languages."""
    found = find_numbers(told)
    found |= {re.sub("[. ]", "", number) for number in _GROUPED.findall(told)}
    found |= {number.replace(",", ".") for number in re.findall(r"\d+,\d+", told)}
    found |= {number.lstrip("0") for number in found}
    return found | {_SPELT[word] for word in split_words(told.casefold()) if word in _SPELT}


def list_stems(text: str) -> frozenset[str]:
    """The beginnings of a text's words, by which names are compared."""
    return frozenset(word[:_STEM].casefold() for word in split_words(fold(text).replace("'s", "")))


def _list_names(mine: str) -> list[str]:
    """The words with a capital that do not begin a sentence."""
    names: list[str] = []
    for sentence in _ENDED.split(mine.replace("'s", "")):
        words = split_words(sentence)
        names += [word for _, word in pairwise(words) if word[:1].isupper() and len(word) > 1 and not CJK.match(word)]
    return [name for name in names if name.casefold() not in _CALENDAR]
