"""What a new site says in its own language: words of its settings from the catalogue, and translated pages.

A page is translated if ``languages/<tag>/`` holds it, at the path that it has in a site. Else it stays English, and
says so in its front matter.
"""

import json
from collections.abc import Mapping
from pathlib import Path, PurePosixPath

import yaml

from synoptic.model.licence import Licence
from synoptic.text.language import gettext, pgettext

FOLDER = Path(__file__).with_name("languages")
#: The front matter of an English page in a site of another language.
ENGLISH = "lang: {lang: en, dir: ltr}\n"


def read_translated(path: str, tag: str) -> str | None:
    """The page of a new site in a language; None if nobody translated it."""
    for name in (tag, tag.partition("-")[0]):
        if (file := FOLDER / name / path).is_file():
            return file.read_text(encoding="utf-8")
    return None


def mark_english(text: str, path: str, tag: str) -> str:
    """A page that is English, with front matter that says so in a site of another language."""
    if tag.partition("-")[0] == "en" or PurePosixPath(path).parts[0] != "docs" or not path.endswith(".md"):
        return text
    head, mark, rest = text.partition("---\n")
    return f"---\n{ENGLISH}{rest}" if mark and not head else f"---\n{ENGLISH}---\n\n{text}"


def name_settings(terms: Licence) -> Mapping[str, str]:
    """The words of mkdocs.yml in the current language, as YAML; ``terms`` is the licence of the site's own words."""
    rights = (
        gettext(
            "Our own words are under %(licence)s. Quotations belong to their authors and publishers.",
            licence=terms.name,
        )
        if terms.url
        else gettext("All rights to our own words are reserved. Quotations belong to their authors and publishers.")
    )
    words = {
        "description": gettext(
            "Several articles, one story, who said what. Every quotation is checked against the article."
        ),
        "copyright": rights,
        "source": pgettext("where the site is kept", "Source"),
        "briefings": pgettext("menu", "Briefings"),
        "people": pgettext("menu", "People"),
        "method": pgettext("menu", "How it works"),
        "about": pgettext("menu", "About"),
        "about_site": pgettext("menu", "About this site"),
        "tour": pgettext("menu", "A reader's tour"),
        "data": pgettext("menu", "Data"),
        "corrections": pgettext("menu", "Corrections"),
        "contribute": pgettext("menu", "Contribute"),
        "handbook": pgettext("menu", "Handbook"),
    }
    return {key: in_yaml(word) for key, word in words.items()}


def in_yaml(word: str) -> str:
    """A word as a key or value of YAML, in quotation marks if it needs them."""
    try:
        plain = yaml.safe_load(f"{word}: {word}\n") == {word: word}
    except yaml.YAMLError:
        plain = False
    return word if plain else json.dumps(word, ensure_ascii=False)
