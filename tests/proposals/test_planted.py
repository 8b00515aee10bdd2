"""Three hundred planted proposals and more: what is true stands, what is false in one of seven ways does not."""

from collections import Counter

import pytest

from synoptic.proposals.judge import judge
from tests.proposals.planting import WAYS, Field, Planted, put

pytestmark = pytest.mark.slow
#: Of the wrong speakers, as many must be found: a text does not always say plainly who speaks.
FOUND = 0.9


@pytest.fixture(scope="module")
def field(tmp_path_factory: pytest.TempPathFactory) -> Field:
    """The invented articles, and what is planted in them."""
    return Field(tmp_path_factory.mktemp("planted") / "p")


def list_standing(field: Field, planted: list[Planted]) -> list[Planted]:
    """The planted proposals that stand, each briefing's judged together as those of one file are."""
    standing = []
    for slug in field.site.briefing:
        own = [one for one in planted if one.briefing == slug]
        judged = judge(field.strip(slug), field.site, put([one.item for one in own]))
        standing += [own[kept.item.place.line - 1] for kept in judged.kept]
        assert len(judged.kept) + len(judged.refused) == len(own)
    return standing


def test_every_true_one_stands(field: Field) -> None:
    """All of a hundred true proposals and more stand, in four languages."""
    assert len(field.true) >= 100
    langs = {field.site.briefing[one.briefing].source[one.item.source].lang for one in field.true}
    assert langs == {"de", "en", "fr", "zh"}
    standing = list_standing(field, field.true)
    assert [one.item for one in field.true if one not in standing] == []


def test_false_ones_do_not(field: Field) -> None:
    """None of two hundred false proposals and more stands, but at most a tenth of the wrong speakers."""
    made = Counter(one.way for one in field.false)
    assert len(field.false) >= 200
    assert set(made) == set(WAYS)
    missed = Counter(one.way for one in list_standing(field, field.false))
    assert missed["a wrong speaker"] <= (1 - FOUND) * made["a wrong speaker"]
    assert set(missed) <= {"a wrong speaker"}
