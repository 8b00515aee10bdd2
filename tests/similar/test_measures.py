"""How well claims and sentences are found, on the two real briefings.

The table is in docs/decisions/2026-11-30-closest-sentences.md. A figure may fall a little when somebody edits a
briefing: then measure anew, and say so there.
"""

import os
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from synoptic.load.load import load
from synoptic.model.records import Claim, Statement
from synoptic.model.site import Briefing, Site
from synoptic.similar.meaning import Meaning
from synoptic.similar.rank import Wordings, likely_sentences, near_duplicates, rank_claims
from tests.projects import CHECKOUT
from tests.yaml_files import read_yaml

SLUGS = ("canada-us-defence", "mkdocs-split")
PLANTED: dict[str, dict[str, str]] = read_yaml(Path(__file__).parent / "near_duplicates.yml")
#: How often the right one must be first, among the first three, among the first ten, in percent.
Shares = tuple[float, float, float]


@pytest.fixture(scope="module")
def real() -> Site:
    """The checkout's briefings, without articles."""
    return load_real()


def load_real(folders: Sequence[Path] = ()) -> Site:
    """The checkout's briefings, with the articles of some folders."""
    site, _ = load(CHECKOUT, folders)
    assert site
    return site


@pytest.fixture(scope="module")
def meaning(real: Site) -> Meaning:
    """The optional library, which CI must have; all texts go in at once, which is faster than one by one."""
    found = Meaning.load()
    if found is None:
        assert not os.environ.get("CI"), "requirements-meaning.txt is not installed"
        pytest.skip("requirements-meaning.txt is not installed")
    pairs = [pair for slug in SLUGS for pair in real.briefing[slug].statements]
    found.score("", [words for claim, statement in pairs for words in (claim.claim, statement.quote)])
    return found


def share(ranks: Sequence[int]) -> Shares:
    """The shares in percent."""
    first, three, ten = (100 * sum(rank < most for rank in ranks) / len(ranks) for most in (1, 3, 10))
    return first, three, ten


def reach(got: Shares, wanted: Shares) -> bool:
    """Whether each share is as high as it must be."""
    return all(one >= other for one, other in zip(got, wanted, strict=True))


def name_holder(site: Site, briefing: Briefing, statement: Statement) -> list[str]:
    """The names of who says it and of the outlet."""
    speaker = site.find_speaker(briefing, statement)
    names = (speaker.name if speaker else "", briefing.source[statement.source].outlet)
    return [name for name in names if name not in ("", "unknown")]


def find_claims(site: Site, rank: Callable[[Briefing, Claim, Statement], list[str]], step: int = 1) -> list[Shares]:
    """How often ``rank`` finds the claim of a statement: of every statement (or one in ``step``), and of all those in
    another language than English."""
    every, foreign = [], []
    for briefing in (site.briefing[slug] for slug in SLUGS):
        for number, (claim, statement) in enumerate(briefing.statements):
            english = briefing.source[statement.source].lang.startswith("en")
            if number % step and english:
                continue
            found = rank(briefing, claim, statement).index(claim.id)
            every += [] if number % step else [found]
            foreign += [] if english else [found]
    return [share(every), share(foreign)]


def by_own_words(site: Site, meaning: Meaning | None, *, named: bool = False) -> list[Shares]:
    """From a quotation, and perhaps the names of who says it, to its claim by the claim's own words."""
    claims = {slug: [Wordings(claim.id, claim.claim) for claim in site.briefing[slug].claims] for slug in SLUGS}

    def rank(briefing: Briefing, _: Claim, statement: Statement) -> list[str]:
        names = name_holder(site, briefing, statement) if named else ()
        return [name for name, _ in rank_claims(statement.quote, claims[briefing.slug], meaning, names)]

    return find_claims(site, rank)


def test_claim_is_found_by_words(real: Site) -> None:
    """By words alone, the claim's own words find it as often as measured; other languages seldom."""
    every, foreign = by_own_words(real, None)
    assert reach(every, (58, 75, 87)), every
    assert reach(foreign, (21, 36, 63)), foreign


