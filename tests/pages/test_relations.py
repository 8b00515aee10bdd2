"""Relations to claims of other briefings."""

import re
from pathlib import Path

import pytest

from build_tools.pages import render
from tests.projects import SMALL as SLUG
from tests.projects import load_checked, small_project


@pytest.mark.parametrize("how", ["continues", "refines", "contradicts", "superseded-by"])
def test_a_relation_to_another_briefing_stands_on_both_pages(tmp_path: Path, how: str) -> None:
    """A claim that bears on one of another briefing says so, and the other claim's page says it back."""
    root = small_project(tmp_path)
    path = root / SLUG / "claims/opening-date.yml"
    text = path.read_text(encoding="utf-8")
    path.write_text(
        text.replace("{to: two-years-late, how: in-tension-with,", f"{{to: night-ferry/fire-in-galley, how: {how},"),
        encoding="utf-8",
    )
    site = load_checked(root)
    pages = render.render_site(site, drafts=False)
    term = site.vocabulary.get("relations", how)
    here, there = (
        str(pages["briefings/harbour-tunnel/topics/opening-date/index.md"]),
        str(pages["briefings/night-ferry/topics/fire/index.md"]),
    )
    assert re.search(
        rf'This {term.label.replace("-", "&#45;")} <a href="../../../night-ferry/topics/fire/#fire-in-galley">', here
    )
    assert re.search(rf'This {term.back} <a href="../../../harbour-tunnel/topics/opening-date/#opens-in-june">', there)
