"""Verdicts: how far independent voices share a claim, computed from its statements, and the facts beside each. Pure."""

import functools
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from synoptic.compare.statements import find_block_kind, find_holder, find_origin
from synoptic.model.records import Claim, Statement
from synoptic.model.site import Briefing
from synoptic.model.vocabulary import Vocabulary
from synoptic.text.folding import fold
from synoptic.text.language import gettext, gettext_noop, join_remarks, ngettext

#: The mode of speech that an article imagines: it counts for nobody.
DRAMATISED = "dramatised"
#: Why a statement does not count; the empty string if it does.
ASIDES = ("", "headline", DRAMATISED)


class Voice(NamedTuple):
    """A statement as the verdict sees it.

    ``sort`` says who holds it: a key of ``SORTS``. ``about`` is its ``of:``, folded; empty if unknown. ``aside`` says
    why it does not count: ``headline`` (and the like), ``dramatised``; empty if it counts.
    """

    holder: str
    source: str
    origin: str
    stance: str
    sort: str
    about: str
    aside: str


class Case(NamedTuple):
    """What a rule judges: the voices that count, and the holders of each stance; why other voices do not count; whether
    the claim is a forecast, judgement or advice."""

    voices: Sequence[Voice]
    held: Mapping[str, set[str]]
    aside: frozenset[str]
    opinion: bool


Rule = Callable[[Case], bool]
_NOBODY: set[str] = set()


def _sources(voices: Iterable[Voice]) -> set[str]:
    return {voice.source for voice in voices}


def _are_opposed(held: Mapping[str, set[str]]) -> bool:
    """Whether one holder asserts what another denies."""
    return "denies" in held and "asserts" in held and len(held["asserts"] | held["denies"]) > 1


def _contradicts_itself(held: Mapping[str, set[str]]) -> bool:
    """Whether somebody both asserts and denies it."""
    return bool(held.get("asserts", _NOBODY) & held.get("denies", _NOBODY))


def _are_independent(case: Case) -> bool:
    """Whether all take one stance, and two of them differ in both holder and origin.

    There are two such if there are two holders and two origins: else every origin of one would be that of the other.
    """
    holders, origins = ({getattr(voice, name) for voice in case.voices} for name in ("holder", "origin"))
    return len(case.held) == 1 and len(holders) > 1 and len(origins) > 1


def _have_one_object(voices: Iterable[Voice]) -> bool:
    """Whether no two statements say that they are about different things; one without ``of:`` may be about either."""
    return len({voice.about for voice in voices} - {""}) < 2


def _is_one_voice(case: Case) -> bool:
    """Whether one holder stands in several articles."""
    return len({voice.holder for voice in case.voices}) == 1 and len(_sources(case.voices)) > 1


#: The published table: the id of each verdict (the vocabulary has its words) and its rule. The first that fits decides.
VERDICTS: tuple[tuple[str, Rule], ...] = (
    ("open", lambda case: not case.voices and not case.aside),
    ("headline only", lambda case: not case.voices and "headline" in case.aside),
    ("dramatised only", lambda case: not case.voices),
    ("disputed", lambda case: _are_opposed(case.held) and not case.opinion),
    ("opinions differ", lambda case: _are_opposed(case.held)),
    ("contradicts itself", lambda case: _contradicts_itself(case.held)),
    ("qualified", lambda case: "qualifies" in case.held or "questions" in case.held),
    ("unnamed or unseen", lambda case: all(voice.sort in ("unnamed", "unseen") for voice in case.voices)),
    ("shared", lambda case: _are_independent(case) and _have_one_object(case.voices)),
    ("alike", _are_independent),
    ("one voice", _is_one_voice),
    ("one article", lambda case: True),
)


class Facts(NamedTuple):
    """Who stands behind a claim: distinct holders whose statements count, in how many articles of how many origins.

    ``sorts`` has the number of voices of each of ``SORTS`` that occurs, in its order. ``headline`` and ``dramatised``
    are numbers of statements that do not count.
    """

    voices: int
    articles: int
    origins: int
    sorts: dict[str, int]
    headline: int
    dramatised: int


#: Sorts of voices, in the order of the line of facts: the words for the only voice there is, and how several are
#: counted. ``theme/assets/rules.js`` has the same words.
SORTS: Mapping[str, tuple[str, Callable[[int], str]]] = {
    "named": (
        gettext_noop("named, on record"),
        lambda n: ngettext("%(num)s named, on record", "%(num)s named, on record", n),
    ),
    "inferred": (
        gettext_noop("named, only read into them"),
        lambda n: ngettext("%(num)s named, only read into them", "%(num)s named, only read into them", n),
    ),
    "unnamed": (gettext_noop("unnamed"), lambda n: ngettext("%(num)s unnamed", "%(num)s unnamed", n)),
    "unseen": (
        gettext_noop("an unseen document"),
        lambda n: ngettext("%(num)s unseen document", "%(num)s unseen documents", n),
    ),
    "article": (
        gettext_noop("the article itself"),
        lambda n: ngettext("%(num)s article in its own voice", "%(num)s articles in their own voice", n),
    ),
}


@dataclass(frozen=True)
class Judgement:
    """The verdict on a claim (an id of VERDICTS), the facts beside it, and the voices that both come from."""

    claim: Claim
    voices: tuple[Voice, ...]
    verdict: str
    facts: Facts


class _Same:
    """A briefing and a vocabulary as a key; they count by identity, since hashing them would hash all they hold."""

    def __init__(self, briefing: Briefing, vocabulary: Vocabulary) -> None:
        self._briefing, self._vocabulary = briefing, vocabulary

    def __hash__(self) -> int:
        return id(self._briefing) ^ id(self._vocabulary)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, _Same):
            return False
        return self._briefing is other._briefing and self._vocabulary is other._vocabulary


