"""Our own words in square brackets inside a quotation: which brackets may be ours, and the source's words without them.

A bracket that may be ours holds a word and stands alone, with spaces or signs around it. Brackets count from 1 in their
order; "[...]" is a cut and no bracket. If one bracket of a quotation is nested or open, none is ours.
"""

import re
import unicodedata
from collections.abc import Collection, Iterator, Sequence
from itertools import combinations

from synoptic.text.folding import CJK, fold, split_words
from synoptic.text.numbers import find_numbers
from synoptic.text.terms import find_terms

#: Words of ours in one bracket, at most.
MAX_OURS = 6
#: Brackets in a quotation of which any may be ours; with more, all are the source's.
MOST = 4
#: Letters by which a name is known again ("Canada", "Canadian").
_STEM = 5
_ELIDED = re.compile("^(?:[dlnsDLNS]|qu|Qu)'")
_BRACKET = re.compile(r"\[([^\[\]]*)\]")
_OWN_CUT = re.compile(r"\s*(?:\[\.\.\.\]|\.\.\.)\s*")
_JOINS_WORDS = frozenset("'\u2019\u02bc-\u2010\u2011\u2212_$\u20ac\u00a3\u00a5%")
_SIGNS = frozenset(" '\u2019-\u2010\u2011,.&")
#: Words that distance or limit as a hedge does, in English.
_LIMITING = ("non", "so called", "self styled", "only", "almost", "nearly", "merely")
#: They name a part or an example of what the article says, and so add a fact.
_ADDING = tuple(
    "including,such as,among them,amongst them,for example,for instance,namely,especially,notably,darunter,inklusive,"
    "einschließlich,zum beispiel,etwa,nämlich,insbesondere,dont,y compris,notamment,par exemple,parmi lesquels,"
    "parmi lesquelles,incluido,incluida,incluidos,incluidas,entre ellos,entre ellas,"
    "por ejemplo,包括,其中,例如".split(",")
)
#: Letters that only phonetics needs, such as small capitals: they can be taken for others.
_PHONETIC = re.compile("[\u0250-\u02ff\u1d00-\u1dbf\ua720-\ua7ff]")


def split_at_cuts(quote: str) -> list[str]:
    """The parts of a quotation between our own cuts ("..." or "[...]")."""
    return [part for part in _OWN_CUT.split(quote.replace("\u2026", "...")) if part]


def find_brackets(quote: str) -> list[re.Match[str]]:
    """The brackets of a quotation that may be ours; ``match[1]`` are the words in one."""
    if "[" not in quote or "[" in (rest := _BRACKET.sub("", quote)) or "]" in rest:
        return []
    return [hit for hit in _BRACKET.finditer(quote) if split_words(fold(hit[1])) and _stands_alone(hit)]


def _stands_alone(hit: re.Match[str]) -> bool:
    before, after = hit.string[: hit.start()][-1:], hit.string[hit.end() :][:1]
    following = hit.string[hit.end() + 1 :][:1]
    if after in "'\u2019" and not following.isalnum():
        after = ""  # the end of a quotation
    return not any((sign.isalnum() and not CJK.match(sign)) or sign in _JOINS_WORDS for sign in (before, after) if sign)


def list_readings(quote: str) -> Iterator[tuple[int, ...]]:
    """Which of its brackets may be ours, the likeliest first: none, one, and so on to all."""
    number = len(find_brackets(quote))
    for size in range(number + 1 if number <= MOST else 1):
        yield from combinations(range(1, number + 1), size)


def split_ours(quote: str, ours: Collection[int]) -> list[tuple[str, bool]]:
    """A quotation in pieces, each with whether it is ours; the brackets ``ours`` are pieces of their own."""
    pieces, at = [], 0
    for number, hit in enumerate(find_brackets(quote) if ours else (), 1):
        if number in ours:
            pieces += [(quote[at : hit.start()], False), (hit[0], True)]
            at = hit.end()
    return [piece for piece in (*pieces, (quote[at:], False)) if piece[0]]


