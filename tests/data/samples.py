"""Published data, and a briefing with hostile text to publish."""

from dataclasses import replace
from typing import Any

from synoptic.data import json_api
from synoptic.model.site import Briefing, Site
from synoptic.pages.context import Context
from synoptic.pages.render import briefing_data

HOSTILE = '</script><script>alert(1)</script> {\\ab} 50% of #1 & "x_y" ~ ^ $ {{ 7*7 }} --> x \u2028'
CYRILLIC = "Ольга Неверова and Zoë O’Brien, the Younger"
Files = dict[str, str | bytes]
COMMIT = "0123456789abcdef0123456789abcdef01234567"


def data_of(site: Site) -> Files:
    """Every file of the data, by its path in the site."""
    files: Files = dict(json_api.site_files(site))
    for briefing in site.briefings:
        files |= briefing_data(Context(site, briefing))
    return files


def own_files(files: Files, slug: str) -> Files:
    """The files of one briefing."""
    folders = tuple(f"{tree}briefings/{slug}/" for tree in ("", "api/v1/", "api/v2/"))
    return {n: v for n, v in files.items() if n.startswith(folders)}


def hostile(briefing: Briefing) -> Briefing:
    """A briefing whose first source and claim say hostile things."""
    first, *rest = briefing.sources
    words: dict[str, Any] = {"title": HOSTILE, "author": CYRILLIC, "outlet": f"={HOSTILE}", "published": "2031-03-09"}
    claims = (briefing.claims[0].model_copy(update={"claim": HOSTILE}), *briefing.claims[1:])
    return replace(briefing, sources=(first.model_copy(update=words), *rest), claims=claims)
