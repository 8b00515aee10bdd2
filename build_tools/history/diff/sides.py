"""The two states of one briefing that are compared, and how a change in it is made. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from build_tools.base.problems import Place
from build_tools.history.diff.ids import Ids
from build_tools.model.briefing import UNREADABLE, Briefing
from build_tools.model.change import Change
from build_tools.model.records import Claim, Statement
from build_tools.model.vocabulary import Vocabulary


@dataclass(frozen=True)
class Sides:
    """A briefing in the base and in the head (an empty one on a side without it), with its renamed ids."""

    base: Briefing
    head: Briefing
    ids: Ids
    base_words: Vocabulary
    head_words: Vocabulary

    def change(self, kind: str, name: str, place: Place, **more: Any) -> Change:
        """A change in this briefing; ``more`` are further fields of it."""
        return Change(kind, name, place, briefing=self.head.slug, **more)

    def briefing_change(self, kind: str, place: Place, **more: Any) -> Change:
        """A change of the briefing itself."""
        return self.change(kind, self.head.slug, place, **more)

    def claim_change(self, kind: str, claim: Claim, place: Place, **more: Any) -> Change:
        """A change of a claim."""
        return self.change(kind, claim.id, place, claim=claim.id, about=claim.claim, **more)

    def statement_change(
        self, kind: str, statement: Statement, claim: Claim | None, place: Place, **more: Any
    ) -> Change:
        """A change of a statement, or (without a claim) of the words of a figure or event."""
        return self.change(
            kind,
            statement.id,
            place,
            claim=claim.id if claim else "",
            about=claim.claim if claim else "",
            source=statement.source,
            speaker=statement.speaker or "",
            **more,
        )

    def may_be_unreadable(self, name: str) -> bool:
        """Whether an object that the head lacks may only be unreadable there."""
        return name in self.head.broken or UNREADABLE in self.head.broken
