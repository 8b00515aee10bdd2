"""A blank sheet, from ``second-reading`` to a committed reading by ``reconcile``."""

import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml

from synoptic.authoring.layout import format_yaml
from tests.check.cases import list_problems
from tests.projects import load_site, replace_once, run, small_project

SHEET = "drafts/night-ferry/second-reading-7.yml"
READINGS = "briefings/night-ferry/readings"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """The invented project with a sheet of all nine statements of its smaller briefing, which nobody has read twice."""
    small_project(tmp_path, texts=False)
    (tmp_path / READINGS / "2031-05-01-a-second-reader.yml").unlink()
    assert run(tmp_path, "second-reading", "night-ferry", "--seed", "7") == 0
    return tmp_path


def fill(root: Path, answers: Mapping[str, Mapping[str, str]], names: Mapping[str, str] | None = None) -> None:
    """Answer the first entry whose quotation has some words, for each of them; all else stays blank."""
    path = root / SHEET
    sheet = yaml.safe_load(path.read_text(encoding="utf-8"))
    for words, answer in answers.items():
        next(entry for entry in sheet["statements"] if words in entry["quote"]).update(answer)
    sheet["names"] = dict(names or {})
    path.write_text(yaml.safe_dump(sheet, allow_unicode=True, sort_keys=False), encoding="utf-8")


def reading(root: Path) -> dict[str, Any]:
    """The only reading of the briefing."""
    (path,) = (root / READINGS).iterdir()
    text = path.read_text(encoding="utf-8")
    assert text == format_yaml(text.encode(), path.relative_to(root).as_posix())
    made: dict[str, Any] = yaml.safe_load(text)
    return made


def test_sheet_is_blind(root: Path) -> None:
    """The sheet has quotations, claims and paragraphs, but no holder, stance, kind or id, and another order than the
    briefing; it asks for the kind of a claim once. Git ignores it, and it is drawn in the same way again."""
    text = (root / SHEET).read_text(encoding="utf-8")
    entries = yaml.safe_load(text)["statements"]
    assert len(entries) == 9
    assert {value for entry in entries for key in ("holder", "stance", "kind") if (value := entry.get(key))} == set()
    assert sum("kind" in entry for entry in entries) == len({entry["claim"] for entry in entries}) == 3
    briefing = load_site(root).briefing["night-ferry"]
    order = [statement.quote for _, statement in briefing.statements]
    assert [entry["quote"] for entry in entries] != order
    body = text[text.index("\nstatements:") :]
    named = {*briefing.statement, *briefing.claim, *briefing.source, "captain", "post-passengers"}
    assert [name for name in named if re.search(rf"\b{re.escape(name)}\b(?![^\n]*\bquote)", _without_texts(body))] == []
    assert (root / "drafts/.gitignore").is_file()
    assert run(root, "second-reading", "night-ferry", "--seed", "7", "--to", str(root / "again.yml")) == 0
    assert yaml.safe_load((root / "again.yml").read_text(encoding="utf-8"))["statements"] == entries


def _without_texts(body: str) -> str:
    return "\n".join(row for row in body.split("\n") if not re.match(r"\s+(quote|claim|article):", row))


