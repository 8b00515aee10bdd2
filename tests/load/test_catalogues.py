"""The catalogues are current and complete, and each translation fits its message."""

from io import BytesIO

import pytest
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po

from synoptic.load.catalogue import list_languages
from tests import catalogues

TAGS = [tag for tag in list_languages() if tag != "en"]


def parse(tag: str, messages: str) -> Catalog:
    """A catalogue of some messages."""
    rule = Catalog(locale=tag).plural_forms
    head = f'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=utf-8\\n"\n"Plural-Forms: {rule}\\n"\n\n'
    return read_po(BytesIO((head + messages).encode()), locale=tag)


@pytest.mark.parametrize("tag", TAGS)
def test_a_catalogue_is_current_and_fits(tag: str) -> None:
    """A catalogue has every message of the program and no other, translated, in the form that its tool writes."""
    assert list(catalogues.find_faults(catalogues.read(tag))) == []
    written = (catalogues.FOLDER / f"{tag}.po").read_bytes()
    assert catalogues.update(tag) == written, f"python -m tests.catalogues {tag}"


@pytest.mark.parametrize(
    ("tag", "message", "found"),
    [
        ("fr", 'msgid "Open"\nmsgstr "Ouvert"', ""),
        ("fr", 'msgid "Open"\nmsgstr ""', "is not translated"),
        ("fr", '#, python-format\nmsgid "in %(source)s"\nmsgstr "dans la source"', "%(source)s is missing"),
        ("fr", '#, python-format\nmsgid "in %(source)s"\nmsgstr "dans %(quelle)s %(source)s"', "unknown named"),
        ("fr", 'msgid "<b>a</b> b"\nmsgstr "<b>a</b> c"', ""),
        ("fr", 'msgid "<b>a</b> b"\nmsgstr "a c"', "other elements"),
        ("fr", 'msgid "a"\nmsgstr "\\"a"', "too many"),
        ("fr", 'msgid "a"\nmsgstr "a < b"', "too many"),
        ("fr", 'msgid "a"\nmsgstr "{{ a }}"', "too many"),
        ("fr", 'msgid "a"\nmsgstr "a "', "space at an end"),
        ("fr", 'msgid ", "\nmsgstr " et "', ""),
        (
            "fr",
            '#, python-format\nmsgid "One has no %(a)s."\nmsgid_plural "Of %(total)s, none has %(a)s."\n'
            'msgstr[0] "Un seul est sans %(a)s."\nmsgstr[1] "Sur %(total)s, aucun n’a %(a)s."',
            "",
        ),
        (
            "fr",
            '#, python-format\nmsgid "One has no %(a)s."\nmsgid_plural "Of %(total)s, none has %(a)s."\n'
            'msgstr[0] "Un seul est sans %(a)s."\nmsgstr[1] "Aucun n’a %(a)s."',
            "%(total)s is missing",
        ),
        (
            "ar",
            '#, python-format\nmsgid "%(num)s claim"\nmsgid_plural "%(num)s claims"\n'
            'msgstr[0] "a"\nmsgstr[1] "b"\nmsgstr[2] "c"\nmsgstr[3] "%(num)s d"\nmsgstr[4] "%(num)s e"\n'
            'msgstr[5] "%(num)s f"',
            "",
        ),
        (
            "ar",
            '#, python-format\nmsgid "%(num)s claim"\nmsgid_plural "%(num)s claims"\n'
            'msgstr[0] "%(num)s a"\nmsgstr[1] "%(num)s b"',
            "is not translated",
        ),
    ],
)
def test_faults_are_found(tag: str, message: str, found: str) -> None:
    """A translation that is missing, lacks a placeholder, an element or a form, or adds a sign, is a fault."""
    faults = list(catalogues.find_faults(parse(tag, f"{message}\n")))
    assert bool(faults) == bool(found)
    assert all(found in fault for fault in faults), faults


def test_words_of_scripts_and_of_every_folder_are_messages() -> None:
    """Messages come from Python, from scripts, from templates of pages and of the theme, and from the vocabulary."""
    places = {path for message in catalogues.extract() for path, _ in message.locations}
    assert {
        "theme/assets/clipboard.js",
        "theme/partials/header.html",
        "theme/404.html",
        "load/vocabulary.yml",
    } <= places
    assert any(path.startswith("pages/templates/") for path in places)
    assert any(path.startswith("site/") for path in places)
    made = [message.id for message in catalogues.extract() if isinstance(message.id, str) and "${" in message.id]
    assert made == [], "a script translates what it has put together"
