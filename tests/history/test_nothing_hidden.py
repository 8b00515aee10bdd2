"""Whatever a contributor does to a state, each of its words that is gone afterwards is named as an old word."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import BaseModel

from synoptic.history.diff.briefing import compare_briefings
from synoptic.history.diff.matching import find_renamed_speakers
from synoptic.history.diff.shared import compare_named_speakers, compare_vocabularies
from synoptic.model.change import Change
from synoptic.model.site import Briefing, Site
from synoptic.model.values import Placed
from synoptic.model.vocabulary import LISTS
from tests import hostile_sites

#: The parts of a briefing that people type.
PARTS = ("file", "sources", "claims", "figures", "events")
#: Fields that name objects; an edit may make them name others.
REFERENCES = {"ids", "source", "speaker", "topic", "answer", "to", "voice", "origin", "anchor", "headline_of"}
WORD = re.compile(r"w[0-9]+w")


@dataclass(frozen=True)
class Start:
    """A site that uses every field, each text with a word of its own."""

    site: Site = field(repr=False)  # too long for Hypothesis


@pytest.fixture(scope="module")
def start(tmp_path_factory: pytest.TempPathFactory) -> Start:
    """The site to begin with."""
    editor = Editor(Random(0), set())
    made = hostile_sites.everything(tmp_path_factory.mktemp("hidden"))
    return Start(hostile_sites.changed(made, lambda _: editor.new()))


@dataclass
class Editor:
    """Edits that nobody would make, drawn by chance: with ids that repeat, lead in circles or name what is gone."""

    chance: Random
    ids: set[str]
    rate: float = 0.1
    count: int = 0
    start: str = field(default="1")

    def new(self) -> str:
        """A text with a word that no other text has."""
        self.count += 1
        return f"w{self.start}{self.count:05}w"

    def happens(self) -> bool:
        """Whether to edit here."""
        return self.chance.random() < self.rate

    def id(self) -> str:
        """An id that something has or had, or a new one."""
        return self.chance.choice([*sorted(self.ids), "n1", "n2", "n3"])

    def edit(self, value: Any) -> Any:
        """An object, text, list or mapping after some edits."""
        if isinstance(value, tuple):
            return self.edit_list(value)
        if isinstance(value, dict):
            return {key: self.edit(one) for key, one in value.items() if not self.happens()}
        if isinstance(value, str):
            return self.new() if WORD.search(value) and self.happens() else value
        return self.edit_object(value) if isinstance(value, BaseModel) else value

    def edit_list(self, values: tuple[Any, ...]) -> tuple[Any, ...]:
        """Entries taken out, repeated, swapped and edited."""
        kept = [self.edit(value) for value in values if not self.happens()]
        if kept and self.happens():
            kept.append(self.edit(self.chance.choice(kept)))
        if self.happens():
            self.chance.shuffle(kept)
        return tuple(kept)

    def edit_object(self, item: BaseModel) -> BaseModel:
        """Fields edited or emptied, another id, an earlier one, another object named."""
        made: dict[str, Any] = {}
        for name, spec in type(item).model_fields.items():
            value = getattr(item, name)
            if name == "place":
                continue
            if name == "was" and self.happens():
                made[name] = (*value, self.id(), self.id())
            elif (name == "id" or name in REFERENCES) and isinstance(value, str):
                made[name] = self.id() if self.happens() else value
            elif name not in ("id", "was", *REFERENCES):
                empty = not spec.is_required() and self.happens()
                made[name] = spec.get_default(call_default_factory=True) if empty else self.edit(value)
        return item.model_copy(update=made)

    def move(self, claims: tuple[Any, ...]) -> tuple[Any, ...]:
        """Statements given to other claims, as they are."""
        lists = [list(claim.statements) for claim in claims]
        for statements in lists:
            for one in [one for one in statements if self.happens()]:
                statements.remove(one)
                self.chance.choice(lists).append(one)
        pairs = zip(claims, lists, strict=True)
        return tuple(claim.model_copy(update={"statements": tuple(found)}) for claim, found in pairs)

    def edit_briefing(self, briefing: Briefing) -> Briefing:
        """A briefing after edits; its locks stay."""
        made: dict[str, Any] = {part: self.edit(getattr(briefing, part)) for part in PARTS}
        return replace(briefing, **{**made, "claims": self.move(made["claims"])})


def texts(value: Any) -> Iterator[str]:
    """Every text inside a value."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, BaseModel):
        for name in type(value).model_fields:
            yield from texts(getattr(value, name))
    elif isinstance(value, dict):
        for pair in value.items():
            yield from (text for one in pair for text in texts(one))
    elif isinstance(value, tuple | list):
        for one in value:
            yield from texts(one)


