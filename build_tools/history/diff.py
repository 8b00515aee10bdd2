"""The comparison of two states of the briefings by meaning. Pure.

Order, place, comments and layout of YAML count for nothing: objects are found by their ids, and what lost its id
is found again by its words. Verdicts and silences are computed on both sides.

A quotation that is new, or has new words, is *checked by nobody but its contributor* unless one of these holds:
the base's lock of the same text had these words already; or its lock is signed by somebody who wrote a commit to
that lock in the range and none to the file that the quotation stands in.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from typing import Any, TypeVar

from build_tools.base.problems import Place
from build_tools.compare import verdicts
from build_tools.compare.ids import SORTS
from build_tools.compare.statements import quotations, quotations_of
from build_tools.model.briefing import UNREADABLE, Briefing
from build_tools.model.change import Change, Side
from build_tools.model.lock import Lock, Register
from build_tools.model.records import Bound, BriefingFile, Claim, Event, Figure, Source, Speaker, Statement
from build_tools.model.values import Placed
from build_tools.model.vocabulary import LISTS, Markers, Term, Vocabulary
from build_tools.text.match import digest, fold

P = TypeVar("P", bound=Placed)
Authors = Mapping[str, frozenset[str]]
Key = tuple[str, int]
Maker = Callable[..., Change]
#: What is one field to the reader, by kind of change. What is not listed here has a kind of its own.
SOURCE = ("title", "outlet", "author", "genre", "published", "url", "lang", "rights", "origin", "independent")
SOURCE_WORDS = ("label", "about")
STATEMENT = ("via", "mode", "cut", "paragraph", "utterance", "allow")
FIGURE = ("value", "unit", "qualifier", "as_of", "measures")
EVENT = ("what", "when", "anchor")
SPEAKER = ("name", "kind", "role", "interest")
TERM_RULES = ("opinion", "counts", "called", "rule")
TERM_WORDS = ("label", "symbol", "css", "plural", "back", "description")


@dataclass(frozen=True)
class Ids:
    """What objects of the base are called in the head, by kind of object; who kept an id is not listed."""

    source: dict[str, str]
    claim: dict[str, str]
    statement: dict[str, str]
    speaker: dict[str, str]
    topic: dict[str, str]


def shared(
    before: tuple[Vocabulary, Sequence[Speaker]], after: tuple[Vocabulary, Sequence[Speaker]]
) -> Iterator[Change]:
    """What changed in the files that all briefings share: the vocabulary, the named speakers."""
    yield from _vocabulary(before[0], after[0])
    yield from _speakers(before[1], after[1], Change)


def briefing(
    before: Briefing | None,
    after: Briefing | None,
    vocabularies: tuple[Vocabulary, Vocabulary],
    speakers: Mapping[str, str],
    authors: Authors,
) -> Iterator[Change]:
    """What changed in one briefing; a side without it is None.

    In: the vocabularies of base and head; named speakers whose id changed (``renamed_speakers``); who wrote the
    commits of the range, by path.
    """
    told = after or before
    if told is None:
        return

    def make(kind: str, name: str, place: Place, **more: Any) -> Change:
        return Change(kind, name, place, briefing=told.slug, **more)

    def of_briefing(kind: str, place: Place, **more: Any) -> Change:
        return make(kind, told.slug, place, **more)

    nothing = BriefingFile(title="-", question="-", status="draft")
    one = before or Briefing(told.slug, nothing)
    other = after or Briefing(told.slug, nothing)
    a, b = one.file, other.file
    if before is None:
        yield of_briefing("briefing-added", b.place, after=b.title, values=(("status", b.status),))
    elif after is None:
        yield of_briefing("briefing-removed", a.place, before=a.title, side="base")
    else:
        for field in ("title", "question", "status"):
            if getattr(a, field) != getattr(b, field):
                place = b.place.at(field)
                yield of_briefing(f"briefing-{field}", place, before=getattr(a, field), after=getattr(b, field))
    yield from _editors(a, b, of_briefing)
    ids = _ids(one, other, speakers)
    yield from _addresses(one, other, ids, make)
    yield from _topics(one, other, ids, make)
    yield from _bottom_line(a, b, ids, of_briefing)
    yield from _sources(one, other, ids, make)
    yield from _locks(one, other, ids, make)
    yield from _claims(one, other, ids, vocabularies, make)
    yield from _statements(one, other, ids, vocabularies, make)
    yield from _bound("figure", one.figures, other, FIGURE, ("note",), lambda f: (f.value, f.measures), ids, make)
    yield from _bound("event", one.events, other, EVENT, (), lambda e: (e.what,), ids, make)
    yield from _unchecked(one, other, ids, authors, make)


def renamed_speakers(before: Iterable[Speaker], after: Iterable[Speaker]) -> dict[str, str]:
    """Speakers of one name and kind whose id changed, or who say so: the old id to the new."""
    old, now = tuple(before), tuple(after)
    return _said(old, now, _renamed(old, now, lambda s: [(s.name.casefold(), s.kind)]))


# -- ids ------------------------------------------------------------------------------------------------------------


def _keyed(items: Iterable[P]) -> dict[Key, P]:
    """Objects by their id; one that stands again (an error elsewhere) is kept apart, so that none is overlooked."""
    found: dict[Key, P] = {}
    seen: dict[str, int] = defaultdict(int)
    for item in items:
        name: str = item.id  # type: ignore[attr-defined]
        found[name, seen[name]] = item
        seen[name] += 1
    return found


def _pairs(
    before: Iterable[P], after: Iterable[P], new: Mapping[str, str] | None = None
) -> Iterator[tuple[P | None, P | None]]:
    """Objects of both sides that are one and the same, then those of one side only; ``new`` maps changed ids."""
    new = new or {}
    old = {(new.get(name, name), n): item for (name, n), item in _keyed(before).items()}
    now = _keyed(after)
    yield from ((old.get(key), item) for key, item in now.items())
    yield from ((item, None) for key, item in old.items() if key not in now)


def _renamed(
    before: Iterable[P], after: Iterable[P], traits: Callable[[P], Iterable[Hashable]], least: float = 0.5
) -> dict[str, str]:
    """Ids that went and ids that came which name one thing: they share at least half of their traits, most first."""
    old, now = (_keyed(side) for side in (before, after))
    gone = {key[0]: set(traits(item)) for key, item in old.items() if key not in now}
    come = {key[0]: set(traits(item)) for key, item in now.items() if key not in old}
    bearers: dict[Hashable, list[str]] = defaultdict(list)
    for name, marks in come.items():
        for mark in marks:
            bearers[mark].append(name)
    scores: dict[tuple[str, str], int] = defaultdict(int)
    for name, marks in gone.items():
        for mark in marks:
            if len(bearers[mark]) <= 20:  # what many share tells none of them
                for candidate in bearers[mark]:
                    scores[name, candidate] += 1
    found: dict[str, str] = {}
    for (name, candidate), same in sorted(scores.items(), key=lambda item: (-item[1], item[0])):
        if name not in found and candidate not in found.values() and same >= least * len(gone[name]):
            found[name] = candidate
    return found


def _said(before: Iterable[Placed], after: Iterable[Placed], guessed: Mapping[str, str]) -> dict[str, str]:
    """Ids that changed: what ``was:`` of either side says goes before what was guessed."""
    old, now = ({str(item.id): item.was for item in side} for side in (before, after))  # type: ignore[attr-defined]
    told = {was: name for name, earlier in now.items() for was in earlier if was in old and was not in now}
    back = ((name, was) for name, earlier in old.items() if name not in now for was in earlier)
    told |= {name: was for name, was in back if was in now and was not in old}
    return {a: b for a, b in guessed.items() if a not in told and b not in told.values()} | told


def _ids(one: Briefing, other: Briefing, named: Mapping[str, str]) -> Ids:
    """What the objects of ``one`` are called in ``other``."""

    def of_source(briefing: Briefing) -> Callable[[Source], Iterable[Hashable]]:
        def traits(source: Source) -> Iterable[Hashable]:
            if (known := briefing.locks.get(source.id)) is not None:
                return [known.sha256]  # the text is the source
            return [source.url] if source.url else [(source.title, source.outlet)]

        return traits

    kept = {s.id for s in one.sources} & {s.id for s in other.sources}
    first, second = ({s.id: frozenset(of_source(b)(s)) for s in b.sources if s.id not in kept} for b in (one, other))
    alike = {a: b for a, mine in first.items() for b, theirs in second.items() if mine == theirs}
    sources = _said(one.sources, other.sources, alike)
    speakers = dict(named) | renamed_speakers(
        [s for source in one.sources for s in source.speakers], [s for source in other.sources for s in source.speakers]
    )

    def quoted(statement: Statement) -> Hashable:
        return sources.get(statement.source, statement.source), digest(statement.quote, statement.cut)

    def of_claim(claim: Claim) -> Iterator[Hashable]:
        yield _bare(claim.claim)
        for statement in claim.statements:
            yield statement.id
            yield quoted(statement)

    claims = _said(one.claims, other.claims, _renamed(one.claims, other.claims, of_claim))
    old = [(claims.get(c.id, c.id), s) for c, s in one.statements]
    home = {id(s): c for c, s in old} | {id(s): c.id for c, s in other.statements}
    mine, theirs = [s for _, s in old], [s for _, s in other.statements]
    guessed = _renamed(mine, theirs, lambda s: [(home[id(s)], quoted(s), speakers.get(s.speaker or "", s.speaker))])
    topics = _said(one.file.topics, other.file.topics, {})
    return Ids(sources, claims, _said(mine, theirs, guessed), speakers, topics)


# -- words ----------------------------------------------------------------------------------------------------------


def _bare(text: str) -> str:
    """A text without what changes no meaning: case, quotation marks, and commas and stops that touch no digit."""
    marks = re.sub(r"(?<!\w)'|'(?!\w)|\"", "", fold(text).casefold())
    return " ".join(re.sub(r"(?<!\d)[.,;:]|[.,;:](?!\d)(?<!\d.)", "", marks).split())


def _shown(value: Any) -> str | None:
    """A field's value as one text; None where there is none. The order of keys does not count."""
    if value is None or value == {} or value == ():
        return None
    if isinstance(value, Mapping):
        return "; ".join(f"{key}: {value[key]}" for key in sorted(value))
    if isinstance(value, tuple):
        return "; ".join(str(item) for item in value)
    return {True: "yes", False: "no"}[value] if isinstance(value, bool) else str(value)


