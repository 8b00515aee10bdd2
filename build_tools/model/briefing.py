"""One briefing, as loaded."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from build_tools.base.problems import Place
from build_tools.model.lock import Lock, LockedQuote, Register
from build_tools.model.records import BriefingFile, Claim, Event, Figure, Relation, Source, Speaker, Statement
from build_tools.text.match import Text, fold

#: Stands in ``Briefing.broken`` where a whole file or an id could not be read, so that any id may be missing.
UNREADABLE = "?"


@dataclass(frozen=True)
class Briefing:
    """One briefing, as loaded. ``broken`` holds ids of objects that could not be read (already reported)."""

    slug: str
    file: BriefingFile
    sources: tuple[Source, ...] = ()
    claims: tuple[Claim, ...] = ()
    figures: tuple[Figure, ...] = ()
    events: tuple[Event, ...] = ()
    locks: Mapping[str, Lock] = field(default_factory=dict)
    texts: Mapping[str, Text] = field(default_factory=dict)
    changed: Mapping[str, str] = field(default_factory=dict)
    files: Mapping[str, bytes] = field(default_factory=dict, repr=False, compare=False)
    """What was read of it, by path in the project; of the texts only those that may be shown in full."""
    broken: frozenset[str] = frozenset()
    register: Register | None = None

    @property
    def draft(self) -> bool:
        """Whether it is still a draft."""
        return self.file.status == "draft"

    @property
    def listed(self) -> bool:
        """Whether readers of the site are led to it: a draft or an invented example is not."""
        return self.file.status == "published"

    @property
    def example(self) -> bool:
        """Whether it is invented, to learn from."""
        return self.file.status == "example"

    @cached_property
    def source(self) -> dict[str, Source]:
        """Sources by id."""
        return {s.id: s for s in self.sources}

    @cached_property
    def claim(self) -> dict[str, Claim]:
        """Claims by id."""
        return {c.id: c for c in self.claims}

    @cached_property
    def unnamed(self) -> dict[str, str]:
        """Unnamed speaker's id to the id of the one source it belongs to."""
        return {speaker.id: source.id for source in self.sources for speaker in source.speakers}

    @cached_property
    def own_speakers(self) -> dict[str, Speaker]:
        """The same speakers by id."""
        return {speaker.id: speaker for source in self.sources for speaker in source.speakers}

    def speaker_of(self, statement: Statement) -> str | None:
        """The speaker who holds a statement: the one it names, else the one whose own text the source is."""
        source = self.source.get(statement.source)
        return statement.speaker or (source.voice if source else None)

    @cached_property
    def statements(self) -> tuple[tuple[Claim, Statement], ...]:
        """Every statement with its claim."""
        return tuple((claim, statement) for claim in self.claims for statement in claim.statements)

    @cached_property
    def held(self) -> dict[str, list[tuple[Claim, Statement]]]:
        """Speaker's id to their statements of known sources, each with its claim."""
        found: dict[str, list[tuple[Claim, Statement]]] = {}
        for claim, statement in self.statements:
            if statement.source in self.source and (speaker := self.speaker_of(statement)):
                found.setdefault(speaker, []).append((claim, statement))
        return found

    @cached_property
    def outline(self) -> Outline:
        """What the pages of the whole site must know of it."""
        named = [*(r.to for claim in self.claims for r in claim.relations), *(one.to or "" for one in self.file.gone)]
        related = (reference.partition("/") for reference in named)
        texts = sorted((name, len(text.spans), len(text.blocks)) for name, text in self.texts.items())
        files = repr((sorted(self.files.items()), texts, self.changed, sorted(self.broken)))
        return Outline(
            self.slug,
            self.file.title,
            self.listed,
            hashlib.sha256(files.encode("utf-8", "surrogatepass")).hexdigest(),
            Counter({speaker: len(statements) for speaker, statements in self.held.items()}),
            frozenset(slug for slug, slash, _ in related if slash),
        )

    @cached_property
    def statement(self) -> dict[str, Statement]:
        """Statements by id."""
        return {statement.id: statement for _, statement in self.statements}

    @cached_property
    def carried(self) -> dict[str, list[tuple[Claim, Statement]]]:
        """Source id to the statements that it carries, each with its claim."""
        found: dict[str, list[tuple[Claim, Statement]]] = {}
        for claim, statement in self.statements:
            found.setdefault(statement.source, []).append((claim, statement))
        return found

    def locked(self, statement: Statement) -> LockedQuote | None:
        """The lock's entry for a statement."""
        lock = self.locks.get(statement.source)
        return lock.by_statement.get(statement.id) if lock else None

    @cached_property
    def checked(self) -> tuple[tuple[Statement, Source, LockedQuote], ...]:
        """The statements whose quotation is the one in the lock, with source and entry."""
        found = ((s, self.source.get(s.source), self.locked(s)) for _, s in self.statements)
        return tuple((s, source, entry) for s, source, entry in found if source and entry and entry.is_of(s))

    @cached_property
    def quotations(self) -> tuple[Statement, ...]:
        """All that must stand verbatim in a source: statements, and words of figures and events beyond them."""
        found = [statement for _, statement in self.statements]
        for item in (*self.figures, *self.events):
            known = [self.statement[name] for name in item.statements if name in self.statement]
            if item.words and known and not any(fold(item.words) in fold(one.quote) for one in known):
                spot = item.place.at("words")
                place = Place(spot.path, spot.line, spot.column, {"quote": (spot.line, spot.column)})
                first = Statement(place=place, id=item.id, source=known[0].source, stance="asserts", quote=item.words)
                found.append(first)
        return tuple(found)

    @cached_property
    def quoted(self) -> dict[str, list[Statement]]:
        """Source id to all of these that must stand in it."""
        found: dict[str, list[Statement]] = {}
        for statement in self.quotations:
            found.setdefault(statement.source, []).append(statement)
        return found

    @cached_property
    def incoming(self) -> dict[str, list[tuple[Claim, Relation]]]:
        """Claim id to the relations that other claims of the briefing have to it."""
        found: dict[str, list[tuple[Claim, Relation]]] = {}
        for claim in self.claims:
            for relation in claim.relations:
                if relation.to != claim.id:
                    found.setdefault(relation.to, []).append((claim, relation))
        return found


@dataclass(frozen=True)
class Outline:
    """What the pages of the whole site must know of each briefing, whether it has been read or not."""

    slug: str
    title: str
    listed: bool
    made_of: str
    """What tells its files from all others."""
    credited: Mapping[str, int]
    """Holder's id, named or not, to how many statements of known sources are theirs."""
    related: frozenset[str]
    """The briefings of which it names claims."""
