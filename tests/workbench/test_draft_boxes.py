"""In a real browser, gists, answers and claims that somebody else proposes are changed, accepted and refused."""

import json
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from synoptic.proposals.drafts import read_drafts
from tests.browser import Open, sideways, violations
from tests.projects import EXAMPLE, load_site, run
from tests.workbench.conftest import Bench, Serve, open_bench
from tests.workbench.example import LARGEST
from tests.workbench.hands import Hands, Keyboard, Mouse

pytestmark = pytest.mark.slow

CLAIM = "The works will cost an estimated 4.5 million crowns."
QUOTE = "The works will cost 4.5 million crowns, the office estimates"
PROPOSALS = {
    "briefing": EXAMPLE,
    "by": "A colleague",
    "answers": [{"topic": "cost", "id": "estimate", "text": "An estimate, and no more"}],
    "claims": [
        {"topic": "cost", "id": "cost-estimate", "claim": CLAIM, "kind": "prediction", "answer": "estimate"},
    ],
    "statements": [
        {"claim": "cost-estimate", "source": LARGEST, "paragraph": 10, "speaker": "works-office", "quote": QUOTE},
    ],
    "gists": [
        {"source": LARGEST, "paragraphs": "12", "gist": "A café owner asks which fair is meant."},
        {"source": LARGEST, "paragraphs": "13", "gist": "Life on the eastern bank follows the ferry."},
    ],
}  # fmt: skip


@pytest.fixture
def proposed(ingested: Path, serve_bench: Serve) -> Bench:
    """The workbench of the example, for which a colleague proposed one answer, claim and statement, and two gists."""
    (ingested / "proposals.json").write_text(json.dumps(PROPOSALS), encoding="utf-8")
    assert run(ingested, "import", str(ingested / "proposals.json")) == 0
    return serve_bench(ingested)


def gists(hands: Hands, page: Page) -> None:
    """Refuse the first gist, bring it back, refuse it again, undo nothing; change the second and accept it."""
    if isinstance(hands, Keyboard):
        hands.go(12)
        hands.press("r")
    else:
        hands.click(page.locator("#p12 .refuse"))
    expect(page.locator("#p12 .draft")).to_have_count(0)
    if isinstance(hands, Keyboard):
        hands.go(13)
        hands.press("g")
        expect(page.locator("#p13 .draft textarea")).to_be_focused()
    else:
        hands.click(page.locator("#p13 .draft textarea"))
    hands.press("Control+a")
    hands.type("People on the eastern bank plan by the ferry.")
    if isinstance(hands, Keyboard):
        hands.press("Enter")
    else:
        hands.click(page.locator("#p13 .accept"))
    expect(page.locator("#gist-13")).to_have_value("People on the eastern bank plan by the ferry.")
    expect(page.locator("#p13 .draft")).to_have_count(0)


def answer_and_claim(hands: Hands, page: Page) -> None:
    """Accept the answer at its topic, then the claim in the claim pane, then its statement."""
    hands.view("topics", "t")
    if page.locator("#topic").input_value() != "cost":
        page.locator("#topic").select_option("cost")  # a menu of the browser's own
    hands.use(page.locator("#view .draft .accept"))
    expect(page.locator("table.grid")).to_contain_text("An estimate, and no more")
    assert violations(page) == []
    hands.use(page.locator("#to-proposed"))
    claim = page.locator("#view .draft").filter(has_text="Claim, proposed by A colleague")
    expect(claim.locator("textarea")).to_have_value(CLAIM)
    assert violations(page) == []
    assert not sideways(page)
    if isinstance(hands, Keyboard):
        hands.reach(claim.locator(".accept"))
        hands.press("a")
    else:
        hands.click(claim.locator(".accept"))
    expect(page.locator("#view .draft")).to_have_count(0)
    hands.view("topics", "t")
    hands.use(page.locator("#row-cost-estimate"))
    hands.use(page.get_by_role("button", name=f"Show in the article: {QUOTE}"))
    expect(page.locator("#form form")).to_contain_text("proposed by A colleague")
    expect(page.locator("#claim")).to_have_value(CLAIM)
    hands.add()
    expect(page.locator("#view blockquote")).to_have_text(QUOTE)


@pytest.mark.parametrize("way", [Mouse, Keyboard])
def test_every_kind_of_draft_is_accepted_or_refused(way: type[Hands], proposed: Bench, tab: Open) -> None:
    """A gist is refused at its paragraph and another changed and accepted, an answer is accepted at its topic, a claim
    in the claim pane and its statement in its form; saving says how many were proposed, refused and accepted."""
    page = open_bench(tab, proposed)
    hands = way(page)
    hands.open(LARGEST)
    expect(page.locator(".p .draft")).to_have_count(2)
    assert violations(page) == []
    gists(hands, page)
    answer_and_claim(hands, page)
    hands.save()
    briefing = load_site(proposed.root).briefing[EXAMPLE]
    assert "Drafts by A colleague: 5 proposed, 1 refused, 4 accepted." in (briefing.file.editors[0].assistance or "")
    assert briefing.claim["cost-estimate"].answer == "estimate"
    assert briefing.source[LARGEST].outline["13"] == "People on the eastern bank plan by the ferry."
    drafts = read_drafts(proposed.root, EXAMPLE).drafts
    assert [(one.kind, one.accepted, one.refused) for one in drafts if not one.accepted] == [("gist", False, True)]
    assert not isinstance(hands, Keyboard) or hands.clicks == 0


def test_what_was_refused_can_be_brought_back(proposed: Bench, tab: Open) -> None:
    """A refused draft is listed in the claim pane, from where it comes back, at its paragraph."""
    page = open_bench(tab, proposed, width=768, dark=True)
    hands = Mouse(page)
    hands.open(LARGEST)
    hands.click(page.locator("#p12 .refuse"))
    expect(page.locator("#p12 .draft")).to_have_count(0)
    hands.view("claim", "c")
    hands.click(page.locator("#refused summary"))
    hands.click(page.get_by_role("button", name="Bring back"))
    expect(page.locator("#p12 .draft")).to_have_count(1)
    assert violations(page) == []
    assert not sideways(page)
