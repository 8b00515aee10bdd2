"""The workbench in a real browser: the largest source of the invented example is made from nothing, by mouse and by
keyboard; and nothing that anybody typed is ever more than text.
"""

import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from difflib import ndiff
from pathlib import Path
from typing import Any

import pytest
import yaml
from playwright.sync_api import Page, expect

from build_tools.workbench.server import make_server
from build_tools.workbench.session import Workbench
from tests.browser import Open
from tests.projects import EXAMPLE, load_checked, run
from tests.workbench.example import LARGEST, example_without
from tests.workbench.hands import Hands, Keyboard, Mouse

pytestmark = pytest.mark.slow

WORK: dict[str, Any] = yaml.safe_load(Path(__file__).with_name("chronicle.yml").read_text(encoding="utf-8"))
TOKEN = "a-token-of-the-tests"  # noqa: S105 - it opens nothing


@dataclass
class Bench:
    """A project, and the address at which its workbench is served."""

    root: Path
    home: str

    @property
    def start(self) -> str:
        """The path that opens the example."""
        return f"?briefing={EXAMPLE}#{TOKEN}"


@pytest.fixture
def serve_bench() -> Iterator[Callable[[Path], Bench]]:
    """Serves the workbench of a project until the test ends."""
    with ExitStack() as running:

        def serve(root: Path, by: str = "Ada Reader") -> Bench:
            server = running.enter_context(make_server(Workbench(root, [], by), TOKEN, 0))
            threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
            running.callback(server.shutdown)
            return Bench(root, f"http://127.0.0.1:{server.server_port}/")

        yield serve


@pytest.fixture
def bench(tmp_path: Path, serve_bench: Callable[[Path], Bench]) -> Bench:
    """The example without its largest source, which has just been ingested."""
    root = example_without(tmp_path / "project")
    words = ("ingest", str(root / "article.txt"), "--briefing", EXAMPLE, "--id", LARGEST, "--lang", "en")
    assert run(root, *words) == 0
    return serve_bench(root)


def open_bench(tab: Open, bench: Bench, **size: Any) -> Page:
    """The page, with the example open."""
    page = tab(bench.home, **size).open(bench.start)
    expect(page.locator("#title")).to_have_text("The Quay Bridge")
    expect(page.locator(".p").first).to_be_visible()
    return page


def make_claim(hands: Hands, new: dict[str, str]) -> None:
    """Make the claim of a statement."""
    hands.choose("claim", "New claim", typed=new["claim"])
    hands.option("new-claim-topic", new["topic"])
    hands.option("new-claim-kind", new["kind"])
    if "answer" in new:
        hands.option("answer", "A new answer …")
        hands.write("answer-new", new["answer"])
    hands.write("new-terms", new["terms"])


def make_statement(hands: Hands, one: dict[str, Any]) -> None:
    """Make a statement, from selecting its words to adding it."""
    page = hands.page
    hands.select(one["paragraph"], one["select"])
    if "new" in one:
        make_claim(hands, one["new"])
    else:
        hands.choose("claim", one["claim"], typed=one["claim"][:18])
    speaker = one.get("speaker", {})
    if "new" in speaker:
        hands.choose("speaker", "New speaker", typed=speaker["new"])
        hands.pick("new-speaker-kind", speaker["kind"])
    elif page.locator("#speaker").input_value() != speaker.get("name", ""):
        hands.choose("speaker", speaker.get("name", "The article itself"), typed=speaker.get("typed", "The article"))
    if "stance" in one:
        hands.pick("stance", one["stance"])
    if "note" in one:
        hands.write("note", one["note"])
    hands.add()


def answer_problems(hands: Hands) -> None:
    """Answer what the checks ask after the statements were made."""
    page = hands.page
    problems = page.locator(".problems li")
    for one in WORK["allow"]:
        hands.view("problems", "o")
        hands.use(problems.filter(has_text=one["says"]).get_by_role("button"))
        hands.note(page.get_by_label("Reason to keep it"), one["reason"])
        expect(page.get_by_label("Reason to keep it")).to_have_count(0)
    for one in WORK["pass_over"]:
        hands.view("problems", "o")
        hands.use(problems.filter(has_text=one["says"]).get_by_role("button"))
        hands.note(page.locator(f"#pass-{LARGEST}"), one["reason"])
        expect(page.locator(f"#pass-{LARGEST}")).to_have_count(0)
    for other, reason in WORK["independent"].items():
        hands.view("source", "d")
        hands.option("independent-of", other)
        hands.write("independent-why", reason)
        hands.use(page.locator("#independent-add"))
        expect(page.locator("#view")).to_contain_text(f"{other}: {reason}")


def typed_lines(root: Path) -> dict[str, list[str]]:
    """The lines of the files that people type, without the ids that `lock` writes, by path."""
    files = {path.relative_to(root).as_posix(): path for path in (root / "briefings").rglob("*.yml")}
    return {
        name: [line for line in path.read_text(encoding="utf-8").splitlines() if line.split()[:1] != ["id:"]]
        for name, path in files.items()
    }


def count_typed(before: dict[str, list[str]], after: dict[str, list[str]]) -> int:
    """The keys that somebody presses who types what was added: a key for each character and each end of a line."""
    added = (line for name, lines in after.items() for line in ndiff(before[name], lines) if line.startswith("+ "))
    return sum(len(line[2:].strip()) + 1 for line in added)


@pytest.mark.parametrize("way", [Mouse, Keyboard])
def test_a_source_is_made_from_nothing(
    way: type[Hands], bench: Bench, tab: Open, record_property: Callable[[str, object], None]
) -> None:
    """Twelve statements, three new claims, a new speaker and the gists of the rest are made and saved without a
    keystroke of YAML, with fewer keys than the YAML has; and `check` finds no problem."""
    before = typed_lines(bench.root)
    page = open_bench(tab, bench)
    hands = way(page)
    hands.open(LARGEST)
    for paragraph, kind in WORK["kinds"].items():
        hands.kind(paragraph, kind)
    for one in WORK["statements"]:
        make_statement(hands, one)
    for paragraph, gist in WORK["gists"].items():
        hands.gist(paragraph, gist)
    expect(page.locator(f"#source-{LARGEST}")).to_contain_text("✓")
    answer_problems(hands)
    expect(page.locator("#problem-count")).to_have_text("no problems")
    hands.save()
    assert run(bench.root, "check", EXAMPLE) == 0
    made = load_checked(bench.root).briefings[0]
    assert len(made.carried[LARGEST]) == len(WORK["statements"]) == 12
    yaml_keys = count_typed(before, typed_lines(bench.root))
    record_property(way.__name__, f"{hands.keys} keys, {hands.clicks} clicks, {hands.seconds:.0f} s; YAML {yaml_keys} keys")
    assert hands.keys < yaml_keys
    assert not isinstance(hands, Keyboard) or hands.clicks == 0