def _fields(
    kind: str, before: Placed, after: Placed, fields: Iterable[str], make: Maker, **more: Any
) -> Iterator[Change]:
    """One change for each field that differs."""
    for field in fields:
        old, now = getattr(before, field), getattr(after, field)
        if old != now:
            values = (("field", field.replace("_", " ")),)
            name: str = after.id  # type: ignore[attr-defined]
            yield make(kind, name, after.place.at(field), before=_shown(old), after=_shown(now), values=values, **more)


# -- shared files ---------------------------------------------------------------------------------------------------


def _vocabulary(before: Vocabulary, after: Vocabulary) -> Iterator[Change]:
    if before is after:
        return
    for name in LISTS:
        old, now = (getattr(v, name) for v in (before, after))
        for one, other in _pairs(old, now):
            where = (("list", name.replace("_", " ")),)
            if other is None:
                if one is not None:
                    yield Change("vocabulary-removed", one.id, one.place, "base", before=one.label, values=where)
            elif one is None:
                yield Change("vocabulary-added", other.id, other.place, after=other.label, values=where)
            else:
                yield from _term(one, other, where)
    for lang in sorted({*before.markers, *after.markers}):
        old, now = (v.markers.get(lang) for v in (before, after))
        for name in Markers.model_fields:
            was, has = (getattr(m, name, ()) for m in (old, now))
            if name != "place" and set(was) != set(has):
                side: Side = "base" if now is None else "head"
                place = (now or old or before).place.at(name)
                values = (("list", name),)
                gone, new = _shown(tuple(w for w in was if w not in has)), _shown(tuple(w for w in has if w not in was))
                yield Change("markers-changed", lang, place, side, before=gone, after=new, values=values)


