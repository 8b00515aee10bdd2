"""The home page: which disagreement it shows, in which order briefings stand, and what their pictures draw."""

from dataclasses import replace
from itertools import pairwise

import pytest

from synoptic.compare.answers import answer_topics
from synoptic.model.site import Site
from synoptic.pages import home
from synoptic.pages.answer_picture import draw_answers
from synoptic.pages.context import Context
from synoptic.pages.page import render_page
from tests.projects import CHECKOUT, EXAMPLE, load_site


@pytest.fixture(scope="module")
def example() -> Context:
    """The checkout's example, which asks questions, with its pages."""
    site = load_site(CHECKOUT)
    return Context(site, site.briefing[EXAMPLE])


def without_pairs(context: Context, *, answers: bool) -> Context:
    """The same briefing, in which nothing is set apart or related; without ``answers`` its topics have none, either."""
    briefing = context.briefing
    update = {"apart": ()} if answers else {"apart": (), "answers": ()}
    topics = tuple(topic.model_copy(update=update) for topic in briefing.file.topics)
    claims = tuple(claim.model_copy(update={"relations": ()}) for claim in briefing.claims)
    file = briefing.file.model_copy(update={"topics": topics})
    return Context(context.site, replace(briefing, file=file, claims=claims))


def test_answers_that_cannot_both_hold_come_first(example: Context) -> None:
    """The clash is two answers set apart if there are any; else what one article asserts and another denies."""
    clash = home.make_card(example).clash
    assert clash is not None
    apart = [(t, one) for t in example.briefing.file.topics for one in t.apart]
    answers = {answer.text for topic, one in apart for answer in topic.answers if answer.id in one.answers}
    assert {clash.left.gist, clash.right.gist} <= answers
    assert (clash.claim, clash.how) == ("", "cannot both hold")
    contested = home.make_card(without_pairs(example, answers=True)).clash
    assert contested is not None
    claim = next(claim for claim in example.briefing.claims if claim.claim == contested.claim)
    assert [contested.left.gist, contested.right.gist] == ["asserts", "denies"]
    for voice in (contested.left, contested.right):
        words = "".join(words for words, _ in voice.pieces)
        (statement,) = [s for s in claim.statements if s.quote == words and s.stance == voice.gist]
        assert example.briefing.source[statement.source].name == voice.source
    assert contested.left.source != contested.right.source


def test_nothing_unchecked_is_on_the_home_page(example: Context) -> None:
    """Quotations that nobody checked make no clash."""
    assert home.make_card(Context(example.site, replace(example.briefing, locks={}))).clash is None


def test_newest_first_and_the_example_only_in_need(site: Site, example: Context) -> None:
    """Briefings stand by age, and the clash is the newest one's; the example's is shown while nothing is listed."""
    cards = [home.make_card(Context(site, briefing)) for briefing in site.briefings]
    cards = [card._replace(since=f"2031-01-0{n}") for n, card in enumerate((*cards, home.make_card(example)), 1)]
    views = next(home.pages(site, cards, drafts=True)).views
    assert len(views["briefings"]) >= 2
    assert all(one.since > other.since for one, other in pairwise(views["briefings"]))
    assert all(card.listed for card in views["briefings"])
    assert views["clash"][0] == next(card for card in views["briefings"] if card.clash)
    alone = next(home.pages(site, [card for card in cards if not card.listed], drafts=False)).views
    assert alone["clash"][0].example
    assert alone["briefings"] == alone["unlisted"] == []


def test_a_home_page_without_anything_says_how_to_start(site: Site) -> None:
    """Without any briefing the page has no clash, and leads to how one is started."""
    text = render_page(next(home.pages(site, [], drafts=False)))
    assert "There are no briefings yet" in text
    assert 'class="live"' not in text


def test_picture_has_a_cell_for_each_answer_that_an_article_gives(example: Context) -> None:
    """A row is a question and a column an article; a cell shows each answer once, and the words name the questions."""
    picture = draw_answers(example)
    assert picture is not None
    asked = [one for one in answer_topics(example.briefing, example.vocabulary) if one.topic.answers]
    given = [{reply.answer.id for reply in article.replies} for one in asked for article in one.articles]
    assert len(picture.cells) == sum(map(len, given))
    assert len({cell.y for cell in picture.cells}) == sum(any(a.replies for a in one.articles) for one in asked)
    assert len(picture.heads) == len(example.briefing.sources)
    assert len(picture.lines) == len(asked)
    for one, line in zip(asked, picture.lines, strict=True):
        assert line.startswith(str(one.topic.question))
    assert all(c.x >= 0 and c.x + c.width <= picture.width and c.y + c.height <= picture.height for c in picture.cells)


def test_without_questions_the_picture_is_a_bar_of_verdicts(example: Context) -> None:
    """A briefing that asks nothing shows its verdicts: as many parts as there are different ones, side by side."""
    context = without_pairs(example, answers=False)
    picture = draw_answers(context)
    assert picture is not None
    assert len(picture.cells) == len(picture.lines) > 1
    assert all(one.x + one.width <= other.x for one, other in pairwise(picture.cells))
    assert picture.title == f"The verdicts on {len(context.briefing.claims)} claims"
    assert draw_answers(Context(context.site, replace(context.briefing, claims=()))) is None
