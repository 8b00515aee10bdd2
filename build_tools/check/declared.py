"""Rules: whatever a briefing names is declared, and its files are filled in. Pure."""

from __future__ import annotations

from collections.abc import Iterator

from build_tools.base.problems import Place, Problem
from build_tools.check.rule import report_bad_cross_reference, report_missing, report_unknown_word
from build_tools.model.briefing import UNREADABLE, Briefing
from build_tools.model.site import Site
from build_tools.model.values import UNKNOWN
from build_tools.text import match


def unknown_word(briefing: Briefing, site: Site) -> Iterator[Problem]:
    """A stance, kind, mode, relation, genre, status, right or kind of paragraph or speaker is one of the vocabulary."""
    file = briefing.file
    yield from report_unknown_word(site, "statuses", file.status, "status", file.place, "status")
    for source in briefing.sources:
        yield from report_unknown_word(site, "genres", source.genre, "genre", source.place, "genre")
        yield from report_unknown_word(site, "rights", source.rights, "right", source.place, "rights")
        for number, kind in source.paragraphs.items():
            yield from report_unknown_word(
                site, "blocks", kind, "kind of paragraph", source.place, "paragraphs", str(number)
            )
        for speaker in source.speakers:
            yield from report_unknown_word(site, "speaker_kinds", speaker.kind, "speaker kind", speaker.place, "kind")
    for claim in briefing.claims:
        yield from report_unknown_word(site, "kinds", claim.kind, "kind of claim", claim.place, "kind")
        for relation in claim.relations:
            yield from report_unknown_word(site, "relations", relation.how, "relation", relation.place, "how")
        for statement in claim.statements:
            yield from report_unknown_word(site, "stances", statement.stance, "stance", statement.place, "stance")
            if statement.mode is not None:
                yield from report_unknown_word(site, "modes", statement.mode, "mode", statement.place, "mode")


def unknown_source(briefing: Briefing, site: Site) -> Iterator[Problem]:
    """A source that a statement or a passed_over names has its file in sources/."""
    for claim in briefing.claims:
        named = [(item.source, item.place) for item in claim.statements]
        for name, place in [*named, *((item.source, item.place) for item in claim.passed_over)]:
            yield from report_missing(briefing, name, briefing.source, "source", place, "source")


def unknown_speaker(briefing: Briefing, site: Site) -> Iterator[Problem]:
    """A speaker is declared in speakers.yml, or, unnamed, in the statement's own source; a source's voice is named."""
    known = site.speakers_of(briefing)
    for source in briefing.sources:
        if source.voice is not None:
            yield from report_missing(briefing, source.voice, site.speaker, "speaker", source.place, "voice")
    for _, statement in briefing.statements:
        if statement.speaker is None:
            continue
        yield from report_missing(briefing, statement.speaker, known, "speaker", statement.place, "speaker")
        owner = briefing.unnamed.get(statement.speaker)
        if owner not in (None, statement.source) and statement.source in briefing.source:
            message = f'"{statement.speaker}" is an unnamed speaker of "{owner}", not of "{statement.source}"'
            tip = "unnamed speakers of two sources are never the same; declare another"
            yield Problem(statement.place.at("speaker"), message, tip)


def unnamed_shared(briefing: Briefing, site: Site) -> Iterator[Problem]:
    """Unnamed speakers are declared in their source, named ones in speakers.yml."""
    for source in briefing.sources:
        for speaker in source.speakers:
            if speaker.kind != "unnamed":
                message = f'"{speaker.id}" is a {speaker.kind}, so it is shared by all briefings'
                tip = "move it to briefings/speakers.yml, or make it unnamed"
                yield Problem(speaker.place.at("kind"), message, tip)