def _term(one: Term, other: Term, where: tuple[tuple[str, str], ...]) -> Iterator[Change]:
    for kind, fields in (("vocabulary-rule", TERM_RULES), ("vocabulary-label", TERM_WORDS)):
        for change in _fields(kind, one, other, fields, Change):
            yield replace(change, values=(*change.values, *where))


def _speakers(before: Iterable[Speaker], after: Iterable[Speaker], make: Maker, **more: Any) -> Iterator[Change]:
    old, now = tuple(before), tuple(after)
    new = renamed_speakers(old, now)
    if not more:  # those of a source are told of with their briefing
        yield from _earlier("speaker", old, now, new, make)
    for one, other in _pairs(old, now, new):
        if other is None:
            if one is not None:
                yield make("speaker-removed", one.id, one.place, side="base", speaker=one.id, before=one.name, **more)
            continue
        if one is None:
            yield make("speaker-added", other.id, other.place, speaker=other.id, after=other.name, **more)
            continue
        if one.id != other.id:
            yield _id_changed("speaker", one, other, make, speaker=other.id, **more)
        yield from _fields("speaker-changed", one, other, SPEAKER, make, speaker=other.id, **more)
        if one.note != other.note:
            place = other.place.at("note")
            yield make("speaker-note", other.id, place, speaker=other.id, before=one.note, after=other.note, **more)


def _id_changed(subject: str, before: Placed, after: Placed, make: Maker, **more: Any) -> Change:
    old, now = (item.id for item in (before, after))  # type: ignore[attr-defined]
    led = old in getattr(after, "was", ())
    values = (("before_id", old), ("links", "links to the old one lead on" if led else "links to it break"))
    return make(f"{subject}-id", now, after.place.at("id"), before=old, after=now, values=values, **more)


# -- a briefing -----------------------------------------------------------------------------------------------------


def _editors(a: BriefingFile, b: BriefingFile, make: Maker) -> Iterator[Change]:
    old, now = (
        sorted(" · ".join(filter(None, (e.name, e.affiliation, e.assistance))) for e in file.editors) for file in (a, b)
    )
    if old != now:
        yield make("editors-changed", b.place.at("editors"), before=_shown(tuple(old)), after=_shown(tuple(now)))


def _addresses(one: Briefing, other: Briefing, ids: Ids, make: Maker) -> Iterator[Change]:
    """What leads old addresses on: earlier ids, reasons why something is gone, the register of what was published."""
    for what, before, after in (
        ("source", one.sources, other.sources),
        ("topic", one.file.topics, other.file.topics),
        ("claim", one.claims, other.claims),
        ("statement", [s for _, s in one.statements], [s for _, s in other.statements]),
        ("speaker", [s for x in one.sources for s in x.speakers], [s for x in other.sources for s in x.speakers]),
    ):
        yield from _earlier(what, before, after, getattr(ids, what), make)
    old, now = (
        {name: (gone.why, gone.to, gone) for gone in side.file.gone for name in gone.ids} for side in (one, other)
    )
    for name in sorted({*old, *now}):
        was, has = old.get(name), now.get(name)
        if was is not None and (has is None or was[:2] != has[:2]):
            yield make("gone-removed", name, was[2].place, side="base", before=_reason(*was[:2]))
        if has is not None and (was is None or was[:2] != has[:2]):
            yield make("gone-added", name, has[2].place, after=_reason(*has[:2]))
    if one.register is not None:
        kept = other.register or Register(place=one.register.place)
        for sort, what in SORTS.items():
            for name in sorted({*getattr(one.register, sort)} - {*getattr(kept, sort)}):
                values = (("what", what),)
                yield make("register-removed", name, one.register.place, side="base", before=name, values=values)


