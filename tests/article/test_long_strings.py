"""No string takes time by the square of its length: not to read, to search, to lock or to load."""

import time
from typing import Any

import pytest

from synoptic.article.html_blocks import split_html
from synoptic.article.read import read_article
from synoptic.load.yaml_guard import parse
from synoptic.text.match import Text
from synoptic.text.unicode import normalize
from tests.projects import HERE
from tests.yaml_files import read_yaml

STRINGS = read_yaml(HERE / "article/long_strings.yml")
SIZE = 300_000  # bytes
MOST = 15.0  # seconds of CPU; what is linear takes one, what is quadratic took minutes
AROUND = "The works cost two million crowns in all, the city said."


@pytest.mark.parametrize("case", STRINGS, ids=lambda case: case["why"])
def test_a_long_string_ends_soon(case: dict[str, Any]) -> None:
    """It is read as an article, searched for a quotation that is there and one that is not, and loaded as YAML."""
    string = case["unit"] * (SIZE // len(case["unit"].encode()))
    begun = time.process_time()
    text = Text(read_article(f"{AROUND}\n\n{string}\n\n{AROUND}\n".encode(), ".txt").blocks)
    assert text.find("cost two million crowns in all") is not None
    assert text.find("cost three million crowns in all") is None
    assert text.search("crown*") == (1, len(text.blocks))
    parse(f'claim: "{string}"\n'.encode(), "claims/cost.yml")
    assert time.process_time() - begun < MOST


def test_rows_of_marks_are_parted_only_if_no_language_has_them() -> None:
    """Up to thirty marks on a letter are put in order as ever; a longer row is parted by an invisible sign."""
    assert normalize("e\u0301") == "\u00e9"
    assert normalize("e" + "\u0301\u0327" * 15).count("\u034f") == 0
    assert normalize("e" + "\u0301\u0327" * 40).count("\u034f") == 2
    assert normalize("\u2605" * 100) == "\u2605" * 100


@pytest.mark.parametrize("tag", ["div", "b", "sup", "aside hidden"])
def test_deep_html_ends_soon(tag: str) -> None:
    """HTML with twenty thousand elements inside each other is read in a few seconds, and its words are found."""
    page = f"<p>{AROUND}</p>{f'<{tag}>' * 20_000}<p>{AROUND}</p>"
    begun = time.process_time()
    assert split_html(page)[0].text == AROUND
    assert time.process_time() - begun < MOST / 3
