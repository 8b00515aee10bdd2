"""The checks: one generator of problems for each rule; its docstring is the rule. Pure.

With texts at hand (``Briefing.texts``) the rules of quotations, searches and wording do it all again;
without, the lock answers.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from build_tools.base.problems import Place, Problem, in_order, nearest
from build_tools.compare import ids as register
from build_tools.compare import lock
from build_tools.compare import verdicts as compare
from build_tools.model.briefing import UNREADABLE, Briefing
from build_tools.model.lock import LockedQuote
from build_tools.model.records import Claim, Event, Figure, Source, Speaker, Statement
from build_tools.model.site import Site
from build_tools.model.values import UNKNOWN, Placed
from build_tools.text import match

OWN_WORDS = 8  # a run this long of ours, shared with an article, is the article's wording
BOTTOM_LINE = 150  # words
NARRATION = (4, 15, 25)  # words of a quoted narration: at least, at most, at most with a reason
SPEECH = 60  # words of a speaker's own words
SHARE_NARRATION, SHARE_ALL = 0.25, 0.40  # of a source's words
PLACEHOLDER = re.compile(r"\b(?:TODO|FIXME|TBD|XXX)\b")
_WORD = re.compile(r"[^\W\d_]+")
PER_SIGN = 2  # characters that count as a word where Chinese and its like are written

Rule = Callable[[Briefing, Site], Iterator[Problem]]


@dataclass(frozen=True)
class Example:
    """A right and a wrong piece of a file of the invented briefings of the tests, put in place of ``at`` (the right
    one, where it stands there already). ``relock`` says whether the locks are made anew before the check."""

    file: str
    good: str
    bad: str
    at: str = ""
    relock: bool = False


# an invented sentence, quoted at three lengths
_NARRATED = "source: agency, stance: asserts, quote: A small fire broke out in the galley of the night ferry"
_ON, _ON_AND_ON = " on the first of May and was put out", " by the crew within the hour"

#: Rule's id to its example.
EXAMPLES: dict[str, Example] = {}


def example(file: str, *, good: str, bad: str, at: str = "", relock: bool = False) -> Callable[[Rule], Rule]:
    """Put an example beside a rule."""

    def beside(rule: Rule) -> Rule:
        EXAMPLES[rule_id(rule)] = Example(file, good, bad, at or good, relock)
        return rule

    return beside


def check(site: Site) -> list[Problem]:
    """Every problem of every briefing, in order of place; of a draft, as warnings."""
    found = [problem for briefing in site.briefings for problem in check_briefing(briefing, site)]
    return in_order([*found, *check_shared(site)])


def check_briefing(briefing: Briefing, site: Site) -> list[Problem]:
    """Every problem of one briefing, each under the id of its rule."""
    problems: list[Problem] = []
    for rule in RULES:
        name = rule_id(rule)
        problems.extend(replace(problem, rule=name) for problem in rule(briefing, site))
    kept = list(_after_exceptions(briefing, problems))
    return in_order(p.as_warning() if briefing.draft else p for p in kept)


def rule_id(rule: Rule) -> str:
    """A rule's id, as messages and exceptions name it."""
    return rule.__name__.replace("_", "-")


def check_shared(site: Site) -> Iterator[Problem]:
    """Every problem of what the briefings share."""
    seen: dict[str, Place] = {}
    for speaker in site.speakers:
        yield from _unknown(site, "speaker_kinds", speaker.kind, "speaker kind", speaker.place, "kind")
        if speaker.kind == "unnamed":
            message = f'"{speaker.id}" is unnamed, so it belongs to one source'
            yield Problem(speaker.place, message, "move it to the speakers: of that source", "unnamed-shared")
        if speaker.id in seen:
            yield _twice(speaker.id, speaker.place, seen[speaker.id], "duplicate-id")
        seen.setdefault(speaker.id, speaker.place)


def _unknown(site: Site, name: str, word: str, what: str, place: Place, *key: object) -> Iterator[Problem]:
    """A word that one of the vocabulary's lists lacks; it stands at a place, or there under a key."""
    if word not in site.vocabulary.terms[name]:
        tip = nearest(word, site.vocabulary.terms[name])
        yield Problem(place.at(*key), f'unknown {what} "{word}"', tip, "unknown-word")


def _twice(name: str, place: Place, first: Place, rule: str = "") -> Problem:
    return Problem(place, f'the id "{name}" is taken: {first.path}:{first.line}', "give one of them another id", rule)


def _missing(
    briefing: Briefing, name: str, known: Collection[str], what: str, place: Place, *key: object
) -> Iterator[Problem]:
    """A name that nothing of a kind bears; it stands at a place, or there under a key."""
    if name not in known and not {name, UNREADABLE} & briefing.broken:
        yield Problem(place.at(*key) if key else place, f'unknown {what} "{name}"', nearest(name, known))


# -- what is declared ----------------------------------------------------------------------------------------------


@example("harbour-tunnel/claims/opening-date.yml", good="kind: event", bad="kind: happening")
def unknown_word(briefing: Briefing, site: Site) -> Iterator[Problem]:
    """A stance, kind, mode, relation, genre, status, right or kind of paragraph or speaker is one of the vocabulary."""
    file = briefing.file
    yield from _unknown(site, "statuses", file.status, "status", file.place, "status")
    for source in briefing.sources:
        yield from _unknown(site, "genres", source.genre, "genre", source.place, "genre")
        yield from _unknown(site, "rights", source.rights, "right", source.place, "rights")
        for number, kind in source.paragraphs.items():
            yield from _unknown(site, "blocks", kind, "kind of paragraph", source.place, "paragraphs", str(number))
        for speaker in source.speakers:
            yield from _unknown(site, "speaker_kinds", speaker.kind, "speaker kind", speaker.place, "kind")
    for claim in briefing.claims:
        yield from _unknown(site, "kinds", claim.kind, "kind of claim", claim.place, "kind")
        for relation in claim.relations:
            yield from _unknown(site, "relations", relation.how, "relation", relation.place, "how")
        for statement in claim.statements:
            yield from _unknown(site, "stances", statement.stance, "stance", statement.place, "stance")
            if statement.mode is not None:
                yield from _unknown(site, "modes", statement.mode, "mode", statement.place, "mode")


@example(
    "harbour-tunnel/claims/cost.yml",
    good="source: gazette, stance: asserts, quote: The works",
    bad="source: gazzette, stance: asserts, quote: The works",
)
def unknown_source(briefing: Briefing, site: Site) -> Iterator[Problem]:
    """A source that a statement or a passed_over names has its file in sources/."""
    for claim in briefing.claims:
        named = [(item.source, item.place) for item in claim.statements]
        for name, place in [*named, *((item.source, item.place) for item in claim.passed_over)]:
            yield from _missing(briefing, name, briefing.source, "source", place, "source")