def _earlier(
    what: str, before: Iterable[Placed], after: Iterable[Placed], new: Mapping[str, str], make: Maker
) -> Iterator[Change]:
    """Objects of both sides that are said to have had other ids before; that one changed now is told elsewhere."""
    for one, other in _pairs(before, after, new):
        if one is not None and other is not None:
            was = {*one.was} - {other.id}  # type: ignore[attr-defined]
            has = {*other.was} - {one.id}  # type: ignore[attr-defined]
            if was != has:
                shown = (_shown(tuple(sorted(names))) for names in (was, has))
                first, second = shown
                place, values = other.place.at("was"), (("what", what),)
                name: str = other.id  # type: ignore[attr-defined]
                yield make("address-changed", name, place, before=first, after=second, values=values)


def _reason(why: str, to: str | None) -> str:
    return f"{why} See {to}." if to else why


def _topics(one: Briefing, other: Briefing, ids: Ids, make: Maker) -> Iterator[Change]:
    """Topics are an order of pages, not of meaning: a claims file that is split in two is a new topic and no more."""
    homes = {ids.claim.get(c.id, c.id): ids.topic.get(c.topic, c.topic) for c in one.claims}
    old = {ids.topic.get(t.id, t.id) for t in one.file.topics}
    for before, after in _pairs(one.file.topics, other.file.topics, ids.topic):
        if after is None:
            if before is not None:
                yield make("topic-removed", before.id, before.place, side="base", before=before.title)
        elif before is None:
            moved = sum(c.topic == after.id and c.id in homes for c in other.claims)
            values = (("count", str(moved)),)
            yield make("topic-added", after.id, after.place, after=after.title, values=values)
        else:
            if before.id != after.id:
                yield _id_changed("topic", before, after, make)
            if before.title != after.title:
                place = after.place.at("title")
                yield make("topic-retitled", after.id, place, before=before.title, after=after.title)
    for claim in other.claims:
        if homes.get(claim.id, claim.topic) != claim.topic and claim.topic in old:
            place = Place(claim.place.path, claim.place.line, claim.place.column)
            was = homes[claim.id]
            yield make("claim-topic", claim.id, place, claim=claim.id, before=was, after=claim.topic)


def _bottom_line(a: BriefingFile, b: BriefingFile, ids: Ids, make: Maker) -> Iterator[Change]:
    """Sentences have no ids: equal ones are taken first, then the likest of the rest."""
    old, now = list(a.bottom_line), list(b.bottom_line)
    pairs = []
    for sentence in list(old):
        if twin := next((s for s in now if s.text == sentence.text), None):
            pairs.append((sentence, twin))
            old.remove(sentence)
            now.remove(twin)
    likeness = {
        (i, j): SequenceMatcher(None, x.text.split(), y.text.split(), autojunk=False).ratio()
        for i, x in enumerate(old)
        for j, y in enumerate(now)
    }
    taken: dict[int, int] = {}
    for (i, j), ratio in sorted(likeness.items(), key=lambda item: (-item[1], item[0])):
        if ratio >= 0.4 and i not in taken and j not in taken.values():
            taken[i] = j
    pairs += [(old[i], now[j]) for i, j in taken.items()]
    for before, after in pairs:
        if before.text != after.text:
            kind = "respelt" if _bare(before.text) == _bare(after.text) else "reworded"
            place = after.place.at("text")
            yield make(
                f"bottom-line-{kind}", place, before=verdicts.plain(before.text), after=verdicts.plain(after.text)
            )
        if sorted(ids.claim.get(c, c) for c in before.claims) != sorted(after.claims):
            place = after.place.at("claims")
            yield make(
                "bottom-line-claims",
                place,
                about=verdicts.plain(after.text),
                before=_shown(before.claims),
                after=_shown(after.claims),
            )
    for i, before in enumerate(old):
        if i not in taken:
            yield make("bottom-line-removed", before.place, side="base", before=verdicts.plain(before.text))
    for j, after in enumerate(now):
        if j not in taken.values():
            yield make("bottom-line-added", after.place, after=verdicts.plain(after.text))