def unknown_topic(briefing: Briefing, site: Site) -> Iterator[Problem]:
    """A file in claims/ is named after a topic of briefing.yml, and every topic has claims."""
    topics = {topic.id for topic in briefing.file.topics}
    paths = {claim.topic: claim.place.path for claim in briefing.claims}
    for name, path in paths.items():
        yield from report_missing(briefing, name, topics, "topic", Place(path))
    for topic in briefing.file.topics:
        if topic.id not in paths and not {topic.id, UNREADABLE} & briefing.broken:
            message, tip = f'the topic "{topic.id}" has no claims', f"write claims/{topic.id}.yml, or remove it"
            yield Problem(topic.place, message, tip)


def unknown_claim(briefing: Briefing, site: Site) -> Iterator[Problem]:
    """A claim that a relation or the bottom line names exists; a claim is not related to itself."""
    for claim in briefing.claims:
        for relation in claim.relations:
            if "/" in relation.to:
                yield from report_bad_cross_reference(briefing, site, relation.to, relation.place.at("to"))
                continue
            yield from report_missing(briefing, relation.to, briefing.claim, "claim", relation.place, "to")
            if relation.to == claim.id:
                yield Problem(relation.place.at("to"), f'"{claim.id}" is related to itself', "name the other claim")
    for sentence in briefing.file.bottom_line:
        for i, name in enumerate(sentence.claims):
            yield from report_missing(briefing, name, briefing.claim, "claim", sentence.place, "claims", i)


def unknown_statement(briefing: Briefing, site: Site) -> Iterator[Problem]:
    """A figure or event is bound to statements that exist; its anchor is another event, or a source's publication."""
    events = {event.id for event in briefing.events}
    for item in (*briefing.figures, *briefing.events):
        for i, name in enumerate(item.statements):
            yield from report_missing(briefing, name, briefing.statement, "statement", item.place, "statements", i)
        if not item.statements:
            yield Problem(item.place, f'"{item.id}" is bound to no statement', "add statements: [...]")
    for event in briefing.events:
        if event.anchor is not None:
            known = {*briefing.source, *events} - {event.id}
            yield from report_missing(briefing, event.anchor, known, "event or source", event.place, "anchor")


def figure_unquoted(briefing: Briefing, site: Site) -> Iterator[Problem]:
    """The numbers of a figure stand, in digits or as words, in its own words or in a quotation it is bound to."""
    for figure in briefing.figures:
        quotes = [briefing.statement[name].quote for name in figure.statements if name in briefing.statement]
        words = " ".join(filter(None, [figure.words, *quotes]))
        if numbers := match.numbers(figure.value):
            quoted = numbers <= match.numbers(words)
        else:
            quoted = match.fold(figure.value).casefold() in match.fold(words).casefold()
        if quotes and not quoted:
            message = f'"{figure.value}" of the figure "{figure.id}" stands in none of its quotations'
            yield Problem(figure.place.at("value"), message, "add words: the source's own words for it")


def undated(briefing: Briefing, site: Site) -> Iterator[Problem]:
    """An event that is dated relative to another keeps the source's own words for it."""
    for event in briefing.events:
        if event.anchor is not None and event.words is None:
            message = f'the event "{event.id}" has an anchor but no words'
            yield Problem(event.place.at("anchor"), message, "add words: the source's own dating words")


def no_markers(briefing: Briefing, site: Site) -> Iterator[Problem]:
    """A source's language has its list of negations, hedges and conditions in vocabulary.yml."""
    for source in briefing.sources:
        if not site.vocabulary.markers_of(source.lang).all:
            message = f'no negations and hedges are listed for the language "{source.lang}"'
            yield Problem(source.place.at("lang"), message, "add them to markers: in briefings/vocabulary.yml")


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


def label_missing(briefing: Briefing, site: Site) -> Iterator[Problem]:
    """A source without a title of its own has a label, our name for it."""
    for source in briefing.sources:
        if source.title == UNKNOWN and source.label is None:
            message = f'"{source.id}" has neither title nor label'
            yield Problem(source.place, message, "add label: our own short name for it")
