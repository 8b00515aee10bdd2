"""A whole sentence of narration may have thirty words: the lock records that it is one."""

import shutil
from pathlib import Path

import pytest

from synoptic.check.registry import check
from tests.projects import load_site, replace_once, run, small_project

SENTENCE = (
    "Nobody at the town hall would add anything to that when this invented reporter rang, twice, on a wet afternoon"
)


@pytest.mark.parametrize(
    ("quote", "allow", "whole", "rules"),
    [
        (SENTENCE, "", True, set()),
        (f"{SENTENCE}.", "", True, set()),
        (SENTENCE.removeprefix("Nobody at "), "", False, {"over-length"}),
        (SENTENCE.removesuffix(" on a wet afternoon"), "", False, {"over-length"}),
        (SENTENCE, ", allow: {over-length: It is all about silence.}", False, set()),
    ],
)
def test_whole_sentence(quote: str, allow: str, whole: bool, rules: set[str], tmp_path: Path) -> None:
    """It is recorded where no reason is given, and holds with the text and without it."""
    root = small_project(tmp_path)
    claims = root / "briefings/harbour-tunnel/claims/cost.yml"
    old = "quote: The works cost 1.9 billion crowns"
    replace_once(claims, old, f'quote: "{quote}"{allow}')
    run(root, "lock", "--by", "A Tester")
    lock = root / "briefings/harbour-tunnel/sources/gazette.lock"
    assert ("whole: true" in lock.read_text("utf-8")) == whole
    for _ in ("with texts", "without"):
        site = load_site(root)
        entry = site.briefing["harbour-tunnel"].locked(site.briefing["harbour-tunnel"].statement["gazette-cost"])
        assert entry is not None
        assert entry.whole == whole
        found = {problem.rule for problem in check(site)}
        assert found & {"quotation", "over-length", "over-limit", "needless-exception"} == rules
        shutil.rmtree(root / "briefings/harbour-tunnel/articles", ignore_errors=True)


def test_sentence_that_is_none_is_refused(tmp_path: Path) -> None:
    """A lock that calls words a sentence does not pass with the text."""
    root = small_project(tmp_path)
    lock = root / "briefings/harbour-tunnel/sources/gazette.lock"
    replace_once(
        lock, "words: [[44, 50]], marks: false, beside: []", "words: [[44, 50]], marks: false, beside: [], whole: true"
    )
    assert "quotation" in {problem.rule for problem in check(load_site(root))}