def _sources(one: Briefing, other: Briefing, ids: Ids, make: Maker) -> Iterator[Change]:
    for before, after in _pairs(one.sources, other.sources, ids.source):
        if before is after:
            continue
        if after is None:
            if before is not None and before.id not in other.broken:
                yield make("source-removed", before.id, before.place, side="base", source=before.id, before=before.name)
                yield from _speakers(before.speakers, (), make, source=before.id)
            continue
        if before is None:
            yield make("source-added", after.id, after.place, source=after.id, after=after.name)
            yield from _speakers((), after.speakers, make, source=after.id)
            continue
        if before.id != after.id:
            yield _id_changed("source", before, after, make, source=after.id)
        mapped = before.model_copy(
            update={
                "origin": ids.source.get(before.origin or "", before.origin),
                "independent": {ids.source.get(k, k): v for k, v in before.independent.items()},
            }
        )
        if (ids.speaker.get(before.voice or "", before.voice)) != after.voice:
            place = after.place.at("voice")
            yield make("source-voice", after.id, place, source=after.id, before=before.voice, after=after.voice)
        yield from _fields("source-changed", mapped, after, SOURCE, make, source=after.id)
        yield from _fields("source-described", before, after, SOURCE_WORDS, make, source=after.id)
        if before.paragraphs != after.paragraphs:
            every = sorted({*before.paragraphs, *after.paragraphs})
            differing = [k for k in every if _block(before, k) != _block(after, k)]
            was, now = ("; ".join(f"{k}: {_block(s, k)}" for k in differing) for s in (before, after))
            if differing:
                values = (("field", "kinds of paragraph"),)
                place = after.place.at("paragraphs")
                yield make("source-changed", after.id, place, source=after.id, before=was, after=now, values=values)
        yield from _speakers(before.speakers, after.speakers, make, source=after.id)


def _block(source: Source, number: int) -> str:
    return source.paragraphs.get(number, "body")


# -- locks ----------------------------------------------------------------------------------------------------------


def _locks(one: Briefing, other: Briefing, ids: Ids, make: Maker) -> Iterator[Change]:
    old = {ids.source.get(name, name): lock for name, lock in one.locks.items()}
    for name in sorted({*old, *other.locks}):
        before, after = old.get(name), other.locks.get(name)
        if before is after:
            continue
        told = after or before
        if told is None:
            continue
        signed = (("name", told.checked_by or ""), ("day", told.checked_on or "no day"))
        if after is None:
            if f"lock:{name}" not in other.broken:
                yield make("lock-removed", name, told.place, side="base", source=name, values=signed)
        elif before is None:
            values = (*signed, ("count", str(len(after.quotes))))
            yield make("lock-added", name, after.place, source=name, values=values)
        else:
            yield from _relocked(name, before, after, signed, one, other, ids, make)


def _relocked(
    name: str,
    before: Lock,
    after: Lock,
    signed: tuple[tuple[str, str], ...],
    one: Briefing,
    other: Briefing,
    ids: Ids,
    make: Maker,
) -> Iterator[Change]:
    same_text = before.sha256 == after.sha256
    if not same_text:
        place = after.place.at("sha256")
        yield make("lock-text", name, place, source=name, before=before.sha256, after=after.sha256)
    quotes = {ids.statement.get(q.statement, q.statement): q for q in before.quotes}
    added = [q for q in after.quotes if q.statement not in quotes]
    removed = quotes.keys() - {q.statement for q in after.quotes}
    altered = [q for q in after.quotes if q.statement in quotes and _entry(quotes[q.statement]) != _entry(q)]
    parts = {
        "quotations added": len(added),
        "quotations removed": len(removed),
        "quotations altered": len(altered),
        "search terms added": len(after.terms.keys() - before.terms.keys()),
        "search terms removed": len(before.terms.keys() - after.terms.keys()),
        "searches altered": sum(before.terms[t] != after.terms[t] for t in after.terms.keys() & before.terms.keys()),
        "passages shared with other sources": {_run(r, ids.source) for r in before.shared}
        != {_run(r, {}) for r in after.shared},
        "sources it was compared with": {ids.source.get(c, c) for c in before.compared} != set(after.compared),
        "the length of the text": (before.words, before.blocks) != (after.words, after.blocks),
    }
    was, now = (f"checked by {k.checked_by or 'nobody'} on {k.checked_on or 'no day'}" for k in (before, after))
    counted = (what if n is True else f"{what}: {n}" for what, n in parts.items() if n)
    summary = ", ".join(counted)
    if summary or was != now or not same_text:
        values = (*signed, ("summary", summary or "nothing but who checked it and when"))
        yield make("lock-changed", name, after.place, source=name, before=was, after=now, values=values)
    words = {ids.statement.get(s.id, s.id): digest(s.quote, s.cut) for s in quotations(one)}
    current = {s.id: digest(s.quote, s.cut) for s in quotations_of(other, name)}
    for entry in altered if same_text else ():
        if words.get(entry.statement) == current.get(entry.statement):
            was, now = (_entry_shown(q) for q in (quotes[entry.statement], entry))
            yield make("lock-entry", entry.statement, entry.place, source=name, before=was, after=now)
    for term in sorted(after.terms.keys() & before.terms.keys()) if same_text else ():
        if before.terms[term] != after.terms[term]:
            was, now = (f"paragraphs {_shown(k.terms[term]) or 'none'}" for k in (before, after))
            place, values = after.place.at("terms", term), (("term", term),)
            yield make("lock-search", name, place, source=name, before=was, after=now, values=values)