@example("harbour-tunnel/claims/opening-date.yml", good="speaker: city-engineer", bad="speaker: town-engineer")
def unknown_speaker(briefing: Briefing, site: Site) -> Iterator[Problem]:
    """A speaker is declared in speakers.yml, or, unnamed, in the statement's own source; a source's voice is named."""
    known = site.speakers_of(briefing)
    for source in briefing.sources:
        if source.voice is not None:
            yield from _missing(briefing, source.voice, site.speaker, "speaker", source.place, "voice")
    for _, statement in briefing.statements:
        if statement.speaker is None:
            continue
        yield from _missing(briefing, statement.speaker, known, "speaker", statement.place, "speaker")
        owner = briefing.unnamed.get(statement.speaker)
        if owner not in (None, statement.source) and statement.source in briefing.source:
            message = f'"{statement.speaker}" is an unnamed speaker of "{owner}", not of "{statement.source}"'
            tip = "unnamed speakers of two sources are never the same; declare another"
            yield Problem(statement.place.at("speaker"), message, tip)


@example(
    "harbour-tunnel/sources/gazette.yml",
    good="{id: gazette-officials, name: two officials, kind: unnamed}",
    bad="{id: gazette-officials, name: two officials, kind: group}",
)
def unnamed_shared(briefing: Briefing, site: Site) -> Iterator[Problem]:
    """Unnamed speakers are declared in their source, named ones in speakers.yml."""
    for source in briefing.sources:
        for speaker in source.speakers:
            if speaker.kind != "unnamed":
                message = f'"{speaker.id}" is a {speaker.kind}, so it is shared by all briefings'
                yield Problem(
                    speaker.place.at("kind"), message, "move it to briefings/speakers.yml, or make it unnamed"
                )


@example("harbour-tunnel/briefing.yml", good="{id: cost, title: Cost}", bad="{id: price, title: Cost}")
def unknown_topic(briefing: Briefing, site: Site) -> Iterator[Problem]:
    """A file in claims/ is named after a topic of briefing.yml, and every topic has claims."""
    topics = {topic.id for topic in briefing.file.topics}
    for name, claims in _by_topic(briefing).items():
        yield from _missing(briefing, name, topics, "topic", Place(claims[0].place.path))
    for topic in briefing.file.topics:
        if topic.id not in _by_topic(briefing) and not {topic.id, UNREADABLE} & briefing.broken:
            yield Problem(
                topic.place,
                f'the topic "{topic.id}" has no claims',
                f"write claims/{topic.id}.yml, or remove it",
            )


def _by_topic(briefing: Briefing) -> dict[str, list[Claim]]:
    found: dict[str, list[Claim]] = defaultdict(list)
    for claim in briefing.claims:
        found[claim.topic].append(claim)
    return found


@example(
    "harbour-tunnel/briefing.yml",
    good="claims: [opens-in-june, two-years-late]",
    bad="claims: [opens-in-july, two-years-late]",
)
def unknown_claim(briefing: Briefing, site: Site) -> Iterator[Problem]:
    """A claim that a relation or the bottom line names exists; a claim is not related to itself."""
    for claim in briefing.claims:
        for relation in claim.relations:
            if "/" in relation.to:
                yield from _elsewhere(briefing, site, relation.to, relation.place.at("to"))
                continue
            yield from _missing(briefing, relation.to, briefing.claim, "claim", relation.place, "to")
            if relation.to == claim.id:
                yield Problem(relation.place.at("to"), f'"{claim.id}" is related to itself', "name the other claim")
    for sentence in briefing.file.bottom_line:
        for i, name in enumerate(sentence.claims):
            yield from _missing(briefing, name, briefing.claim, "claim", sentence.place, "claims", i)


def _elsewhere(briefing: Briefing, site: Site, to: str, place: Place) -> Iterator[Problem]:
    """Another briefing's claim that is named and is not there, or that is a draft's."""
    slug, _, name = to.partition("/")
    other = site.briefing.get(slug)
    if other is None or other is briefing:
        tip = "write the id alone" if other else "other briefings: " + ", ".join(site.outlines)
        yield Problem(place, f'"{slug}" is {"this" if other else "no"} briefing', tip)
    elif briefing.listed and not other.listed:
        what = "an invented example" if other.example else "a draft"
        yield Problem(place, f'"{slug}" is {what}, which readers cannot find', "publish it first")
    else:
        yield from _missing(other, name, other.claim, "claim", place)


@example("harbour-tunnel/figures.yml", good="statements: [gazette-cost]", bad="statements: [gazette-price]")
def unknown_statement(briefing: Briefing, site: Site) -> Iterator[Problem]:
    """A figure or event is bound to statements that exist; its anchor is another event, or a source's publication."""
    events = {event.id for event in briefing.events}
    for item in (*briefing.figures, *briefing.events):
        for i, name in enumerate(item.statements):
            yield from _missing(briefing, name, briefing.statement, "statement", item.place, "statements", i)
        if not item.statements:
            yield Problem(item.place, f'"{item.id}" is bound to no statement', "add statements: [...]")
    for event in briefing.events:
        if event.anchor is not None:
            known = {*briefing.source, *events} - {event.id}
            yield from _missing(briefing, event.anchor, known, "event or source", event.place, "anchor")


@example("harbour-tunnel/figures.yml", good='value: "1.9"', bad='value: "2.1"')
def figure_unquoted(briefing: Briefing, site: Site) -> Iterator[Problem]:
    """The numbers of a figure stand, in digits or as words, in its own words or in a quotation it is bound to."""
    for figure in briefing.figures:
        quotes = [briefing.statement[name].quote for name in figure.statements if name in briefing.statement]
        words = " ".join(filter(None, [figure.words, *quotes]))
        mine, theirs = match.numbers(figure.value), match.numbers(words)
        stands = mine <= theirs if mine else match.fold(figure.value).casefold() in match.fold(words).casefold()
        if quotes and not stands:
            message = f'"{figure.value}" of the figure "{figure.id}" stands in none of its quotations'
            yield Problem(figure.place.at("value"), message, "add words: the source's own words for it")


@example("harbour-tunnel/events.yml", good="words: on Monday, anchor: headline-day", bad="anchor: headline-day")
def undated(briefing: Briefing, site: Site) -> Iterator[Problem]:
    """An event that is dated relative to another keeps the source's own words for it."""
    for event in briefing.events:
        if event.anchor is not None and event.words is None:
            message = f'the event "{event.id}" has an anchor but no words'
            yield Problem(event.place.at("anchor"), message, "add words: the source's own dating words")


