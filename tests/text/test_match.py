"""The rules of matching."""

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from synoptic.load.vocabulary import base_vocabulary
from synoptic.text.folding import fold, is_layout
from synoptic.text.match import Match, Text, hash_quote
from tests.yaml_files import read_yaml

VECTORS: list[dict[str, Any]] = read_yaml(
    Path(__file__).parents[2] / "build_tools/synoptic/theme/assets/matching-vectors.yml"
)
CLAUSES: list[dict[str, Any]] = read_yaml(Path(__file__).with_name("clauses.yml"))
MARKERS = ("no", "not", "*n't", "reportedly", "if", "may")
SOURCE = Text(("Alpha beta, gamma delta 12 epsilon.", "Zeta “eta theta” iota kappa 3.5% of $20 lambda mu."))


def find(quote: str, *blocks: str, **options: Any) -> Match:
    """Where a quotation is in a text that has it."""
    match = Text(blocks).find(quote, markers=MARKERS, **options)
    assert match is not None
    return match


@pytest.mark.parametrize("vector", VECTORS, ids=lambda v: v["why"])
def test_vector(vector: dict[str, Any]) -> None:
    """Every published vector comes out as published."""
    match = Text((vector["text"],)).find(vector["quote"], cut=vector.get("cut", False), markers=MARKERS)
    assert (match is not None) == vector["stands"]


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
    """Words inside quotation marks of any style are distinguished from words outside."""
    assert find(quote, text).marked is inside


def test_speech_over_paragraphs() -> None:
    """An opening mark that is never closed counts if the next paragraph opens again."""
    assert find("We open in June", "“We open in June.", "“And we stay open,” she said.").marked


def test_quotation_runs_on() -> None:
    """A quotation may run on into the next paragraph; its paragraph is the first."""
    match = find("No delays. No competitors", "No delays.", "No competitors.")
    assert (match.block, match.ranges) == (1, ((1, 4),))


def test_paragraph_chooses() -> None:
    """The paragraph number chooses between words that occur twice."""
    assert find("A view of the port", "A view of the port", "Text.", "A view of the port", block=3).block == 3


@pytest.mark.parametrize(
    ("text", "quote", "beside"),
    [
        ("The pivot doesn’t equate to severing ties.", "equate to severing ties", ("doesn't",)),
        ("The U.S. did not say so. Prices rose fast.", "Prices rose fast", ()),
        ("If the fans fail, the tunnel stays closed.", "the tunnel stays closed", ("if",)),
        ("Boat No. 4 of the harbour wins the race.", "wins the race", ()),
        ("In May the tunnel stays closed.", "the tunnel stays closed", ()),
        ("It may be that the tunnel stays closed.", "the tunnel stays closed", ("may",)),
        ("He said, “No one believes that we will leave.”", "one believes that we will leave", ("no",)),
        ("She said, “If talks fail we buy from them.”", "talks fail we buy from them", ("if",)),
        ("Harbour Is Not Breaking From the Town", "Breaking From the Town", ("not",)),
        ("Is the harbour breaking from the town?", "the harbour breaking from the town", ("?",)),
        ("“May we leave?” he said. They leave in May.", "They leave in", ()),
    ],
)
def test_beside(text: str, quote: str, beside: tuple[str, ...]) -> None:
    """Markers and question marks of the same sentence are seen beside a quotation, in capitals too; not the month."""
    assert find(quote, text).beside == beside


@pytest.mark.parametrize("case", CLAUSES, ids=lambda case: f"{case['lang']}: {case['text']}")
def test_clauses(case: dict[str, Any]) -> None:
    """Only markers that may govern the quoted clause are seen beside it."""
    words = base_vocabulary().markers_of(case["lang"]).all or ("no",)
    match = Text((case["text"],)).find(case["quote"], markers=words, lang=case["lang"])
    assert match is not None
    assert list(match.beside) == case["beside"]


@pytest.mark.parametrize(
    ("term", "blocks"),
    [("tariff", (1,)), ("tariff*", (1, 2)), ("trade war", (2,)), ("TRADE", (2,)), ("art", ()), ("u.s.", (1,))],
)
def test_search(term: str, blocks: tuple[int, ...]) -> None:
    """A term finds whole words in any case, a star the words that begin so."""
    assert Text(("A tariff of the U.S. state’s", "Tariffs and a trade war start")).search(term) == blocks


