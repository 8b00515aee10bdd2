"""Finds words in a text of which either may have ended a line inside a word, with a hyphen that means nothing."""

import re
from collections.abc import Iterator

_BROKEN = re.compile(r"(?<![^\W\d_])([^\W\d_]++)- ([^\W\d_]+)")  # begins where a word does, or it would be slow
_BROKEN_WORDS = re.compile(r"(?<=[^\W\d_])- ?(?=[^\W\d_])|(?P<inner>[^\W\d_])(?=[^\W\d_])|.")
#: Words and prefixes: joined to what follows a hyphen they would be another word ("re- sign", "not- able").
_WHOLE = frozenset(
    "a an anti co de dis ex extra il im in inter ir mis never no non not out over post pre pro re self semi sub "
    "super un under up twenty thirty forty fifty sixty seventy eighty ninety "
    "aus ein her hin nicht nie um ver wieder zu jamais ne pas sans sur".split()
)
#: Words before which a hyphen stands for the rest of a word.
LINKS = frozenset("and or to und oder bzw bis sowie et ou y o".split())


def find_string(needle: str, text: str, at: int = 0) -> Iterator[int]:
    """Where ``needle`` begins in a text, from ``at`` on."""
    at = text.find(needle, at)
    while at != -1:
        yield at
        at = text.find(needle, at + 1)


def find_spans(needle: str, text: str) -> Iterator[tuple[int, int]]:
    """Where ``needle`` is in a squeezed text; if nowhere, where it is but for hyphens at the ends of lines."""
    if needle not in text and (_BROKEN.search(needle) or _BROKEN.search(text)):
        hits = re.finditer(_BROKEN_WORDS.sub(_allow_break, needle), text) if _breaks_lines(needle) else ()
        return (hit.span() for hit in hits if _breaks_lines(hit[0]))
    return ((at, at + len(needle)) for at in find_string(needle, text))


def _breaks_lines(text: str) -> bool:
    """Whether each hyphen before a space may be one at the end of a line, which means nothing."""
    pairs = (broken.groups() for broken in _BROKEN.finditer(text))
    return not any(head.casefold() in _WHOLE or tail.casefold() in LINKS for head, tail in pairs)


def _allow_break(sign: re.Match[str]) -> str:
    """The pattern of a letter or a hyphen of a quotation, where the text or the quotation may have ended a line."""
    if sign[0].startswith("-"):
        return "(?:- ?)?" if sign[0] == "- " else "- ?"
    return f"{re.escape(sign[0])}(?:- )?" if sign["inner"] else re.escape(sign[0])
