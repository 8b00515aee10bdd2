"""What became of an article after it was quoted: later versions, as contributors type them; and
``sources/<id>.watch.yml``, in which ``watch`` notes what an address gave on which day, and never any words of it."""

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from synoptic.model.values import Count, Edtf, Id, Line, Placed, Several, Sha, Url

#: A day, such as 2031-03-12.
Day = Annotated[Edtf, Field(pattern=r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$")]
#: The address of the article itself, or that of its saved copy.
At = Literal["page", "archive"]
#: read: the article is there. wall: one has to pay or to sign in. missing: no such page. unread: anything else.
Answer = Literal["read", "wall", "missing", "unread"]


class Version(Placed):
    """A later version of the same article. Quotations stay those of the version that the lock names."""

    day: Edtf
    """The day of this version, or on which somebody saw it."""
    note: Line
    """How it differs from the quoted version, in our own words."""
    sha256: Sha | None = None
    """The SHA-256 of a copy of this version."""
    lock: Id | None = None
    """The source that has this version's own text and lock, if there is one."""


class Look(Placed):
    """What one address gave on ``day``, and each time since ``first``."""

    at: At
    """The page, or its saved copy in an archive."""
    address: Url
    """The address that was asked."""
    first: Day
    """The first day on which it gave the same."""
    day: Day
    """The last day on which it did."""
    answer: Answer
    """Whether the article could be read there."""
    status: Annotated[int, Field(ge=100, le=999)] | None = None
    """The HTTP status, unless it is 200."""
    quotations: Count
    """How many quotations were looked for."""
    there: Annotated[int, Field(ge=0, le=2_000_000)] = 0
    """How many of them were there, word for word."""
    changed: Several[Id] = ()
    """The statements whose quotations had other words."""
    gone: Several[Id] = ()
    """The statements whose quotations were gone."""

    @model_validator(mode="after")
    def _sound(self) -> Self:
        """The numbers and days fit each other."""
        found = self.there + len(self.changed) + len(self.gone)
        if self.first > self.day:
            text = f"the first day, {self.first}, is after the last, {self.day}"
        elif found > self.quotations or (self.answer == "read" and found != self.quotations):
            text = f"{found} quotations are accounted for, but {self.quotations} were looked for"
        else:
            return self
        raise PydanticCustomError("watch", "{text}", {"text": text})


class Watch(Placed):
    """``sources/<id>.watch.yml``: what the article's addresses gave, the latest look last."""

    looks: Several[Look]
    """A look for each change of what an address gave."""

    def last(self, at: At) -> Look | None:
        """The latest look at the page or at its saved copy."""
        return next((look for look in reversed(self.looks) if look.at == at), None)
