"""Verdicts: the published table, case by case."""

import shutil
from pathlib import Path

import pytest
import yaml

from build_tools.compare.statements import list_silences
from build_tools.compare.verdicts import VERDICTS, decide_verdict
from build_tools.model.lock import Lock, LockedQuote
from build_tools.model.records import BriefingFile, Claim, Source, Speaker, Statement
from build_tools.model.site import Briefing, Site
from tests.projects import load_site, small_project

CASES = yaml.safe_load((Path(__file__).parent / "verdicts.yml").read_text(encoding="utf-8"))
SHA = "0" * 64
INSIDERS = Speaker(id="one-insiders", name="insiders", kind="unnamed")
SOURCES = (
    Source(id="one", title="One", paragraphs={1: "headline"}, speakers=(INSIDERS,)),
    Source(id="two", title="Two"),
    Source(id="copy", title="Copy", origin="one"),
    Source(id="post", title="Post", voice="team"),
    Source(id="later", title="Later", voice="team"),
)


def judge(site: Site, kind: str, said: str) -> str:
    """The verdict on statements written as "source[/speaker][!] stance": "!" puts the words into a headline."""
    statements: list[Statement] = []
    quotes: dict[str, list[LockedQuote]] = {source.id: [] for source in SOURCES}
    for number, item in enumerate(filter(None, said.split("; "))):
        who, stance = item.split()
        source, _, speaker = who.rstrip("!").partition("/")
        name, block, quote = f"s{number}", 1 if who.endswith("!") else 2, "four words of text"
        statements.append(Statement(id=name, source=source, speaker=speaker or None, stance=stance, quote=quote))
        quotes[source].append(LockedQuote(statement=name, sha256=SHA, block=block, words=((1, 4),), marks=False))
    claim = Claim(id="c", claim="C.", kind=kind, topic="t", statements=tuple(statements))
    locks = {name: Lock(sha256=SHA, words=9, blocks=2, quotes=tuple(found)) for name, found in quotes.items()}
    file = BriefingFile(title="T", question="Q", status="published")
    return decide_verdict(Briefing("b", file, SOURCES, (claim,), locks=locks), claim, site.vocabulary)


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case['kind']}: {case['said']}")
def test_verdict(site: Site, case: dict[str, str]) -> None:
    """The first rule that fits decides."""
    assert judge(site, case["kind"], case["said"]) == case["verdict"]


def test_table_is_the_vocabulary(site: Site) -> None:
    """The table that is published is the one that is used, row for row."""
    assert [name for name, _ in VERDICTS] == [term.id for term in site.vocabulary.verdicts]


def test_silences_never_look_alike(site: Site) -> None:
    """Searched, passed over and not checked are told apart."""
    briefing = site.briefing["harbour-tunnel"]
    states = {(c.id, s.source.id): s.state for c in briefing.claims for s in list_silences(briefing, c)}
    assert states["opens-in-june", "wire"] == "passed over"
    assert states["cost-19", "wire"] == "searched, not found"
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
