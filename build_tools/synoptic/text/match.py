"""The rules of matching: whether a quotation is in a text, word for word. Published on the Method page."""

import bisect
import functools
import hashlib
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from synoptic.text.brackets import begins_and_ends_with_ours, find_new_name, list_readings, source_runs
from synoptic.text.clauses import list_governing
from synoptic.text.difference import describe_difference, find_similar
from synoptic.text.folding import fold, fold_blocks, outer_signs, split_words, squeeze, word_spans
from synoptic.text.homonyms import Place, is_homonym
from synoptic.text.line_breaks import find_spans, find_string
from synoptic.text.quotation_marks import find_quoted, opens_speech
from synoptic.text.sentences import find_stops
from synoptic.text.terms import find_name, find_term, index_words, list_stems, locate_terms
from synoptic.text.word_edges import count_elided, cuts_word

_ASKS = re.compile(r"(?:[^;:?()]|\([^()]*\))*\?[\s\"'.)\]]*")  # the rest of a question that has no second part

#: Words that our own cut must leave on each side.
MIN_PART = 3
#: Letters of the shortest words by which sentences are compared.
SHORTEST = 3


@functools.lru_cache(maxsize=65536)
def hash_quote(quote: str, cut: bool = False) -> str:
    """The SHA-256 of a quotation's exact folded words; a cut quotation is another quotation."""
    # a folded quotation holds no line feed, so no quotation can pass for a cut one
    return hashlib.sha256((("cut\n" if cut else "") + fold(quote)).encode()).hexdigest()


@dataclass(frozen=True)
class Match:
    """Where a quotation is in a text: paragraph and word ranges, counted from 1, ends included.

    ``marked``: it is inside quotation marks. ``beside``: the markers in the rest of its sentence that may govern it
    ("not", "if", "?"). ``ours``: which of its brackets hold words of ours, counted from 1. ``whole``: it is one whole
    sentence.
    """

    block: int
    ranges: tuple[tuple[int, int], ...]
    marked: bool
    beside: tuple[str, ...]
    ours: tuple[int, ...] = ()
    whole: bool = False


