"""The words of the scripts in the language of a site: ``theme/assets/words.js`` with a catalogue's messages in it."""

import json

from synoptic.load.catalogue import read_script_words
from synoptic.pages.environment import THEME
from synoptic.text.language import ENGLISH, Language

#: The script that holds the words, by its path in the site.
PATH = "assets/words.js"
_NONE = "const words = {}, form = number => Number(number !== 1);\n"


def render_script_words(language: Language) -> str:
    """The script with the words of a language; in English as it is in the theme."""
    before, none, after = (THEME / PATH).read_text(encoding="utf-8").partition(_NONE)
    if not none:
        raise ValueError(f"{PATH} lacks the line {_NONE!r}")
    if language == ENGLISH:
        return before + none + after
    words, rule = read_script_words(language.tag)
    said = json.dumps(words, ensure_ascii=False, sort_keys=True)
    return f"{before}const words = {said}, form = n => Number({rule});\n{after}"
