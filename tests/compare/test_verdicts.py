"""Verdicts: the published table, case by case."""

import re
import shutil
from dataclasses import replace
from itertools import islice, permutations
from pathlib import Path

import pytest

from synoptic.compare.statements import list_silences
from synoptic.compare.verdicts import VERDICTS, describe_facts, judge
from synoptic.data.documents import read_format
from synoptic.data.first_verdicts import FIRST_VERDICTS, decide_first_verdict
from synoptic.model.lock import Lock, LockedQuote
from synoptic.model.records import BriefingFile, Claim, Source, Speaker, Statement
from synoptic.model.site import Briefing, Site
from tests.projects import load_site, small_project
from tests.yaml_files import read_yaml

CASES = read_yaml(Path(__file__).parent / "verdicts.yml")
SHA = "0" * 64
INSIDERS = Speaker(id="one-insiders", name="insiders", kind="unnamed")
OFFICIALS = Speaker(id="two-officials", name="officials", kind="unnamed")
MEMO = Speaker(id="two-memo", name="a memo", kind="document")
SOURCES = (
    Source(id="one", title="One", paragraphs={1: "headline"}, speakers=(INSIDERS,)),
    Source(id="two", title="Two", speakers=(OFFICIALS, MEMO)),
    Source(id="three", title="Three", paragraphs={1: "headline"}),
    Source(id="four", title="Four"),
    Source(id="copy", title="Copy", origin="one"),
    Source(id="post", title="Post", voice="team"),
    Source(id="later", title="Later", voice="team"),
)
_STATEMENT = re.compile(r"([a-z]+)(?:/([a-z-]+))?(?:~([a-z]+))?(!)? ([a-z]+)(?: \((.+)\))?")


def make(kind: str, said: str) -> tuple[Briefing, Claim]:
    """A claim with statements written as in ``verdicts.yml``, in its briefing."""
    statements: list[Statement] = []
    quotes: dict[str, list[LockedQuote]] = {source.id: [] for source in SOURCES}
    for number, item in enumerate(filter(None, said.split("; "))):
        match = _STATEMENT.fullmatch(item)
        assert match, item
        source, speaker, mode, headline, stance, about = match.groups()
        name, quote = f"s{number}", "four words of text"
        fields = {"id": name, "source": source, "speaker": speaker, "mode": mode, "stance": stance, "of": about}
        statements.append(Statement(quote=quote, **fields))
        entry = LockedQuote(statement=name, sha256=SHA, block=1 if headline else 2, words=((1, 4),), marks=False)
        quotes[source].append(entry)
    claim = Claim(id="c", claim="C.", kind=kind, topic="t", statements=tuple(statements))
    locks = {name: Lock(sha256=SHA, words=9, blocks=2, quotes=tuple(found)) for name, found in quotes.items()}
    file = BriefingFile(title="T", question="Q", status="published")
    return Briefing("b", file, SOURCES, (claim,), locks=locks), claim


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["expect"])
def test_verdict(site: Site, case: dict[str, str]) -> None:
    """The first rule that fits decides; the facts are in plain English; version 1 of the data keeps its words."""
    briefing, claim = make(case.get("kind", "state"), case["said"])
    judgement = judge(briefing, claim, site.vocabulary)
    assert judgement.verdict == case["verdict"]
    if "facts" in case:
        assert describe_facts(judgement.facts) == case["facts"]
    if "first" in case:
        assert decide_first_verdict(briefing, claim, site.vocabulary) == case["first"]


def test_order_of_statements_does_not_matter(site: Site) -> None:
    """However its statements are ordered, a claim has the same verdict and facts."""
    for case in CASES:
        briefing, claim = make(case.get("kind", "state"), case["said"])
        expected = judge(briefing, claim, site.vocabulary)
        for statements in islice(permutations(claim.statements), 24):
            shuffled = claim.model_copy(update={"statements": statements})
            found = judge(briefing, shuffled, site.vocabulary)
            assert (found.verdict, found.facts) == (expected.verdict, expected.facts), case["expect"]


def test_every_verdict_has_a_case(site: Site) -> None:
    """No row of either table goes untried."""
    assert {case["verdict"] for case in CASES} == {name for name, _ in VERDICTS}
    assert {case["first"] for case in CASES if "first" in case} == {name for name, _ in FIRST_VERDICTS}
    assert [name for name, _ in FIRST_VERDICTS] == list(read_format().words["first_verdicts"])


def test_table_is_the_vocabulary(site: Site) -> None:
    """The table that is published is the one that is used, row for row."""
    assert [name for name, _ in VERDICTS] == [term.id for term in site.vocabulary.verdicts]


def test_silences_never_look_alike(site: Site) -> None:
    """Searched, passed over and not checked are told apart."""
    briefing = site.briefing["harbour-tunnel"]
    states = {(c.id, s.source.id): s.state for c in briefing.claims for s in list_silences(briefing, c)}
    assert states["opens-in-june", "wire"] == "passed over"
    assert states["cost-19", "wire"] == "searched, not found"
    parts = tuple(source.model_copy(update={"text": "partial"}) for source in briefing.sources)
    in_part = list_silences(replace(briefing, sources=parts), briefing.claim["cost-19"])
    assert {s.state for s in in_part if s.source.id == "wire"} == {"not found in part"}
    bare = briefing.claim["cost-19"].model_copy(update={"terms": ()})
    assert {s.state for s in list_silences(briefing, bare)} == {"not checked"}


def test_texts_change_no_silence(site: Site, tmp_path: Path) -> None:
    """The same answer comes with and without the texts."""
    shutil.rmtree(small_project(tmp_path) / "briefings/harbour-tunnel/articles")
    other = load_site(tmp_path)
    with_texts, without = (s.briefing["harbour-tunnel"] for s in (site, other))
    assert not without.texts
    for a, b in zip(with_texts.claims, without.claims, strict=True):
        assert list_silences(with_texts, a) == list_silences(without, b)
