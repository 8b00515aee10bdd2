"""The templates' environment: every value that a template prints passes the encoder; reads the template files."""

from __future__ import annotations

import functools
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from build_tools.text.encode import finalize, json_ld, name, slug, text

TEMPLATES = Path(__file__).with_name("templates")


@functools.cache
def environment() -> Environment:
    """The Jinja environment of all templates."""
    templates = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,  # leaves what ``finalize`` returns as it is: that is always markup
        finalize=finalize,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    # only these filters: Jinja's own include some that mark text as safe
    templates.filters = {
        "name": name,
        "slug": slug,
        "url": text,
        "json_ld": json_ld,
        "length": len,
        "capitalize": lambda value: value[:1].upper() + value[1:],
    }
    return templates
