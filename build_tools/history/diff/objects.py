"""Compares objects of one sort by a table of their fields, in two states of a briefing or of what all briefings share.
Pure."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Generic

from build_tools.base.problems import Place
from build_tools.history.diff.matching import I, Identified, Ids, Matches, T, match_by_id
from build_tools.model.change import KINDS, Change, Side
from build_tools.model.records import BriefingFile, Claim, Sentence, Source, Speaker, Statement
from build_tools.model.site import UNREADABLE, Briefing, Vocabulary

#: Makes a change: (kind, object or id, place, further fields of the change and values of its sentence by name).
NewChange = Callable[..., Change]
_FIELDS = frozenset({"side", "briefing", "claim", "source", "speaker", "about", "before", "after"})


def new_change(kind: str, item: Identified | str, place: Place, /, **more: Any) -> Change:
    """A change of ``item``, an object (whose claim, source and speaker it names) or an id without more.

    ``more`` are further fields of the change and, under other names, values of its sentence.
    """
    fields: dict[str, Any] = {}
    if isinstance(item, Claim):
        about = "" if item.claim in (more.get("before"), more.get("after")) else item.claim
        fields = {"claim": item.id, "about": about}
    elif isinstance(item, Source):
        fields = {"source": item.id}
    elif isinstance(item, Speaker):
        fields = {"speaker": item.id}
    elif isinstance(item, Statement):
        fields = {"source": item.source, "speaker": item.speaker or ""}
    fields |= {name: value for name, value in more.items() if name in _FIELDS}
    values = tuple((name, value) for name, value in more.items() if name not in _FIELDS)
    return Change(kind, item if isinstance(item, str) else item.id, place, **fields, values=values)


@dataclass(frozen=True)
class Sides:
    """A briefing in the base and in the head (an empty one on a side without it), with its renamed ids."""

    base: Briefing
    head: Briefing
    ids: Ids
    base_words: Vocabulary
    head_words: Vocabulary

    @cached_property
    def claim_of(self) -> dict[int, Claim]:
        """The claim of each statement, by the identity of the statement: ids may be there twice."""
        return {id(statement): claim for claim, statement in (*self.base.statements, *self.head.statements)}

    def change(
        self, kind: str, item: Identified | BriefingFile | Sentence | str, place: Place, /, **more: Any
    ) -> Change:
        """A change in this briefing, as by ``new_change``. That of a statement names its claim, too."""
        if isinstance(item, BriefingFile | Sentence):
            item = self.head.slug
        elif isinstance(item, Statement) and (claim := self.claim_of.get(id(item))):
            more = {"claim": claim.id, "about": claim.claim, **more}
        return new_change(kind, item, place, briefing=self.head.slug, **more)

    def match(self, base: Iterable[I], head: Iterable[I], renamed: Mapping[str, str]) -> Matches[I]:
        """Pair objects by their ids; those that the head lacks, but may only be unreadable there, are left out."""
        objects, broken = match_by_id(base, head, renamed), self.head.broken
        removed = [item for item in objects.removed if not {item.id, UNREADABLE} & broken]
        return Matches(objects.both, objects.added, removed)


@dataclass(frozen=True)
class Subject(Generic[T]):
    """How the objects of one sort are compared.

    ``name`` begins their kinds of change. ``show`` puts an object that was added or removed into words. ``fields`` are
    the fields to compare, by kind of change: ``{"speaker-changed": ("name", "kind"), "speaker-note": ("note",)}``.
    ``values`` returns values of sentences for an object on one of the sides.
    """

    name: str
    show: Callable[[T], str]
    fields: Mapping[str, Iterable[str]]
    values: Callable[[T, Side], Mapping[str, str]] = lambda item, side: {}


def compare_objects(
    subject: Subject[T],
    objects: Matches[T],
    new_change: NewChange,
    with_new_ids: Callable[[T, T], T] = lambda before, after: before,
) -> Iterator[Change]:
    """Objects added and removed, and ids and fields that changed.

    ``with_new_ids`` takes (before, after) and returns ``before`` with references as ``after`` must write them.
    """

    def change(kind: str, item: T, place: Place, side: Side = "head", /, **more: str | None) -> Change:
        values = {**more, **subject.values(item, side)}
        needed = {key: values[key] for key in values if key in more or f"{{{key}}}" in KINDS[kind].sentence}
        return new_change(kind, item, place, side=side, **needed)

    for item in objects.removed:
        yield change(f"{subject.name}-removed", item, item.place, "base", before=subject.show(item))
    for item in objects.added:
        yield change(f"{subject.name}-added", item, item.place, after=subject.show(item))
    for before, after in objects.both:
        old, new = getattr(before, "id", None), getattr(after, "id", None)
        if old != new:
            links = "links to the old one lead on" if old in getattr(after, "was", ()) else "links to it break"
            place = after.place.at("id")
            yield change(f"{subject.name}-id", after, place, before=old, after=new, before_id=old, links=links)
        if before is not after:
            yield from compare_fields(subject.fields, with_new_ids(before, after), after, change)


def compare_fields(
    fields: Mapping[str, Iterable[str]], before: Any, after: Any, new_change: NewChange
) -> Iterator[Change]:
    """One change for each field, listed by kind of change, that differs between two objects."""
    for kind, names in fields.items():
        for name in names:
            old, new = getattr(before, name), getattr(after, name)
            if old != new:
                values = {"field": name.replace("_", " ")} if "{field}" in KINDS[kind].sentence else {}
                place = after.place.at(name)
                yield new_change(kind, after, place, before=show_value(old), after=show_value(new), **values)


def show_value(value: Any) -> str | None:
    """A field's value as one text, or None if it is empty. The order of a mapping's keys does not count."""
    if value is None or value == {} or value == ():
        return None
    if isinstance(value, Mapping):
        return "; ".join(f"{key}: {value[key]}" for key in sorted(value))
    if isinstance(value, tuple):
        return "; ".join(str(item) for item in value)
    return {True: "yes", False: "no"}[value] if isinstance(value, bool) else str(value)
