"""The letter and the mark of each source, by which tables name an article in little room. Pure."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from synoptic.model.lock import Register
from synoptic.model.records import Source
from synoptic.model.site import Briefing

#: Shapes that differ without colour, none of which is the symbol of a stance or a silence.
SHAPES = "■▲◆★▼✚□△◇☆▽◢◣◤◥◧◨◩◪▣▤▥▦▧▨▩◈"


class SourceMark(NamedTuple):
    """A letter of its own (``A`` to ``Z``, then ``AA``) and a shape."""

    letter: str
    shape: str


def mark_sources(briefing: Briefing) -> Mapping[str, SourceMark]:
    """Source id to its letter and shape: in the order of the register of published ids, then of the files, so that a
    source keeps its letter when another is added, renamed or retired."""
    registered = len(briefing.register.sources) if briefing.register else 0
    marks, following = {}, registered
    for source, place in zip(briefing.sources, _place_sources(briefing.sources, briefing.register), strict=True):
        number = place
        if number == registered:  # not registered yet
            number, following = following, following + 1
        marks[source.id] = SourceMark(_letter(number), SHAPES[number % len(SHAPES)])
    return marks


def order_sources(sources: Sequence[Source], register: Register | None) -> list[Source]:
    """Sources in the order of their letters, in which every page lists them."""
    places = _place_sources(sources, register)
    return [source for _, source in sorted(zip(places, sources, strict=True), key=lambda pair: pair[0])]


def _place_sources(sources: Sequence[Source], register: Register | None) -> list[int]:
    """The first place in the register of each source's id or a former one; the register's length if it has none."""
    registered = {name: number for number, name in enumerate(register.sources if register else ())}
    names = [(source.id, *source.was) for source in sources]
    return [min((registered[n] for n in known if n in registered), default=len(registered)) for known in names]


def _letter(number: int) -> str:
    """The letters of a column in a spreadsheet: 0 is A, 26 is AA."""
    return (_letter(number // 26 - 1) if number >= 26 else "") + chr(ord("A") + number % 26)
