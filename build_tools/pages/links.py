"""Addresses of pages that belong to the whole site, and links to claims of any briefing. Pure."""

from build_tools.model.change import Change
from build_tools.model.history import History
from build_tools.model.records import Claim
from build_tools.model.site import Briefing, Site
from build_tools.pages.context import Context
from build_tools.pages.views import Link
from build_tools.text.encode import relative

CHANGES = "changes/"
SPEAKERS = "speakers/"


def speaker_path(speaker: str) -> str:
    """The page of a named speaker across all briefings, by their id."""
    return f"{SPEAKERS}{speaker}/"


def briefing_link(site: Site, slug: str, here: str) -> Link | None:
    """A briefing, as linked from the page at ``here``; None if it is gone."""
    outline = site.summaries.get(slug)
    return Link(outline.title, relative(here, f"briefings/{slug}/")) if outline else None


def elsewhere_link(site: Site, briefing: Briefing, claim: Claim) -> Link:
    """A claim of another briefing, named with that briefing."""
    return Link(f"{claim.claim} ({briefing.file.title})", Context(site, briefing).claim_address(claim))


def changed_claim_link(site: Site, history: History, change: Change) -> Link | None:
    """The claim that a change belongs to, in its words of today; None if it is gone."""
    briefing = site.briefing.get(change.briefing)
    claim = briefing.claim.get(history.current_id(change.briefing, "claim", change.claim)) if briefing else None
    return Context(site, briefing).claim_link(claim) if briefing and claim else None
