"""Hits of search terms: which ask for a statement, and what is said of the others."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from synoptic.compare.hits import LIKELY, find_likely, list_unlikely, rate_hits
from synoptic.compare.lock import format_lock, make_lock
from synoptic.compare.statements import list_silences
from synoptic.load.yaml_guard import parse
from synoptic.model.lock import Lock
from synoptic.model.records import Claim, SearchTerm, Statement
from synoptic.model.site import Briefing, Site
from synoptic.text.match import Text
from tests.projects import load_site, small_project
from tests.yaml_files import read_yaml

CASES = read_yaml(Path(__file__).with_name("hits.yml"))
CLAIM, SOURCE = "fleet-for-sale", "wire"  # the sentence of the small project with few of a claim's words


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """The small project, which no test changes."""
    return load_site(small_project(tmp_path_factory.mktemp("project")))


@pytest.fixture
def briefing(site: Site) -> Briefing:
    """The small briefing, without the reason why that source is passed over."""
    whole = site.briefing["harbour-tunnel"]
    claims = (one.model_copy(update={"passed_over": ()} if one.id == CLAIM else {}) for one in whole.claims)
    return replace(whole, claims=tuple(claims))


def with_lock(briefing: Briefing, **changes: object) -> Briefing:
    """The briefing with other values in that source's lock."""
    return replace(briefing, locks={**briefing.locks, SOURCE: briefing.locks[SOURCE].model_copy(update=changes)})


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["why"])
def test_likely_sentences(briefing: Briefing, case: dict[str, Any]) -> None:
    """Each sentence is likely or unlikely as the case says."""
    sentences = [*case["likely"], *case["unlikely"], *case["filler"]]
    text, lang = Text(tuple(sentences)), case.get("lang", "en")
    sources = tuple(one.model_copy(update={"lang": lang, "paragraphs": {}}) for one in briefing.sources)
    first, other = sources[:2]
    terms = tuple(SearchTerm(term=term) for term in case.get("terms", [case.get("term")]))
    quote = case.get("other", "none")
    said = (Statement(id="s", source=other.id, stance="asserts", quote=quote),)
    statements = said if "other" in case else ()
    claim = Claim(id="c", topic="t", kind="state", claim=case["claim"], terms=terms, statements=statements)
    told = replace(briefing, sources=sources, claims=(claim,))
    found = rate_hits(told, claim, first, text)
    by_block = {hit.block: hit.likeness for hit in found}
    last = len(sentences) - len(case["filler"])
    likely = [number for number in range(1, last + 1) if by_block[number] >= LIKELY]
    assert likely == [*range(1, len(case["likely"]) + 1)], by_block
    found_unlikely = list_unlikely(told, first, text, ()).get("c", ())
    assert found_unlikely == tuple(n for n in sorted(by_block) if by_block[n] < LIKELY)
    assert [hit.likeness for hit in found] == sorted((hit.likeness for hit in found), reverse=True)


RELATED = read_yaml(Path(__file__).with_name("related_hits.yml"))


@pytest.mark.parametrize("case", RELATED, ids=lambda case: case["why"])
def test_sentences_quoted_for_a_related_claim(site: Site, briefing: Briefing, case: dict[str, Any]) -> None:
    """A likely sentence asks or not, by the claims for which its source is quoted and how they are related."""
    first, second, third = (
        one.model_copy(update={"lang": "en", "paragraphs": {}, "origin": None}) for one in briefing.sources[:3]
    )
    text = Text(tuple(case["text"]))

    def make_claim(name: str, typed: dict[str, Any]) -> Claim:
        said = {first.id: typed.get("quote"), second.id: typed.get("second"), third.id: typed.get("third")}
        statements = tuple(
            Statement(id=f"{name}-{source}", source=source, quote=quote, stance=typed.get("stance", "asserts"))
            for source, quote in said.items()
            if quote
        )
        fields = {key: typed[key] for key in ("claim", "answer", "terms", "kind", "relations") if key in typed}
        return Claim.model_validate({"id": name, "topic": "t", "kind": "state", "statements": statements} | fields)

    asked, other = make_claim("asked", case["asked"]), make_claim("other", case["other"])
    told = replace(briefing, sources=(first, second, third), claims=(asked, other), locks={}, texts={first.id: text})
    lock = make_lock(told, first, text, "0" * 64, site.vocabulary)
    assert find_likely(replace(told, locks={first.id: lock}), first.id, asked) == tuple(case["asks"])


def test_unlikely_hit_is_said_to_be_not_examined(briefing: Briefing) -> None:
    """A source with unlikely hits only is neither silent nor checked, and its hits are counted."""
    states = {s.source.id: (s.state, s.hits) for s in list_silences(briefing, briefing.claim[CLAIM])}
    assert states[SOURCE] == ("not examined", (1,))


@pytest.mark.parametrize("unlikely", [None, {}, {CLAIM: (2,)}, {"another-claim": (1,)}], ids=str)
def test_hit_that_no_lock_calls_unlikely_asks(briefing: Briefing, unlikely: dict[str, tuple[int, ...]] | None) -> None:
    """An older lock, another paragraph or the old name of a claim never silences a hit."""
    other = with_lock(briefing, unlikely=unlikely)
    assert find_likely(other, SOURCE, other.claim[CLAIM]) == (1,)
    states = {s.source.id: s.state for s in list_silences(other, other.claim[CLAIM])}
    assert states[SOURCE] == "not checked"


def test_lock_keeps_unlikely_hits(briefing: Briefing, site: Site) -> None:
    """A new lock, written and read, has the unlikely hits; an older one is written as it was."""
    source, old = briefing.source[SOURCE], briefing.locks[SOURCE]
    made = make_lock(briefing, source, briefing.texts[SOURCE], old.sha256, site.vocabulary)
    assert made.unlikely == {CLAIM: (1,), "opens-in-june": (2,)}
    assert read_lock(format_lock(made)).unlikely == made.unlikely
    assert "unlikely:\n" not in format_lock(old.model_copy(update={"unlikely": None, "telling": None}))


def read_lock(text: str) -> Lock:
    """A lock as the loader reads it."""
    return Lock.model_validate(parse(text.encode(), "x.lock").value)
