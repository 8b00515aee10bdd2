"""The context of quotations, from the text to the lock, the rule and the receipt."""

import hashlib
from pathlib import Path

import pytest

from synoptic.check.registry import check
from synoptic.history.diff.briefing import compare_briefings
from tests.projects import SMALL, load_site, run, small_project

COST, TURN = "The works cost 1.6 billion crowns.", "But that sum is in doubt, she said."
QUOTE = "that sum is in doubt"
LOCK = f"{SMALL}/sources/herald.lock"


def change(path: Path, before: str, after: str) -> None:
    """Replace some text of a file, which must have it."""
    text = path.read_text(encoding="utf-8")
    assert before in text
    path.write_text(text.replace(before, after), encoding="utf-8")


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A project in which an article takes back a quoted sentence in its next one."""
    small_project(tmp_path)
    article = tmp_path / SMALL / "articles/herald.txt"
    old = hashlib.sha256(article.read_bytes()).hexdigest()
    change(article, COST, f"{COST} {TURN}")
    change(tmp_path / LOCK, old, hashlib.sha256(article.read_bytes()).hexdigest())
    assert run(tmp_path, "lock", "--by", "A Tester") == 1
    return tmp_path


def rules(project: Path) -> list[str]:
    """The rules that the project breaks."""
    return [problem.rule for problem in check(load_site(project))]


def test_lock_records_the_word_alone(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The lock has the turning word and its place, and nothing else of the sentence."""
    lock = (project / LOCK).read_text(encoding="utf-8")
    assert "herald-cost: [{word: but, words: [65, 72]}]" in lock
    assert "doubt" not in lock
    capsys.readouterr()
    assert run(project, "check") == 1
    assert '"herald-cost" stops short of its context: the text goes on: "but"' in capsys.readouterr().out


def test_another_statement_makes_it_heard(project: Path) -> None:
    """A statement on the turning sentence answers the rule."""
    new = "{id: herald-doubt, source: herald, speaker: city-engineer, stance: questions, quote: that sum is in doubt}"
    change(project / SMALL / "claims/cost.yml", "    - {id: herald-cost,", f"    - {new}\n    - {{id: herald-cost,")
    run(project, "lock", "--by", "A Tester")
    assert "out-of-context" not in rules(project)


def test_another_statement_quotes_a_word_left_out(project: Path) -> None:
    """A statement of the same claim that quotes the word which another leaves out answers `left-out`; one that quotes
    other words does not."""
    claims, new = project / SMALL / "claims/cost.yml", "{id: herald-doubt, source: herald, speaker: city-engineer, "
    change(
        claims, "    - {id: herald-cost,", f"    - {new}stance: questions, quote: {QUOTE}}}\n    - {{id: herald-cost,"
    )
    run(project, "lock", "--by", "A Tester")
    lock = (project / LOCK).read_text(encoding="utf-8")
    line = next(line for line in lock.splitlines() if "statement: herald-cost," in line)
    for word, expected in (("in doubt", False), ("unlikely", True)):
        changed = line.replace("beside: []", f"beside: [{word}]")
        assert changed != line
        (project / LOCK).write_text(lock.replace(line, changed), encoding="utf-8")
        assert ("left-out" in rules(project)) == expected, word


def test_a_reason_answers_it(project: Path) -> None:
    """An exception with its reason answers the rule."""
    allowed = "{id: herald-cost, allow: {out-of-context: She speaks of another sum.},"
    change(project / SMALL / "claims/cost.yml", "{id: herald-cost,", allowed)
    assert "out-of-context" not in rules(project)
    assert "needless-exception" not in rules(project)


def test_an_unsure_turn_is_left_to_the_second_reader(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A turn that does not point back breaks no rule, and `check` is silent; the lock has it for `diff`."""
    article = project / SMALL / "articles/herald.txt"
    old = hashlib.sha256(article.read_bytes()).hexdigest()
    change(article, TURN, "However, nothing has been signed by the crown.")
    change(project / LOCK, old, hashlib.sha256(article.read_bytes()).hexdigest())
    run(project, "lock", "--by", "A Tester")
    assert "word: however, words: [65, 72], unsure: true" in (project / LOCK).read_text(encoding="utf-8")
    assert "out-of-context" not in rules(project)
    capsys.readouterr()
    run(project, "check")
    assert "herald-cost" not in capsys.readouterr().out


def test_a_lock_that_calls_a_sure_turn_unsure_is_found_out(project: Path) -> None:
    """With the text at hand, a lock cannot turn an error into a question."""
    change(project / LOCK, "words: [65, 72]}", "words: [65, 72], unsure: true}")
    assert "quotation" in rules(project)


def test_a_lock_that_hides_it_is_found_out(project: Path) -> None:
    """With the text at hand, a lock from which the turn was removed does not fit."""
    change(project / LOCK, "context:\n  herald-cost: [{word: but, words: [65, 72]}]\n", "context: {}\n")
    assert "quotation" in rules(project)


def test_an_old_lock_is_valid(tmp_path: Path) -> None:
    """A lock from before the field says nothing of any context, and breaks no rule."""
    small_project(tmp_path)
    for path in tmp_path.glob("briefings/*/sources/*.lock"):
        change(path, "context: {}\n", "")
    assert rules(tmp_path) == []


def test_relocking_keeps_names_and_days(project: Path) -> None:
    """To add the field to an old lock needs no new signature."""
    path = project / LOCK
    new = path.read_text(encoding="utf-8")
    change(path, "context:\n  herald-cost: [{word: but, words: [65, 72]}]\n", "")
    run(project, "lock", "--by", "Somebody Else")
    assert path.read_text(encoding="utf-8") == new


def test_diff_tells_of_a_removed_context(project: Path) -> None:
    """A lock that no longer records a turn is a change of the lock."""
    base = load_site(project)
    change(project / LOCK, "context:\n  herald-cost: [{word: but, words: [65, 72]}]\n", "")
    head = load_site(project)
    slug, words = "harbour-tunnel", (base.vocabulary, head.vocabulary)
    changes = list(compare_briefings(base.briefing[slug], head.briefing[slug], words, {}, {}))
    assert "other words turn its quotations" in str([change.values for change in changes])


def test_diff_tells_of_a_turn_that_became_unsure(project: Path) -> None:
    """A lock that makes a question of an error is a change of the lock, also without the text."""
    base = load_site(project)
    change(project / LOCK, "words: [65, 72]}", "words: [65, 72], unsure: true}")
    head = load_site(project)
    slug, words = "harbour-tunnel", (base.vocabulary, head.vocabulary)
    changes = list(compare_briefings(base.briefing[slug], head.briefing[slug], words, {}, {}))
    assert "other words turn its quotations" in str([change.values for change in changes])
