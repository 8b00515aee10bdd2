"""The lists by which the context guard reads a language. Pure; the words are in load/words."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from types import MappingProxyType

from synoptic.text.terms import split_term

Terms = tuple[str, ...]


#: What ends a word that only begins like a verb: who or what does it ("blockers"), or has none of it ("fearless").
_OTHER_ENDS = re.compile(r"(?:[eo]r|ist)s?|(?:less|naire|let|box|pad|screen|board|edin)(?:s|ly)?|[ae]nts?")
_COMPARATIVES = frozenset("milder stronger slower lower slighter".split())


def _is_other_word(word: str, length: int) -> bool:
    """Whether a word that begins with the ``length`` letters of a stem is of another meaning."""
    return word not in _COMPARATIVES and _OTHER_ENDS.fullmatch(word[length:]) is not None


@dataclass(frozen=True)
class GuardWords:
    """The lists of one language; all are empty for a language without lists."""

    lang: str = ""
    # What is around a quotation.
    turning: Terms = ()  # open a sentence or clause against what was said: "but"
    conceding: Terms = ()  # open a clause that holds, but against which another stands: "although"
    inserted: Terms = ()  # do so from inside it: "however"
    limiting: Terms = ()  # say when or for whom something holds: "only if"
    retracting: Terms = ()  # take back what was said, or say for whom it does not hold: "withdrew", "are exempt"
    doubting: Terms = ()  # do so only after a turning word: "warned"
    denying: Terms = ()  # do so before a pronoun: "denied it"
    only: Terms = ()  # before whom alone it holds: "only members"
    saying: Terms = ()  # let another voice speak: "say"
    affirming: Terms = ()  # make a doubt with a negation: "not certain"
    framing: Terms = ()  # before a sentence, say that it is not so: "suppose"
    introducing: Terms = ()  # do so only before a colon or the like: "critics claim"
    forward: Terms = ()  # point to the sentence that follows: "the following"
    resuming: Terms = ()  # rest on the condition before: "in that case"
    pointing: Terms = ()  # mean what was just said: "that"
    adding: Terms = ()  # "but also": a turn to something else
    elsewhere: Terms = ()  # another place, so another subject
    bounds: Terms = ()  # leave a number open: "nearly"
    common: frozenset[str] = frozenset()  # too common to tell a subject
    # What claims say.
    scales: Mapping[str, tuple[Terms, ...]] = field(default_factory=lambda: MappingProxyType({}))
    """Words of rising strength, by the name of the scale: a claim may use none stronger than its quotations do."""

    @cached_property
    def on_scales(self) -> Callable[[str], Sequence[tuple[str, int, tuple[str, ...]]]]:
        """A function that takes a word and returns the terms of all scales whose first word fits it, each as the name
        of its scale, its level there and its words."""
        index: dict[str, list[tuple[str, int, tuple[str, ...]]]] = {}
        for name, levels in self.scales.items():
            for level, terms in enumerate(levels):
                for patterns in map(split_term, terms):
                    index.setdefault(patterns[0], []).append((name, level, patterns))
        lengths = sorted({len(key) - 1 for key in index if key.endswith("*")})

        @lru_cache(maxsize=65536)
        def look_up(word: str) -> Sequence[tuple[str, int, tuple[str, ...]]]:
            stems = [length for length in lengths if length <= len(word)]
            keys = (word, *(f"{word[:length]}*" for length in stems if not _is_other_word(word, length)))
            return tuple(entry for key in keys for entry in index.get(key, ()))

        return look_up

    def __bool__(self) -> bool:
        return bool(self.turning)
