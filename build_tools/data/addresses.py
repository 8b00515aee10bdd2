"""Addresses in the published data: full ones if the site has a URL, else relative ones. Pure."""

from urllib.parse import urljoin

from build_tools.model.briefing import Briefing
from build_tools.model.records import Claim
from build_tools.model.site import Site
from build_tools.text.encode import relative


def page_address(site: Site, here: str, path: str, anchor: str = "") -> str:
    """The full address of a page, or, if the site has no URL, the address relative to the page at ``here``."""
    home = site.publication.site_url
    if not home:
        return str(relative(here, path, anchor))
    return urljoin(home.rstrip("/") + "/", path) + (f"#{anchor}" if anchor else "")


def claim_address(site: Site, briefing: Briefing, claim: Claim, here: str) -> str:
    """The permanent address of a claim."""
    return page_address(site, here, f"c/{briefing.slug}/{claim.id}/")
