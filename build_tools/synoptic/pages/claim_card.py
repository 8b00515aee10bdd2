"""A claim alone, as its topic's page shows it. Pure."""

from synoptic.model.records import Claim
from synoptic.pages.claim import claim_view
from synoptic.pages.context import Context
from synoptic.pages.environment import environment
from synoptic.pages.matrix import row_address
from synoptic.text.encode import address, resolve_addresses


def render_card(context: Context, claim: Claim) -> str:
    """The HTML of a claim. Its links are relative to the page of its topic."""
    views = {
        "c": claim_view(context, claim),
        "row": row_address(context, claim),
        "rules": address("method/", "verdicts"),
    }
    printed = environment().get_template("claim_card.html.j2").render(**views)
    return resolve_addresses(printed, f"{context.base}topics/{claim.topic}/")
