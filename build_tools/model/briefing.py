"""One briefing, as loaded: its records, its locks, the texts at hand, and tables to find each by its id."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from build_tools.model.lock import Lock, LockedQuote, Register
from build_tools.model.records import BriefingFile, Claim, Event, Figure, Source, Speaker, Statement
from build_tools.text.match import Text

#: An entry of ``Briefing.broken`` for a whole file or id that could not be read: any id may be missing then.
UNREADABLE = "?"


@dataclass(frozen=True)
class Briefing:
    """One briefing. ``broken`` holds the ids of objects that could not be read, each reported already."""

    slug: str
    file: BriefingFile
    sources: tuple[Source, ...] = ()
    claims: tuple[Claim, ...] = ()
    figures: tuple[Figure, ...] = ()
    events: tuple[Event, ...] = ()
    locks: Mapping[str, Lock] = field(default_factory=dict)
    """Source id to its lock."""
    texts: Mapping[str, Text] = field(default_factory=dict)
    """Source id to its full text, if that is at hand."""
    changed: Mapping[str, str] = field(default_factory=dict)
    """Source id to the SHA-256 of a kept text that is not the locked one."""
    files: Mapping[str, bytes] = field(default_factory=dict, repr=False, compare=False)
    """The files it was read from, by path in the project; of the texts only those that may be shown in full."""
    broken: frozenset[str] = frozenset()
    register: Register | None = None
    source: Mapping[str, Source] = field(init=False, repr=False, compare=False)
    """Sources by id."""
    claim: Mapping[str, Claim] = field(init=False, repr=False, compare=False)
    """Claims by id."""
    statements: tuple[tuple[Claim, Statement], ...] = field(init=False, repr=False, compare=False)
    """Every statement with its claim."""
    statement: Mapping[str, Statement] = field(init=False, repr=False, compare=False)
    """Statements by id."""
    own_speakers: dict[str, Speaker] = field(init=False, repr=False, compare=False)
    """The unnamed speakers of its sources, by id."""
    unnamed: Mapping[str, str] = field(init=False, repr=False, compare=False)
    """Unnamed speaker's id to the id of the source it belongs to."""
    _entries: Mapping[tuple[str, str], LockedQuote] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Build the tables."""
        pairs = tuple((claim, statement) for claim in self.claims for statement in claim.statements)
        unnamed = [(speaker, source.id) for source in self.sources for speaker in source.speakers]
        entries = {(name, quote.statement): quote for name, lock in self.locks.items() for quote in lock.quotes}
        tables: dict[str, object] = {
            "source": {source.id: source for source in self.sources},
            "claim": {claim.id: claim for claim in self.claims},
            "statements": pairs,
            "statement": {statement.id: statement for _, statement in pairs},
            "own_speakers": {speaker.id: speaker for speaker, _ in unnamed},
            "unnamed": {speaker.id: source for speaker, source in unnamed},
            "_entries": entries,
        }
        for name, table in tables.items():
            object.__setattr__(self, name, table)  # the object is frozen

    @property
    def draft(self) -> bool:
        """Whether it is still a draft."""
        return self.file.status == "draft"

    @property
    def listed(self) -> bool:
        """Whether the site leads readers to it: neither a draft nor an invented example."""
        return self.file.status == "published"

    @property
    def example(self) -> bool:
        """Whether it is invented, to learn from."""
        return self.file.status == "example"

    def speaker_of(self, statement: Statement) -> str | None:
        """The id of the speaker who holds a statement: the one it names, else the one whose own text the source is."""
        source = self.source.get(statement.source)
        return statement.speaker or (source.voice if source else None)

    def locked(self, statement: Statement) -> LockedQuote | None:
        """The lock's entry for a statement."""
        return self._entries.get((statement.source, statement.id))