def source_runs(quote: str, ours: Collection[int], *, cut: bool) -> list[str]:
    """The source's words in a quotation, without the brackets ``ours``: one run, or several if we ``cut`` between them.

    Between words of the source, a bracket is an insertion; in a cut quotation it is a cut, too.
    """
    text = ""
    for piece, own in split_ours(quote, ours):
        if not own:
            text = text.rstrip() + piece if piece[:1].isspace() or not piece[:1].isalnum() else text + piece
        elif cut:
            text += " ... "
    text = text.strip() if ours else quote
    return split_at_cuts(text) if cut else [text]


def begins_and_ends_with_ours(quote: str, ours: Collection[int]) -> tuple[bool, bool]:
    """Whether a quotation begins with words of ours, and whether it ends with some, signs aside."""
    pieces = [own for text, own in split_ours(quote, ours) if own or split_words(fold(text))]
    return pieces[0], pieces[-1]


def find_fault(words: str, markers: Collection[str]) -> str | None:
    """Why ``words`` may not be ours in a bracket, as the end of a sentence about them; None if they may.

    ``markers`` are the negations, hedges and conditions of the language.
    """
    plain = unicodedata.normalize("NFKC", words)
    number = len(split_words(fold(words)))
    if number > MAX_OURS:
        return f"has {number} words; the limit is {MAX_OURS}"
    bare = "".join(char for char in unicodedata.normalize("NFD", plain) if not unicodedata.combining(char))
    found = [hit for text in (plain, bare) for hit in find_terms(text, (*markers, *_LIMITING))]
    if found:
        return f'has "{found[0]}", a negation, a hedge or a condition'
    if added := find_terms(plain, _ADDING):
        return f'has "{added[0]}", which adds a fact'
    if find_numbers(plain) or any(char.isnumeric() and not CJK.match(char) for char in words):
        return "has a number, which must be the article's"
    odd = [char for char in words if char not in _SIGNS and unicodedata.category(char)[0] not in "LM"]
    odd += _PHONETIC.findall(words)
    if odd:
        return f'has "{odd[0]}"; letters, hyphens, apostrophes, commas and full stops are allowed'
    mixed = next((word for word in split_words(fold(words)) if len(_find_scripts(word)) > 1), None)
    return f'has "{mixed}", which mixes letters of several scripts' if mixed else None


def find_new_name(quote: str, ours: Collection[int], words: Sequence[str], lang: str) -> str:
    """A name in one of the brackets ``ours`` that is nowhere among the ``words`` of a text, as written; "" if none is.

    A word with a capital is a name, except the first of a quotation, whose capital may be due to its place, and in
    German a word after another, which may be any noun. A name is there if a word begins as it does ("Canadian", for
    "Canada"), or if words in a row have its letters as their capitals ("European Union", for "EU").
    """
    names = [name for number, hit in enumerate(find_brackets(quote), 1) if number in ours for name in _names(hit, lang)]
    if not names:
        return ""
    beginnings = {part[:_STEM] for word in words for part in (word.casefold(), word.casefold().rpartition("'")[2])}
    capitals = "".join(word[0] if word[0].isupper() else " " for word in words)
    return next((name for name in names if name.casefold()[:_STEM] not in beginnings and name not in capitals), "")


def _names(hit: re.Match[str], lang: str) -> list[str]:
    """The words of a bracket that are names, without "'s" and an elided article."""
    first = not split_words(fold(hit.string[: hit.start()]))
    names = []
    for at, word in enumerate(split_words(fold(hit[1]))):
        name = _ELIDED.sub("", word.removesuffix("'s"))
        plain = name[1:].islower() and ((at == 0 and first) or (at > 0 and lang.startswith("de")))
        names += [name] if name[:1].isupper() and not plain else []
    return names


def _find_scripts(word: str) -> set[str]:
    """The scripts of a word's letters, by their Unicode names; those of Chinese, Japanese and Korean count as one."""
    letters = [char for char in word if char.isalpha()]
    return {"CJK" if CJK.match(char) else unicodedata.name(char, "").split(" ")[0] for char in letters}
