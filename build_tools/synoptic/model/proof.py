"""Signatures and time stamps: what a lock holds of them, who may sign, and the result of verifying one."""

from dataclasses import dataclass
from typing import Annotated, Literal

from pydantic import Field

from synoptic.model.values import DAY, Edtf, Line, Placed, Several, Sha

#: The beginning of a SHA-256 over one thing that was checked, 128 bits in hexadecimal.
Digest = Annotated[str, Field(pattern="^[0-9a-f]{32}$")]
#: Bytes in Base64, on one line.
Base64 = Annotated[str, Field(pattern="^[A-Za-z0-9+/]+={0,2}$", max_length=40_000)]


class Proof(Placed):
    """What one reader of a lock stands for, and the proofs of it: their SSH signature, a time stamp, or both.

    Signed is a statement that repeats all of this, with the briefing, the source and the SHA-256 of the text.
    """

    name: Line
    day: Annotated[Edtf, Field(pattern=DAY)]
    quotes: Several[Digest] = ()
    """The entries that they checked: a digest of each (see ``compare.proofs``)."""
    rest: Digest | None = None
    """All else that the lock held; none if they checked only the quotations."""
    copy_sha256: Sha | None = None
    """The SHA-256 of their own copy, if they used another than the lock's."""
    ssh: Base64 | None = None
    """The signature, as ``ssh-keygen -Y sign`` writes it between its first and last line."""
    stamp: Base64 | None = None
    """The answer of a time-stamping server (RFC 3161) about the statement and its signature."""


@dataclass(frozen=True)
class Signer:
    """A line of briefings/signers: a key, the names that it may sign as, and when; times as the line gives them."""

    names: tuple[str, ...]
    kind: str
    key: str
    line: int
    after: str = ""
    before: str = ""

    @property
    def limits(self) -> str:
        """From when until when it may sign, in words."""
        parts = (f"from {self.after}" * bool(self.after), f"until {self.before}" * bool(self.before))
        return " ".join(filter(None, parts)) or "at any time"


@dataclass(frozen=True)
class Trust:
    """Who may sign, and the certificates (PEM) of the time-stamping authorities that may bear witness."""

    signers: tuple[Signer, ...] = ()
    authorities: bytes = b""


#: ``fits``; ``does not fit``; ``not verified`` if this machine lacks the program for it; ``none`` if there is none.
State = Literal["fits", "does not fit", "not verified", "none"]


@dataclass(frozen=True)
class Verified:
    """The result of verifying one proof. ``key`` is the key that signed, in Base64, if it fits; ``why`` and
    ``stamp_why`` say why one does not fit or was not verified; ``stamped`` is the time of a stamp that fits, in UTC."""

    signature: State
    why: str = ""
    key: str = ""
    stamp: State = "none"
    stamp_why: str = ""
    stamped: str = ""
