"""The author that a line of text names: a byline, or a date line with one."""

import re

from synoptic.article.dates import find_day
from synoptic.text.dates import MONTH

_NAME = r"(?P<name>[^\W\d_].{1,80})$"
#: A line that begins with who wrote the article.
BYLINE = re.compile(
    r"^(?:(?:(?:written |posted |reported |(?:story|text|words|report|article|analysis) )?by|author:)\s+"
    r"|(?:(?:un )?(?:article |texte |reportage )?(?:(?:écrit|rédigé|signé) )?par|auteure?\s?:)\s+(?=(?-i:[A-ZÀ-ÖØ-Þ]))"
    r"|(?:by|von|par|por|text|texte?|autor(?:in)?)\s?:\s+(?=(?-i:[A-ZÀ-ÖØ-Þ]))"
    r"|(?:eine? )?(?:artikel|beitrag|text|bericht|gastbeitrag|kommentar|analyse|reportage) von\s+"
    r"(?=(?-i:[A-ZÀ-ÖØ-Þ]))"
    r"|(?:von|por)\s+(?=(?-i:[A-ZÀ-ÖØ-Þ][\w.-]*\s(?:\w{2,3}\s)?[A-ZÀ-ÖØ-Þ]))"
    rf"|(?:作者|撰文|记者|記者|文)\s?[:：/]\s?){_NAME}",
    re.IGNORECASE,
)
#: The same after a day, such as "Mar 3rd, 2031 12:34pm by Ada Sample".
_AFTER_DAY = re.compile(rf"^(?P<day>.*\d.*?)[\s,|\u00b7\u2022\u2013\u2014-]+(?:by|von|par)\s+(?=[A-ZÀ-ÖØ-Þ]){_NAME}")
_MINUTES = r"\d{1,3}\s?-?\s?min(?:s|utes?|uten)?\b\.?"
_TIME_TO_READ = re.compile(
    r"[\s,|(\u00b7\u2022\u2013\u2014-]*(?:"
    rf"(?:reading time|time to read|lese(?:zeit|dauer)|(?:temps|durée) de lecture|lecture)\s?:?\s*(?:ca\.|env\.)?\s*"
    rf"{_MINUTES}|{_MINUTES}(?:\s+(?:read(?:ing time)?|lese(?:zeit|dauer)|(?:de )?lecture))?)\)?",
    re.IGNORECASE,
)
_WEEKDAY = (
    r"(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?|(?:lun|mar|mercre|jeu|vendre|same)di|dimanche"
    r"|(?:mon|diens|donners|frei|sams|sonn)tag|mittwoch)"
)
_OFFICE = (
    r"(?:chief |senior |political |foreign )*(?:correspondent|reporter|editor|writer|columnist|contributor|journalist"
    r"|korrespondent(?:in)?|redakteur(?:in)?|reporter(?:in)?|autor(?:in)?|journaliste?"
    r"|envoyée? spéciale?|rédact\w+|chef\w*)"
)
#: Where a name ends: at a day, at a word such as "published", or at a sign with spaces around it.
_END = re.compile(
    rf"\s*[,|\u00b7\u2022\u2013\u2014-]?\s+(?=(?:(?:on|le|am|vom)\s)?(?:{_WEEKDAY}\b|\d|{MONTH}\.? \d))"
    r"|\s*[,|\u00b7\u2022\u2013\u2014(-]?\s*\b(?:published|updated|posted|publié|mis à jour|modifié|veröffentlicht"
    r"|aktualisiert|stand:)"
    r"|\s+[|\u00b7\u2022\u2013\u2014]\s+"
    r"|\s+(?:with|avec|mit|und|and|et)\s+"
    r"(?:(?-i:[A-Z]{2,5}\s*$)|dpa\b|(?:the )?(?:news )?agenc(?:y|ies)\b|agences?\b|agenturen\b)"
    r"|,\s+(?=[^\s,]+$)(?!(?:jr|sr|md|phd)\.?$)"  # a town or an outlet; a name has two words
    rf"|,\s+(?=[^,]*\b(?:{_OFFICE})\b)",
    re.IGNORECASE,
)
#: Words that name no person: who signs with them is a whole newsroom, or nobody.
NOBODY = re.compile(
    r"^(?:(?:by|from|the|our|an?|der|die|das|unserer?|eigener|la|le|les|notre|nuestra|web|online|digital|news|tv|sport)"
    r"\s)*(?:news ?desk|web ?desk|news ?room|desk|staff(?:\s(?:writers?|reporters?|correspondents?))?"
    r"|(?:editorial|news)\s(?:staff|team|board|desk)|editors?|reporters?|correspondents?|admin(?:istrator)?"
    r"|agenc(?:y|ies)|wire services?|\w*redaktion|redakteure?|agentur(?:en)?|korrespondent(?:en|in)?"
    r"|rédaction|redazione|redacción|redacção|agences?|agencias?)"
    r"(?:\s(?:de|du|des|der|von|of|web|online|team|report)\b.*)?$",
    re.IGNORECASE,
)


def find_author(line: str) -> str:
    """The name in a byline, without a day, a time to read or an outlet after it; "" if the line names nobody."""
    line = _TIME_TO_READ.sub("", line.strip()).strip()
    match = BYLINE.match(line)
    if match is None and (after := _AFTER_DAY.match(line)) and find_day(after["day"]):
        match = after
    name = _END.split(match["name"], maxsplit=1)[0].strip(" ,|") if match else ""
    return "" if name.islower() or NOBODY.match(name) else name
