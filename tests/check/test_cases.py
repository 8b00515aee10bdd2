"""Every file in tests/cases is a test."""

from pathlib import Path

import pytest

from build_tools.check.registry import RULES
from build_tools.check.rule import rule_id
from tests.check.cases import CASES, problems_of, read_case
from tests.projects import load_checked, small_project


@pytest.mark.parametrize("texts", [True, False], ids=["with-texts", "without"])
@pytest.mark.parametrize("path", CASES, ids=lambda p: p.stem)
def test_case(path: Path, texts: bool, tmp_path: Path) -> None:
    """The edit of the case brings exactly its lines."""
    case = read_case(path)
    expected = case["with"] if texts else case.get("without", case["with"])
    assert problems_of(case, tmp_path, texts=texts) == expected, case["why"]


def test_untouched_project_is_clean(tmp_path: Path) -> None:
    """The invented project has no problem before any edit."""
    load_checked(small_project(tmp_path))


def test_every_rule_has_a_case() -> None:
    """No rule is without a case that breaks it."""
    lines = [line for case in map(read_case, CASES) for line in (*case["with"], *case.get("without", ()))]
    named = {line.rsplit("[", 1)[-1].rstrip("]") for line in lines}
    assert {rule_id(rule) for rule in RULES} <= named
