"""A bottom line may only say of an open question that no article answers it."""

import pytest

from synoptic.text.silence import find_assertions
from tests.projects import HERE
from tests.yaml_files import read_yaml

SENTENCES = read_yaml(HERE / "text/silence.yml")


@pytest.mark.parametrize(("sentence", "asserts"), SENTENCES)
def test_a_sentence_asserts_or_is_about_silence(sentence: str, asserts: list[bool]) -> None:
    """Each phrase that is not said to be open is asserted."""
    assert find_assertions(sentence) == asserts
