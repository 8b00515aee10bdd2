"""The outline of a source: paragraph by paragraph the statements that stand there, our gist, or neither. Pure."""

from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby
from typing import Generic, NamedTuple, TypeVar

from synoptic.model.records import Source, Statement
from synoptic.model.site import Briefing
from synoptic.model.vocabulary import Vocabulary

#: A statement, as its caller holds it.
S = TypeVar("S")


class Gist(NamedTuple):
    """Our sentence on the paragraphs ``first`` to ``last``; ``key`` is how a contributor wrote them, as 7-9."""

    first: int
    last: int
    text: str
    key: str


class OutlineLine(NamedTuple, Generic[S]):
    """The paragraphs ``first`` to ``last`` of a source, all of one kind but for those of a gist: our gist ("" if there
    is none) and the statements that stand there."""

    first: int
    last: int
    kind: str
    gist: str
    statements: tuple[S, ...]


def list_gists(source: Source) -> list[Gist]:
    """The gists of a source, in the order of its paragraphs."""
    spans = ((key, *key.partition("-")[::2], text) for key, text in source.outline.items())
    return sorted(Gist(int(first), int(last or first), text, key) for key, first, last, text in spans)


def group_by_paragraph(briefing: Briefing) -> dict[str, dict[int, list[Statement]]]:
    """Source id to the statements in it by the paragraph in which their quotations begin, as far as locks know it."""
    places: dict[str, dict[int, list[Statement]]] = {source.id: {} for source in briefing.sources}
    for _, statement in briefing.statements:
        if statement.source in places and (entry := briefing.locked(statement)):
            places[statement.source].setdefault(entry.block, []).append(statement)
    return places


def list_outline(briefing: Briefing, source: Source, places: Mapping[int, list[S]]) -> list[OutlineLine[S]]:
    """Every paragraph of a locked source, in order; none without a lock. ``places`` are its statements by paragraph.

    A gist of a range is one line, and so are neighbours of one kind that have neither statement nor gist.
    """
    lock = briefing.locks.get(source.id)
    gists = {number: gist for gist in list_gists(source) for number in range(gist.first, gist.last + 1)} if lock else {}
    numbers = range(1, lock.blocks + 1) if lock else ()

    def group(number: int) -> tuple[str, object]:
        if number in gists:
            return "gist", gists[number].first
        return ("statements", number) if number in places else ("bare", source.paragraphs.get(number, "body"))

    lines = []
    for _, members in groupby(numbers, group):
        paragraphs = list(members)
        gist = gists.get(paragraphs[0])
        statements = tuple(one for number in paragraphs for one in places.get(number, ()))
        kind = source.paragraphs.get(paragraphs[0], "body")
        lines.append(OutlineLine(paragraphs[0], paragraphs[-1], kind, gist.text if gist else "", statements))
    return lines


def find_unaccounted(
    briefing: Briefing, source: Source, vocabulary: Vocabulary, places: Mapping[int, list[S]]
) -> list[int]:
    """The paragraphs of a locked source's body in which no statement stands and that have no gist."""
    return [
        number
        for line in list_outline(briefing, source, places)
        if not line.gist and not line.statements and vocabulary.get("blocks", line.kind).counts
        for number in range(line.first, line.last + 1)
    ]


def format_ranges(numbers: Iterable[int]) -> str:
    """``4-6, 9``: sorted numbers, runs as ranges."""
    return ", ".join(f"{first}-{last}" if last > first else str(first) for first, last in _find_runs(numbers))


def _find_runs(numbers: Iterable[int]) -> Iterator[tuple[int, int]]:
    for _, members in groupby(enumerate(numbers), lambda pair: pair[1] - pair[0]):
        run = [number for _, number in members]
        yield run[0], run[-1]
