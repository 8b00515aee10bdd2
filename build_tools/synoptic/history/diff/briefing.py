"""Compares two states of one briefing; what ``lock`` wrote is compared in ``locks``. Pure."""

from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from difflib import SequenceMatcher
from functools import partial
from typing import TypeVar

from synoptic.base.problems import Place
from synoptic.compare.statements import find_holder, list_silences
from synoptic.compare.verdicts import decide_verdict
from synoptic.history.diff import matching, objects
from synoptic.history.diff.locks import (
    Authors,
    compare_locks,
    compare_registers,
    find_brackets_of_ours,
    find_limited_quotations,
    find_unchecked_quotations,
)  # fmt: skip
from synoptic.history.diff.objects import Sides
from synoptic.history.diff.pages import compare_versions, compare_watches
from synoptic.history.diff.readings import compare_readings
from synoptic.history.diff.searches import compare_names, compare_searches
from synoptic.history.diff.topics import compare_topics
from synoptic.model import records
from synoptic.model.change import Change, Side
from synoptic.model.site import Briefing
from synoptic.model.vocabulary import Vocabulary
from synoptic.text.english import remove_brackets
from synoptic.text.folding import fold

B = TypeVar("B", records.Figure, records.Event)
_EMPTY = records.BriefingFile(title="-", question="-", status="draft")
#: The least likeness, from 0 to 1, at which one sentence is taken for the rewording of another.
_LEAST = 0.4


def compare_briefings(
    base: Briefing | None,
    head: Briefing | None,
    vocabularies: tuple[Vocabulary, Vocabulary],
    renamed_speakers: Mapping[str, str],
    authors: Authors,
) -> Iterator[Change]:
    """What changed in one briefing; a side without it is None.

    ``vocabularies`` are those of base and head. ``renamed_speakers`` are the named speakers whose id changed, old to
    new. ``authors`` are those who wrote the commits in between.
    """
    slug = head.slug if head else base.slug if base else ""
    old, new = base or Briefing(slug, _EMPTY), head or Briefing(slug, _EMPTY)
    sides = Sides(old, new, matching.find_renamed_ids(old, new, renamed_speakers), *vocabularies)
    if base is None:
        file = new.file
        yield sides.change("briefing-added", slug, file.place, after=file.title, status=file.status)
        yield sides.change("rest-added", slug, file.place, after=objects.show_rest(file), what="briefing")
    elif head is None:
        file = old.file
        yield sides.change("briefing-removed", slug, file.place, before=file.title, side="base")
        yield sides.change(
            "rest-removed", slug, file.place, before=objects.show_rest(file), what="briefing", side="base"
        )
    else:
        yield from objects.compare_fields(old.file, new.file, sides.change)
    for compare in (
        _compare_editors,
        _compare_addresses,
        _compare_gone,
        compare_registers,
        compare_topics,
        _compare_bottom_lines,
        _compare_watch_and_parallels,
        _compare_sources,
        compare_versions,
        compare_watches,
        compare_readings,
        compare_locks,
        compare_searches,
        _compare_claims,
        _compare_statements,
        _compare_figures_and_events,
    ):
        yield from compare(sides)
    yield from find_unchecked_quotations(sides, authors)
    yield from find_limited_quotations(sides)
    yield from find_brackets_of_ours(sides)


# -- briefing.yml ---------------------------------------------------------------------------------------------------


def _compare_editors(sides: Sides) -> Iterator[Change]:
    file = sides.head.file
    old, new = (objects.show_value(tuple(sorted(map(objects.show_object, f.editors)))) for f in (sides.base.file, file))
    yield from sides.differ("editors-changed", file, "editors", old, new)


def _compare_addresses(sides: Sides) -> Iterator[Change]:
    """Changes of earlier ids, which keep old addresses working."""
    for subject, list_objects in {
        "source": lambda briefing: briefing.sources,
        "topic": lambda briefing: briefing.file.topics,
        "claim": lambda briefing: briefing.claims,
        "statement": lambda briefing: [statement for _, statement in briefing.statements],
        "speaker": lambda briefing: briefing.own_speakers.values(),
    }.items():
        old, new = map(list_objects, (sides.base, sides.head))
        yield from objects.compare_earlier_ids(subject, old, new, getattr(sides.ids, subject), sides.change)


def _compare_gone(sides: Sides) -> Iterator[Change]:
    """Changes of the reasons why ids are gone."""

    def list_reasons(file: records.BriefingFile) -> dict[tuple[str, str], Place]:
        shown = ((entry, f"{entry.why} See {entry.to}." if entry.to else entry.why) for entry in file.gone)
        return {(name, why): entry.place for entry, why in shown for name in entry.ids}

    old, new = list_reasons(sides.base.file), list_reasons(sides.head.file)
    for name, why in old.keys() - new.keys():
        yield sides.change("gone-removed", name, old[name, why], side="base", before=why)
    for name, why in new.keys() - old.keys():
        yield sides.change("gone-added", name, new[name, why], after=why)