@functools.lru_cache(maxsize=4)  # the pages, the data and the search ask for the same claims, a briefing at a time
def _judged(same: _Same) -> dict[int, Judgement]:
    """The judgements of a briefing so far, by the identity of the claim; each keeps its claim, and so its identity."""
    return {}


def judge(briefing: Briefing, claim: Claim, vocabulary: Vocabulary) -> Judgement:
    """The verdict on a claim, by the first rule of VERDICTS that fits, and the facts."""
    known = _judged(_Same(briefing, vocabulary))
    found = known.get(id(claim))
    if found is None:
        voices = tuple(_list_voices(briefing, claim, vocabulary))
        found = known[id(claim)] = Judgement(claim, voices, _decide(claim, voices, vocabulary), _count(voices))
    return found


def decide_verdict(briefing: Briefing, claim: Claim, vocabulary: Vocabulary) -> str:
    """The id of the verdict on a claim."""
    return judge(briefing, claim, vocabulary).verdict


def describe_facts(facts: Facts) -> str:
    """``3 voices in 7 articles: 1 named, on record; 2 unnamed``."""
    if not facts.voices:
        aside = [
            ngettext("%(num)s only in a headline or the like", "%(num)s only in headlines or the like", facts.headline)
            if facts.headline
            else "",
            ngettext("%(num)s only imagined by the article", "%(num)s only imagined by the article", facts.dramatised)
            if facts.dramatised
            else "",
        ]
        why = join_remarks(filter(None, aside))
        return gettext("no voice counts: %(why)s", why=why) if why else gettext("no voices")
    parts = {
        "voices": ngettext("%(num)s voice", "%(num)s voices", facts.voices),
        "in_articles": ngettext("in %(num)s article", "in %(num)s articles", facts.articles),
        "who": join_remarks(
            gettext(SORTS[sort][0]) if facts.voices == 1 else SORTS[sort][1](number)
            for sort, number in facts.sorts.items()
        ),
    }
    if facts.origins == facts.articles:
        return gettext("%(voices)s %(in_articles)s: %(who)s", **parts)
    of_origins = ngettext("of %(num)s origin", "of %(num)s origins", facts.origins)
    return gettext("%(voices)s %(in_articles)s %(of_origins)s: %(who)s", of_origins=of_origins, **parts)


def _list_voices(briefing: Briefing, claim: Claim, vocabulary: Vocabulary) -> list[Voice]:
    return [
        Voice(
            holder=(holder := find_holder(briefing, statement)),
            source=statement.source,
            origin=find_origin(briefing, statement.source),
            stance=statement.stance,
            sort=_find_sort(briefing, statement, holder),
            about=fold(statement.of).casefold() if statement.of else "",
            aside=_find_aside(briefing, statement, vocabulary),
        )
        for statement in claim.statements
    ]


def _find_sort(briefing: Briefing, statement: Statement, holder: str) -> str:
    if holder.startswith("article:"):
        return "article"
    if own := briefing.own_speakers.get(holder):
        return "unseen" if own.kind == "document" else "unnamed"
    return "inferred" if statement.mode == "inferred" else "named"


def _find_aside(briefing: Briefing, statement: Statement, vocabulary: Vocabulary) -> str:
    if statement.mode == DRAMATISED:
        return DRAMATISED
    return "" if vocabulary.get("blocks", find_block_kind(briefing, statement)).counts else "headline"


def _decide(claim: Claim, voices: Iterable[Voice], vocabulary: Vocabulary) -> str:
    counted, held, aside = [], dict[str, set[str]](), set()
    for voice in voices:
        if voice.aside:
            aside.add(voice.aside)
        else:
            counted.append(voice)
            held.setdefault(voice.stance, set()).add(voice.holder)
    case = Case(counted, held, frozenset(aside), vocabulary.get("kinds", claim.kind).opinion)
    return next(name for name, rule in VERDICTS if rule(case))


def _count(voices: Sequence[Voice]) -> Facts:
    counted = [voice for voice in voices if not voice.aside]
    sorts: dict[str, str] = {}
    for voice in counted:  # somebody on record in one article is on record
        if sorts.get(voice.holder) != "named":
            sorts[voice.holder] = voice.sort
    found = list(sorts.values())
    aside = [voice.aside for voice in voices]
    return Facts(
        voices=len(found),
        articles=len(_sources(counted)),
        origins=len({voice.origin for voice in counted}),
        sorts={sort: number for sort in SORTS if (number := found.count(sort))},
        headline=aside.count("headline"),
        dramatised=aside.count(DRAMATISED),
    )


@dataclass(frozen=True)
class Dependence:
    """What rests on one source: claims without any statement but its own, and claims whose verdict (now, then) would
    change without it."""

    lost: tuple[Claim, ...]
    changed: tuple[tuple[Claim, str, str], ...]


def find_dependence(briefing: Briefing, vocabulary: Vocabulary) -> dict[str, Dependence]:
    """Source id to what the briefing would lose, and judge otherwise, without that source."""
    lost: dict[str, list[Claim]] = {source.id: [] for source in briefing.sources}
    changed: dict[str, list[tuple[Claim, str, str]]] = {source.id: [] for source in briefing.sources}
    for claim in briefing.claims:
        judgement = judge(briefing, claim, vocabulary)
        voices, before = judgement.voices, judgement.verdict
        for source in _sources(voices) & lost.keys():
            rest = [voice for voice in voices if voice.source != source]
            if not rest:
                lost[source].append(claim)
            elif (after := _decide(claim, rest, vocabulary)) != before:
                changed[source].append((claim, before, after))
    return {source: Dependence(tuple(lost[source]), tuple(changed[source])) for source in lost}
