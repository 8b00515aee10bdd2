"""Krippendorff's alpha and its interval, and what counts of second readings."""

from collections.abc import Mapping
from dataclasses import replace

import pytest

from synoptic.compare.agreement import compute_alpha, measure_agreement
from synoptic.compare.readings import list_read, measure_readings
from synoptic.model.reading import Coding, Reading, ReadStatement
from synoptic.model.site import Briefing
from tests.compare.krippendorff import VALUES, make_tables
from tests.projects import load_site, small_project


def test_alpha_equals_the_package() -> None:
    """On 1,000 random tables alpha is what the package says. It also finds 1 or nothing at all where no answer differs;
    here alpha is then not defined."""
    for number, (table, told) in enumerate(zip(make_tables(), VALUES.read_text().split(), strict=True)):
        units = [[value for value in unit if value is not None] for unit in zip(*table, strict=True)]
        alpha = compute_alpha(units)
        varies = len({value for unit in units if len(unit) > 1 for value in unit}) > 1
        assert (alpha is not None) == varies, number
        if alpha is not None:
            assert told != "none", number
            assert alpha == pytest.approx(float(told), abs=1e-9), number


def test_worked_example() -> None:
    """The nominal example with four observers of Krippendorff's paper (2011, part C) has its alpha of 0.743."""
    rows = ["123321412...", "1233224125.3", ".3332342251.", "12332441251."]
    units = [[value for value in unit if value != "."] for unit in zip(*rows, strict=True)]
    assert compute_alpha(units) == pytest.approx(0.743, abs=5e-4)


@pytest.mark.parametrize(
    ("units", "expected"),
    [
        ([], (0, 0, None, None, None)),
        (["a", "b"], (0, 0, None, None, None)),  # nobody answered twice
        (["aa", "aa"], (2, 2, None, None, None)),  # no variation
        (["aa"] * 20 + ["bb"] * 20, (40, 40, 1.0, 1.0, 1.0)),
        (["ab", "ba"], (2, 0, -0.5, -0.5, -0.5)),
    ],
)
def test_edges(units: list[str], expected: tuple[object, ...]) -> None:
    """What cannot be computed is None, and never a number that looks like one."""
    assert measure_agreement(units) == expected


def test_interval() -> None:
    """The interval is the same each time, holds alpha, and is wider if less was read."""
    few, many = (measure_agreement((["aa"] * 4 + ["bb"] * 4 + ["ab"]) * times) for times in (2, 20))
    assert few == measure_agreement((["aa"] * 4 + ["bb"] * 4 + ["ab"]) * 2)
    widths = []
    for found in (few, many):
        assert found.low is not None
        assert found.high is not None
        assert found.alpha is not None
        assert found.low < found.alpha < found.high <= 1
        widths.append(found.high - found.low)
    assert widths[0] > 2 * widths[1]


@pytest.fixture(scope="module")
def briefing(tmp_path_factory: pytest.TempPathFactory) -> Briefing:
    """The smaller of the invented briefings: two of its statements were read a second time."""
    return load_site(small_project(tmp_path_factory.mktemp("read"), texts=False)).briefing["night-ferry"]


def with_readings(briefing: Briefing, *changes: Mapping[str, object]) -> Briefing:
    """The briefing with its reading, changed in each of several ways."""
    (reading,) = briefing.readings.values()
    return replace(briefing, readings={str(n): reading.model_copy(update=dict(c)) for n, c in enumerate(changes)})


def test_readings_are_measured(briefing: Briefing) -> None:
    """Both statements count; the reader differs on the kind of one."""
    found = measure_readings(briefing)
    assert found is not None
    assert (found.statements, found.void) == (2, 0)
    assert [(twice.entry.statement, twice.differing) for twice in found.conflicts] == [("agency-captain", ("kind",))]
    assert {name: figure[:2] for name, figure in found.figures.items()} == {
        "holder": (2, 2), "stance": (2, 2), "kind": (2, 1),
    }  # fmt: skip
    assert measure_readings(replace(briefing, readings={})) is None


def _change(entry: ReadStatement, field: str) -> ReadStatement:
    if field.endswith("sha256"):
        return entry.model_copy(update={field: "0" * 64})
    return entry.model_copy(update={"first": entry.first.model_copy(update={field: "other"})})


@pytest.mark.parametrize(
    ("field", "void"),
    [
        ("quote_sha256", "its quotation"), ("claim_sha256", "its claim"), ("holder", "its holder"),
        ("stance", "its stance"), ("kind", "its kind"),
    ],
)  # fmt: skip
def test_change_voids(briefing: Briefing, field: str, void: str) -> None:
    """A statement that is no longer what was read does not count."""
    (reading,) = briefing.readings.values()
    first, other = reading.statements
    made = with_readings(briefing, {"statements": (_change(first, field), other)})
    assert [twice.void for twice in list_read(made)] == [void, ""]
    found = measure_readings(made)
    assert found is not None
    assert (found.statements, found.void) == (1, 1)


def test_readers(briefing: Briefing) -> None:
    """A first reader's answers do not count; a third person's count beside the second's; the same person's later
    answer replaces the earlier one."""
    own = measure_readings(with_readings(briefing, {"name": "a  TESTER"}))
    assert own is not None
    assert own.statements == 0
    (reading,) = briefing.readings.values()
    nobody = tuple(one.model_copy(update={"second": Coding(holder="nobody")}) for one in reading.statements)
    later: dict[str, object] = {"statements": nobody, "day": "2031-05-02"}
    two = measure_readings(with_readings(briefing, {}, {**later, "name": "Another"}))
    again = measure_readings(with_readings(briefing, {**later}, {}))
    assert two is not None
    assert again is not None
    assert two.figures["holder"][:2] == (2, 0)
    assert again.figures["holder"][:2] == (2, 0)
    assert len(two.readings) == 2
    assert again.figures["kind"][:2] == (2, 1)


def test_reading_of_a_renamed_statement(briefing: Briefing) -> None:
    """A statement is known by the ids that it had; one that is gone does not count."""
    (reading,) = briefing.readings.values()
    claims = tuple(
        claim.model_copy(
            update={
                "statements": tuple(
                    one.model_copy(update={"id": "renamed", "was": ("post-198",)}) if one.id == "post-198" else one
                    for one in claim.statements
                    if one.id != "agency-captain"
                )
            }
        )
        for claim in briefing.claims
    )
    made = replace(briefing, claims=claims)
    assert isinstance(reading, Reading)
    assert [twice.void for twice in list_read(made)] == ["", "the statement is gone"]
