"""What the picture card of each briefing and topic shows, which a shared link brings along; and its file. Drawing is in
``card_drawing.py``."""

import multiprocessing
import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

from synoptic.base import cache
from synoptic.base.write import write_tree
from synoptic.compare.answers import Answered, Replies, answer_topics
from synoptic.compare.marks import mark_sources
from synoptic.compare.verdicts import DRAMATISED
from synoptic.model.records import Claim, Source
from synoptic.model.site import Briefing, Site
from synoptic.pages.context import CARDS, card_path
from synoptic.site.card_drawing import TINTS, WASH, Card, Cell, Part, Row, draw_card
from synoptic.text.language import current, ngettext

FOLDER = CARDS.rstrip("/")
#: How a stance is drawn in its cell, if not by colour alone.
SIGNS = {"denies": "×", "questions": "?"}
SHARE = 100  # cards for which a process of its own is worth starting: it takes half a second


def make_cards(site: Site, briefing: Briefing) -> dict[str, Card]:
    """The card of a briefing and of each topic by its path in the site. None if links cannot be shared: a preview
    needs the picture's full address."""
    return dict(_briefing_cards(site, briefing)) if site.publication.home else {}


def _briefing_cards(site: Site, briefing: Briefing) -> Iterator[tuple[str, Card]]:
    answered = answer_topics(briefing, site.vocabulary)
    file, name = briefing.file, site.publication.name
    marks = mark_sources(briefing)
    letters = tuple(marks[source.id].letter for source in briefing.sources)
    articles = ngettext("%(num)s article", "%(num)s articles", len(briefing.sources))

    def make(above: str, titles: Sequence[str], claims: Sequence[Claim], rows: Iterable[Row], kind: str) -> Card:
        number = sum(len(claim.statements) for claim in claims)
        quotations = ngettext("%(num)s quotation", "%(num)s quotations", number)
        counts = " · ".join((articles, ngettext("%(num)s claim", "%(num)s claims", len(claims)), quotations))
        return Card(name, above, tuple(titles), letters, tuple(rows), kind, counts, current().tag)

    rows = [Row(topic.topic.question or topic.topic.title, _topic_cells(briefing, topic)) for topic in answered]
    yield card_path(briefing.slug), make(file.title, (file.question, file.title), briefing.claims, rows, "question")
    for topic in answered:
        record = topic.topic
        claims = [claim for claim in briefing.claims if claim.topic == record.id]
        titles = (record.question or record.title, record.title)
        if record.answers:
            rows = [
                Row(answer.text, tuple(_reply_cell(topic, replies, answer.id) for replies in topic.articles))
                for answer in record.answers
            ]
        else:
            rows = [Row(one.claim, tuple(_told_cell([one], source) for source in briefing.sources)) for one in claims]
        yield (
            card_path(briefing.slug, record.id),
            make(file.title, titles, claims, rows, "answer" if record.answers else "claim"),
        )


def _topic_cells(briefing: Briefing, answered: Answered) -> tuple[Cell, ...]:
    """What each article answers; without answers, whether it says anything on the topic."""
    if answered.topic.answers:
        return tuple(_reply_cell(answered, replies) for replies in answered.articles)
    claims = [claim for claim in briefing.claims if claim.topic == answered.topic.id]
    return tuple(_told_cell(claims, source) for source in briefing.sources)


def _reply_cell(answered: Answered, replies: Replies, only: str = "") -> Cell:
    """An article's replies, coloured by answer; of one answer alone if ``only`` is its id."""
    tint = {answer.id: min(number, TINTS) for number, answer in enumerate(answered.topic.answers, 1)}
    return tuple(
        Part(tint[reply.answer.id], SIGNS.get(reply.statement.stance, ""), reply.counted)
        for reply in replies.replies
        if only in ("", reply.answer.id)
    )


def _told_cell(claims: Sequence[Claim], source: Source) -> Cell:
    """Whether an article says anything of some claims; of a single one, also by which sign."""
    said = [s for claim in claims for s in claim.statements if s.source == source.id and s.mode != DRAMATISED]
    stances = {statement.stance for statement in said} if len(claims) == 1 else set()
    return (Part(WASH, "".join(sign for stance, sign in SIGNS.items() if stance in stances)),) if said else ()


def write_cards(cards: Mapping[str, Card], site: Path, folder: Path | None = None) -> int:
    """Write the pictures into a built site. Returns how many files changed.

    ``folder`` keeps them for the next time, by the hash of what they show. Raises OSError if they cannot be written.
    """
    kept = cache.Cache(folder)
    paths = {card: kept.path_of(cache.hash_parts(cache.encode_parts(card))) for card in cards.values()}
    drawn = {card: picture for card, path in paths.items() if (picture := kept.read(path)) is not None}
    missing = [card for card in paths if card not in drawn]
    for card, picture in zip(missing, _draw_all(missing), strict=True):
        drawn[card] = picture
        kept.write(paths[card], picture)
    kept.prune()
    return write_tree(site / FOLDER, {path.removeprefix(CARDS): drawn[card] for path, card in cards.items()})


def _draw_all(cards: Sequence[Card]) -> Iterator[bytes]:
    """The pictures of some cards, drawn by several processes if there are many."""
    workers = min(os.cpu_count() or 1, len(cards) // SHARE)
    if workers < 2:
        yield from map(draw_card, cards)
        return
    with ProcessPoolExecutor(workers, multiprocessing.get_context("spawn")) as pool:
        yield from pool.map(draw_card, cards, chunksize=SHARE // 4)
