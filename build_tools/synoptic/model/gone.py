"""What was published once, and is gone."""

from typing import Annotated

from pydantic import Field

from synoptic.model.values import Id, Line, Placed, Reference, Several


class Gone(Placed):
    """Why something that was published is gone, and what replaces it."""

    ids: Annotated[Several[Id], Field(min_length=1)]
    """Published ids that are no longer in use."""
    why: Line
    """Why they are gone, in one sentence for readers."""
    to: Reference | None = None
    """The replacement: an id of this briefing, or <briefing>/<claim>."""
