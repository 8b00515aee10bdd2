"""Where a quotation may begin and end: between words, not inside one, nor between a number and its unit. Pure."""

import re

from synoptic.text.folding import CJK
from synoptic.text.measures import UNITS, find_meanings
from synoptic.text.numbers import is_number

#: Signs that may stand before the first and after the last word of a quotation.
BEFORE = "'\"([{\u00bf\u00a1\u300c\u300e\u300a\u3008"
AFTER = (
    "'\")]}.,;:!?\u3002\uff0c\uff1b\uff1a\uff01\uff1f\u300d\u300f\u300b\u3009\u3001\u0964\u0965\u060c\u061b\u061f\u06d4"
)
_EM = "\u2014\u2015"  # an em dash parts words even without spaces; a hyphen or en dash does not
_STOPS = set("\u3002\uff0c\uff1b\uff1a\uff01\uff1f\u3001")  # Chinese stops part words: no space follows them
_UNIT_AFTER = re.compile(r" ?%| (?:hundred|thousand|million|billion|trillion|per ?cent)\b| \d{3}(?!\d)|\.\.\.\d")
_UNIT_BEFORE = re.compile(r"(?:[$\u20ac\u00a3\u00a5]|(?:^| )-) ?$|\d\.\.\.$")
_TYPED_MARK = re.compile(",,|<<|>>")  # for \u201e, \u00ab and \u00bb
#: What may be between a number and its unit: "4 square miles", "3 millions d'euros", "3 millones de euros".
_OF = re.compile(r"[ -](?:d'|de )?(?:(?:square|cubic|nautical|metric|us|canadian|australian) )?")
_NUMBER = re.compile(r"[\w.,]*\w$")
_YEAR = re.compile(r"(?:1[5-9]|20)\d\d")
#: They are numbers before a unit alone: "one metre".
_ONE = frozenset("one ein eine einen einem einer un une uno una".split())
#: Between two numbers that share one unit: "4 to 5 metres".
_RANGE = re.compile(r"(?: (?:to|or|bis|oder|à|ou|a|o) |-)([\w.,]*\w)(?=[ -])")
_REACH = 40  # characters after a number in which its unit is sought
_NO_UNITS = ("second", "mal", "minute", "fold", "times")  # right after a number they may begin something else
#: Articles, prepositions and pronouns that French and Italian write without their last vowel, but not the negation
#: "n'" and no condition: "s'il" is "if he". In capitals before a capital they may be part of a name, as in D'Angelo.
_ELIDED = re.compile(
    r"(?:^|[^\w'])((?:[cdjlmt]|qu|(?:jus|lors|puis|pres)qu|un|(?:d?e|da|a|ne|co|su|que|be)ll|quest|sant|gl|s(?!'ils?\b))')$",
    re.IGNORECASE,
)
_CONDITION = re.compile(r"ils?\b", re.IGNORECASE)
_OPENS_SENTENCE = re.compile(r"(?:^|[.!?:\"(\[]) ?$")


def cuts_word(folded: str, origin: str, start: int, end: int, *, limit: int) -> bool:
    """Whether a stretch of a folded text cuts a word, a number, a currency sign, a per cent sign or the unit of a
    number in two. ``origin`` has the character behind each of ``folded``; the paragraph ends at ``limit``."""
    if find_unit_after(folded, end, limit) or (folded[end - 1].isdigit() and _UNIT_AFTER.match(folded, end)):
        return True
    if folded[start].isdigit() and _UNIT_BEFORE.search(folded[max(0, start - 4) : start]):
        return True
    for step, at, allowed in ((-1, start - 1, BEFORE), (1, end, AFTER)):
        inner = start if step < 0 else end - 1
        if 0 <= at < len(folded) and (CJK.match(folded[at]) or CJK.match(folded[inner])):
            continue
        if origin[inner] in _EM or (step < 0 and _follows_elided(folded, start)):
            continue
        while 0 <= at < len(folded) and folded[at] != " " and not _parts_words(folded, origin, at):
            if folded[at] not in allowed and not _TYPED_MARK.search(folded[max(0, at - 1) : at + 2]):
                return True
            at += step
    return False


def find_unit_after(folded: str, end: int, limit: int | None = None) -> str:
    """The unit right after a number with which a stretch of a folded text ends, as "metres" in "4 metres"; or "".
    ``limit``: where the paragraph ends."""
    last = _NUMBER.search(folded, max(0, end - _REACH), end)
    limit = len(folded) if limit is None else limit
    link = _OF.match(folded, end, limit)
    if not last or _YEAR.fullmatch(last[0]) or not (is_number(last[0].casefold()) or last[0].casefold() in _ONE):
        return ""
    if (further := _RANGE.match(folded, end, limit)) and is_number(further[1].casefold()):
        unit = find_unit_after(folded, further.end(), limit)
        return unit and f"{further[0].strip(' -')} {unit}"
    if not link:
        return ""
    # one digit before a unit lets a single letter be one
    following = "0 " + folded[link.end() : min(limit, link.end() + _REACH)]
    for _, first, until in find_meanings(following.casefold(), UNITS):
        word = following[first:until]
        if first != 2 or (len(word) == 1 and word.isupper()) or word.casefold() in _NO_UNITS:
            return ""
        return folded[end : link.end() + until - first].lstrip(" -")
    return ""


def count_elided(passage: str, quote: str) -> int:
    """How many letters an elided word before the words of a quotation has in a passage that begins with it."""
    elided = _ELIDED.match(passage[: passage.find("'") + 1])
    return elided.end() if elided and not passage.startswith(quote) and passage.startswith(quote, elided.end()) else 0


def _follows_elided(folded: str, start: int) -> bool:
    """Whether only an elided word parts a position from the signs or the space before: "d'abandonner"."""
    elided = _ELIDED.search(folded, max(0, start - 10), start)
    if not elided or (elided[1].casefold() == "s'" and _CONDITION.match(folded, start)):
        return False
    named = elided[1][0].isupper() and folded[start].isupper()
    return not named or bool(_OPENS_SENTENCE.search(folded, 0, elided.start(1)))


def _parts_words(folded: str, origin: str, at: int) -> bool:
    """Whether a sign parts words without a space: an em dash, two hyphens or more that are typed for one, an ellipsis,
    an en dash between letters (2\u20133 is one figure), and a Chinese stop, but not within a number."""
    if folded[at] in _STOPS:
        return not (folded[at - 1 : at].isdigit() and folded[at + 1 : at + 2].isdigit())
    if folded[at] == "-" and "-" in (folded[at - 1 : at], folded[at + 1 : at + 2]):
        return True
    between = folded[at - 1 : at].isalpha() and folded[at + 1 : at + 2].isalpha()
    return origin[at] in f"{_EM}\u2026" or (origin[at] == "\u2013" and between)
