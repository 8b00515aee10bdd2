"""A headline against its body: each rule of the published table, and which words of the headline are examined."""

from pathlib import Path
from typing import Any

import pytest

from synoptic.compare.headlines import MARKS, REASONS, Headline, examine_headline
from synoptic.model.lock import Lock, LockedQuote
from synoptic.model.records import BriefingFile, Claim, Source, Statement
from synoptic.model.site import Briefing, Site
from synoptic.pages.headline import WHY
from tests.compare.test_verdicts import SHA
from tests.yaml_files import read_yaml

CASES = read_yaml(Path(__file__).parent / "headlines.yml")
TITLE = "Mayor: the bridge opens before winter"
WORDS = "the bridge opens before winter"


def examine(site: Site, said: list[dict[str, Any]], title: str = TITLE) -> Headline:
    """The headline of an article with some statements; each is in block 2, the body, if it names no other."""
    source = Source(id="one", title=title, paragraphs={1: "headline", 3: "deck"})
    statements: dict[str, list[Statement]] = {"a": [], "b": []}
    quotes = []
    for number, one in enumerate(said):
        fields = {"id": f"s{number}", "source": "one", "quote": WORDS, **one}
        claim, block, beside = (fields.pop(name, none) for name, none in (("claim", "a"), ("block", 2), ("beside", ())))
        statements[claim].append(Statement(**fields))
        place = {"block": block, "words": ((number + 1, number + 1),), "marks": False, "beside": beside}
        quotes.append(LockedQuote(statement=f"s{number}", sha256=SHA, **place))
    claims = tuple(
        Claim(id=name, claim="C.", kind="state", topic="t", statements=tuple(found))
        for name, found in statements.items()
    )
    lock = Lock(sha256=SHA, words=99, blocks=3, quotes=tuple(quotes))
    file = BriefingFile(title="T", question="Q", status="published")
    return examine_headline(Briefing("b", file, (source,), claims, locks={"one": lock}), source, site.vocabulary)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["expect"])
def test_mark(site: Site, case: dict[str, Any]) -> None:
    """The first rule that fits decides, and says why the headline is stronger."""
    named = {"headline_of": "s1"} if case.get("named") else {}
    part = examine(site, [{"block": 1, **named, **case.get("head", {})}, *case["body"]]).parts[0]
    assert (part.mark, part.reason) == (case["mark"], case.get("reason", ""))
    assert (part.body is None) == (part.mark == "absent")


def test_every_rule_has_a_case_and_words(site: Site) -> None:
    """No mark and no reason goes untried, and each has its words."""
    assert {case["mark"] for case in CASES} == set(MARKS) == {term.id for term in site.vocabulary.headline_marks}
    assert {case["reason"] for case in CASES if "reason" in case} == set(REASONS) == set(WHY)


@pytest.mark.parametrize(
    ("quotes", "title", "pieces"),
    [
        ([], TITLE, [(TITLE, ())]),
        ([WORDS], TITLE, [("Mayor:", ()), (WORDS, (0,))]),
        (["Mayor"], TITLE, [("Mayor:", (0,)), (WORDS, ())]),
        (["the bridge opens", "opens before winter"], TITLE,
         [("Mayor:", ()), ("the bridge", (0,)), ("opens", (0, 1)), ("before winter", (1,))]),
        (["words of another text"], TITLE, [(TITLE, ())]),
        ([WORDS], "unknown", []),
    ],
)  # fmt: skip
def test_words_are_examined_where_statements_quote_them(
    site: Site, quotes: list[str], title: str, pieces: list[tuple[str, tuple[int, ...]]]
) -> None:
    """Every word of the headline is in one piece; those that no statement quotes are not examined."""
    found = examine(site, [{"block": 1, "quote": quote} for quote in quotes], title)
    assert list(found.pieces) == pieces


def test_decks_are_parts_but_no_words_of_the_headline(site: Site) -> None:
    """A deck is compared with the body, too; a caption only if an editor names the statement that it stands for."""
    found = examine(site, [{"block": 3}, {}])
    assert [part.mark for part in found.parts] == ["backed"]
    assert found.pieces == ((TITLE, ()),)