def words(value: Any) -> set[str]:
    """Every word of the test's own inside a value."""
    return {word for text in texts(value) for word in WORD.findall(text)}


def typed(briefing: Briefing) -> list[Any]:
    """What people typed of a briefing."""
    return [getattr(briefing, part) for part in PARTS]


def find_ids(*values: Any) -> set[str]:
    """The ids of some objects and all inside them."""
    found: set[str] = set()
    for value in values:
        if isinstance(value, tuple | list):
            found |= find_ids(*value)
        elif isinstance(value, Placed):
            found |= {name for name in (getattr(value, "id", None),) if name}
            found |= find_ids(*(getattr(value, name) for name in type(value).model_fields if name != "place"))
    return found


def named(changes: Iterator[Change]) -> set[str]:
    """The words that a comparison names as old ones."""
    return words([[change.before or "", change.sentence if change.side == "base" else ""] for change in changes])


@settings(max_examples=60, deadline=None)
@given(seed=st.integers(0, 2**32), rate=st.sampled_from([0.02, 0.1, 0.3]), pick=st.integers(0, 3))
def test_every_word_that_is_gone_is_named(start: Start, seed: int, rate: float, pick: int) -> None:
    """Every word of a text that the old state has and the new one lacks is an old word of some change."""
    chance, site = Random(seed), start.site
    first = list(site.briefing.values())[pick % len(site.briefing)]
    ids = find_ids(*typed(first))
    base = Editor(chance, ids, rate, start="2").edit_briefing(first)
    head = Editor(chance, ids, rate, start="3").edit_briefing(base)
    vocabularies = (site.vocabulary, site.vocabulary)
    for old, new in ((base, head), (head, base), (base, first)):
        lost = words(typed(old)) - words(typed(new))
        assert lost - named(compare_briefings(old, new, vocabularies, {}, {})) == set()
    assert words(typed(base)) - named(compare_briefings(base, None, vocabularies, {}, {})) == set()


@settings(max_examples=60, deadline=None)
@given(seed=st.integers(0, 2**32), rate=st.sampled_from([0.05, 0.3]))
def test_every_shared_word_that_is_gone_is_named(start: Start, seed: int, rate: float) -> None:
    """The same of the speakers and of the vocabulary, which all briefings share."""
    chance, site = Random(seed), start.site
    people = Editor(chance, find_ids(site.speakers), rate, start="2").edit(site.speakers)
    now = Editor(chance, find_ids(people), rate, start="3").edit(people)
    assert words(people) - words(now) - named(compare_named_speakers(people, now)) == set()
    renamed = find_renamed_speakers(people, now)
    assert len(set(renamed.values())) == len(renamed)
    editor = Editor(chance, find_ids(site.vocabulary), rate, start="4")
    lists = {name: editor.edit(getattr(site.vocabulary, name)) for name in LISTS}
    changed = site.vocabulary.model_copy(update=lists)
    lost = words(site.vocabulary) - words(changed)
    assert lost - named(compare_vocabularies(site.vocabulary, changed)) == set()
