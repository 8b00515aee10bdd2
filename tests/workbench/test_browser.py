"""The workbench in a real browser: the largest source of the invented example is made from nothing, by mouse and by
keyboard; and nothing that anybody typed is ever more than text.
"""

import json
import re
from collections.abc import Iterator
from difflib import ndiff
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser import Open, sideways, violations
from tests.projects import CHECKOUT, EXAMPLE, load_checked, replace_once, run
from tests.workbench.conftest import Bench, Serve, open_bench
from tests.workbench.example import LARGEST, example_without
from tests.workbench.hands import Hands, Keyboard, Mouse
from tests.yaml_files import read_yaml

pytestmark = pytest.mark.slow

WORK: dict[str, Any] = read_yaml(Path(__file__).with_name("chronicle.yml"))


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
    """Give the reasons that the checks ask for after the statements were made."""
    page = hands.page
    for other, reason in WORK["independent"].items():
        hands.view("source", "d")
        hands.use(page.locator("#source-fields"))
        expect(page.locator("#record-apply")).to_be_visible()
        for folded in ("#r-more", "#r-independent"):  # the second reason is not folded away
            if not page.locator("#r-independent-add").is_visible():
                hands.use(page.locator(f"{folded} > summary"))
        hands.use(page.locator("#r-independent-add"))
        row = page.locator("#r-independent .entry").last
        hands.type(other)
        hands.take(row.locator("li").first)
        hands.note(row.locator("textarea"), reason)
        expect(page.locator("#record-apply")).to_be_focused()
        hands.use(page.locator("#record-close"))
        expect(page.locator("#view .facts")).to_contain_text(reason)


def typed_lines(root: Path) -> dict[str, list[str]]:
    """The lines of the files that people type, without the ids that `lock` writes, by path."""
    files = {path.relative_to(root).as_posix(): path for path in (root / "briefings").rglob("*.yml")}
    return {
        name: [line for line in path.read_text(encoding="utf-8").splitlines() if line.split()[:1] != ["id:"]]
        for name, path in files.items()
    }


def count_typed(before: dict[str, list[str]], after: dict[str, list[str]]) -> int:
    """The keys that somebody presses who types what was added: a key for each character and each end of a line. The
    words of a quotation are copied from the article, with four keys; `lock` makes the ids of statements."""
    added = (line for name, lines in after.items() for line in ndiff(before[name], lines) if line.startswith("+ "))
    lines = (re.sub(r"^(quote: ).*", r"\1copy", line[2:].strip()) for line in added)
    lines = (re.sub(rf"^- id: {LARGEST}-.*", "- ", line) for line in lines)
    return sum(len(line) + 1 for line in lines)


def told(way: str) -> int:
    """How many keys one way takes, as the documentation tells."""
    page = (CHECKOUT / "docs/contribute/workbench.md").read_text(encoding="utf-8")
    row = next(line for line in page.splitlines() if line.startswith(f"| {way} |"))
    return int(row.split("|")[2].replace(",", ""))


@pytest.mark.long
@pytest.mark.parametrize("way", [Mouse, Keyboard])
def test_a_source_is_made_from_nothing(way: type[Hands], bench: Bench, tab: Open) -> None:
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
    made = load_checked(bench.root).briefing[EXAMPLE]
    assert len(made.carried[LARGEST]) == len(WORK["statements"]) == 12
    yaml_keys = count_typed(before, typed_lines(bench.root))
    print(f"{way.__name__}: {hands.keys} keys, {hands.clicks} clicks, {hands.seconds:.0f} s; YAML: {yaml_keys} keys")
    assert hands.keys < yaml_keys
    assert told("YAML in an editor") == yaml_keys
    # Tab stops and letters may be a few more or less after a change of the page
    assert hands.keys == pytest.approx(told(f"workbench, by {way.__name__.lower()}"), rel=0.1)
    assert not isinstance(hands, Keyboard) or hands.clicks == 0


SIZES = [(width, dark) for width in (1280, 768) for dark in (False, True)]


