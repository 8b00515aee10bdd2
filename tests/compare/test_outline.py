"""The outline of a source: each paragraph once, with its gist, its statements, or neither."""

import re
from pathlib import Path

import pytest

from synoptic.compare.outline import find_unaccounted, format_ranges, group_by_paragraph, list_gists, list_outline
from tests.projects import load_site, run, small_project


@pytest.mark.parametrize(
    ("numbers", "text"), [([], ""), ([4], "4"), ([4, 5, 6, 9], "4-6, 9"), ([1, 3, 5, 6], "1, 3, 5-6")]
)
def test_ranges(numbers: list[int], text: str) -> None:
    """Runs of numbers are ranges."""
    assert format_ranges(numbers) == text


def test_every_paragraph_is_in_one_line(tmp_path: Path) -> None:
    """Lines are in order and without gaps; a range has one, with the statements in it, and a bare run has one."""
    root = small_project(tmp_path)
    path = root / "briefings/harbour-tunnel/sources/gazette.yml"
    gists = "{4-5: Sums and ships., 6: The town hall kept silent.}"
    path.write_text(re.sub(r"\{2: It is invented.*\}", gists, path.read_text("utf-8")), "utf-8")
    site = load_site(root)
    briefing = site.briefing["harbour-tunnel"]
    source = briefing.source["gazette"]
    places = group_by_paragraph(briefing)["gazette"]
    lines = list_outline(briefing, source, places)
    assert [(line.first, line.last) for line in lines] == [(1, 1), (2, 2), (3, 3), (4, 5), (6, 6)]
    assert [line.gist for line in lines] == ["", "", "", "Sums and ships.", "The town hall kept silent."]
    assert [line.kind for line in lines][:2] == ["headline", "body"]
    assert sorted(s.id for s in lines[3].statements) == ["gazette-cost", "gazette-fleet", "gazette-late"]
    assert find_unaccounted(briefing, source, site.vocabulary, places) == [2]
    assert [gist.key for gist in list_gists(source)] == ["4-5", "6"]
    nothing: dict[int, list[str]] = {}
    bare = list_outline(briefing, briefing.source["wire"], nothing)
    assert [(line.first, line.last) for line in bare] == [(1, 2)]


def test_ingest_prepares_the_outline(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A new source has a key for each paragraph of its body and none of its words; `suggest` leaves out what has a
    gist."""
    root, article = small_project(tmp_path / "project"), tmp_path / "note.txt"
    words = ["A Note From The Quay", "The harbour master counts gulls.", "Nobody pays him for that, he said on Monday."]
    article.write_text("\n\n".join(words), "utf-8")
    assert run(root, "ingest", str(article), "--briefing", "harbour-tunnel", "--id", "note", "--lang", "en") == 0
    path = root / "briefings/harbour-tunnel/sources/note.yml"
    made = path.read_text("utf-8")
    kinds = [line.strip() for line in made.split("outline:")[1].splitlines()]
    assert [line for line in kinds if line.endswith(":") or line.rstrip(":").isdigit()] == ["2:", "3:"]
    assert "gulls" not in made
    capsys.readouterr()
    run(root, "fmt", "--check")
    assert "note.yml" not in capsys.readouterr().out, "what ingest writes is in its canonical form"
    site = load_site(root)
    assert site.briefing["harbour-tunnel"].source["note"].outline == {}
    capsys.readouterr()
    run(root, "suggest", "--briefing", "harbour-tunnel", "--source", "note")
    assert "counts gulls" in capsys.readouterr().out
    path.write_text(made.replace("  2:\n", "  2: Birds are counted.\n"), "utf-8")
    run(root, "suggest", "--briefing", "harbour-tunnel", "--source", "note")
    assert "counts gulls" not in capsys.readouterr().out
