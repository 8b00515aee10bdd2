"""Who speaks in Chinese, where neither spaces nor capitals show a name."""

import time
from pathlib import Path
from typing import Any

import pytest

from synoptic.suggest.reader import Reader
from synoptic.suggest.word_lists import Words, words_of
from tests.projects import load_site, small_project
from tests.yaml_files import read_yaml

CASES = read_yaml(Path(__file__).with_name("chinese.yml"))
SLOW = 5.0  # seconds


@pytest.fixture(scope="module")
def words(tmp_path_factory: pytest.TempPathFactory) -> Words:
    """The word lists."""
    site = load_site(small_project(tmp_path_factory.mktemp("zh") / "p"))
    return words_of("zh", site.vocabulary.markers_of("zh"))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["text"])
def test_speaker(case: dict[str, Any], words: Words) -> None:
    """Whoever the sentence names is proposed whole, and nobody where it names nobody."""
    reader = Reader((case["text"],), words)
    speakers = {spoken.speaker for spoken in (*reader.quotations, *reader.credited)} - {None}
    assert speakers == ({case["who"]} if case["who"] else set())


def test_there_are_enough_of_both() -> None:
    """The sentences are many, and a good part of them names nobody."""
    nobody = [case for case in CASES if case["who"] is None]
    assert len(CASES) >= 40
    assert len(nobody) >= 12


@pytest.mark.parametrize("sign", ["在上", "对对", "据说", "的地", "在对上"])
def test_no_sentence_takes_long(sign: str, words: Words) -> None:
    """Nonsense of the signs that names are told by is read in no time."""
    begun = time.perf_counter()
    reader = Reader((sign * 400 + "说，好。",), words)
    assert len(reader.quotations) + len(reader.credited) <= 1
    assert time.perf_counter() - begun < SLOW
