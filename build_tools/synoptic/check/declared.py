"""Rules: whatever a briefing names is declared, and its files are filled in. Pure."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace

from synoptic.base.problems import Place, Problem, find_nearest
from synoptic.check.rule import report_bad_cross_reference, report_missing, report_unknown_word
from synoptic.compare.quotations import list_source_words
from synoptic.model.records import PassedOver, Statement
from synoptic.model.site import UNREADABLE, Briefing, Site
from synoptic.model.values import UNKNOWN
from synoptic.text.dates import find_unstated
from synoptic.text.folding import fold
from synoptic.text.measures import find_dropped_qualifier, find_missing_qualifier, find_missing_unit, normalize
from synoptic.text.numbers import find_numbers


def unknown_word(briefing: Briefing, site: Site) -> Iterator[Problem]:
    """Every stance, mode, relation, genre, status, right and kind that a file names is in the vocabulary."""
    file = briefing.file
    yield from report_unknown_word(site, "statuses", file.status, "status", file.place, "status")
    for source in briefing.sources:
        yield from report_unknown_word(site, "genres", source.genre, "genre", source.place, "genre")
        yield from report_unknown_word(site, "rights", source.rights, "right", source.place, "rights")
        if source.text != "whole":
            yield from report_unknown_word(site, "copies", source.text, "word for a copy", source.place, "text")
        for number, kind in source.paragraphs.items():
            key = ("paragraphs", str(number))
            yield from report_unknown_word(site, "blocks", kind, "kind of paragraph", source.place, *key)
        for speaker in source.speakers:
            yield from report_unknown_word(site, "speaker_kinds", speaker.kind, "speaker kind", speaker.place, "kind")
    for claim in briefing.claims:
        yield from report_unknown_word(site, "kinds", claim.kind, "kind of claim", claim.place, "kind")
        for i, term in enumerate(claim.terms):
            if term.mode:
                place = claim.place.at("terms", i) if term.place.path == "" else term.place
                yield from report_unknown_word(site, "term_modes", term.mode, "mode of a search term", place, "mode")
        for relation in claim.relations:
            yield from report_unknown_word(site, "relations", relation.how, "relation", relation.place, "how")
        for statement in claim.statements:
            yield from report_unknown_word(site, "stances", statement.stance, "stance", statement.place, "stance")
            if statement.mode is not None:
                yield from report_unknown_word(site, "modes", statement.mode, "mode", statement.place, "mode")


def unknown_source(briefing: Briefing, site: Site) -> Iterator[Problem]:
    """Every source that a statement, `passed_over` or a later version names has a file in sources/."""
    for claim in briefing.claims:
        items: list[Statement | PassedOver] = [*claim.statements, *claim.passes]
        for item in items:
            yield from report_missing(briefing, item.source, briefing.source, "source", item.place, "source")
        for entry in claim.passed_over:
            if not entry.each:
                tip = "add source: with the article, or sources: [...] with several"
                remove = entry.place if "sources" in entry.place.parts else None
                yield Problem(entry.place, "it is not said which source is passed over", tip, remove=remove)
    for source in briefing.sources:
        for version in source.versions:
            if version.lock is not None:
                others = [name for name in briefing.source if name != source.id]
                yield from report_missing(briefing, version.lock, others, "source", version.place, "lock")


def unknown_speaker(briefing: Briefing, site: Site) -> Iterator[Problem]:
    """A named speaker is declared in speakers.yml, an unnamed one in its source; a source's `voice` is a named one."""
    known, seen = site.speakers_of(briefing), set[str]()  # a missing declaration is one problem
    for source in briefing.sources:
        if source.voice is not None:
            yield from report_missing(briefing, source.voice, site.speaker, "speaker", source.place, "voice")
    for _, statement in briefing.statements:
        if statement.speaker is None:
            continue
        if statement.speaker not in seen and statement.source not in briefing.broken:
            for problem in report_missing(briefing, statement.speaker, known, "speaker", statement.place, "speaker"):
                yield replace(problem, tip=_how_to_declare(problem.tip, statement))
        seen.add(statement.speaker)
        owner = briefing.unnamed.get(statement.speaker)
        if owner not in (None, statement.source) and statement.source in briefing.source:
            unseen = briefing.own_speakers[statement.speaker].kind == "document"
            what = "an unseen document" if unseen else "an unnamed speaker"
            message = f'"{statement.speaker}" is {what} of "{owner}", not of "{statement.source}"'
            tip = f"declare another in sources/{statement.source}.yml: {what} belongs to one source"
            yield Problem(statement.place.at("speaker"), message, tip)


