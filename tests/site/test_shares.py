"""Shares of a site, merged; and what is refused. That they make the very site is in tests/test_workflows.py."""

import gzip
import json
from pathlib import Path
from typing import Any

import pytest

from synoptic.base.problems import Refused
from synoptic.site.shares import Share, merge_shares, read_share
from tests.projects import read_files, run, small_project
from tests.site import CASES

#: The pages of two shares as MkDocs lists them, by source and address, and the site's map of them.
FRAME = "<urlset>\n{}</urlset>"
ENTRY = "    <url>\n         <loc>https://example.org/{}</loc>\n    </url>\n"
Output = pytest.CaptureFixture[str]


def write_share(folder: Path, notes: dict[str, Any]) -> Path:
    """A share with these notes, and pages in its files and its map."""
    paths = notes.get("files", [f"briefings/{folder.name}/index.html"])
    pages = [(f"{Path(path).with_suffix('')}.md", f"https://example.org/{Path(path).parent}/") for path in paths]
    files = dict.fromkeys(paths, folder.name)
    files["sitemap.xml"] = FRAME.format("".join(ENTRY.format(f"{Path(path).parent}/") for path in paths))
    if "number" in notes:
        mark = {key: notes.get(key, usual) for key, usual in (("format", 1), ("total", 2), ("state", "same"))}
        files[".share/share.json"] = json.dumps({**mark, "number": notes["number"]})
        files[".share/pages.json"] = notes.get("pages", json.dumps({"pages": pages, "linked": notes.get("linked", [])}))
        files[".share/records.json"] = json.dumps({f"{folder.name}.html": "a record"})
    for path, content in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(content, encoding="utf-8")
    return folder


@pytest.mark.parametrize("name", CASES["refused shares"])
def test_shares_that_are_not_one_site_are_refused(name: str, tmp_path: Path) -> None:
    """The message names the folder and what to do."""
    case = CASES["refused shares"][name]
    folders = [write_share(tmp_path / letter, notes) for letter, notes in zip("abc", case["shares"], strict=False)]
    with pytest.raises(Refused, match=case["says"]):
        merge_shares(folders, tmp_path / "site")


def test_link_in_a_share_is_refused(tmp_path: Path) -> None:
    """Nothing is read through it, wherever it leads."""
    folders = [write_share(tmp_path / letter, {"number": number}) for number, letter in ((1, "a"), (2, "b"))]
    (folders[1] / "more.html").symlink_to(tmp_path / "a/sitemap.xml")
    with pytest.raises(Refused, match=r"b/more\.html is not a regular file"):
        merge_shares(folders, tmp_path / "site")


@pytest.mark.parametrize("order", ["ab", "ba"])
def test_shares_are_merged_in_any_order(order: str, tmp_path: Path) -> None:
    """The site has all files but the notes, its map all pages as MkDocs lists them, and the search all records."""
    write_share(tmp_path / "a", {"number": 1, "files": ["index.html", "briefings/lamp/index.html"]})
    write_share(tmp_path / "b", {"number": 2, "files": ["briefings/ferry/index.html"]})
    records = merge_shares([tmp_path / letter for letter in order], tmp_path / "site")
    made = read_files(tmp_path / "site")
    pages = {"index.html": b"a", "briefings/lamp/index.html": b"a", "briefings/ferry/index.html": b"b"}
    listed = FRAME.format("".join(map(ENTRY.format, ("./", "briefings/ferry/", "briefings/lamp/")))).encode()
    assert gzip.decompress(made.pop("sitemap.xml.gz")) == listed
    assert made == {**pages, "sitemap.xml": listed}
    assert records == {"a.html": "a record", "b.html": "a record"}


@pytest.mark.parametrize("words", CASES["not shares"])
def test_words_that_name_no_share_are_refused(words: str) -> None:
    """The message says what to write."""
    with pytest.raises(Refused, match="is not a share; write 2/4 for the second of four"):
        read_share(words)


def test_every_unit_is_in_one_share() -> None:
    """However many shares there are, even more than briefings; without words nothing is shared."""
    units = {*"abcdefg", "speakers/x", "speakers/y"}
    for total in (1, 2, 3, 20):
        parts = [Share(number, total).select([*units, ""]) for number in range(1, total + 1)]
        assert sorted(unit for part in parts for unit in part) == sorted(units)
    assert read_share("") is None
    assert read_share("2/4") == Share(2, 4)


def test_only_some_briefings_are_rendered(tmp_path: Path, capsys: Output) -> None:
    """``render --only`` writes the pages of one briefing and of the whole site, and leaves others as they are. One that
    does not exist is refused, and nothing is written."""
    root = small_project(tmp_path / "project", texts=False)
    docs = root / "docs"
    assert run(root, "render", "--only", "harbour-tunel") == 1
    assert "harbour-tunnel" in capsys.readouterr().err
    assert not (docs / "index.md").exists()
    assert run(root, "render", "--only", "harbour-tunnel") == 0
    assert {path.name for path in (docs / "briefings").iterdir()} == {"harbour-tunnel"}
    assert "night-ferry" in (docs / "index.md").read_text(encoding="utf-8")
    assert run(root, "render") == 0
    whole = read_files(docs / "briefings")
    for name in ("harbour-tunnel", "night-ferry"):
        path = root / "briefings" / name / "briefing.yml"
        path.write_text(path.read_text(encoding="utf-8").replace("title: ", "title: Changed ", 1), encoding="utf-8")
    assert run(root, "render", "--only", "harbour-tunnel") == 0
    after = read_files(docs / "briefings")
    changed = {path for path in whole | after if after.get(path) != whole.get(path)}
    assert {path.partition("/")[0] for path in changed} == {"harbour-tunnel"}
    assert "Changed" in after["harbour-tunnel/index.md"].decode()
    assert run(root, "render") == 0
    assert "Changed" in (docs / "briefings/night-ferry/index.md").read_text(encoding="utf-8")
