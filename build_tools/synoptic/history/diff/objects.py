"""Compares objects of one sort by a table of their fields, in two states of a briefing or of what all briefings share.
Pure."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from typing import Any

from synoptic.base.problems import Place
from synoptic.history.diff.matching import I, Identified, Ids, Matches, Renamable, T, match_by_id
from synoptic.model import records
from synoptic.model.change import KINDS, Change, Side
from synoptic.model.records import BriefingFile, Claim, SearchTerm, Sentence, Source, Speaker, Statement
from synoptic.model.site import UNREADABLE, Briefing
from synoptic.model.values import UNKNOWN, Placed
from synoptic.model.vocabulary import Term, Vocabulary


@dataclass(frozen=True)
class Subject:
    """How the objects of one sort are compared.

    ``name`` begins their kinds of change. ``shown`` are the fields that put an object that was added or removed into
    words. ``fields`` are those to compare, by kind of change; what needs more than that is compared in ``briefing``.
    ``elsewhere`` are fields of which other changes tell when an object is added or removed.
    """

    name: str
    shown: tuple[str, ...]
    fields: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    elsewhere: frozenset[str] = frozenset()


SUBJECTS: Mapping[type[Placed], Subject] = {
    BriefingFile: Subject("briefing", ("title",), {
        "briefing-title": ("title",),
        "briefing-question": ("question",),
        "briefing-status": ("status",),
        "signatures-demanded": ("signatures",),
        "briefing-language": ("language",),
    }, frozenset({"status", "topics", "editors", "bottom_line", "watch", "parallels", "gone"})),
    records.Topic: Subject(
        "topic", ("title",), {"topic-retitled": ("title",)}, frozenset({"answers", "apart"})
    ),
    records.Answer: Subject("answer", ("text",), {"answer-support": ("support",)}),
    records.Apart: Subject("apart", ("why",), {"apart-reason": ("why",)}, frozenset({"answers"})),
    records.Editor: Subject("editor", ("name", "affiliation", "assistance")),
    records.Parallel: Subject("parallel", ("about",), {"parallel-changed": ("about", "statements", "why")}),
    Sentence: Subject("bottom-line", ("text",), {"bottom-line-allow": ("allow",)}),
    Claim: Subject(
        "claim", ("claim",), {"claim-kind": ("kind",), "claim-note": ("note",)},
        frozenset({"topic", "statements", "passed_over", "relations", "replies"}),
    ),
    records.PassedOver: Subject(
        "passed-over", ("reason",), {"passed-over-reason": ("reason",)}, frozenset({"source", "sources"})
    ),
    records.Relation: Subject("relation", ("why",), {"relation-reason": ("why",)}, frozenset({"to", "how"})),
    records.Reply: Subject("reply", ("text",), elsewhere=frozenset({"by"})),
    Statement: Subject("statement", ("quote",), {
        "statement-stance": ("stance",),
        "statement-note": ("note",),
        "statement-translation": ("translation",),
        "statement-changed": ("of", "via", "mode", "cut", "paragraph", "utterance", "headline_of", "lead", "allow"),
    }, frozenset({"source", "speaker", "stance"})),
    Source: Subject("source", ("name",), {
        "source-changed": (
            *("title", "outlet", "author", "genre", "published", "url", "archive", "lang", "rights", "text", "origin"),
            *("archived", "independent"),
        ),
        "source-described": ("label", "about"),
    }, frozenset({"speakers"})),
    Speaker: Subject("speaker", ("name",), {
        "speaker-changed": ("name", "also", "kind", "role", "interest", "country", "same_as"),
        "speaker-note": ("note",),
    }),
    records.Figure: Subject("figure", ("measures", "qualifier", "value", "unit", "as_of"), {
        "figure-bound": ("statements", "words"),
        "figure-changed": ("value", "unit", "qualifier", "as_of", "measures"),
        "figure-note": ("note",),
    }),
    records.Event: Subject("event", ("what", "when"), {
        "event-bound": ("statements", "words"),
        "event-changed": ("what", "when", "anchor"),
    }),
    # first what rules, or readers who filter, depend on; then what only pages show (`rule` explains a verdict)
    Term: Subject("vocabulary", ("label",), {
        "vocabulary-rule": ("opinion", "counts", "called"),
        "vocabulary-label": ("label", "symbol", "css", "plural", "back", "description", "rule"),
    }),
}  # fmt: skip
_CALLED = {
    "bottom-line": "sentence of the bottom line of",
    "passed-over": "source passed over by the claim",
    "relation": "relation of the claim",
    "reply": "reply to the claim",
    "apart": "conflict between answers of the topic",
    "parallel": "parallel passages",
    "vocabulary": "word",
}
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
    elif isinstance(item, Source | Speaker):
        fields = {SUBJECTS[type(item)].name: item.id}
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

    def differ(
        self, kind: str, item: Identified | BriefingFile, name: str, old: str | None, new: str | None, **values: str
    ) -> Iterator[Change]:
        """The change of the field ``name``, if its two values differ as texts."""
        if old != new:
            yield self.change(kind, item, item.place.at(name), before=old, after=new, **values)

    def match(self, base: Iterable[I], head: Iterable[I], renamed: Mapping[str, str]) -> Matches[I]:
        """Pair objects by their ids; those that the head lacks, but may only be unreadable there, are left out."""
        objects, broken = match_by_id(base, head, renamed), self.head.broken
        removed = [item for item in objects.removed if not {item.id, UNREADABLE} & broken]
        return Matches(objects.both, objects.added, removed)


def compare_objects(
    objects: Matches[T],
    new_change: NewChange,
    values: Callable[[T, Side], Mapping[str, str]] = lambda item, side: {},
    with_new_ids: Callable[[T, T], T] = lambda before, after: before,
    show: Callable[[T], str] | None = None,
) -> Iterator[Change]:
    """Objects added and removed, and ids and fields that changed.

    ``values`` returns values of sentences for an object on one of the sides. ``with_new_ids`` takes (before, after) and
    returns ``before`` with references as ``after`` must write them. ``show`` replaces ``show_object``.
    """

    def change(kind: str, item: T, place: Place, side: Side = "head", /, **more: str | None) -> Change:
        found = {**more, **values(item, side)}
        needed = {key: found[key] for key in found if key in more or f"{{{key}}}" in KINDS[kind].sentence}
        return new_change(kind, item, place, side=side, **needed)

    show = show or show_object
    for item in objects.removed:
        yield change(f"{SUBJECTS[type(item)].name}-removed", item, item.place, "base", before=show(item))
        if rest := show_rest(item):
            yield change("rest-removed", item, item.place, "base", before=rest, what=name_subject(item))
    for item in objects.added:
        yield change(f"{SUBJECTS[type(item)].name}-added", item, item.place, after=show(item))
        if rest := show_rest(item):
            yield change("rest-added", item, item.place, after=rest, what=name_subject(item))
    for before, after in objects.both:
        old, new = getattr(before, "id", None), getattr(after, "id", None)
        if old != new:
            links = "links to the old one lead on" if old in getattr(after, "was", ()) else "links to it break"
            kind, place = f"{SUBJECTS[type(after)].name}-id", after.place.at("id")
            yield change(kind, after, place, before=old, after=new, before_id=old, links=links)
        if before is not after:
            yield from compare_fields(with_new_ids(before, after), after, change)


def compare_fields(before: T, after: T, new_change: NewChange) -> Iterator[Change]:
    """One change for each field in the table that differs between two objects."""
    for kind, names in SUBJECTS[type(after)].fields.items():
        for name in names:
            old, new = getattr(before, name), getattr(after, name)
            if old != new:
                values = {"field": name.replace("_", " ")} if "{field}" in KINDS[kind].sentence else {}
                place = after.place.at(name)
                yield new_change(kind, after, place, before=show_value(old), after=show_value(new), **values)


def compare_earlier_ids(
    subject: str, base: Iterable[Renamable], head: Iterable[Renamable], renamed: Mapping[str, str], change: NewChange
) -> Iterator[Change]:
    """Objects whose list of earlier ids changed, apart from an id that changes in this very comparison."""
    for before, after in match_by_id(base, head, renamed).both:
        old, new = {*before.was} - {after.id}, {*after.was} - {before.id}
        if old != new:
            first, second = (show_value(tuple(sorted(names))) for names in (old, new))
            place = after.place.at("was")
            yield change("address-changed", after.id, place, before=first, after=second, what=subject)


def show_object(item: Placed) -> str:
    """An object by some of its fields, as in ``cost of the works · about · 1.9 · billion crowns``."""
    return " · ".join(str(value) for name in SUBJECTS[type(item)].shown if (value := getattr(item, name)))


def show_rest(item: Placed) -> str | None:
    """All that an object says besides what ``show_object`` shows, as in ``note: Two sums. · terms: cost*; crowns``."""
    values = ((name, getattr(item, name), default) for name, default in _list_others(type(item)))
    parts = [
        f"{name.replace('_', ' ')}: {shown}"
        for name, value, default in values
        if value not in (default, UNKNOWN) and (shown := show_value(value))
    ]
    return " · ".join(parts) or None


@lru_cache
def _list_others(sort: type[Placed]) -> tuple[tuple[str, Any], ...]:
    """The fields of a sort of object that ``show_object`` does not show, each with its default."""
    subject = SUBJECTS[sort]
    told = {"place", "id", "was", *subject.shown, *subject.elsewhere}
    fields = sort.model_fields.items()
    return tuple((name, spec.get_default(call_default_factory=True)) for name, spec in fields if name not in told)


def name_subject(item: Placed) -> str:
    """The word for an object in a sentence, as in ``sentence of the bottom line``."""
    name = SUBJECTS[type(item)].name
    return _CALLED.get(name, name)


def show_value(value: Any) -> str | None:
    """A field's value as one text, or None if it is empty. The order of a mapping's keys does not count."""
    if value is None or value == {} or value == ():
        return None
    if isinstance(value, Mapping):
        return "; ".join(f"{key}: {value[key]}" for key in sorted(value))
    if isinstance(value, tuple):
        return "; ".join(map(_show_part, value))
    return {True: "yes", False: "no"}[value] if isinstance(value, bool) else str(value)


def _show_part(value: Any) -> str:
    """An entry of a list: a search term with its mode, any other object by all that it says."""
    if isinstance(value, SearchTerm):
        return f"{value.term} ({value.mode})" if value.mode else value.term
    if isinstance(value, Placed):
        fields = (getattr(value, name) for name in type(value).model_fields if name != "place")
        return ", ".join(shown for field in fields if (shown := show_value(field)))
    return str(value)
