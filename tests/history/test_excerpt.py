"""The excerpt of the history that a downloaded briefing brings."""

import io
import zipfile
from collections.abc import Mapping
from pathlib import Path

import pytest

from build_tools.history.excerpt import HISTORY_FILE
from build_tools.pages import render
from tests.history.scripted import site_of
from tests.projects import small_project


def test_a_zip_takes_the_history_with_it(past: Path, tmp_path: Path) -> None:
    """A zip unpacked outside a repository gives the same pages, with dates, change log, feed and zip."""
    site = site_of(past)
    slug = "harbour-tunnel"
    before = own_files(render.render_site(site, drafts=False), slug)
    archive = before[f"briefings/{slug}/{slug}.zip"]
    assert isinstance(archive, bytes)
    with zipfile.ZipFile(io.BytesIO(archive)) as opened:
        opened.extractall(tmp_path)
    assert f"briefings/{slug}/changes/index.md" in before
    assert own_files(render.render_site(site_of(tmp_path), drafts=False), slug) == before


def own_files(pages: Mapping[str, str | bytes], slug: str) -> dict[str, str | bytes]:
    """The files of one briefing."""
    return {n: v for n, v in pages.items() if n.startswith((f"briefings/{slug}/", f"api/v1/briefings/{slug}/"))}


WRONG = (
    "", "[]", "{}", "nul", '{"commits": []}', '{"commits": {"a": "<script>"}}', '{"commits": {"a": 1}}',
    '{"commits": {}, "since": null, "unread": 0, "entries": [["%s", 1e30, [], {}]]}' % ("a" * 40),
    '{"commits": {}, "since": null, "unread": 0, "entries": [["%s", 1, [["x"]], {}]]}' % ("a" * 40),
    '{"commits": {}, "since": null, "unread": 0, "entries": [["%s", 1, '
    '[["claim-added", 1, "head", "", "", "", "", "", null, null, [], "x"]], {}]]}' % ("a" * 40),
    '{"commits": {}, "since": ["x", 1], "unread": 0, "entries": []}', "[" * 100_000, "\udcff",
)  # fmt: skip


@pytest.mark.parametrize("text", WRONG)
def test_a_history_file_of_another_shape_says_nothing(text: str, tmp_path: Path) -> None:
    """From any other content of HISTORY.json no commit and no history is taken, and nothing fails."""
    small_project(tmp_path)
    (tmp_path / HISTORY_FILE).write_text(text, encoding="utf-8", errors="surrogateescape")
    site = site_of(tmp_path)
    assert site.commits == {}
    assert site.history is None
