"""The commands, as people type them."""

import dataclasses
import io
import json
import re
import shlex
import shutil
import subprocess
import sys
import textwrap
from pathlib import Path
from typing import Any

import pytest

from synoptic.check import report
from synoptic.check.registry import check
from synoptic.cli.main import COMMANDS, main
from synoptic.compare.summary import replace_briefings
from synoptic.load.load import load
from tests.projects import CHECKOUT, SMALL, apply_edit, read_files, replace_once, run
from tests.yaml_files import read_yaml

Output = pytest.CaptureFixture[str]
CASES = read_yaml(Path(__file__).parent / "commands.yml")


@pytest.mark.parametrize("name", CASES)
def test_commands(name: str, root: Path, capsys: Output, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every step of a case in commands.yml has the effect that it names."""
    for step in CASES[name]["steps"]:
        path = root / step.get("file", "")
        if "run" in step:
            pasted = io.BytesIO(step.get("pasted", "").encode())
            monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(pasted, encoding="utf-8"))
            check_command(root, step, capsys)
        elif "gone" in step:
            assert not path.exists()
        elif "files" in step:
            assert sorted(read_files(path)) == step["files"]
        elif {"has", "lacks", "counts", "is"} & step.keys():
            check_text(path.read_text(encoding="utf-8"), step)
        else:
            apply_edit(root, step)


def check_command(root: Path, step: dict[str, Any], capsys: Output) -> None:
    """Run the command of a step, and compare what it does with what the step says."""
    before = files_but_cache(root)
    code = run(root, *shlex.split(step["run"].replace("ROOT", str(root))))
    output = capsys.readouterr()
    assert code == step.get("code", 0), output
    check_text(output.out, step)
    check_text(output.err, {"has": step["warns"]} if "warns" in step else {"is": ""})
    assert not step.get("same") or files_but_cache(root) == before


def files_but_cache(root: Path) -> dict[str, bytes]:
    """Every file of a project except those that one run leaves for the next."""
    return {path: content for path, content in read_files(root).items() if not path.startswith(".cache/")}


def check_text(text: str, step: dict[str, Any]) -> None:
    """Compare a text with what a step says of it."""
    assert [pattern for pattern in step.get("has", ()) if not re.search(pattern, text)] == [], text
    assert [pattern for pattern in step.get("lacks", ()) if re.search(pattern, text)] == [], text
    assert {part: text.count(part) for part in step.get("counts", ())} == step.get("counts", {}), text
    assert text == step.get("is", text)


def test_check_against_another_copy(root: Path, tmp_path: Path, capsys: Output) -> None:
    """A reviewer's copy need not be the same bytes; the source is recognised by its quotations."""
    text = (root / SMALL / "articles/gazette.txt").read_text(encoding="utf-8")
    copy = tmp_path / "copy.txt"
    copy.write_text("Another header\r\n" + re.sub("[“”]", '"', text).replace("\n", "\r\n"), encoding="utf-8")
    assert run(root, "check", "--against", str(copy)) == 0
    assert "harbour-tunnel/gazette: 6 of 6 quotations match" in capsys.readouterr().out
    replace_once(copy, "first of June", "first of July")
    assert run(root, "check", "harbour-tunnel", "--against", str(copy)) == 1
    assert 'it has "June", the text has "July"' in capsys.readouterr().out


def test_a_lost_lock_is_made_again(root: Path) -> None:
    """Where a lock is lost, the text kept under the source's name serves to make it again."""
    lock = root / SMALL / "sources/wire.lock"
    before = lock.read_bytes()
    lock.unlink()
    assert run(root, "lock", "--by", "A Tester") == 0
    assert re.sub(rb"checked_on: .*", b"", lock.read_bytes()) == re.sub(rb"checked_on: .*", b"", before)


def test_texts_are_found_by_their_bytes(root: Path, monkeypatch: pytest.MonkeyPatch, capsys: Output) -> None:
    """SYNOPTIC_ARTICLES may hold the texts under any name."""
    (root / SMALL / "articles").rename(root / "texts")
    for number, path in enumerate(sorted((root / "texts").iterdir())):
        path.rename(path.with_name(f"{number}.txt"))
    monkeypatch.setenv("SYNOPTIC_ARTICLES", str(root / "texts"))
    assert run(root, "check") == 0
    assert "6 of 6 texts" in capsys.readouterr().out


def test_export_is_stable(root: Path, tmp_path: Path) -> None:
    """The data holds what is promised, and is the same bytes with the texts and without."""
    assert run(root, "export", "--out", str(tmp_path / "one")) == 0
    shutil.rmtree(root / SMALL / "articles")
    assert run(root, "export", "--out", str(tmp_path / "two")) == 0
    one, two = (tmp_path / n / "briefings/harbour-tunnel/briefing.json" for n in ("one", "two"))
    assert one.read_bytes() == two.read_bytes()
    data = json.loads(one.read_text(encoding="utf-8"))
    assert data["briefing"]["bottom_line"][0] == {
        "text": "The company says it opens in June; two articles call it two years late.",
        "claims": ["opens-in-june", "two-years-late"],
    }
    claims = {c["id"]: c for c in data["claims"]}
    assert {i: c["verdict"] for i, c in claims.items()} == {
        "opens-in-june": "contested", "two-years-late": "agreed", "what-inspection-found": "open",
        "cost-19": "contested", "fleet-for-sale": "one source, unnamed",
    }  # fmt: skip
    engineer = claims["opens-in-june"]["statements"][2]
    assert (engineer["speaker"], engineer["mode"], engineer["paragraph"], engineer["block_kind"]) == (
        "city-engineer", "direct", 5, "body",
    )  # fmt: skip
    assert claims["two-years-late"]["statements"][0]["speaker"] is None
    assert claims["opens-in-june"]["silence"] == [
        {"source": "wire", "state": "passed over", "terms": ["june", "open*"],
         "reason": "Its June is the month of a festival."},
    ]  # fmt: skip


@pytest.mark.articles
def test_our_briefings_with_their_articles(
    articles: list[Path], monkeypatch: pytest.MonkeyPatch, capsys: Output
) -> None:
    """Every briefing of ours passes; where a folder holds a briefing's texts, they are found by their SHA-256."""
    monkeypatch.setenv("SYNOPTIC_ARTICLES", ":".join(map(str, articles)))
    site, problems = load(CHECKOUT, articles=articles)
    assert site is not None
    assert [problem for problem in problems if problem.level == "error"] == []
    at_hand = sum(len(briefing.texts) for briefing in site.briefings)
    assert at_hand >= 5  # the example's
    assert run(CHECKOUT, "check") == 0
    of = sum(len(briefing.sources) for briefing in site.briefings)
    assert f"check ({at_hand} of {of} texts at hand)" in capsys.readouterr().out


def test_our_briefings_without_their_articles(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every briefing of ours passes on a machine that holds none of the texts: its locks answer for them."""
    monkeypatch.delenv("SYNOPTIC_ARTICLES", raising=False)
    site, problems = load(CHECKOUT)
    assert site is not None
    bare = replace_briefings(site, (dataclasses.replace(one, texts={}, changed={}) for one in site.briefings))
    assert [problem for problem in (*problems, *check(bare)) if problem.level == "error"] == []


def test_check_against_a_wrapped_copy(root: Path, tmp_path: Path, capsys: Output) -> None:
    """A copy that breaks its lines anywhere, and types an em dash as an en dash, is an honest copy."""
    text = (root / SMALL / "articles/herald.txt").read_text(encoding="utf-8")
    copy = tmp_path / "copy.txt"
    copy.write_text("\n\n".join(textwrap.wrap(text, 40)), encoding="utf-8")
    assert run(root, "check", "--against", str(copy)) == 0
    assert "herald: 3 of 3 quotations match" in capsys.readouterr().out


def test_help_fits_a_terminal(monkeypatch: pytest.MonkeyPatch, capsys: Output) -> None:
    """The list of commands has a description for each, and none is cut at 80 columns."""
    monkeypatch.setenv("COLUMNS", "80")
    assert main(["--help"]) == 0
    lines = capsys.readouterr().out.split("Commands:\n")[1].splitlines()
    assert len(lines) == len(COMMANDS)
    assert all(re.fullmatch(r"  [a-z-]+ +[A-Z].+[^.]\.", line) for line in lines)


def test_a_reader_that_stops_listening(root: Path) -> None:
    """Output that nobody reads to its end is no error."""
    command = f"{sys.executable} -m synoptic --root {root} check --against {root / SMALL}/articles/gazette.txt | true"
    assert subprocess.run(["bash", "-c", command], capture_output=True, check=False, cwd=CHECKOUT).stderr == b""


@pytest.mark.parametrize("no_color", ["", "1"])
def test_a_terminal_gets_groups(root: Path, no_color: str, monkeypatch: pytest.MonkeyPatch, capsys: Output) -> None:
    """Problems are grouped by file, with counts; they are coloured unless NO_COLOR is set and not empty."""
    replace_once(root / SMALL / "claims/cost.yml", 'state\n  terms: ["cost*"', 'sate\n  terms: ["cost*"')
    replace_once(root / SMALL / "sources/herald.yml", "genre: news", "genre: nws")
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


def test_github(root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Output) -> None:
    """What is not annotated is appended to the step's summary on GitHub, and printed elsewhere."""
    with (root / SMALL / "claims/cost.yml").open("a", encoding="utf-8") as file:
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
