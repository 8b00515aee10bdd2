"""What becomes of a proposal, and what its refusal says. The cases are in cases.yml."""

from itertools import chain
from pathlib import Path
from typing import Any

import pytest

from synoptic.base.problems import Place
from synoptic.proposals.judge import judge
from synoptic.proposals.schema import LISTS, MODELS, Item
from tests.proposals.planting import Field
from tests.yaml_files import read_yaml

CASES: list[dict[str, Any]] = read_yaml(Path(__file__).with_name("cases.yml"))


@pytest.fixture(scope="module")
def field(tmp_path_factory: pytest.TempPathFactory) -> Field:
    """The invented articles."""
    return Field(tmp_path_factory.mktemp("judge") / "p")


def make_items(case: dict[str, Any]) -> list[Item]:
    """The proposals of a case, each at a place of its own."""
    entries = [(name, entry) for name in LISTS for entry in case.get(name, ())]
    items: list[Item] = []
    for line, (name, entry) in enumerate(entries, 1):
        whole = {"claim": "spoken", **entry} if name == "statements" else entry
        parts: dict[object, tuple[int, ...]] = {
            key: (line, column) for column, key in enumerate(MODELS[name].model_fields, 2)
        }
        items.append(MODELS[name](place=Place("p.json", line, 1, parts), **whole))
    return items


@pytest.mark.parametrize("case", CASES, ids=lambda case: str(case["name"]))
def test_case(field: Field, case: dict[str, Any]) -> None:
    """A proposal stands, or is refused in these words, once, at a place of its own."""
    items = make_items(case)
    judged = judge(field.site.briefing["dam"], field.site, items)
    told = "\n".join(map(str, judged.refused))
    if "refused" not in case:
        assert told == ""
        assert [kept.item for kept in judged.kept] == items
    for part in case.get("refused", ()):
        assert str(part) in told
    assert len({problem.place.line for problem in judged.refused}) == len(judged.refused)
    assert len(judged.kept) + len(judged.refused) == len(items)
    assert not any("allow:" in problem.tip for problem in judged.refused)


def test_cases_name_each_fault_once() -> None:
    """No two cases have one name."""
    names = [case["name"] for case in CASES]
    assert len(set(names)) == len(names)
    assert set(chain.from_iterable(CASES)) <= {"name", "refused", *LISTS}
