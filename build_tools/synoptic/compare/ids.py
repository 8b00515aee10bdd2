"""The register of published ids, ``ids.lock``, and what became of ids that are no longer in use. Pure.

An id enters the register when a published briefing is locked, and stays once it is on the main branch. If no object has
it any more, ``was:`` of another object or ``gone:`` in briefing.yml says what became of it.
"""

import itertools
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from synoptic.base.problems import Place, find_nearest
from synoptic.model.gone import Gone
from synoptic.model.lock import Register
from synoptic.model.records import Claim, Source, Speaker, Statement, Topic
from synoptic.model.site import Briefing, Site
from synoptic.model.values import LONGEST_ID

FILE = "ids.lock"
HEADER = "# Written by `synoptic lock`: every id that was ever published. An id never leaves this list.\n"
#: The lists of the register, each with the word for one of its objects.
SORTS: Mapping[str, str] = {
    "claims": "claim",
    "statements": "statement",
    "sources": "source",
    "topics": "topic",
    "speakers": "speaker",
}


@dataclass(frozen=True)
class Moved:
    """What became of a published id that is no longer in use.

    ``subject`` is claim, statement, source, topic or speaker. ``now`` is its id today if it was renamed; otherwise it
    is gone for the reason ``why``, and ``to`` may name what to look at instead: an id, or ``briefing/claim``.
    """

    subject: str
    old: str
    now: str = ""
    why: str = ""
    to: str = ""

    @property
    def anchor(self) -> str:
        """Its anchor on the briefing's page ``gone/``."""
        return f"{self.subject}-{self.old}"


def name_statements(claims: Sequence[Claim], taken: Collection[str]) -> list[Claim]:
    """The claims, with an id for each statement without one: ``<source>-<claim>``; a second one gets ``-2``.

    No id is used that another statement has, or had, or that is in ``taken``: what was registered and is gone by
    mistake stays missed, and never comes to stand for other words.
    """
    if all(statement.id for claim in claims for statement in claim.statements):
        return list(claims)
    used = {name for claim in claims for statement in claim.statements for name in (statement.id, *statement.was)}
    used.update(taken)
    named = []
    for claim in claims:
        statements = []
        for statement in claim.statements:
            if not statement.id:
                statement = statement.model_copy(update={"id": _make_id(f"{statement.source}-{claim.id}", used)})
                used.add(statement.id)
            statements.append(statement)
        named.append(claim.model_copy(update={"statements": tuple(statements)}))
    return named


def _make_id(name: str, used: Collection[str]) -> str:
    """``name``, cut to the length of an id, with a number behind it if it is used."""
    ends = itertools.chain([""], (f"-{number}" for number in itertools.count(2)))
    ids = (name[: LONGEST_ID - len(end)].rstrip("-") + end for end in ends)
    return next(one for one in ids if one not in used)


def list_unwritten(briefing: Briefing) -> list[Statement]:
    """The statements whose id is not in their file yet."""
    return [statement for _, statement in briefing.statements if "id" not in statement.place.parts]


def list_ids(briefing: Briefing) -> dict[str, dict[str, tuple[Place, str]]]:
    """The ids that have an address now: ``{"claims": {"cost-19": (place of the object, its key there)}, ...}``.
    Speakers are those who have a page."""
    holders = ((briefing.speaker_of(s), s.place, "speaker" if s.speaker else "source") for _, s in briefing.statements)
    return {
        "claims": {claim.id: (claim.place, "id") for claim in briefing.claims},
        "statements": {statement.id: (statement.place, "id") for _, statement in briefing.statements},
        "sources": {source.id: (Place(source.place.path), "id") for source in briefing.sources},
        "topics": {topic.id: (topic.place, "id") for topic in briefing.file.topics},
        "speakers": {speaker: (place, key) for speaker, place, key in holders if speaker},
    }


