"""The records that ``lock`` writes: what was checked of a source, and which ids were ever published."""

from typing import Annotated, Self

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from build_tools.model.records import Statement
from build_tools.model.values import Count, Edtf, Id, Keyed, Line, Placed, Several, Sha, Span
from build_tools.text.match import hash_quote


class LockedQuote(Placed):
    """The entry for one quotation, all numbers counted from 1.

    It has the hash of the quotation's normalised words, the number of its block, its ranges of words in the text,
    whether they are inside quotation marks, and the hedges and negations ``beside`` it.
    """

    statement: Id
    sha256: Sha
    block: Count
    words: Annotated[Several[Span], Field(min_length=1)]
    marks: bool
    beside: Several[str] = ()

    def is_of(self, statement: Statement) -> bool:
        """Whether the quotation that was checked is still the statement's."""
        return self.sha256 == hash_quote(statement.quote, statement.cut)


class SharedRun(Placed):
    """A long run of words that another source has too: its block and words here, and its words there."""

    source: Id
    block: Count
    words: Span
    theirs: Span


class Lock(Placed):
    """``sources/<id>.lock``: what was checked against the full text, by whom, when."""

    sha256: Sha
    words: Count
    blocks: Count
    checked_by: Line | None = None
    checked_on: Annotated[Edtf, Field(pattern=r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$")] | None = None
    compared: Several[Id] = ()
    shared: Several[SharedRun] = ()
    quotes: Several[LockedQuote] = ()
    terms: Keyed[str, Several[Count]] = Field(default_factory=dict)

    @model_validator(mode="after")
    def _within(self) -> Self:
        """Every place is inside the text."""
        for quote in self.quotes:
            inside = all(1 <= first <= last <= self.words for first, last in quote.words)
            if not inside or quote.block > self.blocks:
                text = f'the place of "{quote.statement}" lies outside the {self.words} words of the text'
                raise PydanticCustomError("place", "{text}", {"text": text})
        for run in self.shared:
            if not 1 <= run.words[0] <= run.words[1] <= self.words or run.block > self.blocks:
                text = f'a passage shared with "{run.source}" lies outside the {self.words} words of the text'
                raise PydanticCustomError("place", "{text}", {"text": text})
        return self


class Register(Placed):
    """``ids.lock``: every id of a briefing that was ever published."""

    claims: Several[Id] = ()
    statements: Several[Id] = ()
    sources: Several[Id] = ()
    topics: Several[Id] = ()
    speakers: Several[Id] = ()
