"""The home page: the list of briefings. Pure."""

from collections.abc import Sequence
from typing import NamedTuple

from markupsafe import Markup

from build_tools.model.site import Site
from build_tools.pages.context import Context
from build_tools.pages.head import page_head
from build_tools.pages.links import CHANGES
from build_tools.pages.overview import Phrase, bottom_line, describe_editor, last_checked
from build_tools.pages.page import Page, page_settings
from build_tools.text.encode import relative


class Card(NamedTuple):
    """A briefing in a list of briefings; ``first_sentence`` is of its bottom line."""

    listed: bool
    title: str
    question: str
    href: Markup
    kicker: tuple[str, ...]
    genres: str
    first_sentence: tuple[Phrase, ...]
    proof: str
    proven: bool
    checked: str
    editors: tuple[str, ...]


def make_card(site: Site, slug: str) -> Card:
    """The card of a briefing."""
    context = Context(site, site.briefing[slug])
    head = page_head(context)
    return Card(
        listed=context.briefing.listed,
        title=head.title,
        question=head.question,
        href=head.href,
        kicker=head.kicker,
        genres=head.genres,
        first_sentence=next(iter(bottom_line(context)), ()),
        proof=head.proof,
        proven=head.proven,
        checked=last_checked(context),
        editors=tuple(map(describe_editor, context.briefing.file.editors)),
    )


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
