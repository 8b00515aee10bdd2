"""What others say about a speaker, case by case, and who holds a claim, in words."""

from pathlib import Path
from typing import Any

import pytest

from synoptic.compare.holders import describe_holders
from synoptic.compare.told_about import find_told_about, list_names
from synoptic.model.records import BriefingFile, Claim, Source, Speaker, Statement
from synoptic.model.site import Briefing, Site
from tests.yaml_files import read_yaml

CASES = read_yaml(Path(__file__).with_name("told_about.yml"))
SOURCES = (Source(id="one", title="One"), Source(id="two", title="Two", paragraphs={1: "headline"}))


def brief(*claims: Claim) -> Briefing:
    """A briefing of two sources without locks."""
    return Briefing("b", BriefingFile(title="T", question="Q", status="published"), SOURCES, claims)


def make_claim(text: str, *statements: dict[str, Any]) -> Claim:
    """A claim; a statement is of the source ``one`` and says ``words`` unless it says otherwise."""
    made = (Statement(**{"id": f"s{n}", "source": "one", "quote": "words", **s}) for n, s in enumerate(statements))
    return Claim(id="c", claim=text, kind="state", topic="t", statements=tuple(made))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["expect"])
def test_names(case: dict[str, Any]) -> None:
    """A claim names its speakers by whole words."""
    speakers = [Speaker(id=name, **{"kind": "person", **fields}) for name, fields in case["speakers"].items()]
    briefing = brief(make_claim(case["text"], {}))
    assert list(find_told_about(briefing, list_names(speakers))) == case["found"]


def test_told_by_others() -> None:
    """What somebody says of themselves is not told about them; a quotation alone brings only its own statement."""
    ann = Speaker(id="ann", name="Ann Marchbank", kind="person")
    names = list_names([ann])
    own = make_claim("Marchbank closed it.", {"speaker": "ann"})
    assert find_told_about(brief(own), names) == {}
    both = make_claim("Marchbank closed it.", {"speaker": "ann"}, {"source": "two"})
    (told,) = find_told_about(brief(both), names)["ann"]
    assert ([s.id for s in told.statements], told.quoting, told.in_claim) == (["s1"], (), True)
    quoted = make_claim("It is closed.", {"quote": "Ann Marchbank closed it"}, {"source": "two"})
    (told,) = find_told_about(brief(quoted), names)["ann"]
    assert ([s.id for s in told.statements], len(told.quoting), told.in_claim) == (["s0"], 1, False)


def test_who_holds_a_claim(site: Site) -> None:
    """Holders by stance, with their articles; headlines, unnamed, unseen, imagined and inferred words are marked."""
    ann = Speaker(id="ann", name="Ann", kind="person")
    own = (Speaker(id="clerk", name="a clerk", kind="unnamed"), Speaker(id="memo", name="a memo", kind="document"))
    claim = make_claim(
        "It is closed.",
        {"speaker": "ann"}, {"speaker": "ann", "source": "two"}, {"source": "two", "paragraph": 1},
        {"speaker": "clerk", "stance": "denies"}, {"speaker": "memo", "stance": "denies"},
        {"speaker": "ann", "mode": "dramatised"}, {"speaker": "bob", "mode": "inferred", "stance": "qualifies"},
    )  # fmt: skip
    sources = (SOURCES[0].model_copy(update={"speakers": own}), SOURCES[1])
    briefing = Briefing("b", BriefingFile(title="T", question="Q", status="published"), sources, (claim,))
    speakers = {speaker.id: speaker for speaker in (ann, *own)}
    assert describe_holders(briefing, speakers, claim, site.vocabulary) == (
        "Asserted by Ann (in One and Two) and Two itself (headline). "
        "Denied by a clerk (unnamed, in One) and a memo (not shown, in One). "
        "Qualified by bob (read into them in One). "
        "Imagined words of Ann (in One)."
    )
