"""Rules: claims and their statements are complete. Pure."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator

from build_tools.base.problems import Problem
from build_tools.compare.verdicts import holder
from build_tools.model.briefing import Briefing
from build_tools.model.records import Statement
from build_tools.model.site import Site
from build_tools.text import match

_PLACEHOLDER = re.compile(r"\b(?:TODO|FIXME|TBD|XXX)\b")


def no_statements(briefing: Briefing, site: Site) -> Iterator[Problem]:
    """A claim has statements, unless it is an open question; a question has search terms."""
    for claim in briefing.claims:
        if claim.id in briefing.broken:
            continue
        if claim.kind == "question" and not claim.terms:
            yield Problem(claim.place, f'the question "{claim.id}" has no search terms', "add terms: [...]")
        elif claim.kind != "question" and not claim.statements:
            message = f'the claim "{claim.id}" has no statements'
            yield Problem(claim.place, message, "add one, or make it kind: question")


def placeholder(briefing: Briefing, site: Site) -> Iterator[Problem]:
    """A claim is written: its text is no placeholder, such as a TODO."""
    for claim in briefing.claims:
        if marker := _PLACEHOLDER.search(claim.claim):
            message = f'the claim "{claim.id}" is not written yet: "{marker[0]}"'
            yield Problem(claim.place.at("claim"), message, "say in your own words what is claimed")


def note_missing(briefing: Briefing, site: Site) -> Iterator[Problem]:
    """A statement that qualifies has a note that says what it limits."""
    for _, statement in briefing.statements:
        if statement.stance == "qualifies" and statement.note is None:
            place = statement.place.at("stance")
            yield Problem(place, f'"{statement.id}" qualifies without a note', "add note: what it limits the claim to")


def mode_without_speaker(briefing: Briefing, site: Site) -> Iterator[Problem]:
    """A mode says how a source carries a speaker; where the article speaks itself there is none."""
    for _, statement in briefing.statements:
        if statement.mode is not None and statement.speaker is None:
            message = f'"{statement.id}" has the mode "{statement.mode}" but no speaker'
            yield Problem(statement.place.at("mode"), message, "name the speaker, or remove mode")


def untranslated(briefing: Briefing, site: Site) -> Iterator[Problem]:
    """A quotation in another language than English has our translation into it, and an English one has none."""
    for _, statement in briefing.statements:
        source = briefing.source.get(statement.source)
        foreign = source is not None and source.lang.split("-")[0] != "en"
        if source and foreign != (statement.translation is not None):
            message = f'"{statement.id}" quotes {"a text in " + source.lang if foreign else "English"}'
            tip = "add translation: what it says in English, in our words" if foreign else "remove its translation"
            yield Problem(statement.place.at("quote" if foreign else "translation"), message, tip)


def said_of_oneself(briefing: Briefing, site: Site) -> Iterator[Problem]:
    """Of a claim that somebody said, demanded or ruled out something, the teller is the holder, not the speaker."""
    speakers, saying = site.speakers_of(briefing), site.vocabulary.markers_of("en").saying
    patterns: dict[str, tuple[str, ...]] = {}  # speaker to "Surname said" and the like
    for claim, statement in briefing.statements:
        speaker = speakers.get(statement.speaker or "")
        if speaker is None or speaker.kind == "unnamed":
            continue
        if speaker.id not in patterns:
            surname = match.words(match.fold(speaker.name))[-1:]  # none if the name is of signs alone
            patterns[speaker.id] = tuple(f"{name} {verb}" for name in surname for verb in saying)
        if match.occurring(claim.claim, patterns[speaker.id]):
            message = f'"{statement.id}": {speaker.name} holds what was said, not that it was said'
            tip = "leave speaker out, or make what was said the claim; or add allow: {said-of-oneself: the reason}"
            yield Problem(statement.place.at("quote"), message, tip)


def utterance_alone(briefing: Briefing, site: Site) -> Iterator[Problem]:
    """An utterance has two wordings or more, all of one speaker's own words, or a text of theirs."""
    utterances: dict[str, list[Statement]] = defaultdict(list)
    for _, statement in briefing.statements:
        if statement.utterance:
            utterances[statement.utterance].append(statement)
    for name, wordings in utterances.items():
        if len(wordings) == 1 and not briefing.broken:
            place, message = wordings[0].place.at("utterance"), f'the utterance "{name}" has one wording only'
            yield Problem(place, message, "name its other wording, or remove it")
        first = holder(briefing, wordings[0])
        for statement in wordings:
            if first.startswith("article:") or holder(briefing, statement) != first:
                message = f'the utterance "{name}" is not of one speaker'
                yield Problem(statement.place.at("utterance"), message, "give the statement its speaker, or remove it")
