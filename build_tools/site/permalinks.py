"""The permanent address of each claim, ``/c/<briefing>/<claim>/``: a small page that redirects to the claim, or says
why it is gone. Pure."""

from build_tools.compare.ids import explain_unused
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
    '<p>{text_before} <a href="{href}">{path}</a>.</p></html>\n'
)


def render_permalinks(site: Site) -> dict[str, str]:
    """The page of every claim that is or was published, by its path under ``c/``.

    They bypass Markdown and the theme, since there may be ten thousand.
    """
    pages = {}
    for briefing in site.briefings:
        base = f"briefings/{briefing.slug}"
        topic = {claim: f"{base}/{home}" for claim, home in paging.claim_paths(briefing).items()}
        moved = [
            change for change in explain_unused(briefing, site) if change.subject == "claim" and change.old not in topic
        ]
        rows = [(claim.id, claim.claim, "This claim is at", topic[claim.id], claim.id) for claim in briefing.claims]
        for change in moved:
            if change.now:
                title = briefing.claim[change.now].claim
                text_before = "This claim has a new id, and is now at"
                rows.append((change.old, title, text_before, topic[change.now], change.now))
            else:
                rows.append(
                    (change.old, change.old, "This claim was removed. The reason is at", f"{base}/gone/", change.anchor)
                )
        for claim_id, *row in rows:
            here = f"{FOLDER}/{briefing.slug}/{claim_id}/"
            pages[f"{briefing.slug}/{claim_id}/index.html"] = _render_page(site, here, *row)
    return pages


def _render_page(site: Site, here: str, title: str, text_before: str, path: str, anchor: str) -> str:
    home = site.publication.site_url
    return _PAGE.format(
        title=text(title),
        text_before=text_before,
        canonical=f'<link rel="canonical" href="{text(home.rstrip("/") + "/" + path)}">' if home else "",
        href=relative(here, path, anchor),
        path=text(f"{path}#{anchor}"),
    )
