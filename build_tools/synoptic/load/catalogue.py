"""Reads the catalogues in ``catalogues/``: what pages say in other languages than English, a ``.po`` file each."""

from functools import cache
from gettext import GNUTranslations
from importlib import resources
from io import BytesIO
from typing import NamedTuple

from synoptic.text.language import ENGLISH, Language

FOLDER = resources.files("synoptic.load") / "catalogues"


class ScriptWords(NamedTuple):
    """What the scripts of pages say: forms of each English message, and the plural rule, which is C and JavaScript."""

    messages: dict[str, list[str]]
    plural_rule: str


@cache
def list_languages() -> tuple[str, ...]:
    """The tags of the languages that have a catalogue, and English."""
    files = FOLDER.iterdir() if FOLDER.is_dir() else ()
    return tuple(sorted({ENGLISH.tag, *(file.name.removesuffix(".po") for file in files if file.name.endswith(".po"))}))


@cache
def find_language(tag: str) -> Language:
    """The language of a tag, with its catalogue: ``fr`` also for ``fr-CA``, English where there is none."""
    for known in (tag, tag.partition("-")[0]):
        if known in list_languages():
            return ENGLISH if known == ENGLISH.tag else read_language(known)
    return ENGLISH


def read_language(tag: str) -> Language:
    """The language of a catalogue that exists."""
    from babel.messages.mofile import write_mo
    from babel.messages.pofile import read_po

    compiled = BytesIO()
    write_mo(compiled, read_po(BytesIO(_read(tag)), locale=tag.replace("-", "_")))
    compiled.seek(0)
    return Language(tag, GNUTranslations(compiled))


def read_script_words(tag: str) -> ScriptWords:
    """The messages of a catalogue that exists which occur in scripts, without those that nobody translated yet."""
    from babel.messages.pofile import read_po

    catalogue = read_po(BytesIO(_read(tag)), locale=tag.replace("-", "_"))
    messages: dict[str, list[str]] = {}
    for message in catalogue:
        if message.id and any(path.endswith(".js") for path, _ in message.locations):
            one = message.id if isinstance(message.id, str) else message.id[0]
            said = [message.string] if isinstance(message.string, str) else list(message.string or ())
            if all(said):
                messages[one] = said
    return ScriptWords(messages, catalogue.plural_expr)


def _read(tag: str) -> bytes:
    return (FOLDER / f"{tag}.po").read_bytes()
