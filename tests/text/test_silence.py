"""A bottom line may only say of an open question that no article answers it."""

import pytest
import yaml

from synoptic.text.silence import find_assertions
from tests.projects import HERE

SENTENCES = yaml.safe_load((HERE / "text/silence.yml").read_text(encoding="utf-8"))


@pytest.mark.parametrize(("sentence", "asserts"), SENTENCES)
def test_a_sentence_asserts_or_is_about_silence(sentence: str, asserts: list[bool]) -> None:
    """Each phrase that is not said to be open is asserted."""
    assert find_assertions(sentence) == asserts
