"""The register of published ids, ``ids.lock``: what a briefing must keep, and what became of what it did not. Pure.

An id enters the register when a published briefing is locked, and never leaves it. One that no object has any more is
named by ``was:`` of the object that took its place, or by ``gone:`` in briefing.yml with a reason.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from build_tools.base.problems import Place
from build_tools.model.briefing import Briefing
from build_tools.model.lock import Register
from build_tools.model.records import Claim, Gone, Source, Speaker, Statement, Topic
from build_tools.model.site import Site

FILE = "ids.lock"
HEADER = "# Written by `python -m build_tools lock`: every id that was ever published. An id never leaves this list.\n"
#: The lists of the register, and what is in them.
SORTS: Mapping[str, str] = {
    "claims": "claim",
    "statements": "statement",
    "sources": "source",
    "topics": "topic",
    "speakers": "speaker",
}


@dataclass(frozen=True)
class Moved:
    """What became of an id that was published and is no more.

    ``subject`` is claim, statement, source, topic or speaker. ``now`` is its id today, where it was only renamed; else
    it is gone for the reason ``why``, and ``to`` may name what to look at instead: an id, or ``briefing/claim``.
    """

    subject: str
    old: str
    now: str = ""
    why: str = ""
    to: str = ""

    @property
    def anchor(self) -> str:
        """Where it is explained on the briefing's page ``gone/``."""
        return f"{self.subject}-{self.old}"


def current(briefing: Briefing) -> dict[str, dict[str, tuple[Place, str]]]:
    """The ids that have an address now: sort to id to the place of what bears it, and its key there. Speakers are those
    who have a page."""
    heard = ((briefing.speaker_of(s), s.place, "speaker" if s.speaker else "source") for _, s in briefing.statements)
    return {
        "claims": {c.id: (c.place, "id") for c in briefing.claims},
        "statements": {s.id: (s.place, "id") for _, s in briefing.statements},
        "sources": {s.id: (Place(s.place.path), "id") for s in briefing.sources},
        "topics": {t.id: (t.place, "id") for t in briefing.file.topics},
        "speakers": {speaker: (place, key) for speaker, place, key in heard if speaker},
    }


def renamed(briefing: Briefing, site: Site) -> Iterator[tuple[str, str, str, Place]]:
    """What every ``was:`` says: sort, old id, id now, place."""
    unnamed = (speaker for source in briefing.sources for speaker in source.speakers)
    items: tuple[tuple[str, Iterable[Claim | Statement | Source | Topic | Speaker]], ...] = (
        ("claims", briefing.claims),
        ("statements", (statement for _, statement in briefing.statements)),
        ("sources", briefing.sources),
        ("topics", briefing.file.topics),
        ("speakers", (*(speaker for speaker in site.speakers if speaker.was), *unnamed)),
    )
    for sort, mine in items:
        for item in mine:
            for i, old in enumerate(item.was):
                yield sort, old, item.id, item.place.at("was", i)


def gone(briefing: Briefing) -> dict[str, Gone]:
    """Every id for which a reason is given."""
    return {name: one for one in briefing.file.gone for name in one.ids}


def left(briefing: Briefing) -> Iterator[tuple[str, str, Place]]:
    """Ids of the register that nothing bears now: sort, id, its place in the register."""
    known, now = briefing.register or Register(), current(briefing)
    for sort in SORTS:
        for number, name in enumerate(getattr(known, sort)):
            if name not in now[sort]:
                yield sort, name, known.place.at(sort, number)


def moved(briefing: Briefing, site: Site) -> tuple[Moved, ...]:
    """What became of every id that was published and is no more, as far as it is said."""
    new = {(sort, old): name for sort, old, name, _ in renamed(briefing, site)}
    reasons = gone(briefing)
    found: list[Moved] = []
    if not new and not reasons:
        return ()
    for sort, old, _ in left(briefing):
        subject = SORTS[sort]
        if (sort, old) in new:
            found.append(Moved(subject, old, now=new[sort, old]))
        elif one := reasons.get(old):
            found.append(Moved(subject, old, why=one.why, to=one.to or ""))
    return tuple(dict.fromkeys(found))


def make(briefing: Briefing, published: Register | None) -> Register:
    """The register of a briefing: what was published before, and all that it has now."""
    now = current(briefing)
    lists = {sort: tuple(sorted({*getattr(published or Register(), sort), *now[sort]})) for sort in SORTS}
    return Register(**lists)


def dump(register: Register) -> str:
    """The register as YAML, an id a line."""
    lines = [HEADER]
    for sort in SORTS:
        names = getattr(register, sort)
        lines += [f"{sort}:\n" if names else f"{sort}: []\n", *(f"- {name}\n" for name in names)]
    return "".join(lines)
