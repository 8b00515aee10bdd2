"""A plain text keeps the stars and other marks that belong to its words."""

import pytest

from synoptic.article.read import read_article
from tests.projects import HERE
from tests.yaml_files import read_yaml

MARKED = read_yaml(HERE / "article/stars.yml")
AROUND = "The mayor opened the bridge on Monday, and two hundred people watched from the bank."


@pytest.mark.parametrize("wrapped", [False, True])
@pytest.mark.parametrize("paragraph", MARKED["alone"])
def test_a_mark_alone_stays(paragraph: str, wrapped: bool) -> None:
    """First, between others, or among wrapped lines: the paragraph is read as it was typed."""
    around = AROUND.replace(", ", ",\n") if wrapped else AROUND
    for text in (f"{around}\n\n{paragraph}\n\n{around}\n", f"{paragraph}\n\n{around}\n"):
        assert paragraph in read_article(text.encode(), ".txt").blocks


@pytest.mark.parametrize(("written", "read"), MARKED["lists"])
def test_two_marks_are_a_list(written: list[str], read: list[str]) -> None:
    """Items of a list lose their marks, and no others do."""
    text = "\n\n".join((AROUND, *written, AROUND))
    assert list(read_article(text.encode(), ".txt").blocks) == [AROUND, *read, AROUND]
