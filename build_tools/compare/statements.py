"""Statements by source and speaker: who holds them, and where in an article they are. Pure."""

from collections.abc import Iterable

from build_tools.model.briefing import Briefing
from build_tools.model.records import Claim, Statement


def list_statements_in(briefing: Briefing, source: str) -> list[tuple[Claim, Statement]]:
    """The statements that a source carries, each with its claim."""
    return [(claim, statement) for claim, statement in briefing.statements if statement.source == source]


def list_statements_by(briefing: Briefing, speaker: str) -> list[tuple[Claim, Statement]]:
    """The statements of known sources that a speaker holds, each with its claim."""
    return [
        (claim, statement)
        for claim, statement in briefing.statements
        if statement.source in briefing.source and briefing.speaker_of(statement) == speaker
    ]


def find_holder(briefing: Briefing, statement: Statement) -> str:
    """Who holds a statement: a speaker's id; ``article:`` and the source's id if the article speaks for itself."""
    return briefing.speaker_of(statement) or f"article:{statement.source}"


def find_origin(briefing: Briefing, source: str) -> str:
    """The origin of a source; sources that copy each other share one."""
    record = briefing.source.get(source)
    return (record.origin if record else None) or source


def count_origins(briefing: Briefing, sources: Iterable[str]) -> int:
    """The number of origins of some sources."""
    return len({find_origin(briefing, source) for source in sources})


def find_block_kind(briefing: Briefing, statement: Statement) -> str:
    """The kind of the block in which a statement's quotation begins, as ``body`` or ``headline``."""
    entry, source = briefing.locked(statement), briefing.source.get(statement.source)
    number = entry.block if entry else statement.paragraph or 0
    return source.paragraphs.get(number, "body") if source else "body"
