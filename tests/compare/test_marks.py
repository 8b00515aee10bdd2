"""Letters and marks of sources."""

from synoptic.compare.ids import make_register
from synoptic.compare.marks import SHAPES, mark_sources, order_sources
from synoptic.model.lock import Register
from synoptic.model.records import BriefingFile, Source
from synoptic.model.site import Briefing, Site

FILE = BriefingFile(title="T", question="Q", status="published")


def letters(register: Register | None, *sources: Source) -> dict[str, str]:
    """Source to its letter."""
    return {name: m.letter for name, m in mark_sources(Briefing("b", FILE, sources, register=register)).items()}


def test_letters_stay() -> None:
    """A source keeps its letter when another is added before it, retired or renamed; new ones follow."""
    one, two, new = (Source(id=name, title="T") for name in ("one", "two", "a-new-one"))
    assert letters(None, one, two) == {"one": "A", "two": "B"}
    register = make_register(Briefing("b", FILE, (one, two)))
    assert letters(register, new, one, two) == {"one": "A", "two": "B", "a-new-one": "C"}
    later = make_register(Briefing("b", FILE, (new, one, two)), register)
    assert later.sources == ("one", "two", "a-new-one")
    assert letters(later, new, two) == {"two": "B", "a-new-one": "C"}
    renamed = Source(id="uno", title="T", was=("one",))
    last = make_register(Briefing("b", FILE, (new, two, renamed)), later)
    assert letters(last, new, two, renamed) == {"uno": "A", "two": "B", "a-new-one": "C"}


def test_sources_are_in_order_of_their_letters() -> None:
    """Published sources come in the order of the register, by a former id too; new ones follow in theirs."""
    old, uno, new, two = (
        Source(id=n, title="T", was=w) for n, w in (("old", ()), ("uno", ("one",)), ("new", ()), ("two", ()))
    )
    ordered = order_sources([new, old, two, uno], Register(sources=("one", "two", "old")))
    assert [source.id for source in ordered] == ["uno", "two", "old", "new"]


def test_letters_and_shapes_are_their_own(site: Site) -> None:
    """No letter occurs twice, no shape among those of one round, and none is the sign of a stance or a silence."""
    sources = [Source(id=f"s-{number}", title="T") for number in range(60)]
    marks = list(mark_sources(Briefing("b", FILE, tuple(sources))).values())
    assert len({mark.letter for mark in marks}) == 60
    assert [mark.letter for mark in marks[25:28]] == ["Z", "AA", "AB"]
    assert len({mark.shape for mark in marks[: len(SHAPES)]}) == len(SHAPES)
    words = (*site.vocabulary.stances, *site.vocabulary.silences, *site.vocabulary.modes)
    assert not {term.symbol for term in words} & set(SHAPES)