def test_both_answers_are_kept(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A name of a speaker is known, whatever its case; `article` is the article; a name of nobody is kept as
    typed, until somebody says whom it means. What is blank is left out; the same sheet replaces what it gave."""
    answers = {
        "We left the quay": {"holder": "ОЛЬГА неверова", "stance": "asserts", "kind": "event"},
        "engine room": {"holder": "some passengers", "stance": "denies"},
        "198": {"holder": "Article", "stance": "qualifies", "kind": ""},
    }
    fill(root, {words: {k: v for k, v in answer.items() if v} for words, answer in answers.items()})
    assert run(root, "reconcile", str(root / SHEET), "--by", "Bär Reader", "--note", "By <b>hand</b>.") == 0
    said = capsys.readouterr().out
    assert 'no speaker of night-ferry is called "some passengers"' in said
    assert "agency-captain: kind state, read as event" in said
    assert "post-198: stance asserts, read as qualifies" in said
    made = reading(root)
    assert (made["name"], made["seed"], made["drawn"], made["note"]) == ("Bär Reader", 7, 9, "By <b>hand</b>.")
    second = {entry["statement"]: entry["second"] for entry in made["statements"]}
    assert second["agency-captain"] == {"holder": "captain", "stance": "asserts", "kind": "event"}
    assert second["post-engine-room"] == {"holder": "some passengers", "stance": "denies"}
    assert second["post-198"] == {"holder": "the article", "stance": "qualifies"}
    assert len(second) == 3
    assert list_problems(root) == []
    fill(root, {}, {"Some passengers": "post-passengers"})
    assert run(root, "reconcile", str(root / SHEET), "--by", "Bär Reader", "--outside") == 0
    made = reading(root)
    assert made["outside"] is True
    assert made["names"] == {"Some passengers": "post-passengers"}
    assert {entry["second"]["holder"] for entry in made["statements"]} == {"captain", "post-passengers", "the article"}


def test_refusals(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Blank sheets, first readers, wrong words, unknown keys and names of nobody are refused, each at its place; and no
    sheet with answers is overwritten."""
    assert run(root, "reconcile", str(root / SHEET), "--by", "Somebody") == 1
    assert "9 blank" in capsys.readouterr().err
    fill(root, {"198": {"stance": "assert"}}, {"x": "nobody"})
    assert run(root, "reconcile", str(root / SHEET), "--by", "a tester") == 1
    assert "by somebody else" in capsys.readouterr().err
    path = root / SHEET
    text = path.read_text(encoding="utf-8")
    path.write_text(re.sub(r"key: \S+", "key: abc", text, count=1), encoding="utf-8")
    assert run(root, "reconcile", str(path), "--by", "Somebody") == 1
    said = capsys.readouterr().err
    assert re.search(r'second-reading-7\.yml:\d+:\d+: error: unknown stance "assert"', said)
    assert re.search(r'second-reading-7\.yml:\d+:\d+: error: no statement of night-ferry has the key "abc"', said)
    assert '"x" is said to be "nobody"' in said
    path.write_text("briefing: night-ferry\nseed: x\nextra: 1\nstatements: []\n", encoding="utf-8")
    assert run(root, "reconcile", str(path), "--by", "Somebody") == 1
    assert re.search(r"second-reading-7\.yml:\d+:\d+: error: unknown key", capsys.readouterr().err)
    assert run(root, "reconcile", str(root / "none.yml"), "--by", "Somebody") == 1
    assert run(root, "second-reading", "night-ferry", "--seed", "7") == 1
    assert not (root / READINGS).exists() or list((root / READINGS).iterdir()) == []


def test_change_after_the_sheet(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A statement that changed after the sheet was written is left out; one that changes after the reading is told by
    ``check``, and is no longer counted in the data."""
    fill(root, {"198": {"holder": "article"}, "We left the quay": {"holder": "captain"}})
    claims = root / "briefings/night-ferry/claims/fire.yml"
    replace_once(claims, "claim: About two hundred people were on the ferry.", "claim: Some 200 people were aboard.")
    assert run(root, "reconcile", str(root / SHEET), "--by", "Somebody") == 0
    assert "left out, as they changed after the sheet was written" in capsys.readouterr().out
    assert [entry["statement"] for entry in reading(root)["statements"]] == ["agency-captain"]
    replace_once(claims, "claim: The ship was told", "claim: She was told")
    (problem,) = list_problems(root)
    assert problem.endswith('"agency-captain" no longer counts as read by "Somebody": its claim changed [read-before]')
    assert run(root, "export", "--out", str(root / "out")) == 0
    data = json.loads((root / "out/api/v1/briefings/night-ferry/readings.json").read_text(encoding="utf-8"))
    assert (data["statements"], data["void"], data["readings"][0]["statements"][0]["counts"]) == (0, 1, False)


def test_two_sheets_of_a_day(root: Path) -> None:
    """Another sheet of the same reader and day is a reading of its own."""
    fill(root, {"198": {"holder": "article"}})
    assert run(root, "reconcile", str(root / SHEET), "--by", "Somebody") == 0
    path = root / SHEET
    path.write_text(path.read_text(encoding="utf-8").replace("seed: 7", "seed: 8"), encoding="utf-8")
    assert run(root, "reconcile", str(path), "--by", "Somebody") == 0
    names = sorted(path.name for path in (root / READINGS).iterdir())
    assert [name[10:] for name in names] == ["-somebody-8.yml", "-somebody.yml"]
