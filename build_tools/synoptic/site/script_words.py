"""The words of the scripts in the language of a site: ``theme/assets/words.js`` with a catalogue's messages in it."""

import json

from synoptic.load.catalogue import read_script_words
from synoptic.load.vocabulary import base_vocabulary
from synoptic.pages.environment import THEME
from synoptic.site.search import name_kinds
from synoptic.text.language import ENGLISH, Language, pgettext, speaking

#: The script that holds the words, by its path in the site.
PATH = "assets/words.js"
_NONE = "const words = {}, form = number => Number(number !== 1);\n"
_LANGUAGE = 'const site = "en-GB";\n'
#: The lists of the vocabulary by whose labels the search filters.
FILTERS = ("verdicts", "stances", "modes")


def render_script_words(language: Language) -> str:
    """The script with the words of a language; in English as it is in the theme."""
    before, none, after = (THEME / PATH).read_text(encoding="utf-8").partition(_NONE)
    if not none or _LANGUAGE not in after:
        raise ValueError(f"{PATH} lacks the line {_LANGUAGE if none else _NONE!r}")
    if language == ENGLISH:
        return before + none + after
    words, rule = read_script_words(language.tag)
    with speaking(language):
        labels = {
            one.label: pgettext(name, one.label) for name in FILTERS for one in base_vocabulary().terms(name).values()
        }
        words = {**{name: [label] for name, label in {**labels, **name_kinds()}.items()}, **words}
    said = json.dumps(words, ensure_ascii=False, sort_keys=True)
    after = after.replace(_LANGUAGE, f"const site = {json.dumps(language.tag)};\n")
    return f"{before}const words = {said}, form = n => Number({rule});\n{after}"
