"""Which English quotations are fragments."""

from pathlib import Path

import pytest
import yaml

from synoptic.text.folding import split_words
from synoptic.text.fragments import is_fragment

CASES = yaml.safe_load(Path(__file__).with_name("fragments.yml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("words", CASES)
def test_fragment(words: str) -> None:
    """Words without a subject's pronoun and a verb are a fragment, and an imperative is none."""
    assert is_fragment(split_words(words)) is CASES[words]
