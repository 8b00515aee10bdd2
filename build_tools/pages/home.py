"""The home page: the list of briefings. Pure."""

from collections.abc import Sequence
from typing import NamedTuple

from build_tools.model.site import Site
from build_tools.pages.context import CHANGES, Context
from build_tools.pages.overview import Phrase, bottom_line, describe_editor, last_checked
from build_tools.pages.page import Head, Page, page_head, page_settings
from build_tools.text.encode import relative


class Card(NamedTuple):
    """A briefing in a list of briefings; ``first_sentence`` is of its bottom line."""

    listed: bool
    head: Head
    first_sentence: tuple[Phrase, ...]
    checked: str
    editors: tuple[str, ...]


def make_card(site: Site, slug: str) -> Card:
    """The card of a briefing."""
    context = Context(site, site.briefing[slug])
    editors = tuple(map(describe_editor, context.briefing.file.editors))
    first_sentence = next(iter(bottom_line(context)), ())
    return Card(context.briefing.listed, page_head(context), first_sentence, last_checked(context), editors)


def page(site: Site, cards: Sequence[Card], *, drafts: bool) -> Page:
    """The home page; ``drafts`` says whether it names drafts and examples."""
    return Page(
        address="",
        template="home",
        title="Who said what?",
        description="Comparative briefings: who said what, in their own words.",
        settings=page_settings(site, None),
        views={
            "briefings": [card for card in cards if card.listed],
            "unlisted": [card for card in cards if not card.listed] if drafts else [],
            "changes": relative("", CHANGES) if site.history and site.history.entries else None,
        },
    )
