"""The forms of the workbench in a real browser: what makes a briefing whole is typed into them by keyboard alone."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser import Open, sideways, violations
from tests.projects import EXAMPLE, run
from tests.workbench.conftest import Bench, Serve, open_bench
from tests.workbench.example import FOLDER, example_without
from tests.workbench.hands import Keyboard
from tests.yaml_files import read_yaml

pytestmark = pytest.mark.slow

CASES: list[dict[str, Any]] = read_yaml(Path(__file__).with_name("forms.yml"))


@pytest.fixture
def whole(tmp_path: Path, serve_bench: Serve) -> Bench:
    """The workbench of the example without its largest source, its figures and its events, in which all is well."""
    return serve_bench(example_without(tmp_path / "project"))


def go_to(hands: Keyboard, case: dict[str, Any]) -> None:
    """Open the form of a case."""
    page = hands.page
    if "claim" in case:
        hands.view("topics", "t")
        hands.use(page.locator(f"#row-{case['claim']}"))
        page.locator("#view").focus()
        hands.use(page.locator("#change-claim > summary"))
        hands.use(page.locator("#claim-fields"))
    else:
        hands.view("record", "b")
        hands.use(page.locator(f"#{case['open']}"))
    expect(page.locator("#record-apply")).to_be_visible()


def fill_in(hands: Keyboard, step: dict[str, str]) -> None:
    """Do one step of a case by keyboard."""
    page, (how, field) = hands.page, next(iter(step.items()))
    target = page.locator(f"#{field} > summary" if page.locator(f"details#{field}").count() else f"#{field}")
    if how == "press":
        hands.use(target)
    elif how == "tick":
        hands.reach(target)
        hands.press("Space")
    else:
        hands.reach(target)
        hands.type(step["words"])
    if how == "choose":
        first = page.locator(f"#{field}-list li").first
        expect(first).to_contain_text(step["option"])
        hands.press("Enter")
        expect(target).to_have_value(first.locator("span").inner_text() if first.count() else step["option"])


def test_what_makes_a_briefing_whole_is_made_by_form_alone(whole: Bench, tab: Open) -> None:
    """A figure, an event, a relation and the bottom line are typed into forms by keyboard; once saved, each file has
    the lines that `fmt` writes, and `check` finds no problem."""
    page = open_bench(tab, whole)
    hands = Keyboard(page)
    for case in CASES:
        go_to(hands, case)
        for step in case["steps"]:
            fill_in(hands, step)
        hands.press("Control+Enter")
        expect(page.locator("#record-apply"), case["why"]).to_be_focused()
        expect(page.locator(".toast")).to_have_text("Added." if "text" in case else "Changed.")
        expect(page.locator("#view .problem")).to_have_count(0)
        hands.use(page.locator("#record-close"))
        expect(page.locator("#claim-fields" if "claim" in case else f"#{case['open']}")).to_be_visible()
    expect(page.locator("#problem-count")).to_have_text("no problems")
    hands.press("Control+s")
    expect(page.locator("dialog .fine")).to_be_visible()
    for case in CASES:
        text = (whole.root / FOLDER / case["file"]).read_text(encoding="utf-8")
        assert text == case["text"] if "text" in case else case["holds"] in text, case["why"]
    assert run(whole.root, "fmt", "--check") == 0
    assert run(whole.root, "check", EXAMPLE) == 0
    assert hands.clicks == 0


def test_a_problem_stands_beside_its_field(whole: Bench, tab: Open) -> None:
    """What a form lacks, what the program refuses, and what `check` says of what was added are shown at the field."""
    page = open_bench(tab, whole)
    page.locator("#tab-record").click()
    page.locator("#add-event").click()
    page.locator("#record-apply").click()
    expect(page.locator("#r-what-told")).to_contain_text("This is needed.")
    expect(page.locator("#r-what")).to_be_focused()
    page.locator("#r-what").fill("The bridge is closed.")
    page.locator("#r-when").fill("soon")
    page.locator("#r-statements-add").click()
    page.keyboard.type("agency-closed-monday")
    page.locator("#r-statements-0-list li").first.click()
    page.locator("#record-apply").click()
    expect(page.locator("#r-when-told")).to_contain_text("is not a date")
    expect(page.locator("#r-when")).to_be_focused()
    expect(page.locator("#r-when")).to_have_attribute("aria-describedby", "r-when-hint r-when-told")
    page.locator("#r-when").fill("2031-08-30")
    page.locator("#record-apply").click()
    expect(page.locator("#r-when-told")).to_contain_text("the month 08")
    expect(page.locator("#undo")).to_be_enabled()


def test_what_is_typed_into_a_form_is_not_lost(whole: Bench, tab: Open) -> None:
    """A form with something typed stays while other things change, and a list that was changed meanwhile is not written
    over."""
    page = open_bench(tab, whole)
    page.locator("#tab-record").click()
    page.locator("#edit-briefing").click()
    page.locator("#r-title").fill("The Bridge")
    page.locator("#r-editors > summary").click()
    page.locator("#r-editors-0-affiliation").fill("The Quay Press")
    page.locator("#tab-topics").click()
    page.evaluate(
        """() => import('/store.js').then(({ change }) => change([{ do: 'set-record', kind: 'briefing',
          value: { title: 'Another title' }, before: { title: 'The Quay Bridge' } }]))"""
    )
    expect(page.locator("#title")).to_have_text("Another title")
    page.locator("#tab-record").click()
    expect(page.locator("#r-title")).to_have_value("The Bridge")
    page.locator("#record-apply").click()
    expect(page.locator(".toast.bad")).to_contain_text("changed meanwhile")
    expect(page.locator("#r-editors-0-affiliation")).to_have_value("The Quay Press")
    page.locator("#record-drop").click()
    expect(page.locator("#r-title")).to_have_value("Another title")


def test_entries_move_and_go(whole: Bench, tab: Open) -> None:
    """An entry of a list moves and goes by its buttons, and the focus stays with it."""
    page = open_bench(tab, whole)
    hands = Keyboard(page)
    hands.view("record", "b")
    hands.use(page.locator("#edit-briefing"))
    hands.use(page.locator("#r-watch > summary"))
    hands.use(page.locator("#r-watch-1-up"))
    expect(page.locator("#r-watch-1-down")).to_be_focused()
    hands.use(page.locator("#r-watch-2-remove"))
    expect(page.locator("#r-watch-3-remove")).to_be_focused()
    hands.press("Control+Enter")
    expect(page.locator(".toast")).to_have_text("Changed.")
    shown = page.locator("#r-watch textarea[id$='-name']")
    assert [one.input_value() for one in shown.all()] == ["Lowenhaven works office", "the mayor", "the ferry"]


#: Every form, with the record that it shows; a new one without.
FORMS = (
    ("briefing", ""), ("figure", ""), ("event", ""), ("claim", "one-crack"), ("statement", "courier-closed-monday"),
    ("source", "notice"), ("speaker", "works-office"),
)  # fmt: skip
OPEN = "([kind, id]) => import('/briefing_form.js').then((one) => one.openRecord(kind, id))"
UNFOLD = "document.querySelectorAll('#view details').forEach((one) => { one.open = true; })"


def looks(page: Page) -> Iterator[str]:
    """Every kind of form in turn, with all that it folds away."""
    page.locator("#tab-record").click()
    yield "overview"
    for kind, name in FORMS:
        page.evaluate(OPEN, [kind, name])
        expect(page.locator(f"#view form[data-record='{kind} {name}']")).to_be_visible()
        page.evaluate(UNFOLD)
        yield f"{kind} {name}"
    page.evaluate(OPEN, ["event", ""])
    page.locator("#record-apply").click()
    expect(page.locator("#r-what-told")).to_contain_text("needed")
    yield "problems"


@pytest.mark.parametrize(("width", "dark"), [(width, dark) for width in (1280, 768) for dark in (False, True)])
def test_everybody_can_use_the_forms(width: int, dark: bool, whole: Bench, tab: Open) -> None:
    """No form breaks a rule of axe, nor is wider than its window, at either width, light or dark."""
    page = open_bench(tab, whole, width=width, dark=dark)
    found = {}
    for name in looks(page):
        page.evaluate("document.fonts.ready")
        found[name] = [*violations(page), *([f"{sideways(page)} pixels too wide"] if sideways(page) else [])]
    assert found == {name: [] for name in found}
