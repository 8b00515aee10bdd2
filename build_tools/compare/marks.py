"""The letter and the mark of each source, by which tables name an article in little room. Pure."""

from collections.abc import Mapping
from typing import NamedTuple

from build_tools.model.site import Briefing

#: Shapes that differ without colour, none of which is the symbol of a stance or a silence.
SHAPES = "■▲◆★▼✚□△◇☆▽◢◣◤◥◧◨◩◪▣▤▥▦▧▨▩◈"


class SourceMark(NamedTuple):
    """A letter of its own (``A`` to ``Z``, then ``AA``) and a shape."""

    letter: str
    shape: str


def mark_sources(briefing: Briefing) -> Mapping[str, SourceMark]:
    """Source id to its letter and shape: in the order of the register of published ids, then of the files, so that a
    source keeps its letter when another is added, renamed or retired."""
    registered = {name: number for number, name in enumerate(briefing.register.sources if briefing.register else ())}
    end = len(registered)

    def place(names: tuple[str, ...]) -> int:
        return min((registered[name] for name in names if name in registered), default=end)

    order = sorted(briefing.sources, key=lambda source: place((source.id, *source.was)))
    marks, following = {}, end
    for source in order:
        number = place((source.id, *source.was))
        if number == end:  # not registered yet
            number, following = following, following + 1
        marks[source.id] = SourceMark(_letter(number), SHAPES[number % len(SHAPES)])
    return marks


def _letter(number: int) -> str:
    """The letters of a column in a spreadsheet: 0 is A, 26 is AA."""
    return (_letter(number // 26 - 1) if number >= 26 else "") + chr(ord("A") + number % 26)