def list_renames(briefing: Briefing, site: Site | None) -> Iterator[tuple[str, str, str, Place]]:
    """Every entry of a ``was:``: list of the register, old id, id now, place; without a site not of shared speakers."""
    unnamed = (speaker for source in briefing.sources for speaker in source.speakers)
    objects: tuple[tuple[str, Iterable[Claim | Statement | Source | Topic | Speaker]], ...] = (
        ("claims", briefing.claims),
        ("statements", (statement for _, statement in briefing.statements)),
        ("sources", briefing.sources),
        ("topics", briefing.file.topics),
        ("speakers", (*(speaker for speaker in (site.speakers if site else ()) if speaker.was), *unnamed)),
    )
    for sort, items in objects:
        for item in items:
            for number, old in enumerate(item.was):
                yield sort, old, item.id, item.place.at("was", number)


def list_gone(briefing: Briefing) -> dict[str, Gone]:
    """Every id in ``gone:``, with its entry."""
    return {name: entry for entry in briefing.file.gone for name in entry.ids}


def list_unused(briefing: Briefing) -> Iterator[tuple[str, str, Place]]:
    """The ids of the register that nothing has now: list, id, its place in the register."""
    register, ids = briefing.register or Register(), list_ids(briefing)
    for sort in SORTS:
        for number, name in enumerate(getattr(register, sort)):
            if name not in ids[sort]:
                yield sort, name, register.place.at(sort, number)


def find_lost(briefing: Briefing, site: Site | None = None) -> dict[tuple[str, str], tuple[str, Place]]:
    """Published ids that nothing has now and that nothing explains: (list, id) to the unpublished id most like it, or
    "", and its place in the register. A changed id is one mistake: both ends of it are in one entry."""
    if not (unused := list(list_unused(briefing))):
        return {}
    register, gone = briefing.register or Register(), list_gone(briefing)
    renamed = {(sort, old) for sort, old, _, _ in list_renames(briefing, site)}
    new = {sort: set(names) - set(getattr(register, sort)) for sort, names in list_ids(briefing).items()}
    lost: dict[tuple[str, str], tuple[str, Place]] = {}
    for sort, old, place in unused:
        if (sort, old) not in renamed and old not in gone:
            nearest = find_nearest(old, new[sort])
            new[sort].discard(nearest)
            lost[sort, old] = nearest, place
    return lost


def explain_unused(briefing: Briefing, site: Site) -> tuple[Moved, ...]:
    """What became of each unused id, if ``was:`` or ``gone:`` says so."""
    new = {(sort, old): name for sort, old, name, _ in list_renames(briefing, site)}
    gone = list_gone(briefing)
    if not new and not gone:
        return ()
    moved: list[Moved] = []
    for sort, old, _ in list_unused(briefing):
        if (sort, old) in new:
            moved.append(Moved(SORTS[sort], old, now=new[sort, old]))
        elif entry := gone.get(old):
            moved.append(Moved(SORTS[sort], old, why=entry.why, to=entry.to or ""))
    return tuple(dict.fromkeys(moved))


def make_register(briefing: Briefing, *published: Register | None) -> Register:
    """The register of a briefing: the ids of the registers that were published before, and all that it has now. Sources
    stay in the order in which they were published, which gives them their letters; all others are sorted."""
    own = {sort: tuple(sorted(names)) for sort, names in list_ids(briefing).items()}
    return join_registers(*filter(None, published), Register(**own))


def join_registers(*registers: Register) -> Register:
    """All ids of some registers, each once: sources in the order in which they come, all others sorted."""
    lists = {sort: dict.fromkeys(name for one in registers for name in getattr(one, sort)) for sort in SORTS}
    return Register(**{sort: tuple(names if sort == "sources" else sorted(names)) for sort, names in lists.items()})


def format_register(register: Register) -> str:
    """The register as YAML, an id a line."""
    lines = [HEADER]
    for sort in SORTS:
        names = getattr(register, sort)
        lines += [f"{sort}:\n" if names else f"{sort}: []\n", *(f"- {name}\n" for name in names)]
    return "".join(lines)