@given(st.integers(0, 13), st.integers(4, 9), st.data())
def test_one_altered_character_never_matches(start: int, length: int, data: st.DataObject) -> None:
    """A quotation with any one character changed, layout apart, is not in the text."""
    tokens = SOURCE.folded.split(" ")
    quote = " ".join(tokens[start : start + length]) or tokens[0]
    at = data.draw(st.integers(0, len(quote) - 1))
    other = data.draw(st.characters(codec="utf-8", exclude_categories=("Cs", "Cc", "Zs", "Cf", "Mn")))
    changed = quote[:at] + other + quote[at + 1 :]
    if fold(changed) != fold(quote):
        assert hash_quote(changed) != hash_quote(quote)
    if not is_layout(fold(changed), fold(quote)):
        assert SOURCE.find(changed) is None or fold(changed) in SOURCE.folded


@given(st.text(min_size=1))
def test_find_never_fails(text: str) -> None:
    """Any string may be searched for, and any string may be a text."""
    for blocks in ((text,), ("Text.", text)):
        Text(blocks).find(text, cut=True, markers=MARKERS)
        Text(blocks).search(text)
    SOURCE.find(text)
    SOURCE.describe_difference(text)


@pytest.mark.parametrize(
    ("blocks", "quote"),
    [
        (("The town will leave", "NATO summit opens in the town"), "The town will leave NATO summit opens"),
        (("It cost $175 billion.",), "It cost $175"),
        (("It rose 2.3 % in May",), "It rose 2.3"),
        (("It cost US$ 175 a day",), "175 a day"),
        (("It cost 12 000 000 crowns",), "It cost 12"),
        (("It was − 5 degrees cold",), "5 degrees cold"),
        (("talks with firms–not visits–cost 2–3% more",), "cost 2"),
    ],
)
def test_nothing_is_joined_or_stripped(blocks: tuple[str, ...], quote: str) -> None:
    """A headline does not run on into the text, and a number keeps its unit."""
    assert Text(blocks).find(quote) is None


def test_cut_ends_in_its_sentence() -> None:
    """The last part of a cut quotation does not run into the next sentence."""
    text = "If a close ally goes now, others may follow. The town leaves."
    assert find("If a close ally ... others may follow", text, cut=True).block == 1
    assert Text((text,)).find("If a close ally ... others may follow. The town", cut=True) is None


@pytest.mark.parametrize("dash", ["--", "---", "—", " - "])
def test_a_typed_dash_parts_words(dash: str) -> None:
    """A quotation may begin and end at a dash that is typed as two hyphens or three; one hyphen joins."""
    text = Text((f"They have one goal{dash}Alpha and Beta keep it{dash}and no more.",))
    assert text.find("Alpha and Beta keep it", markers=MARKERS)
    assert Text(("A well-kept-secret.",)).find("kept-secret", markers=MARKERS) is None


def test_en_dash_between_letters_parts_words() -> None:
    """An en dash typed for an em dash parts words (between digits it does not: see above)."""
    assert find("talks with firms", "talks with firms–not visits–cost 2–3% more").block == 1


@pytest.mark.parametrize(
    ("text", "found", "quote", "difference"),
    [
        (
            "Officials pressed the city to grant the firm control over it.",
            "",
            "pressed the city to give the firm control",
            'at word 5 it has "give", the text has "grant"',
        ),
        (
            "It cost the town $175 billion in June.",
            "the town $175 billion",
            "the town €175 billion",
            'at word 3 it has "€175", the text has "$175"',
        ),
        (
            "It carries 10⁶ newtons.",
            "",
            "It carries 106 newtons",
            'at word 3 it has "106", the text has "10⁶" (U+0036 DIGIT SIX; U+2076 SUPERSCRIPT SIX)',
        ),
        (
            "The scope is wide – as in May.",
            "",
            "The s\u0441ope is wide - as in May",
            'at word 2 it has "s\u0441ope", the text has "scope" '
            "(U+0441 CYRILLIC SMALL LETTER ES; U+0063 LATIN SMALL LETTER C)",
        ),
    ],
)
def test_describe_difference(text: str, found: str, quote: str, difference: str) -> None:
    """The message names the first word that differs, and the text's own; characters that look alike by code point."""
    passage = Text((text,)).wording(*find(found, text).ranges[0]) if found else ""
    assert Text((text,)).describe_difference(quote, passage) == difference
