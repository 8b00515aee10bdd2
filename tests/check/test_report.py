"""Problems as JSON and as GitHub annotations; lines and groups are tested with the command."""

import json
import re

import pytest

from synoptic.base.problems import Place, Problem
from synoptic.check import report
from tests.projects import CHECKOUT

HOSTILE = "a|b\n::error::x%0A<script>`${{ secrets.X }}`[l](http://e.example) ##[add-mask]\x1b[31m @you #1, ü\u202e"


def make_problems(number: int, message: str = "wrong") -> list[Problem]:
    """``number`` problems; every third is a warning."""
    return [
        Problem(Place("briefings/a,b/c:d.yml", i, 2), message, "fix it", "key", "warning" if i % 3 == 2 else "error")
        for i in range(number)
    ]


def test_json_has_the_documented_shape() -> None:
    """The keys are those of the rules page, the text is ASCII, and hostile text comes back unchanged."""
    page = (CHECKOUT / "docs/contribute/rules.md").read_text(encoding="utf-8")
    documented = json.loads(page.split("```json\n")[1].split("```")[0])
    text = report.render_json(make_problems(4, HOSTILE), {"at_hand": 0, "of": 1})
    content = json.loads(text)
    assert text.isascii()
    assert "\x1b" not in text
    assert content["problems"][0]["message"] == HOSTILE
    assert [p["level"] for p in content["problems"]] == ["error", "error", "warning", "error"]
    assert (content["errors"], content["warnings"]) == (3, 1)
    assert content.keys() == documented.keys()
    assert content["problems"][0].keys() == documented["problems"][0].keys()


def test_github_annotations_are_limited_and_escaped() -> None:
    """Ten annotations, errors first, each on a line that no text can leave; the rest is in the summary."""
    commands, summary = report.render_github(make_problems(30, HOSTILE), "check")
    rows = commands.splitlines()
    assert len(rows) == report.ANNOTATIONS + 1
    assert all(row.startswith("::error file=briefings/a%2Cb/c%3Ad.yml,line=") for row in rows[:-1])
    assert all(row.count("::") == 4 for row in rows[:-1])  # two are the command's, two are in its text
    assert "%250A" in rows[0]
    assert "%0Atip: fix it" in rows[0]
    assert "\x1b" not in commands
    assert rows[-1] == "check: 20 errors, 10 warnings (20 of them in the step's summary)"
    table = [row for row in summary.splitlines() if row.startswith("| <code>")]
    assert len(table) == 20
    assert all(row.count("|") == 4 for row in table)
    assert not re.search(r"[<>`@\[\]#](?!code>|/code>|\d+;)", re.sub(r"</?code>|&#\d+;", "", table[0]))


@pytest.mark.parametrize(("number", "length", "rows"), [(10, 5, 0), (11, 5, 1), (4000, 390, None)])
def test_github_summary(number: int, length: int, rows: int | None) -> None:
    """The summary has what does not fit as annotations, within GitHub's limit, and counts the rest."""
    commands, summary = report.render_github(make_problems(number, "x" * length), "check")
    in_table = summary.count("| <code>")
    assert commands.count("\n") == report.ANNOTATIONS + 1
    assert bool(summary) == (number > report.ANNOTATIONS)
    assert len(summary.encode()) < 2**20
    if rows is None:
        assert 100 < in_table < 3990
        assert summary.endswith(f"\nAnd {3990 - in_table} more: run `synoptic check`.\n")
    else:
        assert in_table == rows
