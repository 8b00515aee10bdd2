"""The day that a line of text states."""

import re
from datetime import date

from synoptic.text.dates import MONTH, number_month
from synoptic.text.folding import fold

_MONTH = rf"(?P<month>{MONTH})"
_DAY, _YEAR = r"(?P<day>\d{1,2})", r"(?P<year>\d{4})"
_DATES = (
    re.compile(rf"\b{_YEAR}-(?P<month>\d\d)-(?P<day>\d\d)(?!\d)"),
    re.compile(rf"\b{_MONTH}\.? {_DAY}(?:st|nd|rd|th)?,? {_YEAR}\b", re.IGNORECASE),
    re.compile(
        rf"\b{_DAY}(?:er|\.?[ºo°]|\.|st|nd|rd|th)? (?:de |of )?{_MONTH}\.?,? (?:del? )?{_YEAR}\b", re.IGNORECASE
    ),
    re.compile(r"(?P<year>\d{4}) ?[年/] ?(?P<month>\d{1,2}) ?[月/] ?(?P<day>\d{1,2}) ?日?"),
    re.compile(rf"\ble {_DAY}/(?P<month>\d{{1,2}})/{_YEAR}\b", re.IGNORECASE),  # in English the month may come first
    re.compile(rf"\b{_DAY}\.(?P<month>\d{{1,2}})\.{_YEAR}\b"),
)


_UPDATED = re.compile(
    r"\b(?:last )?(?:updated|modified|changed|mise? à jour|modifiée?|aktualisiert|actualizado"
    r"|aggiornato|atualizado|bijgewerkt)\b|更新",
    re.IGNORECASE,
)
_PUBLISHED = re.compile(
    r"\b(?:published|posted|created|publiée?|parue?|veröffentlicht|erschienen|erstellt|publicado"
    r"|pubblicato|gepubliceerd)\b|发布|发表",
    re.IGNORECASE,
)


#: A weekday, a time and the like, which may stand beside a day.
_BESIDE_DAY = re.compile(r"[^\W\d_]{1,13}(?:-feira)?|\d{1,2}[:.h]\d{2}|[^\w\s]+")


def is_day_alone(line: str) -> bool:
    """Whether a line states a day, with one more word and a time at most: "lunes, 29 de septiembre de 2031, 10:15"."""
    line = fold(line)
    match = next(filter(None, (pattern.search(line) for pattern in _DATES)), None)
    if match is None or find_day(line) is None:
        return False
    rest = f"{line[: match.start()]} {line[match.end() :]}"
    return _BESIDE_DAY.sub("", rest, count=6).strip() == "" and len(re.findall(r"[^\W\d_]+(?:-\w+)?", rest)) <= 1


def find_publication_day(line: str) -> str | None:
    """The day on which an article appeared, as a date line states it, and never the day of an update."""
    said = _PUBLISHED.search(line)
    return find_day(_UPDATED.split(line[said.end() :] if said else line)[0])


def find_day(text: str) -> str | None:
    """The first day in ``text`` (Chinese, EDTF or one of seven European languages), as EDTF: "2031-03-03"."""
    text = fold(text)
    for pattern in _DATES:
        if match := pattern.search(text):
            month = match["month"].casefold()
            try:
                number = int(month) if month.isdecimal() else number_month(month)
                return date(int(match["year"]), number, int(match["day"])).isoformat()
            except ValueError:  # the calendar has no such day
                continue
    return None
