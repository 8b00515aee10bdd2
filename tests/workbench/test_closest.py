"""Where else a claim is likely said, and which claims are close to each other, as the page asks for it."""

from pathlib import Path

import pytest

from synoptic.similar.meaning import Meaning
from synoptic.workbench.fields import Declined
from tests.projects import replace_once
from tests.workbench.desk import FOLDER, SLUG, Desk, tidy_project


@pytest.fixture(autouse=True)
def _words_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """The optional library takes seconds to load; its own tests are in tests/similar."""
    monkeypatch.setattr(Meaning, "load", lambda folder: None)


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    """A workbench that nothing changes."""
    return Desk(tidy_project(tmp_path_factory.mktemp("desk")))


def test_claims_like_some_words(desk: Desk) -> None:
    """The claim with the words comes first; no words are like no claim."""
    found = desk.bench.like(SLUG, {"like": "the tunnel is late, two years"})["claims"]
    assert found[0]["id"] == "two-years-late"
    assert [one["score"] for one in found] == sorted((one["score"] for one in found), reverse=True)
    assert desk.bench.like(SLUG, {})["claims"] == []


#: Whose words "We need money" are, as the page says it: the claim that they are closest to.
WHOSE = {
    "nobody's": ({}, "the-cook-needs-money"),
    "a known speaker's": ({"source": "herald", "speaker": "tunnel-company"}, "the-harbour-tunnel-company-needs-money"),
    "a new speaker's": ({"source": "herald", "speaker_name": "Ada Quill"}, "engineer-ada-quill-needs-money"),
    "the outlet's": ({"source": "gazette"}, "the-invented-mirror-needs-money"),
    "of an article of no known outlet": ({"source": "wire"}, "the-cook-needs-money"),
    "of nobody known": ({"source": "no-source", "speaker": "no-speaker"}, "the-cook-needs-money"),
}


@pytest.fixture(scope="module")
def needy(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    """A workbench with claims that differ by whom they name."""
    root = tidy_project(tmp_path_factory.mktemp("needy"))
    replace_once(root / FOLDER / "sources/gazette.yml", "label: Gazette", "label: Gazette\noutlet: Invented Mirror")
    desk = Desk(root)
    for who in ("cook", "Harbour Tunnel Company", "Invented Mirror"):
        desk.change({"do": "add-claim", "topic": "cost", "claim": f"The {who} needs money.", "kind": "state"})
    desk.change({"do": "add-claim", "topic": "cost", "claim": "Engineer Ada Quill needs money.", "kind": "state"})
    return desk


@pytest.mark.parametrize("whose", WHOSE)
def test_claims_like_the_words_of_somebody(needy: Desk, whose: str) -> None:
    """Words that say "we" are closest to the claim that names who says them, or the outlet if nobody else does."""
    more, wanted = WHOSE[whose]
    assert needy.bench.like(SLUG, {"like": "We need money", **more})["claims"][0]["id"] == wanted


def test_the_likeliest_sentences(desk: Desk) -> None:
    """Each article without a statement has at most three sentences of its own, at their places, the likeliest first;
    articles that speak or are passed over are left out."""
    found = desk.bench.likely(SLUG, "fleet-for-sale")
    assert [one["source"] for one in found["sources"]] == ["herald"]
    blocks = [one["text"] for one in desk.bench.source(SLUG, "herald")["paragraphs"]]
    for sentence in found["sources"][0]["sentences"]:
        assert blocks[sentence["paragraph"] - 1][sentence["start"] : sentence["end"]] == sentence["text"]
    assert len(found["sources"][0]["sentences"]) <= 3
    assert found["how"] == "words"
    with pytest.raises(Declined, match="there is no claim"):
        desk.bench.likely(SLUG, "nothing")


def test_claims_that_say_nearly_the_same(tmp_path: Path) -> None:
    """A claim that says what another says is pointed out, with both named by their briefings."""
    desk = Desk(tidy_project(tmp_path))
    assert desk.bench.near(SLUG)["pairs"] == []
    desk.change({"do": "add-claim", "topic": "cost", "claim": "The tunnel is late by two years.", "kind": "state"})
    (pair,) = desk.bench.near(SLUG)["pairs"]
    assert {*pair["claims"]} == {f"{SLUG}/two-years-late", f"{SLUG}/the-tunnel-is-late-by-two-years"}


def test_a_card_is_what_readers_see(desk: Desk) -> None:
    """The card has the claim, its verdict and its quotations, as its topic's page prints them."""
    html = desk.bench.card(SLUG, "two-years-late")["html"]
    assert "The tunnel is two years late&#46;" in html
    assert html.count("<blockquote") == 2
    assert "<script" not in html