def _entry(quote: Any) -> tuple[object, ...]:
    return quote.sha256, quote.block, quote.words, quote.marks, quote.beside


def _entry_shown(quote: Any) -> str:
    spans = ", ".join(f"{first} to {last}" for first, last in quote.words)
    marks = "inside" if quote.marks else "outside"
    beside = ", ".join(quote.beside) or "nothing"
    return f"paragraph {quote.block}, words {spans}, {marks} quotation marks, beside it {beside}, {quote.sha256[:12]}"


def _run(run: Any, new: Mapping[str, str]) -> tuple[object, ...]:
    return new.get(run.source, run.source), run.block, run.words, run.theirs


def _unchecked(one: Briefing, other: Briefing, ids: Ids, authors: Authors, make: Maker) -> Iterator[Change]:
    """Quotations that are new or have new words, and that nobody but their contributor has checked."""
    known = {
        (ids.source.get(name, name), old.sha256, quote.sha256)
        for name, old in one.locks.items()
        for quote in old.quotes
        if old.checked_by
    }
    before = {
        (ids.statement.get(s.id, s.id), ids.source.get(s.source, s.source), digest(s.quote, s.cut))
        for s in quotations(one)
    }
    homes = {s.id: c for c, s in other.statements}
    for statement in quotations(other):
        sha = digest(statement.quote, statement.cut)
        if (statement.id, statement.source, sha) in before:
            continue
        held = other.locks.get(statement.source)
        if held is not None and (statement.source, held.sha256, sha) in known:
            continue
        entry = other.locked(statement)
        name = held.checked_by if held else None
        if held is None or entry is None or entry.sha256 != sha:
            kind = "quotation-unlocked"
        elif not name:
            kind = "quotation-unsigned"
        else:
            wrote = _names(authors.get(statement.place.path, frozenset()))
            locked = _names(authors.get(held.place.path, frozenset()))
            (me,) = _names([name])
            if me in locked and me not in wrote:
                continue
            kind = "quotation-own-check" if me in wrote else "quotation-said-check"
        claim = homes.get(statement.id)
        yield make(
            kind,
            statement.id,
            statement.place.at("quote"),
            claim=claim.id if claim else "",
            about=claim.claim if claim else "",
            source=statement.source,
            speaker=statement.speaker or "",
            after=statement.quote,
            values=(("name", name or ""),),
        )


def _names(names: Iterable[str]) -> set[str]:
    return {" ".join(name.split()).casefold() for name in names}


# -- claims ---------------------------------------------------------------------------------------------------------


def _claims(
    one: Briefing, other: Briefing, ids: Ids, vocabularies: tuple[Vocabulary, Vocabulary], make: Maker
) -> Iterator[Change]:
    #: With the same sources and locks, a claim that is the same object has the same verdict and silences.
    same_ground = (
        vocabularies[0] is vocabularies[1]
        and len(one.sources) == len(other.sources)
        and all(a is b for a, b in zip(one.sources, other.sources, strict=True))
        and one.locks.keys() == other.locks.keys()
        and all(one.locks[name] is other.locks[name] for name in one.locks)
    )
    for before, after in _pairs(one.claims, other.claims, ids.claim):
        if before is after and same_ground:
            continue
        if after is None:
            if before is not None and not _lost(other, before.id):
                yield make("claim-removed", before.id, before.place, side="base", claim=before.id, before=before.claim)
                yield from _claim(before, _alone(before), ids, vocabularies[1], make)
            continue
        verdict = verdicts.verdict(other, after, vocabularies[1])
        if before is None:
            values = (("kind", after.kind), ("verdict", verdict))
            yield make("claim-added", after.id, after.place, claim=after.id, after=after.claim, values=values)
            before = _alone(after)
        else:
            was = verdicts.verdict(one, before, vocabularies[0])
            if was != verdict:
                yield _of_claim("verdict-changed", after, after.place, make, before=was, after=verdict)
            yield from _silences(one, other, before, after, ids, make)
        if before is not after:
            yield from _claim(before, after, ids, vocabularies[1], make)


def _alone(claim: Claim) -> Claim:
    """A claim without what it says of others; that is told when the claim comes and when it goes."""
    return claim.model_copy(update={"passed_over": (), "relations": (), "replies": ()})


def _lost(side: Briefing, name: str) -> bool:
    """Whether what is not there may only be unreadable there."""
    return name in side.broken or UNREADABLE in side.broken


def _of_claim(kind: str, claim: Claim, place: Place, make: Maker, **more: Any) -> Change:
    return make(kind, claim.id, place, claim=claim.id, about=claim.claim, **more)


