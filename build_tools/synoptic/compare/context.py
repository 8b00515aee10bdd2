"""What takes back or limits a quotation in the text around it: recorded in the lock, and found there again. Pure."""

from collections.abc import Collection

from synoptic.model.lock import Lock, LockedQuote, Turn
from synoptic.model.records import Source
from synoptic.model.vocabulary import Vocabulary
from synoptic.text.language import gettext, gettext_noop
from synoptic.text.match import Match, Text
from synoptic.text.surroundings import Around, Doubts, Stretch
from synoptic.text.turns import find_turns

#: How messages and receipts name the place of a turn, up to its word.
PLACES = {
    "before": gettext_noop("the text before it:"),
    "after": gettext_noop("the text goes on:"),
    "cut": gettext_noop("our cut leaves out:"),
}
_FEW, _NEXT = 8, 4  # words of a turn that only leads on; of what follows it, within which a quotation begins
#: Paragraphs that begin another part of the article.
_HEADINGS = ("heading", "section label", "headline")


def record_context(text: Text, match: Match, source: Source, vocabulary: Vocabulary) -> tuple[Turn, ...]:
    """The turns around a quotation that was found; none outside the body."""
    markers, words = vocabulary.markers_of(source.lang), vocabulary.guard_words_of(source.lang)
    other = {number for number, kind in source.paragraphs.items() if not vocabulary.get("blocks", kind).counts}
    headings = {number for number, kind in source.paragraphs.items() if kind in _HEADINGS}
    doubts = Doubts(markers.negations, (*markers.hedges, *markers.conditions))
    around = _look_around(text, match, other, headings)
    turns = find_turns(around, words, doubts, asked=bool(match.beside))
    return tuple(Turn(word=turn.word, words=(turn.first, turn.last), unsure=turn.unsure) for turn in turns)


def list_hearing(lock: Lock, entry: LockedQuote, turn: Turn) -> list[str]:
    """The statements that quote some of the words of a turn, in the order of the lock; after an unsure turn of a few
    words, which may only lead on ("But there is a catch."), also those that quote the words after it."""
    first, last = turn.words
    if turn.unsure and last - first < _FEW and first > entry.words[-1][1]:
        last += _NEXT
    others = (other for other in lock.quotes if other.words != entry.words)
    return [other.statement for other in others if any(a <= last and first <= b for a, b in other.words)]


def list_unheard(lock: Lock, entry: LockedQuote) -> list[Turn]:
    """The turns around a quotation that no other quotation of the source shows."""
    turns = (lock.context or {}).get(entry.statement, ())
    return [turn for turn in turns if not list_hearing(lock, entry, turn)]


def locate_turn(turn: Turn, entry: LockedQuote) -> str:
    """Where a turn is, seen from its quotation: ``before``, ``after`` or in a ``cut`` of ours."""
    if turn.words[0] > entry.words[-1][1]:
        return "after"
    return "before" if turn.words[1] < entry.words[0][0] else "cut"


def describe_turn(turn: Turn, entry: LockedQuote) -> str:
    """Where a turn is, up to its word: ``the text goes on:``."""
    return gettext(PLACES[locate_turn(turn, entry)])


def _look_around(text: Text, match: Match, other: Collection[int], headings: Collection[int]) -> Around:
    first, last = match.ranges[0][0] - 1, match.ranges[-1][1]
    begin, _ = text.sentence_at(text.spans[first][0])
    _, end = text.sentence_at(text.spans[last - 1][1] - 1)
    opening, closing = text.word_at(begin), text.word_at(end)
    cuts = zip(match.ranges, match.ranges[1:], strict=False)
    before = after = None
    if match.block not in other:
        before = _step(text, begin - 2, -1, other, headings)
        after = _step(text, end, 1, other, headings)
    return Around(
        head=_stretch(text, opening, first),
        quote=_stretch(text, first, last),
        cuts=tuple(_stretch(text, a[1], b[0] - 1) for a, b in cuts),
        tail=_stretch(text, last, closing),
        before=_sentence(text, before),
        after=_sentence(text, after),
        joined=(_shares(text, before, begin), _shares(text, after, end - 1)),
    )


def _step(text: Text, position: int, step: int, other: Collection[int], headings: Collection[int]) -> int | None:
    """A position in the next sentence of the body, forwards or backwards; None at a heading or an end of the text."""
    while 0 <= position < len(text.folded) and (block := text.block_of(position)) in other:
        if block in headings:
            return None
        bounds = text.block_bounds(block)
        position = bounds[1] + 1 if step > 0 else bounds[0] - 2
    return position if 0 <= position < len(text.folded) else None


def _sentence(text: Text, position: int | None) -> Stretch | None:
    if position is None:
        return None
    begin, end = text.sentence_at(position)
    return _stretch(text, text.word_at(begin), text.word_at(end))


def _shares(text: Text, position: int | None, other: int) -> bool:
    """Whether two positions are in one paragraph."""
    return position is not None and text.block_of(position) == text.block_of(other)


def _stretch(text: Text, first: int, last: int) -> Stretch:
    """The words from index ``first`` to ``last`` (not included), counted from 0."""
    spans = text.spans[first:last]
    starts = [text.spans[first - 1][1] if first else 0, *(end for _, end in spans)]
    following = text.spans[last][0] if last < len(text.spans) else len(text.folded)
    return Stretch(
        words=tuple(text.folded[a:b] for a, b in spans),
        low=tuple(text.tokens[first:last]),
        gaps=tuple(text.folded[end:a] for end, (a, _) in zip(starts, spans, strict=False)),
        first=first + 1,
        ending=text.folded[spans[-1][1] : following] if spans else "",
    )
