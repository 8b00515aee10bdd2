"""The day that a line of text states."""

import re
from datetime import date, datetime

from build_tools.text.folding import fold

_MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
_DATE = (
    (re.compile(r"\b(\d{4})-(\d\d)-(\d\d)(?!\d)"), "%Y-%m-%d", (1, 2, 3)),
    (re.compile(rf"\b({'|'.join(_MONTHS)})[a-z]*\.? (\d{{1,2}}),? (\d{{4}})\b"), "%Y-%b-%d", (3, 1, 2)),
    (re.compile(rf"\b(\d{{1,2}}) ({'|'.join(_MONTHS)})[a-z]*\.?,? (\d{{4}})\b"), "%Y-%b-%d", (3, 2, 1)),
)
_MOIS = ["janv", "févr", "mars", "avr", "mai", "juin", "juil", "août", "sept", "oct", "nov", "déc"]
_DAY_FR = re.compile(rf"\b(\d{{1,2}})(?:er)? ({'|'.join(_MOIS)})[^\W\d_]*\.? (\d{{4}})\b", re.IGNORECASE)
_DAY_ZH = re.compile(r"(\d{4}) ?[年/] ?(\d{1,2}) ?[月/] ?(\d{1,2}) ?日?")


def find_day(text: str) -> str | None:
    """The first day in ``text`` (English, French, Chinese or EDTF), as EDTF: "2031-03-03"."""
    text = fold(text)
    for pattern, form, order in _DATE:
        if match := pattern.search(text):
            try:
                return datetime.strptime("-".join(match[i] for i in order), form).date().isoformat()  # noqa: DTZ007 - a day
            except ValueError:
                continue
    if match := _DAY_FR.search(text):
        month = next(n for n, stem in enumerate(_MOIS, 1) if match[2].casefold() == stem)
        return _format_day(match[3], month, match[1])
    if match := _DAY_ZH.search(text):
        return _format_day(*match.groups())
    return None


def _format_day(year: str, month: str | int, day: str) -> str | None:
    """The day as EDTF, or None if the calendar has no such day."""
    try:
        return date(int(year), int(month), int(day)).isoformat()
    except ValueError:
        return None
