"""The pages that other sites embed, ``/embed/<briefing>/...``, as whole documents, and their oEmbed data. Pure but for
reading their style.

They bypass Markdown and the theme, since there may be ten thousand. Style and policy are in each page: a frame that may
not run scripts has no origin, so that the policy could not allow it a file of its own site.
"""

import base64
import functools
import hashlib
import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urljoin

from synoptic.model.site import Briefing, Site
from synoptic.pages.context import EMBEDS, Context, may_embed, oembed_path
from synoptic.pages.embed import WHOLE, WIDTH, Embed, embeds, frame_code
from synoptic.pages.translate import translate_site
from synoptic.site import csp
from synoptic.text.encode import resolve_addresses, text
from synoptic.text.language import current

FOLDER = EMBEDS.rstrip("/")
#: The most bytes of a page, style and all.
MOST = 20_000
_DATA = '<link rel="alternate" type="application/json+oembed" href="{}">'
#: Bytes that the head may take beside style and policy.
HEAD = 3_000
_HEAD = (
    '<!doctype html><html lang="{language}" dir="{direction}"><meta charset="utf-8">{guard}'
    '<title>{title}</title><meta name="viewport" content="width=device-width,initial-scale=1">'
    '<meta name="robots" content="noindex">{links}\n'
)


class Guard(NamedTuple):
    """A policy, and the one style that it allows, as an element."""

    policy: str
    style: str

    @property
    def head(self) -> str:
        """Both, as a page begins with them."""
        return csp.META.format(self.policy) + self.style


@functools.cache
def read_guards() -> dict[str, Guard]:
    """What the pages of each kind begin with: the policy that allows their style and nothing else, and that style."""
    sheet = Path(__file__).with_name("embed.css").read_text(encoding="utf-8")
    parts = re.split(r"/\* (\w+):[^*]*\*/\s*", sheet)
    styles = dict(zip(parts[1::2], map(_minify, parts[2::2]), strict=True))
    return {kind: _make_guard(styles["all"] + styles.get(kind, "")) for kind in WHOLE}


def _minify(style: str) -> str:
    """A part of a style sheet without the spaces that mean nothing."""
    return re.sub(r";}", "}", re.sub(r":\s+", ":", re.sub(r"\s*([{};,])\s*", r"\1", style)))


def _make_guard(style: str) -> Guard:
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    return Guard(csp.EMBED.format(digest), f"<style>{style}</style>")


def render_embeds(site: Site, briefing: Briefing, most: int = MOST) -> dict[str, str]:
    """Every page of a briefing to embed, of at most ``most`` bytes, and its oEmbed data if the site has an address, by
    its path under ``embed/``."""
    if not may_embed(site, briefing):
        return {}
    spoken = translate_site(site)
    context = Context(spoken, spoken.briefing[briefing.slug])
    guards, home = read_guards(), context.site.publication.home
    now: dict[str, str] = {}
    earlier: dict[str, str] = {}  # an id of today counts before one of yesterday
    for page in embeds(context, most - HEAD - max(len(guard.head) for guard in guards.values())):
        now[f"{page.path}.html"] = document = _render_page(page, guards[page.kind].head, home)
        earlier |= {f"{path}.html": document for path in page.was}
        if home:
            now[f"{page.path}.json"] = json.dumps(_describe(context, page), ensure_ascii=False, indent=1) + "\n"
    return {path.removeprefix(EMBEDS): document for path, document in (earlier | now).items()}


def _render_page(page: Embed, guard: str, home: str) -> str:
    links = ""
    if home:
        full = urljoin(f"{home}{page.path}.html", resolve_addresses(page.full, page.path)).partition("#")[0]
        links = f'<link rel="canonical" href="{text(full)}">{_DATA.format(text(f"{home}{page.path}.json"))}'
    head = _HEAD.format(
        language=current().tag, direction=current().direction, guard=guard, title=text(page.title), links=links
    )
    return f"{head}{page.body}</html>\n"


def discovery_link(site: Site, briefing: Briefing, *thing: str) -> str:
    """The element by which a program finds the oEmbed data of what ``embed_path`` names; empty if there is none."""
    path = oembed_path(site, briefing, *thing)
    return _DATA.format(text(f"{site.publication.home}{path}")) if path else ""


def _describe(context: Context, page: Embed) -> Mapping[str, object]:
    """The oEmbed data of a page (https://oembed.com, version 1.0)."""
    publication = context.site.publication
    return {
        "version": "1.0",
        "type": "rich",
        "title": page.title,
        "provider_name": publication.name,
        "provider_url": publication.home,
        "width": WIDTH,
        "height": page.height,
        "html": frame_code(context, page.path, page.title, page.height),
    }
