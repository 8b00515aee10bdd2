"""Compares second readings: those that are new, gone, or no longer say the same. Pure."""

from collections.abc import Iterator

from synoptic.history.diff.objects import Sides
from synoptic.model.change import Change
from synoptic.model.reading import Coding, Reading, ReadStatement


def compare_readings(sides: Sides) -> Iterator[Change]:
    """The second readings of a briefing, by the names of their files."""
    base, head = sides.base.readings, sides.head.readings
    for name, reading in base.items():
        if name not in head and f"reading:{name}" not in sides.head.broken:
            before = _show(reading)
            values = {"name": reading.name, "day": reading.day, "count": str(len(reading.statements))}
            yield sides.change("reading-removed", name, reading.place, side="base", before=before, **values)
    for name, reading in head.items():
        old = base.get(name)
        values = {"name": reading.name, "day": reading.day, "count": str(len(reading.statements))}
        if old is None and f"reading:{name}" not in sides.base.broken:
            yield sides.change("reading-added", name, reading.place, after=_show(reading), **values)
        elif old is not None and old != reading:
            yield from _compare(name, old, reading, sides)


def _compare(name: str, before: Reading, after: Reading, sides: Sides) -> Iterator[Change]:
    """What changed in a reading: its head, and each answer."""
    old, new = _show(before), _show(after)
    if old != new:
        yield sides.change("reading-changed", name, after.place, before=old, after=new, name=after.name)
    said, says = ({entry.statement: entry for entry in reading.statements} for reading in (before, after))
    for statement in dict.fromkeys((*said, *says)):
        one, other = said.get(statement), says.get(statement)
        if _answers(one) != _answers(other):
            place = (other or after).place
            values = {"name": after.name, "statement": statement}
            was, now = (_show_entry(entry) if entry else None for entry in (one, other))
            yield sides.change("reading-answer", name, place, before=was, after=now, **values)


def _answers(entry: ReadStatement | None) -> dict[str, object] | None:
    """All that an entry says, wherever it stands."""
    return entry.model_dump() if entry else None


def _show(reading: Reading) -> str:
    """All that a reading says but its answers."""
    names = (f"{typed}: {speaker}" for typed, speaker in reading.names.items())
    who = "outside the project" if reading.outside else "of the project"
    drawn = f"{reading.drawn} drawn from seed {reading.seed}"
    return " · ".join(filter(None, [reading.name, reading.day, who, reading.note, drawn, *names]))


def _show_entry(entry: ReadStatement) -> str:
    words = f"quotation {entry.quote_sha256[:8]}, claim {entry.claim_sha256[:8]}"
    return f"first: {_show_coding(entry.first)} · second: {_show_coding(entry.second)} · {words}"


def _show_coding(coding: Coding) -> str:
    answers = {"holder": coding.holder, "stance": coding.stance, "kind": coding.kind}
    return ", ".join(f"{name} {answer}" for name, answer in answers.items() if answer) or "nothing"
