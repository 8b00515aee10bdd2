"""A headline beside its article: which of its words the body backs, as far as statements quote both. Pure."""

from collections.abc import Callable, Iterator
from typing import NamedTuple

from synoptic.compare.quotations import find_hedges, list_source_words
from synoptic.compare.statements import find_block_kind
from synoptic.compare.verdicts import DRAMATISED
from synoptic.model.records import Claim, Source, Statement
from synoptic.model.site import Briefing
from synoptic.model.values import UNKNOWN
from synoptic.model.vocabulary import Vocabulary
from synoptic.text.folding import word_spans
from synoptic.text.match import Text

#: A statement with its claim.
Pair = tuple[Claim, Statement]
#: Marks of the vocabulary's list ``headline_marks``, the weightiest last.
BACKED, STRONGER, ABSENT = "backed", "stronger", "absent"
MARKS = (BACKED, STRONGER, ABSENT)
#: Blocks whose statements are compared even if ``headline_of`` names none in the body.
HEADS = ("headline", "deck")


class Part(NamedTuple):
    """Words above an article that a statement quotes, and what its body says of them: the mark, the statement of the
    body (None if there is none), and a reason of ``REASONS`` if the words are stronger than that."""

    head: Pair
    mark: str
    body: Pair | None
    reason: str


class Headline(NamedTuple):
    """The title of a source in pieces: its words, and the numbers of the parts that quote them, none if nobody examined
    them; and the parts, those from decks and bullets included."""

    pieces: tuple[tuple[str, tuple[int, ...]], ...]
    parts: tuple[Part, ...]


class _Case(NamedTuple):
    """A statement above an article and one in its body that may back it."""

    briefing: Briefing
    vocabulary: Vocabulary
    source: Source
    head: Pair
    body: Pair

    def hedged(self, pair: Pair) -> bool:
        """Whether a quotation is hedged, in its words or beside them."""
        entry = self.briefing.locked(pair[1])
        return bool(find_hedges(self.vocabulary, self.source, pair[1], entry))

    def stances(self) -> tuple[str, str]:
        """Those of the headline and of the body."""
        return self.head[1].stance, self.body[1].stance


#: Why the words of a headline are stronger than those of the body: the first test that holds. A headline that only
#: asks, or that limits what it says, is never stronger.
REASONS: dict[str, Callable[[_Case], bool]] = {
    "imagined": lambda case: case.body[1].mode == DRAMATISED,
    "contradicted": lambda case: set(case.stances()) == {"asserts", "denies"},
    "asked": lambda case: case.stances()[1] == "questions",
    "limited": lambda case: case.stances()[1] == "qualifies",
    "hedged": lambda case: case.hedged(case.body) and not case.hedged(case.head),
    "credited": lambda case: case.body[1].speaker not in (None, case.head[1].speaker),
    "other": lambda case: case.body[0].id != case.head[0].id,
}


def examine_headline(briefing: Briefing, source: Source, vocabulary: Vocabulary) -> Headline:
    """The headline of a source with every statement that quotes it, and its deck and bullets."""
    parts = tuple(_list_parts(briefing, source, vocabulary))
    title = "" if source.title == UNKNOWN else source.title
    text = Text((title,))
    spans = word_spans(title)
    if len(spans) != len(text.spans):  # folding made other words of it: it is shown whole, as not examined
        spans = []
    quoting: list[tuple[int, ...]] = [()] * len(spans)
    for number, part in enumerate(parts):
        if find_block_kind(briefing, part.head[1]) != "headline":
            continue
        for run in list_source_words(briefing, part.head[1]):
            match = text.find(run)
            for first, last in match.ranges if match and spans else ():
                quoting[first - 1 : last] = [(*numbers, number) for numbers in quoting[first - 1 : last]]
    known = source.title != UNKNOWN
    return Headline(tuple(_cut(title, spans, quoting)) or ((title, ()),) * known, parts)


def _cut(
    title: str, spans: list[tuple[int, int]], quoting: list[tuple[int, ...]]
) -> Iterator[tuple[str, tuple[int, ...]]]:
    """Runs of words that the same parts quote; signs between two runs stay with the first."""
    starts = [0, *(n for n in range(1, len(spans)) if quoting[n] != quoting[n - 1])]
    for number, first in enumerate(starts if spans else ()):
        after = starts[number + 1] if number + 1 < len(starts) else None
        begin = spans[first][0] if first else 0
        yield title[begin : spans[after][0] if after else len(title)].strip(), quoting[first]


def _list_parts(briefing: Briefing, source: Source, vocabulary: Vocabulary) -> Iterator[Part]:
    carried = briefing.carried.get(source.id, ())
    counting = {term.id for term in vocabulary.blocks if term.counts}
    kinds = {statement.id: find_block_kind(briefing, statement) for _, statement in carried}
    bodies = [pair for pair in carried if kinds[pair[1].id] in counting]
    heads = [pair for pair in carried if kinds[pair[1].id] in HEADS or pair[1].headline_of]
    for head in sorted((pair for pair in heads if kinds[pair[1].id] not in counting), key=_place_of(briefing)):
        named = [pair for pair in bodies if pair[1].id == head[1].headline_of]
        found = named or [(c, s) for c, s in bodies if c.id == head[0].id and s.mode != DRAMATISED]
        judged = [(body, _find_reason(_Case(briefing, vocabulary, source, head, body))) for body in found]
        if not judged:
            yield Part(head, ABSENT, None, "")
            continue
        body, reason = next((one for one in judged if not one[1]), judged[0])
        yield Part(head, STRONGER if reason else BACKED, body, reason)


def _find_reason(case: _Case) -> str:
    if case.head[1].stance in ("questions", "qualifies"):
        return ""
    return next((name for name, holds in REASONS.items() if holds(case)), "")


def _place_of(briefing: Briefing) -> Callable[[Pair], tuple[int, str]]:
    def place(pair: Pair) -> tuple[int, str]:
        entry = briefing.locked(pair[1])
        return entry.words[0][0] if entry else 0, pair[1].id

    return place