@example(
    "harbour-tunnel/sources/herald.yml", good="genre: news\nlang: en", bad="genre: news\nlang: tlh", at="genre: news"
)
def no_markers(briefing: Briefing, site: Site) -> Iterator[Problem]:
    """A source's language has its list of negations, hedges and conditions in vocabulary.yml."""
    for source in briefing.sources:
        if not site.vocabulary.markers_of(source.lang).all:
            message = f'no negations and hedges are listed for the language "{source.lang}"'
            yield Problem(source.place.at("lang"), message, "add them to markers: in briefings/vocabulary.yml")


@example("harbour-tunnel/claims/cost.yml", good="id: herald-cost", bad="id: gazette-cost")
def duplicate_id(briefing: Briefing, site: Site) -> Iterator[Problem]:
    """An id is used once: among a briefing's claims; its statements, figures and events; its speakers."""
    groups: tuple[tuple[Iterable[Claim | Statement | Figure | Event | Speaker], Mapping[str, Speaker]], ...] = (
        (briefing.claims, {}),
        ((*(statement for _, statement in briefing.statements), *briefing.figures, *briefing.events), {}),
        ((speaker for source in briefing.sources for speaker in source.speakers), site.speaker),
    )
    for group, shared in groups:
        seen: dict[str, Place] = {}
        for item in group:
            if item.id in seen or item.id in shared:
                yield _twice(item.id, item.place.at("id"), seen.get(item.id) or shared[item.id].place)
            seen.setdefault(item.id, item.place)


@example("harbour-tunnel/claims/opening-date.yml", good="id: what-inspection-found", bad="id: topic")
def page_twice(briefing: Briefing, site: Site) -> Iterator[Problem]:
    """Two pages or places never share an address: topics among themselves, claims and what stands on their page."""
    seen: dict[str, Place] = {}
    taken = {"topic", *(f"s-{statement.id}" for _, statement in briefing.statements)}
    for claim in briefing.claims:
        if claim.id in taken:
            message = f'the claim id "{claim.id}" is the address of something else on its page'
            yield Problem(claim.place.at("id"), message, "give it another id")
    for topic in briefing.file.topics:
        if topic.id in seen:
            message = f'two topics would be the page "topics/{topic.id}"'
            yield Problem(topic.place.at("id"), message, f"the first stands in line {seen[topic.id].line}; rename one")
        seen.setdefault(topic.id, topic.place)


@example("harbour-tunnel/ids.lock", good="claims:\n- cost-19\n", bad="claims:\n")
def not_registered(briefing: Briefing, site: Site) -> Iterator[Problem]:
    """Every id of a published briefing stands in its register, ids.lock, which `lock` writes."""
    if briefing.draft:
        return
    tip = f"run: python -m build_tools lock {briefing.slug}"
    if briefing.register is None:
        place = Place(f"briefings/{briefing.slug}/{register.FILE}")
        yield Problem(place, "is missing: nobody would notice when a published id went", tip)
        return
    for sort, names in register.current(briefing).items():
        known = set(getattr(briefing.register, sort))
        for name, (place, key) in names.items():
            if name not in known and (sort != "speakers" or name in site.speakers_of(briefing)):
                message = f'the {register.SORTS[sort]} id "{name}" is not in {register.FILE}'
                yield Problem(place.at(key), message, tip)


@example(
    "harbour-tunnel/claims/cost.yml",
    good="- id: cost-nineteen\n  was: [cost-19]\n",
    bad="- id: cost-nineteen\n",
    at="- id: cost-19\n",
    relock=True,
)
def id_gone(briefing: Briefing, site: Site) -> Iterator[Problem]:
    """An id that was published stays, or `was:` names it where it is called otherwise now, or `gone:` says why."""
    if UNREADABLE in briefing.broken:
        return
    told = {(sort, old) for sort, old, _, _ in register.renamed(briefing, site)}
    reasons = register.gone(briefing)
    misspelt = {s.speaker for _, s in briefing.statements} - {None, *site.speakers_of(briefing)}  # said elsewhere
    for sort, name, place in register.left(briefing):
        if (sort, name) in told or name in reasons or name in briefing.broken or (sort == "speakers" and misspelt):
            continue
        what = register.SORTS[sort]
        tip = f"add was: [{name}] where it has another id now, or to briefing.yml gone: [{{ids: [{name}], why: ...}}]"
        yield Problem(place, f'the {what} id "{name}" was published and is gone', tip)


@example(
    "harbour-tunnel/claims/cost.yml",
    good="- id: cost-nineteen\n  was: [cost-19]\n",
    bad="- id: cost-19\n  was: [cost-18]\n",
    at="- id: cost-19\n",
    relock=True,
)
def was_wrong(briefing: Briefing, site: Site) -> Iterator[Problem]:
    """What `was:` and `gone:` name was published once and is not in use; what `to:` names is there."""
    now, known = register.current(briefing), briefing.register
    seen: dict[tuple[str, str], Place] = {}
    for sort, old, name, place in register.renamed(briefing, site):
        what = register.SORTS[sort]
        if (first := seen.setdefault((sort, old), place)) != place:
            message = f'the {what} id "{old}" was that of something else already: {first.path}:{first.line}'
            yield Problem(place, message, "name it once")
        elif old in now[sort]:
            yield Problem(place, f'the {what} id "{old}" is in use', f'"{name}" cannot have been it; take it out')
        elif name not in site.speaker and known and old not in getattr(known, sort):
            yield Problem(place, f'the {what} id "{old}" was never published', nearest(old, getattr(known, sort)))
    free = {name for _, name, _ in register.left(briefing)}
    for one in briefing.file.gone:
        for i, name in enumerate(one.ids):
            if name not in free and known:
                message = f'"{name}" is in use, or was never published'
                yield Problem(one.place.at("ids", i), message, nearest(name, free) or "take it out")
        if one.to is None:
            continue
        if "/" in one.to:
            yield from _elsewhere(briefing, site, one.to, one.place.at("to"))
        else:
            ids = {n for names in now.values() for n in names}
            yield from _missing(briefing, one.to, ids, "id", one.place, "to")


@example("harbour-tunnel/briefing.yml", good="editors:\n  - {name: The tests, affiliation: none}", bad="editors: []")
def empty(briefing: Briefing, site: Site) -> Iterator[Problem]:
    """A briefing has sources, claims, a bottom line and an editor."""
    for what, value, tip in (
        ("sources", briefing.sources, "run: python -m build_tools ingest FILE --briefing " + briefing.slug),
        ("claims", briefing.claims, "write claims/<topic>.yml"),
        ("bottom line", briefing.file.bottom_line, "write bottom_line: in briefing.yml"),
        ("editors", briefing.file.editors, "write editors: with name and affiliation in briefing.yml"),
    ):
        if not value and not briefing.broken:
            yield Problem(briefing.file.place, f'the briefing "{briefing.slug}" has no {what} yet', tip)


