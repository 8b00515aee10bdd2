"""``python -m tests.catalogues`` brings the catalogues of build_tools/synoptic/load/catalogues/ up to date.

It finds every message of the program that readers see, by Babel: ``gettext`` and its like in Python and in scripts,
``{% trans %}`` in templates, and the words of the vocabulary. A new message is empty in each catalogue until somebody
translates it; a test says so. ``python -m tests.catalogues TAG`` begins a language.
"""

import functools
import re
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from io import BytesIO
from itertools import takewhile
from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po

from synoptic.load.vocabulary import base_vocabulary
from synoptic.model.vocabulary import LISTS
from synoptic.pages.editions import list_messages
from synoptic.pages.translate import SHOWN
from tests.projects import CHECKOUT

PROGRAM = CHECKOUT / "build_tools/synoptic"
FOLDER = PROGRAM / "load/catalogues"
METHODS = [
    ("pages/templates/**", "jinja2"),
    ("theme/**.html", "jinja2"),
    ("theme/assets/**.js", "javascript"),
    ("theme/**", "ignore"),
    ("starter/template/**", "ignore"),
    ("**.py", "python"),
]
OPTIONS = {
    "pages/templates/**": {"trimmed": "true", "trim_blocks": "true", "lstrip_blocks": "true", "silent": "false"},
    "theme/**.html": {"trimmed": "true", "silent": "false"},
}
KEYWORDS = {
    "gettext": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_noop": (1, 2),
    "pgettext": ((1, "c"), 2),
}


def extract() -> Catalog:
    """A catalogue of every message, without translations."""
    catalogue = Catalog(project="Synoptic", charset="utf-8", fuzzy=False)
    for path, _, message, comments, context in _find_messages():
        catalogue.add(message, locations=[(Path(path).as_posix(), 1)], auto_comments=comments, context=context)
    for message in list_messages():
        catalogue.add(message, locations=[("pages/editions.py", 1)])
    for name, text in vocabulary_words():
        catalogue.add(text, locations=[("load/vocabulary.yml", 1)], context=name)
    return catalogue


@functools.cache
def _find_messages() -> list[tuple[Any, ...]]:
    """The messages of all files, in order: file, line, message, comments, context. They are the same for each tag."""
    tags = ("For translators:", "Translators:")  # in Python and scripts; in templates, where Jinja wants one word
    found = extract_from_dir(
        PROGRAM, METHODS, OPTIONS, KEYWORDS, comment_tags=tags, strip_comment_tags=True, directory_filter=lambda _: True
    )  # by default it leaves out a folder of which only some files are to be ignored
    return sorted(found, key=lambda one: (one[0], one[1]))


def vocabulary_words() -> Iterator[tuple[str, str]]:
    """Every word of the vocabulary that readers see, with the list that it is in."""
    for name in LISTS:
        for term in getattr(base_vocabulary(), name):
            yield from ((name, text) for field in SHOWN if (text := getattr(term, field)))


def read(tag: str) -> Catalog:
    """A catalogue as it is; an empty one if there is none."""
    path = FOLDER / f"{tag}.po"
    data = path.read_bytes() if path.exists() else b""
    return read_po(BytesIO(data), locale=tag.replace("-", "_"))


def update(tag: str) -> bytes:
    """The file of a catalogue with today's messages: translations are kept, and the comments at its head; those of
    gone messages are removed."""
    before, catalogue = read(tag), extract()
    path = FOLDER / f"{tag}.po"
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True) if path.exists() else []
    notes = "".join(takewhile(lambda line: line.startswith("#"), lines))
    catalogue.locale = before.locale
    for message in catalogue:
        known = before.get(message.id, message.context) if message.id else None
        if known:
            message.string, message.user_comments = known.string, known.user_comments
    written = BytesIO()
    write_po(written, catalogue, width=0, omit_header=True, include_lineno=False, sort_output=False)
    header = f'{notes}msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=utf-8\\n"\n"Language: {tag}\\n"\n'
    header += f'"Plural-Forms: {catalogue.plural_forms}\\n"\n\n'
    return header.encode() + written.getvalue()


def find_faults(catalogue: Catalog) -> Iterator[str]:
    """What is wrong with the translations of a catalogue."""
    for message in catalogue:
        if not message.id:
            continue
        name = message.id if isinstance(message.id, str) else message.id[0]
        said = [message.string or ""] if isinstance(message.id, str) else list(message.string or ())
        if not all(said) or not said:
            yield f"{name}: is not translated"
            continue
        yield from (f"{name}: {error}" for error in message.check(catalogue))
        english = [message.id] if isinstance(message.id, str) else list(message.id)
        for place, one in enumerate(said, 1):
            forms = english[-1:] if place == len(said) else english
            yield from (f"{name}: {fault} in: {one}" for fault in _compare(forms, str(one), len(english) > 1))


def _compare(english: Sequence[str], said: str, counted: bool) -> Iterator[str]:
    """What a translation has too much or too little of; it may leave out a value that one of the English forms does
    without."""
    names, *each = (set(re.findall(r"%\((\w+)\)s", one)) for one in (said, *english))
    if missing := set.intersection(*each) - names - ({"num"} if counted else set()):  # some forms say it in a word
        yield f"%({min(missing)})s is missing"
    elements, due = (Counter(re.findall(r"<[^>]*>", one)) for one in (said, english[-1]))
    if elements != due:
        yield f"other elements than {sorted(due)}"
    for sign in ('"', "<", "{", "}", "&", "\n"):
        if said.count(sign) > english[-1].count(sign):
            yield f"{sign!r} too many"
    if said != said.strip() and english[-1] == english[-1].strip():
        yield "space at an end"


def untranslated(tag: str) -> Iterator[Message]:
    """The messages that a catalogue lacks, wholly or in one of their forms."""
    for message in read(tag):
        said = message.string if isinstance(message.string, list | tuple) else (message.string,)
        if message.id and not all(said):
            yield message


if __name__ == "__main__":
    for tag in sys.argv[1:] or sorted(path.stem for path in FOLDER.glob("*.po")):
        path = FOLDER / f"{tag}.po"
        FOLDER.mkdir(exist_ok=True)
        path.write_bytes(update(tag))
        print(f"{path.relative_to(CHECKOUT)}: {len(read(tag))} messages, {len(list(untranslated(tag)))} not translated")
