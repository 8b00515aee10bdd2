"""A language in which every message of the catalogues stands in ⟦brackets⟧: what is outside them in a page was typed by
a contributor, or has been forgotten. ``python -m tests.pseudo`` lists what seems forgotten in this repository's pages.
"""

import re
import sys
from collections.abc import Iterator
from gettext import NullTranslations
from html.parser import HTMLParser
from typing import Any
from unittest.mock import patch

import yaml
from markdown import markdown

from synoptic.load.load import load
from synoptic.model.site import Site
from synoptic.pages import render
from synoptic.pages.environment import EXTENSIONS
from synoptic.text.language import Language
from tests.projects import CHECKOUT

#: Attributes that readers see or hear.
SPOKEN = ("alt", "aria-label", "aria-description", "content", "data-label", "label", "placeholder", "title")
MESSAGE = re.compile("⟦[^⟦⟧]*⟧")


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
    """Collects what a page shows: its texts, and the attributes that are read aloud."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self._inside: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found += [value for name, value in attrs if name in SPOKEN and value]
        if tag in ("script", "style", "code", "pre"):
            self._inside.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if self._inside and self._inside[-1] == tag:
            self._inside.pop()

    def handle_data(self, data: str) -> None:
        if not self._inside:
            self.found.append(data)


def render_pseudo(site: Site) -> dict[str, str]:
    """Every generated page of a site in the language of brackets, by path."""
    with patch.object(render, "find_language", lambda tag: PSEUDO):
        files = render.render_site(site, drafts=True)
    return {path: text for path, text in files.items() if path.endswith(".md") and isinstance(text, str)}


def typed_words(value: Any) -> Iterator[str]:
    """Every string in what a contributor typed."""
    if isinstance(value, dict):
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
        self._whole = {text.strip(" .,;:“”'\"?!") for text in texts}
        self._all = "\n".join(self._whole)

    def holds(self, segment: str) -> bool:
        """Whether a part of a page is theirs: a whole value if it is short, else a part of one."""
        words = segment.strip(" .,;:“”'\"?!()[]*·…–—")
        return (
            not re.search(r"[^\W\d_\u3000-\u9fff]{2}", words)
            or words in self._whole
            or (words.count(" ") > 2 and words in self._all)
        )


def read_typed() -> Typed:
    """What was typed in this repository's briefings, and their locks."""
    files = [*CHECKOUT.glob("briefings/*.yml"), *CHECKOUT.glob("briefings/**/*.yml"), CHECKOUT / "mkdocs.yml"]
    texts: list[str] = []
    for file in files:
        tree = yaml.load(file.read_bytes(), yaml.CBaseLoader)
        texts += [part for text in typed_words(tree) for part in (text, *re.split(r"[\[\]]", text))]
    return Typed(iter(texts))


def find_forgotten(page: str, typed: Typed) -> Iterator[str]:
    """What a page says outside brackets that nobody typed."""
    parser = _Texts()
    _, front, body = page.split("---\n", 2)
    head = yaml.safe_load(front)
    parser.found += [head["title"], head["description"]]
    parser.feed(markdown(body, extensions=list(EXTENSIONS)))
    for text in parser.found:
        for segment in MESSAGE.split(" ".join(text.split())):
            if not typed.holds(segment):
                yield segment.strip()


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
    print(len(all_found), "in all")
    sys.exit(bool(all_found))
