"""A selection grows to words that may be quoted, and what the rules say of each way is said with it."""

from pathlib import Path
from typing import Any

import pytest

from synoptic.compare.lock import find_quotation
from synoptic.model.site import Briefing, Site
from synoptic.text.folding import find_folded, fold, fold_blocks
from synoptic.workbench.article import describe_article, place_words
from synoptic.workbench.closest import list_sentences
from synoptic.workbench.selection import Selection, make_offers
from synoptic.workbench.suggestions import suggest_quotations
from tests.projects import CHECKOUT, load_site, small_project
from tests.workbench.desk import SLUG
from tests.yaml_files import read_yaml

CASES = read_yaml(Path(__file__).with_name("selections.yml"))


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """The small project."""
    return load_site(small_project(tmp_path_factory.mktemp("small")))


@pytest.fixture(scope="module")
def briefing(site: Site) -> Briefing:
    """Its larger briefing, of which nothing is quoted yet, so that no budget is spent."""
    return site.briefing[SLUG]


def select(site: Site, briefing: Briefing, source: str, paragraph: int, words: str) -> dict[str, Any]:
    """What is offered for the first place of some words in a paragraph."""
    start = briefing.texts[source].blocks[paragraph - 1].index(words)
    suggested = suggest_quotations(site, briefing, briefing.source[source])
    return make_offers(
        site, briefing, briefing.source[source], Selection(paragraph, start, start + len(words), paragraph), suggested
    )


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["why"])
def test_the_best_offer(site: Site, briefing: Briefing, case: dict[str, Any]) -> None:
    """The first offer has these words, with whoever probably says them."""
    found = select(site, briefing, case["source"], case["paragraph"], case["selected"])
    quotes = [offer["quote"] for offer in found["offers"]]
    best = found["offers"][0]
    assert case.get("quote", best["quote"]) in quotes
    assert case.get("has", "") in best["quote"]
    if "label" in case:
        assert (best["label"], best["quote"], best["problems"]) == (case["label"], case["quote"], [])
    if "speaker" in case:
        assert (found["speaker"], found["mode"]) == (case["speaker"], case["mode"])


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["why"])
def test_every_offer_is_in_the_text(site: Site, briefing: Briefing, case: dict[str, Any]) -> None:
    """Every offer is the paragraph's own words at its place, and holds what was selected."""
    text = briefing.texts[case["source"]]
    block = text.blocks[case["paragraph"] - 1]
    for offer in select(site, briefing, case["source"], case["paragraph"], case["selected"])["offers"]:
        assert block[offer["start"] : offer["end"]] == offer["quote"]
        assert case["selected"].strip(" ,") in offer["quote"]
        assert text.find(offer["quote"], block=case["paragraph"])
        assert f"{offer['before']}{offer['quote']}{offer['after']}" in block


def test_what_is_left_out_is_named(site: Site, briefing: Briefing) -> None:
    """An offer that leaves out a negation names it and has a problem."""
    offers = select(site, briefing, "herald", 6, "matter of weeks")["offers"]
    short = next(offer for offer in offers if offer["label"] == "as selected")
    assert [*short["negations"]] == ["isn't"]
    assert any("isn't" in problem and "This quotation" in problem for problem in short["problems"])


def test_words_of_two_paragraphs(site: Site, briefing: Briefing) -> None:
    """A selection that goes on into the next paragraph is cut at the end of its first, and says so; the words of both
    are the last offer, if a sentence ends there."""
    source = briefing.source["herald"]
    block = briefing.texts["herald"].blocks[5]
    found = make_offers(site, briefing, source, Selection(6, block.index("If the"), 14, 7), [])
    *inside, both = [offer["quote"] for offer in found["offers"]]
    assert inside[0] == "If the fans fail, the tunnel stays closed."
    assert all(quote in block for quote in inside)
    assert both == "If the fans fail, the tunnel stays closed. The works cost"
    assert "cut at the end of paragraph 6" in found["told"]
    assert "last offer" in found["told"]


