"""All briefings of a project, and what they share."""

from collections import ChainMap
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Any

from build_tools.model.briefing import Briefing
from build_tools.model.history import History
from build_tools.model.records import Claim, Speaker
from build_tools.model.vocabulary import Vocabulary


@dataclass(frozen=True)
class Summary:
    """The part of a briefing that pages of the whole site and of other briefings need."""

    slug: str
    title: str
    listed: bool
    credited: Mapping[str, int]
    """Speaker's id, named or not, to the number of statements of known sources that they hold."""
    related: frozenset[str]
    """The briefings whose claims it names."""


@dataclass(frozen=True)
class Publication:
    """The settings of the published site in mkdocs.yml. Pages hide whatever needs an address that is not set."""

    name: str = "Synoptic"
    site_url: str = ""
    repo_url: str = ""
    report_url: str = ""

    @classmethod
    def of(cls, settings: Mapping[str, Any]) -> "Publication":
        """The settings of an mkdocs.yml; a value that is not text counts as not set."""
        extra = settings.get("extra")
        values = {
            "name": settings.get("site_name"),
            "site_url": settings.get("site_url"),
            "repo_url": settings.get("repo_url"),
            "report_url": extra.get("report_url") if isinstance(extra, Mapping) else None,
        }
        return cls(**{key: value for key, value in values.items() if isinstance(value, str) and value})


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

    def __post_init__(self) -> None:
        """Build the table of speakers."""
        object.__setattr__(self, "speaker", {speaker.id: speaker for speaker in self.speakers})  # the object is frozen

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
        return ChainMap(briefing.own_speakers, self.speaker)
