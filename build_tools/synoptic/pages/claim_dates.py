"""When a claim was stated, changed and verified, and where readers report a problem with it. Pure."""

from typing import NamedTuple
from urllib.parse import quote, urlencode

from markupsafe import Markup

from synoptic.compare.quotations import find_check_day
from synoptic.model.records import Claim
from synoptic.pages.context import Context
from synoptic.text.language import format_date, gettext


class ClaimDates(NamedTuple):
    """When a claim was first stated, last changed and last verified, in words; empty if unknown.

    ``since`` is the ISO date of the last change, empty if nothing changed since publication.
    """

    first: str
    last: str
    history: Markup | None
    verified: str
    since: str


def find_dates(context: Context, claim: Claim) -> ClaimDates:
    """The dates of a claim, from the history and from the locks of the articles that it rests on."""
    history, briefing = context.site.history, context.briefing
    verified = find_check_day(briefing, claim)
    checked = format_date(verified) if verified else ""
    if not history or not context.changes:
        return ClaimDates("", "", None, checked, "")
    dates, since = history.claim_dates(briefing.slug, claim.id), history.claim_changed_on(briefing.slug, claim.id)
    before = gettext("before %(date)s", date=format_date(history.since.day)) if history.since else ""
    first = format_date(dates.first.day) if dates.first else before
    last = format_date(dates.last.day) if dates.last else ""
    entry = dates.last or dates.first
    page = f"changes/{history.page_numbers[briefing.slug, entry.commit]}/" if entry else ""
    return ClaimDates(first, last, context.address(page, entry.anchor) if entry else None, checked, since)


def report_url(context: Context, claim: Claim, sources: str) -> str:
    """Where readers report a problem with a claim, the form filled in; empty if mkdocs.yml names no place."""
    publication = context.site.publication
    base = publication.report_url
    named, page = f"{context.briefing.slug}/{claim.id}", context.public_url(f"c/{context.briefing.slug}/{claim.id}/")
    fields = {"claim": named, "briefing": context.briefing.slug, "source": sources}
    if page:  # else the script on the page adds it
        fields["page"] = page
    if commit := context.site.commits.get(context.briefing.slug):
        fields["commit"] = commit
    if base.startswith("mailto:"):
        fields = {
            "subject": f"{publication.name}: {named} ({sources})",
            "body": page,
        }
    return base and f"{base}{'&' if '?' in base else '?'}{urlencode(fields, quote_via=quote)}"
