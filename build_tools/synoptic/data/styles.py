"""Citations of articles in words, from their CSL-JSON items: APA (7th edition) and Chicago (18th, notes and
bibliography). Plain text in English, as both styles are. Pure.

By hand: see docs/decisions/2026-12-01-citations-and-sqlite.md. A title stays as the article has it, without title case.
"""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from synoptic.data.citations import ACCESSED
from synoptic.text.english import MONTHS

#: What ends a sentence already.
_STOPS = (".", "?", "!", "\u2026")


def cite_apa(item: Mapping[str, Any]) -> str:
    """An item as an entry in a list of references; one without a date is "n.d.", one without an author begins with its
    title."""
    author, title, when = _author(item), _stop(item["title"]), f"({_date(item, _apa_day) or 'n.d.'})."
    begins = [_stop(author), when, title] if author else [title, when]
    return _join([*begins, _stop(item.get("container-title", "")), item.get("URL", "")])


def cite_chicago(item: Mapping[str, Any]) -> str:
    """An item as an entry in a bibliography; the day of the visit is named only if the article has no date."""
    when = _date(item, _long_day)
    outlet = ", ".join(filter(None, [item.get("container-title", ""), when]))
    visit = f"Accessed {_long_day(item[ACCESSED]['date-parts'][0])}." if ACCESSED in item and not when else ""
    url = f"{item['URL']}." if "URL" in item else ""
    return _join([_stop(_author(item)), f"\u201c{_stop(item['title'])}\u201d", _stop(outlet), visit, url])


def _author(item: Mapping[str, Any]) -> str:
    return " and ".join(author["literal"] for author in item.get("author", ()))


def _date(item: Mapping[str, Any], show: Callable[[list[int]], str]) -> str:
    """When an item was issued, each end by ``show``; "" if that is unknown."""
    issued = item.get("issued", {})
    if "literal" in issued:
        return str(issued["literal"])
    ends = [show(parts) for parts in issued.get("date-parts", ())]
    if len(ends) > 1 and len({parts[0] for parts in issued["date-parts"]}) == 1:  # the year is named once
        year = str(issued["date-parts"][0][0])
        ends = [ends[0].removesuffix(f", {year}"), ends[1].removeprefix(f"{year}, ")]
    shown = "\u2013".join(ends)
    return f"ca. {shown}" if shown and issued.get("circa") else shown


def _apa_day(parts: list[int]) -> str:
    """``2031, September 2``."""
    month = MONTHS[parts[1] - 1] if len(parts) > 1 else ""
    day = f" {parts[2]}" if len(parts) > 2 else ""
    return f"{parts[0]}, {month}{day}" if month else str(parts[0])


def _long_day(parts: list[int]) -> str:
    """``September 2, 2031``."""
    month = f"{MONTHS[parts[1] - 1]} " if len(parts) > 1 else ""
    day = f"{parts[2]}, " if len(parts) > 2 else ""
    return f"{month}{day}{parts[0]}"


def _stop(text: str) -> str:
    """A text that ends like a sentence; nothing stays nothing."""
    return text if not text or text.endswith(_STOPS) else f"{text}."


def _join(parts: Iterable[str]) -> str:
    return " ".join(filter(None, parts))
