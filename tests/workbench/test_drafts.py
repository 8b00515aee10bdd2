"""Imported drafts in the workbench: shown where their words are, and counted once they are accepted and saved."""

import json
from pathlib import Path

import pytest

from synoptic.proposals.drafts import open_drafts
from synoptic.workbench.fields import Declined
from tests.projects import replace_once, run
from tests.workbench.desk import SLUG, Desk, tidy_project

QUOTE = "If the fans fail, the tunnel stays closed"


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """A workbench on the small project, for which somebody proposed two statements."""
    root = tidy_project(tmp_path / "p")
    own = {"claim": "opens-in-june", "source": "herald", "paragraph": 6, "stance": "questions", "quote": QUOTE}
    other = {"claim": "opens-in-june", "source": "herald", "quote": "Its opening isn't a matter of weeks"}
    file = tmp_path / "proposals.json"
    file.write_text(json.dumps({"briefing": SLUG, "by": "A helper", "statements": [own, other]}), encoding="utf-8")
    assert run(root, "import", str(file)) == 0
    return Desk(root)


def suggestions(desk: Desk) -> list[dict[str, object]]:
    """What somebody proposes for one paragraph."""
    found = desk.bench.source(SLUG, "herald")["paragraphs"][5]
    assert all(found["text"][one["start"] : one["end"]] == one["quote"] for one in found["suggestions"])
    return [one for one in found["suggestions"] if "draft" in one]


def test_drafts_are_suggested_until_they_are_accepted(desk: Desk) -> None:
    """A draft is suggested with who proposed it and its claim; saved as a statement, it is accepted, and counted."""
    found = suggestions(desk)
    assert [(one["draft"], one["origin"], one["claim"], one["stance"]) for one in found] == [
        (1, "A helper", "opens-in-june", "questions"),
        (2, "A helper", "opens-in-june", "asserts"),
    ]
    change = {
        "do": "add-statement",
        "claim": "opens-in-june",
        "source": "herald",
        "stance": "questions",
        "quote": QUOTE,
    }
    desk.change(change)
    assert [one["draft"] for one in suggestions(desk)] == [2]
    assert len(open_drafts(desk.root, SLUG)) == 2
    desk.save()
    assert "Drafts by A helper: 2 proposed, 0 refused, 1 accepted." in desk.read("briefing.yml")
    assert [draft.number for draft in open_drafts(desk.root, SLUG)] == [2]
    assert run(desk.root, "fmt", "--check", SLUG) == 0


def test_drafts_wait_until_an_editor_says_whose_they_were(desk: Desk) -> None:
    """Without an editor nothing is counted yet; once one is named, the next save says who proposed how many."""
    file = desk.root / f"briefings/{SLUG}/briefing.yml"
    text = file.read_text(encoding="utf-8")
    editors = text[text.index("editors:") : text.index("bottom_line:")]
    file.write_text(text.replace(editors, ""), encoding="utf-8")
    statement = {"do": "add-statement", "claim": "opens-in-june", "source": "herald", "stance": "questions"}
    desk.change({**statement, "quote": QUOTE})
    desk.save()
    assert len(open_drafts(desk.root, SLUG)) == 2
    file.write_text(f"{desk.read('briefing.yml')}{editors}", encoding="utf-8")
    desk.change({"do": "edit-claim", "claim": "opens-in-june", "note": "Nobody has tried it."})
    desk.save()
    assert "Drafts by A helper: 2 proposed, 0 refused, 1 accepted." in desk.read("briefing.yml")


def test_a_broken_file_of_drafts_hinders_nothing(desk: Desk) -> None:
    """If the drafts cannot be read, the workbench shows none and saves all the same."""
    (desk.root / f"drafts/{SLUG}/proposals.json").write_text("{", encoding="utf-8")
    assert suggestions(desk) == []
    desk.change({"do": "edit-claim", "claim": "opens-in-june", "note": "Nobody has tried it."})
    desk.save()
    assert "Nobody has tried it." in desk.read("claims/opening-date.yml")


def test_a_draft_is_accepted_in_other_words(desk: Desk) -> None:
    """A draft that is accepted for another claim counts as accepted once saved; undone before, it is open again."""
    change = {"do": "add-statement", "claim": "two-years-late", "source": "herald", "quote": QUOTE}
    desk.state = desk.bench.change(SLUG, {"revision": desk.state["revision"], "changes": [change], "draft": 1})
    assert [one["draft"] for one in suggestions(desk)] == [2]
    desk.step(-1)
    assert [one["draft"] for one in suggestions(desk)] == [1, 2]
    desk.step(1)
    desk.save()
    assert [draft.number for draft in open_drafts(desk.root, SLUG)] == [2]
    assert "Drafts by A helper: 2 proposed, 0 refused, 1 accepted." in desk.read("briefing.yml")


def test_what_is_refused_after_saving_is_counted(desk: Desk) -> None:
    """A draft that is refused is shown no more and counted by the next save, also if nothing else changed; a second
    import does not bring it back."""
    statement = {"do": "add-statement", "claim": "opens-in-june", "source": "herald", "stance": "questions"}
    desk.change({**statement, "quote": QUOTE})
    desk.save()
    assert not desk.state["unsaved"]
    desk.state = desk.bench.settle_drafts(SLUG, {"revision": desk.state["revision"], "refuse": [2]})
    assert suggestions(desk) == []
    assert [one["draft"] for one in desk.state["drafts"]["refused"]] == [2]
    assert desk.state["unsaved"]
    desk.save()
    assert "Drafts by A helper: 2 proposed, 1 refused, 1 accepted." in desk.read("briefing.yml")
    assert (
        run(desk.root, "import", str(desk.root.parent / "proposals.json")) == 1
    )  # the first is in the briefing by now
    assert suggestions(desk) == []


def test_what_does_not_stand_any_more_is_refused(desk: Desk) -> None:
    """A draft that the text no longer has, or that the briefing has by now, is refused with the reason if it is
    accepted as it stands; other words of the editor's own are taken."""
    statement = {"do": "add-statement", "claim": "opens-in-june", "source": "herald", "stance": "questions"}
    drafts = desk.root / f"drafts/{SLUG}/proposals.json"
    replace_once(drafts, QUOTE, "If the fans fall, it floods")
    wrong = {**statement, "quote": "If the fans fall, it floods"}
    with pytest.raises(Declined, match="does not stand any more") as caught:
        desk.bench.change(SLUG, {"revision": desk.state["revision"], "changes": [wrong], "draft": 1})
    assert caught.value.more["problems"]
    own = {**statement, "quote": QUOTE}
    desk.state = desk.bench.change(SLUG, {"revision": desk.state["revision"], "changes": [own], "draft": 1})
    assert desk.state["can_undo"]
