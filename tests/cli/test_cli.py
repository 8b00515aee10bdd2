"""The commands, as people type them."""

import dataclasses
import json
import re
import shutil
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

from build_tools.check.registry import check
from build_tools.cli.main import COMMANDS, main
from build_tools.compare.summary import replace_briefings
from build_tools.load.load import load
from tests.projects import read_files, replace_once, run, small_project

SLUG = "briefings/harbour-tunnel"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """The invented project, writable."""
    return small_project(tmp_path)


@pytest.fixture(autouse=True)
def _no_articles(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SYNOPTIC_ARTICLES", raising=False)


def test_check_is_content(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A clean project passes, and the line says how many texts were at hand."""
    assert run(root, "check") == 0
    assert capsys.readouterr().out == "check (6 of 6 texts at hand): 0 errors, 0 warnings\n"


@pytest.mark.parametrize("texts", [True, False])
def test_one_altered_word(root: Path, capsys: pytest.CaptureFixture[str], texts: bool) -> None:
    """One altered word: exit 1 and one line with file, line, column and statement, with the texts and without."""
    replace_once(root / SLUG / "claims/opening-date.yml", "on the first of June", "on the third of June")
    if not texts:
        shutil.rmtree(root / SLUG / "articles")
    assert run(root, "check") == 1
    out = capsys.readouterr().out
    lines = [line for line in out.splitlines() if line.startswith("briefings/")]
    assert len(lines) == 1
    assert lines[0].startswith(f'{SLUG}/claims/opening-date.yml:17:14: error: the quotation of "gazette-company-june"')
    assert ('it has "third", the text has "first"' in lines[0]) == texts


def test_check_against_another_copy(root: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A reviewer's copy need not be the same bytes; the source is recognised by its quotations."""
    text = (root / SLUG / "articles/gazette.txt").read_text(encoding="utf-8")
    copy = tmp_path / "copy.txt"
    copy.write_text(
        "Another header\r\n" + text.replace("“", '"').replace("”", '"').replace("\n", "\r\n"), encoding="utf-8"
    )
    assert run(root, "check", "--against", str(copy)) == 0
    assert "harbour-tunnel/gazette: 6 of 6 quotations match" in capsys.readouterr().out
    replace_once(copy, "first of June", "first of July")
    assert run(root, "check", "harbour-tunnel", "--against", str(copy)) == 1
    assert 'it has "June", the text has "July"' in capsys.readouterr().out


def test_lock_without_an_older_lock(root: Path) -> None:
    """Texts that are only kept in articles/ are locked, and compared with one another, by one run."""
    for path in (root / SLUG / "sources").glob("*.lock"):
        path.unlink()
    assert run(root, "lock", "harbour-tunnel", "--by", "Tester") == 0
    assert run(root, "check", "harbour-tunnel") == 0


def test_new_builds_at_once(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A new draft passes check with warnings and renders, and is not listed."""
    assert run(root, "new", "ferry-strike") == 0
    assert run(root, "check", "ferry-strike") == 0
    assert re.search(r"0 errors, [1-9]\d* warnings", capsys.readouterr().out)
    assert run(root, "render") == 0
    assert (root / "docs/briefings/ferry-strike/index.md").is_file()
    assert "ferry-strike" not in (root / "docs/index.md").read_text(encoding="utf-8").split("draft-banner")[0]


@pytest.mark.parametrize("slug", ["Ferry", "index", "a_b", "a--b", "x" * 65, "../x", ""])
def test_new_refuses_a_bad_name(root: Path, slug: str) -> None:
    """A name that cannot be an address is refused, and nothing is written."""
    before = read_files(root)
    assert run(root, "new", slug) == 1
    assert read_files(root) == before


def test_new_twice(root: Path) -> None:
    """A briefing that is there is left alone."""
    before = read_files(root)
    assert run(root, "new", "harbour-tunnel") == 1
    assert read_files(root) == before


ARTICLE = "Ferry stops\nIt stops in June. Nobody was asked in this invented article.\n"


def test_ingest_twice_changes_nothing(root: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The second run writes nothing and says so."""
    (tmp_path / "a.txt").write_text(ARTICLE, encoding="utf-8")
    command = ("ingest", str(tmp_path / "a.txt"), "--briefing", "harbour-tunnel")
    assert run(root, *command) == 0
    before = read_files(root)
    assert (root / SLUG / "articles/ferry-stops.txt").read_text(encoding="utf-8") == ARTICLE
    source = (root / SLUG / "sources/ferry-stops.yml").read_text(encoding="utf-8")
    assert "1: headline" in source
    assert "It stops in June" not in source
    capsys.readouterr()
    assert run(root, *command) == 0
    assert "nothing to change" in capsys.readouterr().out
    assert read_files(root) == before


def test_ingest_refuses_a_changed_text(root: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A changed text is refused with what to do, and nothing is written."""
    path = tmp_path / "a.txt"
    path.write_text(ARTICLE, encoding="utf-8")
    assert run(root, "ingest", str(path), "--briefing", "harbour-tunnel", "--id", "ferry") == 0
    path.write_text(ARTICLE.replace("June", "July"), encoding="utf-8")
    before = read_files(root)
    assert run(root, "ingest", str(path), "--briefing", "harbour-tunnel", "--id", "ferry") == 1
    assert "--id ferry-2" in capsys.readouterr().err
    assert read_files(root) == before


def test_ingest_refuses_a_missing_file(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A path that leads nowhere is refused in a sentence, and nothing is written."""
    before = read_files(root)
    assert run(root, "ingest", str(root / "missing.txt"), "--briefing", "harbour-tunnel") == 1
    assert "not a file" in capsys.readouterr().err
    assert read_files(root) == before


def test_lock_signs_and_repeats(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Locking again without a change keeps name, day and bytes; a new statement is signed by who adds it."""
    before = read_files(root)
    assert run(root, "lock") == 0
    assert read_files(root) == before
    replace_once(
        root / SLUG / "claims/cost.yml", "quote: The works cost 1.6 billion crowns", "quote: The works cost 1.6 billion"
    )
    assert run(root, "lock", "harbour-tunnel", "--by", "Somebody Else") == 0
    lock = (root / SLUG / "sources/herald.lock").read_text(encoding="utf-8")
    assert "checked_by: Somebody Else" in lock
    assert "checked_by: A Tester" in (root / SLUG / "sources/gazette.lock").read_text(encoding="utf-8")
    capsys.readouterr()
    assert run(root, "check") == 0


def test_lock_reports_what_it_cannot_find(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A quotation that is not in the text is not locked, and the message says where it departs."""
    replace_once(
        root / SLUG / "claims/cost.yml",
        "quote: The works cost 1.6 billion crowns",
        "quote: The works cost 1.7 billion crowns",
    )
    assert run(root, "lock", "--by", "A Tester") == 1
    assert 'it has "1.7", the text has "1.6"' in capsys.readouterr().out
    assert "herald-cost" not in (root / SLUG / "sources/herald.lock").read_text(encoding="utf-8")


def test_a_lost_lock_is_made_again(root: Path) -> None:
    """Where a lock is lost, the text kept under the source's name serves to make it again."""
    lock = root / SLUG / "sources/wire.lock"
    before = lock.read_bytes()
    lock.unlink()
    assert run(root, "lock", "--by", "A Tester") == 0
    assert re.sub(rb"checked_on: .*", b"", lock.read_bytes()) == re.sub(rb"checked_on: .*", b"", before)


def test_texts_are_found_by_their_bytes(
    root: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """SYNOPTIC_ARTICLES may hold the texts under any name."""
    (root / SLUG / "articles").rename(root / "texts")
    for number, path in enumerate(sorted((root / "texts").iterdir())):
        path.rename(path.with_name(f"{number}.txt"))
    monkeypatch.setenv("SYNOPTIC_ARTICLES", str(root / "texts"))
    assert run(root, "check") == 0
    assert "6 of 6 texts" in capsys.readouterr().out


def test_export_is_stable(root: Path, tmp_path: Path) -> None:
    """The data holds what is promised, and is the same bytes with the texts and without."""
    assert run(root, "export", "--out", str(tmp_path / "one")) == 0
    shutil.rmtree(root / SLUG / "articles")
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
        {
            "source": "wire",
            "state": "passed over",
            "terms": ["june", "open*"],
            "reason": "Its June is the month of a festival.",
        }
    ]


def test_render_writes_only_what_changed(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A second rendering changes no file, and a page whose source is gone is removed."""
    assert run(root, "render") == 0
    stale = root / "docs/briefings/harbour-tunnel/sources/old.md"
    stale.write_text("old", encoding="utf-8")
    capsys.readouterr()
    assert run(root, "render") == 0
    assert "1 file changed" in capsys.readouterr().out
    assert not stale.exists()


def test_a_broken_briefing_keeps_its_last_good_pages(root: Path) -> None:
    """An error in a briefing leaves the pages it had."""
    assert run(root, "render") == 0
    before = read_files(root / "docs/briefings")
    replace_once(root / SLUG / "claims/cost.yml", 'kind: state\n  terms: ["ferr', 'kind: wrong\n  terms: ["ferr')
    assert run(root, "render") == 1
    assert read_files(root / "docs/briefings") == before


@pytest.mark.articles
def test_our_briefings_with_their_articles(
    articles: list[Path], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Every briefing of ours passes; where a folder holds a briefing's texts, they are found by their SHA-256."""
    monkeypatch.setenv("SYNOPTIC_ARTICLES", ":".join(map(str, articles)))
    project = Path(__file__).parents[2]
    site, problems = load(project, articles=articles)
    assert site is not None
    assert problems == []
    at_hand = sum(len(briefing.texts) for briefing in site.briefings)
    assert at_hand >= 5
    assert run(project, "check") == 0
    of = sum(len(briefing.sources) for briefing in site.briefings)
    assert f"check ({at_hand} of {of} texts at hand)" in capsys.readouterr().out


def test_our_briefings_without_their_articles(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every briefing of ours passes on a machine that holds none of the texts: its locks answer for them."""
    monkeypatch.delenv("SYNOPTIC_ARTICLES", raising=False)
    site, problems = load(Path(__file__).parents[2])
    assert site is not None
    assert problems == []
    bare = replace_briefings(site, (dataclasses.replace(one, texts={}, changed={}) for one in site.briefings))
    assert list(check(bare)) == []
    assert len([briefing for briefing in site.briefings if not briefing.draft]) >= 2


def test_nothing_is_written_through_a_link(root: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    """A folder of pages that is a link is refused, and what it leads to is left alone."""
    elsewhere = tmp_path_factory.mktemp("elsewhere")
    (elsewhere / "thesis.txt").write_text("mine", encoding="utf-8")
    (root / "docs").mkdir()
    (root / "docs/briefings").symlink_to(elsewhere)
    assert run(root, "render") == 1
    assert read_files(elsewhere) == {"thesis.txt": b"mine"}
    (root / "docs/briefings").unlink()
    (root / "docs/briefings").mkdir()
    (root / "docs/briefings/harbour-tunnel").symlink_to(elsewhere)
    assert run(root, "render") == 0
    assert read_files(elsewhere) == {"thesis.txt": b"mine"}


def test_ingest_cleans_a_title(root: Path, tmp_path: Path) -> None:
    """Invisible characters of a copied title do not reach the file that check then reads."""
    path = tmp_path / "a.txt"
    path.write_text("Ferry\u200b stops \u202enow\nIt stops in June. Nobody was asked.\n", encoding="utf-8")
    assert run(root, "ingest", str(path), "--briefing", "harbour-tunnel", "--id", "ferry") == 0
    assert "title: Ferry stops now\n" in (root / SLUG / "sources/ferry.yml").read_text(encoding="utf-8")


def test_check_of_one_briefing_sees_shared_files(root: Path) -> None:
    """A mistake in speakers.yml fails the check of one briefing, too."""
    (root / "briefings/speakers.yml").write_text("- {id: x", encoding="utf-8")
    assert run(root, "check", "harbour-tunnel") == 1


def test_check_against_a_wrapped_copy(root: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A copy that breaks its lines anywhere, and types an em dash as an en dash, is an honest copy."""
    text = (root / SLUG / "articles/herald.txt").read_text(encoding="utf-8")
    copy = tmp_path / "copy.txt"
    copy.write_text("\n\n".join(textwrap.wrap(text, 40)), encoding="utf-8")
    assert run(root, "check", "--against", str(copy)) == 0
    assert "herald: 3 of 3 quotations match" in capsys.readouterr().out


def test_help_fits_a_terminal(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """The list of commands has a description for each, and none is cut at 80 columns."""
    monkeypatch.setenv("COLUMNS", "80")
    assert main(["--help"]) == 0
    lines = capsys.readouterr().out.split("Commands:\n")[1].splitlines()
    assert len(lines) == len(COMMANDS)
    assert all(re.fullmatch(r"  [a-z]+ +[A-Z].+[^.]\.", line) for line in lines)


@pytest.mark.parametrize(("words", "message"), [
    (["check"], "There is no briefings folder in "),
    (["check", "--against"], "Option '--against' requires an argument."),
])  # fmt: skip
def test_usage_errors_begin_alike(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], words: list[str], message: str
) -> None:
    """Our usage errors look like those of click, and exit with 2."""
    assert run(tmp_path, *words) == 2
    assert f"Error: {message}" in capsys.readouterr().err


def test_a_reader_that_stops_listening(root: Path) -> None:
    """Output that nobody reads to its end is no error."""
    command = (
        f'"{sys.executable}" -m build_tools --root "{root}" check --against "{root / SLUG}/articles/gazette.txt" | true'
    )
    done = subprocess.run(
        ["bash", "-c", command], capture_output=True, text=True, check=False, cwd=Path(__file__).parents[2]
    )
    assert done.stderr == ""
