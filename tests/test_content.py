"""Whoever adds a briefing that ``check`` accepts has a green suite and a site that builds."""

import re
from pathlib import Path

import pytest

from tests.projects import CHECKOUT, HERE, clone_checkout

#: What a test names that reads the checkout itself rather than a project of its own.
READS_CHECKOUT = re.compile(r"\bCHECKOUT\b")


@pytest.mark.slow
@pytest.mark.long
def test_new_briefings_turn_nothing_red(tmp_path: Path) -> None:
    """With two published briefings more, one with figures, events and relations and one with none, the tests that read
    the checkout pass in a clone, the files are in canonical form, and the site builds in strict mode."""
    clone = clone_checkout(tmp_path / "clone")
    clone.add_story("small-story")
    rich = clone.root / clone.add_harbour("new-harbour")
    assert "relations:" in (rich / "claims/opening-date.yml").read_text(encoding="utf-8")
    assert {"figures.yml", "events.yml"} <= {path.name for path in rich.iterdir()}
    clone.tools("fmt")
    clone.commit("2031-03-11T12:00:00Z")
    clone.tools("check")
    paths = [path for path in HERE.rglob("test_*.py") if READS_CHECKOUT.search(path.read_text(encoding="utf-8"))]
    names = [path.relative_to(CHECKOUT) for path in paths if path != Path(__file__)]
    assert len(names) > 10
    clone.run("pytest", "-q", "-m", "not slow", "-p", "no:cacheprovider", *names)
    site = clone.build()
    assert {"briefings/small-story/", "briefings/new-harbour/"} <= set(site.paths)
    assert site.broken_links() == []
    assert [path for path in site.paths if len(site.page(path).tags) > 10_000] == []
