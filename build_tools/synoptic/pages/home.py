"""The home page: one live disagreement, and the briefings with a picture of each one's answers. Pure."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import product
from typing import NamedTuple

from markupsafe import Markup

from synoptic.model import paging
from synoptic.model.site import Site
from synoptic.pages.answer_picture import Picture, draw_answers
from synoptic.pages.answers import source_tags
from synoptic.pages.claim import ClaimView
from synoptic.pages.context import CHANGES, Context
from synoptic.pages.disagreements import BASE, CONFLICTS, HARDNESS, Pair, find_conflicts
from synoptic.pages.overview import Phrase, bottom_line, describe_editor, last_checked
from synoptic.pages.page import Head, Page, make_pagers, number_title, page_head, page_settings
from synoptic.pages.readings import ReadingView, describe_readings
from synoptic.pages.sections import lay_out, make_section
from synoptic.pages.statement import StatementView
from synoptic.text.encode import address, relative
from synoptic.text.language import current, gettext

SHORT = 220  # characters of a quotation that is read at a glance


class Voice(NamedTuple):
    """A quotation on the home page: what it shows, who holds it (empty if its article does), the article.

    ``pieces`` are its words, each with whether they are ours in brackets, which are in the language ``ours``.
    """

    gist: str
    holder: str
    source: str
    mark: str
    lang: str
    pieces: tuple[tuple[str, bool], ...]
    href: Markup
    ours: str


class Clash(NamedTuple):
    """Two quotations of one story that are hard to square: how, and why; ``more`` leads to the others.

    ``claim`` is what one asserts and the other denies; empty if they are about two claims or answers.
    """

    claim: str
    left: Voice
    right: Voice
    how: str
    why: str
    more: Markup


class Card(NamedTuple):
    """A briefing in a list of briefings; ``first_sentence`` is of its bottom line, ``since`` the day by which newer
    briefings come first."""

    listed: bool
    example: bool
    since: str
    head: Head
    first_sentence: tuple[Phrase, ...]
    checked: str
    editors: tuple[str, ...]
    reading: ReadingView
    picture: Picture | None
    clash: Clash | None


def make_card(context: Context) -> Card:
    """The card of a briefing."""
    briefing = context.briefing
    days = [context.changes[0].day] if context.changes else [lock.last_checked_on for lock in briefing.locks.values()]
    return Card(
        listed=briefing.listed,
        example=briefing.example,
        since=max(filter(None, days), default=""),
        head=page_head(context),
        first_sentence=next(iter(bottom_line(context)), ()),
        checked=last_checked(context),
        editors=tuple(map(describe_editor, briefing.file.editors)),
        reading=describe_readings(context),
        picture=draw_answers(context),
        clash=next(_find_clashes(context), None),
    )


def pages(site: Site, cards: Sequence[Card], *, drafts: bool) -> Iterator[Page]:
    """The home page, and more if there are many briefings; ``drafts`` says whether it names drafts and examples.

    Newer briefings come first: by the day of publication, or of the last check where Git does not know that. The
    clash is of the first briefing that has one. Examples serve only while nothing is listed.
    """
    newest = sorted(cards, key=lambda card: card.since, reverse=True)
    listed = [card for card in newest if card.listed]
    title = gettext("Who said what?")
    unlisted = [card for card in newest if not card.listed] if drafts else []
    sheets = lay_out(
        [
            make_section(gettext("Briefings"), "briefings", listed, _count_elements),
            make_section("", "", unlisted, lambda _: 1),
        ]
    )
    pagers = make_pagers(address, "", [sheet.contents for sheet in sheets], _path)
    for number, (sheet, pager) in enumerate(zip(sheets, pagers, strict=True), 1):
        clashes = _clashes(listed or [card for card in newest if card.example]) if number == 1 else iter(())
        yield Page(
            address=_path("", number),
            template="home",
            title=number_title(title, number, len(sheets)),
            description=gettext("Several articles, one story: who said what, in their own words."),
            settings=page_settings(site, None),
            views={
                "first": number == 1,
                "clash": next(clashes, None),
                "briefings": sheet.shown[0],
                "unlisted": sheet.shown[1],
                "pager": pager,
                "own_site": site.publication.own_site,
                "name": site.publication.name,
                "changes": relative("", CHANGES) if site.history and site.history.entries else None,
            },
        )


def _path(_: str, number: int) -> str:
    """The path of a part of the home page."""
    return "" if number == 1 else paging.list_path("briefings/", number)


def _count_elements(card: Card) -> int:
    """HTML elements of a card on the page, at most."""
    return 11 + (len(card.picture.heads) + len(card.picture.cells) if card.picture else 0)


def _clashes(cards: Iterable[Card]) -> Iterator[tuple[Card, Clash]]:
    """The clash of each of some cards that has one."""
    yield from ((card, card.clash) for card in cards if card.clash)


def _find_clashes(context: Context) -> Iterator[Clash]:
    """The disagreements of a briefing that are read at a glance, the harder first.

    First come answers and claims that cannot both hold, then claims that one article asserts and another denies, then
    claims in tension; what differs only in scope or time is left out. Both quotations are checked, at most SHORT
    characters long, in the language of the page, and of two articles.
    """
    found, tension = find_conflicts(context), HARDNESS.index(CONFLICTS[-1])
    hard = [pair for pair in found.pairs if pair.rank[0] != tension]
    soft = [pair for pair in found.pairs if pair.rank[0] == tension]
    for claim, left, right, how, why in (*_face_pairs(hard), *_face_claims(found.claims), *_face_pairs(soft)):
        if left[1].article.id != right[1].article.id and all(map(_is_short, (left[1], right[1]))):
            yield Clash(claim, _show(context, *left), _show(context, *right), how, why, context.address(BASE))


#: A statement with what it shows, in words.
_Shown = tuple[str, StatementView]


def _face_pairs(pairs: Iterable[Pair]) -> Iterator[tuple[str, _Shown, _Shown, str, str]]:
    for pair in pairs:
        for left, right in product(pair.left.said[:1], pair.right.said[:1]):
            if not pair.remark:
                yield "", (pair.left.title.text, left), (pair.right.title.text, right), pair.how, pair.why


def _face_claims(claims: Iterable[ClaimView]) -> Iterator[tuple[str, _Shown, _Shown, str, str]]:
    for claim in claims:
        said = {stance.id: [(stance.label, view) for view in views] for stance, views in claim.groups}
        for left, right in product(said.get("asserts", ()), said.get("denies", ())):
            yield claim.text, left, right, claim.verdict.label, claim.verdict.description


def _is_short(view: StatementView) -> bool:
    understood = view.article.lang.partition("-")[0] == current().tag.partition("-")[0]
    return understood and view.checked and len(view.record.quote) <= SHORT


def _show(context: Context, gist: str, view: StatementView) -> Voice:
    """A quotation with its holder, its article and what it shows."""
    tag = source_tags(context)[view.article.id]
    return Voice(
        gist=gist,
        holder="" if view.own_voice else view.holder,
        source=tag.name,
        mark=f"{tag.letter} {tag.shape}",
        lang=view.article.lang,
        pieces=tuple(view.pieces) or ((view.record.quote, False),),
        href=view.href,
        ours=view.ours,
    )
