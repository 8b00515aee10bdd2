"""All briefings, and what they share."""

from __future__ import annotations

from collections import ChainMap
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from build_tools.model.briefing import Briefing, Outline
from build_tools.model.history import Record
from build_tools.model.records import Claim, Relation, Speaker
from build_tools.model.vocabulary import Vocabulary


class Unread(Sequence[Briefing]):
    """Briefings of which each is read when more is asked of it than its outline tells.

    In: the outlines, in order of the ids; what reads a briefing by its id.
    """

    def __init__(self, outlines: Mapping[str, Outline], read: Callable[[str], Briefing]) -> None:
        self.outlines = outlines
        self._slugs, self._read = tuple(outlines), read
        self._there: dict[str, Briefing] = {}

    def __len__(self) -> int:
        return len(self._slugs)

    def __getitem__(self, at: Any) -> Any:
        if isinstance(at, slice):
            return tuple(self[number] for number in range(len(self))[at])
        slug = self._slugs[at]
        if slug not in self._there:
            self._there[slug] = self._read(slug)
        return self._there[slug]


class _BySlug(Mapping[str, Briefing]):
    """Briefings by id; none is read before it is asked for."""

    def __init__(self, briefings: Sequence[Briefing], slugs: Iterable[str]) -> None:
        self._briefings, self._at = briefings, {slug: number for number, slug in enumerate(slugs)}

    def __getitem__(self, slug: str) -> Briefing:
        return self._briefings[self._at[slug]]

    def __iter__(self) -> Iterator[str]:
        return iter(self._at)

    def __len__(self) -> int:
        return len(self._at)


class _Both(ChainMap[str, Speaker]):
    """Speakers of a briefing before those that all share. Nothing is copied: a large site has many. What is looked up
    for every statement is looked up at once."""

    def get(self, key: str, default: Any = None) -> Any:
        own, shared = self.maps
        return own.get(key) or shared.get(key, default)

    def __contains__(self, key: object) -> bool:
        return key in self.maps[0] or key in self.maps[1]


@dataclass(frozen=True)
class Publication:
    """What mkdocs.yml says of the published site. What needs an unset address is hidden."""

    name: str = "Synoptic"
    site_url: str = ""
    repo_url: str = ""
    report_url: str = ""

    @classmethod
    def of(cls, settings: Mapping[str, Any]) -> Publication:
        """The settings of an mkdocs.yml; what is not text counts as unset."""
        extra = settings.get("extra")
        found = {
            "name": settings.get("site_name"),
            "site_url": settings.get("site_url"),
            "repo_url": settings.get("repo_url"),
            "report_url": extra.get("report_url") if isinstance(extra, Mapping) else None,
        }
        return cls(**{key: value for key, value in found.items() if isinstance(value, str) and value})


@dataclass(frozen=True)
class Site:
    """All that was loaded; ``record`` is its history, where Git is at hand."""

    vocabulary: Vocabulary
    speakers: tuple[Speaker, ...] = ()
    briefings: Sequence[Briefing] = ()
    publication: Publication = Publication()
    commits: Mapping[str, str] = field(default_factory=dict)
    """Briefing to the commit that last touched it, where that is known (``history.commits``)."""
    files: Mapping[str, bytes] = field(default_factory=dict, repr=False, compare=False)
    """What goes with every briefing that is taken away: the vocabulary, and the licence of the content."""
    record: Record | None = None

    @cached_property
    def speaker(self) -> dict[str, Speaker]:
        """Shared, named speakers by id."""
        return {s.id: s for s in self.speakers}

    @cached_property
    def renamed(self) -> tuple[Speaker, ...]:
        """Those of them who had another id once."""
        return tuple(s for s in self.speakers if s.was)

    @cached_property
    def outlines(self) -> Mapping[str, Outline]:
        """By id what all pages must know of a briefing; to ask for it reads none."""
        if isinstance(self.briefings, Unread):
            return self.briefings.outlines
        return {b.slug: b.outline for b in self.briefings}

    @cached_property
    def briefing(self) -> Mapping[str, Briefing]:
        """Briefings by id."""
        return _BySlug(self.briefings, self.outlines)

    @cached_property
    def across(self) -> dict[str, list[tuple[Briefing, Claim, Relation]]]:
        """``briefing/claim`` to the relations that claims of other briefings have to it."""
        found: dict[str, list[tuple[Briefing, Claim, Relation]]] = {}
        for briefing in (self.briefing[slug] for slug, outline in self.outlines.items() if outline.related):
            for claim in briefing.claims:
                for relation in claim.relations:
                    if "/" in relation.to:
                        found.setdefault(relation.to, []).append((briefing, claim, relation))
        return found

    @cached_property
    def beside(self) -> dict[str, set[str]]:
        """Briefing to the briefings that it is related to, in either direction."""
        found: dict[str, set[str]] = {}
        for here, outline in self.outlines.items():
            for there in outline.related & self.outlines.keys() - {here}:
                found.setdefault(here, set()).add(there)
                found.setdefault(there, set()).add(here)
        return found

    @cached_property
    def held(self) -> dict[str, list[str]]:
        """Named speaker's id to the published briefings that credit statements to them, or take them from their own
        texts."""
        found: dict[str, list[str]] = {}
        for slug, outline in self.outlines.items():
            for holder in outline.credited if outline.listed else ():
                if holder in self.speaker:
                    found.setdefault(holder, []).append(slug)
        return found

    def claim_of(self, reference: str) -> tuple[Briefing, Claim] | None:
        """The claim of another briefing that ``briefing/claim`` names."""
        slug, _, name = reference.partition("/")
        home = self.briefing.get(slug)
        claim = home.claim.get(name) if home else None
        return (home, claim) if home and claim else None

    def speakers_of(self, briefing: Briefing) -> Mapping[str, Speaker]:
        """Every speaker that a briefing may name: the shared ones, then the unnamed ones of its sources."""
        return _Both(briefing.own_speakers, self.speaker)
