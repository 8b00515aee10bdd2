"""Units and qualifiers of figures: which words mean the same, in English, French, German, Spanish and Chinese."""

import functools
import re
from collections.abc import Mapping

from synoptic.text.folding import fold, split_words

#: Meaning to the words for it. A plural in s is found by its singular.
UNITS: Mapping[str, str] = {
    "per cent": "%|per cent|percent|percentage|pc|pour cent|prozent|prozentpunkt|prozentpunkte|prozentpunkten|"
    "por ciento|百分之|百分点",
    "thousand": "thousand|k|tausend|mille|millier|mil|千",
    "million": "million|m|mn|mio|millionen|millón|millones|百万",
    "billion": "billion|bn|b|milliarde|milliarden|mil millones|mrd|十亿",
    "trillion": "trillion|tn|billionen|万亿",
    "dollars": "$|dollar|usd|cad|aud|us$|buck|dólar|dólares|美元|加元",
    "euros": "€|euro|eur|欧元",
    "pounds": "£|pound|gbp|lb|pfund|livre|libras|英镑|磅",
    "yen": "¥|yen|jpy|日元",
    "yuan": "yuan|renminbi|rmb|cny|元",
    "crowns": "crown|krone|kronor|kroner|krona|kronen|corona|couronne",
    "francs": "franc|franken|chf",
    "cents": "cent|¢|centime|分",
    "seconds": "second|sec|s|sekunde|sekunden|seconde|segundo|秒",
    "minutes": "minute|min|minuten|minuto|分钟",
    "hours": "hour|hr|h|stunde|stunden|heure|hora|小时",
    "days": "day|tag|tage|tagen|jour|journée|día|天|日",
    "weeks": "week|woche|wochen|semaine|semana|周|星期",
    "months": "month|monat|monate|monaten|mois|meses|个月|月",
    "years": "year|yr|jahr|jahre|jahren|ans|année|año|年",
    "decades": "decade|jahrzehnt|jahrzehnte|jahrzehnten|décennie|década|十年",
    "centuries": "century|centuries|jahrhundert|jahrhunderte|siècle|siglo|世纪",
    "millimetres": "millimetre|millimeter|mm|millimetern|millimètre|milímetro|毫米",
    "centimetres": "centimetre|centimeter|cm|zentimeter|zentimetern|centimètre|centímetro|厘米",
    "metres": "metre|meter|m|metern|mètre|metros|quadratmeter|quadratmetern|kubikmeter|kubikmetern|米",
    "kilometres": "kilometre|kilometer|km|kilometern|quadratkilometer|quadratkilometern|kilomètre|kilómetro|公里|千米",
    "miles": "mile|mi|meile|meilen|seemeile|seemeilen|milla|英里",
    "feet": "foot|feet|ft|fuß|英尺",
    "hectares": "hectare|ha|hektar|hectárea|公顷",
    "grams": "gram|gramme|g|gramm|克",
    "kilograms": "kilogram|kilo|kg|kilogramm|kilogramme|kilogramo|公斤|千克",
    "tonnes": "tonne|ton|t|tonnen|tonelada|吨",
    "litres": "litre|liter|l|litern|litro|升",
    "bytes": "byte|octet",
    "kilobytes": "kilobyte|kb|kib",
    "megabytes": "megabyte|mb|mib",
    "gigabytes": "gigabyte|gb|gib",
    "terabytes": "terabyte|tb|tib",
    "degrees": "degree|°|°c|°f|grad|degré|grados|度",
    "watts": "watt|w|瓦",
    "kilowatts": "kilowatt|kw|千瓦",
    "megawatts": "megawatt|mw|兆瓦",
    "gigawatts": "gigawatt|gw|吉瓦",
    "times": "times|x|fold|mal|fois|veces|倍",
}
QUALIFIERS: Mapping[str, str] = {
    "at least": "at least|no less than|not less than|no fewer than|not fewer than|a minimum of|or more|or longer|"
    "mindestens|wenigstens|oder mehr|au moins|au minimum|至少|不少于|以上|+",
    "more than": "more than|over|above|exceeding|upwards of|in excess of|beyond|greater than|longer than|"
    "mehr als|über|plus de|plus d'|超过|逾|多于|+",
    "at most": "at most|up to|no more than|not more than|a maximum of|no longer than|or less|or fewer|"
    "as many as|as much as|"
    "höchstens|bis zu|maximal|nicht mehr als|au plus|jusqu'à|pas plus de|最多|不超过|以下",
    "less than": "less than|fewer than|under|below|weniger als|unter|moins de|moins d'|不到|少于|低于|不足",
    "nearly": "nearly|almost|just under|close to|just short of|approaching|fast|knapp|beinahe|nahezu|presque|près de|"
    "将近|接近|近|几乎",
    "about": "about|around|roughly|approximately|circa|some|or so|give or take|~|approx|"
    "etwa|rund|ungefähr|circa|ca|environ|à peu près|une|大约|大概|约|左右",
    "estimated": "estimated|estimate|estimates|estimating|geschätzt|schätzungsweise|estimé|estimée|estimés|估计|预计",
}
#: How two numbers are made one range.
RANGE = re.compile(r"\d\s*(?:-|to|bis|à|至|到|~)\s*\d|between|zwischen|entre|range|\w-to-\w", re.IGNORECASE)
_GAP = 14  # characters between a qualifier and the number that it qualifies: "more than the US$5"
_BREAK = re.compile(r"\d|[,.;:]\s")
_FOLLOWING = ("+", "or more", "or so", "or less", "or fewer", "or longer")
_AMBIGUOUS = ("some", "fast", "une", "estimates", "estimate", "or so")
_TIMES = {"seconds", "minutes", "hours", "days", "weeks", "months", "years", "decades", "centuries"}
_FIRST_IDEOGRAPH = "\u3000"
#: Units that say too little to be sought.
_ANYTHING = {"people", "person", "persons", "unknown", "unstated", "stated"}
_LEAST = 3  # letters that two forms of one word share


