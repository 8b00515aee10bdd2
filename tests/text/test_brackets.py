"""Words of ours in brackets: which quotations are in a text with them, and which words may be ours."""

from pathlib import Path
from typing import Any

import pytest

from synoptic.load.vocabulary import base_vocabulary
from synoptic.text.brackets import find_fault, source_runs, split_ours
from synoptic.text.match import Text
from tests.yaml_files import read_yaml

CASES = read_yaml(Path(__file__).with_name("brackets.yml"))
TEXT = Text(tuple(CASES["text"].splitlines()))


def markers(lang: str) -> list[str]:
    """The negations, hedges and conditions of a language."""
    return [*base_vocabulary().markers_of(lang).all]


@pytest.mark.parametrize("case", CASES["quotations"], ids=lambda case: case["quote"])
def test_quotation(case: dict[str, Any]) -> None:
    """A quotation is found with the brackets of ours that the case names, or not at all; its words are the text's."""
    quote, cut = case["quote"], case.get("cut", False)
    lang = case.get("lang", "en")
    found = TEXT.find(quote, cut=cut, markers=markers(lang), lang=lang)
    assert (list(found.ours) if found else None) == case.get("ours")
    if found is None:
        return
    runs = source_runs(quote, found.ours, cut=cut)
    assert runs == case.get("runs", [quote])
    assert len(runs) == len(found.ranges)
    assert "".join(words for words, _ in split_ours(quote, found.ours)) == quote
    assert [ours for _, ours in split_ours(quote, found.ours)].count(True) == len(found.ours)


@pytest.mark.parametrize("words", CASES["words"])
def test_words_of_ours(words: object) -> None:
    """Words of ours are few, and none of them changes a meaning; the message names what is wrong."""
    fault, expected = find_fault(str(words), markers("en")), CASES["words"][words]
    assert expected in (fault or "") if expected else fault is None
