"""In a real browser, what was saved is put on a branch, in a temporary repository."""

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser import Open, sideways, violations
from tests.projects import git
from tests.workbench.conftest import Bench, open_bench
from tests.workbench.desk import commit_project
from tests.workbench.example import FOLDER, LARGEST
from tests.workbench.hands import Hands, Keyboard, Mouse

pytestmark = pytest.mark.slow


def save_a_gist(hands: Hands, page: Page) -> None:
    """Write a gist, and save it; the dialog that says so stays open."""
    hands.open(LARGEST)
    hands.gist(13, "Life on the eastern bank follows the ferry.")
    expect(page.locator("#p13")).not_to_contain_class("missing")
    if isinstance(hands, Keyboard):
        hands.press("Control+s")
    else:
        hands.click(page.locator("#save"))
    expect(page.locator("dialog .fine")).to_be_visible()


def branches(root: Path) -> set[str]:
    """The branches of a repository."""
    return set(git(root, "branch", "--format=%(refname:short)").split())


@pytest.mark.parametrize("way", [Mouse, Keyboard])
def test_what_is_saved_goes_on_a_branch(way: type[Hands], bench: Bench, tab: Open) -> None:
    """A name that is taken is refused in words; with another the changes of the briefing are committed, and nothing
    else, and the command that pushes them is shown. The mouse is not needed."""
    commit_project(bench.root)
    (bench.root / "notes.txt").write_text("mine", encoding="utf-8")
    page = open_bench(tab, bench)
    hands = way(page)
    save_a_gist(hands, page)
    hands.use(page.get_by_role("button", name="Make a branch …"))
    expect(page.locator("#branch")).to_be_focused()
    assert page.locator("#branch").input_value().startswith("quay-bridge-")
    assert violations(page) == []
    assert not sideways(page)
    hands.write("branch", "main")
    hands.press("Enter")
    expect(page.locator("dialog .problem")).to_contain_text('there is a branch "main" already')
    assert branches(bench.root) == {"main"}
    hands.write("branch", "ferry-gist")
    hands.write("message", "Briefing quay-bridge: a gist")
    hands.press("Enter")
    expect(page.locator("dialog .fine")).to_contain_text("Committed to ferry-gist")
    expect(page.locator("#push")).to_have_value("git push -u origin ferry-gist")
    expect(page.locator("#push")).to_be_focused()
    assert violations(page) == []
    hands.use(page.locator("dialog .main"))
    expect(page.locator("dialog")).to_have_count(0)
    assert branches(bench.root) == {"main", "ferry-gist"}
    assert git(bench.root, "log", "-1", "--format=%s") == "Briefing quay-bridge: a gist"
    changed = git(bench.root, "show", "--name-only", "--format=", "HEAD").split()
    assert all(name.startswith(f"{FOLDER}/") for name in changed)
    assert f"{FOLDER}/sources/{LARGEST}.yml" in changed
    assert git(bench.root, "status", "--porcelain", "--", "notes.txt") == "?? notes.txt"
    assert not isinstance(hands, Keyboard) or hands.clicks == 0


def test_a_message_left_empty_is_written(bench: Bench, tab: Open) -> None:
    """Without a message the commit says in words what changed."""
    commit_project(bench.root)
    page = open_bench(tab, bench, width=768)
    hands = Mouse(page)
    save_a_gist(hands, page)
    hands.use(page.get_by_role("button", name="Make a branch …"))
    assert not sideways(page)
    hands.use(page.get_by_role("button", name="Make the branch"))
    expect(page.locator("dialog .fine")).to_contain_text("Committed to quay-bridge-")
    assert "quay-bridge" in git(bench.root, "log", "-1", "--format=%s")
    assert "outline" in git(bench.root, "log", "-1", "--format=%b")


def test_without_a_repository_the_dialog_says_so(bench: Bench, tab: Open) -> None:
    """Where there is no repository, the dialog shows Git's own words, and stays open."""
    page = open_bench(tab, bench)
    hands = Mouse(page)
    save_a_gist(hands, page)
    hands.use(page.get_by_role("button", name="Make a branch …"))
    hands.use(page.get_by_role("button", name="Make the branch"))
    expect(page.locator("dialog .problem")).to_contain_text("not a git repository")


@pytest.mark.parametrize(("width", "dark"), [(width, dark) for width in (1280, 768) for dark in (False, True)])
def test_everybody_can_make_a_branch(width: int, dark: bool, bench: Bench, tab: Open) -> None:
    """No step of saving and branching breaks a rule of axe or is too wide, at either width, light or dark."""
    commit_project(bench.root)
    page = open_bench(tab, bench, width=width, dark=dark)
    hands = Mouse(page)
    save_a_gist(hands, page)
    for button, shown in (("Make a branch …", "#branch"), ("Make the branch", "#push")):
        assert violations(page) == []
        hands.use(page.get_by_role("button", name=button))
        expect(page.locator(shown)).to_be_visible()
    assert violations(page) == []
    assert not sideways(page)
