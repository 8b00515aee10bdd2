"""Turns around a quotation: what takes it back or limits it."""

from pathlib import Path
from typing import Any

import pytest

from synoptic.base.problems import Place
from synoptic.compare.context import record_context
from synoptic.load.vocabulary import base_vocabulary
from synoptic.model.lock import Turn
from synoptic.model.records import Source
from synoptic.text.match import Text
from tests.yaml_files import read_yaml

FILE = Path(__file__).with_name("turns.yml")
CASES: list[dict[str, Any]] = read_yaml(FILE)
VOCABULARY = base_vocabulary()


def warn(case: dict[str, Any]) -> tuple[Turn | str, ...]:
    """What is beside the quotation of a case in its sentence, and what turns it; both ask the editor for more."""
    blocks = tuple(part.strip() for part in case["text"].split("|"))
    source = Source(place=Place(""), id="x", title="X", lang=case["lang"], paragraphs=case.get("paragraphs", {}))
    text, markers = Text(blocks), VOCABULARY.markers_of(case["lang"]).all
    match = text.find(case["quote"], cut=case.get("cut", False), markers=markers, lang=case["lang"])
    assert match is not None, case["text"]
    return (*match.beside, *record_context(text, match, source, VOCABULARY))


@pytest.mark.parametrize("half", ["tuned", "kept"])
def test_figures(half: str) -> None:
    """Nine of ten turns are found, and at most one alarm in ten is false."""
    found = [(case["turned"], bool(warn(case))) for case in CASES if case["half"] == half]
    turned, alarms = (
        [alarm for is_turned, alarm in found if is_turned],
        [is_turned for is_turned, alarm in found if alarm],
    )
    assert sum(turned) >= 0.9 * len(turned)
    assert alarms.count(False) <= 0.1 * len(alarms)


@pytest.mark.parametrize("case", [case for case in CASES if "asks" in case], ids=lambda case: case["text"])
def test_own_sentence(case: dict[str, Any]) -> None:
    """What follows in a quotation's own sentence is an error, a question or nothing, as the case says."""
    found = warn(case)
    sure = any(not isinstance(one, Turn) or not one.unsure for one in found)
    assert case["asks"] == ("error" if sure else "question" if found else "nothing"), found
