"""The links between the parts of something that is too long for one page. Pure.

Which things go on which part is worked out in ``model/paging.py``.
"""

from collections.abc import Callable, Sequence
from typing import NamedTuple

from markupsafe import Markup

from build_tools.model import paging
from build_tools.pages.views import Link


class PagerPart(NamedTuple):
    """One part: its number, its address, and links to the things on it."""

    number: int
    href: Markup
    current: bool
    entries: tuple[Link, ...]


class Pager(NamedTuple):
    """All parts as seen from part ``number``; ``about`` says what is on it."""

    number: int
    about: str
    parts: tuple[PagerPart, ...]
    previous: Link | None
    next: Link | None


#: What is on a part, in words, and the title and the anchor of each thing there.
Contents = tuple[str, Sequence[tuple[str, str]]]


def make_pager(
    to_address: Callable[[str, str], Markup], base: str, number: int, contents: Sequence[Contents]
) -> Pager | None:
    """The pager of part ``number`` (from 1) of what begins at ``base``; None if there is only one part.

    ``to_address`` makes an address from a path and an anchor. ``contents`` has an entry for each part, for example
    ``("topics Cost to Delay", [("Cost", "topic-cost"), ("Delay", "topic-delay")])``.
    """
    if len(contents) < 2:
        return None
    paths = [paging.part_path(base, n) for n in range(1, len(contents) + 1)]
    neighbours = {
        n: Link(f"Part {n}: {contents[n - 1][0]}", to_address(paths[n - 1], ""))
        for n in (number - 1, number + 1)
        if 0 < n <= len(contents)
    }
    return Pager(
        number=number,
        about=contents[number - 1][0],
        parts=tuple(
            PagerPart(
                n,
                to_address(path, ""),
                n == number,
                tuple(Link(text, to_address(path, anchor)) for text, anchor in entries),
            )
            for n, (path, (_, entries)) in enumerate(zip(paths, contents, strict=True), 1)
        ),
        previous=neighbours.get(number - 1),
        next=neighbours.get(number + 1),
    )
