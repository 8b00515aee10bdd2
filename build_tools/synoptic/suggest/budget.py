"""How many more words of a source may be quoted, while statements are written. Pure."""

from synoptic.check.quotations import LEAST_WHOLE
from synoptic.compare.lock import find_quotation
from synoptic.compare.quotations import is_own_words, list_quotations
from synoptic.model.records import Source
from synoptic.model.site import Briefing, Site
from synoptic.text.english import plural
from synoptic.text.match import Match


class Budget:
    """The words of one source, whose text is at hand, that are quoted: by statements, locked or not, and by what is
    taken since."""

    def __init__(self, briefing: Briefing, source: Source, site: Site) -> None:
        text = briefing.texts[source.id]
        length = len(text.spans)
        self.length = length if source.text == "whole" else max(length, LEAST_WHOLE)
        self.limits = site.vocabulary.quoting
        self.voiced = source.voice is not None
        self._quoted: set[int] = set()
        self._speech: set[int] = set()
        for statement in list_quotations(briefing, source.id):
            entry, match = briefing.locked(statement), find_quotation(statement, source, text, site.vocabulary)
            if match is not None:
                own = entry is not None and is_own_words(source, statement, entry)
                self._add(list_words(match), own or (entry is None and match.marked and statement.speaker is not None))

    def take(self, match: Match, *, speech: bool) -> str:
        """Count the words of ``match`` as quoted, as a speaker's own if ``speech``, and return ""; or why `check` would
        refuse them, and then they are not counted."""
        words = list_words(match)
        quoted = self._quoted | words
        told = quoted - (self._speech | words if speech or self.voiced else self._speech)
        for taken, share, what in (
            (len(quoted), self.limits.quoted_share, "in all"),
            (len(told), self.limits.narration_share, "of narration"),
        ):
            before = len(self._quoted) if what == "in all" else len(self._quoted - self._speech)
            if 100 * taken >= share * self.length and taken > before:
                most = max(-(-share * self.length // 100) - 1 - before, 0)
                return f"{plural(taken - before, 'more word')}, and {most} {what} may still be quoted of this article"
        self._add(words, speech or self.voiced)
        return ""

    def _add(self, words: set[int], speech: bool) -> None:
        self._quoted |= words
        if speech or self.voiced:
            self._speech |= words


def list_words(match: Match) -> set[int]:
    """The numbers of the words of a quotation, from 1."""
    return {number for first, last in match.ranges for number in range(first, last + 1)}
