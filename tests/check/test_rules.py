"""Every file in tests/cases is a test; every rule has a case, a right and a wrong example, and its place on a page."""

import inspect
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

from synoptic.check import registry, rules_page
from synoptic.check.registry import EXCEPTIONS, RULES, check
from synoptic.check.rule import rule_id
from synoptic.load.load import load
from tests.check.cases import CASES, list_problems, problems_of, read_case
from tests.projects import CHECKOUT, HERE, edited_project, load_checked, replace_once, run, small_project
from tests.yaml_files import read_yaml

MISTAKES = read_yaml(HERE / "cases/single/mistakes.yml")
LISTED, EXAMPLES = rules_page.list_rules(), rules_page.read_examples()


def broken_rules(root: Path, example: rules_page.Example, snippet: str) -> set[str]:
    """The ids of the rules that the small project breaks with ``snippet`` in the example's place."""
    replace_once(small_project(root) / "briefings" / example.file, example.at, snippet)
    if example.relock:
        run(root, "lock", "--by", "A Tester")
    site, problems = load(root)
    assert site is not None
    return {problem.rule for problem in (*problems, *check(site))}


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
    named = [(m.__name__, *pair) for m in modules for pair in inspect.getmembers(m, inspect.isgeneratorfunction)]
    rules = [rule for module, name, rule in named if rule.__module__ == module and not name.startswith("_")]
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
    """docs/contribute/rules.md is what `synoptic rules` writes."""
    assert (CHECKOUT / rules_page.PAGE).read_text(encoding="utf-8") == rules_page.render_page()


@pytest.mark.parametrize("texts", [True, False], ids=["with-texts", "without"])
@pytest.mark.parametrize("path", CASES, ids=lambda p: p.stem)
def test_case(path: Path, texts: bool, tmp_path: Path) -> None:
    """The edit of the case brings exactly its lines."""
    case = read_case(path)
    expected = case["with"] if texts else case.get("without", case["with"])
    assert problems_of(case, tmp_path, texts=texts) == expected, case["why"]


@pytest.mark.parametrize("mistake", MISTAKES, ids=lambda one: one["mistake"])
def test_single_mistake(mistake: dict[str, Any], tmp_path: Path) -> None:
    """One mistake is one problem; several are listed with the reason why each needs its own fix."""
    edited_project(tmp_path, [mistake] if "file" in mistake else [])
    if "move" in mistake:
        path = tmp_path / mistake["move"]
        path.rename(tmp_path / (mistake["to"] or "removed"))
    assert list_problems(tmp_path) == mistake["says"]
    assert len(mistake["says"]) == 1 or mistake["why"]


def test_untouched_project_is_clean(tmp_path: Path) -> None:
    """The invented project has no problem before any edit."""
    load_checked(small_project(tmp_path))


def test_every_rule_has_a_case() -> None:
    """No rule is without a case that breaks it, and no exception without a case that does not need it."""
    lines = [line for case in map(read_case, CASES) for line in (*case["with"], *case.get("without", ()))]
    named = {line.rsplit("[", 1)[-1].rstrip("]") for line in lines}
    assert {rule_id(rule) for rule in RULES} <= named
    assert [name for name in EXCEPTIONS if not any(f'its exception to "{name}"' in line for line in lines)] == []
