"""Bylines and days as everyday articles write them below their title: heads.yml."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from synoptic.article.plain_text import read_plain_text
from synoptic.article.read import read_article

HEADS: dict[str, list[list[Any]]] = yaml.safe_load(Path(__file__).with_name("heads.yml").read_text(encoding="utf-8"))
TITLES = {
    "en": "Harbour board halts night works",
    "de": "Hafenamt stoppt Nachtarbeiten",
    "fr": "Le port suspend les travaux",
}
BODIES = {
    "en": "The harbour board has stopped all night works on the new quay after complaints about noise.",
    "de": "Das Hafenamt hat die nächtlichen Arbeiten am neuen Kai nach Beschwerden über den Lärm gestoppt.",
    "fr": "Le port a suspendu les travaux de nuit sur le nouveau quai après des plaintes des riverains.",
}
CASES = [(lang, *case) for lang, cases in HEADS.items() for case in cases]


@pytest.mark.parametrize(("lang", "first", "second", "author", "day"), CASES)
def test_heads(lang: str, first: str, second: str, author: str, day: Any) -> None:
    """The author and the day of publication are read, no line of the head is body, and no update is a publication."""
    lines = [TITLES[lang], *filter(None, (first, second))]
    article = read_plain_text("\n".join([*lines, BODIES[lang], BODIES[lang]]) + "\n")
    assert article.author == author or not author
    assert str(article.published) == str(day)
    assert "body" not in article.kinds[: len(lines)]


@pytest.mark.parametrize(
    "name", ["La rédaction", "Redaktion", "Die Redaktion", "La redacción", "Newsdesk", "Staff", "Staff reporter"]
)
def test_newsrooms_are_no_authors(name: str) -> None:
    """A page that is signed by its newsroom names no author."""
    pytest.importorskip("trafilatura")
    page = (
        f"<html lang='fr'><head><title>Le port</title></head><body><article><h1>Le port suspend les travaux</h1>"
        f"<p class='author'><b>{name}</b> , publié le 04 Mars 2031</p>" + f"<p>{BODIES['fr']}</p>" * 4
    )
    assert read_article(f"{page}</article></body></html>".encode(), ".html").author == "unknown"
