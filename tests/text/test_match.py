"""The rules of matching."""

from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from build_tools.text.folding import fold, split_words
from build_tools.text.match import Text, hash_quote
from build_tools.text.terms import find_terms

VECTORS: list[dict[str, Any]] = yaml.safe_load(
    (Path(__file__).parents[2] / "docs/assets/matching-vectors.yml").read_text(encoding="utf-8")
)
MARKERS = ("not", "*n't", "reportedly", "if", "may")


@pytest.mark.parametrize("vector", VECTORS, ids=lambda v: v["why"])
def test_vector(vector: dict[str, Any]) -> None:
    """Every published vector comes out as published."""
    found = Text((vector["text"],)).find(vector["quote"], cut=vector.get("cut", False), markers=MARKERS)
    assert (found is not None) == vector["stands"]


def marked(text: str, quote: str) -> bool:
    """Whether a quotation stands inside quotation marks."""
    found = Text((text,)).find(quote)
    assert found is not None
    return found.marked


@pytest.mark.parametrize(
    ("text", "quote", "inside"),
    [
        ("“We open in June,” she said.", "We open in June", True),
        ("“We open in June,” she said.", "she said", False),
        ('"We open in June," she said.', "We open in June", True),
        ("‘We don’t open in June,’ she said.", "We don’t open in June", True),
        ("The company’s tunnel and the city’s ferry", "tunnel and the city’s", False),
        ("„Wir öffnen im Juni“, sagte sie.", "Wir öffnen im Juni", True),
        ("« Nous ouvrons en juin », dit-elle.", "Nous ouvrons en juin", True),
        ("发言人说：「隧道六月一日通车。」", "隧道六月一日通车", True),
        ("She called it “a ‘big’ day” and left.", "a ‘big’ day", True),
        ("She called it “a big day” and left.", "a big day” and left", False),
    ],
)
def test_marks(text: str, quote: str, inside: bool) -> None:
    """Words inside quotation marks of any style are told from words outside."""
    assert marked(text, quote) is inside


def test_speech_over_paragraphs() -> None:
    """An opening mark without its close counts where the next paragraph opens again."""
    text = Text(("“We open in June.", "“And we stay open,” she said."))
    found = text.find("We open in June")
    assert found is not None
    assert found.marked


def test_quotation_runs_on() -> None:
    """A quotation may run on into the next paragraph; its paragraph is the first."""
    found = Text(("No delays.", "No competitors.")).find("No delays. No competitors")
    assert found is not None
    assert (found.block, found.ranges) == (1, ((1, 4),))


def test_paragraph_chooses() -> None:
    """Where words stand twice, the paragraph number says which are meant."""
    text = Text(("A view of the port", "Text.", "A view of the port"))
    found = text.find("A view of the port", block=3)
    assert found is not None
    assert found.block == 3


@pytest.mark.parametrize(
    ("text", "quote", "beside"),
    [
        ("The pivot doesn’t equate to severing ties.", "equate to severing ties", ("doesn't",)),
        ("The U.S. did not say so. Prices rose fast.", "Prices rose fast", ()),
        ("If the fans fail, the tunnel stays closed.", "the tunnel stays closed", ("if",)),
        ("In May the tunnel stays closed.", "the tunnel stays closed", ()),
        ("It may be that the tunnel stays closed.", "the tunnel stays closed", ("may",)),
    ],
)
def test_beside(text: str, quote: str, beside: tuple[str, ...]) -> None:
    """Negations, hedges and conditions of the same sentence are seen beside a quotation, and no others."""
    found = Text((text,)).find(quote, markers=MARKERS)
    assert found is not None
    assert found.beside == beside


@pytest.mark.parametrize(
    ("term", "blocks"),
    [("tariff", (1,)), ("tariff*", (1, 2)), ("trade war", (2,)), ("TRADE", (2,)), ("art", ()), ("u.s.", (1,))],
)
def test_search(term: str, blocks: tuple[int, ...]) -> None:
    """A term finds whole words in any case, a star the words that begin so."""
    assert Text(("A tariff of the U.S. state’s", "Tariffs and a trade war start")).search(term) == blocks


def test_departure_names_the_word() -> None:
    """The message names the first word that differs, and the text's own."""
    text = Text(("Officials pressed the city to grant the firm control over it.",))
    assert text.describe_difference("pressed the city to give the firm control") == (
        'at word 5 it has "give", the text has "grant"'
    )


def test_words_of_chinese_are_signs() -> None:
    """Where no spaces are written, each sign counts as a word."""
    assert split_words("隧道 opens 六月") == ["隧", "道", "opens", "六", "月"]