@example("harbour-tunnel/sources/wire.yml", good="title: unknown\nlabel: Wire", bad="title: unknown")
def label_missing(briefing: Briefing, site: Site) -> Iterator[Problem]:
    """A source without a title of its own has a label, our name for it."""
    for source in briefing.sources:
        if source.title == UNKNOWN and source.label is None:
            yield Problem(
                source.place,
                f'"{source.id}" has neither title nor label',
                "add label: our own short name for it",
            )


# -- claims --------------------------------------------------------------------------------------------------------


@example("harbour-tunnel/claims/opening-date.yml", good="kind: question", bad="kind: state")
def no_statements(briefing: Briefing, site: Site) -> Iterator[Problem]:
    """A claim has statements, unless it is an open question; a question has search terms."""
    for claim in briefing.claims:
        if claim.kind == "question" and not claim.terms and claim.id not in briefing.broken:
            yield Problem(claim.place, f'the question "{claim.id}" has no search terms', "add terms: [...]")
        elif claim.kind != "question" and not claim.statements and claim.id not in briefing.broken:
            yield Problem(
                claim.place, f'the claim "{claim.id}" has no statements', "add one, or make it kind: question"
            )


@example("harbour-tunnel/claims/opening-date.yml", good="claim: The tunnel is two years late.", bad="claim: TODO")
def placeholder(briefing: Briefing, site: Site) -> Iterator[Problem]:
    """A claim is written: its text is no placeholder, such as a TODO."""
    for claim in briefing.claims:
        if found := PLACEHOLDER.search(claim.claim):
            message = f'the claim "{claim.id}" is not written yet: "{found[0]}"'
            yield Problem(claim.place.at("claim"), message, "say in your own words what is claimed")


@example(
    "harbour-tunnel/claims/opening-date.yml",
    good="quote: No one has tested that date",
    bad="quote: No one has tested that date\n      translation: No date was tried.",
)
def untranslated(briefing: Briefing, site: Site) -> Iterator[Problem]:
    """A quotation in another language than English has our translation into it, and an English one has none."""
    for _, statement in briefing.statements:
        source = briefing.source.get(statement.source)
        foreign = source is not None and source.lang.split("-")[0] != "en"
        if source and foreign != (statement.translation is not None):
            message = f'"{statement.id}" quotes {"a text in " + source.lang if foreign else "English"}'
            tip = "add translation: what it says in English, in our words" if foreign else "remove its translation"
            yield Problem(statement.place.at("quote" if foreign else "translation"), message, tip)


@example(
    "harbour-tunnel/claims/opening-date.yml",
    good="{id: herald-late, source: herald, stance: qualifies, note: By its own count.,",
    bad="{id: herald-late, source: herald, stance: qualifies,",
    at="{id: herald-late, source: herald, stance: asserts,",
)
def note_missing(briefing: Briefing, site: Site) -> Iterator[Problem]:
    """A statement that qualifies has a note that says what it limits."""
    for _, statement in briefing.statements:
        if statement.stance == "qualifies" and statement.note is None:
            place = statement.place.at("stance")
            yield Problem(place, f'"{statement.id}" qualifies without a note', "add note: what it limits the claim to")


@example(
    "harbour-tunnel/claims/opening-date.yml",
    good="{id: herald-late, source: herald, stance: asserts,",
    bad="{id: herald-late, source: herald, mode: indirect, stance: asserts,",
)
def mode_without_speaker(briefing: Briefing, site: Site) -> Iterator[Problem]:
    """A mode says how a source carries a speaker; where the article speaks itself there is none."""
    for _, statement in briefing.statements:
        if statement.mode is not None and statement.speaker is None:
            message = f'"{statement.id}" has the mode "{statement.mode}" but no speaker'
            yield Problem(statement.place.at("mode"), message, "name the speaker, or remove mode")


@example(
    "harbour-tunnel/claims/opening-date.yml",
    good="claim: The tunnel opens in June.",
    bad="claim: The Harbour Tunnel Company said that it opens in June.",
)
def said_of_oneself(briefing: Briefing, site: Site) -> Iterator[Problem]:
    """Of a claim that somebody said, demanded or ruled out something, the teller is the holder, not the speaker."""
    speakers, saying = site.speakers_of(briefing), site.vocabulary.markers_of("en").saying
    telling: dict[str, tuple[str, ...]] = {}
    for claim, statement in briefing.statements:
        speaker = speakers.get(statement.speaker or "")
        if speaker is None or speaker.kind == "unnamed":
            continue
        if speaker.id not in telling:
            surname = match.words(match.fold(speaker.name))[-1:]  # a name may be of signs alone
            telling[speaker.id] = tuple(f"{name} {verb}" for name in surname for verb in saying)
        if match.occurring(claim.claim, telling[speaker.id]):
            message = f'"{statement.id}": {speaker.name} holds what was said, not that it was said'
            tip = "leave speaker out, or make what was said the claim; or add allow: {said-of-oneself: the reason}"
            yield Problem(statement.place.at("quote"), message, tip)


@example(
    "night-ferry/briefing.yml",
    good="text: Two articles, one a copy of the other, put the [fire in the galley].",
    bad="text: The articles agree on the [fire in the galley].",
)
def bottom_line_verdict(briefing: Briefing, site: Site) -> Iterator[Problem]:
    """The bottom line calls agreed, contested or divided only what the rules call so."""
    meant: dict[str, set[str]] = defaultdict(set)
    for term in site.vocabulary.verdicts:
        for word in term.called:
            meant[word].add(term.id)
    for sentence in briefing.file.bottom_line:
        claims = [briefing.claim[name] for name in sentence.claims if name in briefing.claim]
        found = {compare.verdict(briefing, claim, site.vocabulary) for claim in claims}
        for word, verdicts in meant.items():
            hit = match.occurring(sentence.text, (word,))
            if found and hit and not found & verdicts:
                message = f'"{hit[0]}" stands beside claims that are: {", ".join(sorted(found))}'
                yield Problem(sentence.place.at("text"), message, "say it in other words")


