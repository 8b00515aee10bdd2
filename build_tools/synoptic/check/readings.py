"""Rules: second readings are by others, of statements that exist, and say what no longer counts. Pure."""

from collections.abc import Iterator

from synoptic.base.problems import Problem
from synoptic.check.rule import report_missing, report_unknown_word
from synoptic.compare.readings import is_first_reader, list_read
from synoptic.model.site import Briefing, Site


def read_by_another(briefing: Briefing, site: Site) -> Iterator[Problem]:
    """A second reading is by somebody who neither edits the briefing nor checked its quotations."""
    for reading in briefing.readings.values():
        if is_first_reader(briefing, reading.name):
            message = f'"{reading.name}" edits this briefing or checked its quotations, and so is not a second reader'
            yield Problem(reading.place.at("name"), message, "let somebody else read, or remove the file")


def read_answers(briefing: Briefing, site: Site) -> Iterator[Problem]:
    """A second reading names statements that the briefing has or once had, each once, and answers in the words of the
    vocabulary; whoever the reader named is taken for a speaker of the briefing."""
    had = _list_ids(briefing)
    # the rule unknown-speaker reports a speaker whom a statement names as well
    speakers = {*site.speakers_of(briefing), *filter(None, (one.speaker for _, one in briefing.statements))}
    for reading in briefing.readings.values():
        seen: set[str] = set()
        for entry in reading.statements:
            yield from report_missing(briefing, entry.statement, had, "statement", entry.place, "statement")
            if entry.statement in seen:
                message = f'the statement "{entry.statement}" is in this reading twice'
                yield Problem(entry.place.at("statement"), message, "keep one of the two")
            seen.add(entry.statement)
            for coding in (entry.first, entry.second):
                for name, word in (("stance", coding.stance), ("kind", coding.kind)):
                    if word is not None:
                        yield from report_unknown_word(site, f"{name}s", word, name, coding.place, name)
        for typed, speaker in reading.names.items():
            place = reading.place.at("names")
            for problem in report_missing(briefing, speaker, speakers, "speaker", place):
                yield Problem(place, f'{problem.message}, whom "{typed}" is said to be', problem.tip)


def read_before(briefing: Briefing, site: Site) -> Iterator[Problem]:
    """A statement that changed after somebody read it a second time no longer counts as read."""
    had = _list_ids(briefing)
    for twice in list_read(briefing):
        if twice.void and twice.entry.statement in had and (twice.statement or not briefing.broken):
            message = f'"{twice.entry.statement}" no longer counts as read by "{twice.reading.name}": {twice.void}'
            message += " changed" if twice.statement else ""
            tip = f"leave it as it was read, or have more read: synoptic second-reading {briefing.slug}"
            yield Problem(twice.entry.place, message, tip, level="warning")


def _list_ids(briefing: Briefing) -> set[str]:
    """Every id that a statement of the briefing has or once had."""
    had = {old for _, statement in briefing.statements for old in statement.was}
    had |= {*briefing.statement, *(name for gone in briefing.file.gone for name in gone.ids)}
    had.update(briefing.register.statements if briefing.register else ())
    return had