def looks(page: Page) -> Iterator[str]:
    """Every part of the page in turn, by its name, opened by the keys that the list of keys names."""
    page.locator(f"#source-{LARGEST}").click()
    expect(page.locator(f"#source-{LARGEST}")).to_have_attribute("aria-current", "true")
    yield "article"
    page.locator("#text").focus()
    for key in ("ArrowDown", "ArrowDown", "Control+ArrowRight", "Enter"):
        page.keyboard.press(key)
    expect(page.locator("#claim-list li").first).to_be_visible()
    yield "form with a list"
    page.keyboard.type("A claim of ours")
    expect(page.locator("#claim-list li").last).to_have_text("New claim: A claim of ours")
    page.keyboard.press("Enter")  # no claim has these words, so a new one is what is offered
    expect(page.locator("#new-claim")).to_be_focused()
    yield "form with a new claim"
    page.keyboard.press("Escape")
    expect(page.locator("#form form")).to_have_count(0)
    page.locator("#tab-topics").click()
    page.locator("button.claim-name").first.click()
    expect(page.frame_locator("iframe").locator("h2")).to_be_visible()
    expect(page.locator(".likely").first).to_be_visible()
    for summary in page.locator("#view summary").all():
        summary.click()
    yield "claim"
    for key, name in (("o", "problems"), ("d", "source")):
        page.locator("#text").focus()
        page.keyboard.press(key)
        expect(page.locator(f"#tab-{name}")).to_have_attribute("aria-selected", "true")
        yield name
    page.locator("#text").focus()
    page.keyboard.press("?")
    expect(page.locator("dialog kbd").first).to_be_visible()
    yield "keys"
    page.keyboard.press("Escape")
    page.keyboard.press("Control+s")
    expect(page.locator("dialog #by")).to_be_focused()
    yield "name"
    page.keyboard.press("Escape")


@pytest.mark.parametrize(("width", "dark"), SIZES)
def test_everybody_can_use_it(width: int, dark: bool, no_name: Bench, tab: Open) -> None:
    """No part of the page breaks a rule of axe, nor is wider than its window, at either width, light or dark."""
    page = open_bench(tab, no_name, width=width, dark=dark)
    found = {}
    for name in looks(page):
        page.evaluate("document.fonts.ready")
        found[name] = [*violations(page), *([f"{sideways(page)} pixels too wide"] if sideways(page) else [])]
    assert found == {name: [] for name in found}


def test_one_key_accepts_a_suggestion(bench: Bench, tab: Open) -> None:
    """The key n opens the next suggestion with its form. Where no claim is close, none is filled in and a goes to their
    list; else a accepts it as it stands, and undo and redo take it back and do it again."""
    page = open_bench(tab, bench)
    keyboard = Keyboard(page)
    keyboard.open(LARGEST)
    guess = page.locator("#claim-guess")
    with page.expect_response(re.compile("like=")):
        keyboard.press("n")
    expect(page.locator("#form .soft").first).to_have_text("Chronicle ¶6")
    keyboard.press("a")
    expect(page.locator("#claim-list li").first).to_be_visible()
    expect(page.locator("#claim")).to_be_focused()
    expect(page.locator("#claim")).to_have_value("")
    expect(guess).to_have_text("")
    keyboard.press("Escape")  # the list
    keyboard.go(9)
    keyboard.press("n")
    expect(page.locator("#form .soft").first).to_have_text("Chronicle ¶9")
    claim = "The crack is 40 centimetres long."
    expect(page.locator("#claim")).to_have_value(claim)
    expect(guess).to_contain_text("is it this one?")
    expect(page.locator("#text")).to_be_focused()
    keyboard.press("a")
    keyboard.wait()
    said = page.locator("#p9 button.said")
    expect(said).to_have_text(claim)
    keyboard.press("Control+z")
    expect(said).to_have_count(0)
    keyboard.press("Control+Shift+Z")
    expect(said).to_have_count(1)


def test_the_keyboard_selects_within_a_paragraph(bench: Bench, tab: Open) -> None:
    """Moving by paragraph selects nothing, Shift selects from its first word, and no selection leaves the paragraph."""
    page = open_bench(tab, bench)
    keyboard = Keyboard(page)
    keyboard.open(LARGEST)
    keyboard.go(5)
    selected = "import('/cursor.js').then(({ selected, where }) => [selected(), where()])"
    words, cursor = page.evaluate(selected)
    assert cursor["start"] == cursor["end"] == 0
    assert (words["start"], words["end"]) == (0, len("A"))
    keyboard.press("Shift+ArrowRight", 2)
    words, _ = page.evaluate(selected)
    assert (words["paragraph"], words["start"], words["end"]) == (5, 0, len("A letter"))
    for key, times in (("Shift+ArrowDown", 2), ("Shift+ArrowRight", 2), ("Control+Shift+ArrowRight", 2)):
        keyboard.press(key, times)
    words, _ = page.evaluate(selected)
    text = page.locator("#p5 .words").inner_text()
    assert words == {"source": LARGEST, "paragraph": 5, "start": 0, "end": len(text)}


