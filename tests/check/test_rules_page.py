"""Every rule has a right and a wrong example, and the page that lists the rules is current."""

import inspect
from importlib import import_module
from pathlib import Path

import pytest

from build_tools.check import registry, rules_page
from build_tools.check.registry import EXCEPTIONS, RULES, check
from build_tools.load.load import load
from tests.check.cases import CASES, read_case
from tests.projects import CHECKOUT, HERE, replace_once, run, small_project

LISTED, EXAMPLES = rules_page.list_rules(), rules_page.read_examples()


def find_problems(root: Path) -> list[tuple[str, str]]:
    """The rule and message of every problem of a project."""
    site, problems = load(root)
    assert site is not None
    return [(p.rule, p.message) for p in (*problems, *check(site))]


def broken_rules(root: Path, example: rules_page.Example, snippet: str) -> set[str]:
    """The ids of the rules that the small project breaks with ``snippet`` in the example's place."""
    replace_once(small_project(root) / "briefings" / example.file, example.at, snippet)
    if example.relock:
        run(root, "lock", "--by", "A Tester")
    return {rule for rule, _ in find_problems(root)}


@pytest.mark.parametrize("name", [name for name, example in EXAMPLES.items() if example.good != example.at])
def test_right_example(name: str, tmp_path: Path) -> None:
    """The right example breaks no rule."""
    assert broken_rules(tmp_path, EXAMPLES[name], EXAMPLES[name].good) == set()


def test_other_right_examples_are_in_the_project() -> None:
    """The other right examples are part of the small project, which is clean (another test)."""
    for name, example in EXAMPLES.items():
        assert (HERE / "project/briefings" / example.file).read_text("utf-8").count(example.at) == 1, name


@pytest.mark.parametrize("name", LISTED)
def test_wrong_example(name: str, tmp_path: Path) -> None:
    """The wrong example breaks its rule."""
    assert name in broken_rules(tmp_path, EXAMPLES[name], EXAMPLES[name].bad)


def test_every_rule_has_an_example_and_a_sentence() -> None:
    """Examples and rules are the same, in the same order."""
    assert list(EXAMPLES) == list(LISTED)
    assert all(sentence.endswith(".") for sentence in LISTED.values())


def test_every_rule_is_registered() -> None:
    """RULES has every public generator of the modules it is made of, once."""
    modules = [module for module in vars(registry).values() if inspect.ismodule(module)]
    rules = [
        function
        for module in modules
        for name, function in inspect.getmembers(module, inspect.isgeneratorfunction)
        if function.__module__ == module.__name__ and not name.startswith("_")
    ]
    assert len(rules) == len(RULES)
    assert set(rules) == set(RULES)
    assert {import_module(rule.__module__) for rule in RULES} == set(modules)


def test_every_reported_rule_is_listed() -> None:
    """No problem has the id of a rule that the page does not list."""
    lines = [line for path in CASES for line in read_case(path)["with"]]
    ids = {line.rsplit("[", 1)[-1].rstrip("]") for line in lines}
    assert len(ids) > 30
    assert ids <= LISTED.keys() | {"against", "fmt"}  # these are not rules of a briefing


def test_page_is_current() -> None:
    """docs/contribute/rules.md is what `python -m build_tools rules` writes."""
    assert (CHECKOUT / rules_page.PAGE).read_text(encoding="utf-8") == rules_page.render_page()


@pytest.mark.parametrize("rule", EXCEPTIONS)
def test_needless_allow(rule: str, tmp_path: Path) -> None:
    """An exception that its statement does not need is an error."""
    cost = small_project(tmp_path) / "briefings/harbour-tunnel/claims/cost.yml"
    replace_once(cost, "{id: herald-cost,", f"{{id: herald-cost, allow: {{{rule}: So.}},")
    assert find_problems(tmp_path) == [
        ("needless-exception", f'"herald-cost" no longer needs its exception to "{rule}"')
    ]


@pytest.mark.parametrize(
    ("daily", "agency", "problem"),
    [
        ("origin: agency\nindependent: {agency: So.}", "", '"agency", but they have the same origin'),
        ("independent: {agency: So.}", "", ""),
        ("independent: {agency: So.}", "independent: {daily: So.}\n", '"agency", and the other way round'),
        ("origin: agency\nindependent: {post: So.}", "", '"post", but they share no long run'),
    ],
)
def test_needless_independent(daily: str, agency: str, problem: str, tmp_path: Path) -> None:
    """Sources that share an origin or no run are not declared independent, and two sources only once."""
    sources = small_project(tmp_path) / "briefings/night-ferry/sources"
    replace_once(sources / "daily.yml", "origin: agency", daily)
    with (sources / "agency.yml").open("a", encoding="utf-8") as file:
        file.write(agency)
    message = f'"daily" is declared independent of {problem}'
    assert find_problems(tmp_path) == ([("origin-undeclared", message)] if problem else [])
