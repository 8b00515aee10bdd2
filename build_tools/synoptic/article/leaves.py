"""The leaves of a web page: its smallest blocks of words, in order, and where an article's blocks are among them. Pure.

A leaf is a paragraph, heading, list item, table row, listing, caption, or words between two of these.
"""

import bisect
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from html import escape
from typing import Any

from synoptic.article.html_blocks import BLOCK_TAGS, FORMS, HEADINGS, SILENT, split_html
from synoptic.article.kinds import Block
from synoptic.text.folding import fold, split_words

_BLOCKS = {*BLOCK_TAGS, "center", "dir", "fieldset", "hgroup", "legend"}
_UNREAD = {*SILENT, "button", "option", "input", "dialog"}
_GRAM = 4  # words that find a block in a page
#: Where words in a page begin and end, as numbers of its words.
Span = tuple[int, int]


@dataclass
class Leaf:
    """Words of a page and the block element (lxml) that holds them; ``start`` is the number of the first word.

    ``breaks`` line breaks part it from the leaf before, which is then of the same element.
    """

    element: Any
    breaks: int = 0
    start: int = 0
    words: list[str] = field(default_factory=list)
    linked: int = 0  # words that are links
    pieces: list[tuple[str, bool]] = field(default_factory=list)  # text, and whether it is strong

    @property
    def text(self) -> str:
        """The words as the page has them, on one line."""
        return " ".join("".join(piece for piece, _ in self.pieces).split())

    @property
    def end(self) -> int:
        """The number of the first word after the leaf."""
        return self.start + len(self.words)


def list_leaves(body: Any) -> list[Leaf]:
    """The leaves of a page's body (lxml) that have words."""
    walker = _Walker(body)
    walker.walk()
    number = 0
    for leaf in walker.leaves:
        leaf.start = number
        number += len(leaf.words)
    return walker.leaves


class _Walker:
    """Walks through a page once, without recursion: pages are nested as deeply as their authors like."""

    def __init__(self, body: Any) -> None:
        self.body = body
        self.leaves: list[Leaf] = []
        self._leaf = Leaf(body)
        self._pieces: list[tuple[str, bool, bool]] = []
        self._holders = [body]
        self._strong = self._links = 0

    def walk(self) -> None:
        """List the leaves."""
        from lxml import etree

        events = etree.iterwalk(self.body, events=("start", "end", "comment", "pi"))
        for event, element in events:
            tag = element.tag if isinstance(element.tag, str) else ""
            if event == "start" and element is not self.body and tag in _UNREAD:
                events.skip_subtree()
                continue
            if event == "start":
                self._open(element, tag)
                self._take(element.text)
                continue
            if event == "end":
                self._close(element, tag)
            if element is not self.body:
                self._take(element.tail)
        self._flush()

    def _open(self, element: Any, tag: str) -> None:
        if tag == "br":
            self._flush(breaks=1)
        elif tag == "img" and (caption := element.get("alt")):
            self._add_caption(element, caption)
        elif tag in _BLOCKS and element is not self.body:
            inside = self._holders[-1].tag in ("tr", "pre")
            self._holders.append(self._holders[-1] if inside else element)
            if inside:
                self._take(" ")
            else:
                self._flush()
        self._strong += tag in ("strong", "b")
        self._links += self._leads_away(element, tag)

    def _close(self, element: Any, tag: str) -> None:
        self._links -= self._leads_away(element, tag)
        if tag in _BLOCKS and element is not self.body:
            if self._holders[-2] is self._holders[-1]:
                self._take(" ")
            else:
                self._flush(holder=self._holders[-2])
            self._holders.pop()
        self._strong -= tag in ("strong", "b")

    def _leads_away(self, element: Any, tag: str) -> bool:
        """Whether an element is a link; many headings link to themselves."""
        heads = self._holders[-1].tag in HEADINGS
        return tag == "a" and not (heads and str(element.get("href") or "#").startswith("#"))

    def _take(self, text: str | None) -> None:
        if text:
            self._pieces.append((text, self._strong > 0, self._links > 0))

    def _flush(self, breaks: int = 0, holder: Any = None) -> None:
        leaf = self._leaf
        leaf.words = split_words(fold("".join(text for text, _, _ in self._pieces)))
        leaf.linked = len(split_words(fold(" ".join(text for text, _, linked in self._pieces if linked))))
        leaf.pieces = [(text, strong) for text, strong, _ in self._pieces]
        if leaf.words:
            self.leaves.append(leaf)
        elif breaks:
            breaks += leaf.breaks
        self._leaf = Leaf(self._holders[-1] if holder is None else holder, breaks)
        self._pieces = []

    def _add_caption(self, element: Any, caption: str) -> None:
        """Add the caption that `visible.keep_visible` wrote into a picture, before the words around it."""
        self.leaves.append(Leaf(element, words=split_words(fold(caption)), pieces=[(caption, False)]))


