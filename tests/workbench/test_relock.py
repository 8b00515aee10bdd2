"""The workbench's short cuts give what the long way gives: the same locks and the same problems."""

from pathlib import Path
from typing import Any

import pytest

from synoptic.check.registry import check_briefing
from synoptic.compare.lock import make_lock
from synoptic.compare.telling import list_names
from tests.projects import run
from tests.workbench.desk import FOLDER, SLUG, Desk, tidy_project

#: Changes one after the other, which reach other claims, other sources, searches and relations.
STEPS: list[list[dict[str, Any]]] = [
    [{"do": "add-statement", "claim": "two-years-late", "source": "herald", "quote": "tunnel stays closed"}],
    [{"do": "add-statement", "claim": "cost-19", "source": "wire", "quote": "The festival in June goes ahead"}],
    [{"do": "edit-claim", "claim": "what-inspection-found", "terms": ["inspect*", "fans", "festival", "tunnel*"]}],
    [{"do": "edit-claim", "claim": "fleet-for-sale", "text": "The tunnel is for sale.", "terms": ["tunnel*", "sale"]}],
    [{"do": "edit-statement", "statement": "herald-late", "stance": "denies", "quote": "tunnel is two years late"}],
    [{"do": "edit-statement", "statement": "herald-cost", "claim": "two-years-late"}],
    [{"do": "edit-statement", "statement": "gazette-late", "quote": "words that are not there"}],
    [{"do": "set-kind", "source": "herald", "paragraph": 6, "kind": "caption"}],
    [{"do": "add-speaker", "name": "Olga Fann", "kind": "person"},
     {"do": "edit-statement", "statement": "gazette-fleet", "holder": "@0"}],
    [{"do": "add-claim", "topic": "opening-date", "claim": "The fans fail.", "kind": "state", "answer": "late",
      "terms": ["fan*"]},
     {"do": "add-statement", "claim": "@0", "source": "herald", "quote": "If the fans fail"}],
    [{"do": "pass-over", "claim": "what-inspection-found", "sources": ["wire"], "reason": "It is of a festival."}],
    [{"do": "remove-claim", "claim": "opens-in-june", "reason": "It was wrong."}],
    [{"do": "set-gist", "source": "herald", "first": 1, "last": 1, "gist": "The fans of the tunnel fail."}],
    [{"do": "edit-source", "source": "herald", "title": "The tunnel is two years late",
      "independent": {"wire": "They met."}}],
]  # fmt: skip


def assert_as_from_nothing(desk: Desk) -> None:
    """The locks and the problems of the state are those of a check of the same files from nothing."""
    journal = desk.bench.journal_file(SLUG).read()
    reading = desk.bench.read(SLUG, journal)
    assert reading.locked is not None
    whole = reading.locked.briefing
    names = list_names(whole, reading.site.speakers_of(whole))
    for source in whole.sources:
        text, sha = whole.texts[source.id], whole.locks[source.id].sha256
        made = make_lock(whole, source, text, sha, reading.site.vocabulary, names)
        assert reading.locked.made[source.id] == made, source.id
    found = check_briefing(reading.briefing, reading.site)
    shown = [(one["path"], one["line"], one["rule"], one["message"], one["tip"]) for one in desk.state["problems"]]
    assert shown == [(one.place.path, one.place.line, one.rule, one.message, one.tip) for one in found]


@pytest.mark.slow
def test_each_change_is_as_from_nothing(tmp_path: Path) -> None:
    """After each of many changes, and after each is undone, locks and problems are as if made from nothing."""
    desk = Desk(tidy_project(tmp_path))
    assert_as_from_nothing(desk)
    for step in STEPS:
        desk.change(*step)
        assert_as_from_nothing(desk)
    for _ in STEPS:
        desk.step(-1)
    assert_as_from_nothing(desk)
    assert desk.state["problems"] == []


@pytest.mark.slow
def test_a_saved_state_is_what_check_finds(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """After saving, the command `check` lists the problems that the workbench shows, and no others."""
    desk = Desk(tidy_project(tmp_path))
    for step in STEPS:
        desk.change(*step)
    desk.save()
    capsys.readouterr()
    run(desk.root, "check", SLUG)
    out = capsys.readouterr().out
    for problem in desk.state["problems"]:
        assert f"{problem['path']}:{problem['line']}:{problem['column']}: {problem['level']}: " in out
    assert out.count(": error: ") + out.count(": warning: ") == len(desk.state["problems"])


def test_problems_stand_beside_their_cause(tmp_path: Path) -> None:
    """Each problem names the statement, claim, source or paragraph that caused it, and the exception it allows."""
    desk = Desk(tidy_project(tmp_path))
    desk.change({"do": "edit-statement", "statement": "gazette-late", "quote": "words that are not there"})
    desk.change({"do": "edit-claim", "claim": "cost-19", "terms": None})
    desk.change({"do": "set-gist", "source": "wire", "first": 1, "last": 1, "gist": "word " * 40})
    desk.change({"do": "edit-statement", "statement": "herald-engineer-untested", "quote": "has tested that date"})
    problems = {one["rule"]: one for one in desk.state["problems"]}
    assert problems["quotation"]["about"] == {"statement": "gazette-late", "claim": "two-years-late"}
    assert problems["no-terms"]["about"] == {"claim": "cost-19"}
    assert problems["gist"]["about"]["source"] == "wire"
    assert problems["left-out"]["exception"] == "left-out"
    assert [one["rule"] for one in desk.statement("gazette-late")["problems"]] == ["quotation"]
    assert "no-terms" in [one["rule"] for one in desk.claim("cost-19")["problems"]]


def test_a_text_that_arrives_is_read(tmp_path: Path) -> None:
    """A text that is put into the folder, or taken away, is noticed with the next request."""
    desk = Desk(tidy_project(tmp_path))
    text = desk.root / FOLDER / "articles/herald.txt"
    path = next(path for path in (desk.root / FOLDER / "articles").iterdir() if path.stem == text.stem)
    data = path.read_bytes()
    path.unlink()
    assert not next(one for one in desk.bench.state(SLUG)["sources"] if one["id"] == "herald")["at_hand"]
    path.write_bytes(data)
    assert next(one for one in desk.bench.state(SLUG)["sources"] if one["id"] == "herald")["at_hand"]
