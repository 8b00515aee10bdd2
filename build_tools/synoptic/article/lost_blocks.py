"""Puts back what the reader of web pages lost between an article's paragraphs, and tells what was left out. Pure.

trafilatura judges each list, heading and box by its own length and links. We judge by place: what stands between two
paragraphs of an article belongs to it, unless its markup or its words say that it is furniture of the page.
"""

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from synoptic.article.html_blocks import HEADINGS
from synoptic.article.kinds import Block, ends_sentence
from synoptic.article.leaves import Leaf, Span, list_leaves, locate, to_blocks
from synoptic.text.english import plural
from synoptic.text.folding import fold, split_words

_CORE = 0.8  # the article's container has this share of the kept words
_USUAL = 0.3  # names of classes around this share of it are those of its paragraphs
_PROSE = 10  # words of a paragraph before the first or after the last that was kept
_SHORT = 4  # words; shorter lines in a bare div are labels, unless they end as sentences do
_MOST_PLACES = 6  # that a note lists
_FIRST = 5  # words that it shows of each
_FURNITURE_TAGS = {"nav", "form", "footer", "button", "menu", "dialog", "select"}
_FURNITURE_ROLES = {"navigation", "banner", "contentinfo", "search", "dialog", "form", "menu", "menubar", "toolbar"}
#: Names of classes and ids that say what an element is for.
_FURNITURE_NAME = re.compile(
    r"(?:^|[-_])(?:shar(?:e|es|ing)|social\w*|related\w*|recommend\w*|recirc\w*|newsletters?|subscri\w+|sign-?up|promo\w*"
    r"|advert\w*|ads?|sponsor\w*|banner|cookies?|consent|comments?|respond|replies|breadcrumbs?|menu|nav\w*|toolbar"
    r"|sidebar|read-?(?:more|next|also|on)|more-?(?:on|from|stories|articles|like)|also-?(?:read|like|see)|see-?also|tags?"
    r"|taglist|tag-?cloud|pagination|pager|popup|modal|overlay|paywall|outbrain|taboola|trending|most-?(?:read|popular)"
    r"|popular|follow\w*|print|bookmark|login|register|search\w*|author-?(?:bio|box|info|card)|bio|teasers?|copyright|toc"
    r"|table-of-contents|editsection|skip-?\w*|donat\w*|cta|call-?to-?action|poll|rating|metadata|post-?meta|entry-?meta"
    r"|meta)(?:$|[-_])"
)
_ENGLISH = (
    r"advertise?ment|advertising|sponsored(?: content)?|share(?: (?:this|on|via)\b.*)?|print|e-?mail|comments?"
    r"|(?:follow|find) us\b.*|sign up (?:for|to)\b.*|subscribe(?: (?:to|now|for)\b.*)?|story continues\b.*"
    r"|(?:read|see|watch|learn) (?:more|also|next)\b.*|more (?:on|from|like) this\b.*|recommended\b.*"
    r"|related(?: (?:articles?|stories|topics|content|posts|news|links))?:?|skip (?:to|past)\b.*"
    r"|\[?(?:edit|hide|show)\]?"
)
_GERMAN = (
    r"anzeige|werbung|teilen|drucken|kommentare|(?:lesen|sehen) sie (?:auch|dazu)\b.*|mehr zum thema\b.*"
    r"|auch interessant\b.*|weiter ?lesen:?|empfehlungen\b.*|weitere artikel\b.*|\[?bearbeiten\]?"
)
_FRENCH = r"publicité|annonce|partager|imprimer|(?:à )?lire (?:aussi|également)\b.*|inscrivez-vous\b.*|\[?modifier\]?"
_SPANISH = r"publicidad|compartir|lee también\b.*|te puede interesar\b.*|veja também:?|suscr[ií]b(?:ete|ase)\b.*"
_FURNITURE_WORDS = re.compile(
    rf"\W*(?:{'|'.join((_ENGLISH, _GERMAN, _FRENCH, _SPANISH))})\W*", re.IGNORECASE | re.DOTALL
)
_LISTS = ("ul", "ol", "dl", "table")
_PARAGRAPHS = ("p", "li", "dt", "dd", "tr", "pre", "blockquote", "summary", "legend", "img", "figcaption", "caption")


@dataclass(frozen=True)
class Restored:
    """The blocks of an article with those that were lost inside it, and clauses on what stayed out."""

    blocks: tuple[Block, ...]
    notes: tuple[str, ...]