def test_no_words_of_two_paragraphs_without_the_end_of_a_sentence(site: Site, briefing: Briefing) -> None:
    """From a headline on, nothing of the next paragraph is offered, and the reason is given."""
    first = briefing.texts["herald"].blocks[0]
    found = make_offers(site, briefing, briefing.source["herald"], Selection(1, 0, 10, 2), [])
    assert found["offers"]
    assert all(offer["quote"] in first for offer in found["offers"])
    assert "only where a sentence ends" in found["told"]


def test_other_words_of_a_statement(site: Site) -> None:
    """Other words of a statement are judged with its speaker, as if it did not quote its old words."""
    briefing = site.briefing[SLUG]
    statement = next(one for _, one in briefing.statements if one.id == "herald-engineer-untested")
    block = briefing.texts["herald"].blocks[4]
    selected = Selection(5, block.index("tested"), block.index("tested") + 6, 5)
    source = briefing.source["herald"]
    found = make_offers(site, briefing, source, selected, [], statement)
    assert found["speaker"] == statement.speaker
    assert "No one has tested that date" in [offer["quote"] for offer in found["offers"]]


def test_what_is_quoted_is_shown_where_it_stands(site: Site, briefing: Briefing) -> None:
    """Each statement's words are at their place in the paragraphs of the article, and nothing quoted is suggested."""
    for source in briefing.sources:
        text = briefing.texts[source.id]
        spots: dict[str, list[tuple[int, int, int]]] = {}
        for _, one in briefing.carried.get(source.id, ()):
            match = find_quotation(one, source, text, site.vocabulary)
            assert match is not None
            spots[one.id] = [spot for first, last in match.ranges for spot in place_words(text, first, last)]
        article = describe_article(site, briefing, source, suggest_quotations(site, briefing, source), spots)
        shown = [(one, spot) for one in article["paragraphs"] for spot in one["quoted"]]
        assert {spot["statement"] for _, spot in shown} == {one.id for _, one in briefing.carried.get(source.id, ())}
        for paragraph, spot in shown:
            words = fold(paragraph["text"][spot["start"] : spot["end"]]).strip(" ,.\"'")
            assert words in fold(briefing.statement[spot["statement"]].quote)
        for paragraph in article["paragraphs"]:
            for one in paragraph["suggestions"]:
                assert paragraph["text"][one["start"] : one["end"]] == one["quote"]


def test_sentences_are_as_written(briefing: Briefing) -> None:
    """The sentences of an article are at their places."""
    for text in briefing.texts.values():
        found = list_sentences(text)
        assert len(found) == len(text.sentences)
        assert all(text.blocks[one["paragraph"] - 1][one["start"] : one["end"]] == one["text"] for one in found)


BLOCKS = [
    "plain", "  two  spaces\t here ", "“No,” she said — “no…”", "soft\u00adhyphen and soft\u00ad\nbreak",
    "e\u0301te\u0301", "ﬁne ½", "a\u200bb", "\U0001f1e8\U0001f1e6 flag", "“他说，” 他说。", "",
]  # fmt: skip


@pytest.mark.parametrize("block", BLOCKS)
def test_places_of_folded_characters(block: str) -> None:
    """Each character of a folded paragraph has a place, in order, in the paragraph as it is written."""
    places = find_folded(block)
    assert len(places) == len(fold_blocks((block,))[0])
    assert places == sorted(places)
    assert all(0 <= at < len(block) for at in places)


def test_places_in_real_articles() -> None:
    """Every word of the invented example's articles is at its place."""
    briefing = load_site(CHECKOUT).briefing["quay-bridge"]
    for text in briefing.texts.values():
        for number in range(1, len(text.spans) + 1):
            ((paragraph, start, end),) = place_words(text, number, number)
            assert fold(text.blocks[paragraph - 1][start:end]) == text.folded[slice(*text.spans[number - 1])]
