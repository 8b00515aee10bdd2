"""How far a long work is: one line of a terminal, rewritten; nothing at all in a pipe or a file."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Collection, Iterable, Iterator
from typing import Any, TypeVar

T = TypeVar("T")
#: What a long work passes its items through: ``iter``, or something that says how far it is.
Each = Callable[[Collection[Any]], Iterable[Any]]


def progress(what: str, items: Collection[T]) -> Iterator[T]:
    """``items``, one after the other. Where stderr is a terminal it says meanwhile: ``what 3/20``.

    The cursor rests at the line's beginning, so that whatever else is printed there writes over it.
    """
    shown = len(items) > 1 and sys.stderr.isatty() and os.environ.get("TERM") != "dumb"
    try:
        for number, item in enumerate(items, 1):
            if shown:
                _put(f"{what} {number}/{len(items)}")
            yield item
    finally:
        if shown:
            _put("")


def _put(line: str) -> None:
    sys.stderr.write(f"\r\x1b[K{line}\r")
    sys.stderr.flush()