def restore_blocks(body: Any, kept: Sequence[Block], title: str) -> Restored:
    """``kept`` with the blocks of the page's ``body`` (lxml) that were lost between them. ``title`` is the page's."""
    leaves = list_leaves(body)
    page = [word for leaf in leaves for word in leaf.words]
    spans = locate([split_words(fold(block.text)) for block in kept], page)
    kept, places = _split_heap(kept, spans, leaves)
    judge = _Judge(body, leaves, places)
    restored = judge.choose()
    dropped = judge.list_furniture_after()
    starts = {leaves[number].start for number in dropped}
    pairs = [(b, s) for b, s in zip(kept, places, strict=True) if not (s and s[0] in starts)]
    blocks = tuple(_merge(pairs, leaves, restored))
    named = {n for n, leaf in enumerate(leaves) if leaf.element.tag == "h1" and leaf.words == split_words(fold(title))}
    taken = {*judge.kept, *restored, *named} - dropped
    return Restored(blocks, tuple(judge.describe(taken, len(page))))


def _split_heap(
    kept: Sequence[Block], spans: Sequence[Span | None], leaves: Sequence[Leaf]
) -> tuple[Sequence[Block], Sequence[Span | None]]:
    """The paragraphs of a page in place of one block that holds most of what was kept: trafilatura makes one of a short
    article. Its other lines are judged like lost ones."""
    words = [len(split_words(fold(block.text))) for block in kept]
    number = max(range(len(kept)), key=lambda n: words[n], default=-1)
    span = spans[number] if number >= 0 else None
    if span is None or 2 * words[number] <= sum(words):
        return kept, spans
    within = [leaf for leaf in leaves if span[0] <= leaf.start and leaf.end <= span[1]]
    prose = [leaf for leaf in within if leaf.element.tag in _PARAGRAPHS and _is_prose(leaf)]
    shared = set.intersection(*({*leaf.element.iterancestors()} for leaf in prose)) if prose else set()
    own = [leaf for leaf in prose if not any(_is_marked(e) for e in leaf.element.iterancestors() if e not in shared)]
    if len(own) < 2:
        return kept, spans
    blocks = [(block, (leaf.start, leaf.end)) for leaf in own for block in to_blocks([leaf])]
    parts = [*zip(kept, spans, strict=True)]
    parts[number : number + 1] = blocks
    return [block for block, _ in parts], [place for _, place in parts]


def _merge(
    kept: Sequence[tuple[Block, Span | None]], leaves: Sequence[Leaf], restored: Sequence[int]
) -> Iterator[Block]:
    """The kept blocks and the restored leaves, in the order of the page."""
    done = 0
    for block, span in kept:
        first = done
        while span and done < len(restored) and leaves[restored[done]].start < span[0]:
            done += 1
        yield from to_blocks([leaves[number] for number in restored[first:done]])
        yield block
    yield from to_blocks([leaves[number] for number in restored[done:]])


