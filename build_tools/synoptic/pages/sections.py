"""The sections of a page that may be too long for one: what is on each part. Pure."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any, NamedTuple, TypeVar

from synoptic.model import paging
from synoptic.pages.page import Contents
from synoptic.text.language import gettext, join_remarks

HEADING = 4  # elements around the things of a section: its heading, a list, a sentence
NAMED = 3  # sections that a part names one by one
T = TypeVar("T")


class Section(NamedTuple):
    """Things under one heading: its title and anchor, the things, and how many elements each has at most."""

    title: str
    anchor: str
    things: Sequence[Any]
    sizes: Sequence[int]


class Sheet(NamedTuple):
    """A part: what is on it, and the things of each section there, None if the section is not on it."""

    contents: Contents
    shown: tuple[Sequence[Any] | None, ...]
    runs: tuple[paging.Run, ...]


def make_section(title: str, anchor: str, things: Iterable[T], count: Callable[[T], int]) -> Section:
    """A section whose things have as many elements as ``count`` says; its heading is counted with the first."""
    things = list(things)
    return Section(title, anchor, things, [count(thing) + HEADING * (not n) for n, thing in enumerate(things)])


def lay_out(sections: Sequence[Section]) -> list[Sheet]:
    """The parts of a page, at least one; an empty section is on the part on which it would stand."""
    sheets = []
    for runs in paging.distribute([section.sizes for section in sections]):
        shown: list[Sequence[Any] | None] = [None] * len(sections)
        entries = []
        for run in runs:
            section = sections[run.group]
            shown[run.group] = section.things[run.first : run.end]
            if run.end > run.first and section.title:
                entries.append((paging.run_title(section.title, run, len(section.things)), section.anchor))
        titles = [title for title, _ in entries]
        about = join_remarks(titles)
        if len(titles) > NAMED:
            about = gettext("%(first)s to %(last)s", first=titles[0], last=titles[-1])
        sheets.append(Sheet((about, entries), tuple(shown), runs))
    return sheets


def find_paths(sheets: Sequence[Sheet], section: int, to_path: Callable[[int], str]) -> list[str]:
    """The path of the part on which each thing of a section is; ``to_path`` makes it from the number of the part."""
    return [
        to_path(number)
        for number, sheet in enumerate(sheets, 1)
        for run in sheet.runs
        if run.group == section
        for _ in range(run.first, run.end)
    ]
