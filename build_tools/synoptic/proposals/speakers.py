"""Whether the speakers of statements are whom their texts name, by the same rules for proposals and tables. Pure."""

from collections.abc import Iterator

from synoptic.base.problems import Problem
from synoptic.check.rule import shorten
from synoptic.compare.lock import find_quotation
from synoptic.model.records import Source, Statement
from synoptic.model.site import Briefing, Site
from synoptic.proposals.attribution import Attribution
from synoptic.suggest.word_lists import words_of
from synoptic.text.match import Match

RULE = "row"


def make_attribution(briefing: Briefing, site: Site, source: Source) -> Attribution:
    """What the text of a source says of who says what; the text must be at hand."""
    words = words_of(source.lang, site.vocabulary.markers_of(source.lang))
    return Attribution(source, briefing.texts[source.id], words, [*site.speakers, *source.speakers])


def find_wrong_speakers(before: Briefing, after: Briefing, site: Site) -> Iterator[Problem]:
    """The statements that are new, or whose words or speaker changed, whose text at hand names somebody else."""
    old = {one.id: one for _, one in before.statements}
    readers: dict[str, Attribution] = {}
    for _, statement in after.statements:
        was, source = old.get(statement.id), after.source.get(statement.source)
        text = after.texts.get(statement.source)
        if source is None or text is None or (was and _key(was) == _key(statement)):
            continue
        match = find_quotation(statement, source, text, site.vocabulary)
        if match is None:
            continue
        if source.id not in readers:
            readers[source.id] = make_attribution(after, site, source)
        if fault := _find_fault(after, site, statement, match, readers[source.id]):
            yield fault


def _key(statement: Statement) -> tuple[object, ...]:
    return statement.source, statement.quote, statement.speaker, statement.paragraph


def _find_fault(
    briefing: Briefing, site: Site, statement: Statement, match: Match, reader: Attribution
) -> Problem | None:
    source, quote = reader.source, shorten(statement.quote)
    tip = f"see paragraph {match.block} of {source.id}"
    if statement.speaker is None:
        if source.voice or not (unsaid := reader.find_unsaid(match)):
            return None
        message = f'the words "{quote}" have no speaker, but "{source.id}" credits them to {unsaid}'
        return Problem(statement.place.at("speaker"), message, f"add the speaker; {tip}", RULE)
    speaker = site.find_speaker(briefing, statement)
    if speaker is None or source.voice == speaker.id:
        return None
    if fault := reader.find_fault(match, speaker):
        message = f'"{speaker.name}" cannot be the speaker of "{quote}": {fault}'
        return Problem(statement.place.at("speaker"), message, tip, RULE)
    return None
