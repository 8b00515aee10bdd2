"""Two versions of a file are put together value by value, and nothing of either is lost."""

from pathlib import Path
from typing import Any

import pytest

from synoptic.workbench.conflict import Conflict, merge
from synoptic.workbench.fields import Declined
from tests.projects import replace_once
from tests.workbench.desk import FOLDER, SLUG, Desk, tidy_project
from tests.yaml_files import read_yaml

CASES: list[dict[str, Any]] = read_yaml(Path(__file__).with_name("conflicts.yml"))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["why"])
def test_each_difference_is_chosen(case: dict[str, Any]) -> None:
    """Every difference is named with whoever made it; the chosen values make the file, with the comments on disk."""
    versions = [case[name].encode() if name in case else None for name in ("base", "mine", "theirs")]
    conflict = Conflict(f"{FOLDER}/{case['path']}", *versions)
    shown = conflict.show()["differences"]
    assert [(one["what"], one["by"]) for one in shown] == [tuple(one) for one in case["differences"]]
    for take, wanted in case["made"].items():
        choices = [{"m": "mine", "t": "theirs"}[one] for one in take]
        made = merge(conflict, choices)
        assert made is not None
        text = made.decode()
        assert [
            line for line in text.splitlines() if not line.startswith("# yaml-language-server")
        ] == wanted.splitlines()


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """A workbench on the small project, in which an editor and the workbench changed the same file."""
    desk = Desk(tidy_project(tmp_path / "p"))
    desk.change({"do": "set-gist", "source": "herald", "first": 5, "gist": "She doubts the date."})
    replace_once(desk.root / FOLDER / "sources/herald.yml", "It gives a price.", "It gives another price.")
    return desk


def ask(desk: Desk) -> dict[str, Any]:
    """The conflict that saving finds."""
    with pytest.raises(Declined) as caught:
        desk.save()
    (found,) = caught.value.more["conflicts"]
    return dict(found)


def choose(desk: Desk, found: dict[str, Any], *take: str) -> None:
    """Go on with these choices."""
    choices = {found["path"]: {"seen": found["seen"], "take": [*take]}}
    desk.state = desk.bench.resolve(SLUG, {"revision": desk.state["revision"], "how": "choose", "choices": choices})


def test_what_is_chosen_is_saved(desk: Desk) -> None:
    """My gist and their gist are both in the file once saved, both versions are kept beside it, and undo takes mine
    back."""
    found = ask(desk)
    assert [(one["by"], one["mine"]) for one in found["differences"]] == [
        ("mine", "She doubts the date."),
        ("theirs", "It gives a price."),
    ]
    theirs = desk.read("sources/herald.yml")
    choose(desk, found, "mine", "theirs")
    assert not desk.state["conflict"]
    assert desk.read("sources/herald.yml") == theirs
    desk.save()
    text = desk.read("sources/herald.yml")
    assert "She doubts the date." in text
    assert "It gives another price." in text
    (kept,) = (desk.root / ".cache/workbench" / SLUG).glob("given-up-*.json")
    assert "She doubts the date." in kept.read_text(encoding="utf-8")
    desk.step(-1)
    desk.save()
    assert desk.read("sources/herald.yml") == theirs


def test_a_file_that_changes_again_is_shown_again(desk: Desk) -> None:
    """If the file changes while somebody chooses, nothing is done, and both versions are shown as they are now."""
    found = ask(desk)
    replace_once(desk.root / FOLDER / "sources/herald.yml", "another price", "a third price")
    with pytest.raises(Declined, match="changed again") as caught:
        choose(desk, found, "mine", "theirs")
    assert "a third price" in caught.value.more["conflicts"][0]["theirs"]
    with pytest.raises(Declined, match="2 differences"):
        choose(desk, ask(desk), "mine")
