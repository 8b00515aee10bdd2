"""What the theme's templates say in the language of a site. Their ``{% trans %}`` blocks become plain words before
anything else reads a template, so that builders which know no such block can use the templates, too."""

import re
from pathlib import Path
from typing import Any

from jinja2 import Environment
from jinja2.ext import Extension

from synoptic.load.catalogue import find_language
from synoptic.model.site import Publication
from synoptic.pages.environment import THEME
from synoptic.text.language import Language, gettext, pgettext, speaking

_BLOCK = re.compile(r"{%-?\s*trans\b(?P<head>.*?)[-+]?%}(?P<words>.*?){%-?\s*endtrans\s*[-+]?%}", re.DOTALL)
_CONTEXT = re.compile(r'\s*"(?P<context>[^"]*)"')
_VALUE = re.compile(r"(\w+)\s*=\s*(.*?)\s*(?:,\s*(?=\w+\s*=)|$)", re.DOTALL)


def translate_template(source: str) -> str:
    """The source of a template with the current language's words in place of its ``{% trans %}`` blocks."""
    return _BLOCK.sub(_translate_block, source)


def _translate_block(block: re.Match[str]) -> str:
    context, values = _CONTEXT.match(block["head"]), dict(_VALUE.findall(block["head"]))
    message = re.sub(r"\s*\n\s*", " ", block["words"].strip())
    message = re.sub(r"{{\s*(\w+)\s*}}", r"%(\1)s", message)
    said = pgettext(context["context"], message) if context else gettext(message)
    return re.sub(r"%\((\w+)\)s", lambda found: f"{{{{ {values[found[1]]} }}}}", said)


class ThemeWords(Extension):
    """Translates the program's own templates; those of a site stay as they are."""

    def __init__(self, environment: Environment) -> None:
        super().__init__(environment)
        self.language = Language()

    def preprocess(self, source: str, name: str | None, filename: str | None = None) -> str:
        """The source as it is compiled."""
        if filename is None or not Path(filename).is_relative_to(THEME):
            return source
        with speaking(self.language):
            return translate_template(source)


def site_language(config: Any) -> Language:
    """The language that a site speaks, by MkDocs' settings."""
    return find_language(Publication.of(config).language)


def translate_theme(env: Any, language: Language) -> None:
    """Make MkDocs' environment translate our templates into a language."""
    env.add_extension(ThemeWords)
    env.extensions[ThemeWords.identifier].language = language
