"""The panel in which live reload shows problems, without a server."""

import html
from collections.abc import Iterable
from typing import Any

import pytest

from synoptic.base.problems import Place, Problem
from synoptic.pages import problem_panel
from synoptic.pages.problem_panel import render_panel
from synoptic.site.problem_panel import problems_on, with_panel
from tests.projects import HERE
from tests.yaml_files import read_yaml

CASES = read_yaml(HERE / "panel.yml")
HOSTILE = "</li></section><script>alert(1)</script> [a](javascript:b) \x1b[31m \u202e \udcff &amp; \"'"


def problem(path: str, message: str = "is wrong", level: Any = "error", rule: str = "") -> Problem:
    """A problem somewhere."""
    return Problem(Place(path, 3, 7), message, "mend it", rule, level)


def test_panel_shows_hostile_text_as_text() -> None:
    """Hostile text in a path, a message or a tip opens no tag, and what cannot be seen stands there as an escape."""
    hostile = Problem(Place(HOSTILE), HOSTILE, HOSTILE)
    shown, plain = render_panel([hostile]), render_panel([problem("a.yml")])
    assert shown.count("<") == plain.count("<")
    assert html.unescape(shown).count("</li></section><script>alert(1)</script> [a](javascript:b) \\u001b[31m") == 3
    assert "\\u202e \\udcff &amp; \"'" in html.unescape(shown)
    shown.encode()


@pytest.mark.parametrize("case", CASES["open"], ids=lambda case: case["why"])
def test_panel_is_open_where_something_must_be_mended(case: dict[str, Any]) -> None:
    """Errors and unreadable drafts open the panel; other warnings stay folded."""
    shown = render_panel([problem("a.yml", level=case["level"], rule=case["rule"])])
    assert (" open>" in shown) == case["open"]


@pytest.mark.parametrize("case", CASES["summary"], ids=lambda case: case["summary"])
def test_panel_counts_errors_and_warnings(case: dict[str, Any]) -> None:
    """The summary leaves out counts of zero and says what errors do."""
    problems = [problem(f"{number}.yml", level=level) for number, level in enumerate(case["levels"])]
    assert f"<summary>{case['summary']}</summary>" in html.unescape(render_panel(problems))


def test_panel_of_very_many_problems_is_finite() -> None:
    """Beyond the limit problems are counted, and the command that lists all is named."""
    shown = render_panel([problem(f"{number}.yml") for number in range(problem_panel.MOST + 2)])
    assert shown.count("<li>") == problem_panel.MOST + 1
    assert "And 2 more: synoptic check" in html.unescape(shown)
    assert f"{problem_panel.MOST + 2} errors" in html.unescape(shown)


@pytest.mark.parametrize("case", CASES["pages"], ids=lambda case: case["address"])
def test_pages_tell_what_concerns_them(case: dict[str, Any]) -> None:
    """The home page tells everything, a briefing's pages their own and the shared, all others the shared."""
    paths = {"shared": "vocabulary.yml", "one": "one/briefing.yml", "two": "two/claims/a.yml"}
    found = [problem(f"briefings/{path}", whose) for whose, path in paths.items()]
    assert [p.message for p in problems_on(found, case["address"])] == case["shows"]


@pytest.mark.parametrize("case", CASES["answers"], ids=lambda case: case["why"])
def test_panel_stands_inside_the_page(case: dict[str, Any]) -> None:
    """The panel is the last thing in the body of a page that has problems, and all else is as it was; the length is
    right. A page that is not there has no live reload, so the browser is told to ask again."""
    found, begun, content = [problem("briefings/one/briefing.yml")], list[Any](), case["body"].encode()

    def app(environ: Any, start: Any) -> Iterable[bytes]:
        start(case["status"], [("Content-Type", case["type"]), ("Content-Length", str(len(content)))])
        return iter([content])

    answer = with_panel(app, "/site/", lambda: found)
    body = b"".join(answer({"PATH_INFO": case["address"]}, lambda *args: begun.extend(args)))
    status, headers = begun[0], dict(begun[1])
    assert body.decode() == case["becomes"].replace("PANEL", render_panel(found))
    assert (status, int(headers["Content-Length"])) == (case["status"], len(body))
    assert headers.get("Refresh") == case.get("refresh")