def test_the_keys_go_on_in_the_comparison(bench: Bench, tab: Open) -> None:
    """After a key has opened a part of the comparison, the next key opens another, or the next suggestion."""
    page = open_bench(tab, bench)
    page.locator("#text").focus()
    for key, name in (("t", "topics"), ("o", "problems"), ("c", "claim"), ("d", "source")):
        page.keyboard.press(key)
        expect(page.locator(f"#tab-{name}")).to_have_attribute("aria-selected", "true")
    page.keyboard.press(str(page.locator("#sources [id^=source-]").count()))
    page.keyboard.press("t")
    page.keyboard.press("n")
    expect(page.locator("#form form")).to_be_visible()
    expect(page.locator("#text")).to_be_focused()


def test_a_reason_answers_a_problem(ingested: Path, serve_bench: Serve, tab: Open) -> None:
    """Where a rule allows an exception, the reason is typed beside the problem, which is gone then."""
    words = "A baker had sold forty loaves by noon"
    longer = f"{words}, where on a common Tuesday he sells two hundred"
    replace_once(ingested / f"briefings/{EXAMPLE}/claims/closing.yml", f"quote: {words}", f"quote: {longer}")
    page = open_bench(tab, serve_bench(ingested))
    page.get_by_role("tab", name="Problems").click()
    page.locator(".problems li").filter(has_text="over-length").get_by_role("button").first.click()
    reason = page.locator("#allow-courier-baker-loaves-over-length")
    expect(reason).to_have_accessible_name("Reason to keep it")
    reason.fill("The two numbers are one comparison.")
    reason.press("Enter")
    expect(page.locator(".problems li").filter(has_text="over-length")).to_have_count(0)


def test_a_new_claim_and_a_new_speaker_ask(bench: Bench, tab: Open) -> None:
    """The topic of a new claim, and the kind of a new speaker unless the name tells it, are for people to choose; the
    form never scrolls the page away."""
    page = open_bench(tab, bench)
    page.locator("button.claim-name").first.click()
    hands = Mouse(page)
    hands.open(LARGEST)
    hands.select(11, "to cars and buses only")
    hands.choose("speaker", "New speaker", typed="Transport officials")
    expect(page.locator("#new-speaker-kind-unnamed")).to_be_checked()
    hands.choose("speaker", "New speaker", typed="Vesna Quill")
    expect(page.locator("[name=new-speaker-kind]:checked")).to_have_count(0)
    hands.choose("claim", "New claim", typed="The bridge is open to people on foot.")
    expect(page.locator("#new-claim-topic")).to_have_value("")
    expect(page.locator("#new-terms")).to_have_value("")
    page.locator("#add").click()
    expect(page.locator("#form-problems")).to_contain_text("Choose the kind of the new speaker.")
    hands.pick("new-speaker-kind", "person")
    page.locator("#add").click()
    expect(page.locator("#form-problems")).to_contain_text("Choose a topic.")
    assert page.evaluate("document.documentElement.scrollHeight - innerHeight") == 0


def test_who_says_a_statement_can_be_changed(bench: Bench, tab: Open) -> None:
    """A statement's speaker is changed where the rest of it is, to somebody else and to the article itself."""
    page = open_bench(tab, bench)
    page.locator("button.claim-name").first.click()
    page.locator(".statements details summary").first.click()  # closing the form opens it again
    for name in ("Tilda Marchbank", ""):
        page.locator(".statements [id^=fields-]").first.click()
        page.locator("#r-speaker").fill(name)
        if name:
            page.locator("#r-speaker-list li").first.click()
        page.locator(".toast").evaluate_all("all => all.forEach(one => one.remove())")  # that of the last time
        page.locator("#record-apply").click()
        expect(page.locator(".toast")).to_contain_text("Changed.")
        page.locator("#record-close").click()
        expect(page.locator(".who").first).to_contain_text("Tilda Marchbank, in " if name else " asserts")
    expect(page.locator(".who").first).not_to_contain_text("Tilda Marchbank")
    assert page.locator(".toast.bad").count() == 0


