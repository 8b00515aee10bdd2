"""Generated web pages, of which every word is known to be the article's or not: structures.yml."""

import random
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from synoptic.article.read import read_article
from synoptic.authoring.scaffold import source_file
from synoptic.text.folding import split_words
from tests.yaml_files import read_yaml

STRUCTURES: dict[str, Any] = read_yaml(Path(__file__).with_name("structures.yml"))
SYLLABLES = "ba de fi go lu me na po ri su ta ve".split()
PAGE = (
    '<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Harbour works stop</title></head>'
    "<body>{}</body></html>"
)


class Writer:
    """Fills templates with words, each of which occurs once."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)
        self._numbers = iter(self.random.sample(range(len(SYLLABLES) ** 3), 1500))

    def write_word(self) -> str:
        """A word that no other is like."""
        number = next(self._numbers)
        return "".join(SYLLABLES[number // len(SYLLABLES) ** place % len(SYLLABLES)] for place in range(3))

    def fill(self, template: str) -> str:
        """A template with words in its places."""

        def write(match: re.Match[str]) -> str:
            count = 14 if match[1] == "s" else int(match[1])
            words = " ".join(self.write_word() for _ in range(count))
            return f"{words.capitalize()}." if match[1] == "s" else words

        return re.sub(r"\{(\d|s)\}", write, template)

    def pick(self, name: str, most: int) -> list[str]:
        """Some of the templates in a table, filled."""
        return [self.fill(template) for template in self.random.sample(STRUCTURES[name], self.random.randint(1, most))]


def list_words(html: str) -> list[str]:
    """The words that a browser shows of some HTML."""
    joined = re.sub(r"</?(?:a|b|font|span)\b[^>]*>", "", html)
    return split_words(re.sub(r"<[^>]*>", " ", joined).casefold())


def write_page(structure: dict[str, str], seed: int, *, broken: bool) -> tuple[str, list[str], list[str]]:
    """A page of a structure, the words of its article, and those of what ``broken`` puts between its blocks."""
    writer = Writer(seed)

    def wrap(block: str) -> str:
        return structure.get("each", "{}").replace("{}", block)

    def paragraphs(least: int) -> Iterator[str]:
        for _ in range(writer.random.randint(least, 2)):
            yield wrap(structure.get("paragraph", "<p>{}</p>").replace("{}", writer.fill("{s} {s}")))

    article = [*paragraphs(1)]
    pieces, between = [*article], []
    for block in writer.pick("blocks", 3):
        added, breaks = [wrap(block), *paragraphs(1)], writer.pick("inside", 1) if broken else []
        article += added
        between += breaks
        pieces += [*breaks, *added]
    body = structure["page"].replace("{title}", "<h1>Harbour works stop</h1>").replace("{body}", "\n".join(pieces))
    page = PAGE.format("\n".join([*writer.pick("before", 2), body, *writer.pick("after", 3)]))
    return page, list_words("\n".join(article)), list_words("\n".join(between))


@pytest.mark.parametrize("broken", [False, True], ids=["whole", "broken"])
@pytest.mark.parametrize("structure", STRUCTURES["pages"], ids=[page["name"] for page in STRUCTURES["pages"]])
def test_every_word_is_kept(structure: dict[str, str], broken: bool) -> None:
    """All words of an article are read in their order, whatever stands between them, and none around it."""
    for seed in range(4):
        page, expected, between = write_page(structure, seed, broken=broken)
        article = read_article(page.encode(), ".html")
        words = split_words(" ".join(article.blocks).casefold().replace("harbour works stop", ""))
        found = [word for word in words if word not in between]
        lost = [word for word in expected if word not in found]
        added = [word for word in found if word not in expected]
        assert (lost, added) == ([], []), (seed, page, article.blocks)
        assert found == expected, (seed, page, article.blocks)


PARAGRAPHS = (
    "The harbour board has stopped all night works on the new quay after complaints.",
    "Residents of the old town wrote four hundred letters and asked for a hearing.",
    "Engineers measured the noise for nine nights, and it was louder than permitted.",
)


@pytest.mark.parametrize("case", STRUCTURES["readings"], ids=[case["shows"] for case in STRUCTURES["readings"]])
def test_readings(case: dict[str, Any]) -> None:
    """A page is read as the case says, and what is left out is told."""

    def fill(text: str) -> str:
        paragraphs = iter(PARAGRAPHS)
        return re.sub(r"\{P\}", lambda _: next(paragraphs), text)

    page = PAGE.format(fill(case["html"])).replace("Harbour works stop", "Lift shut")
    article = read_article(page.encode(), ".html")
    assert list(article.blocks) == fill("\n".join(case["reads"])).split("\n")
    assert [words for words in case.get("says", ()) if words not in article.notes] == [], article.notes
    assert bool(article.notes) == ("says" in case)


def test_a_table_needs_one_gist() -> None:
    """The outline of a new source has one key for all rows of a table."""
    rows = "".join(f"| Night {number} | loud |\n" for number in range(1000))
    text = f"# Lift shut\n\n{PARAGRAPHS[0]}\n\n| Night | Noise |\n|---|---|\n{rows}\n{PARAGRAPHS[1]}\n"
    article = read_article(text.encode(), ".md")
    assert len(article.blocks) == 1004
    assert list(yaml.safe_load(source_file(article, "lift"))["outline"]) == [2, "4-1003", 1004]