def _how_to_declare(tip: str, statement: Statement) -> str:
    """The tip for an undeclared speaker: the declared one that is most like it, else where to declare them."""
    if tip.startswith("did you mean"):
        return tip
    declared = f"- {{id: {statement.speaker}, name: ..., kind: person}}"
    unnamed = f"somebody unnamed under speakers: in sources/{statement.source}.yml"
    return f"declare it in briefings/speakers.yml: {declared}; or {unnamed}"


def unnamed_shared(briefing: Briefing, site: Site) -> Iterator[Problem]:
    """Unnamed speakers, and documents that nobody shows, are declared in their source, all others in speakers.yml."""
    named_kinds = site.vocabulary.terms("speaker_kinds").keys() - {"unnamed", "document"}
    for source in briefing.sources:
        for speaker in source.speakers:
            if speaker.kind in named_kinds:  # an unknown kind has been reported
                what = f'"{speaker.id}" has the kind "{speaker.kind}"'
                message = f"{what}, but a source declares only unnamed speakers and documents that nobody shows"
                tip = "move it to briefings/speakers.yml, or make it kind: unnamed or kind: document"
                yield Problem(speaker.place.at("kind"), message, tip)


def unknown_topic(briefing: Briefing, site: Site) -> Iterator[Problem]:
    """Every file in claims/ is named after a topic in briefing.yml, and every topic has claims."""
    topics = {topic.id for topic in briefing.file.topics}
    paths = {claim.topic: claim.place.path for claim in briefing.claims}
    for name, path in paths.items():
        yield from report_missing(briefing, name, topics, "topic", Place(path))
    meant = {find_nearest(name, topics - set(paths)) for name in set(paths) - topics}  # the same mistake
    for topic in briefing.file.topics:
        if topic.id not in {*paths, *meant} and not {topic.id, UNREADABLE} & briefing.broken:
            message, tip = f'the topic "{topic.id}" has no claims', f"add claims/{topic.id}.yml, or remove the topic"
            yield Problem(topic.place, message, tip)


def unknown_claim(briefing: Briefing, site: Site) -> Iterator[Problem]:
    """Every claim that a relation or the bottom line names exists, and no claim is related to itself."""
    for claim in briefing.claims:
        for relation in claim.relations:
            if "/" in relation.to:
                yield from report_bad_cross_reference(briefing, site, relation.to, relation.place.at("to"))
                continue
            yield from report_missing(briefing, relation.to, briefing.claim, "claim", relation.place, "to")
            if relation.to == claim.id:
                message = f'the claim "{claim.id}" is related to itself'
                yield Problem(relation.place.at("to"), message, "name the other claim")
    for sentence in briefing.file.bottom_line:
        for i, name in enumerate(sentence.claims):
            yield from report_missing(briefing, name, briefing.claim, "claim", sentence.place, "claims", i)


