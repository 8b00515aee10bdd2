"""`suggest --where` shows where else a claim is likely said, and writes nothing."""

from pathlib import Path

import pytest

from synoptic.similar.meaning import Meaning
from tests.projects import run, small_project


@pytest.fixture(autouse=True)
def _words_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """The optional library makes no difference here."""
    monkeypatch.setattr(Meaning, "load", lambda _=None: None)


def where(root: Path, claim: str, *more: str) -> int:
    """Run the command."""
    return run(root, "suggest", "harbour-tunnel", "--where", claim, *more)


def test_likeliest_sentences_are_shown(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Each article shows three sentences at most with their paragraphs; one that states the claim already, or was
    passed over, says so; nothing is written."""
    root = small_project(tmp_path)
    before = {path: path.read_bytes() for path in root.rglob("*") if path.is_file()}
    assert where(root, "two-years-late") == 0
    shown = capsys.readouterr().out
    assert shown.startswith("two-years-late: The tunnel is two years late.\n")
    assert "gazette: has 1 statement already (gazette-late)" in shown
    rows = [line for line in shown.split("wire:\n")[1].splitlines() if line.startswith("  ")]
    assert 1 <= len(rows) <= 3
    assert all("  ¶" in row for row in rows)
    assert "requirements-meaning.txt" in shown
    assert where(root, "opens-in-june") == 0
    assert "wire: passed over: Its June is the month of a festival." in capsys.readouterr().out
    assert {path: path.read_bytes() for path in root.rglob("*") if path.is_file()} == before


def test_one_article_is_enough(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """With --source only that article is shown, and a missing text is named."""
    assert where(small_project(tmp_path, texts=False), "two-years-late", "--source", "wire") == 0
    assert capsys.readouterr().out.splitlines()[2] == "wire: its text is missing"


def test_unknown_claim_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A claim that the briefing does not have is named, with the nearest that it has."""
    assert where(small_project(tmp_path), "two-years-latte") == 1
    assert 'no claim "two-years-latte" in harbour-tunnel: did you mean "two-years-late"?' in capsys.readouterr().err
