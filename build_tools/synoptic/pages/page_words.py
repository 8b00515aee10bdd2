"""The words of scripts on a page that speaks another language than its site. Pure but for the catalogues."""

from markupsafe import Markup

from synoptic.load.catalogue import read_script_words
from synoptic.text.encode import hidden_json
from synoptic.text.language import ENGLISH, cached, current


@cached(maxsize=1)
def render_words() -> Markup:
    """The words in the current language as data in the page, which ``words.js`` prefers to those of the site."""
    tag = current().tag
    words = {} if tag == ENGLISH.tag else read_script_words(tag).messages
    return hidden_json({"language": "en-GB" if tag == ENGLISH.tag else tag, "words": words}, "words")
