"""Texts as people copy and save them, whole and cut off: copies.yml."""

from pathlib import Path
from typing import Any

import pytest

from synoptic.article.read import read_article
from tests.yaml_files import read_yaml

COPIES: dict[str, list[Any]] = read_yaml(Path(__file__).with_name("copies.yml"))
PARAGRAPH = "The harbour board has stopped all night works on the new quay after three weeks of complaints about noise."


def read(lines: list[str], suffix: str) -> Any:
    """The article in some lines."""
    return read_article("\n".join(lines).replace("{P}", PARAGRAPH).encode(), suffix)


@pytest.mark.parametrize("case", COPIES["kinds"])
def test_kinds(case: dict[str, Any]) -> None:
    """The end of a text that is cut off is body, and a title that stands there twice is a headline twice."""
    assert list(read(case["lines"], ".txt").kinds) == case["kinds"]


@pytest.mark.parametrize(("markdown", "words"), COPIES["words"])
def test_words(markdown: str, words: str) -> None:
    """No word between brackets vanishes, but for the name of a link."""
    assert read([markdown], ".md").blocks == (words,)


@pytest.mark.parametrize("case", COPIES["origins"])
def test_origins(case: dict[str, Any]) -> None:
    """The head of a text states its address and outlet, and the outlet is no part of the title."""
    article = read(case["lines"], case["suffix"])
    assert (article.title, article.outlet, article.url) == (
        case["title"],
        case.get("outlet", "unknown"),
        case.get("url", ""),
    )