def _claim(before: Claim, after: Claim, ids: Ids, vocabulary: Vocabulary, make: Maker) -> Iterator[Change]:
    if before.id != after.id:
        yield _id_changed("claim", before, after, make, claim=after.id, about=after.claim)
    if before.claim != after.claim:
        kind = "claim-respelt" if _bare(before.claim) == _bare(after.claim) else "claim-reworded"
        place = after.place.at("claim")
        yield make(kind, after.id, place, claim=after.id, before=before.claim, after=after.claim)
    if before.kind != after.kind:
        yield _of_claim("claim-kind", after, after.place.at("kind"), make, before=before.kind, after=after.kind)
    if before.note != after.note:
        yield _of_claim("claim-note", after, after.place.at("note"), make, before=before.note, after=after.note)
    if set(before.terms) != set(after.terms):
        old, now = (_shown(tuple(sorted(set(c.terms)))) for c in (before, after))
        yield _of_claim("terms-changed", after, after.place.at("terms"), make, before=old, after=now)
    yield from _passed_over(before, after, ids, make)
    yield from _relations(before, after, ids, vocabulary, make)
    yield from _replies(before, after, make)


def _passed_over(before: Claim, after: Claim, ids: Ids, make: Maker) -> Iterator[Change]:
    old = {ids.source.get(p.source, p.source): p for p in before.passed_over}
    now = {p.source: p for p in after.passed_over}
    for name in sorted({*old, *now}):
        was, has = old.get(name), now.get(name)
        if has is None:
            if was is not None:
                yield _of_claim(
                    "passed-over-removed", after, was.place, make, side="base", source=name, before=was.reason
                )
        elif was is None:
            yield _of_claim("passed-over-added", after, has.place, make, source=name, after=has.reason)
        elif was.reason != has.reason:
            place = has.place.at("reason")
            yield _of_claim("passed-over-reason", after, place, make, source=name, before=was.reason, after=has.reason)


def _relations(before: Claim, after: Claim, ids: Ids, vocabulary: Vocabulary, make: Maker) -> Iterator[Change]:
    old = [(ids.claim.get(r.to, r.to), r) for r in before.relations]
    now = [(r.to, r) for r in after.relations]
    pairs = []
    for alike in (lambda a, b: a[1].how == b[1].how, lambda a, b: True):  # the same relation first, then the same claim
        for was in list(old):
            if twin := next((has for has in now if has[0] == was[0] and alike(was, has)), None):
                pairs.append((was[1], twin[1]))
                old.remove(was)
                now.remove(twin)

    def label(how: str) -> str:
        return vocabulary.get("relations", how).label

    for a, b in pairs:
        about = (("to", b.to),)
        if (a.how, a.real) != (b.how, b.real):
            was_is = (f"{label(r.how)}{'' if r.real else ' (no real contradiction)'}" for r in (a, b))
            first, second = was_is
            yield _of_claim("relation-changed", after, b.place, make, before=first, after=second, values=about)
        if a.why != b.why:
            place = b.place.at("why")
            yield _of_claim("relation-reason", after, place, make, before=a.why, after=b.why, values=about)
    for to, relation in old:
        values = (("how", label(relation.how)), ("to", to))
        place = relation.place
        yield _of_claim("relation-removed", after, place, make, side="base", before=relation.why, values=values)
    for to, relation in now:
        values = (("how", label(relation.how)), ("to", to))
        yield _of_claim("relation-added", after, relation.place, make, after=relation.why, values=values)


def _replies(before: Claim, after: Claim, make: Maker) -> Iterator[Change]:
    old, now = ({(r.by, r.on): r for r in claim.replies} for claim in (before, after))
    for key in sorted({*old, *now}):
        was, has = old.get(key), now.get(key)
        values = (("name", key[0]),)
        if has is None:
            if was is not None:
                yield _of_claim("reply-removed", after, was.place, make, side="base", before=was.text, values=values)
        elif was is None:
            yield _of_claim("reply-added", after, has.place, make, after=has.text, values=values)
        elif (was.text, was.url) != (has.text, has.url):
            first, second = (" ".join(filter(None, (r.text, r.url))) for r in (was, has))
            yield _of_claim("reply-changed", after, has.place, make, before=first, after=second, values=values)


def _silences(one: Briefing, other: Briefing, before: Claim, after: Claim, ids: Ids, make: Maker) -> Iterator[Change]:
    old = {ids.source.get(s.source.id, s.source.id): s.state for s in verdicts.silences(one, before)}
    for silence in verdicts.silences(other, after):
        was = old.get(silence.source.id)
        if was is not None and was != silence.state:
            place = after.place
            yield _of_claim(
                "silence-changed", after, place, make, source=silence.source.id, before=was, after=silence.state
            )


# -- statements -----------------------------------------------------------------------------------------------------


def _statements(
    one: Briefing, other: Briefing, ids: Ids, vocabularies: tuple[Vocabulary, Vocabulary], make: Maker
) -> Iterator[Change]:
    """Statements are found in the whole briefing, so that one which moved is not taken for two."""
    home = {id(s): c for c, s in (*one.statements, *other.statements)}
    for before, after in _pairs((s for _, s in one.statements), (s for _, s in other.statements), ids.statement):
        if before is after:
            continue
        if after is None:
            if before is not None and not _lost(other, before.id):
                claim = home[id(before)]
                yield _of_statement(
                    "statement-removed",
                    before,
                    claim,
                    before.place,
                    make,
                    side="base",
                    before=before.quote,
                    values=_stated(one, before, vocabularies[0]),
                )
            continue
        claim = home[id(after)]
        if before is None:
            yield _of_statement(
                "statement-added",
                after,
                claim,
                after.place,
                make,
                after=after.quote,
                values=_stated(other, after, vocabularies[1]),
            )
            continue
        was = home[id(before)]
        yield from _statement(before, after, (ids.claim.get(was.id, was.id), was, claim), ids, make)


