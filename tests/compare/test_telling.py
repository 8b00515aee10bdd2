"""How each article tells it: what locks record equals what the texts give, and what is computed of it is right."""

from pathlib import Path

import pytest

from synoptic.compare import telling
from synoptic.compare.lock import find_quotation
from synoptic.load.load import load
from synoptic.model.records import Claim, Source, Watched
from synoptic.model.site import Briefing, Site
from synoptic.text.match import Text
from tests.projects import CHECKOUT, EXAMPLE, load_site


@pytest.fixture(scope="module")
def site() -> Site:
    """The site of the checkout."""
    return load_site(CHECKOUT)


def assert_same_places(briefing: Briefing, site: Site) -> int:
    """Every claim has the place and weight in each text at hand that its lock gives; return how many were compared."""
    compared = 0
    for claim in briefing.claims:
        shares = {share.source: share for share in telling.list_shares(briefing, claim)}
        for name, text in briefing.texts.items():
            runs: list[tuple[int, int]] = []
            for statement in claim.statements:
                if statement.source == name:
                    match = find_quotation(statement, briefing.source[name], text, site.vocabulary)
                    assert match is not None, statement.id
                    runs += match.ranges
                    compared += 1
            words = {n for first, last in runs for n in range(first, last + 1)}
            share = shares.get(name)
            assert (share is None) == (not words), (claim.id, name)
            if share is not None:
                assert share.first == (min(words) - 1) / len(text.spans)
                assert share.words == len(words)
    return compared


def assert_same_facts(briefing: Briefing) -> None:
    """What each lock records of the telling is what its text gives today."""
    for name, text in briefing.texts.items():
        told = briefing.locks[name].telling
        assert told is not None, name
        assert told.model_dump() == telling.record_telling(text, told.hedges, told.names).model_dump(), name


def test_the_example_without_texts_and_with_them(site: Site) -> None:
    """On the invented example, which has its texts."""
    briefing = site.briefing[EXAMPLE]
    assert len(briefing.texts) == len(briefing.sources)
    names = telling.list_names(briefing, site.speakers_of(briefing))
    assert all(lock.telling and [*lock.telling.names] == names for lock in briefing.locks.values())
    assert_same_facts(briefing)
    assert assert_same_places(briefing, site) == len(briefing.statements)


def test_real_briefings_without_texts_and_with_them(articles: list[Path]) -> None:
    """On the published briefings, if their texts are at hand."""
    site, _ = load(CHECKOUT, articles)
    assert site is not None
    for briefing in site.briefings:
        if briefing.listed:
            assert assert_same_places(briefing, site) == len(briefing.statements)
            assert_same_facts(briefing)


def test_measures_of_a_text() -> None:
    """Words and words in marks by paragraph; a hedge counts once, and the month of May is none."""
    text = Text(("It may rain", 'He said: "It could rain" in May', "", "\u201eEs k\u00f6nnte\u201c"))
    assert text.measure_blocks() == [(3, 0), (7, 3), (0, 0), (2, 2)]
    assert text.search_markers(["could", "coul*", "may"]) == {"could": (2,), "coul*": (), "may": (1,)}


def test_runs_and_spread() -> None:
    """Runs that overlap or touch are one; a claim in one article is placed alike."""
    assert telling.merge_runs([(7, 9), (1, 3), (4, 5), (8, 12)]) == ((1, 5), (7, 12))
    here, there = telling.Share("a", ((1, 5), (7, 12)), 100), telling.Share("b", ((51, 60),), 100)
    assert (here.first, here.words, there.first, there.words) == (0, 11, 0.5, 10)
    assert (telling.measure_spread([here, there]), telling.measure_spread([there]), telling.measure_spread([])) == (
        0.5, 0, 0,
    )  # fmt: skip


