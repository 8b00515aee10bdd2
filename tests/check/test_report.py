"""What `check` says, to people and to programs, and what it mends."""

import json
import re
import sys
from pathlib import Path

import pytest

from build_tools.base.problems import Place, Problem
from build_tools.check import report
from build_tools.cli.main import main
from tests.projects import small_project

SLUG = "briefings/harbour-tunnel"
HOSTILE = "a|b\n::error::x%0A<script>`${{ secrets.X }}`[l](http://e.example) ##[add-mask]\x1b[31m @you #1, ü\u202e"


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The invented project, writable, outside of any CI."""
    monkeypatch.delenv("SYNOPTIC_ARTICLES", raising=False)
    monkeypatch.delenv("GITHUB_STEP_SUMMARY", raising=False)
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setenv("TERM", "xterm")
    return small_project(tmp_path)


def edit(path: Path, before: str, after: str) -> None:
    """Change a file in one place."""
    text = path.read_text(encoding="utf-8")
    assert text.count(before) == 1
    path.write_text(text.replace(before, after), encoding="utf-8")


def problems(number: int, message: str = "wrong") -> list[Problem]:
    """As many problems, the last of each three a warning."""
    return [
        Problem(Place("briefings/a,b/c:d.yml", i, 2), message, "mend it", "key", "warning" if i % 3 == 2 else "error")
        for i in range(number)
    ]


def test_a_pipe_gets_plain_lines(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Nothing but a line for each problem, its tip, and the count: greppable, without colour."""
    edit(root / SLUG / "claims/cost.yml", 'kind: state\n  terms: ["cost*"', 'kind: sate\n  terms: ["cost*"')
    assert main(["--root", str(root), "check"]) == 1
    out = capsys.readouterr().out
    assert out == (
        f'{SLUG}/claims/cost.yml:3:9: error: unknown kind of claim "sate" [unknown-word]\n'
        '    tip: did you mean "state"?\n'
        "check (6 of 6 texts at hand): 1 error, 0 warnings\n"
    )


