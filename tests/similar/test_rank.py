"""Which claim some words are about, where a claim is likely said, and which claims say nearly the same."""

from synoptic.similar.rank import Wordings, likely_sentences, near_duplicates, rank_claims

CLAIMS = [
    Wordings("opened", "The Quay Bridge opened to traffic in March."),
    Wordings("cost", "The bridge cost 40 million euros more than planned."),
    Wordings("ferry", "The ferry stopped when the bridge opened."),
    Wordings("cost-again", "The bridge cost 40 million euros more than was planned."),
]


def test_the_claim_in_the_same_words_is_first() -> None:
    """A quotation finds the claim with which it shares most rare words, and every claim has its place."""
    ranked = rank_claims("The ferries have stopped running", CLAIMS)
    assert ranked[0][0] == "ferry"
    assert 0 < ranked[0][1] < rank_claims(CLAIMS[2].claim, CLAIMS)[0][1] <= 1
    assert sorted(name for name, _ in ranked) == sorted(claim.id for claim in CLAIMS)


def test_stems_and_accents_do_not_matter() -> None:
    """Other endings and missing accents are near enough."""
    claims = [Wordings("a", "Le pont a été fermé."), Wordings("b", "Le bac circule.")]
    assert rank_claims("FERMETURES DES PONTS", claims)[0][0] == "a"


def test_words_that_are_nowhere_say_nothing() -> None:
    """Words that no claim shares rank the claims in their order, each with nothing."""
    assert rank_claims("木琴", CLAIMS) == [(claim.id, 0) for claim in CLAIMS]
    assert rank_claims("", CLAIMS)[0] == ("opened", 0)
    assert rank_claims("anything", []) == []


def test_the_likeliest_sentence_is_first() -> None:
    """A claim finds the sentence of an article that says it."""
    sentences = ["It rained.", "Planners were 40 million euros short on costs.", "Traffic was light."]
    assert likely_sentences(CLAIMS[1], sentences)[0][0] == 1
    assert likely_sentences(CLAIMS[1], []) == []


def test_claims_that_say_nearly_the_same_are_paired() -> None:
    """Only the two claims in nearly the same words are near-duplicates."""
    assert [pair[:2] for pair in near_duplicates(CLAIMS)] == [("cost", "cost-again")]
    assert near_duplicates([]) == []


def test_claims_told_apart_are_no_duplicates() -> None:
    """A relation between two claims, or different answers to one question, say that they are two."""
    first, again = CLAIMS[1], CLAIMS[3]
    related = Wordings(again.id, again.claim, related=frozenset({first.id}))
    answers = [Wordings(one.id, one.claim, topic="cost", answer=one.id) for one in (first, again)]
    assert near_duplicates([first, related]) == []
    assert near_duplicates(answers) == []
    assert near_duplicates([first, again]) != []


def test_names_beside_a_quotation_count_a_little() -> None:
    """A text says "we" where a claim names them: the names decide only between claims that fit as well."""
    claims = [Wordings("ada", "Ada chose blue."), Wordings("bob", "Bob chose blue."), Wordings("red", "Cy chose red.")]
    assert rank_claims("we chose blue", claims, names=["Bob"])[0][0] == "bob"
    assert rank_claims("we chose blue", claims, names=["Cy"])[-1][0] == "red"


def test_duplicates_of_some_claims_alone() -> None:
    """Asked for the duplicates of some claims, only these are given, whichever of two comes first."""
    assert near_duplicates(CLAIMS, of={"cost-again"}) == near_duplicates(CLAIMS) != []
    assert near_duplicates(CLAIMS, of={"opened"}) == []
