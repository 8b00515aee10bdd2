"""The two states of one briefing to compare, and the changes made from them. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from build_tools.base.problems import Place
from build_tools.history.diff.matching import I, Identified, Ids, Matches, match_by_id
from build_tools.model.briefing import UNREADABLE, Briefing
from build_tools.model.change import Change
from build_tools.model.records import BriefingFile, Claim, Sentence, Source, Speaker, Statement
from build_tools.model.vocabulary import Vocabulary

_FIELDS = frozenset({"side", "briefing", "claim", "source", "speaker", "about", "before", "after"})


def new_change(kind: str, item: Identified | str, place: Place, /, **more: Any) -> Change:
    """A change of ``item``, an object (whose claim, source and speaker it names) or an id without more.

    ``more`` are further fields of the change and, under other names, values of its sentence.
    """
    fields: dict[str, Any] = {}
    if isinstance(item, Claim):
        about = "" if item.claim in (more.get("before"), more.get("after")) else item.claim
        fields = {"claim": item.id, "about": about}
    elif isinstance(item, Source):
        fields = {"source": item.id}
    elif isinstance(item, Speaker):
        fields = {"speaker": item.id}
    elif isinstance(item, Statement):
        fields = {"source": item.source, "speaker": item.speaker or ""}
    fields |= {name: value for name, value in more.items() if name in _FIELDS}
    values = tuple((name, value) for name, value in more.items() if name not in _FIELDS)
    return Change(kind, item if isinstance(item, str) else item.id, place, **fields, values=values)


@dataclass(frozen=True)
class Sides:
    """A briefing in the base and in the head (an empty one on a side without it), with its renamed ids."""

    base: Briefing
    head: Briefing
    ids: Ids
    base_words: Vocabulary
    head_words: Vocabulary

    @cached_property
    def claim_of(self) -> dict[int, Claim]:
        """The claim of each statement, by the identity of the statement: ids may be there twice."""
        return {id(statement): claim for claim, statement in (*self.base.statements, *self.head.statements)}

    def change(
        self, kind: str, item: Identified | BriefingFile | Sentence | str, place: Place, /, **more: Any
    ) -> Change:
        """A change in this briefing, as by ``new_change``. That of a statement names its claim, too."""
        if isinstance(item, BriefingFile | Sentence):
            item = self.head.slug
        elif isinstance(item, Statement) and (claim := self.claim_of.get(id(item))):
            more = {"claim": claim.id, "about": claim.claim, **more}
        return new_change(kind, item, place, briefing=self.head.slug, **more)

    def match(self, base: Iterable[I], head: Iterable[I], renamed: Mapping[str, str]) -> Matches[I]:
        """Pair objects by their ids; those that the head lacks, but may only be unreadable there, are left out."""
        objects, broken = match_by_id(base, head, renamed), self.head.broken
        removed = [item for item in objects.removed if not {item.id, UNREADABLE} & broken]
        return Matches(objects.both, objects.added, removed)