class _Judge:
    """Judges which lost leaves of a page belong to its article."""

    def __init__(self, body: Any, leaves: Sequence[Leaf], spans: Sequence[Span | None]) -> None:
        self.body, self.leaves = body, leaves
        marks = [0] * (sum(len(leaf.words) for leaf in leaves) + 1)
        for span in spans:
            if span:
                marks[span[0]] += 1
                marks[span[1]] -= 1
        covered, depth = [0], 0
        for mark in marks:
            depth += mark
            covered.append(covered[-1] + (depth > 0))
        self._found = [covered[leaf.end] - covered[leaf.start] for leaf in leaves]
        self.kept = [number for number, leaf in enumerate(leaves) if 2 * self._found[number] >= len(leaf.words)]
        self._is_kept = set(self.kept)
        self.core = self._find_core()
        self.body_leaves = [n for n in self.kept if _is_prose(leaves[n])]
        self._usual = self._list_usual_names()
        self._holding = {e for n in self.kept for e in (leaves[n].element, *leaves[n].element.iterancestors())}
        self._parents = {leaves[n].element.getparent() for n in self.body_leaves}
        self._verdicts: dict[Any, bool] = {}
        self._boxes: dict[Any, bool] = {}
        self._introduced: dict[Any, bool] = {}

    def _find_core(self) -> Any:
        """The innermost element that holds nearly all of what was kept."""
        weights: Counter[Any] = Counter()
        for number in self.kept:
            for element in (self.leaves[number].element, *self.leaves[number].element.iterancestors()):
                weights[element] += len(self.leaves[number].words)
        heavy = {element for element, weight in weights.items() if weight >= _CORE * weights[self.body]}
        return max(heavy, key=lambda element: sum(1 for _ in element.iterancestors()), default=self.body)

    def _list_usual_names(self) -> set[str]:
        """Names of classes that so much of the article has that they say nothing: of blocks in a page builder."""
        weights: Counter[str] = Counter()
        for number in self.kept:
            chain = self._chain(self.leaves[number].element, self.core)
            for name in {name for element in chain for name in _names(element)}:
                weights[name] += len(self.leaves[number].words)
        total = sum(len(self.leaves[number].words) for number in self.kept)
        return {name for name, weight in weights.items() if weight >= _USUAL * total}

    @staticmethod
    def _chain(element: Any, above: Any) -> Iterator[Any]:
        """An element and those around it, up to ``above``, which is left out."""
        while element is not None and element is not above:
            yield element
            element = element.getparent()

    def choose(self) -> list[int]:
        """The lost leaves that belong to the article, in order."""
        if not self.body_leaves:
            return []
        first, last = self.body_leaves[0], self.body_leaves[-1]
        outer = self._choose_within(first, last)  # with paragraphs before the first and after the last
        return sorted(self._choose_within(min(first, *outer), max(last, *outer)) if outer else ())

    def _choose_within(self, first: int, last: int) -> set[int]:
        """The same for an article whose paragraphs ``first`` and ``last`` are its ends."""
        chosen: set[int] = set()
        for number in reversed(range(len(self.leaves))):  # a heading depends on what follows it
            if number not in self._is_kept and self._belongs(number, first, last, chosen):
                chosen.add(number)
        return chosen

    def list_furniture_after(self) -> set[int]:
        """The kept leaves that are furniture after the article, outside its container."""
        after = {
            n for n in self.kept if self.body_leaves and n > self.body_leaves[-1] and not self._is_in(n, self.core)
        }
        return {n for n in after if self._is_furniture(self.leaves[n].element, self.body)}

    def _belongs(self, number: int, first: int, last: int, chosen: set[int]) -> bool:
        """Whether a lost leaf belongs to the article, whose paragraphs ``first`` and ``last`` are its ends."""
        leaf = self.leaves[number]
        within = self._enclosing(number)
        if within is None or self._is_furniture(leaf.element, within) or _FURNITURE_WORDS.fullmatch(leaf.text):
            return False
        introduced = self._is_introduced(number, within)
        if not introduced and self._is_of_links(number, within):
            return False
        if leaf.element.tag in HEADINGS and (number > first or leaf.element.tag != "h1"):
            return number < last and (number + 1 in self._is_kept or number + 1 in chosen)
        if not first <= number <= last:
            return introduced or (_is_prose(leaf) and self._is_beside_body(leaf.element))
        own_line = leaf.element.tag in _PARAGRAPHS or any(
            element.tag in _PARAGRAPHS for element in self._chain(leaf.element, within)
        )
        return own_line or ends_sentence(leaf.text) or leaf.text.endswith(":") or len(leaf.words) >= _SHORT

    def _enclosing(self, number: int) -> Any:
        """The element inside the article's container that holds a leaf and its kept neighbours; None if there is none.

        A leaf before or after all that was kept must be in the container itself.
        """
        element = self.leaves[number].element
        at = bisect_right(self.kept, number)
        around = self.kept[max(0, at - 1) : at + 1] if 0 < at < len(self.kept) else []
        if not around:
            return self.core if self.core in (element, *element.iterancestors()) else None
        one, other = (self.leaves[n].element for n in around)
        chain = {one, *one.iterancestors()}
        shared = next(e for e in (other, *other.iterancestors()) if e in chain)
        return shared if self.core in (shared, *shared.iterancestors()) else None

    def _is_furniture(self, element: Any, within: Any) -> bool:
        """Whether an element, or one around it inside ``within``, is marked as furniture of the page."""
        return any(self._is_marked(one) for one in self._chain(element, within))

    def _is_marked(self, element: Any) -> bool:
        if element not in self._verdicts:
            self._verdicts[element] = _is_marked(element, self._usual)
        return self._verdicts[element]

    def _is_introduced(self, number: int, within: Any) -> bool:
        """Whether a leaf is of a list that follows a line of the article with a colon."""
        leaf = self.leaves[number]
        outer = [one for one in self._chain(leaf.element, within) if one.tag in _LISTS]
        if not outer:
            return False
        if outer[-1] not in self._introduced:
            first = number
            while first > 0 and self._is_in(first, outer[-1]):
                first -= 1
            colon = self.leaves[first].text.endswith((":", "\uff1a"))
            self._introduced[outer[-1]] = first in self._is_kept and colon
        return self._introduced[outer[-1]]

    def _is_of_links(self, number: int, within: Any) -> bool:
        """Whether a leaf is a link, or in a box of links: a third of its words are links, one line wholly."""
        leaf = self.leaves[number]
        if leaf.linked * 5 >= len(leaf.words) * 4:
            return True
        box = None
        for element in self._chain(leaf.element, within):
            if element in self._holding:
                break
            box = element
        if box is None or box.tag in (*_LISTS, *HEADINGS, "p"):
            return False
        if box not in self._boxes:
            inside = self._list_inside(number, box)
            whole = any(one.linked == len(one.words) for one in inside)
            links, words = sum(one.linked for one in inside), sum(len(one.words) for one in inside)
            self._boxes[box] = whole and 3 * links >= words
        return self._boxes[box]

    def _list_inside(self, number: int, box: Any) -> Sequence[Leaf]:
        """The leaves of the box that has a leaf."""
        first, last = number, number
        while first > 0 and self._is_in(first - 1, box):
            first -= 1
        while last + 1 < len(self.leaves) and self._is_in(last + 1, box):
            last += 1
        return self.leaves[first : last + 1]

    def _is_in(self, number: int, box: Any) -> bool:
        return box in (self.leaves[number].element, *self.leaves[number].element.iterancestors())

    def _is_beside_body(self, element: Any) -> bool:
        """Whether an element is beside a paragraph of the article, or around it."""
        return element in self._parents or element.getparent() in self._parents

    def describe(self, taken: Collection[int], total: int) -> Iterator[str]:
        """Clauses on the words that stay out, all but those of the leaves ``taken``; first on what is between them."""
        lost = [number for number in range(len(self.leaves)) if number not in taken]
        words = sum(len(self.leaves[number].words) for number in lost)
        if not words:
            return
        runs: list[list[int]] = []
        for number in lost:
            if runs and runs[-1][-1] == number - 1:
                runs[-1].append(number)
            else:
                runs.append([number])
        low, high = min(taken, default=0), max(taken, default=0)
        for run in runs:
            if (before := run[0] - 1) in taken and self.leaves[before].text.endswith((":", "\uff1a")):
                end = " ".join(self.leaves[before].text.split()[-_FIRST:])
                yield f'after "{end}" something is left out ({self._show(run)}); compare it with the page'
        inside = sorted(runs, key=lambda run: not low < run[0] < high)
        shown = "; ".join(self._show(run) for run in inside[:_MOST_PLACES])
        more = f"; {len(runs) - _MOST_PLACES} more" if len(runs) > _MOST_PLACES else ""
        yield f"{words} of the page's {total} words are left out: {shown}{more}"

    def _show(self, run: Sequence[int]) -> str:
        """The number and the first words of some leaves."""
        words = sum(len(self.leaves[number].words) for number in run)
        text = " ".join(self.leaves[number].text for number in run[:_FIRST]).split()
        dots = " ..." if len(text) > _FIRST else ""
        return f'{plural(words, "word")} "{" ".join(text[:_FIRST])}{dots}"'


def _is_marked(element: Any, usual: Collection[str] = ()) -> bool:
    """Whether the tag, role or names of an element, but for the ``usual`` ones, say that it is furniture."""
    if element.tag in _FURNITURE_TAGS or element.get("role") in _FURNITURE_ROLES:
        return True
    return any(_FURNITURE_NAME.search(name) for name in _names(element) if name not in usual)


def _is_prose(leaf: Leaf) -> bool:
    """Whether a leaf is a paragraph of sentences."""
    return len(leaf.words) >= _PROSE and ends_sentence(leaf.text) and 2 * leaf.linked <= len(leaf.words)


def _names(element: Any) -> set[str]:
    """The classes and the id of an element, in small letters with hyphens between their parts."""
    given = f"{element.get('class') or ''} {element.get('id') or ''}"
    return {re.sub(r"(?<=[a-z])(?=[A-Z])", "-", name).lower() for name in given.split()}
