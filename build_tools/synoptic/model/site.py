"""Everything that was loaded: each briefing with its locks and texts, and the site that holds them."""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Any

from synoptic.model.history import History
from synoptic.model.licence import LICENCES, RESERVED, USUAL, Licence
from synoptic.model.lock import Lock, LockedQuote, Register
from synoptic.model.proof import Verified
from synoptic.model.reading import Reading
from synoptic.model.records import BriefingFile, Claim, Event, Figure, Source, Speaker, Statement
from synoptic.model.vocabulary import Vocabulary
from synoptic.model.watch import Watch
from synoptic.text.language import gettext
from synoptic.text.match import Text

#: An entry of ``Briefing.broken`` for a whole file or id that could not be read: any id may be missing then.
UNREADABLE = "?"
#: The same for the register, ``ids.lock``.
REGISTER = "ids.lock"


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
    language: str = "en"
    """The language of our own words in it, without its region: stated in its file, or that of the site."""
    watches: Mapping[str, Watch] = field(default_factory=dict)
    """Source id to what became of its page, if anybody looked."""
    readings: Mapping[str, Reading] = field(default_factory=dict)
    """Second readings by their ids."""
    texts: Mapping[str, Text] = field(default_factory=dict)
    """Source id to its full text, if that is at hand."""
    changed: Mapping[str, str] = field(default_factory=dict)
    """Source id to the SHA-256 of a kept text that is not the locked one."""
    closest: Mapping[str, tuple[str, Text]] = field(default_factory=dict, repr=False, compare=False)
    """Source id to the file and the text most like the locked one, if the locked one itself is not at hand."""
    files: Mapping[str, bytes] = field(default_factory=dict, repr=False, compare=False)
    """The files it was read from, by path in the project; of the texts only those that may be shown in full."""
    verified: Mapping[str, Mapping[str, Verified]] = field(default_factory=dict)
    """Source id to the names of those who signed its lock or had it stamped, each with what verifying it gave."""
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
    carried: Mapping[str, list[tuple[Claim, Statement]]] = field(init=False, repr=False, compare=False)
    """Source's id to the statements that it carries, each with its claim."""
    credited: Mapping[str, list[tuple[Claim, Statement]]] = field(init=False, repr=False, compare=False)
    """Speaker's id to the statements of known sources that they hold, each with its claim."""
    own_speakers: dict[str, Speaker] = field(init=False, repr=False, compare=False)
    """The speakers that its sources declare, unnamed people and unseen documents, by id."""
    unnamed: Mapping[str, str] = field(init=False, repr=False, compare=False)
    """The id of each of them to the id of the source it belongs to."""
    checked: Mapping[str, tuple[Statement, Source, LockedQuote]] = field(init=False, repr=False, compare=False)
    """Statement's id to it, its source and the lock's entry, for each whose quotation is still the one in the lock."""
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
        checked = {
            statement.id: (statement, source, entry)
            for _, statement in pairs
            if (source := self.source.get(statement.source))
            and (entry := self.locked(statement))
            and entry.is_of(statement)
        }
        object.__setattr__(self, "checked", checked)
        carried: dict[str, list[tuple[Claim, Statement]]] = {}
        credited: dict[str, list[tuple[Claim, Statement]]] = {}
        for pair in pairs:
            carried.setdefault(pair[1].source, []).append(pair)
            if pair[1].source in self.source and (speaker := self.speaker_of(pair[1])):
                credited.setdefault(speaker, []).append(pair)
        object.__setattr__(self, "carried", carried)
        object.__setattr__(self, "credited", credited)

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

    def checked_entry(self, statement: Statement) -> LockedQuote | None:
        """The lock's entry for a statement of this briefing whose quotation is the one in the lock."""
        checked = self.checked.get(statement.id)
        return checked[2] if checked and checked[0] is statement else None


@dataclass(frozen=True)
class Summary:
    """The part of a briefing that pages of the whole site and of other briefings need."""

    slug: str
    title: str
    question: str
    listed: bool
    credited: Mapping[str, int]
    """Speaker's id, named or not, to the number of statements of known sources that they hold."""
    related: frozenset[str]
    """The briefings whose claims it names."""
    language: str = ""
    """The language of its title, as its file states it; if omitted, that of the site."""