def _compare_bottom_lines(sides: Sides) -> Iterator[Change]:
    """Sentences added, removed and reworded, and those that rest on other claims."""

    def likeness(old: records.Sentence, new: records.Sentence) -> float:
        if old.text == new.text:
            return 2
        ratio = SequenceMatcher(None, old.text.split(), new.text.split(), autojunk=False).ratio()
        return ratio if ratio >= _LEAST else 0

    def show(sentence: records.Sentence) -> str:
        return remove_brackets(sentence.text)

    sentences = matching.match_most_alike(sides.base.file.bottom_line, sides.head.file.bottom_line, likeness)
    yield from objects.compare_objects(sentences, sides.change, show=show)
    for before, after in sentences.both:
        if before.text != after.text:
            kind = f"bottom-line-{matching.reworded_or_respelt(before.text, after.text)}"
            yield sides.change(kind, after, after.place.at("text"), before=show(before), after=show(after))
        if sorted(sides.ids.claim.get(name, name) for name in before.claims) != sorted(after.claims):
            claims = {"before": objects.show_value(before.claims), "after": objects.show_value(after.claims)}
            yield sides.change("bottom-line-claims", after, after.place.at("claims"), about=show(after), **claims)


def _compare_watch_and_parallels(sides: Sides) -> Iterator[Change]:
    """What the pages "How each tells it" and "Wordings" watch and set side by side."""

    def show(file: records.BriefingFile) -> str | None:
        return objects.show_value(tuple(f"{one.name}: {', '.join(one.terms)}" for one in file.watch))

    old, new = sides.base.file, sides.head.file
    yield from sides.differ("watch-changed", new, "watch", show(old), show(new))
    names = sides.ids.statement
    parallels = [
        one.model_copy(update={"statements": tuple(names.get(name, name) for name in one.statements)})
        for one in old.parallels
    ]
    yield from objects.compare_objects(matching.match_by_id(parallels, new.parallels), sides.change)


# -- sources --------------------------------------------------------------------------------------------------------


def _compare_sources(sides: Sides) -> Iterator[Change]:
    """Sources added, removed and changed, with their unnamed speakers."""
    new_ids = sides.ids.source
    sources = matching.match_by_id(sides.base.sources, sides.head.sources, new_ids)
    sources.removed[:] = [source for source in sources.removed if source.id not in sides.head.broken]

    def with_new_ids(before: records.Source, _: records.Source) -> records.Source:
        independent = {new_ids.get(name, name): why for name, why in before.independent.items()}
        origin = new_ids.get(before.origin or "", before.origin)
        return before.model_copy(update={"origin": origin, "independent": independent})

    def compare_speakers(
        source: records.Source, old: tuple[records.Speaker, ...], new: tuple[records.Speaker, ...]
    ) -> Iterator[Change]:
        speakers = matching.match_by_id(old, new, matching.find_renamed_speakers(old, new))
        change = partial(sides.change, source=source.id)
        yield from objects.compare_objects(speakers, change)
        yield from compare_names(speakers.both, change)

    yield from objects.compare_objects(sources, sides.change, with_new_ids=with_new_ids)
    for source in sources.removed:
        yield from compare_speakers(source, source.speakers, ())
    for source in sources.added:
        yield from compare_speakers(source, (), source.speakers)
    for before, after in sources.both:
        if before is not after:
            yield from compare_speakers(after, before.speakers, after.speakers)
            yield from _compare_voice_and_paragraphs(before, after, sides)
            yield from _compare_outlines(before, after, sides)


def _compare_voice_and_paragraphs(before: records.Source, after: records.Source, sides: Sides) -> Iterator[Change]:
    if sides.ids.speaker.get(before.voice or "", before.voice) != after.voice:
        yield sides.change("source-voice", after, after.place.at("voice"), before=before.voice, after=after.voice)
    kinds = [
        {number: source.paragraphs.get(number, "body") for number in sorted({*before.paragraphs, *after.paragraphs})}
        for source in (before, after)
    ]
    old, new = (objects.show_value(dict(one.items() - other.items())) for one, other in (kinds, kinds[::-1]))
    yield from sides.differ("source-changed", after, "paragraphs", old, new, field="kinds of paragraph")


