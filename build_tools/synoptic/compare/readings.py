"""Second readings: what still counts of them, where they differ from the first, and how far readers agree. Pure."""

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from synoptic.compare.agreement import Agreement, measure_agreement
from synoptic.model.reading import ARTICLE, Coding, Reading, ReadStatement
from synoptic.model.records import Claim, Statement
from synoptic.model.site import Briefing
from synoptic.text.folding import fold
from synoptic.text.match import hash_quote

#: What is read a second time, in the order in which it is shown.
ASKED = ("holder", "stance", "kind")


class Twice(NamedTuple):
    """A statement that was read a second time: by whom, and both answers. ``void`` says what changed since, in words
    for contributors; ``counts`` is whether nothing did, and the reader is not one of the first."""

    id: str
    reading: Reading
    entry: ReadStatement
    statement: Statement | None
    void: str
    counts: bool

    @property
    def differing(self) -> tuple[str, ...]:
        """What the second reader answered in another way than the first."""
        pairs = {name: (getattr(self.entry.first, name), getattr(self.entry.second, name)) for name in ASKED}
        return tuple(name for name, (first, second) in pairs.items() if second is not None and first != second)


class Measured(NamedTuple):
    """The second readings of a briefing. ``readings`` are those of which anything counts; ``statements`` is how many
    statements count, ``void`` how many were read but changed since; ``figures`` has the agreement on each of ASKED."""

    readings: tuple[Reading, ...]
    statements: int
    void: int
    conflicts: tuple[Twice, ...]
    figures: Mapping[str, Agreement]


def code_statement(briefing: Briefing, claim: Claim, statement: Statement) -> Coding:
    """What the briefing says of a statement. All articles that speak for themselves count as one holder, since nobody
    has to tell which article a quotation is from."""
    return Coding(holder=briefing.speaker_of(statement) or ARTICLE, stance=statement.stance, kind=claim.kind)


def hash_claim(sentence: str) -> str:
    """The hash of a claim's sentence."""
    return hash_quote(sentence)


def list_read(briefing: Briefing) -> Iterator[Twice]:
    """Every statement of every reading, by the ids of the readings."""
    known = {statement.id: (claim, statement) for claim, statement in briefing.statements}
    known = {old: pair for pair in known.values() for old in pair[1].was} | known
    for name, reading in briefing.readings.items():
        another = not is_first_reader(briefing, reading.name)
        for entry in reading.statements:
            pair = known.get(entry.statement)
            void = _find_change(briefing, entry, pair)
            yield Twice(name, reading, entry, pair and pair[1], void, another and not void)


def _find_change(briefing: Briefing, entry: ReadStatement, pair: tuple[Claim, Statement] | None) -> str:
    """What changed of a statement since it was read; empty if nothing did."""
    if pair is None:
        return "the statement is gone"
    claim, statement = pair
    first, now = entry.first, code_statement(briefing, claim, statement)
    changes = {
        "its quotation": entry.quote_sha256 != hash_quote(statement.quote, statement.cut),
        "its claim": entry.claim_sha256 != hash_claim(claim.claim),
        **{f"its {name}": getattr(first, name) != getattr(now, name) for name in ASKED},
    }
    return " and ".join(what for what, changed in changes.items() if changed)


def is_first_reader(briefing: Briefing, name: str) -> bool:
    """Whether somebody edits the briefing or checked its quotations, and so cannot read it a second time."""
    first = {editor.name for editor in briefing.file.editors}
    first.update(reader.name for lock in briefing.locks.values() for reader in lock.readers)
    return _fold_name(name) in map(_fold_name, first)


def _fold_name(name: str) -> str:
    return " ".join(fold(name).casefold().split())


def measure_readings(briefing: Briefing) -> Measured | None:
    """The agreement of the readings that still count; None if nothing has been read a second time.

    A unit is a statement, for the kind a claim. If somebody read one twice, the later answer counts.
    """
    read = sorted(list_read(briefing), key=lambda twice: (twice.reading.day, twice.id))
    if not read:
        return None
    counted = [twice for twice in read if twice.counts]
    claims = {statement.id: claim.id for claim, statement in briefing.statements}
    figures, ids = {}, {twice.statement.id for twice in counted if twice.statement}
    for name in ASKED:
        units: dict[str, dict[str, str]] = {}
        for twice in counted:
            answer = getattr(twice.entry.second, name)
            if twice.statement and answer is not None:
                unit = units.setdefault(claims[twice.statement.id] if name == "kind" else twice.statement.id, {})
                unit[""] = getattr(twice.entry.first, name)
                unit[_fold_name(twice.reading.name)] = answer
        figures[name] = measure_agreement([tuple(unit.values()) for unit in units.values()])
    return Measured(
        readings=tuple({twice.id: twice.reading for twice in counted}.values()),
        statements=len(ids),
        void=len({twice.entry.statement for twice in read if twice.void}),
        conflicts=tuple(twice for twice in counted if twice.differing),
        figures=figures,
    )