def test_one_key_accepts_a_draft(ingested: Path, serve_bench: Serve, tab: Open) -> None:
    """A proposal of somebody else fills the form with its new claim, its words and its maker; a accepts it."""
    claim = "The works will cost an estimated 4.5 million crowns."
    quote = "The works will cost 4.5 million crowns, the office estimates"
    proposals = {
        "briefing": EXAMPLE,
        "by": "A colleague",
        "claims": [{"topic": "cost", "id": "cost-estimate", "claim": claim, "kind": "prediction"}],
        "statements": [
            {"claim": "cost-estimate", "source": LARGEST, "paragraph": 10, "speaker": "works-office", "quote": quote}
        ],
    }  # fmt: skip
    (ingested / "proposals.json").write_text(json.dumps(proposals), encoding="utf-8")
    assert run(ingested, "import", str(ingested / "proposals.json")) == 0
    page = open_bench(tab, serve_bench(ingested))
    keyboard = Keyboard(page)
    keyboard.open(LARGEST)
    keyboard.go(9)
    keyboard.press("ArrowDown")
    keyboard.press("p")  # a draft comes before what suggest proposes in its paragraph
    keyboard.press("n")
    expect(page.locator("#form form")).to_contain_text("proposed by A colleague")
    expect(page.locator(".offer:has(:checked) b")).to_have_text(quote)
    expect(page.locator("#new-claim")).to_have_value(claim)
    keyboard.press("a")
    keyboard.wait()
    expect(page.locator("#p10 button.said")).to_have_text(claim)


def test_the_later_of_two_windows_is_told(bench: Bench, tab: Open) -> None:
    """A window that does not know of a change gets it, and what it sent is not done."""
    first, second = (open_bench(tab, bench) for _ in range(2))
    for page in (first, second):
        Keyboard(page).open(LARGEST)
    Keyboard(first).gist(13, "Life on the eastern bank follows the ferry.")
    expect(first.locator("#p13")).not_to_contain_class("missing")
    Keyboard(second).gist(12, "A café owner asks which fair is meant.")
    expect(second.locator(".toast.bad")).to_contain_text("Another window")
    expect(second.locator("#gist-13")).to_have_value("Life on the eastern bank follows the ferry.")
    expect(second.locator("#p12")).to_contain_class("missing")


EVERY_FIELD: list[dict[str, Any]] = read_yaml(Path(__file__).with_name("fields.yml"))
#: How many elements of the comparison have a text, or hold it as their value.
HOLD = """text => [...document.querySelectorAll("#view *")]
  .filter((one) => one.textContent === text || one.value === text).length"""
HOSTILE = '<img src=x onerror="hit()">"\'*_[x](javascript:hit()) {: onclick=hit() } {{ 7*7 }}'


def test_hostile_text_is_only_text(tmp_path: Path, serve_bench: Serve, tab: Open) -> None:
    """Texts that would be markup are shown to the character wherever the page has them, and do nothing."""
    root = example_without(tmp_path / "project")
    (root / "article.txt").write_text(f"A title {HOSTILE}\n\nIt said {HOSTILE} today.\n\nIt ends {HOSTILE}\n", "utf-8")
    words = ("ingest", str(root / "article.txt"), "--briefing", EXAMPLE, "--id", "hostile", "--lang", "en")
    assert run(root, *words) == 0
    bench = serve_bench(root)
    opened = tab(bench.home, fresh=True)
    opened.page.add_init_script("window.hits = 0; window.hit = () => { window.hits += 1; };")
    page = opened.open(bench.start)
    page.locator("#source-hostile").click()
    expect(page.locator("#p2 .words")).to_have_text(f"It said {HOSTILE} today.")
    changes = json.loads(json.dumps(EVERY_FIELD).replace("TEXT", json.dumps(HOSTILE)[1:-1]))
    made = page.evaluate("changes => import('/store.js').then(({ change }) => change(changes))", changes)
    assert made is not None
    shown = {}
    for view in ("topics", "claim", "problems", "source"):
        page.evaluate(
            "([view, claim, topic]) => import('/store.js').then(({ show }) => show(view, { claim, topic }))",
            [view, made["made"][3], made["made"][0]],
        )
        expect(page.locator(f"#tab-{view}")).to_have_attribute("aria-selected", "true")
        if view == "claim":
            expect(page.frame_locator("iframe").locator("h2")).to_have_text(HOSTILE)
        shown[view] = page.evaluate(
            HOLD,
            HOSTILE,
        )
    assert {view for view, times in shown.items() if times} >= {"topics", "claim", "source"}
    Keyboard(page).select(3, "It ends")
    expect(page.locator("#claim-list li span").filter(has_text=HOSTILE).first).to_be_visible()
    page.keyboard.press("Control+s")
    expect(page.locator("dialog .changes, dialog .problem").first).to_be_visible()
    for frame in page.frames:
        assert frame.locator("img, [onerror], [onclick], a[href^='javascript']").count() == 0
    assert page.evaluate("window.hits") == 0
    assert opened.foreign == []
