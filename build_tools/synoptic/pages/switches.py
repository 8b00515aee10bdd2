"""The data by which a page follows a reader who leaves out an article or unnamed sources. Pure.

``theme/assets/switches.js`` reads it, and ``theme/assets/rules.js`` applies the published rules to it.
"""

from collections.abc import Iterable
from itertools import chain
from typing import Any, NamedTuple

from synoptic.compare.answers import find_answers_of
from synoptic.compare.statements import find_origin
from synoptic.compare.verdicts import ASIDES, SORTS, judge
from synoptic.model.records import Claim, Topic
from synoptic.model.site import Briefing
from synoptic.model.vocabulary import Term, Vocabulary
from synoptic.pages.answers import Tag, source_tags
from synoptic.pages.context import Context
from synoptic.text.encode import slug


class Switches(NamedTuple):
    """What the macro ``switches`` prints: each article by its id, and the data of the claims on the page."""

    articles: tuple[tuple[str, Tag], ...]
    data: dict[str, Any]


def switches(context: Context, claims: Iterable[Claim], topics: Iterable[Topic] = ()) -> Switches:
    """The switches of a page that shows ``claims``, and the labels of ``topics``."""
    data = switch_data(context.briefing, context.vocabulary, claims, topics)
    return Switches(tuple(source_tags(context).items()), data)


class _Numbers(dict[str, int]):
    """Numbers values in the order in which they come."""

    def __missing__(self, value: str) -> int:
        self[value] = number = len(self)
        return number


def switch_data(
    briefing: Briefing, vocabulary: Vocabulary, claims: Iterable[Claim], topics: Iterable[Topic] = ()
) -> dict[str, Any]:
    """What ``expand`` of ``rules.js`` reads: a claim is whether it is an opinion, then six numbers a voice: holder,
    source, stance, sort, what it is about, why it does not count. A topic has its answers, each with its claims, and
    lists of answers that cannot all hold. Words of verdicts and labels come from the vocabulary."""
    sources = {name: number for number, name in enumerate(briefing.source)}
    stances = {term.id: number for number, term in enumerate(vocabulary.stances)}
    sorts = {name: number for number, name in enumerate(SORTS)}
    asides = {name: number for number, name in enumerate(ASIDES)}
    holders, origins, objects = _Numbers(), _Numbers(), _Numbers({"": 0})
    told = {}
    for claim in claims:
        voices = (
            (holders[v.holder], sources[v.source], stances[v.stance], sorts[v.sort], objects[v.about], asides[v.aside])
            for v in judge(briefing, claim, vocabulary).voices
            if v.source in sources and v.stance in stances  # a draft may have others
        )
        told[claim.id] = [int(vocabulary.get("kinds", claim.kind).opinion), *chain.from_iterable(voices)]
    return {
        "sources": list(sources),
        "origins": [origins[find_origin(briefing, name)] for name in sources],
        "stances": list(stances),
        "asides": ASIDES,
        "sorts": list(SORTS),
        "verdicts": _words(vocabulary.verdicts),
        "labels": _words(vocabulary.topic_labels),
        "claims": told,
        "topics": _topics(briefing, topics),
    }


def _words(terms: Iterable[Term]) -> dict[str, list[str]]:
    """Each term's label and its class."""
    return {term.id: [term.label, str(slug(term.id))] for term in terms}


def _topics(briefing: Briefing, topics: Iterable[Topic]) -> dict[str, Any]:
    """Topic's id to the claims that give each answer, and the sets of answers apart."""
    answers: dict[str, dict[str, list[str]]] = {topic.id: {} for topic in topics}
    for name, pairs in find_answers_of(briefing).items():
        for topic, answer in pairs:
            if topic in answers:
                answers[topic].setdefault(answer, []).append(name)
    apart = {topic.id: [list(one.answers) for one in topic.apart] for topic in briefing.file.topics}
    return {name: {"answers": found, "apart": apart[name]} for name, found in answers.items()}