def plant(site: Site, planted: dict[str, str], meaning: Meaning | None) -> tuple[int, int]:
    """How many planted claims are found, and how many other pairs are pointed out."""
    claims = [Wordings.of(claim, slug) for slug in SLUGS for claim in site.briefing[slug].claims]
    pairs = near_duplicates(
        [*claims, *(Wordings(f"planted/{name}", words) for name, words in planted.items())], meaning
    )
    found = [first for first, second, _ in pairs if second == f"planted/{first}"]
    return len(found), len(pairs) - len(found)


@pytest.mark.slow
@pytest.mark.parametrize("planted", PLANTED.values(), ids=list(PLANTED))
def test_duplicates_are_found_by_words(real: Site, planted: dict[str, str]) -> None:
    """By words alone, two of three planted claims are found, and at most six pairs are pointed out wrongly."""
    found, false = plant(real, planted, None)
    assert found >= 13, (found, false)
    assert false <= 6, (found, false)


@pytest.mark.slow
@pytest.mark.parametrize("planted", PLANTED.values(), ids=list(PLANTED))
def test_duplicates_are_found_by_meaning(real: Site, meaning: Meaning, planted: dict[str, str]) -> None:
    """By words and meaning, 19 of 20 planted claims are found, and at most five pairs are pointed out wrongly."""
    found, false = plant(real, planted, meaning)
    assert found >= 19, (found, false)
    assert false <= 5, (found, false)


@pytest.mark.slow
def test_claim_is_found_by_meaning(real: Site, meaning: Meaning) -> None:
    """With meaning, a quotation alone finds its claim as often as measured; with the names of who says it, one in
    another language does, too."""
    every, _ = by_own_words(real, meaning)
    assert reach(every, (65, 82, 91)), every
    every, foreign = by_own_words(real, meaning, named=True)
    assert reach(every, (67, 82, 92)), every
    assert reach(foreign, (68, 89, 100)), foreign


@pytest.mark.slow
@pytest.mark.parametrize("named", [False, True], ids=["quotations", "quotations and names"])
def test_other_quotations_help(real: Site, meaning: Meaning, named: bool) -> None:
    """The quotations of a claim's other statements bring it among the first three more often, and most often beside the
    names of who says it: so the workbench ranks."""

    def rank(briefing: Briefing, _: Claim, statement: Statement) -> list[str]:
        claims = [Wordings.of(one, source=statement.source, words=statement.quote) for one in briefing.claims]
        names = name_holder(real, briefing, statement) if named else ()
        return [name for name, _ in rank_claims(statement.quote, claims, meaning, names)]

    every, foreign = find_claims(real, rank, step=4)
    assert reach(every, (66, 84, 92) if named else (63, 83, 92)), every
    assert not named or reach(foreign, (68, 89, 100)), foreign


@pytest.mark.slow
@pytest.mark.articles
@pytest.mark.parametrize("by_meaning", [False, True], ids=["words", "meaning"])
def test_sentence_is_found(articles: list[Path], meaning: Meaning, by_meaning: bool) -> None:
    """Of the sentences of an article, the three likeliest have that of a claim's statement four times in five; of an
    article in another language, nearly three times in four by meaning."""
    site = load_real(articles)
    every, foreign = [], []
    for briefing in (site.briefing[slug] for slug in SLUGS):
        for claim, statement in briefing.statements:
            text = briefing.texts[statement.source]
            match = text.find(statement.quote, cut=statement.cut, block=statement.paragraph)
            assert match
            right = text.sentence_of(match.ranges[0][0])
            others = tuple(one.quote for one in claim.statements if one.source != statement.source)
            known = Wordings(claim.id, claim.claim, others)
            ranked = likely_sentences(known, [words for _, words in text.sentences], meaning if by_meaning else None)
            every.append([i for i, _ in ranked].index(right))
            if not briefing.source[statement.source].lang.startswith("en"):
                foreign.append(every[-1])
    assert reach(share(every), (60, 80, 92)), share(every)
    assert reach(share(foreign), (63, 73, 84) if by_meaning else (36, 47, 57)), share(foreign)
