"""The permanent address of each claim, ``/c/<briefing>/<claim>/``: a small page that leads to where it stands, or
says why it is gone. Pure."""

from __future__ import annotations

from build_tools.compare import ids
from build_tools.model import paging
from build_tools.model.site import Site
from build_tools.site import csp
from build_tools.text.encode import relative, text

FOLDER = "c"
_PAGE = (
    '<!doctype html><html lang="en"><meta charset="utf-8">'
    f'<meta http-equiv="Content-Security-Policy" content="{csp.PERMALINK}">'
    "<title>{title}</title>{canonical}"
    '<meta name="robots" content="noindex"><meta http-equiv="refresh" content="0; url={href}">'
    '<p>{what} <a href="{href}">{path}</a>.</p></html>\n'
)


def pages(site: Site) -> dict[str, str]:
    """The page of every claim that is or was published, by its path under ``c/``. No Markdown and no theme: there may
    be ten thousand."""
    found = {}
    for briefing in site.briefings:
        at, base = f"{FOLDER}/{briefing.slug}", f"briefings/{briefing.slug}"
        topic = {claim: f"{base}/{home}" for claim, home in paging.homes(briefing).items()}
        was = [one for one in ids.moved(briefing, site) if one.subject == "claim" and one.old not in topic]
        there = [(one.id, one.claim, "This claim stands at", topic[one.id], one.id) for one in briefing.claims]
        for one in was:
            if one.now:
                title = briefing.claim[one.now].claim
                there.append((one.old, title, "This claim has another id now, and stands at", topic[one.now], one.now))
            else:
                there.append((one.old, one.old, "This claim is gone. Why is said at", f"{base}/gone/", one.anchor))
        for claim, *rest in there:
            found[f"{briefing.slug}/{claim}/index.html"] = _page(site, f"{at}/{claim}/", *rest)
    return found


def _page(site: Site, here: str, title: str, what: str, path: str, anchor: str) -> str:
    home = site.publication.site_url
    return _PAGE.format(
        title=text(title),
        what=what,
        canonical=f'<link rel="canonical" href="{text(home.rstrip("/") + "/" + path)}">' if home else "",
        href=relative(here, path, anchor),
        path=text(f"{path}#{anchor}"),
    )