def _compare_outlines(before: records.Source, after: records.Source, sides: Sides) -> Iterator[Change]:
    """The gists that differ, in one change."""

    def show(gists: Iterable[tuple[str, str]]) -> str:
        return "; ".join(f"{key}: {text}" for key, text in sorted(gists, key=lambda gist: int(gist[0].split("-")[0])))

    old, new = before.outline.items(), after.outline.items()
    yield from sides.differ(
        "source-described", after, "outline", show(old - new) or None, show(new - old) or None, field="outline"
    )


# -- claims ---------------------------------------------------------------------------------------------------------


def _compare_claims(sides: Sides) -> Iterator[Change]:
    """Claims added, removed and changed, and verdicts and silences that changed with them or without."""

    def values(claim: records.Claim, side: Side) -> dict[str, str]:
        kind = sides.head_words.get("kinds", claim.kind).label
        return {"kind": kind, "verdict": decide_verdict(sides.head, claim, sides.head_words)}

    claims = sides.match(sides.base.claims, sides.head.claims, sides.ids.claim)
    yield from objects.compare_objects(claims, sides.change, values)
    for claim in claims.removed:
        yield from _compare_parts(claim, _without_parts(claim), sides)
    for claim in claims.added:
        yield from _compare_parts(_without_parts(claim), claim, sides)
    same_evidence = _same_evidence(sides)
    for before, after in claims.both:
        if not (before is after and same_evidence):
            yield from _compare_verdicts(before, after, sides)
        if before is not after:
            yield from _compare_words(before, after, sides)
            yield from _compare_parts(before, after, sides)


def _same_evidence(sides: Sides) -> bool:
    """Whether an unchanged claim must have the same verdict and silences: vocabulary, sources and locks are the same
    objects. (Between two commits most are, and comparing them would take most of the time.)"""
    base, head = sides.base, sides.head
    return (
        sides.base_words is sides.head_words
        and [id(source) for source in base.sources] == [id(source) for source in head.sources]
        and {name: id(lock) for name, lock in base.locks.items()} == {n: id(lock) for n, lock in head.locks.items()}
    )


def _compare_verdicts(before: records.Claim, after: records.Claim, sides: Sides) -> Iterator[Change]:
    old = decide_verdict(sides.base, before, sides.base_words)
    new = decide_verdict(sides.head, after, sides.head_words)
    yield from sides.differ("verdict-changed", after, "", old, new)
    new_ids = sides.ids.source
    states = {new_ids.get(s.source.id, s.source.id): s.state for s in list_silences(sides.base, before)}
    for silence in list_silences(sides.head, after):
        name, state = silence.source.id, silence.state
        yield from sides.differ("silence-changed", after, "", states.get(name, state), state, source=name)


def _compare_words(before: records.Claim, after: records.Claim, sides: Sides) -> Iterator[Change]:
    if before.claim != after.claim:
        kind, place = f"claim-{matching.reworded_or_respelt(before.claim, after.claim)}", after.place.at("claim")
        yield sides.change(kind, after, place, before=before.claim, after=after.claim)
    terms = ({(one.term, one.mode): one for one in claim.terms} for claim in (before, after))
    old, new = (objects.show_value(tuple(one[key] for key in sorted(one))) for one in terms)
    yield from sides.differ("terms-changed", after, "terms", old, new)
    answer = sides.ids.answer.get((before.topic, before.answer or ""), before.answer)
    yield from sides.differ("claim-answer", after, "answer", answer, after.answer)


def _without_parts(claim: records.Claim) -> records.Claim:
    """A claim that says nothing of sources, claims and people: all of that is a change when the claim comes or goes."""
    return claim.model_copy(update={"passed_over": (), "relations": (), "replies": ()})


def _compare_parts(before: records.Claim, after: records.Claim, sides: Sides) -> Iterator[Change]:
    """What a claim says of sources that it passes over, of other claims, and of people who replied."""

    def label(relation: records.Relation) -> str:
        return sides.head_words.get("relations", relation.how).label

    def likeness(old: records.Relation, new: records.Relation) -> float:
        return (old.to == new.to) * (1 + (old.how == new.how) + (old.why == new.why))

    def same_source(old: records.PassedOver, new: records.PassedOver) -> float:
        return (old.source == new.source) * (1 + (old.reason == new.reason))

    def same_reply(old: records.Reply, new: records.Reply) -> float:
        return ((old.by, old.on) == (new.by, new.on)) * (1 + (old.text == new.text))

    def change(kind: str, _: object, place: Place, **more: str | None) -> Change:
        return sides.change(kind, after, place, **more)

    ids = sides.ids
    old_passed = [p.model_copy(update={"source": ids.source.get(p.source, p.source)}) for p in before.passes]
    passed_over = matching.match_most_alike(old_passed, after.passes, same_source)
    yield from objects.compare_objects(passed_over, change, lambda p, side: {"source": p.source})
    old_relations = [r.model_copy(update={"to": ids.claim.get(r.to, r.to)}) for r in before.relations]
    relations = matching.match_most_alike(old_relations, after.relations, likeness)
    yield from objects.compare_objects(relations, change, lambda r, side: {"how": label(r), "to": r.to})
    for old, new in relations.both:
        if (old.how, old.real) != (new.how, new.real):
            first, second = (f"{label(r)}{'' if r.real else ' (no real contradiction)'}" for r in (old, new))
            yield change("relation-changed", new, new.place, before=first, after=second, to=new.to)
    replies = matching.match_most_alike(before.replies, after.replies, same_reply)
    yield from objects.compare_objects(replies, change, lambda reply, side: {"name": reply.by})
    for pair in replies.both:
        first, second = (" ".join(filter(None, (reply.text, reply.url))) for reply in pair)
        if first != second:
            yield change("reply-changed", None, pair[1].place, before=first, after=second, name=pair[1].by)


