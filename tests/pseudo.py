"""A language in which every message of the catalogues stands in ⟦brackets⟧: what is outside them in a page was typed by
a contributor, or has been forgotten. ``python -m tests.pseudo`` lists what seems forgotten in this repository's pages.
"""

import re
import sys
from collections.abc import Iterator
from gettext import NullTranslations
from html import unescape
from html.parser import HTMLParser
from io import BytesIO
from pathlib import Path
from typing import Any
from unittest.mock import patch

import yaml
from babel.messages.pofile import write_po
from markdown import markdown

from synoptic.history.log import read_history
from synoptic.load.catalogue import ScriptWords
from synoptic.load.load import load
from synoptic.load.vocabulary import base_vocabulary
from synoptic.model.history import History
from synoptic.model.site import Site
from synoptic.model.vocabulary import LISTS
from synoptic.pages import page_words, render
from synoptic.pages.editions import Reader, name_kind
from synoptic.pages.environment import EXTENSIONS
from synoptic.pages.translate import translate_site
from synoptic.text.english import remove_brackets
from synoptic.text.language import Language, speaking
from tests.catalogues import extract
from tests.projects import CHECKOUT

#: Attributes that readers see or hear.
SPOKEN = ("alt", "aria-label", "aria-description", "content", "data-label", "label", "placeholder", "title")
MESSAGE = re.compile("⟦[^⟦⟧]*⟧")
#: What Babel puts between the items of a list, and pages between two things that they join.
JOINTS = re.compile("[、和或·←→]|[:;] |(?<=[.?!]) | \\(")
#: Names of files, hosts, characters and licences, formats and styles of citing, which no language changes.
NAMES = re.compile(
    r"[a-z\d-]+(?:\.[a-z\d-]+)+|(?:u\+[\da-f]+|\S)(?: (?:u\+[\da-f]+|\S))*|oe|cc by 4\.0"
    "|bibtex|csl-json|ris|apa|chicago|wikipedia"
)
#: What a built page says to programs alone.
_SETTINGS = re.compile(r'<meta (?!name="description"|property="og:(?:title|description|image:alt)")[^>]*>')
#: Ids, days and the like.
_MACHINE = re.compile(r"[a-z0-9]+(?:[-;: ]*-[-; ]*[a-z0-9]+)+|[\d-]+|[a-z]{2}|yes|no")
#: Signs around words.
SIGNS = " .,;:“”'\"?!()[]*·…–—"


class Bracketed(NullTranslations):
    """A catalogue that puts every message in brackets, and keeps its placeholders."""

    def gettext(self, message: str) -> str:
        """The message in brackets; its values are outside, since they may be a contributor's."""
        return "⟦" + re.sub(r"%\(\w+\)s", r"⟧\g<0>⟦", message) + "⟧"

    def pgettext(self, context: str, message: str) -> str:
        """The same."""
        return self.gettext(message)

    def ngettext(self, one: str, many: str, number: int) -> str:
        """The same."""
        return self.gettext(one if number == 1 else many)


#: Chinese, so that what Babel writes, dates and lists, can be told from words of the Latin alphabet.
PSEUDO = Language("zh", Bracketed())


class _Texts(HTMLParser):
    """Collects what a page shows outside of messages: its texts, and the attributes that are read aloud.

    A message may hold elements, so its brackets may be in different texts. What says that it is in English, in a page
    of another language, is so on purpose.
    """

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self._inside: list[str] = []
        self._in_message = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        for name, value in attrs:
            if name in SPOKEN and value:
                self.found += MESSAGE.split(value)
        if self._inside[:1] == [tag] or (
            not self._inside
            and (tag in ("script", "style", "code", "pre") or (tag, ("lang", "en")) in ((tag, a) for a in attrs))
        ):
            self._inside.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if self._inside and self._inside[-1] == tag:
            self._inside.pop()

    def handle_data(self, data: str) -> None:
        if self._inside:
            return
        for sign, text in re.findall("([⟦⟧]?)([^⟦⟧]*)", " ".join(f"|{data}|".split())[1:-1]):
            self._in_message = sign == "⟦" if sign else self._in_message
            if not self._in_message:
                self.found.append(text)


def render_pseudo(site: Site) -> dict[str, str]:
    """Every generated page of a site in the language of brackets, by path."""
    nothing = ScriptWords({}, "")
    with (
        patch.object(render, "find_language", lambda tag: PSEUDO),
        patch.object(page_words, "read_script_words", lambda tag: nothing),
    ):
        files = render.render_site(site, drafts=True)
    return {path: text for path, text in files.items() if path.endswith(".md") and isinstance(text, str)}


def typed_words(value: Any) -> Iterator[str]:
    """Every string in what a contributor typed, and figures as pages join their fields."""
    if isinstance(value, dict):
        if "measures" in value:
            unit = f"{value.get('value')} {value.get('unit') or ''}".strip()
            yield from (unit, f"{value.get('qualifier')} {unit}")
        yield from str(value.get("name", "")).split()  # a page may say a surname
        for key, one in value.items():
            yield from typed_words(key)
            yield from typed_words(one)
    elif isinstance(value, list | tuple):
        for one in value:
            yield from typed_words(one)
    elif value is not None:
        yield " ".join(str(value).split())


