"""Topic labels: the published table, case by case; and what each article answers."""

import re
from itertools import islice, permutations
from pathlib import Path
from typing import Any

import pytest

from synoptic.compare.answers import LABELS, Answered, answer_topics
from synoptic.model.lock import Lock, LockedQuote
from synoptic.model.records import Answer, Apart, BriefingFile, Claim, PassedOver, SearchTerm, Statement, Topic
from synoptic.model.site import Briefing, Site
from tests.compare.test_verdicts import SHA, SOURCES
from tests.yaml_files import read_yaml

CASES = read_yaml(Path(__file__).parent / "topic_labels.yml")
_STATEMENT = re.compile(r"([a-z]+)(?:/([a-z-]+))?(?:~([a-z]+))?(!)? ([a-z]+) ([a-z])(?: \((.+)\))?")


def make(said: list[str], apart: list[str]) -> Briefing:
    """A briefing with one topic and a claim for each answer."""
    statements: dict[str, list[Statement]] = {name: [] for name in "abc"}
    quotes: dict[str, list[LockedQuote]] = {source.id: [] for source in SOURCES}
    for number, item in enumerate(said):
        match = _STATEMENT.fullmatch(item)
        assert match, item
        source, speaker, mode, headline, stance, answer, about = match.groups()
        fields = {"id": f"s{number}", "source": source, "speaker": speaker, "mode": mode, "stance": stance, "of": about}
        statements[answer].append(Statement(quote="four words of text", **fields))
        entry = LockedQuote(
            statement=f"s{number}", sha256=SHA, block=1 if headline else 2, words=((1, 4),), marks=False
        )
        quotes[source].append(entry)
    claims = tuple(
        Claim(id=name, claim="C.", kind="state", topic="t", answer=name, statements=tuple(found))
        for name, found in statements.items()
    )
    locks = {name: Lock(sha256=SHA, words=9, blocks=2, quotes=tuple(found)) for name, found in quotes.items()}
    answers = tuple(Answer(id=name, text=name) for name in "abc")
    sets = (Apart(answers=tuple(apart), why="W."),) if apart else ()
    topic = Topic(id="t", title="T", question="Q?", answers=answers, apart=sets)
    file = BriefingFile(title="T", question="Q", status="published", topics=(topic,))
    return Briefing("b", file, SOURCES, claims, locks=locks)


def answered(site: Site, briefing: Briefing) -> Answered:
    """The one topic of a briefing."""
    (found,) = answer_topics(briefing, site.vocabulary)
    return found


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["expect"])
def test_label(site: Site, case: dict[str, Any]) -> None:
    """The first rule that fits decides, in whatever order statements stand."""
    said = list(filter(None, case["said"].split("; ")))
    for order in islice(permutations(said), 6):
        assert answered(site, make(list(order), case.get("apart", []))).label == case["label"]


def test_every_label_has_a_case_and_words(site: Site) -> None:
    """No row of the table goes untried, and the vocabulary has its words in the same order."""
    assert {case["label"] for case in CASES} == {name for name, _ in LABELS}
    assert [name for name, _ in LABELS] == [term.id for term in site.vocabulary.topic_labels]


def test_one_quotation_carries_each_answer(site: Site) -> None:
    """The statement listed first shows an answer, or the one that leads; a headline only where the body has none."""
    said = ["one! asserts a", "one/ann asserts a", "one/bob asserts a", "one denies b", "three! asserts c"]
    briefing = make(said, [])
    first, second, third, *_ = answered(site, briefing).articles
    assert [(r.answer.id, r.statement.id, r.counted) for r in first.replies] == [("a", "s1", True), ("b", "s3", True)]
    assert [statement.id for _, statement in first.replies[0].others] == ["s2"]
    assert (second.replies, second.silence) == ((), "not checked")
    assert [(r.statement.id, r.counted) for r in third.replies] == [("s4", False)]
    a, *rest = briefing.claims
    led = (*a.statements[:2], a.statements[2].model_copy(update={"lead": True}))
    claims = (a.model_copy(update={"statements": led}), *rest)
    leading = Briefing("b", briefing.file, SOURCES, claims, locks=briefing.locks)
    assert answered(site, leading).articles[0].replies[0].statement.id == "s2"


def test_a_claim_of_another_topic_supports_an_answer(site: Site) -> None:
    """It gives the answer, too, after the claims of the topic itself."""
    briefing = make(["one asserts a", "two asserts b", "one asserts b"], [])
    topic = briefing.file.topics[0]
    answers = (topic.answers[0].model_copy(update={"support": ("b",)}), topic.answers[2])
    file = briefing.file.model_copy(update={"topics": (topic.model_copy(update={"answers": answers}),)})
    claims = tuple(
        claim.model_copy(update={"topic": "u", "answer": None}) if claim.id == "b" else claim
        for claim in reversed(briefing.claims)
    )
    found = answered(site, Briefing("b", file, SOURCES, claims, locks=briefing.locks))
    assert found.label == "same answer"
    assert [[(r.answer.id, r.claim.id) for r in article.replies] for article in found.articles[:2]] == [
        [("a", "a")],
        [("a", "b")],
    ]


def test_silence(site: Site) -> None:
    """An article without an answer was searched in vain, passed over with a reason, or not searched at all."""
    briefing = make(["one asserts a"], [])
    passed = PassedOver(source="three", reason="Another lamp.")
    claims = (briefing.claims[0].model_copy(update={"terms": (SearchTerm(term="lamp"),), "passed_over": (passed,)}),)
    locks = {
        name: lock.model_copy(update={"terms": {"lamp": (2,) if name == "three" else ()}})
        for name, lock in briefing.locks.items()
        if name != "four"
    }
    found = answered(site, Briefing("b", briefing.file, SOURCES, claims, locks=locks))
    assert [(article.silence, article.reasons) for article in found.articles[1:4]] == [
        ("searched, not found", ()),
        ("passed over", ("Another lamp.",)),
        ("not checked", ()),
    ]
