"""A plain text keeps the stars that belong to its words."""

import pytest
import yaml

from build_tools.article.read import read_article
from tests.projects import HERE

PARAGRAPHS = yaml.safe_load((HERE / "article/stars.yml").read_text(encoding="utf-8"))
AROUND = "The mayor opened the bridge on Monday, and two hundred people watched from the bank."


@pytest.mark.parametrize("wrapped", [False, True])
@pytest.mark.parametrize(("written", "read"), PARAGRAPHS)
def test_a_star_before_a_word_stays(written: str, read: str, wrapped: bool) -> None:
    """First, between others, or among wrapped lines: the paragraph is read as it was typed."""
    around = AROUND.replace(", ", ",\n") if wrapped else AROUND
    for text in (f"{around}\n\n{written}\n\n{around}\n", f"{written}\n\n{around}\n"):
        assert read in read_article(text.encode(), ".txt").blocks
