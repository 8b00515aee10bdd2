"""The command ``check``: its output for people and programs, ``--fix``, and the exit codes of all commands."""

import json
import re
import sys
from pathlib import Path

import pytest

from build_tools.check import report
from tests.projects import SMALL, replace_once, run, small_project

Output = pytest.CaptureFixture[str]
CLEAN = "check (6 of 6 texts at hand): 0 errors, 0 warnings\n"


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The small project, outside of any CI."""
    for name in ("SYNOPTIC_ARTICLES", "GITHUB_STEP_SUMMARY", "NO_COLOR"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("TERM", "xterm")
    return small_project(tmp_path)


@pytest.fixture
def cost(root: Path) -> Path:
    """The claims on cost."""
    return root / SMALL / "claims/cost.yml"


@pytest.fixture
def dates(root: Path) -> Path:
    """The claims on the opening date."""
    return root / SMALL / "claims/opening-date.yml"


@pytest.fixture
def herald(root: Path) -> Path:
    """A source."""
    return root / SMALL / "sources/herald.yml"


def misspell_kind(cost: Path) -> None:
    """Break the rule unknown-word."""
    replace_once(cost, 'kind: state\n  terms: ["cost*"', 'kind: sate\n  terms: ["cost*"')


def test_a_pipe_gets_plain_lines(root: Path, cost: Path, capsys: Output) -> None:
    """A line for each problem, a line for its tip, and the count: easy to grep, without colour."""
    misspell_kind(cost)
    assert run(root, "check") == 1
    assert capsys.readouterr().out == (
        f'{SMALL}/claims/cost.yml:3:9: error: unknown kind of claim "sate" [unknown-word]\n'
        '    tip: did you mean "state"?\n'
        "check (6 of 6 texts at hand): 1 error, 0 warnings\n"
    )


@pytest.mark.parametrize("no_color", ["", "1"])
def test_a_terminal_gets_groups(
    root: Path, cost: Path, herald: Path, no_color: str, monkeypatch: pytest.MonkeyPatch, capsys: Output
) -> None:
    """Problems are grouped by file, with counts; they are coloured unless NO_COLOR is set and not empty."""
    misspell_kind(cost)
    replace_once(herald, "genre: news", "genre: nws")
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    monkeypatch.setenv("NO_COLOR", no_color)
    assert run(root, "check") == 1
    out = capsys.readouterr().out
    assert ("\x1b[" in out) == (no_color == "")
    assert re.sub(r"\x1b\[\d+m", "", out) == (
        f"{SMALL}/claims/cost.yml  1 error, 0 warnings\n"
        '  3:9: error: unknown kind of claim "sate" [unknown-word]\n'
        '      tip: did you mean "state"?\n\n'
        f"{SMALL}/sources/herald.yml  1 error, 0 warnings\n"
        '  4:8: error: unknown genre "nws" [unknown-word]\n'
        '      tip: did you mean "news"?\n\n'
        "check (6 of 6 texts at hand): 2 errors, 0 warnings\n"
    )


def test_json(root: Path, capsys: Output) -> None:
    """One object, even if nothing can be read."""
    assert run(root, "check", "--format", "json") == 0
    assert json.loads(capsys.readouterr().out) == {
        "version": 1, "errors": 0, "warnings": 0, "texts": {"at_hand": 6, "of": 6}, "fixed": [], "problems": [],
    }  # fmt: skip
    (root / "briefings/vocabulary.yml").write_text("a: [", encoding="utf-8")
    assert run(root, "check", "--format", "json") == 1
    assert json.loads(capsys.readouterr().out)["problems"][0]["path"] == "briefings/vocabulary.yml"


def test_github(root: Path, cost: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Output) -> None:
    """What is not annotated is appended to the step's summary on GitHub, and printed elsewhere."""
    with cost.open("a", encoding="utf-8") as file:
        file.writelines(f"- {{id: more-{i}, claim: More., kind: sate, terms: [sale]}}\n" for i in range(12))
    assert run(root, "check", "--format", "github") == 1
    out_elsewhere = capsys.readouterr().out
    summary = tmp_path / "summary.md"
    summary.write_text("before\n", encoding="utf-8")
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(summary))
    assert run(root, "check", "--format", "github") == 1
    out = capsys.readouterr().out
    assert out_elsewhere.startswith(out)
    assert out.count("::error ") == report.ANNOTATIONS
    assert summary.read_text(encoding="utf-8").startswith("before\n### check")
    assert "more-11" in out_elsewhere