def _pattern(phrases: Mapping[str, str]) -> re.Pattern[str]:
    """Finds the longest phrase at each place, as a whole word; a single letter only after a digit or at the start."""
    parts = []
    for word in sorted({word for listed in phrases.values() for word in listed.split("|")}, key=len, reverse=True):
        alphabetic = word < _FIRST_IDEOGRAPH
        before = r"(?<![^\W\d_])" if alphabetic and word[0].isalpha() else ""
        if len(word) == 1 and before:
            before = r"(?:(?<=\d)|(?<=\d[ -])|(?<!.))"
        after = "s?(?![^\\W\\d_])" if alphabetic and word[-1].isalpha() else ""
        parts.append(f"{before}({re.escape(word)}){after}")
    return re.compile("|".join(parts))


@functools.cache
def _patterns() -> dict[int, re.Pattern[str]]:
    """The pattern of each table; compiling takes milliseconds, and most commands need none."""
    return {id(one): _pattern(one) for one in (UNITS, QUALIFIERS)}


def find_meanings(text: str, phrases: Mapping[str, str]) -> tuple[tuple[frozenset[str], int, int], ...]:
    """Each phrase of ``UNITS`` or ``QUALIFIERS`` in a folded text: what it may mean, and where it is."""
    return _find(text, phrases is UNITS)


@functools.lru_cache(maxsize=4096)  # ``check`` looks around the same figures after each edit
def _find(text: str, of_units: bool) -> tuple[tuple[frozenset[str], int, int], ...]:
    phrases = UNITS if of_units else QUALIFIERS
    hits = ((hit[hit.lastindex or 0], hit.start(), hit.end()) for hit in _patterns()[id(phrases)].finditer(text))
    return tuple(
        (frozenset(name for name, listed in phrases.items() if word in listed.split("|")), start, end)
        for word, start, end in hits
    )


def normalize(text: str) -> str:
    """A text as these functions read it."""
    return fold(text).casefold()


def find_missing_unit(unit: str, words: str, *, english: bool) -> str:
    """The part of a unit that the words do not have; "" if they have all that can be told. Both are normalized."""
    stated = _meanings_in(words, UNITS)
    known = find_meanings(unit, UNITS)
    for meanings, first, last in known:
        if not meanings & stated and unit[first:last] not in words:
            return unit[first:last]
    named = split_words(unit)
    if known or not english or not named or _ANYTHING & {*named}:
        return ""
    there = split_words(words)
    return "" if any(_is_one_word(a, b) for a in named if len(a) > _LEAST for b in there) else unit


def find_missing_qualifier(qualifier: str, words: str, *, english: bool) -> str:
    """The qualifier if the words do not have it or one that means the same, else "". Both are normalized."""
    if qualifier == "range":
        return "" if RANGE.search(words) else qualifier
    typed = [meanings for meanings, _, _ in find_meanings(qualifier, QUALIFIERS)]
    stated = _meanings_in(words, QUALIFIERS)
    if typed:
        return "" if all(meanings & stated for meanings in typed) else qualifier
    return qualifier if english and not re.search(rf"\b{re.escape(qualifier)}\b", words) else ""


def find_dropped_qualifier(value: str, qualifier: str, words: str) -> str:
    """A qualifier that stands with the value in the words, and that neither ``qualifier`` nor the value has; else "".
    All are normalized. "Over" and "under" tell a length of time from a limit only to a reader, and do not count there.
    """
    typed = _meanings_in(f"{qualifier} {value}", QUALIFIERS)
    for place in re.finditer(rf"(?<![\da-zà-ÿ.,]){re.escape(value)}(?![\da-zà-ÿ]|[.,]\d)", words):
        lasts = bool(_TIMES & _meanings_in(words[place.end() : place.end() + _GAP], UNITS))
        for meanings, first, last in find_meanings(words, QUALIFIERS):
            word, between = words[first:last], words[last : place.start()]
            near = last <= place.start() and len(between) <= _GAP and not _BREAK.search(between)
            before = near and len(split_words(between)) < 2 and word not in _AMBIGUOUS
            after = word in _FOLLOWING and 0 <= first - place.end() <= 1
            if (after or (before and not (lasts and word in ("over", "under")))) and not meanings & typed:
                return word
    return ""


def _meanings_in(text: str, phrases: Mapping[str, str]) -> set[str]:
    return {name for meanings, _, _ in find_meanings(text, phrases) for name in meanings}


def _is_one_word(one: str, other: str) -> bool:
    """Whether two words are forms of one, as far as their beginnings tell."""
    length = max(_LEAST, min(len(one), len(other)) - 2)
    return one[:length] == other[:length]