def unknown_statement(briefing: Briefing, site: Site) -> Iterator[Problem]:
    """Every statement that a figure, an event, parallel passages or `headline_of` names exists; the anchor of an event
    is another event or a source."""
    for parallel in briefing.file.parallels:
        for i, name in enumerate(parallel.statements):
            yield from report_missing(briefing, name, briefing.statement, "statement", parallel.place, "statements", i)
    for _, statement in briefing.statements:
        if body := statement.headline_of:
            yield from report_missing(briefing, body, briefing.statement, "statement", statement.place, "headline_of")
    events = {event.id for event in briefing.events}
    for item in (*briefing.figures, *briefing.events):
        for i, name in enumerate(item.statements):
            yield from report_missing(briefing, name, briefing.statement, "statement", item.place, "statements", i)
        if not item.statements:
            yield Problem(item.place, f'"{item.id}" names no statement', "add statements: [...]")
    for event in briefing.events:
        if event.anchor is not None:
            known = {*briefing.source, *events} - {event.id}
            yield from report_missing(briefing, event.anchor, known, "event or source", event.place, "anchor")


def figure_unquoted(briefing: Briefing, site: Site) -> Iterator[Problem]:
    """The numbers of a figure appear, as digits or words, in its `words` or in a quotation that it names."""
    times = Counter(statement.id for _, statement in briefing.statements)
    exact = {name for name in briefing.checked if times[name] == 1}  # others have been reported
    for figure in briefing.figures:
        known = [briefing.statement[name] for name in figure.statements if name in briefing.statement]
        quotes = [run for statement in known for run in list_source_words(briefing, statement)]
        words = " ".join(filter(None, [figure.words, *quotes]))
        if numbers := find_numbers(figure.value):
            quoted = numbers <= find_numbers(words)
        else:
            quoted = fold(figure.value).casefold() in fold(words).casefold()
        if quotes and not quoted and all(name in exact for name in figure.statements):
            message = f'the value "{figure.value}" of the figure "{figure.id}" is in none of its quotations'
            yield Problem(figure.place.at("value"), message, "add words: with the source's own words for it")


def figure_unit(briefing: Briefing, site: Site) -> Iterator[Problem]:
    """The unit and the qualifier of a figure are those of its `words` or of a quotation that it names, and a qualifier
    that stands with the number there ("at least", "nearly") is not left out."""
    for figure in briefing.figures:
        known = [briefing.statement[name] for name in figure.statements if name in briefing.statement]
        if not known or any(statement.id not in briefing.checked for statement in known):
            continue  # has been reported
        english = all(briefing.source[one.source].lang.partition("-")[0].lower() == "en" for one in known)
        quoted = (run for statement in known for run in list_source_words(briefing, statement))
        words = normalize(" ... ".join(filter(None, [figure.words, *quoted])))
        value, unit, qualifier = (normalize(text or "") for text in (figure.value, figure.unit, figure.qualifier))
        tip = "write it as the source does, or add words: with the source's own words for it"
        if missing := find_missing_unit(unit, f"{words} {value}", english=english) if unit else "":
            message = (
                f'the unit "{figure.unit}" of the figure "{figure.id}" is not in its quotations, which lack "{missing}"'
            )
            yield Problem(figure.place.at("unit"), message, tip)
        if qualifier and find_missing_qualifier(qualifier, f"{words} {value}", english=english):
            message = f'the qualifier "{figure.qualifier}" of the figure "{figure.id}" is in none of its quotations'
            yield Problem(figure.place.at("qualifier"), message, tip)
        elif dropped := find_dropped_qualifier(value, qualifier, words):
            message = f'the figure "{figure.id}" leaves out "{dropped}", which its quotation says of "{figure.value}"'
            yield Problem(figure.place.at("value"), message, f"add qualifier: {dropped}")


