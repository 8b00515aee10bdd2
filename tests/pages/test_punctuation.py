"""Punctuation beside values: each language has its own, so colons, commas and quotation marks are messages."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from jinja2 import Environment

from synoptic.load.catalogue import find_language
from synoptic.pages.environment import TEMPLATES, THEME, environment
from synoptic.text.language import (
    END_ISOLATE,
    ISOLATE,
    add_remark,
    enquote,
    join_list,
    join_remarks,
    name_value,
    speaking,
)
from tests.catalogues import PROGRAM
from tests.pseudo import SPOKEN

#: Signs that languages write differently, or with other spaces.
SIGNS = re.compile(r"[:;,!?()“”„«»‹›]")
#: What only editors at work see; it is English.
ENGLISH = ("edit_bar.html.j2", "problem_panel.html.j2")
_VALUE = "\ufffc"


def outside_messages(source: str, templates: Environment) -> Iterator[str]:
    """What a template itself shows or has read aloud, with a mark for each value and each message."""
    shown, in_message, name = "", False, ""
    for _, kind, token in templates.lex(source):
        if kind == "block_begin":
            name = ""
        elif kind == "name" and not name:
            name = token
            in_message = token == "trans" or (in_message and token != "endtrans")
            shown += _VALUE * (token == "endtrans")
        elif kind == "variable_begin" and not in_message:
            shown += _VALUE
        elif kind == "data" and not in_message:
            shown += token
    shown = re.sub(r"<style>.*?</style>|url\([^)]*\)|\{:[^}]*\}", "", shown, flags=re.DOTALL)
    yield from re.findall(rf'(?:{"|".join(SPOKEN)})="([^"]*)"', shown)
    yield re.sub(r"<[^>]*>", "", shown)


PAGES = [path.name for path in sorted(TEMPLATES.iterdir()) if path.name not in ENGLISH]


@pytest.mark.parametrize("name", PAGES)
def test_a_template_leaves_signs_to_the_language(name: str) -> None:
    """No template of a page has a colon, semicolon, comma or quotation mark of its own outside of messages."""
    for text in outside_messages((TEMPLATES / name).read_text(encoding="utf-8"), environment()):
        assert [line for line in text.splitlines() if SIGNS.search(line)] == []


def glued(code: str) -> Iterator[str]:
    """Where Python puts a sign beside a value: in an f-string, or between the items of a list."""
    for node in ast.walk(ast.parse(code)):
        if isinstance(node, ast.JoinedStr):
            shown = "".join(str(part.value) if isinstance(part, ast.Constant) else _VALUE for part in node.values)
            if re.search(rf"{_VALUE}(?:[:;,] | \()|[“„«]{_VALUE}", shown):
                yield ast.unparse(node)
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "join":
            joint = node.func.value
            if isinstance(joint, ast.Constant) and str(joint.value).strip() in (":", ";", ","):
                yield ast.unparse(node)


#: What no reader of a page sees: the subject of a mail to the site's people, the panel of an editor at work, and the
#: text of a fragment in an address.
UNSEEN = {"claim_dates.py": 1, "problem_panel.py": 1, "receipts.py": 1}


@pytest.mark.parametrize("path", sorted((PROGRAM / "pages").glob("*.py")), ids=lambda path: path.name)
def test_a_view_leaves_signs_to_the_language(path: Path) -> None:
    """No view puts a colon, semicolon, comma, parenthesis or quotation mark beside a value."""
    found = list(glued(path.read_text(encoding="utf-8")))
    assert len(found) == UNSEEN.get(path.name, 0), found


#: In a script: a string, a sign beside a value in one, and a list that a sign joins.
_STRING = re.compile(r'''`[^`\n]*`|"[^"\n]*"''')
_GLUED = re.compile(r"\}(?:[:;,] | \()|[“”„«]")
_JOINED = re.compile(r'\.join\("[:;,] "\)')
_MESSAGE = re.compile(r'gettext\("[^"]*"')


@pytest.mark.parametrize("path", sorted((THEME / "assets").glob("*.js")), ids=lambda path: path.name)
def test_a_script_leaves_signs_to_the_language(path: Path) -> None:
    """No script puts such a sign beside a value."""
    code = re.sub(r"^\s*(?://|/?\*).*$", "", path.read_text(encoding="utf-8"), flags=re.MULTILINE)
    code = _MESSAGE.sub("gettext(", code)
    strings = [one for one in _STRING.findall(code) if one[0] == "`" or not one.isascii()]
    assert [one for one in strings if _GLUED.search(one)] + _JOINED.findall(code) == []


@pytest.mark.parametrize(
    ("tag", "said"),
    [
        ("en", "“a”: b; c, d (e)"),
        ("fr", "«\u202fa\u202f»\u202f: b\u202f; c, d (e)"),
        ("de", "„a“: b; c, d (e)"),
        ("es", "«a»: b; c, d (e)"),
        ("ar", "«a»: b؛ c، d (e)"),
    ],
)
def test_signs_are_those_of_the_language(tag: str, said: str) -> None:
    """French puts narrow spaces before its signs and inside its quotation marks; Arabic has its own comma and
    semicolon; a template prints what a view prints."""
    template = '{{ "“" | sign }}a{{ "”" | sign }}{{ ":" | sign }} b{{ "; " | sign }}c{{ ", " | sign }}d (e)'
    with speaking(find_language(tag)):
        told = name_value(enquote("a"), join_remarks(["b", join_list(["c", add_remark("d", "e")])]))
        told = str(told).replace(ISOLATE, "").replace(END_ISOLATE, "")
        assert (told, environment().from_string(template).render()) == (said, said)
