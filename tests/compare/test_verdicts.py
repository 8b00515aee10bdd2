"""Verdicts: the published table, case by case."""

from pathlib import Path

import pytest

from build_tools.compare.statements import list_silences
from build_tools.compare.verdicts import VERDICTS, decide_verdict
from build_tools.model.records import BriefingFile, Claim, Source, Speaker, Statement
from build_tools.model.site import Briefing, Lock, LockedQuote, Site
from tests.projects import load_site, small_project

SOURCES = (
    Source(
        id="one",
        title="One",
        paragraphs={1: "headline"},
        speakers=(Speaker(id="one-insiders", name="insiders", kind="unnamed"),),
    ),
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
        statements.append(
            Statement(
                id=f"s{number}", source=source, speaker=speaker or None, stance=stance, quote="four words of text"
            )
        )
        block = 1 if who.endswith("!") else 2
        quotes[source].append(
            LockedQuote(statement=f"s{number}", sha256="0" * 64, block=block, words=((1, 4),), marks=False)
        )
    claim = Claim(id="c", claim="C.", kind=kind, topic="t", statements=tuple(statements))
    locks = {name: Lock(sha256="0" * 64, words=9, blocks=2, quotes=tuple(found)) for name, found in quotes.items()}
    file = BriefingFile(title="T", question="Q", status="published")
    return decide_verdict(Briefing("b", file, SOURCES, (claim,), locks=locks), claim, site.vocabulary)


@pytest.mark.parametrize(
    ("kind", "said", "expected"),
    [
        ("question", "", "open"),
        ("judgement", "one asserts; two asserts", "opinion"),
        ("prediction", "one asserts; two denies", "opposed"),
        ("state", "one! asserts", "outside the body"),
        ("state", "post asserts; later asserts", "one voice"),
        ("state", "post asserts; two/team asserts", "one voice"),
        ("state", "post asserts; later denies", "self-contradicting"),
        ("state", "post asserts; two asserts", "agreed"),
        ("state", "one asserts; one denies", "self-contradicting"),
        ("state", "one/ann asserts; two/ann denies", "self-contradicting"),
        ("state", "one asserts; one denies; two denies", "self-contradicting"),
        ("state", "one asserts; two denies", "contested"),
        ("state", "one/ann asserts; one denies", "contested"),
        ("state", "one! asserts; two denies", "one source"),
        ("state", "one qualifies; two questions", "qualified"),
        ("state", "one asserts; two asserts", "agreed"),
        ("state", "one denies; two denies", "agreed"),
        ("state", "one asserts; copy asserts", "one source"),
        ("state", "one asserts; two qualifies", "mixed"),
        ("state", "one/ann asserts; two/ann asserts", "one voice"),
        ("state", "one/one-insiders asserts", "one source, unnamed"),
        ("state", "one/one-insiders asserts; one asserts", "one source"),
        ("event", "one/ann asserts; one/bob asserts", "one source"),
        ("event", "two asserts", "one source"),
    ],
)
def test_verdict(site: Site, kind: str, said: str, expected: str) -> None:
    """The first rule that fits decides."""
    assert judge(site, kind, said) == expected


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
    import shutil

    shutil.rmtree(small_project(tmp_path) / "briefings/harbour-tunnel/articles")
    other = load_site(tmp_path)
    with_texts, without = (s.briefing["harbour-tunnel"] for s in (site, other))
    assert not without.texts
    for a, b in zip(with_texts.claims, without.claims, strict=True):
        assert list_silences(with_texts, a) == list_silences(without, b)