@example("harbour-tunnel/briefing.yml", good="claims: [opens-in-june, two-years-late]", bad="claims: [opens-in-june]")
def bottom_line_claims(briefing: Briefing, site: Site) -> Iterator[Problem]:
    """Every sentence of the bottom line names the claims it stands on: as many as it has [phrases], if any."""
    for sentence in briefing.file.bottom_line:
        phrases = sentence.text.count("[")
        if not sentence.claims and not briefing.broken:
            yield Problem(sentence.place, "a sentence of the bottom line without claims", "add claims: [...]")
        elif phrases and (phrases != len(sentence.claims) or phrases != sentence.text.count("]")):
            message = f"{phrases} phrases in brackets but {len(sentence.claims)} claims"
            yield Problem(sentence.place.at("text"), message, "put one [phrase] for each claim, in the same order")


@example(
    "night-ferry/briefing.yml",
    good="text: Two articles, one a copy of the other, put the [fire in the galley].",
    bad="text: The [fire in the galley] spread" + " and spread" * 80,
)
def bottom_line_length(briefing: Briefing, site: Site) -> Iterator[Problem]:
    """The bottom line has at most 150 words."""
    total = sum(len(match.words(match.fold(s.text))) for s in briefing.file.bottom_line)
    if total > BOTTOM_LINE:
        yield Problem(
            briefing.file.place.at("bottom_line"),
            f"the bottom line has {total} words",
            f"at most {BOTTOM_LINE}",
        )


# -- quotations ----------------------------------------------------------------------------------------------------


@example(
    "harbour-tunnel/sources/wire.lock",
    good="checked_by: A Tester\nchecked_on: '2026-11-22'",
    bad="# no checked_by, no checked_on",
)
def lock_missing(briefing: Briefing, site: Site) -> Iterator[Problem]:
    """Every source has a lock, signed by somebody on a day."""
    for source in briefing.sources:
        found = briefing.locks.get(source.id)
        if f"lock:{source.id}" in briefing.broken:
            continue
        tip = f"with its text at hand, run: python -m build_tools lock {briefing.slug} --by NAME"
        if found is None:
            yield Problem(source.place, f'the source "{source.id}" has no lock', tip)
        elif not (found.checked_by and found.checked_on):
            yield Problem(source.place, f'nobody has signed the lock of "{source.id}"', tip)


@example("harbour-tunnel/sources/gazette.lock", good="words: 100\nblocks: 6", bad="words: 99\nblocks: 6")
def text_changed(briefing: Briefing, site: Site) -> Iterator[Problem]:
    """A text at hand is the text that was locked, of as many words; a changed text is a new source."""
    for source in briefing.sources:
        known, text = briefing.locks.get(source.id), briefing.texts.get(source.id)
        if known and text and (known.words, known.blocks) != (len(text.spans), len(text.blocks)):
            message = f'the lock of "{source.id}" says {known.words} words, the text has {len(text.spans)}'
            yield Problem(source.place, message, "run lock again")
        if source.id in briefing.changed:
            sha = briefing.changed[source.id][:12]
            message = f'the text of "{source.id}" in articles/ is not the one that was locked (its SHA-256 is {sha}...)'
            yield Problem(source.place, message, "restore it, or ingest the new text as a source of its own")


@example(
    "harbour-tunnel/claims/opening-date.yml",
    good="quote: We open on the first of June",
    bad="quote: We open on the third of June",
)
def quotation(briefing: Briefing, site: Site) -> Iterator[Problem]:
    """A quotation is verbatim: its words have their entry in the lock, and stand in the text where that is at hand."""
    for statement in briefing.quotations:
        source, found = briefing.source.get(statement.source), briefing.locks.get(statement.source)
        if source is None or found is None or f"lock:{source.id}" in briefing.broken:
            continue
        entry, text = found.by_statement.get(statement.id), briefing.texts.get(source.id)
        if message := _quotation_fault(statement, source, entry, text, site):
            tip = "copy the words exactly; after a deliberate change, whoever has the text runs lock again"
            yield Problem(statement.place.at("quote"), message, tip)


def _quotation_fault(
    statement: Statement, source: Source, entry: LockedQuote | None, text: match.Text | None, site: Site
) -> str:
    """What is wrong with one quotation, in one sentence (empty where nothing is)."""
    name = f'the quotation of "{statement.id}" from "{source.id}"'
    same = entry is not None and entry.is_of(statement)
    if text is None:
        if entry is None:
            return f'{name} is not locked: "{_short(statement.quote)}"'
        if not same:
            return f'{name} is not the one that was checked: "{_short(statement.quote)}"'
        if statement.paragraph not in (None, entry.block):
            return f"{name} stands in paragraph {entry.block}, not {statement.paragraph}"
        return ""
    found = lock.find(statement, source, text, site.vocabulary)
    if found is None:
        anywhere = statement.model_copy(update={"paragraph": None})
        if statement.paragraph and (elsewhere := lock.find(anywhere, source, text, site.vocabulary)):
            return f"{name} stands in paragraph {elsewhere.block}, not {statement.paragraph}"
        where = text.departure(statement.quote, _locked_wording(entry, text))
        return f'{name} does not stand in the text: "{_short(statement.quote)}"; {where}'
    if entry is None:
        return f'{name} is not locked: "{_short(statement.quote)}"'
    if not same:
        where = text.departure(statement.quote, _locked_wording(entry, text))
        return f"{name} is not the one that was checked; {where}"
    if lock.entry(statement, found).model_dump() != entry.model_dump():
        return f"{name}: its lock does not say what the text shows (paragraph, words, marks or words beside it)"
    return ""


def _locked_wording(entry: LockedQuote | None, text: match.Text) -> str:
    return " ... ".join(text.wording(a, b) for a, b in entry.words) if entry else ""


def _short(quote: str) -> str:
    return quote if len(quote) <= 70 else quote[:67] + "..."


@example(
    "harbour-tunnel/claims/cost.yml",
    good="quote: the ferry fleet is reportedly for sale",
    bad="quote: Two officials said the ferry fleet is",
    relock=True,
)
def left_out(briefing: Briefing, site: Site) -> Iterator[Problem]:
    """No negation, hedge or condition of the same sentence is left outside a quotation."""
    for statement, _, entry in briefing.checked:
        if entry.beside:
            beside = ", ".join(f'"{word}"' for word in entry.beside)
            message = f'the sentence of "{statement.id}" has {beside} outside the quotation "{_short(statement.quote)}"'
            yield Problem(statement.place.at("quote"), message, "extend it, or add allow: {left-out: the reason}")


@example(
    "harbour-tunnel/claims/opening-date.yml",
    good="source: gazette, stance: asserts, quote: The tunnel is two years late",
    bad="source: gazette, stance: asserts, quote: two years late",
    relock=True,
)
def too_short(briefing: Briefing, site: Site) -> Iterator[Problem]:
    """A quotation of an article's narration has at least four words."""
    for statement, _, entry in briefing.checked:
        number = _measure(statement, entry)
        if number < NARRATION[0] and not (entry.marks and statement.speaker):
            message = f'"{statement.id}" quotes {number} words of narration: "{statement.quote}"'
            yield Problem(statement.place.at("quote"), message, f"quote the words around it, at least {NARRATION[0]}")