# -- statements, figures, events ------------------------------------------------------------------------------------


def _compare_statements(sides: Sides) -> Iterator[Change]:
    """Statements added, removed, moved and changed. They are matched across claims, so that one that moved to another
    claim is not taken for two."""

    def values(statement: records.Statement, side: Side) -> dict[str, str]:
        briefing, words = (sides.base, sides.base_words) if side == "base" else (sides.head, sides.head_words)
        holder = find_holder(briefing, statement).removeprefix("article:")
        return {"stance": words.get("stances", statement.stance).label, "holder": holder}

    old, new = ([statement for _, statement in side.statements] for side in (sides.base, sides.head))

    def with_new_ids(before: records.Statement, _: records.Statement) -> records.Statement:
        target = sides.ids.statement.get(before.headline_of or "")
        return before.model_copy(update={"headline_of": target}) if target else before

    statements = sides.match(old, new, sides.ids.statement)
    yield from objects.compare_objects(statements, sides.change, values, with_new_ids)
    for before, after in statements.both:
        if before is not after:
            yield from _compare_holder_and_quotation(before, after, sides)


def _compare_holder_and_quotation(
    before: records.Statement, after: records.Statement, sides: Sides
) -> Iterator[Change]:
    ids = sides.ids

    def change(kind: str, field: str, old: str, new: str) -> Change:
        return sides.change(kind, after, after.place.at(field), before=old, after=new)

    claims = old_claim, claim = sides.claim_of[id(before)], sides.claim_of[id(after)]
    if ids.claim.get(old_claim.id, old_claim.id) != claim.id:
        yield change("statement-moved", "", *(f"{c.id}: {c.claim}" for c in claims))
    if ids.source.get(before.source, before.source) != after.source:
        yield change("statement-source", "source", before.source, after.source)
    if ids.speaker.get(before.speaker or "", before.speaker) != after.speaker:
        yield change("statement-holder", "speaker", *(s.speaker or "the article itself" for s in (before, after)))
    if before.quote != after.quote and (kind := _quotation_kind(before.quote, after.quote)):
        yield change(kind, "quote", before.quote, after.quote)


def _quotation_kind(before: str, after: str) -> str:
    """The kind of change of a quotation's words; empty if only its line breaks changed."""
    old, new = fold(before), fold(after)
    if old == new:
        return "quotation-respelt" if before.split() != after.split() else ""
    if old in new:
        return "quotation-lengthened"
    return "quotation-cut" if new in old else "quotation-replaced"


def _compare_figures_and_events(sides: Sides) -> Iterator[Change]:
    yield from _compare_bound(sides, sides.base.figures, sides.head.figures, lambda f: (f.value, f.measures))
    yield from _compare_bound(sides, sides.base.events, sides.head.events, lambda event: event.what)


def _compare_bound(
    sides: Sides, base: Iterable[B], head: Iterable[B], trait: Callable[[B], Hashable]
) -> Iterator[Change]:
    """Figures or events added, removed and changed. A new id is guessed by their ``trait``."""
    renamed = matching.guess_renamed(base, head, lambda item: [trait(item)])
    new_ids = sides.ids.source | renamed

    def with_new_ids(before: B, after: B) -> B:
        statements = tuple(sides.ids.statement.get(name, name) for name in before.statements)
        if sorted(statements) == sorted(after.statements):
            statements = after.statements  # their order does not count
        update: dict[str, object] = {"statements": statements}
        if isinstance(before, records.Event):
            update["anchor"] = new_ids.get(before.anchor or "", before.anchor)
        return before.model_copy(update=update)

    yield from objects.compare_objects(sides.match(base, head, renamed), sides.change, with_new_ids=with_new_ids)
