"""Folding, words, terms, shared runs and differences of words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from synoptic.text.folding import fold, split_words
from synoptic.text.match import Text
from synoptic.text.quotation_marks import find_quoted
from synoptic.text.shared_runs import find_shared_runs
from synoptic.text.terms import find_terms
from synoptic.text.word_diff import diff_words


@given(st.text())
def test_folding_is_stable(text: str) -> None:
    """Folding twice is folding once."""
    assert fold(fold(text)) == fold(text)


def test_chinese_characters_are_words() -> None:
    """In a script without spaces each character counts as a word."""
    assert split_words("隧道 opens 六月") == ["隧", "道", "opens", "六", "月"]


@pytest.mark.parametrize(
    "text",
    [
        "प्रधानमंत्री ने कहा कि हिन्दी",
        "বাংলা ভাষা",
        "தமிழ் மொழி",
        "తెలుగు భాష",
        "ਪੰਜਾਬੀ ਬੋਲੀ",
        "الْكِتَابُ هُنَا",
        "שָׁלוֹם לָךְ",
        "m\u0304x on",
    ],
)
def test_signs_on_letters_end_no_word(text: str) -> None:
    """A vowel sign belongs to its word, which a space ends."""
    assert split_words(fold(text)) == text.split()


@pytest.mark.parametrize(
    ("text", "terms"),
    [
        ("Reportedly it may open", ("reportedly", "may")),
        ("decision on May 18 that may stand", ("may",)),
        ("decision on May 18", ()),
    ],
)
def test_terms(text: str, terms: tuple[str, ...]) -> None:
    """Hedges are found in any case; the month of May is not a hedge."""
    assert find_terms(text, ("reportedly", "may")) == terms


@pytest.mark.parametrize(
    ("before", "after", "pieces"),
    [
        ("a b c", "a x c", [("same", "a"), ("gone", " b"), ("new", " x"), ("same", " c")]),
        ("a", "a b", [("same", "a"), ("new", " b")]),
        (None, "a", [("new", "a")]),
        ("a", None, [("gone", "a")]),
        ("隧道六月开通", "隧道七月开通", [("same", "隧道"), ("gone", "六"), ("new", "七"), ("same", "月开通")]),
        (None, None, []),
    ],
)
def test_diff_words(before: str | None, after: str | None, pieces: list[tuple[str, str]]) -> None:
    """Words are compared with words, and characters in a script without spaces."""
    assert [(p.kind, p.text) for p in diff_words(before, after)] == pieces


@given(st.text(), st.text())
def test_a_diff_loses_nothing(before: str, after: str) -> None:
    """The same and gone pieces are all of the old text, the same and new ones all of the new."""
    pieces = diff_words(before, after)
    for text, kind in ((before, "gone"), (after, "new")):
        kept = "".join(p.text for p in pieces if p.kind in ("same", kind))
        assert kept.split() == text.split() or "".join(kept.split()) == "".join(text.split())


def test_shared_runs_are_found_once_and_whole() -> None:
    """A shared run is found from its first to its last word, in both texts, whatever their case and marks."""
    common = "the tunnel will open on the first of June if the fans pass their last test"
    one = Text(("Before it. " + common + ". After it.",))
    other = Text(("Something else entirely.", "“" + common.upper() + "”"))
    assert find_shared_runs(one.tokens, other.tokens) == ((3, 18, 4, 19),)
    assert find_shared_runs(one.tokens, Text(("Nothing of the kind.",)).tokens) == ()


@pytest.mark.parametrize(
    ("text", "following", "inside"),
    [
        ("He said \u201cyes\u201d and \u201cno\u201d.", "", ["yes", "no"]),
        ('6" pipes and a "pipe dream"', "", ["pipe dream"]),
        ("\u201cIt goes on.", "\u201cAnd on.\u201d", ["It goes on."]),
        ("The workers\u2019 union and \u2019tis the owners\u2019 fault", "", []),
        ("\u2018The owners\u2019 fault is ours,\u2019 he said", "", ["The owners\u2019 fault is ours,"]),
        ("\u00ab\u00a0Oui\u00a0\u00bb, dit-il", "", ["Oui"]),
        ("\u00bbJa\u00ab, sagt er", "", ["Ja"]),
        ("\u201eJa\u201c, sagt er", "", ["Ja"]),
        ("\u201eJa\u201d, sagt er", "", ["Ja"]),
        (
            "\u5979\u8bf4\uff1a\u300c\u4ed6\u8aaa\u300e\u662f\u300f\u3002\u300d",
            "",
            ["\u4ed6\u8aaa\u300e\u662f\u300f\u3002"],
        ),
        ("the '90s and rock 'n' roll", "", []),
        ("\u201cOpen and never closed, in the middle", "No mark here.", ["Open and never closed, in the middle"]),
    ],
)
def test_find_quoted(text: str, following: str, inside: list[str]) -> None:
    """Quotation marks of many styles are paired; apostrophes and inches are not marks."""
    assert [text[a:b] for a, b, _ in find_quoted(text, following)] == inside
