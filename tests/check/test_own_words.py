"""Which words in a row are an article's wording."""

from dataclasses import replace
from pathlib import Path

import pytest

from synoptic.check.wording import own_words
from synoptic.text.match import Text
from tests.projects import load_site, small_project

ARTICLE = "Versions 5.6.0 and 5.6.1 both contain code that nobody had read before the third of 12 releases of 2024."


@pytest.mark.parametrize(
    ("note", "taken"),
    [
        ("It is in versions 5.6.0 and 5.6.1 of the tool.", False),
        ("It says that 5.6.1 both contain code that nobody had, so to speak.", True),
        ("Code that nobody had read before the third of them came out.", True),
    ],
)
def test_a_row_of_numbers_is_no_wording(tmp_path: Path, note: str, taken: bool) -> None:
    """Eight words in a row are an article's unless most of them are numbers."""
    site = load_site(small_project(tmp_path))
    briefing = site.briefing["harbour-tunnel"]
    claims = (briefing.claims[0].model_copy(update={"note": note}), *briefing.claims[1:])
    found = list(own_words(replace(briefing, claims=claims, texts={"wire": Text((ARTICLE,))}), site))
    assert bool(found) == taken