def test_fix(root: Path, cost: Path, dates: Path, herald: Path, capsys: Output) -> None:
    """Removes needless exceptions, lays out files, keeps comments, reports each change; a second run does nothing."""
    needless = "    - {source: herald, reason: It speaks of the works.}  # seen twice\n"
    replace_once(dates, "  passed_over:\n", "  passed_over:\n" + needless)
    replace_once(cost, "{id: herald-cost,", "{id: herald-cost, allow: {left-out: Nothing was.},")
    daily = root / "briefings/night-ferry/sources/daily.yml"
    replace_once(daily, "genre: news", "genre: news\nindependent: {post: So.}")
    replace_once(herald, "label: Herald", "label: Herald\nid: herald")
    assert run(root, "check") == 1
    capsys.readouterr()
    assert run(root, "check", "--fix") == 0
    out = capsys.readouterr().out
    assert out.count(": removed: ") == 4
    assert re.search(r'claims/opening-date.yml:25:\d+: removed: "herald" need not be passed over: it has a', out)
    assert f"{SMALL}/claims/cost.yml: put into its canonical form" in out
    assert out.endswith(CLEAN)
    assert "# seen twice" in dates.read_text(encoding="utf-8")
    assert "It speaks of the works." not in dates.read_text(encoding="utf-8")
    assert "allow" not in cost.read_text(encoding="utf-8")
    assert run(root, "check", "--fix") == 0
    assert capsys.readouterr().out == CLEAN


def test_fix_leaves_decisions_to_people(root: Path, cost: Path, dates: Path, herald: Path, capsys: Output) -> None:
    """An altered quotation, an unknown exception, two reasons for one source, another id: reported, not changed."""
    replace_once(dates, "first of June", "third of June")
    replace_once(cost, "{id: herald-cost,", "{id: herald-cost, allow: {left-outt: So.},")
    reason = "    - {source: wire, reason:"
    replace_once(cost, reason, f"    - {{source: wire, reason: Another.}}\n{reason}")
    replace_once(herald, "label: Herald", "label: Herald\nid: heralds")
    assert run(root, "check", "harbour-tunnel", "--fix") == 1
    out = capsys.readouterr().out
    assert "removed" not in out
    text = cost.read_text(encoding="utf-8")
    assert all(part in text for part in ("left-outt: So.", "Another.", "the ferries' service"))
    assert "third of June" in dates.read_text(encoding="utf-8")
    assert "id: heralds" in herald.read_text(encoding="utf-8")
    assert "put into" not in "".join(row for row in out.splitlines(True) if "night-ferry" in row)


def test_fix_keeps_one_of_two_equal_entries(root: Path, dates: Path, capsys: Output) -> None:
    """A source passed over twice for the same reason is passed over once."""
    entry = "    - {source: wire, reason: Its June is the month of a festival.}\n"
    replace_once(dates, entry, entry + entry)
    assert run(root, "check", "--fix") == 0
    assert "passed over twice" in capsys.readouterr().out
    assert dates.read_text(encoding="utf-8").count("a festival") == 1


def test_fix_and_json(root: Path, capsys: Output) -> None:
    """In JSON, the changes are under ``fixed``."""
    assert run(root, "check", "--fix", "--format", "json") == 0
    assert any("canonical form" in change for change in json.loads(capsys.readouterr().out)["fixed"])


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (["check"], 0),
        (["check", "nowhere"], 1),
        (["check", "../.."], 1),
        (["check", "--fix", "--against", "a.txt"], 1),
        (["check", "--format", "xml"], 2),
        (["lock", "nowhere"], 1),
        (["ingest", "x"], 2),
        (["chek"], 2),
        ([], 2),
    ],
)
def test_exit_codes(root: Path, words: list[str], code: int, capsys: Output) -> None:
    """0: no errors; 1: errors, or the command could not work; 2: not understood. 1 and 2 say why."""
    assert run(root, *words) == code
    assert (capsys.readouterr().err != "") == (code != 0)
