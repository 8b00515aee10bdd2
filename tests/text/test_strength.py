"""Claims that are stronger than their quotations."""

from pathlib import Path
from typing import Any

import pytest

from synoptic.load.guard_words import guard_words_of
from synoptic.text.strength import Quoted, Stronger, find_stronger
from tests.text.test_turns import VOCABULARY
from tests.yaml_files import read_yaml

CASES: list[dict[str, Any]] = read_yaml(Path(__file__).with_name("strength.yml"))


def judge(claim: str, *quotes: str, lang: str = "en") -> Stronger | None:
    """How a claim is stronger than its quotations."""
    hedges = VOCABULARY.markers_of(lang).hedges
    read = [Quoted(quote, "", (), hedges, guard_words_of(lang)) for quote in quotes]
    return find_stronger(claim, read, guard_words_of("en"), VOCABULARY.markers_of("en").hedges)


@pytest.mark.parametrize("half", ["tuned", "kept"])
def test_figures(half: str) -> None:
    """Four of five claims that were made stronger are found, and at most one fair claim in ten is called stronger."""
    cases = [case for case in CASES if case["half"] == half]
    strong = [case for case in cases if "strong" in case]
    found = [judge(case["strong"], case["quote"], lang=case.get("lang", "en")) for case in strong]
    false = [judge(case["fair"], case["quote"], lang=case.get("lang", "en")) for case in cases]
    assert sum(map(bool, found)) >= 0.8 * len(strong)
    assert sum(map(bool, false)) <= 0.1 * len(cases)


def test_one_plain_quotation_backs_a_claim() -> None:
    """A claim is as strong as its strongest quotation allows."""
    assert judge("The bridge will close.", "The bridge may close")
    assert not judge("The bridge will close.", "The bridge may close", "The bridge will close")
