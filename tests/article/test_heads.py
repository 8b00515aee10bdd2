"""Bylines and days as everyday articles write them below their title: heads.yml."""

from pathlib import Path
from typing import Any

import pytest

from synoptic.article.plain_text import read_plain_text
from synoptic.article.read import read_article
from tests.yaml_files import read_yaml

HEADS: dict[str, list[list[Any]]] = read_yaml(Path(__file__).with_name("heads.yml"))
TITLES = {
    "en": "Harbour board halts night works",
    "de": "Hafenamt stoppt Nachtarbeiten",
    "fr": "Le port suspend les travaux",
    "es": "El puerto detiene las obras",
    "it": "Il porto ferma i lavori",
    "pt": "O porto suspende as obras",
    "nl": "Haven legt nachtwerk stil",
}
BODIES = {
    "en": "The harbour board has stopped all night works on the new quay after complaints about noise.",
    "de": "Das Hafenamt hat die nächtlichen Arbeiten am neuen Kai nach Beschwerden über den Lärm gestoppt.",
    "fr": "Le port a suspendu les travaux de nuit sur le nouveau quai après des plaintes des riverains.",
    "es": "La junta del puerto ha detenido todas las obras nocturnas en el nuevo muelle tras las quejas por el ruido.",
    "it": "Il porto ha fermato tutti i lavori notturni sulla nuova banchina dopo le proteste per il rumore.",
    "pt": "O porto suspendeu todas as obras noturnas no novo cais depois das queixas sobre o barulho.",
    "nl": "De haven heeft al het nachtwerk aan de nieuwe kade stilgelegd na klachten over het lawaai.",
}
#: Days that stand alone above a headline.
ABOVE = [
    ("es", "29 septiembre, 2031"), ("es", "lunes, 29 de septiembre de 2031, 10:15"), ("it", "29 settembre 2031"),
    ("pt", "segunda-feira, 29 de setembro de 2031"), ("nl", "29 september 2031"), ("en", "29 September 2031"),
]  # fmt: skip
CASES = [(lang, *case) for lang, cases in HEADS.items() for case in cases]


@pytest.mark.parametrize(("lang", "first", "second", "author", "day"), CASES)
def test_heads(lang: str, first: str, second: str, author: str, day: Any) -> None:
    """The author and the day of publication are read, no line of the head is body, and no update is a publication."""
    lines = [TITLES[lang], *filter(None, (first, second))]
    article = read_plain_text("\n".join([*lines, BODIES[lang], BODIES[lang]]) + "\n")
    assert article.author == author or not author
    assert str(article.published) == str(day)
    assert "body" not in article.kinds[: len(lines)]


@pytest.mark.parametrize(("lang", "day"), ABOVE)
def test_a_day_above_the_headline(lang: str, day: str) -> None:
    """A day alone above the headline is no headline, and is read as the day of publication."""
    article = read_plain_text("\n".join([day, TITLES[lang], BODIES[lang], BODIES[lang]]) + "\n")
    assert (article.title, article.published) == (TITLES[lang], "2031-09-29")
    assert article.kinds == ("dateline", "headline", "body", "body")


@pytest.mark.parametrize("title", ["11 September 2031: a day in the harbour", "29 September 2031 and after"])
def test_a_headline_with_a_day(title: str) -> None:
    """A headline that says more than a day stays one."""
    article = read_plain_text("\n".join([title, BODIES["en"], BODIES["en"]]) + "\n")
    assert article.title == title


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