@pytest.mark.parametrize("setting", ["", "1"])
def test_a_terminal_gets_groups(
    root: Path, setting: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """By file, with a count for each; coloured unless NO_COLOR is set to something."""
    edit(root / SLUG / "claims/cost.yml", 'kind: state\n  terms: ["cost*"', 'kind: sate\n  terms: ["cost*"')
    edit(root / SLUG / "sources/herald.yml", "genre: news", "genre: nws")
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    monkeypatch.setenv("NO_COLOR", setting)
    assert main(["--root", str(root), "check"]) == 1
    out = capsys.readouterr().out
    assert ("\x1b[" in out) == (setting == "")
    assert re.sub(r"\x1b\[\d+m", "", out) == (
        f"{SLUG}/claims/cost.yml  1 error, 0 warnings\n"
        '  3:9: error: unknown kind of claim "sate" [unknown-word]\n'
        '      tip: did you mean "state"?\n\n'
        f"{SLUG}/sources/herald.yml  1 error, 0 warnings\n"
        '  4:8: error: unknown genre "nws" [unknown-word]\n'
        '      tip: did you mean "news"?\n\n'
        "check (6 of 6 texts at hand): 2 errors, 0 warnings\n"
    )


def test_json(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """One object of the documented shape, whatever the texts hold, also where nothing could be read."""
    assert main(["--root", str(root), "check", "--format", "json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told == {
        "version": 1, "errors": 0, "warnings": 0, "texts": {"at_hand": 6, "of": 6}, "fixed": [], "problems": [],
    }  # fmt: skip
    page = (Path(__file__).parents[2] / "docs/contribute/rules.md").read_text(encoding="utf-8")
    documented = json.loads(page.split("```json\n")[1].split("```")[0])
    made = report.render_json(problems(4, HOSTILE), {"at_hand": 0, "of": 1})
    shown = json.loads(made)
    assert made.isascii()
    assert "\x1b" not in made
    assert shown["problems"][0]["message"] == HOSTILE
    assert [p["level"] for p in shown["problems"]] == ["error", "error", "warning", "error"]
    assert (shown["errors"], shown["warnings"]) == (3, 1)
    assert shown.keys() == documented.keys()
    assert shown["problems"][0].keys() == documented["problems"][0].keys()
    (root / "briefings/vocabulary.yml").write_text("a: [", encoding="utf-8")
    assert main(["--root", str(root), "check", "--format", "json"]) == 1
    assert json.loads(capsys.readouterr().out)["problems"][0]["path"] == "briefings/vocabulary.yml"


def test_github_annotations_are_within_the_limit_and_escaped() -> None:
    """Ten annotations, errors first, each on one line of its own that no text can leave; the rest in the summary."""
    told, summary = report.render_github(problems(30, HOSTILE), "check")
    rows = told.splitlines()
    assert len(rows) == report.ANNOTATIONS + 1
    assert all(row.startswith("::error file=briefings/a%2Cb/c%3Ad.yml,line=") for row in rows[:-1])
    assert all(row.count("::") == 4 for row in rows[:-1])  # two are the command's, two stand in its text
    assert "%250A" in rows[0]
    assert "%0Atip: mend it" in rows[0]
    assert "\x1b" not in told
    assert rows[-1] == "check: 20 errors, 10 warnings (20 of them in the step's summary)"
    table = [row for row in summary.splitlines() if row.startswith("| <code>")]
    assert len(table) == 20
    assert all(row.count("|") == 4 for row in table)
    assert not re.search(r"[<>`@\[\]#](?!code>|/code>|\d+;)", re.sub(r"</?code>|&#\d+;", "", table[0]))


def test_few_problems_need_no_summary() -> None:
    """Where all fit as annotations, the summary stays empty."""
    told, summary = report.render_github(problems(10), "check")
    assert (told.count("\n"), summary) == (11, "")


def test_a_summary_has_its_limit() -> None:
    """Thousands of long problems stay within what GitHub takes, and the rest is counted."""
    many = problems(4000, "x" * 390)
    summary = report.render_github(many, "check")[1]
    shown = summary.count("| <code>")
    assert len(summary.encode()) < 2**20
    assert 100 < shown < 3990
    assert summary.endswith(f"\nAnd {3990 - shown} more: run `python -m build_tools check`.\n")


def test_github_command(
    root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """On GitHub the rest is appended to the step's summary; elsewhere nobody misses it."""
    text = (root / SLUG / "claims/cost.yml").read_text(encoding="utf-8")
    more = "".join(f"- {{id: more-{i}, claim: More., kind: sate, terms: [sale]}}\n" for i in range(12))
    (root / SLUG / "claims/cost.yml").write_text(text + more, encoding="utf-8")
    assert main(["--root", str(root), "check", "--format", "github"]) == 1
    alone = capsys.readouterr().out
    summary = tmp_path / "summary.md"
    summary.write_text("before\n", encoding="utf-8")
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(summary))
    assert main(["--root", str(root), "check", "--format", "github"]) == 1
    out = capsys.readouterr().out
    assert alone.startswith(out)
    assert out.count("::error ") == report.ANNOTATIONS
    assert summary.read_text(encoding="utf-8").startswith("before\n### check")
    assert alone.count("more-11") > 0


NEEDLESS = "    - {source: herald, reason: It speaks of the works.}  # seen twice\n"


def test_fix_mends_what_has_one_answer(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Needless exceptions go, files get their form, comments stay, everything is said, and a second run does
    nothing."""
    dates, cost = root / SLUG / "claims/opening-date.yml", root / SLUG / "claims/cost.yml"
    edit(dates, "  passed_over:\n", "  passed_over:\n" + NEEDLESS)
    edit(cost, "{id: herald-cost,", "{id: herald-cost, allow: {left-out: Nothing was.},")
    edit(root / "briefings/night-ferry/sources/daily.yml", "genre: news", "genre: news\nindependent: {post: So.}")
    edit(root / SLUG / "sources/herald.yml", "label: Herald", "label: Herald\nid: herald")
    assert main(["--root", str(root), "check"]) == 1
    capsys.readouterr()
    assert main(["--root", str(root), "check", "--fix"]) == 0
    out = capsys.readouterr().out
    assert out.count(": removed: ") == 4
    assert re.search(r'claims/opening-date.yml:25:\d+: removed: "herald" need not be passed over: it has a', out)
    assert f"{SLUG}/claims/cost.yml: put into its canonical form" in out
    assert out.endswith("check (6 of 6 texts at hand): 0 errors, 0 warnings\n")
    assert "# seen twice" in dates.read_text(encoding="utf-8")
    assert "It speaks of the works." not in dates.read_text(encoding="utf-8")
    assert "allow" not in cost.read_text(encoding="utf-8")
    assert main(["--root", str(root), "check", "--fix"]) == 0
    assert capsys.readouterr().out == "check (6 of 6 texts at hand): 0 errors, 0 warnings\n"


def test_fix_leaves_what_somebody_must_decide(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """An altered quotation, an unknown exception, two reasons for one source, another id: reported, not touched."""
    edit(root / SLUG / "claims/opening-date.yml", "first of June", "third of June")
    edit(root / SLUG / "claims/cost.yml", "{id: herald-cost,", "{id: herald-cost, allow: {left-outt: So.},")
    edit(
        root / SLUG / "claims/cost.yml",
        "    - {source: wire, reason:",
        "    - {source: wire, reason: Another.}\n    - {source: wire, reason:",
    )
    edit(root / SLUG / "sources/herald.yml", "label: Herald", "label: Herald\nid: heralds")
    assert main(["--root", str(root), "check", "harbour-tunnel", "--fix"]) == 1
    out = capsys.readouterr().out
    assert "removed" not in out
    text = (root / SLUG / "claims/cost.yml").read_text(encoding="utf-8")
    assert all(one in text for one in ("left-outt: So.", "Another.", "the ferries' service"))
    assert "third of June" in (root / SLUG / "claims/opening-date.yml").read_text(encoding="utf-8")
    assert "id: heralds" in (root / SLUG / "sources/herald.yml").read_text(encoding="utf-8")
    assert "put into" not in "".join(row for row in out.splitlines(True) if "night-ferry" in row)


def test_fix_of_one_repeated_reason(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The same source passed over twice for the same reason keeps one of the two."""
    same = "    - {source: wire, reason: Its June is the month of a festival.}\n"
    edit(root / SLUG / "claims/opening-date.yml", same, same + same)
    assert main(["--root", str(root), "check", "--fix"]) == 0
    assert "passed over twice" in capsys.readouterr().out
    assert (root / SLUG / "claims/opening-date.yml").read_text(encoding="utf-8").count("a festival") == 1


def test_fix_and_json(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """In JSON, what was mended stands under its own key."""
    assert main(["--root", str(root), "check", "--fix", "--format", "json"]) == 0
    assert any("canonical form" in one for one in json.loads(capsys.readouterr().out)["fixed"])


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (["check"], 0),
        (["check", "nowhere"], 1),
        (["check", "../.."], 1),
        (["check", "--fix", "--against", "a.txt"], 1),
        (["check", "--format", "xml"], 2),
        (["chek"], 2),
        ([], 2),
    ],
)
def test_exit_codes(root: Path, words: list[str], code: int, capsys: pytest.CaptureFixture[str]) -> None:
    """0: all is well; 1: errors, or it could not be done; 2: not understood. Each but the first says why."""
    try:
        found = main(["--root", str(root), *words])
    except SystemExit as stop:
        found = int(stop.code or 0)
    assert found == code
    assert (capsys.readouterr().err != "") == (code != 0)