class Typed:
    """What the contributors of a project typed, to be told from what the program says."""

    def __init__(self, texts: Iterator[str]) -> None:
        self._whole = {text.strip(SIGNS).casefold() for text in texts}
        self._all = "\n".join(self._whole)

    def holds(self, segment: str) -> bool:
        """Whether a part of a page is theirs: a whole value if it is short, else a part of one."""
        words = segment.strip(SIGNS)
        return (
            not re.search(r"[^\W\d_\u3000-\u9fff]{2}", words)
            or words.casefold() in self._whole
            or bool(NAMES.fullmatch(words.casefold()))
            or (words.count(" ") > 2 and words.casefold() in self._all)
            or all(len(part) < len(segment) and self.holds(part) for part in JOINTS.split(segment))
        )


def read_typed(root: Path = CHECKOUT) -> Typed:
    """What was typed in the briefings of a project, by default this repository, and their locks."""
    files = [*root.glob("briefings/*.yml"), *root.glob("briefings/**/*.yml"), *root.glob("briefings/**/*.lock")]
    files.append(root / "mkdocs.yml")
    texts: list[str] = []
    for file in files:
        tree = yaml.load(file.read_bytes(), yaml.CBaseLoader)
        for text in typed_words(tree):
            pieces = [text, remove_brackets(text), *re.split(r"[\[\],]", text)]
            texts += pieces + [part for piece in pieces for part in JOINTS.split(piece)]
    hedges = (hedge for markers in base_vocabulary().markers.values() for hedge in markers.all)
    return Typed(iter([*texts, *hedges]))


def find_forgotten(page: str, typed: Typed) -> Iterator[str]:
    """What a page says outside brackets that nobody typed."""
    parser = _Texts()
    _, front, body = page.split("---\n", 2)
    head = yaml.safe_load(front)
    parser.found += [part for name in ("title", "description") for part in MESSAGE.split(unescape(head[name]))]
    parser.feed(markdown(body, extensions=list(EXTENSIONS)))
    for segment in parser.found:
        if not typed.holds(segment):
            yield segment.strip()


def find_forgotten_in_site(page: str, typed: Typed) -> Iterator[str]:
    """The same of a page of a built site, whose frame speaks, too."""
    parser = _Texts()
    parser.feed(_SETTINGS.sub("", page))
    yield from (segment.strip() for segment in parser.found if not typed.holds(segment))


def read_typed_of(site: Site, history: History) -> Typed:
    """What was typed in the changes of a history: their texts, but no ids, dates and words of the vocabulary."""
    words = {term.id for name in LISTS for term in getattr(base_vocabulary(), name)}
    texts = [source.name for briefing in site.briefings for source in briefing.sources]
    texts += [reader.name for briefing in site.briefings for lock in briefing.locks.values() for reader in lock.readers]
    texts += [speaker.name for briefing in site.briefings for speaker in site.speakers_of(briefing).values()]
    for change in (change for entry in history.entries for change in entry.changes):
        for text in (change.before, change.after, change.about):
            if change.kind == "lock-entry":  # its other parts are ours
                texts += re.split(", ", (text or "").partition(" beside it ")[2])
            elif text and text not in words and not _MACHINE.fullmatch(text) and change.subject != "lock":
                texts += [text, *re.split(r"; | · |: ", text)]
    return Typed(" ".join(text.split()) for text in texts)


def find_forgotten_changes(site: Site, history: History) -> dict[str, str]:
    """What change logs and feeds say outside brackets of what changed, with the kind of change, unless it was typed."""
    typed = read_typed_of(site, history)
    found: dict[str, str] = {}
    with speaking(PSEUDO):
        reader = Reader(translate_site(site), history)
        for entry in history.entries:
            for change in entry.changes:
                item = reader.describe(entry, change)
                sides = (" ".join(t for kind, _, t in item.pieces if kind != one) for one in ("new", "gone"))
                for said in (name_kind(change), item.more, *sides):
                    found |= {one.strip(): change.kind for one in MESSAGE.split(said) if not typed.holds(one)}
    return found


def write_catalogue(tag: str) -> bytes:
    """A catalogue in which every message stands in brackets."""
    catalogue, bracketed = extract(), Bracketed()
    catalogue.locale = tag
    for message in catalogue:
        if isinstance(message.id, str) and message.id:
            message.string = bracketed.gettext(message.id)
        elif message.id:
            one, many = message.id
            message.string = tuple(bracketed.ngettext(one, many, n + 1) for n in range(catalogue.num_plurals))
    written = BytesIO()
    write_po(written, catalogue, width=0)
    return written.getvalue()


def forgotten(site: Site, typed: Typed) -> dict[str, set[str]]:
    """What seems forgotten, with the pages that have it."""
    found: dict[str, set[str]] = {}
    for path, page in render_pseudo(site).items():
        for segment in find_forgotten(page, typed):
            found.setdefault(segment, set()).add(path)
    return found


if __name__ == "__main__":
    site, _ = load(CHECKOUT)
    assert site
    all_found = forgotten(site, read_typed())
    for segment, pages in sorted(all_found.items(), key=lambda one: min(one[1])):
        print(f"{min(pages)} ({len(pages)}): {segment[:150]}")
    history = read_history(CHECKOUT)
    changes = find_forgotten_changes(site, history) if history else {}
    for segment, kind in sorted(changes.items(), key=lambda one: one[1]):
        print(f"{kind}: {segment[:150]}")
    print(len(all_found) + len(changes), "in all")
    sys.exit(bool(all_found or changes))
