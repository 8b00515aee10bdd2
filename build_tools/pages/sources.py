"""The page Sources: whose statements each article carries."""

from __future__ import annotations

from typing import NamedTuple

from build_tools.compare.statements import statements_in
from build_tools.model.records import Statement
from build_tools.pages.bar import BarPart, stack_bar
from build_tools.pages.briefing import Link, Page

#: Whose words, by how a picture draws them: the emptier, the less a reader can go and ask.
VOICES = {"solid": "in its own voice", "hatch": "by named speakers", "hollow": "by unnamed speakers"}


class Voices(NamedTuple):
    """How many of a source's statements are whose."""

    source: Link
    parts: tuple[BarPart, ...]
    counts: tuple[int, ...]


def voices(page: Page) -> tuple[Voices, ...]:
    """Whose statements each source carries, on one scale for all of them."""
    tallies = [
        [sum(look_of(page, s) == look for _, s in statements_in(page.briefing, source.id)) for look in VOICES]
        for source in page.briefing.sources
    ]
    whole = max(map(sum, tallies), default=0)
    return tuple(
        Voices(
            page.source_link(source), stack_bar(zip(VOICES.values(), VOICES, tally, strict=True), whole), tuple(tally)
        )
        for source, tally in zip(page.briefing.sources, tallies, strict=True)
    )


def look_of(page: Page, statement: Statement) -> str:
    """How a picture draws a statement, by whose it is."""
    return "solid" if statement.speaker is None else "hollow" if statement.speaker in page.briefing.unnamed else "hatch"
