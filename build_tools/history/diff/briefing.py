"""Compares two states of one briefing: its title, status, editors, topics and bottom line here, everything else in the
file of its subject. Pure."""

from collections.abc import Iterator, Mapping
from difflib import SequenceMatcher

from build_tools.history.diff.addresses import compare_addresses
from build_tools.history.diff.claims import compare_claims
from build_tools.history.diff.figures_events import compare_events, compare_figures
from build_tools.history.diff.locks import compare_locks
from build_tools.history.diff.matching import find_renamed_ids, match_by_id, match_most_alike, reworded_or_respelt
from build_tools.history.diff.objects import Sides, Subject, compare_fields, compare_objects, show_value
from build_tools.history.diff.sources_speakers import compare_sources
from build_tools.history.diff.statements import compare_statements
from build_tools.history.diff.unchecked import Authors, find_unchecked_quotations
from build_tools.model.change import Change, Side
from build_tools.model.records import BriefingFile, Sentence, Topic
from build_tools.model.site import Briefing, Vocabulary
from build_tools.text.english import remove_brackets

_EMPTY = BriefingFile(title="-", question="-", status="draft")
FIELDS = {"briefing-title": ("title",), "briefing-question": ("question",), "briefing-status": ("status",)}
SENTENCE = Subject[Sentence]("bottom-line", lambda sentence: remove_brackets(sentence.text), {})
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
    sides = Sides(old, new, find_renamed_ids(old, new, renamed_speakers), *vocabularies)
    if base is None:
        file = new.file
        yield sides.change("briefing-added", slug, file.place, after=file.title, status=file.status)
    elif head is None:
        yield sides.change("briefing-removed", slug, old.file.place, before=old.file.title, side="base")
    else:
        yield from compare_fields(FIELDS, old.file, new.file, sides.change)
    yield from _compare_editors(sides)
    for compare in (
        compare_addresses,
        _compare_topics,
        _compare_bottom_lines,
        compare_sources,
        compare_locks,
        compare_claims,
        compare_statements,
        compare_figures,
        compare_events,
    ):
        yield from compare(sides)
    yield from find_unchecked_quotations(sides, authors)


def _compare_editors(sides: Sides) -> Iterator[Change]:
    old, new = (
        sorted(" · ".join(filter(None, (e.name, e.affiliation, e.assistance))) for e in side.file.editors)
        for side in (sides.base, sides.head)
    )
    if old != new:
        editors = {"before": show_value(tuple(old)), "after": show_value(tuple(new))}
        yield sides.change("editors-changed", sides.head.slug, sides.head.file.place.at("editors"), **editors)


def _compare_topics(sides: Sides) -> Iterator[Change]:
    """Topics, and claims moved between topics that were there before. They order pages and not meaning: splitting a
    claims file is one new topic, no more."""
    ids, claims = sides.ids, sides.head.claims
    old_topics = {ids.claim.get(c.id, c.id): ids.topic.get(c.topic, c.topic) for c in sides.base.claims}

    def values(topic: Topic, side: Side) -> dict[str, str]:
        return {"count": str(sum(claim.topic == topic.id and claim.id in old_topics for claim in claims))}

    subject = Subject[Topic]("topic", lambda topic: topic.title, {"topic-retitled": ("title",)}, values)
    topics = match_by_id(sides.base.file.topics, sides.head.file.topics, ids.topic)
    yield from compare_objects(subject, topics, sides.change)
    base_topics = {ids.topic.get(topic.id, topic.id) for topic in sides.base.file.topics}
    for claim in claims:
        old = old_topics.get(claim.id, claim.topic)
        if old != claim.topic and claim.topic in base_topics:
            yield sides.change("claim-topic", claim, claim.place, about="", before=old, after=claim.topic)


def _compare_bottom_lines(sides: Sides) -> Iterator[Change]:
    """Sentences added, removed and reworded, and those that rest on other claims."""
    sentences = match_most_alike(sides.base.file.bottom_line, sides.head.file.bottom_line, _likeness)
    yield from compare_objects(SENTENCE, sentences, sides.change)
    for before, after in sentences.both:
        old, new = remove_brackets(before.text), remove_brackets(after.text)
        if before.text != after.text:
            kind = f"bottom-line-{reworded_or_respelt(before.text, after.text)}"
            yield sides.change(kind, after, after.place.at("text"), before=old, after=new)
        if sorted(sides.ids.claim.get(name, name) for name in before.claims) != sorted(after.claims):
            claims = {"before": show_value(before.claims), "after": show_value(after.claims)}
            yield sides.change("bottom-line-claims", after, after.place.at("claims"), about=new, **claims)


def _likeness(old: Sentence, new: Sentence) -> float:
    """How alike two sentences are, from 0 (too little for a rewording) to 1, and 2 if they are equal."""
    if old.text == new.text:
        return 2
    ratio = SequenceMatcher(None, old.text.split(), new.text.split(), autojunk=False).ratio()
    return ratio if ratio >= _LEAST else 0
