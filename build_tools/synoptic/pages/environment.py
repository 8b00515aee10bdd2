"""The templates' environment: every value that a template prints passes the encoder; reads the template files."""

import functools
from collections.abc import Callable
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from jinja2.runtime import Context, Macro
from markupsafe import Markup

from synoptic.pages.translate import Isolation, Translation, isolate_printed
from synoptic.text.encode import finalize, json_data, json_ld, name, printed, slug, text
from synoptic.text.language import current, format_date, punctuate
from synoptic.text.spoken import Spoken, like

TEMPLATES = Path(__file__).with_name("templates")
#: Templates, styles, scripts and fonts that a site gets besides its pages, as the theme of an MkDocs site has them.
THEME = Path(__file__).parents[1] / "theme"
#: The theme's style sheet for all pages.
STYLES = "assets/synoptic.css"
#: The extensions of Markdown that the generated pages need.
EXTENSIONS = ("attr_list", "tables", "toc")


class _Calls(Context):
    """Templates call macros and nothing else; Jinja would look for decorators that macros do not have."""

    def call(
        self,
        macro: Callable[..., str],
        *args: Any,
        _loop_vars: object = None,
        _block_vars: object = None,
        **kwargs: Any,
    ) -> Markup:
        """What a macro prints. Jinja passes the variables of loops and blocks for its own decorators only."""
        if type(macro) is not Macro:
            raise TypeError(f"a template may not call {macro!r}")
        return printed(macro(*args, **kwargs))


class _Templates(Environment):
    """Reads attributes as Python does: views have attributes and never keys."""

    getattr = staticmethod(getattr)  # type: ignore[assignment]  # its parameters have no names
    context_class = _Calls


def environment() -> Environment:
    """The Jinja environment of all templates, which it compiles in the current language."""
    return environment_of(current().tag)


@functools.cache
def environment_of(tag: str) -> Environment:
    """The environment of a language; a template is compiled when that language is first asked for it."""
    templates = _Templates(
        loader=FileSystemLoader(TEMPLATES),
        auto_reload=False,  # templates are part of the program
        autoescape=False,  # ``finalize`` encodes all values; escaping its markup again would do nothing, slowly
        finalize=finalize,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        extensions=[Translation, Isolation],
    )
    templates.policies["ext.i18n.trimmed"] = True
    # only these filters: Jinja's own include some that mark text as safe
    templates.filters = {
        "name": name,
        "slug": slug,
        "url": text,
        "date": format_date,
        "json_data": json_data,
        "json_ld": json_ld,
        "length": len,
        "comma": lambda last: printed("" if last else punctuate(", ")),  # of ``loop.last``
        "bare": lambda value: str(value) if type(value) is Spoken else value,
        "isolate": isolate_printed,
        "part": text,  # of a sentence whose parts keep their order
        "sign": lambda mark: printed(punctuate(mark)),
        "capitalize": lambda value: like(value, value[:1].upper() + value[1:]),
    }
    return templates