def test_hedges_in_words() -> None:
    """Hedges are found in the words themselves, whatever their case."""
    assert find_terms("Reportedly it may open", ("reportedly", "may")) == ("reportedly", "may")


SOURCE = Text(("Alpha beta, gamma delta 12 epsilon.", "Zeta “eta theta” iota kappa 3.5% of $20 lambda mu."))


@given(st.integers(0, 13), st.integers(4, 9), st.data())
def test_one_altered_character_never_matches(start: int, length: int, data: st.DataObject) -> None:
    """A quotation with any one character changed to another does not stand in the text."""
    tokens = SOURCE.folded.split(" ")
    quote = " ".join(tokens[start : start + length]) or tokens[0]
    at = data.draw(st.integers(0, len(quote) - 1))
    other = data.draw(st.characters(codec="utf-8", exclude_categories=("Cs", "Cc", "Zs", "Cf", "Mn")))
    changed = quote[:at] + other + quote[at + 1 :]
    if fold(changed) != fold(quote):
        found = SOURCE.find(changed)
        assert found is None or fold(changed) in SOURCE.folded
        assert hash_quote(changed) != hash_quote(quote)


@given(st.text())
def test_folding_is_stable(text: str) -> None:
    """Folding twice is folding once."""
    assert fold(fold(text)) == fold(text)


@given(st.text(min_size=1))
def test_find_never_fails(text: str) -> None:
    """Any string may be looked for, and any string may be a text."""
    Text((text,)).find(text, cut=True, markers=MARKERS)
    SOURCE.find(text)
    Text((text,)).search(text)
    SOURCE.describe_difference(text)


@pytest.mark.parametrize(
    ("text", "quote", "beside"),
    [
        ("He said, “No one believes that we will leave.”", "one believes that we will leave", ("no",)),
        ("She said, “If talks fail we buy from them.”", "talks fail we buy from them", ("if",)),
        ("Harbour Is Not Breaking From the Town", "Breaking From the Town", ("not",)),
        ("Is the harbour breaking from the town?", "the harbour breaking from the town", ("?",)),
        ("“May we leave?” he said. They leave in May.", "They leave in", ()),
    ],
)
def test_capitals_hide_nothing(text: str, quote: str, beside: tuple[str, ...]) -> None:
    """A negation in capitals or a question mark is seen as any other; only the month of May is no hedge."""
    found = Text((text,)).find(quote, markers=("no", "not", "if", "may"))
    assert found is not None
    assert found.beside == beside


@pytest.mark.parametrize(
    ("blocks", "quote"),
    [
        (("The town will leave", "NATO summit opens in the town"), "The town will leave NATO summit opens"),
        (("It cost $175 billion.",), "It cost $175"),
        (("It rose 2.3 % in May",), "It rose 2.3"),
        (("It cost US$ 175 a day",), "175 a day"),
        (("It cost 12 000 000 crowns",), "It cost 12"),
        (("It was − 5 degrees cold",), "5 degrees cold"),
    ],
)
def test_nothing_is_joined_or_stripped(blocks: tuple[str, ...], quote: str) -> None:
    """A headline does not run on into the text, and a number does not lose its unit."""
    assert Text(blocks).find(quote) is None


def test_cut_ends_in_its_sentence() -> None:
    """The last part of a cut quotation does not run into the next sentence."""
    text = Text(("If a close ally goes now, others may follow. The town leaves.",))
    assert text.find("If a close ally ... others may follow", cut=True) is not None
    assert text.find("If a close ally ... others may follow. The town", cut=True) is None


def test_en_dash_between_letters_parts_words() -> None:
    """An en dash typed for an em dash parts words, and between digits it does not."""
    text = Text(("talks with firms–not visits–cost 2–3% more",))
    assert text.find("talks with firms") is not None
    assert text.find("cost 2") is None


def test_departure_names_a_changed_sign() -> None:
    """A changed currency sign is named with its number, and not called punctuation."""
    text = Text(("It cost the town $175 billion in June.",))
    found = text.find("the town $175 billion")
    assert found is not None
    window = text.wording(*found.ranges[0])
    assert text.describe_difference("the town €175 billion", window) == 'at word 3 it has "€175", the text has "$175"'


def test_the_month_is_no_hedge_inside_either() -> None:
    """May is no hedge inside a quotation where it is the month."""
    assert find_terms("decision on May 18 that may stand", ("may",)) == ("may",)
    assert find_terms("decision on May 18", ("may",)) == ()