@dataclass(frozen=True)
class Text:
    """A source's full text as paragraphs, ready to be searched."""

    blocks: tuple[str, ...]

    @cached_property
    def _joined(self) -> tuple[str, str, list[int]]:
        return fold_blocks(self.blocks)

    @property
    def folded(self) -> str:
        """The whole text, folded, paragraphs joined by a space."""
        return self._joined[0]

    @cached_property
    def spans(self) -> list[tuple[int, int]]:
        """Start and end of every word in ``folded``."""
        return word_spans(self.folded)

    @cached_property
    def _word_starts(self) -> list[int]:
        return [a for a, _ in self.spans]

    @cached_property
    def _word_ends(self) -> list[int]:
        return [b for _, b in self.spans]

    @cached_property
    def tokens(self) -> list[str]:
        """Every word, casefolded, as searches compare it."""
        return [self.folded[a:b].casefold() for a, b in self.spans]

    def block_of(self, position: int) -> int:
        """The number (from 1) of the paragraph that holds a position of ``folded``."""
        return bisect.bisect_right(self._joined[2], position)

    def block_bounds(self, number: int) -> tuple[int, int]:
        """Start and end in ``folded`` of a paragraph, by its number from 1."""
        starts = self._joined[2]
        return starts[number - 1], starts[number] - 1 if number < len(starts) else len(self.folded)

    def wording(self, first: int, last: int) -> str:
        """The folded words ``first`` to ``last`` (from 1) with the signs between and around them."""
        if not 1 <= first <= last <= len(self.spans):
            return ""
        start, end = self.spans[first - 1][0], self.spans[last - 1][1]
        after = self.folded.find(" ", end)
        return self.folded[self.folded.rfind(" ", 0, start) + 1 : after if after >= 0 else len(self.folded)]

    def context(self, first: int, last: int, most: int, quote: str = "") -> tuple[str, str]:
        """At most ``most`` characters before word ``first`` and after word ``last``, in their paragraphs.

        Signs that ``quote`` has before its first and after its last word belong to it, not to the context; an elided
        word before its first belongs to the context.
        """
        start, end = self.spans[first - 1][0], self.spans[last - 1][1]
        before, after = outer_signs(fold(quote))
        start += count_elided(self.folded[start:end], fold(quote)[len(before) :])
        start -= len(before) if self.folded.endswith(before, 0, start) else 0
        end += len(after) if self.folded.startswith(after, end) else 0
        head, tail = self.block_bounds(self.block_of(start))[0], self.block_bounds(self.block_of(end - 1))[1]
        return self.folded[max(head, start - most) : start], self.folded[end : min(tail, end + most)]

    def find(
        self,
        quote: str,
        *,
        cut: bool = False,
        block: int | None = None,
        markers: Iterable[str] = (),
        lang: str = "",
    ) -> Match | None:
        """Find ``quote`` word for word; None if it is not in the text.

        ``cut``: its "..." is our own cut. ``block``: the paragraph in which it must begin, for words that occur more
        than once. ``markers``: the negations, hedges and conditions to look for beside it; ``lang``: whose clauses tell
        which of them govern it. A quotation runs on into the next paragraph only if a sentence ends there. A cut is
        accepted only inside one sentence, with MIN_PART words on each side and no marker among the words cut away.
        """
        return next(self.find_all(quote, cut=cut, block=block, markers=markers, lang=lang), None)

    def find_all(
        self,
        quote: str,
        *,
        cut: bool = False,
        block: int | None = None,
        markers: Iterable[str] = (),
        lang: str = "",
    ) -> Iterator[Match]:
        """Every place of ``quote``; see ``find``.

        Words in square brackets are the source's own if it has them, else ours. Ours replace nothing, unless ``cut``
        says so; none of them stands beside a marker, in whose place a reader would take it to be; and none is a name
        that the text does not have.
        """
        for ours in list_readings(quote):
            found = False
            for pieces in self._find_runs(source_runs(quote, ours, cut=cut), cut, block, tuple(markers)):
                if not ours or not (
                    self._is_beside_marker(quote, ours, pieces, tuple(markers)) or self.find_new_name(quote, ours, lang)
                ):
                    found = True
                    yield self._describe(pieces, tuple(markers), lang, ours)
            if found:
                return

    def _find_runs(
        self, parts: Sequence[str], cut: bool, block: int | None, markers: tuple[str, ...]
    ) -> Iterator[list[tuple[int, int]]]:
        """Start and end in ``folded`` of the parts of a quotation, for each of its places."""
        lengths = [len(split_words(fold(part))) for part in parts]
        if min(lengths, default=0) < (MIN_PART if cut else 1) or (cut and len(parts) < 2):
            return
        for start, end in self._occurrences(parts[0]):
            if block is not None and self.block_of(start) != block:
                continue
            pieces = [(start, end)]
            _, limit = self.sentence_at(start)
            for part in parts[1:]:
                after, end = next(self._occurrences(part, pieces[-1][1]), (limit, limit + 1))
                if end > limit or self._markers(pieces[-1][1], after, markers):
                    break
                pieces.append((after, end))
            if len(pieces) == len(parts) and self._runs_on(*pieces[0]):
                yield pieces

    def find_new_name(self, quote: str, ours: Iterable[int], lang: str) -> str:
        """A name in one of the brackets ``ours`` of a quotation that the text does not have; "" if there is none."""
        return find_new_name(quote, {*ours}, self._written, lang) if "[" in quote else ""

    def _is_beside_marker(
        self, quote: str, ours: tuple[int, ...], pieces: Sequence[tuple[int, int]], markers: tuple[str, ...]
    ) -> bool:
        """Whether words of ours at an end of a quotation are where the source has a marker, MIN_PART words away."""
        start, end = pieces[0][0], pieces[-1][1]
        first, last = self.word_at(start), self.word_at(end)
        before = max(self.sentence_at(start)[0], self.spans[max(0, first - MIN_PART)][0])
        after = self.spans[min(len(self.spans), last + MIN_PART) - 1][1]
        begins, ends = begins_and_ends_with_ours(quote, ours)
        return bool(
            (begins and self._markers(before, start, markers))
            or (ends and self._markers(end, min(self.sentence_at(end - 1)[1], after), markers))
        )

    def search(self, term: str) -> tuple[int, ...]:
        """The paragraphs that contain a search term, once for each hit; ``tariff*`` finds "tariffs"."""
        return tuple(self.block_of(self.spans[i][0]) for i in self._find_term(term))

    @cached_property
    def _index(self) -> dict[str, list[int]]:
        return index_words(self.tokens)

    def _find_term(self, term: str) -> list[int]:
        return find_term(self._index, term)

    def search_markers(self, markers: Iterable[str]) -> dict[str, tuple[int, ...]]:
        """The paragraphs in which each marker occurs, as by ``search``; a word counts for the first that it fits."""
        seen: set[int] = set()
        found = {}
        for marker in markers:
            hits = [i for i in self._find_term(marker) if i not in seen and not self._is_homonym(i)]
            seen.update(hits)
            found[marker] = tuple(self.block_of(self.spans[i][0]) for i in hits)
        return found

    def measure_blocks(self) -> list[tuple[int, int]]:
        """The number of words of each paragraph, and how many of them are inside quotation marks."""
        counts = [[0, 0] for _ in self.blocks]
        for start, end in self.spans:
            count = counts[self.block_of(start) - 1]
            count[0] += 1
            count[1] += all(self._in_marks[start:end])
        return [(words, quoted) for words, quoted in counts]

    def search_name(self, name: str) -> tuple[int, ...]:
        """The paragraphs that contain a name, once for each hit; case counts."""
        return tuple(self.block_of(self.spans[i][0]) for i in find_name(self._written, name))

    @cached_property
    def _written(self) -> list[str]:
        return [self.folded[a:b] for a, b in self.spans]

    @cached_property
    def sentences(self) -> list[tuple[int, str]]:
        """Every sentence in order, folded, with its paragraph."""
        ends = [*self._sentences[1:], len(self.folded)]
        pairs = zip(self._sentences, ends, strict=True)
        return [(self.block_of(start), self.folded[start:end].strip()) for start, end in pairs]

    def find_sentences(self, terms: Iterable[str]) -> list[int]:
        """The sentences in which search terms occur, counted from 0 as in ``sentences``."""
        return self._sentences_at({i for term in terms for i in self._find_term(term)})

    def find_name_sentences(self, names: Iterable[str]) -> list[int]:
        """The sentences in which names occur, counted in the same way; case counts."""
        return self._sentences_at({i for name in names for i in find_name(self._written, name)})

    def _sentences_at(self, words: Iterable[int]) -> list[int]:
        return sorted({bisect.bisect_right(self._sentences, self.spans[i][0]) - 1 for i in words})

    def sentence_of(self, word: int) -> int:
        """The number, as in ``sentences``, of the sentence that holds a word (from 1)."""
        return bisect.bisect_right(self._sentences, self.spans[word - 1][0]) - 1

    @cached_property
    def stems(self) -> list[frozenset[str]]:
        """The stems of each sentence."""
        return [list_stems(sentence, SHORTEST) for _, sentence in self.sentences]

    @cached_property
    def stem_counts(self) -> Counter[str]:
        """In how many sentences each stem occurs."""
        return Counter(stem for stems in self.stems for stem in stems)

    def describe_difference(self, quote: str, passage: str = "") -> str:
        """One clause: the first word at which ``quote`` differs from ``passage``, or from the most similar words."""
        return describe_difference(quote, self.folded, passage)

    def guess_block(self, quote: str) -> int | None:
        """The paragraph with the words most like ``quote``; None if none is like it. It verifies nothing."""
        at = find_similar(quote, self.folded)
        return None if at is None else self.block_of(at)

    @cached_property
    def _squeezed(self) -> tuple[str, list[int]]:
        return squeeze(self.folded, self._joined[1])

    def _occurrences(self, part: str, start: int = 0) -> Iterator[tuple[int, int]]:
        """Start and end in ``folded`` of each place of a part of a quotation from ``start`` on.

        Places that differ in layout count only if there are no others.
        """
        folded, origin, _ = fold_blocks((part,))
        places = ((at, at + len(folded)) for at in find_string(folded, self.folded, start))
        whole = [place for place in places if self._is_whole(*place)]
        if whole:
            yield from whole
            return
        squeezed, gaps = self._squeezed
        for first, last in find_spans(squeeze(folded, origin)[0], squeezed):
            begin, end = first + bisect.bisect_right(gaps, first), last + bisect.bisect_right(gaps, last - 1)
            if begin >= start and self._is_whole(begin, end):
                yield begin, end

    def _runs_on(self, start: int, end: int) -> bool:
        """Whether every paragraph that ends inside a match ends as a sentence does (a headline often does not)."""
        inner = [at for at in self._joined[2] if start < at < end]
        return all(self.folded[at - 2] in ".!?\"')\u3002\uff01\uff1f\u300d" for at in inner)

    def _is_whole(self, start: int, end: int) -> bool:
        """Whether a match cuts no word, number or unit in two."""
        return not cuts_word(*self._joined[:2], start, end, limit=self.block_bounds(self.block_of(end - 1))[1])

    @cached_property
    def _sentences(self) -> list[int]:
        """Where sentences begin: at every paragraph and after every sentence's end."""
        return sorted({*self._joined[2], *(begin for _, begin in find_stops(self._joined[1]))})

    def sentence_at(self, position: int) -> tuple[int, int]:
        """Where the sentence at a position of ``folded`` begins, and where the next one does."""
        index = bisect.bisect_right(self._sentences, position)
        end = self._sentences[index] if index < len(self._sentences) else len(self.folded)
        return self._sentences[index - 1], end

    @cached_property
    def _in_marks(self) -> list[bool]:
        """For every character of ``folded``: is it inside quotation marks of the source?"""
        folded, origin, starts = self._joined
        inside = [False] * len(folded)
        ends = [*[s - 1 for s in starts[1:]], len(folded)]
        for start, end in zip(starts, ends, strict=True):
            following = origin[end + 1 : end + 2]
            for a, b, closed in find_quoted(origin[start:end], following):
                if closed or opens_speech(following):
                    inside[start + a : start + b] = [True] * (b - a)
        return inside

    def _describe(
        self, pieces: Sequence[tuple[int, int]], markers: tuple[str, ...], lang: str, ours: tuple[int, ...]
    ) -> Match:
        ranges = []
        for start, end in pieces:
            last = bisect.bisect_left(self._word_starts, end) - 1
            ranges.append((self.word_at(start) + 1, last + 1))
        start, end = pieces[0][0], pieces[-1][1]
        marked = all(self._in_marks[i] for a, b in pieces for i in range(a, b) if self.folded[i].isalnum())
        beside, whole = self._beside(start, end, markers, lang), self._is_sentence(pieces)
        return Match(self.block_of(start), tuple(ranges), marked, beside, ours, whole)

    def _is_sentence(self, pieces: Sequence[tuple[int, int]]) -> bool:
        """Whether a quotation is all words of one sentence that ends with a full stop or the like."""
        (start, end), (begin, stop) = pieces[0], self.sentence_at(pieces[0][0])
        rest = self.folded[begin:start] + self.folded[end:stop]
        ended = any(sign in self.folded[end - 1 : stop] for sign in ".!?\u3002\uff01\uff1f")
        return len(pieces) == 1 and end <= stop and ended and not any(char.isalnum() for char in rest)

    def _beside(self, start: int, end: int, markers: tuple[str, ...], lang: str) -> tuple[str, ...]:
        """The markers outside a quotation, in its first and last sentence, that may govern it, each once."""
        found: list[str] = []
        for at, outside in (
            (start, (self.sentence_at(start)[0], start)),
            (end - 1, (end, self.sentence_at(end - 1)[1])),
        ):
            if not (hits := self._markers(*outside, markers)):
                continue
            first, last = map(self.word_at, self.sentence_at(at))
            words = [self.folded[a:b] for a, b in self.spans[first:last]]
            ends = [self.sentence_at(at)[0], *(b for _, b in self.spans[first:last])]
            gaps = [self.folded[a:b] for a, (b, _) in zip(ends, self.spans[first:last], strict=False)]
            quoted = max(self.word_at(start) - first, 0), min(self.word_at(end), last) - first
            governing = list_governing(words, gaps, quoted, [hit - first for hit in hits], lang)
            found.extend(words[i].casefold() for i in governing)
        if markers and _ASKS.fullmatch(self.folded[end : self.sentence_at(end - 1)[1]]):
            found.append("?")  # a question is not an assertion
        return tuple(dict.fromkeys(found))

    def word_at(self, position: int) -> int:
        """The index of the word at a position, or of the first after it."""
        return bisect.bisect_right(self._word_ends, position)

    def _markers(self, start: int, end: int, markers: Iterable[str]) -> tuple[int, ...]:
        """The indices of the markers among the words between two positions."""
        first, last = self.word_at(start), self.word_at(end)
        tokens = self.tokens[first:last]
        hits = [i for i, _ in locate_terms(tokens, tuple(markers))]
        return tuple(first + i for i in hits if not self._is_homonym(first + i))

    def _is_homonym(self, index: int) -> bool:
        """Whether a word only has the letters of a marker."""
        begin, stop = self.sentence_at(self.spans[index][0])
        first, last = self.word_at(begin), self.word_at(stop)
        start, end = self.spans[index]
        before = self.folded[self.spans[index - 1][1] if index > first else begin : start]
        return is_homonym(Place(self._written[first:last], index - first, before, self._joined[1][end : end + 6]))
