"""Two wordings compared word by word."""

import functools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

_IDEOGRAPH = "\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff"
_WORD = re.compile(rf"(\s?)([{_IDEOGRAPH}]|[^\s{_IDEOGRAPH}]+)")


@dataclass(frozen=True)
class Piece:
    """A run of words, with the space before it: in both wordings, only in the old one, or only in the new one."""

    kind: Literal["same", "gone", "new"]
    text: str


def align(old: Sequence[str], new: Sequence[str]) -> Iterator[tuple[str, slice, slice]]:
    """Yield how ``old`` becomes ``new``: "equal", "replace", "delete" or "insert", and the stretches of either."""
    for kind, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        yield kind, slice(a, b), slice(c, d)


@functools.lru_cache(maxsize=20_000)  # a server that rebuilds shows the same changes again
def diff_words(old: str | None, new: str | None) -> tuple[Piece, ...]:
    """How the words of ``old`` became those of ``new``; characters in Chinese, Japanese and Korean."""
    if old is None or new is None:
        return (Piece("gone", old),) if old else (Piece("new", new),) if new else ()
    left, right = (_WORD.findall(" ".join(text.split())) for text in (old, new))
    pieces: list[Piece] = []
    for kind, a, b in align([word for _, word in left], [word for _, word in right]):
        gone, here = ("".join(map("".join, words)) for words in (left[a], right[b]))
        if kind == "equal":
            pieces.append(Piece("same", here))
            continue
        if gone:
            pieces.append(Piece("gone", gone))
        if here:
            pieces.append(Piece("new", here))
    return tuple(pieces)
