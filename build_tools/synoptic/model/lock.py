"""The records of ``sources/<id>.lock`` and ``ids.lock``: what was checked, by whom, and which ids were published."""

from typing import Annotated, Self

from pydantic import Field, PrivateAttr, model_validator
from pydantic_core import PydanticCustomError

from synoptic.model.proof import Proof
from synoptic.model.records import SearchTerm, Statement
from synoptic.model.values import DAY, Count, Edtf, Id, Keyed, Line, Placed, Several, Sha, Span
from synoptic.text.match import hash_quote

#: A number of things, perhaps none.
Number = Annotated[int, Field(ge=0, le=2_000_000)]


class Reader(Placed):
    """A person who checked quotations against a text, and the last day on which they did."""

    name: Line
    day: Annotated[Edtf, Field(pattern=DAY)]


class LockedQuote(Placed):
    """The entry for one quotation, all numbers counted from 1.

    It has the hash of the quotation's normalised words, the number of its block, its ranges of words in the text,
    whether they are inside quotation marks (or a speaker's, in a block quotation), and the hedges and negations
    ``beside`` it. ``ours`` are those of its brackets that hold words of ours; ``whole`` is recorded only of long
    narration that is one whole sentence.
    """

    statement: Id
    sha256: Sha
    block: Count
    words: Annotated[Several[Span], Field(min_length=1)]
    marks: bool
    beside: Several[str] = ()
    ours: Several[Count] = ()
    whole: bool = False
    by: Several[Line] = ()
    """Who checked these words, if not all readers of the lock."""

    def is_of(self, statement: Statement) -> bool:
        """Whether the quotation that was checked is still the statement's."""
        return self.sha256 == hash_quote(statement.quote, statement.cut)


class Turn(Placed):
    """A word beside a quotation that takes it back or limits it ("but"), and the range of words that it belongs to;
    ``unsure`` if it may speak of something else."""

    word: Line
    words: Span
    unsure: bool = False


class SharedRun(Placed):
    """A long run of words that another source has too: its block and words here, and its words there."""

    source: Id
    block: Count
    words: Span
    theirs: Span


class Telling(Placed):
    """Facts of how a source tells its story: a number for each block, and blocks by word, once for each hit.

    A program counts them, so nobody signs for them.
    """

    words: Several[Number]
    """The words of each block."""
    quoted: Several[Number]
    """How many of them are inside quotation marks."""
    hedges: Keyed[str, Several[Count]] = Field(default_factory=dict)
    """Every hedge that the vocabulary listed for the language, with the blocks in which it occurs."""
    names: Keyed[str, Several[Count]] = Field(default_factory=dict)
    """The names and spellings that were searched, with the blocks in which they occur."""


class Lock(Placed):
    """``sources/<id>.lock``: what was checked against the full text, by whom, when; ``also`` has later readers."""

    sha256: Sha
    words: Count
    blocks: Count
    checked_by: Line | None = None
    checked_on: Annotated[Edtf, Field(pattern=DAY)] | None = None
    also: Several[Reader] = ()
    compared: Several[Id] = ()
    shared: Several[SharedRun] = ()
    quotes: Several[LockedQuote] = ()
    terms: Keyed[str, Several[Count]] = Field(default_factory=dict)
    """Search term to the blocks with a hit, once for each hit."""
    names: Keyed[str, Several[Count]] = Field(default_factory=dict)
    """The same for terms that are names, whose case counts."""
    unlikely: Keyed[Id, Several[Count]] | None = None
    """Claim to the blocks with hits that are unlike it, so that nobody is asked about them; older locks have none."""
    context: Keyed[Id, Several[Turn]] | None = None
    """Statement to what takes its quotation back or limits it in the text around; older locks have none."""
    telling: Telling | None = None
    proofs: Several[Proof] = ()
    """Signatures and time stamps, of each reader one at most."""

    def hits_of(self, term: SearchTerm) -> tuple[int, ...] | None:
        """The blocks in which a term occurs; None if it was not searched."""
        return (self.names if term.is_name else self.terms).get(term.term)

    _readers: tuple[Reader, ...] = PrivateAttr(())

    @property
    def readers(self) -> tuple[Reader, ...]:
        """Everyone who signed."""
        return self._readers

    @property
    def last_checked_on(self) -> str | None:
        """The day of the last check; None if nobody signed."""
        days = [self.checked_on, *(reader.day for reader in self.also)] if self.checked_by and self.checked_on else []
        return max(days, default=None)

    def readers_of(self, entry: LockedQuote) -> tuple[Reader, ...]:
        """Those who checked the words of an entry."""
        readers = self.readers
        return tuple(reader for reader in readers if reader.name in entry.by) if entry.by else readers

    @model_validator(mode="after")
    def _signed(self) -> Self:
        """Every entry was checked by readers of the lock."""
        if self.checked_by and self.checked_on:  # without a place, pydantic would copy the default one each time
            first = Reader.model_construct(name=self.checked_by, day=self.checked_on, place=self.place)
            self._readers = (first, *self.also)
        known = {self.checked_by, *(reader.name for reader in self.also)}
        for name in (name for entry in self.quotes for name in entry.by if name not in known):
            text = f'"{name}" is not among those who signed the lock'
            raise PydanticCustomError("reader", "{text}", {"text": text})
        return self

    @model_validator(mode="after")
    def _proved_once(self) -> Self:
        """No reader has two proofs."""
        names = [proof.name for proof in self.proofs]
        for name in {name for name in names if names.count(name) > 1}:
            text = f'"{name}" has more than one entry under proofs'
            raise PydanticCustomError("place", "{text}", {"text": text})
        return self

    @model_validator(mode="after")
    def _within(self) -> Self:
        """Every place is inside the text."""
        for quote in self.quotes:
            inside = all(1 <= first <= last <= self.words for first, last in quote.words)
            if not inside or quote.block > self.blocks:
                text = f'the place of "{quote.statement}" lies outside the {self.words} words of the text'
                raise PydanticCustomError("place", "{text}", {"text": text})
        for turn in (one for turns in (self.context or {}).values() for one in turns):
            if not 1 <= turn.words[0] <= turn.words[1] <= self.words:
                text = f'the place of "{turn.word}" lies outside the {self.words} words of the text'
                raise PydanticCustomError("place", "{text}", {"text": text})
        for run in self.shared:
            if not 1 <= run.words[0] <= run.words[1] <= self.words or run.block > self.blocks:
                text = f'a passage shared with "{run.source}" lies outside the {self.words} words of the text'
                raise PydanticCustomError("place", "{text}", {"text": text})
        return self

    @model_validator(mode="after")
    def _told(self) -> Self:
        """The facts of the telling fit the length of the text."""
        if (told := self.telling) is None:
            return self
        blocks = {block for hits in (*told.hedges.values(), *told.names.values()) for block in hits}
        inside = len(told.words) == len(told.quoted) and all(
            quoted <= words for words, quoted in zip(told.words, told.quoted, strict=True)
        )
        if (
            not inside
            or len(told.words) != self.blocks
            or sum(told.words) != self.words
            or max(blocks, default=0) > self.blocks
        ):
            text = f"the facts under telling do not fit the {self.words} words in {self.blocks} paragraphs of the text"
            raise PydanticCustomError("place", "{text}", {"text": text})
        return self


class Register(Placed):
    """``ids.lock``: every id of a briefing that was ever published."""

    claims: Several[Id] = ()
    statements: Several[Id] = ()
    sources: Several[Id] = ()
    topics: Several[Id] = ()
    speakers: Several[Id] = ()