@dataclass(frozen=True)
class Publication:
    """The settings of the published site in mkdocs.yml. Pages hide whatever needs an address that is not set.

    ``report_url``, where readers report a mistake, is by default the form of a repository on GitHub.
    """

    name: str = "Synoptic"
    site_url: str = ""
    repo_url: str = ""
    report_url: str = ""
    stamp_server: str = ""
    """The server that ``lock --stamp`` asks."""
    own_site: bool = True
    """Whether the site is ours alone, and has our pages for contributors and about the data."""
    language: str = "en"
    """The language of the site's own words: that of the theme."""
    licence: str = USUAL.id
    """The id of the licence of the site's own words."""
    embed: bool = True
    """Whether the site has pages that other sites embed."""
    machine_readers: bool = True
    """Whether the site has a Markdown twin of each page, and a file that says where programs begin."""
    dossier: bool = False
    """Whether the site has a PDF of each briefing, which takes an optional library to make."""

    @property
    def terms(self) -> Licence:
        """The licence of the site's own words; all rights are reserved if nobody knows the one that is named."""
        return LICENCES.get(self.licence, RESERVED)

    @property
    def authors(self) -> str:
        """Who wrote what is not quoted, as whoever reuses it names them."""
        return gettext("The %(site)s contributors", site=self.name.removeprefix("The "))

    @property
    def home(self) -> str:
        """``site_url`` with a slash at its end, if it is an address of the web, as previews of links need it."""
        return f"{self.site_url.rstrip('/')}/" if re.match(r"https?://[^\s/?#]", self.site_url) else ""

    @classmethod
    def of(cls, settings: Mapping[str, Any]) -> "Publication":
        """The settings of an mkdocs.yml; a value that is not text counts as not set."""
        extra = settings.get("extra")
        extra = extra if isinstance(extra, Mapping) else {}
        theme = settings.get("theme")
        values = {
            "name": settings.get("site_name"),
            "language": theme.get("language") if isinstance(theme, Mapping) else None,
            "site_url": settings.get("site_url"),
            "repo_url": settings.get("repo_url"),
            **{name: extra.get(name) for name in ("report_url", "stamp_server")},
        }
        if (licence := extra.get("licence")) is not None:
            values["licence"] = str(licence) or RESERVED.id
        stated: dict[str, Any] = {key: value for key, value in values.items() if isinstance(value, str) and value}
        if github := re.match(r"https://github\.com/[^/]+/[^/]+", stated.get("repo_url", "")):
            stated.setdefault("report_url", f"{github.group().rstrip('/')}/issues/new?template=problem.yml")
        stated |= {name: False for name in ("embed", "machine_readers") if extra.get(name) is False}
        if extra.get("dossier") is True:
            stated["dossier"] = True
        return cls(**stated)


@dataclass(frozen=True)
class Site:
    """Everything that was loaded."""

    vocabulary: Vocabulary
    speakers: tuple[Speaker, ...] = ()
    briefing: Mapping[str, Briefing] = field(default_factory=dict)
    """Briefings by id, in order."""
    summaries: Mapping[str, Summary] = field(default_factory=dict)
    """A summary of each of them (see ``compare.summary``), so that a page need not read all briefings."""
    publication: Publication = Publication()
    commits: Mapping[str, str] = field(default_factory=dict)
    """Briefing's id to the commit that last touched it, if that is known."""
    files: Mapping[str, bytes] = field(default_factory=dict, repr=False, compare=False)
    """The files that every downloaded briefing needs: the vocabulary, and the licence of the content."""
    history: History | None = None
    """The published history, if Git knows it."""
    speaker: dict[str, Speaker] = field(init=False, repr=False, compare=False)
    """Named speakers by id; all briefings share them."""
    crediting: dict[str, list[str]] = field(init=False, repr=False, compare=False)
    """Speaker's id to the published briefings that credit statements to them, or have articles of theirs."""
    naming: dict[str, list[str]] = field(init=False, repr=False, compare=False)
    """Briefing's id to the briefings that name claims of it."""

    def __post_init__(self) -> None:
        """Build the tables."""
        crediting: dict[str, list[str]] = {}
        naming: dict[str, list[str]] = {}
        for slug, summary in self.summaries.items():
            for other in summary.related:
                naming.setdefault(other, []).append(slug)
            for speaker in summary.credited if summary.listed else ():
                crediting.setdefault(speaker, []).append(slug)
        object.__setattr__(self, "speaker", {speaker.id: speaker for speaker in self.speakers})  # the object is frozen
        object.__setattr__(self, "crediting", crediting)
        object.__setattr__(self, "naming", naming)

    @property
    def briefings(self) -> Collection[Briefing]:
        """The briefings in order of their ids."""
        return self.briefing.values()

    def claim_of(self, reference: str) -> tuple[Briefing, Claim] | None:
        """The claim that ``briefing/claim`` names, with its briefing."""
        slug, _, name = reference.partition("/")
        home = self.briefing.get(slug)
        claim = home.claim.get(name) if home else None
        return (home, claim) if home and claim else None

    def speakers_of(self, briefing: Briefing) -> Mapping[str, Speaker]:
        """Every speaker that a briefing may name: the shared ones, then the unnamed ones of its sources."""
        return self.speaker | briefing.own_speakers

    def find_speaker(self, briefing: Briefing, statement: Statement) -> Speaker | None:
        """Who holds a statement of a briefing; None if that is the article itself or somebody unknown."""
        name = briefing.speaker_of(statement) or ""
        return briefing.own_speakers.get(name) or self.speaker.get(name)
