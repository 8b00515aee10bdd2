"""Where sentences end, counted on the invented paragraphs of sentences.yml."""

from pathlib import Path

import pytest

from synoptic.text.sentences import find_stops
from tests.yaml_files import read_yaml

PARAGRAPHS: dict[str, dict[str, list[str]]] = read_yaml(Path(__file__).with_name("sentences.yml"))


def read_begins(paragraph: str) -> tuple[str, set[int], set[int]]:
    """A paragraph without its signs, where its sentences begin, and where one may."""
    text = ""
    begins: set[int] = set()
    doubtful: set[int] = set()
    for char in paragraph:
        if char in "|/":
            (begins if char == "|" else doubtful).add(len(text))
        else:
            text += char
    return text, begins, doubtful


def count_errors(lang: str, part: str) -> tuple[int, int, int]:
    """The places where we begin a sentence wrongly, those that we miss, and those that are right by hand."""
    wrong = missed = total = 0
    for paragraph in PARAGRAPHS[lang][part]:
        text, begins, doubtful = read_begins(paragraph)
        found = {begin for _, begin in find_stops(text) if begin < len(text)}
        wrong += len(found - begins - doubtful)
        missed += len(begins - found)
        total += len(begins)
    return wrong, missed, total


def measure_sentences() -> list[str]:
    """A line for each language and part, for ``make bench-ingest``."""
    return [
        f"sentences {lang} {part}: {wrong} wrong, {missed} missed of {total}"
        for lang, parts in PARAGRAPHS.items()
        for part in parts
        for wrong, missed, total in [count_errors(lang, part)]
    ]


@pytest.mark.parametrize("lang", PARAGRAPHS)
def test_sentences(lang: str) -> None:
    """Six of seven beginnings are right in every language, on paragraphs that the rules were not made for, too."""
    for part in PARAGRAPHS[lang]:
        wrong, missed, total = count_errors(lang, part)
        assert wrong + missed <= total / 7, (part, wrong, missed, total)


def test_enough_places() -> None:
    """There are at least 290 beginnings in four languages."""
    assert sum(count_errors(lang, part)[2] for lang, parts in PARAGRAPHS.items() for part in parts) >= 290
