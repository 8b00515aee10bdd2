"""One encoder for each place that a string can reach. Everything that contributors type passes one of them.

``text`` serves Markdown, HTML and attributes alike: every ASCII punctuation character becomes a character reference,
so that none can begin a tag, a link, a list or a heading, or end an attribute.
"""

import functools
import html
import json
import re
import string
from collections.abc import Callable
from typing import Any

import yaml
from markupsafe import Markup
from pydantic_core import to_json

from synoptic.text.spoken import Spoken

#: Characters that could end a script element, open another, or end a line; in JSON they occur only in strings.
_JSON = re.compile("[<>&\u2028\u2029]")
_json_of = json.JSONEncoder(ensure_ascii=False).encode
_LINES = re.compile(r"[ \t\r\n]+")
#: Marks both ends of an address from the site's root until its page is known. No encoded text holds it.
_MARK = "\0"
_STEP = r"(?:[a-z0-9]+(?:[-.][a-z0-9]+)*)?"
_STEPS = re.compile(f"{_STEP}(?:/{_STEP})*")
_TABLE = {c: f"&#{ord(c)};" for c in string.punctuation} | {"\n": "<br>", "\r": "", _MARK: ""}
_SIGN = re.compile("[{}]".format("".join(f"\\x{ord(c):02x}" for c in _TABLE)))


#: A string that is encoded already, as markup. Calling ``Markup`` would first look for what makes markup of an object.
_markup: Callable[[str], Markup] = functools.partial(str.__new__, Markup)


@functools.lru_cache(maxsize=20_000)  # names, labels and terms are on many pages
def text(value: str) -> Markup:
    """Encode any string for Markdown, HTML and attribute values, to be shown exactly."""
    return _markup(_SIGN.sub(lambda sign: _TABLE[sign[0]], value))


@functools.lru_cache(maxsize=20_000)
def name(value: str) -> Markup:
    """Return one of our own ids or classes: letters, digits, hyphens. Raises ValueError otherwise."""
    if not re.fullmatch(r"[A-Za-z0-9]+(?:-[A-Za-z0-9]+)*", value):
        raise ValueError(f"not a name: {value!r}")
    return Markup(value)  # noqa: S704


@functools.lru_cache(maxsize=1_000)
def slug(value: str) -> Markup:
    """Turn a word of the vocabulary into a class name."""
    return name("-".join(re.findall(r"[a-z0-9]+", value.lower())) or "none")


@functools.lru_cache(maxsize=20_000)  # a page links to few others, many times
def relative(here: str, there: str, anchor: str = "") -> Markup:
    """The relative address of page ``there`` from page ``here`` (both from the site's root), with an anchor."""
    _check_address(there)
    end = "#" + str(name(anchor)) if anchor else ""
    return Markup(end if here == there and anchor else _relative_path(here, there) + end)  # noqa: S704


@functools.lru_cache(maxsize=20_000)
def address(there: str, anchor: str = "") -> Markup:
    """A page's address from the site's root, marked for ``resolve_addresses``, with an anchor."""
    _check_address(there)
    return _markup(f"{_MARK}{there}{_MARK}{f'#{name(anchor)}' if anchor else ''}")


def resolve_addresses(page: str, here: str) -> str:
    """Make the marked addresses in a page relative to its own address."""
    parts = page.split(_MARK)
    marked = parts[1::2]
    paths = {there: _relative_path(here, there) for there in set(marked)}
    parts[1::2] = map(paths.__getitem__, marked)
    return "".join(parts)


@functools.lru_cache(maxsize=10_000)
def _relative_path(here: str, there: str) -> str:
    start, end = here.split("/")[:-1], there.split("/")
    same = 0
    while same < min(len(start), len(end) - 1) and start[same] == end[same]:
        same += 1
    return "../" * (len(start) - same) + "/".join(end[same:]) or "./"


def _check_address(there: str) -> None:
    """Raise ValueError for what is not an address."""
    if not _STEPS.fullmatch(there):
        raise ValueError(f"not an address: {there!r}")


def json_ld(data: Any) -> Markup:
    """Encode data as a JSON-LD script of one line, which no text in it can end."""
    return _data_script("application/ld+json", data)


def json_data(data: Any) -> Markup:
    """Encode data as a JSON script of one line, for our own scripts; no text in it can end it."""
    return _data_script("application/json", data)


def hidden_json(data: Any, name: str) -> Markup:
    """Encode data as by ``json_data``, in a hidden element with the attribute ``data-NAME``, on a line of its own."""
    return Markup(f"<div data-{slug(name)} hidden>{json_data(data)}</div>\n")  # noqa: S704 - both are encoded


def _data_script(kind: str, data: Any) -> Markup:
    written = _JSON.sub(lambda sign: f"\\u{ord(sign[0]):04x}", to_json(data).decode())
    return Markup(f'<script type="{kind}">{written}</script>')  # noqa: S704 - escaped above


def finalize(value: Any) -> Markup:
    """Encode what a template prints: strings by ``text``, those in another language in an element that names it,
    integers and markup not at all; TypeError for all else."""
    kind = type(value)
    if kind is str:
        return text(value)
    if kind is Markup:
        return value  # type: ignore[no-any-return]
    if kind is int:
        return _markup(str(value))
    if kind is Spoken:
        return _name_languages(value)
    raise TypeError(f"a template may not print {value!r}")


def _name_languages(value: Spoken) -> Markup:
    """A text with an element around the words of each other language than the page's."""
    return _markup(
        "".join(f'<bdi lang="{text(tag)}">{text(words)}</bdi>' if tag else text(words) for words, tag in value.parts)
    )


def printed(text: str) -> Markup:
    """Mark what a template's macro printed as markup: all values in it passed ``finalize``."""
    return _markup(text)


def front_matter(title: str, description: str, **settings: Any) -> Markup:
    """The YAML head of a page. Title and description are escaped here, since the theme prints them unescaped."""
    one_line = {"title": _LINES.sub(" ", title), "description": _LINES.sub(" ", description)}
    data = {**{key: html.escape(value) for key, value in one_line.items()}, **settings}
    dumped = "".join(f"{key}: {_flow(value)}\n" for key, value in data.items())
    return Markup(f"---\n{dumped}---\n")  # noqa: S704


def _flow(value: Any) -> str:
    """A value as YAML of one line. JSON is YAML if all its characters are printable, and ten times faster."""
    if (dumped := _json_of(value)).isprintable():
        return dumped
    dumped = yaml.dump(value, Dumper=yaml.CSafeDumper, default_flow_style=True, default_style='"', width=10**6)
    return dumped.rstrip("\n")
