"""``python -m tests.spoken`` lists what contributors typed that stands on a page of another language without an element
that names its own: in the language of brackets, all that is neither in brackets nor in such an element."""

import re
import sys
from collections.abc import Iterator
from html.parser import HTMLParser

from markdown import markdown

from synoptic.load.load import load
from synoptic.model.site import Site
from synoptic.pages.environment import EXTENSIONS
from tests.projects import CHECKOUT
from tests.pseudo import NAMES, SIGNS, render_pseudo

#: Elements that take no other element, in which a language is that of the page.
_BARE = frozenset(("desc", "option", "title", "text", "script", "style", "code", "pre"))
#: Search terms with an open end, addresses, hosts, and what stands for a character.
_WORDLESS = re.compile(r"[^\W\d_]+\*|https?://\S+|[\w-]+(?:\.[\w-]+)*\.[a-z]{2,}|\S → \S+")
_EMPTY = frozenset("br hr img input link meta rect line circle path".split())


class _Words(HTMLParser):
    """Collects the texts of a page that are in no message and in no element that says a language; its attributes."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self.attributes: list[str] = []
        self._stack: list[tuple[str, bool]] = []
        self._in_message = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.attributes += [value for _, value in attrs if value]
        if tag not in _EMPTY:
            self._stack.append((tag, tag in _BARE or "lang" in dict(attrs)))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.attributes += [value for _, value in attrs if value]

    def handle_endtag(self, tag: str) -> None:
        while self._stack and self._stack.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        for sign, text in re.findall("([⟦⟧]?)([^⟦⟧]*)", data):
            self._in_message = sign == "⟦" if sign else self._in_message
            if not self._in_message and not any(named for _, named in self._stack) and text.strip(SIGNS):
                self.found.append(text.strip())


def find_unnamed(page: str, names: re.Pattern[str]) -> Iterator[str]:
    """The words of a page of Markdown whose language nothing names, without ``names`` and what has no words."""
    parser = _Words()
    parser.feed(markdown(page.split("---\n", 2)[2], extensions=list(EXTENSIONS)))
    for text in dict.fromkeys(parser.found):
        if re.search("[\u4e00-\u9fff]", text):
            continue  # brackets speak Chinese
        left = names.sub("", _WORDLESS.sub("", " ".join(text.split())))
        if re.search("[A-Za-z]{2}", left) and not NAMES.fullmatch(left.strip(SIGNS).casefold()):
            yield text
    yield from (f"in an attribute: {value}" for value in parser.attributes if "<bdi" in value)


def proper_names(site: Site) -> re.Pattern[str]:
    """Names of people and publishers, and search terms, which have no language of their own."""
    found = {site.publication.name, site.publication.terms.name}
    for briefing in site.briefings:
        speakers = site.speakers_of(briefing).values()
        found.update(
            name for one in speakers if one.id not in briefing.unnamed for name in (one.id, one.name, *one.also)
        )
        found.update(name for one in briefing.sources for name in (one.author, one.outlet, one.origin or ""))
        found.update(reader.name for lock in briefing.locks.values() for reader in lock.readers)
        found.update(via for _, one in briefing.statements if (via := one.via))
        found.update(reply.by for claim in briefing.claims for reply in claim.replies)
        found.update(term.term for claim in briefing.claims for term in claim.terms)
        found.update(term for one in briefing.file.watch for term in one.terms)
        found.update(editor.name for editor in briefing.file.editors)
        for reading in briefing.readings.values():
            found.update((reading.name, *(one.second.holder or "" for one in reading.statements)))
    found |= {name.removeprefix("The ") for name in found} | {name.split()[-1] for name in found if name}
    names = sorted({" ".join(name.split()).strip(SIGNS) for name in found} - {""}, key=len, reverse=True)
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, names))})(?!\w)", re.IGNORECASE)


def list_unnamed(site: Site) -> dict[str, str]:
    """What is unnamed, with a page that has it."""
    names, found = proper_names(site), dict[str, str]()
    for path, page in render_pseudo(site).items():
        for text in find_unnamed(page, names):
            found.setdefault(text, path)
    return found


if __name__ == "__main__":
    loaded, _ = load(CHECKOUT)
    assert loaded
    listed = list_unnamed(loaded)
    for said, where in sorted(listed.items(), key=lambda one: one[1]):
        print(f"{where}: {said[:150]}")
    sys.exit(bool(listed))
