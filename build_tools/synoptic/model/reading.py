"""A second reading: what somebody answered about statements, without seeing who the briefing says holds them, with
which stance, or of which kind their claim is. ``readings/<day>-<name>.yml``, which ``reconcile`` writes."""

from typing import Annotated

from pydantic import Field

from synoptic.model.values import DAY, Count, Edtf, Id, Keyed, Line, Placed, Several, Sha, word

#: The holder of the words of an article that speaks for itself; no id has a space in it.
ARTICLE = "the article"


class Coding(Placed):
    """What one reader answered about a statement. What was left blank is missing."""

    holder: Line | None = None
    """Who holds it: the id of a speaker, `the article`, or a name that nobody in the briefing has."""
    stance: Annotated[str, word("stances")] | None = None
    """The stance of its holder on the claim."""
    kind: Annotated[str, word("kinds")] | None = None
    """The kind of the claim. The second reader is asked once for each claim."""


class ReadStatement(Placed):
    """A statement as it was read twice: a change of any of these voids the reading of it."""

    statement: Id
    """The statement."""
    quote_sha256: Sha
    """The hash of its quotation."""
    claim_sha256: Sha
    """The hash of the claim's sentence."""
    first: Coding
    """What the briefing said."""
    second: Coding
    """What the second reader answered."""


class Reading(Placed):
    """``readings/<id>.yml``: one sheet that somebody filled in."""

    name: Line
    """The second reader's name, as typed."""
    day: Annotated[Edtf, Field(pattern=DAY)]
    """The day on which both answers were put side by side."""
    outside: bool = False
    """Whether the reader has no part in the project; if omitted, it is the project's own second reading."""
    note: Line | None = None
    """How it was done, for readers: help, conditions, limits."""
    seed: Annotated[int, Field(ge=0, le=2_000_000)]
    """The number from which the sample was drawn."""
    drawn: Count
    """How many statements were on the sheet."""
    names: Keyed[Line, Id] = Field(default_factory=dict)
    """What the reader called a speaker, and whom somebody took that for afterwards."""
    statements: Annotated[Several[ReadStatement], Field(min_length=1)]
    """The statements about which the reader answered anything, in the order of the sheet."""
