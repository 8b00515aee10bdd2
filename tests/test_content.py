"""Whoever adds a briefing that ``check`` accepts has a green suite and a site that builds."""

import re
from pathlib import Path

import pytest

from tests.projects import CHECKOUT, HERE, clone_checkout

#: The files of the checkout that no new briefing changes, as tests name them.
FIXED = (
    r'f?"(?:docs|tests|build_tools|\.github|\.vscode|\.devcontainer|\.gitignore|Makefile|pyproject\.toml|[A-Z-]+\.(?:cff|md))\b'
    r"|rules_page\.PAGE|PROGRAM\b"
)
#: What a test names that reads more of the checkout than those, rather than a project of its own; a path for Python is
#: where it looks for modules, and so is the folder in which a program of ours starts.
READS_BRIEFINGS = re.compile(
    rf"^(?!from )[^\n]*(?<!\"PYTHONPATH\", str\()(?<!\bcwd=)\bCHECKOUT\b(?! / (?:{FIXED}))", re.MULTILINE
)
#: Some tests of sites that are made of a part of the checkout: the shared test site, and one that somebody starts.
OF_COPIES = ("tests/site/test_permalinks.py", "tests/starter/test_init.py::test_all_or_nothing")


@pytest.mark.slow
@pytest.mark.long
def test_new_briefings_turn_nothing_red(tmp_path: Path) -> None:
    """With two published briefings more, one with figures, events and relations and one with none, the tests that read
    the checkout's briefings pass in a clone, the files are in canonical form, and the site builds in strict mode."""
    clone = clone_checkout(tmp_path / "clone")
    clone.add_story("small-story")
    rich = clone.root / clone.add_harbour("new-harbour")
    assert "relations:" in (rich / "claims/opening-date.yml").read_text(encoding="utf-8")
    assert {"figures.yml", "events.yml"} <= {path.name for path in rich.iterdir()}
    clone.tools("fmt")
    clone.tools("schema")  # one of the sources is of a kind that the site has to add
    clone.commit("2031-03-11T12:00:00Z")
    clone.tools("check")
    paths = [path for path in HERE.rglob("test_*.py") if READS_BRIEFINGS.search(path.read_text(encoding="utf-8"))]
    names = [path.relative_to(CHECKOUT) for path in paths if path != Path(__file__)]
    assert len(names) > 10
    clone.run("pytest", "-q", "-m", "not slow", "-p", "no:cacheprovider", *names, *OF_COPIES)
    site = clone.build()
    assert {"briefings/small-story/", "briefings/new-harbour/"} <= set(site.paths)
    assert site.broken_links() == []
    assert [path for path in site.paths if len(site.page(path).tags) > 10_000] == []