@example("night-ferry/claims/fire.yml", good=_NARRATED, bad=_NARRATED + _ON, relock=True)
def over_length(briefing: Briefing, site: Site) -> Iterator[Problem]:
    """A quotation has at most 15 words of narration (25 with a reason) or 60 of a speaker's own words."""
    for statement, _, entry in briefing.checked:
        number = _measure(statement, entry)
        most = SPEECH if compare.is_speech(statement, entry) else NARRATION[1]
        if number > most:
            message = f'"{statement.id}" quotes {number} words; {most} are allowed'
            yield Problem(statement.place.at("quote"), message, "quote less, or add allow: {over-length: the reason}")


@example(
    "night-ferry/claims/fire.yml",
    good=_NARRATED,
    bad=_NARRATED.replace("asserts,", "asserts, allow: {over-length: Its order matters.},") + _ON + _ON_AND_ON,
    relock=True,
)
def over_limit(briefing: Briefing, site: Site) -> Iterator[Problem]:
    """Even with a reason, a quotation of narration has at most 25 words."""
    for statement, _, entry in briefing.checked:
        number = _measure(statement, entry)
        if number > NARRATION[2] and not compare.is_speech(statement, entry) and "over-length" in statement.allow:
            message = f'"{statement.id}" quotes {number} words of narration; {NARRATION[2]} are the limit'
            yield Problem(statement.place.at("quote"), message, "quote less")