def date_unquoted(briefing: Briefing, site: Site) -> Iterator[Problem]:
    """The year, month and day of an event appear in its `words` or in a quotation that it names. The year may be that
    of an article it quotes or of its `anchor`, and the whole date the day on which such an article appeared."""
    times = Counter(statement.id for _, statement in briefing.statements)
    events = {event.id for event in briefing.events}
    for event in briefing.events:
        known = [name for name in event.statements if name in briefing.checked and times[name] == 1]
        if event.when == UNKNOWN or len(known) < len(event.statements):
            continue  # others have been reported
        statements = [briefing.statement[name] for name in known]
        quotes = [run for statement in statements for run in list_source_words(briefing, statement)]
        names = {event.anchor, *(statement.source for statement in statements)}
        days = {source.published for source in briefing.sources if source.id in names}
        if event.when in days or names & briefing.broken:
            continue
        years = [day[:4] for day in days]
        years += [one.when[:4] for one in briefing.events if one.id == event.anchor and one.anchor not in events]
        if missing := find_unstated(event.when, " ".join([event.words or "", *quotes, *years])):
            message = f'{missing} of the event "{event.id}" is in none of its quotations'
            tip = (
                "add words: with what the article says of the date, or an anchor: that it counts from; or leave it out"
            )
            yield Problem(event.place.at("when"), message, tip)


def undated(briefing: Briefing, site: Site) -> Iterator[Problem]:
    """An event dated relative to another keeps the source's own words for when it happened."""
    for event in briefing.events:
        if event.anchor is not None and event.words is None:
            message = f'the event "{event.id}" has an anchor but no words'
            yield Problem(event.place.at("anchor"), message, "add words: with what the source says of the date")


def no_markers(briefing: Briefing, site: Site) -> Iterator[Problem]:
    """The vocabulary lists negations, hedges and conditions for the language of every source."""
    for source in briefing.sources:
        if not site.vocabulary.markers_of(source.lang).all:
            message = f'the vocabulary lists no negations or hedges for the language "{source.lang}"'
            yield Problem(source.place.at("lang"), message, "add them under markers: in briefings/vocabulary.yml")


def empty(briefing: Briefing, site: Site) -> Iterator[Problem]:
    """A briefing has sources, claims, a bottom line and an editor."""
    for what, value, tip in (
        ("sources", briefing.sources, "run: synoptic ingest FILE --briefing " + briefing.slug),
        ("claims", briefing.claims, "add claims/<topic>.yml"),
        ("bottom line", briefing.file.bottom_line, "add bottom_line: to briefing.yml"),
        ("editors", briefing.file.editors, "add editors: to briefing.yml, each with name and affiliation"),
    ):
        if not value and not briefing.broken:
            yield Problem(briefing.file.place, f'the briefing "{briefing.slug}" has no {what} yet', tip)


def _without_accents(text: str) -> str:
    """A text without accents and apostrophes."""
    plain = unicodedata.normalize("NFKD", text.replace("ß", "ss"))
    return "".join(sign for sign in plain if not unicodedata.combining(sign) and sign not in "'\u2019")


def label_of_id(briefing: Briefing, site: Site) -> Iterator[Problem]:
    """The label of a source is the words of its id, spaces and signs aside, so that an address, a column and a file
    name are one name."""
    for source in briefing.sources:
        if source.label is None:
            continue
        typed = unicodedata.normalize("NFC", source.label).casefold()
        plain = [_without_accents(text) for text in (typed, re.sub("[äöü]", r"\g<0>e", typed))]  # "ü" may be "ue"
        letters = ["".join(re.findall("[a-z0-9]+", text)) for text in plain]
        if plain[0].isascii() and source.id.replace("-", "") not in letters:  # no id has other letters
            message = f'the label "{source.label}" is not in the words of the id "{source.id}"'
            tip = f"write label: {source.id.replace('-', ' ').capitalize()}, or rename the source"
            yield Problem(source.place.at("label"), message, tip)


def label_missing(briefing: Briefing, site: Site) -> Iterator[Problem]:
    """A source whose title is unknown has a label, our own short name for it."""
    for source in briefing.sources:
        if source.title == UNKNOWN and source.label is None:
            message = f'"{source.id}" has neither a title nor a label'
            yield Problem(source.place, message, "add label: with our own short name for it")
