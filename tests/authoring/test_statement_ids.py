"""`lock` writes the ids that were left out, once; then renames and moves change nothing."""

from pathlib import Path

import pytest

from tests.projects import load_checked, load_site, read_files, replace_once, run, small_project

CLAIMS = "briefings/harbour-tunnel/claims/cost.yml"
SHORT = """\
- id: still-closed
  claim: The works went on.
  kind: state
  terms: ["works cost"]
  statements:
    gazette:  # the daily
      quote: The works cost 1.9 billion crowns
    herald:
      - {quote: No one has tested that date}
      - quote: |
          The works cost
          1.6 billion crowns
"""
WRITTEN = """\
    gazette:  # the daily
      id: gazette-still-closed
      quote: The works cost 1.9 billion crowns
    herald:
      - {id: herald-still-closed, quote: No one has tested that date}
      - id: herald-still-closed-2
        quote: |
"""


def test_lock_writes_ids(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A published briefing without some ids is told to run `lock`, which writes and registers them; the rest of the
    file stays as it is, and problems have the places of the file as it is then."""
    path = small_project(tmp_path) / CLAIMS
    path.write_text(path.read_text(encoding="utf-8") + SHORT.replace("1.6 billion", "1.7 billion"), encoding="utf-8")
    assert run(tmp_path, "check") == 1
    assert 'the statement id "herald-still-closed-2" is not in ids.lock [not-registered]' in capsys.readouterr().out
    assert run(tmp_path, "lock", "harbour-tunnel", "--by", "A Tester") == 1
    told = capsys.readouterr().out
    assert told.startswith(f"{CLAIMS}: 3 ids written, permanent once merged\n")
    line = path.read_text(encoding="utf-8").splitlines().index("      - id: herald-still-closed-2") + 2
    assert f'{CLAIMS}:{line}:16: error: the quotation of "herald-still-closed-2"' in told
    replace_once(path, "1.7 billion", "1.6 billion")
    assert run(tmp_path, "lock", "harbour-tunnel", "--by", "A Tester") == 0
    assert "written" not in capsys.readouterr().out
    assert WRITTEN in path.read_text(encoding="utf-8")
    registered = load_checked(tmp_path).briefing["harbour-tunnel"].register
    assert registered is not None
    assert {"gazette-still-closed", "herald-still-closed", "herald-still-closed-2"} <= set(registered.statements)


def test_ids_that_were_written_stay(tmp_path: Path) -> None:
    """A renamed claim, or another statement before, leaves the ids of others; a lost one is missed."""
    path = small_project(tmp_path) / CLAIMS
    path.write_text(path.read_text(encoding="utf-8") + SHORT, encoding="utf-8")
    assert run(tmp_path, "lock", "--by", "A Tester") == 0
    before = load_checked(tmp_path).briefing["harbour-tunnel"].statement
    replace_once(path, "- id: still-closed", "- id: works-went-on\n  was: [still-closed]")
    replace_once(path, "    herald:\n", "    herald:\n      - {quote: The works cost 1.6 billion, allow: {}}\n")
    after = load_site(tmp_path).briefing["harbour-tunnel"].statement
    assert {name: s.quote for name, s in before.items()}.items() <= {name: s.quote for name, s in after.items()}.items()
    replace_once(path, "id: herald-still-closed-2\n        ", "")
    now = load_site(tmp_path).briefing["harbour-tunnel"].statement
    assert all(now[name].quote == before[name].quote for name in before.keys() & now.keys())
    assert "herald-still-closed-2" not in now


def test_an_unreadable_briefing_gets_no_ids(tmp_path: Path) -> None:
    """If something of a briefing cannot be read, nothing is written: its ids could be others."""
    path = small_project(tmp_path) / CLAIMS
    path.write_text(path.read_text(encoding="utf-8") + SHORT.replace("|", '"'), encoding="utf-8")
    before = read_files(tmp_path)
    assert run(tmp_path, "lock", "harbour-tunnel", "--by", "A Tester") == 1
    assert read_files(tmp_path) == before