def to_blocks(leaves: Sequence[Leaf]) -> list[Block]:
    """The blocks of neighbouring leaves, as `html_blocks.split_html` makes them of a page."""
    from lxml import etree

    html = ""
    for number, leaf in enumerate(leaves):
        if leaf.element.tag == "img":
            html += f'<img alt="{escape(leaf.text)}"><hr>'
        elif leaf.element.tag == "tr":
            html += f"<table>{etree.tostring(leaf.element, encoding='unicode', method='html', with_tail=False)}</table>"
        elif leaf.element.tag == "pre":
            html += etree.tostring(leaf.element, encoding="unicode", method="html", with_tail=False)
        else:
            tag = next((e.tag for e in _list_chain(leaf.element) if e.tag in (*FORMS, "summary")), "p")
            goes_on = number > 0 and leaf.breaks and leaves[number - 1].element is leaf.element
            html = html.removesuffix(f"</{tag}>") + "<br>" * leaf.breaks if goes_on else f"{html}<{tag}>"
            html += "".join(f"<b>{escape(text)}</b>" if strong else escape(text) for text, strong in leaf.pieces)
            html += f"</{tag}>"
    return split_html(html)


def _list_chain(element: Any) -> Iterator[Any]:
    """An element and the elements around it, the innermost first."""
    yield element
    yield from element.iterancestors()


def locate(blocks: Sequence[Sequence[str]], page: Sequence[str]) -> list[Span | None]:
    """Where the words of each block are among those of the page, in order; None for a block that is not found.

    Blocks that occur once in the page come first; the others are sought between these.
    """
    grams: dict[tuple[str, ...], list[int]] = {}
    for number in range(len(page) - _GRAM + 1):
        grams.setdefault(tuple(page[number : number + _GRAM]), []).append(number)
    found: list[Span | None] = [None] * len(blocks)
    once = []
    for number, words in enumerate(blocks):
        places = [at for at in grams.get(tuple(words[:_GRAM]), ()) if _is_at(words, page, at)]
        if len(words) >= _GRAM and len(places) == 1:
            once.append((number, places[0]))
    for number, at in _longest_rise(once):
        found[number] = (at, at + len(blocks[number]))
    first = next((number for number, span in enumerate(found) if span), 0)
    high = found[first][0] if found[first] else 0  # type: ignore[index]
    for number in reversed(range(first)):  # the title is the last line like it: menus above it name it, too
        span = found[number] = _seek(blocks[number], page, grams, 0, high, last=True)
        high = span[0] if span else high
    highs = [len(page)]  # of each block, from the last: where the next one that was found begins
    for span in reversed(found):
        highs.append(span[0] if span else highs[-1])
    low = 0
    for number, (words, high) in enumerate(zip(blocks, highs[-1:0:-1], strict=True)):
        span = found[number]
        if span is None and number >= first:
            span = found[number] = _seek(words, page, grams, low, high)
        low = span[1] if span else low
    return found


def _is_at(words: Sequence[str], page: Sequence[str], at: int) -> bool:
    return list(page[at : at + len(words)]) == list(words)


def _longest_rise(pairs: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """The longest part of some pairs in which the second numbers rise as well."""
    tails: list[int] = []
    last: list[int] = []  # the pair that ends the best part of each length
    before: list[int] = []
    for number, (_, at) in enumerate(pairs):
        length = bisect.bisect_left(tails, at)
        before.append(last[length - 1] if length else -1)
        tails[length:], last[length:] = [at, *tails[length + 1 :]], [number, *last[length + 1 :]]
    rise, at = [], last[-1] if last else -1
    while at >= 0:
        rise.append(pairs[at])
        at = before[at]
    return rise[::-1]


def _seek(
    words: Sequence[str], page: Sequence[str], grams: Mapping[tuple[str, ...], Sequence[int]], low: int, high: int,
    *, last: bool = False,
) -> Span | None:  # fmt: skip
    """The first (or ``last``) place of a block between two places: whole, else by its first and last words."""
    if len(words) < _GRAM:
        places: Sequence[int] = range(low, high - len(words) + 1) if words else ()
    else:
        places = grams.get(tuple(words[:_GRAM]), ())
        places = places[bisect.bisect_left(places, low) : bisect.bisect_left(places, high - _GRAM + 1)]
    ordered = reversed(places) if last else places
    whole = next((at for at in ordered if at + len(words) <= high and _is_at(words, page, at)), None)
    if whole is not None:
        return whole, whole + len(words)
    if not places or len(words) < _GRAM:
        return None
    at = places[-1 if last else 0]
    most = min(high, at + 2 * len(words)) - _GRAM
    ends = [end for end in grams.get(tuple(words[-_GRAM:]), ()) if at <= end <= most]
    return at, ends[0] + _GRAM if ends else min(high, at + len(words))
