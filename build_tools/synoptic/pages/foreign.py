"""Marks what was typed in another language than a page speaks, so that the encoder can name its language: the words of
ours in a briefing, and what its articles say. The one place that decides which words these are."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any, TypeVar

from synoptic.model.gone import Gone
from synoptic.model.reading import Reading
from synoptic.model.records import (
    Answer,
    Apart,
    BriefingFile,
    Claim,
    Editor,
    Event,
    Figure,
    Parallel,
    PassedOver,
    Relation,
    Reply,
    Sentence,
    Source,
    Speaker,
    Statement,
    Topic,
    Watched,
)  # fmt: skip
from synoptic.model.site import Briefing, Site
from synoptic.model.values import UNKNOWN, Placed
from synoptic.model.watch import Version
from synoptic.text.language import current
from synoptic.text.spoken import mark

T = TypeVar("T")
R = TypeVar("R", bound=Placed)
B = TypeVar("B", Figure, Event)
#: What is written in the language of a briefing, by record. Names of people and publishers have none, but those of
#: speakers that an article leaves unnamed are words of ours.
OURS: Mapping[type[Placed], tuple[str, ...]] = {
    Answer: ("text",),
    Apart: ("why",),
    BriefingFile: ("title", "question"),
    Claim: ("claim", "note"),
    Editor: ("affiliation", "assistance"),
    Event: ("what",),
    Figure: ("unit", "qualifier", "measures", "note"),
    Gone: ("why",),
    Parallel: ("about", "why"),
    PassedOver: ("reason",),
    Reading: ("note",),
    Relation: ("why",),
    Reply: ("text",),
    Sentence: ("text",),
    Source: ("label", "about"),
    Speaker: ("name", "role", "interest", "country", "note"),
    Statement: ("of", "translation", "note"),
    Topic: ("title", "question"),
    Version: ("note",),
    Watched: ("name",),
}
#: What is in the language of an article.
THEIRS: Mapping[type[Placed], tuple[str, ...]] = {
    Event: ("words",), Figure: ("value", "words"), Source: ("title",), Statement: ("quote",),
}  # fmt: skip
#: Tables of texts that are in the language of a briefing, by record.
TABLES: Mapping[type[Placed], tuple[str, ...]] = {
    Sentence: ("allow",), Source: ("outline", "independent"), Statement: ("allow",),
}  # fmt: skip
HELD = 4  # marked briefings, as many as are held of those read on demand


def is_foreign(tag: str) -> bool:
    """Whether a language is another than the page speaks; what is spoken in its regions is the same."""
    return tag.partition("-")[0] != current().tag.partition("-")[0]


def in_language(words: str, tag: str) -> str:
    """Words in the language ``tag``, marked if that is another than the page speaks."""
    return mark(words, tag) if is_foreign(tag) else words


def mark_site(site: Site) -> Site:
    """The site with the language of all words that are not in the current one."""
    own = site.publication.language
    titles = {
        slug: replace(summary, title=mark(summary.title, tag))
        for slug, summary in site.summaries.items()
        if is_foreign(tag := summary.language or own)
    }
    speakers = site.speakers
    if is_foreign(own):
        speakers = tuple(_mark_record(one, own).model_copy(update={"name": one.name}) for one in speakers)
    return replace(
        site, briefing=_Marked(site.briefing, own), summaries={**site.summaries, **titles}, speakers=speakers
    )


class _Marked(Mapping[str, Briefing]):
    """Briefings by id, each marked when it is asked for."""

    def __init__(self, briefings: Mapping[str, Briefing], language: str) -> None:
        self._briefings, self._language = briefings, language
        self._held: dict[str, tuple[Briefing, Briefing]] = {}

    def __getitem__(self, slug: str) -> Briefing:
        known = self._briefings[slug]
        if slug not in self._held or self._held[slug][0] is not known:
            while len(self._held) >= HELD:
                del self._held[next(iter(self._held))]
            self._held[slug] = known, mark_briefing(known, known.file.language or self._language)
        return self._held[slug][1]

    def __iter__(self) -> Iterator[str]:
        return iter(self._briefings)

    def __len__(self) -> int:
        return len(self._briefings)


def mark_briefing(briefing: Briefing, language: str) -> Briefing:
    """A briefing whose own words are in ``language``, with the language of all words that are not in the current one;
    the same object if there are none."""
    ours = language if is_foreign(language) else ""
    theirs = {source.id: source.lang for source in briefing.sources if is_foreign(source.lang)}
    if not ours and not theirs:
        return briefing
    spoken = {statement.id: theirs.get(statement.source, "") for _, statement in briefing.statements}

    def mark_bound(items: tuple[B, ...]) -> tuple[B, ...]:
        return tuple(_mark_record(one, ours, next(map(spoken.get, one.statements), "") or "") for one in items)

    def mark_claim(claim: Claim) -> Claim:
        statements = tuple(_mark_record(one, ours, spoken[one.id]) for one in claim.statements)
        return _mark_record(claim, ours).model_copy(update={"statements": statements})

    return replace(
        briefing,
        file=_mark_record(briefing.file, ours),
        sources=tuple(_mark_record(source, ours, theirs.get(source.id, "")) for source in briefing.sources),
        claims=tuple(map(mark_claim, briefing.claims)),
        figures=mark_bound(briefing.figures),
        events=mark_bound(briefing.events),
        readings={name: _mark_record(reading, ours) for name, reading in briefing.readings.items()},
    )


def _mark_all(value: T, tag: str) -> T:
    """A value of a record, with marks on all records in it."""
    if not tag:
        return value
    if isinstance(value, Placed):
        return _mark_record(value, tag)
    if isinstance(value, tuple) and value and isinstance(value[0], Placed):
        return tuple(_mark_record(one, tag) for one in value)  # type: ignore[return-value]
    return value


def _mark_record(record: R, tag: str, theirs: str = "") -> R:
    """A record with marks on the words of ours, in the language ``tag``, and on those of an article, in ``theirs``;
    either may be empty."""
    update: dict[str, Any] = {}
    for fields, language in ((OURS, tag), (THEIRS, theirs)):
        for name in fields.get(type(record), ()) if language else ():
            if (words := getattr(record, name)) and words != UNKNOWN:
                update[name] = mark(words, language)
    for name, value in record if tag else ():
        if isinstance(value, tuple) and name not in update and (marked := _mark_all(value, tag)) is not value:
            update[name] = marked
    for name in TABLES.get(type(record), ()) if tag else ():
        update[name] = {key: mark(words, tag) for key, words in getattr(record, name).items()}
    return record.model_copy(update=update) if update else record
