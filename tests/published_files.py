"""Published files as other programs read them: tags, attributes and text after Markdown, data as data."""

import csv
import html
import io
import json
import re
from collections.abc import Callable, Iterable, Mapping
from functools import cache, lru_cache, partialmethod
from html.parser import HTMLParser
from typing import Any
from urllib.parse import unquote
from xml.etree import ElementTree

import markdown
import yaml

from synoptic.data.wikitext import escape
from synoptic.pages.environment import EXTENSIONS
from synoptic.text.encode import slug
from tests.projects import CHECKOUT
from tests.yaml_files import read_yaml

#: Keys of what is made of texts and holds none of them whole.
MADE = {"sha256", "hash", "quote_sha256", "claim_sha256", "pieces"}
#: What is done to each text.
Put = Callable[[str], str]
Event = tuple[str, Any]


class _Parser(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.events: list[Event] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.events.append((tag, sorted((key, value or "") for key, value in attrs)))

    def handle_endtag(self, tag: str) -> None:
        self.events.append((f"/{tag}", None))

    def handle_data(self, data: str) -> None:
        if self.events and self.events[-1][0] == "#text":
            data = self.events.pop()[1] + data
        self.events.append(("#text", data))

    def _note(self, kind: str, data: str) -> None:
        self.events.append((kind, data))

    handle_comment = partialmethod(_note, "comment")
    handle_decl = unknown_decl = partialmethod(_note, "declaration")
    handle_pi = partialmethod(_note, "instruction")


@lru_cache(maxsize=2000)
def parsed(page: str) -> list[Event]:
    """A page of HTML as tags with their attributes, and text."""
    parser = _Parser()
    parser.feed(page)
    parser.close()
    return parser.events


@cache
def markdown_settings() -> dict[str, Any]:
    """The extensions that mkdocs.yml names and that the pages need, and their options, as arguments of Markdown."""
    settings = read_yaml(CHECKOUT / "mkdocs.yml")
    pairs = [next(iter(e.items())) if isinstance(e, dict) else (e, {}) for e in settings["markdown_extensions"]]
    return {"extensions": [*dict.fromkeys([*dict(pairs), *EXTENSIONS])], "extension_configs": dict(pairs)}


@lru_cache(maxsize=1000)
def read(page: str) -> list[Event]:
    """A generated Markdown page as a browser gets it: its front matter as the theme prints it, then its body.

    Markdown runs with the extensions that mkdocs.yml names.
    """
    head: list[Event] = []
    if page.startswith("---\n"):
        _, front, page = page.split("---\n", 2)
        data = yaml.load(front, yaml.CSafeLoader)  # as MkDocs does
        for key in ("title", "description"):
            head += [(key, None), *parsed(str(data.pop(key))), (f"/{key}", None)]
        head.append(("settings", str(data)))
    return head + parsed(markdown.markdown(page, **markdown_settings()))


def expected(events: Iterable[Event], put: Put) -> list[Event]:
    """What a page must be once ``put`` has replaced every token in each of its texts, scripts of data included."""
    out: list[Event] = []
    script = False
    for name, value in events:
        if name == "#text":
            value = _data(value, put) if script else _text(value, put)
        elif isinstance(value, list):
            value = [(key, _attribute(key, v, put)) for key, v in value]
        script = name == "script"
        out.append((name, value))
    return out


def found(events: Iterable[Event]) -> list[Event]:
    """A page's events in the form in which ``expected`` gives them: data as data."""
    return expected(events, lambda text: text)


#: A field of a reference in wikitext, and the value in it.
WIKI_FIELD = re.compile(r" \|([a-z-]+)=([^|]*?)(?= \||\}\}$)")


def wiki(value: str, put: Put) -> Any:
    """A reference in wikitext as its fields, each with ``put`` done to its text."""
    rest = WIKI_FIELD.sub("", value)
    pairs = ((name, text, html.unescape(text)) for name, text in WIKI_FIELD.findall(value))
    return (rest, [(name, text if put(said) == said else escape(put(said))) for name, text, said in pairs])


def _text(value: str, put: Put) -> Any:
    if value.startswith("{{cite news") and value.endswith("}}"):
        return wiki(value, put)
    return _data(value, put) if value.startswith('{"type":') else put(value)


def _data(value: str, put: Put) -> Any:
    try:
        return ("data", data(json.loads(value), put))
    except ValueError:
        return put(value)


def data(value: Any, put: Put) -> Any:
    """Data of any shape with ``put`` done to each text in it; what is made of texts is of no account."""
    if isinstance(value, str):
        return wiki(value, put) if value.startswith("{{cite news") and value.endswith("}}") else put(value)
    if isinstance(value, Mapping):
        return {put(key): data(one, put) for key, one in value.items() if key not in MADE}
    return [data(one, put) for one in value] if isinstance(value, list) else value


def _attribute(key: str, value: str, put: Put) -> str:
    if key == "class":
        return " ".join(slug(put(one)) if put(one) != one else one for one in value.split(" "))
    if value.startswith('{"text":'):
        return str(_data(value, put))
    return put(unquote(value) if ":~:text=" in value else value)


#: What a spreadsheet takes for a formula.
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\uff1d", "\uff0b", "\uff0d", "\uff20")
#: TeX's signs for characters of its own.
TEX = {"\\textbackslash{}": "\\", "\\textbraceleft{}": "{", "\\textbraceright{}": "}", "\\textasciitilde{}": "~",
       "\\textasciicircum{}": "^", "{}": "", **{f"\\{c}": c for c in "$&%#_"}}  # fmt: skip


def shape(path: str, text: str, put: Put) -> Any:
    """What a published file says, as who reads it takes it, with ``put`` done to each text in it."""
    kind = path.rpartition(".")[2]
    if kind == "md":
        return expected(read(text), put)
    if kind == "html":  # the search's records: unspaced scripts are spaced there, and filters are sorted by their words
        events = expected(parsed(text), put)
        told = [(name, "".join(v.split()) if name == "#text" else v) for name, v in events if name != "i"]
        return sorted(str(value) for name, value in events if name == "i"), told
    if kind in ("json", "jsonld"):
        return data(json.loads(text), put)
    if kind == "csv":
        rows = list(csv.reader(io.StringIO(text)))  # what a text has put at a cell's beginning makes no formula of it
        if rows[0][-1] == "row_hash":  # it is made of the texts
            rows = [row[:-1] for row in rows]
        return [
            [f"'{new}" if (new := put(one)) != one and new.lstrip("'").startswith(FORMULA) else new for one in row]
            for row in rows
        ]
    if kind == "ris":
        return [put(line) for line in text.split("\r\n")]
    if kind == "bib":
        return put(re.sub("|".join(map(re.escape, TEX)), lambda sign: TEX[sign[0]], text))
    if kind == "xml":  # an entry's name is made of its texts
        nodes = (node for node in ElementTree.fromstring(text).iter() if not node.tag.endswith("}id"))
        return [
            (node.tag, {key: put(value) for key, value in node.attrib.items()},
             expected(parsed(node.text or ""), put) if node.tag.endswith("}summary") else put(node.text or ""))
            for node in nodes
        ]  # fmt: skip
    raise AssertionError(f"nobody knows how {path} is read")
