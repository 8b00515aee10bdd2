"""Every rule is shown by a right and a wrong example, and the page that lists them is current."""

import shutil
from datetime import date
from pathlib import Path

import pytest

from build_tools.base.write import write
from build_tools.check import rules_page
from build_tools.check.registry import EXCEPTIONS, check
from build_tools.compare import ids as register
from build_tools.compare import lock
from build_tools.load.load import load
from tests.check.cases import CASES, read_case
from tests.projects import small_project

ROOT = Path(__file__).parents[2]
LISTED = {rule.id: rule for rule in rules_page.list_rules()}


def problems_with(folder: Path, rule: rules_page.ListedRule, text: str) -> set[str]:
    """The ids of the rules that the invented project breaks once ``text`` stands in the example's place."""
    small_project(folder)
    path = folder / "briefings" / rule.example.file
    before = path.read_text(encoding="utf-8")
    assert before.count(rule.example.at) == 1, "an example must fit exactly one place"
    path.write_text(before.replace(rule.example.at, text), encoding="utf-8")
    if rule.example.relock:
        site, _ = load(folder)
        assert site is not None
        for briefing in site.briefings:
            for source in briefing.sources:
                old, words = briefing.locks[source.id], briefing.texts[source.id]
                made = lock.make(briefing, source, words, old.sha256, site.vocabulary)
                signed = lock.sign(made, old, "A Tester", date(2031, 1, 1).isoformat())
                write(folder / f"briefings/{briefing.slug}/sources/{source.id}.lock", lock.dump(signed))
            ids = register.make(briefing, briefing.register)
            write(folder / f"briefings/{briefing.slug}/ids.lock", register.dump(ids))
    site, problems = load(folder)
    assert site is not None
    return {p.rule for p in (*problems, *check(site))}


@pytest.mark.parametrize("name", [name for name, rule in LISTED.items() if rule.example.good != rule.example.at])
def test_the_right_example_is_right(name: str, tmp_path: Path) -> None:
    """With the right example in its place, nothing at all is wrong."""
    assert problems_with(tmp_path, LISTED[name], LISTED[name].example.good) == set()


def test_the_other_right_examples_stand_in_the_project() -> None:
    """The other right examples are pieces of the invented project, which is clean (another test says so)."""
    for rule in LISTED.values():
        text = (ROOT / "tests/project/briefings" / rule.example.file).read_text(encoding="utf-8")
        assert text.count(rule.example.at) == 1, rule.id


@pytest.mark.parametrize("name", LISTED)
def test_the_wrong_example_breaks_the_rule(name: str, tmp_path: Path) -> None:
    """With the wrong example in its place, the rule speaks up."""
    assert name in problems_with(tmp_path, LISTED[name], LISTED[name].example.bad)


def test_every_rule_has_an_example() -> None:
    """Examples and rules are the same set, in the same order; each rule has a sentence."""
    assert list(rules_page.read_examples()) == list(LISTED)
    assert all(rule.sentence.endswith(".") for rule in LISTED.values())


def test_every_id_that_the_program_gives_is_listed() -> None:
    """No message carries the id of a rule that the page does not list."""
    known = set(LISTED) | {"against", "fmt"}  # what `check --against` and `fmt` say is no rule of a briefing
    lines = [line for path in CASES for line in read_case(path)["with"]]
    named = {line.rsplit("[", 1)[-1].rstrip("]") for line in lines}
    assert len(named) > 30
    assert named <= known


def test_page_is_current() -> None:
    """docs/contribute/rules.md is what `python -m build_tools rules` writes."""
    assert (ROOT / rules_page.PAGE).read_text(encoding="utf-8") == rules_page.render_page()


def test_every_exception_is_needed_or_an_error(tmp_path: Path) -> None:
    """A needless exception of any kind is an error: allow for each rule, passed_over, independent in three ways."""
    small_project(tmp_path)
    ferry, tunnel = tmp_path / "briefings/night-ferry", tmp_path / "briefings/harbour-tunnel"

    def found() -> list[str]:
        site, problems = load(tmp_path)
        assert site is not None
        assert problems == []
        return [f"{p.rule}: {p.message}" for p in check(site)]

    cost = tunnel / "claims/cost.yml"
    plain = cost.read_text(encoding="utf-8")
    for rule in EXCEPTIONS:
        cost.write_text(plain.replace("{id: herald-cost,", f"{{id: herald-cost, allow: {{{rule}: So.}},"), "utf-8")
        assert found() == [f'needless-exception: "herald-cost" no longer needs its exception to "{rule}"']
    cost.write_text(plain, encoding="utf-8")

    daily, agency = ferry / "sources/daily.yml", ferry / "sources/agency.yml"
    one, other = daily.read_text(encoding="utf-8"), agency.read_text(encoding="utf-8")
    daily.write_text(one + "independent: {agency: So.}\n", encoding="utf-8")
    assert found() == ['origin-undeclared: "daily" is declared independent of "agency", but they have the same origin']
    daily.write_text(one.replace("origin: agency", "independent: {agency: So.}"), encoding="utf-8")
    assert found() == []
    agency.write_text(other + "independent: {daily: So.}\n", encoding="utf-8")
    assert found() == ['origin-undeclared: "daily" is declared independent of "agency", and the other way round']
    agency.write_text(other, encoding="utf-8")
    daily.write_text(one + "independent: {post: So.}\n", encoding="utf-8")
    assert found() == ['origin-undeclared: "daily" is declared independent of "post", but they share no long run']
    shutil.copy(ROOT / "tests/project/briefings/night-ferry/sources/daily.yml", daily)
    assert found() == []
