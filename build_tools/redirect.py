"""The permanent address of each claim, ``/c/<briefing>/<claim>/``: a small page that leads to where it stands. Pure."""

from __future__ import annotations

from build_tools.encode import relative, text
from build_tools.model import Briefing, Claim, Site

FOLDER = "c"
_PAGE = (
    '<!doctype html><html lang="en"><meta charset="utf-8"><title>{claim}</title>{canonical}'
    '<meta name="robots" content="noindex"><meta http-equiv="refresh" content="0; url={href}">'
    '<p>This claim stands at <a href="{href}">{path}</a>.</p></html>\n'
)


def pages(site: Site) -> dict[str, str]:
    """The page of every claim, by its path under ``c/``. No Markdown and no theme: there may be ten thousand."""
    return {
        f"{briefing.slug}/{claim.id}/index.html": _page(site, briefing, claim)
        for briefing in site.briefings
        for claim in briefing.claims
    }


def _page(site: Site, briefing: Briefing, claim: Claim) -> str:
    topic, home = f"briefings/{briefing.slug}/topics/{claim.topic}/", site.publication.site_url
    return _PAGE.format(
        claim=text(claim.claim),
        canonical=f'<link rel="canonical" href="{text(home.rstrip("/") + "/" + topic)}">' if home else "",
        href=relative(f"{FOLDER}/{briefing.slug}/{claim.id}/", topic, claim.id),
        path=text(f"{topic}#{claim.id}"),
    )