def _measure(statement: Statement, entry: LockedQuote) -> int:
    """The length of a quotation in words; where each sign is a word, two signs count as one."""
    number = compare.length(entry)
    if statement.quote.isascii():
        return number
    signs = sum(1 for word in match.words(match.fold(statement.quote)) if len(word) == 1 and ord(word) > 0x3000)
    return number - signs + -(-signs // PER_SIGN)


@example("night-ferry/claims/fire.yml", good=_NARRATED, bad=_NARRATED + _ON + _ON_AND_ON, relock=True)
def over_budget(briefing: Briefing, site: Site) -> Iterator[Problem]:
    """All quotations take under a quarter of a source's words in narration, and under 40 % with speakers' words."""
    for source in briefing.sources:
        cover = compare.coverage(briefing, source)
        for taken, share, what in (
            (cover.narration, SHARE_NARRATION, "narration"),
            (cover.quoted, SHARE_ALL, "all quotations"),
        ):
            if cover.words and taken >= share * cover.words:
                message = f'{what} quoted from "{source.id}": {taken} of {cover.words} words'
                yield Problem(source.place, message, f"under {share:.0%} are allowed; quote less of it")


@example(
    "harbour-tunnel/claims/cost.yml",
    good="speaker: gazette-officials, stance: asserts",
    bad="speaker: gazette-officials, mode: direct, stance: asserts",
)
def not_speech(briefing: Briefing, site: Site) -> Iterator[Problem]:
    """Words quoted as direct speech stand inside the source's quotation marks."""
    for statement, _, entry in briefing.checked:
        if statement.mode == "direct" and statement.speaker and not entry.marks:
            message = f'"{statement.id}" is direct, but its words stand outside quotation marks'
            yield Problem(statement.place.at("mode"), message, "use mode: indirect, or quote the speaker's own words")


# -- searches and wording ------------------------------------------------------------------------------------------


@example("harbour-tunnel/claims/opening-date.yml", good='terms: [late, "delay*"]', bad="terms: []")
def no_terms(briefing: Briefing, site: Site) -> Iterator[Problem]:
    """A claim has search terms; without them "not mentioned" rests on nothing."""
    for claim in briefing.claims:
        if not claim.terms and claim.kind != "question" and claim.id not in briefing.broken:
            yield Problem(claim.place, f'the claim "{claim.id}" has no search terms', "add terms: [...]")


@example("harbour-tunnel/claims/opening-date.yml", good='terms: [late, "delay*"]', bad='terms: [late, "delay*", slow]')
def searched(briefing: Briefing, site: Site) -> Iterator[Problem]:
    """Every search term has its entry in the lock of every source, and with the text at hand the same hits."""
    locks = {s.id: found for s in briefing.sources if (found := briefing.locks.get(s.id)) and found.checked_by}
    for claim in briefing.claims:
        for i, term in enumerate(claim.terms if claim.id not in briefing.broken else ()):
            if missing := [name for name, found in locks.items() if term not in found.terms]:
                where = ", ".join(f'"{name}"' for name in missing)
                message = f'the search for "{term}" in {where} is not locked'
                yield Problem(claim.place.at("terms", i), message, "whoever has the text runs lock again")
            for name, found in locks.items():
                text = briefing.texts.get(name)
                if term in found.terms and text is not None and text.search(term) != found.terms[term]:
                    message = f'the lock of "{name}" does not say where "{term}" stands'
                    yield Problem(claim.place.at("terms", i), message, "run lock again")


@example("night-ferry/sources/post.lock", good="compared: [agency, daily]", bad="compared: [agency]")
def compared(briefing: Briefing, site: Site) -> Iterator[Problem]:
    """Every source's text was compared with every other's, and the lock says what long runs they share."""
    for source in briefing.sources:
        found, text = briefing.locks.get(source.id), briefing.texts.get(source.id)
        if found is None or not found.checked_by or f"lock:{source.id}" in briefing.broken:
            continue
        locks = briefing.locks
        others = [o for o in briefing.sources if o.id != source.id and (o.id not in locks or locks[o.id].checked_by)]
        if missing := [other.id for other in others if other.id not in found.compared]:
            names = ", ".join(f'"{name}"' for name in missing[:3])
            more = f" and {len(missing) - 3} more" if len(missing) > 3 else ""
            message = f'"{source.id}" was not compared with {names}{more}'
            yield Problem(source.place, message, "whoever has the texts runs lock again")
        for other in others:
            if text is not None and other.id not in missing and (theirs := briefing.texts.get(other.id)) is not None:
                now = [run.model_dump() for run in lock.shared_runs_with(other.id, text, theirs)]
                if now != [run.model_dump() for run in found.shared if run.source == other.id]:
                    message = f'the lock of "{source.id}" does not say what it shares with "{other.id}"'
                    yield Problem(source.place, message, "run lock again")


@example("night-ferry/sources/daily.yml", good="origin: agency", bad="origin: daily")
def origin_undeclared(briefing: Briefing, site: Site) -> Iterator[Problem]:
    """Sources that share long runs of words are one origin, or independent for a stated reason."""
    for source in briefing.sources:
        found = briefing.locks.get(source.id)
        partners = dict.fromkeys(run.source for run in found.shared) if found else {}
        for name in partners:
            other = briefing.source.get(name)
            stated = other is None or name in source.independent or source.id in other.independent
            same = compare.origin(briefing, source.id) == compare.origin(briefing, name)
            if source.id < name and not same and not stated:
                number = compare.shared_words(briefing, source.id, name)
                message = f'"{source.id}" and "{name}" share {number} words in long runs but not their origin'
                tip = "give both one origin:, or add independent: {" + name + ": the reason}"
                yield Problem(source.place, message, tip)
        for name in source.independent if found else ():
            place, other = source.place.at("independent", name), briefing.source.get(name)
            called = f'"{source.id}" is called independent of "{name}"'
            if name not in partners:
                yield Problem(place, f"{called}, with which it shares no long run", "remove it", remove=place)
            elif compare.origin(briefing, source.id) == compare.origin(briefing, name):
                yield Problem(place, f"{called}, with which it shares its origin", "remove origin: or independent:")
            elif other is not None and source.id in other.independent and source.id > name:
                yield Problem(place, f"{called}, and the other way round", "one reason is enough; remove one")


@example(
    "night-ferry/claims/fire.yml",
    good="id: post-captain, source: post, speaker: captain, mode: direct, stance: asserts, utterance: told-late",
    bad="id: post-captain, source: post, speaker: captain, mode: direct, stance: asserts, utterance: told-too-late",
)
def utterance_alone(briefing: Briefing, site: Site) -> Iterator[Problem]:
    """An utterance has two wordings or more, all of one speaker's own words, or a text of theirs."""
    groups: dict[str, list[Statement]] = defaultdict(list)
    for _, statement in briefing.statements:
        if statement.utterance:
            groups[statement.utterance].append(statement)
    for name, found in groups.items():
        if len(found) == 1 and not briefing.broken:
            place = found[0].place.at("utterance")
            yield Problem(place, f'the utterance "{name}" has one wording only', "name its other wording, or remove it")
        first = compare.holder(briefing, found[0])
        for statement in found:
            if first.startswith("article:") or compare.holder(briefing, statement) != first:
                message = f'the utterance "{name}" is not of one speaker'
                yield Problem(statement.place.at("utterance"), message, "give the statement its speaker, or remove it")


@example(
    "harbour-tunnel/claims/opening-date.yml",
    good="passed_over:\n    - {source: wire, reason: Its June is the month of a festival.}",
    bad="passed_over: []",
)
def hit_unanswered(briefing: Briefing, site: Site) -> Iterator[Problem]:
    """Where a search term stands in a source, the claim has a statement from it or a passed_over with a reason."""
    for claim in briefing.claims:
        answered = {s.source for s in claim.statements} | {p.source for p in claim.passed_over}
        if claim.id in briefing.broken or not answered <= briefing.source.keys():
            continue
        for source in briefing.sources:
            hits = compare.search(briefing.locks.get(source.id), claim)
            if hits and source.id not in answered:
                lock_terms = briefing.locks[source.id].terms
                terms = ", ".join(f'"{t}"' for t in claim.terms if lock_terms[t])
                where = ", ".join(map(str, hits))
                message = f'{terms} of "{claim.id}" stands in "{source.id}", paragraph {where}'
                yield Problem(claim.place.at("terms"), message, "add a statement, or passed_over with a reason")


@example(
    "harbour-tunnel/claims/opening-date.yml",
    good="- {source: wire, reason: Its June is the month of a festival.}",
    bad="- {source: wire, reason: Its June is the month of a festival.}\n"
    "    - {source: herald, reason: It speaks of the works.}",
)
def needless_pass(briefing: Briefing, site: Site) -> Iterator[Problem]:
    """A passed_over names a source without a statement in which a search term stands, once."""
    for claim in briefing.claims:
        speaking = {s.source for s in claim.statements}
        times = Counter(p.source for p in claim.passed_over)
        for i, item in enumerate(claim.passed_over):
            same = [one for one in claim.passed_over[:i] if (one.source, one.reason) == (item.source, item.reason)]
            remove: Place | None = item.place
            hits = compare.search(briefing.locks.get(item.source), claim)
            if item.source in speaking:
                why = "it has a statement on this claim"
            elif hits == ():
                why = "none of the search terms stands in it"
            elif times[item.source] > 1:
                why, remove = "it is passed over twice", item.place if same else None
            else:
                continue
            message = f'"{item.source}" need not be passed over: {why}'
            yield Problem(item.place.at("source"), message, "remove the entry", remove=remove)


@example(
    "harbour-tunnel/claims/opening-date.yml",
    good="note: She speaks of the date, not of the works.",
    bad="note: Ada Quill does not share the company's confidence.",
)
def own_words(briefing: Briefing, site: Site) -> Iterator[Problem]:
    """Our prose shares no run of eight words with an article, titles aside (checked where the texts are at hand)."""
    grams: dict[tuple[str, ...], str] = {}
    for name, text in briefing.texts.items():
        title = match.fold(briefing.source[name].title).casefold() if name in briefing.source else ""
        grams |= {g: name for g in match.grams(text, OWN_WORDS) if " ".join(g) not in " ".join(match.words(title))}
    for place, key, prose in _prose(briefing) if grams else ():
        run, source = match.shared_run(prose, grams, OWN_WORDS)
        if run:
            message = f'eight words in a row as in "{source}": "{run}"'
            yield Problem(place.at(*key), message, "say it in other words, or quote it")


@example(
    "harbour-tunnel/claims/opening-date.yml",
    good="claim: The tunnel is two years late.",
    bad="claim: The tunnel is two years l\u0430te.",
)
def mixed_scripts(briefing: Briefing, site: Site) -> Iterator[Problem]:
    """No word of ours mixes Latin, Greek and Cyrillic letters, which look alike (a warning)."""
    for place, key, prose in (*_prose(briefing), *_names(briefing)):
        for word in _WORD.findall(prose) if not prose.isascii() else ():
            scripts = sorted({name for name in map(_script, word) if name})
            if len(scripts) > 1:
                message = f'the word "{word}" has letters of {" and ".join(scripts)}, which look alike'
                yield Problem(place.at(*key), message, "type it anew in one script", level="warning")


def _script(letter: str) -> str:
    """The one of three look-alike scripts that a letter is of; signs such as the micro sign are of none."""
    name = unicodedata.name(letter, "").split(" ")[0]
    return name.capitalize() if name in ("LATIN", "GREEK", "CYRILLIC") else ""


def _names(briefing: Briefing) -> Iterator[tuple[Place, tuple[object, ...], str]]:
    """The names that are typed in a briefing, each with the place of what it names and its key there."""
    items: list[tuple[Placed, str]] = [(editor, "name") for editor in briefing.file.editors]
    for source in briefing.sources:
        items += [(source, "title"), (source, "outlet"), (source, "author")]
        items += [(speaker, key) for speaker in source.speakers for key in ("name", "role")]
    for item, key in items:
        if value := getattr(item, key):
            yield item.place, (key,), value


def _prose(briefing: Briefing) -> Iterator[tuple[Place, tuple[object, ...], str]]:
    """Every sentence that is ours, with the place of what it is about and its key there."""
    file = briefing.file
    items: list[tuple[Placed, str]] = [
        (file, "title"),
        (file, "question"),
        *((s, "text") for s in file.bottom_line),
    ]
    items += [(topic, "title") for topic in file.topics]
    for source in briefing.sources:
        items += [(source, "about"), (source, "label"), *((speaker, "note") for speaker in source.speakers)]
    for claim in briefing.claims:
        items += [(claim, "claim"), (claim, "note"), *((s, "note") for s in claim.statements)]
        items += [*((p, "reason") for p in claim.passed_over), *((r, "why") for r in claim.relations)]
    items += [
        *((figure, "measures") for figure in briefing.figures),
        *((figure, "note") for figure in briefing.figures),
        *((event, "what") for event in briefing.events),
    ]
    for item, key in items:
        if value := getattr(item, key):
            yield item.place, (key,), value
    for _, statement in briefing.statements:
        for rule, reason in statement.allow.items():
            yield statement.place, ("allow", rule), reason


RULES: tuple[Rule, ...] = (
    unknown_word, unknown_source, unknown_speaker, unnamed_shared, unknown_topic, unknown_claim, unknown_statement,
    figure_unquoted, undated, duplicate_id, not_registered, id_gone, was_wrong,
    page_twice, no_markers, empty, label_missing, no_statements, placeholder, note_missing, mode_without_speaker,
    untranslated,
    said_of_oneself,
    bottom_line_verdict,
    bottom_line_claims,
    bottom_line_length, lock_missing, text_changed, quotation, left_out, too_short, over_length, over_limit,
    over_budget, not_speech, no_terms, searched, compared,
    origin_undeclared,
    utterance_alone,
    hit_unanswered, needless_pass, own_words, mixed_scripts,
)  # fmt: skip

#: What is found while files are read, and of exceptions: ids that no single function stands for, and their sentences.
ELSEWHERE = {
    "file": "A briefing holds the files that the format names, regular ones, in UTF-8, each with something in it.",
    "yaml": "A file is plain YAML: mappings, lists and text; no anchors, tags, doubled keys or invisible characters.",
    "key": "An object has the keys that its kind needs, and no others.",
    "value": "A value is of its key's kind: an id, a day, a number, a web address, a text that is not empty.",
    "needless-exception": "An exception is one that can be made, and is removed once it is not needed any more.",
}
EXAMPLES |= {
    "file": Example(
        "harbour-tunnel/sources/wire.yml",
        "title: unknown\nlabel: Wire\ngenre: news",
        "# nothing yet",
        "title: unknown\nlabel: Wire\ngenre: news",
    ),
    "yaml": Example(
        "harbour-tunnel/claims/cost.yml",
        'claim: "The works: 1.9 billion crowns."',
        "claim: The works: 1.9 billion crowns.",
        "claim: The works cost 1.9 billion crowns.",
    ),
    "key": Example(
        "harbour-tunnel/claims/cost.yml",
        "claim: The works cost 1.9 billion crowns.",
        "clam: The works cost 1.9 billion crowns.",
        "claim: The works cost 1.9 billion crowns.",
    ),
    "value": Example(
        "harbour-tunnel/sources/herald.yml",
        "published: 2031-03-03",
        "published: 2031-02-30",
        "published: 2031-03-03",
    ),
    "needless-exception": Example(
        "harbour-tunnel/claims/cost.yml",
        "{id: herald-cost, source: herald,",
        "{id: herald-cost, allow: {left-out: It is meant so.}, source: herald,",
        "{id: herald-cost, source: herald,",
    ),
}

#: Rules to which a statement may make an exception, with a reason: ``allow: {rule: reason}``.
EXCEPTIONS = ("left-out", "over-length", "said-of-oneself")


def _after_exceptions(briefing: Briefing, problems: Iterable[Problem]) -> Iterator[Problem]:
    """Problems without those that a statement's ``allow`` answers; an exception nobody needs is one itself."""
    allowed: dict[tuple[str, Place], Statement] = {}
    for statement, _, _ in briefing.checked:
        allowed |= {(rule, statement.place.at("quote")): statement for rule in statement.allow if rule in EXCEPTIONS}
    used = set()
    for problem in problems:
        key = (problem.rule, problem.place)
        if key in allowed:
            used.add(key)
        else:
            yield problem
    for _, statement in briefing.statements:
        for rule in statement.allow:
            place = statement.place.at("allow", rule)
            if rule not in EXCEPTIONS:
                yield Problem(
                    place,
                    f'no exception can be made to "{rule}"',
                    nearest(rule, EXCEPTIONS),
                    "needless-exception",
                )
            elif (key := (rule, statement.place.at("quote"))) in allowed and key not in used:
                message = f'"{statement.id}" needs no exception to "{rule}" any more'
                yield Problem(place, message, "remove it", "needless-exception", remove=place)


def against(briefing: Briefing, source: Source, text: match.Text, site: Site) -> list[Problem]:
    """Every quotation of one source tried on somebody's own copy, which need not be the same bytes."""
    problems = []
    wrapped = match.Text((" ".join(text.blocks),))  # a copy may break its lines anywhere
    for statement in lock.quotations_of(briefing, source.id):
        anywhere = statement.model_copy(update={"paragraph": None})
        if not any(lock.find(anywhere, source, copy, site.vocabulary) for copy in (text, wrapped)):
            message = (
                f'the quotation of "{statement.id}" does not stand in this copy; {text.departure(statement.quote)}'
            )
            problems.append(Problem(statement.place.at("quote"), message, "compare the passages by eye", "against"))
    return in_order(problems)


def likeness(text: match.Text, briefing: Briefing, source: Source) -> float:
    """How many of a source's quotations stand in a text, from 0 to 1: to tell whose copy it is."""
    quotes = [match.fold(s.quote) for s in lock.quotations_of(briefing, source.id)]
    return sum(q in text.folded for q in quotes) / len(quotes) if quotes else 0.0
