"""The years, months and days that a text names, in Chinese or one of seven European languages."""

import re

from synoptic.text.folding import fold

#: How the names of the months begin, in English, French, German, Spanish, Italian, Portuguese and Dutch.
_MONTHS = (
    "jan|janv|jän|ene|gennaio", "feb|févr|fevereiro", "mar|mär|maart", "apr|avr|abr", "may|mai|maggio|mei\\b",
    "jun|juin|giugno", "jul|juil|luglio", "aug|août|ago", "sep|settembre|setiembre|setembro",
    "oct|okt|ottobre|outubro", "nov", "dec|déc|dez|dic",
)  # fmt: skip
#: A pattern for the name of a month.
MONTH = rf"(?:{'|'.join(_MONTHS)})[^\W\d_]*"
#: Dates in digits: year first, and day and month before or after each other, as 3/5/2031 may be.
_YEAR_FIRST = re.compile(r"(?<!\d)\d{4} ?[-/.年] ?(\d{1,2})(?: ?[-/.月] ?(\d{1,2})(?!\d))?")
_YEAR_LAST = re.compile(r"(?<!\d)(\d{1,2})[-/.] ?(\d{1,2})[-/.](?: ?\d{2,4})?")
_CHINESE = re.compile(r"(\d{1,2}) ?月(?: ?(\d{1,2}) ?日)?")
_ORDINALS = (
    "first|premier|ersten?", "second|zweiten?", "third|dritten?", "fourth|vierten?", "fifth|fünften?",
    "sixth|sechsten?",
    "seventh|siebten?", "eighth|achten?", "ninth|neunten?", "tenth|zehnten?", "eleventh|elften?", "twelfth|zwölften?",
    "thirteenth", "fourteenth", "fifteenth", "sixteenth", "seventeenth", "eighteenth", "nineteenth", "twentieth",
    "twenty-first", "twenty-second", "twenty-third", "twenty-fourth", "twenty-fifth", "twenty-sixth", "twenty-seventh",
    "twenty-eighth", "twenty-ninth", "thirtieth", "thirty-first",
)  # fmt: skip


def number_month(name: str) -> int:
    """The number of a month, from 1, by its casefolded name."""
    return next(number for number, stems in enumerate(_MONTHS, 1) if re.match(stems, name))


def find_unstated(edtf: str, text: str) -> str:
    """The first of the years, months and days of an EDTF date that ``text`` does not name; empty if it names them all.
    X stands for what nobody states, and a season is not sought."""
    low = fold(text).casefold()
    years, months, days = set(re.findall(r"(?<!\d)\d{4}(?!\d)", low)), _find_months(low), _find_days(low)
    for part in edtf.split("/"):
        date = re.match(r"([\dX]{4})(?:-([\dX]{2}))?(?:-([\dX]{2}))?", part)
        if date is None:
            continue
        year, month, day = (value if value and value[0] != "X" else "" for value in date.groups())
        decade = year.rstrip("X")
        if decade and not any(one.startswith(decade) for one in years):
            return f"the year {year}"
        if month.isdigit() and int(month) <= len(_MONTHS) and int(month) not in months:
            return f"the month {month}"
        if day.isdigit() and int(day) not in days:
            return f"the day {day}"
    return ""


def _find_months(low: str) -> set[int]:
    named = {number_month(name) for name in re.findall(rf"(?<![^\W\d_])({MONTH})", low)}
    return named | {int(one) for one in _list_digits(low)}


def _find_days(low: str) -> set[int]:
    plain = {int(one) for one in re.findall(r"(?<![\d.,])(\d{1,2})(?:st|nd|rd|th|er|º)?\b(?![.,]\d)", low)}
    ordinal = {n for n, words in enumerate(_ORDINALS, 1) if re.search(rf"(?<![\w-])(?:{words})(?![\w-])", low)}
    return plain | ordinal | {int(one) for one in _list_digits(low)}


def _list_digits(low: str) -> list[str]:
    """The months and days of dates in digits; which is which is not decided."""
    found = (match.groups() for form in (_YEAR_FIRST, _YEAR_LAST, _CHINESE) for match in form.finditer(low))
    return [one for groups in found for one in groups if one]
