"""``check --base``: a published id that is deleted together with its line in the register is missed all the same."""

import re
from pathlib import Path
from typing import Any

import pytest

from tests.history.scripted import Scripted
from tests.projects import apply_edit, edited_project, run
from tests.yaml_files import read_yaml

CASES = read_yaml(Path(__file__).with_name("lost_ids.yml"))
Output = pytest.CaptureFixture[str]


@pytest.mark.parametrize("case", CASES, ids=lambda case: re.sub(r"\W+", "-", case["why"])[:50])
def test_case(case: dict[str, Any], tmp_path: Path, capsys: Output) -> None:
    """The comparison with the base says what it should, on a line of its own with a remedy, and nothing else of ids."""
    made = Scripted(edited_project(tmp_path / "project", case.get("base", ())))
    made.commit()
    for edit in case["edits"]:
        apply_edit(made.root, edit)
    expected = case.get("says", [])
    capsys.readouterr()
    assert run(made.root, "check", "--base", "HEAD") == bool(expected), capsys.readouterr().out
    out = capsys.readouterr().out
    assert [part for part in expected if part not in out] == [], out
    assert [part for part in case.get("not", ()) if part in out] == []


def test_only_what_the_branch_itself_lost(tmp_path: Path, capsys: Output) -> None:
    """Compared is the commit where the branch left its base, so an id that main gained since is not missed."""
    made = Scripted(edited_project(tmp_path / "project", ()))
    made.commit()
    made.git("switch", "-q", "-c", "theirs")
    made.commit(claims__cost=("The works cost 1.9 billion crowns.", "The works cost it."))
    made.git("switch", "-q", "main")
    made.commit(claims__cost=("- id: cost-19\n", "- id: cost-of-works\n  was: [cost-19]\n"), lock=True)
    made.git("switch", "-q", "theirs")
    assert run(made.root, "check", "--base", "main") == 0, capsys.readouterr().out


def test_a_base_that_is_none(tmp_path: Path, capsys: Output) -> None:
    """A revision that does not exist, or two comparisons at once, are refused in a sentence."""
    made = Scripted(edited_project(tmp_path / "project", ()))
    made.commit()
    assert run(made.root, "check", "--base", "nowhere") == 2
    assert 'there is no revision "nowhere"' in capsys.readouterr().err
    assert run(made.root, "check", "--base", "HEAD", "--against", "x.txt") == 1
    assert "give one of them" in capsys.readouterr().err