def test_what_nobody_recorded_is_unknown(site: Site) -> None:
    """An old lock has no facts: numbers are None, a name is neither found nor missing, and nobody leaves it out."""
    whole = site.briefing[EXAMPLE]
    locks = {name: lock.model_copy(update={"telling": None}) for name, lock in whole.locks.items()}
    old = Briefing(whole.slug, whole.file, whole.sources, whole.claims, locks=locks)
    source = old.sources[0]
    assert telling.find_facts(old, source, site.vocabulary) == (locks[source.id].words, None, None, None)
    assert {naming.first for naming in telling.list_watched(old, source)} == {None}
    assert not any(telling.list_unnamed(old).values())
    assert telling.list_shares(old, old.claims[0]) == telling.list_shares(whole, whole.claims[0])


def test_hedges_of_another_list_are_unknown(site: Site) -> None:
    """A count of hedges is shown only if it is of the list that is published with it."""
    briefing = site.briefing[EXAMPLE]
    source = briefing.source["agency"]
    assert telling.find_facts(briefing, source, site.vocabulary).hedges == 1
    french = Source(**{**source.model_dump(exclude={"place"}), "lang": "fr"})
    assert telling.find_facts(briefing, french, site.vocabulary).hedges is None


def test_names_left_out(site: Site) -> None:
    """A name is left out by an article that never has it if two others do."""
    briefing = site.briefing[EXAMPLE]
    absent = telling.list_unnamed(briefing)
    assert absent["agency"] == ["the ferry"]
    assert "Lowenhaven works office" not in absent["bote"]  # it says Bauamt
    assert absent["bote"] == ["the mayor", "rust"]


def test_main_speakers(site: Site) -> None:
    """Those whom most articles quote come first; a person is also searched by the surname."""
    main = telling.list_main_speakers(site.briefing[EXAMPLE], site.speakers_of(site.briefing[EXAMPLE]))
    assert main[0][0].name == "Tilda Marchbank"
    assert main[0][1] == ("Tilda Marchbank", "Marchbank")
    assert not any(speaker.kind == "unnamed" for speaker, _ in main)


def test_speakers_watched_under_their_name_are_not_listed_twice(site: Site) -> None:
    """What an editor watches under a speaker's name replaces that speaker."""
    briefing = site.briefing[EXAMPLE]
    watched = {one.name for one in briefing.file.watch}
    for named in telling.list_named_speakers(briefing, site.speakers_of(briefing)).values():
        assert not watched & {naming.name for naming in named}


def test_shared_claims_are_those_of_two_bodies(site: Site) -> None:
    """Headlines and imagined speech share nothing."""
    briefing = site.briefing[EXAMPLE]
    shared = {claim.id: sources for claim, sources in telling.list_shared(briefing, site.vocabulary)}
    assert shared["one-crack"] == ["agency", "chronicle"]
    assert "built-1911" not in shared
    assert "mayor-hopes-it-holds" not in shared


def test_a_claim_without_quotations_has_no_place(site: Site) -> None:
    """A claim that nobody holds, and a quotation other than the locked one, have no place."""
    briefing = site.briefing[EXAMPLE]
    claim = briefing.claim["built-1911"]
    other = claim.statements[0].model_copy(update={"quote": "Other words"})
    assert telling.list_shares(briefing, Claim(id="x", claim="X.", kind="state", topic="y")) == []
    assert telling.list_shares(briefing, claim.model_copy(update={"statements": (other,)})) == []
    assert [share.source for share in telling.list_shares(briefing, claim)] == ["agency"]


def test_all_terms_of_a_name_must_be_searched(site: Site) -> None:
    """A term that is new since the lock makes a name unknown."""
    briefing = site.briefing[EXAMPLE]
    lock = briefing.locks["agency"]
    assert telling.find_first(lock, Watched(name="a", terms=("Marchbank",)).terms) == 5
    assert telling.find_first(lock, ("Marchbank", "nobody searched this")) is None
    assert telling.find_first(None, ("Marchbank",)) is None