def _of_statement(kind: str, statement: Statement, claim: Claim, place: Place, make: Maker, **more: Any) -> Change:
    return make(
        kind,
        statement.id,
        place,
        claim=claim.id,
        about=claim.claim,
        source=statement.source,
        speaker=statement.speaker or "",
        **more,
    )


def _stated(briefing: Briefing, statement: Statement, vocabulary: Vocabulary) -> tuple[tuple[str, str], ...]:
    stance = vocabulary.get("stances", statement.stance).label
    return (("stance", stance), ("holder", verdicts.holder(briefing, statement).removeprefix("article:")))


def _statement(
    before: Statement, after: Statement, claims: tuple[str, Claim, Claim], ids: Ids, make: Maker
) -> Iterator[Change]:
    was_id, was, claim = claims

    def tell(kind: str, field: str, old: str | None, now: str | None) -> Change:
        return _of_statement(kind, after, claim, after.place.at(field), make, before=old, after=now)

    if before.id != after.id:
        yield _id_changed(
            "statement",
            before,
            after,
            make,
            claim=claim.id,
            about=claim.claim,
            source=after.source,
            speaker=after.speaker or "",
        )
    if was_id != claim.id:
        place = Place(after.place.path, after.place.line, after.place.column)
        moved = (f"{c.id}: {c.claim}" for c in (was, claim))
        old, now = moved
        yield _of_statement("statement-moved", after, claim, place, make, before=old, after=now)
    if before.stance != after.stance:
        yield tell("statement-stance", "stance", before.stance, after.stance)
    source = ids.source.get(before.source, before.source)
    if source != after.source:
        yield tell("statement-source", "source", before.source, after.source)
    holders = (ids.speaker.get(before.speaker or "", before.speaker), after.speaker)
    if holders[0] != holders[1]:
        old, now = (name or "the article itself" for name in (before.speaker, after.speaker))
        yield tell("statement-holder", "speaker", old, now)
    if before.quote != after.quote:
        kind = _quoted(before.quote, after.quote)
        if kind:
            yield tell(kind, "quote", before.quote, after.quote)
    for kind, field in (("statement-note", "note"), ("statement-translation", "translation")):
        if getattr(before, field) != getattr(after, field):
            yield tell(kind, field, getattr(before, field), getattr(after, field))
    for field in STATEMENT:
        first, second = getattr(before, field), getattr(after, field)
        if first != second:
            values = (("field", field),)
            place = after.place.at(field)
            yield _of_statement(
                "statement-changed",
                after,
                claim,
                place,
                make,
                before=_shown(first),
                after=_shown(second),
                values=values,
            )


def _quoted(before: str, after: str) -> str:
    """How a quotation changed; the empty string where only its line breaks did."""
    old, now = fold(before), fold(after)
    if old == now:
        return "quotation-respelt" if before.split() != after.split() else ""
    if old in now:
        return "quotation-lengthened"
    return "quotation-cut" if now in old else "quotation-replaced"


# -- figures and events ---------------------------------------------------------------------------------------------


def _bound(
    subject: str,
    before: Sequence[Bound],
    other: Briefing,
    fields: Sequence[str],
    described: Sequence[str],
    traits: Callable[[Any], Hashable],
    ids: Ids,
    make: Maker,
) -> Iterator[Change]:
    after: Sequence[Bound] = other.figures if subject == "figure" else other.events
    new = _renamed(before, after, lambda item: [traits(item)])
    for one, two in _pairs(before, after, new):
        if one is two:
            continue
        if two is None:
            if one is not None and not _lost(other, one.id):
                yield make(f"{subject}-removed", one.id, one.place, side="base", before=_figure(one))
            continue
        if one is None:
            yield make(f"{subject}-added", two.id, two.place, after=_figure(two))
            continue
        if one.id != two.id:
            yield _id_changed(subject, one, two, make)
        known = one
        if isinstance(one, Event):
            known = one.model_copy(update={"anchor": (ids.source | new).get(one.anchor or "", one.anchor)})
        yield from _fields(f"{subject}-changed", known, two, fields, make)
        known = known.model_copy(update={"statements": tuple(ids.statement.get(s, s) for s in one.statements)})
        if sorted(known.statements) != sorted(two.statements):
            yield from _fields(f"{subject}-bound", known, two, ("statements",), make)
        yield from _fields(f"{subject}-bound", known, two, ("words",), make)
        yield from _fields(f"{subject}-note", known, two, described, make)


def _figure(item: Any) -> str:
    """A figure or event in a line."""
    names = ("measures", "qualifier", "value", "unit", "as_of") if isinstance(item, Figure) else ("what", "when")
    return " · ".join(str(getattr(item, name)) for name in names if getattr(item, name))
