"""The permanent address of each claim, ``/c/<briefing>/<claim>/``: a small page that redirects to the claim, or says
why it is gone. It tells a network what to show of a shared link, since a network does not follow the redirect. Pure."""

from typing import NamedTuple

from synoptic.compare.ids import explain_unused
from synoptic.model import paging
from synoptic.model.site import Briefing, Site
from synoptic.pages.context import card_path
from synoptic.site import csp
from synoptic.site.embeds import discovery_link
from synoptic.text.encode import relative, text
from synoptic.text.language import current, gettext

FOLDER = "c"
_PAGE = (
    '<!doctype html><html lang="{language}"{direction}><meta charset="utf-8">'
    f'<meta http-equiv="Content-Security-Policy" content="{csp.PERMALINK}">'
    "<title>{title}</title>{canonical}{data}{shared}"
    '<meta name="robots" content="noindex"><meta http-equiv="refresh" content="0; url={href}">'
    "<p>{said}</p></html>\n"
)


class Target(NamedTuple):
    """Where an address leads: its title, what is said of it, with ``%(address)s`` for the link, the page and its
    anchor, the topic whose card is shown (empty for the briefing's), and
    the claim that can be embedded (empty if it is gone)."""

    title: str
    said: str
    path: str
    anchor: str
    topic: str = ""
    claim: str = ""


def render_permalinks(site: Site, briefing: Briefing) -> dict[str, str]:
    """The page of every claim of a briefing that is or was published, by its path under ``c/``.

    They bypass Markdown and the theme, since there may be ten thousand.
    """
    return {
        f"{briefing.slug}/{name}/index.html": _render_page(site, briefing, name, target)
        for name, target in _find_targets(site, briefing).items()
    }


def _find_targets(site: Site, briefing: Briefing) -> dict[str, Target]:
    """Where the address of each id leads that a claim of a briefing has or had."""
    base = f"briefings/{briefing.slug}"
    home = {claim: f"{base}/{path}" for claim, path in paging.claim_paths(briefing).items()}
    said = gettext("This claim is at %(address)s.")
    found = {
        claim.id: Target(claim.claim, said, home[claim.id], claim.id, claim.topic, claim.id)
        for claim in briefing.claims
    }
    for change in explain_unused(briefing, site):
        if change.subject != "claim" or change.old in home:
            continue
        if change.now:
            claim = briefing.claim[change.now]
            said = gettext("This claim has a new id, and is now at %(address)s.")
            found[change.old] = Target(claim.claim, said, home[claim.id], claim.id, claim.topic, claim.id)
        else:
            said = gettext("This claim was removed. The reason is at %(address)s.")
            found[change.old] = Target(change.old, said, f"{base}/gone/", change.anchor)
    return found


def _render_page(site: Site, briefing: Briefing, name: str, target: Target) -> str:
    home = site.publication.site_url.rstrip("/")
    here = f"{FOLDER}/{briefing.slug}/{name}/"
    shared = {"type": "article", "site_name": site.publication.name, "title": target.title}
    question = briefing.file.question
    shared["description"] = gettext("Who says so, and in which words. %(question)s", question=question)
    if full := site.publication.home:
        topics = {topic.id for topic in briefing.file.topics}
        card = card_path(briefing.slug, target.topic if target.topic in topics else "")
        # the address is this page's own: of another one, a network would show that page's title
        shared |= {"url": full + here, "image": full + card, "image:width": "1200", "image:height": "630"}
    tags = [f'<meta property="og:{key}" content="{text(value)}">' for key, value in shared.items()]
    if "image" in shared:
        tags.append('<meta name="twitter:card" content="summary_large_image">')
    left_to_right = ' dir="ltr"' if current().direction == "rtl" else ""
    href, path = relative(here, target.path, target.anchor), text(f"{target.path}#{target.anchor}")
    return _PAGE.format(
        language=current().tag,
        direction=' dir="rtl"' if current().direction == "rtl" else "",
        title=text(target.title),
        said=target.said.replace("%(address)s", f'<a{left_to_right} href="{href}">{path}</a>'),
        data=discovery_link(site, briefing, "claims", target.claim) if target.claim else "",
        canonical=f'<link rel="canonical" href="{text(f"{home}/{target.path}")}">' if home else "",
        shared="".join(tags),
        href=href,
    )
