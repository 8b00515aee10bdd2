"""Changes as text, Markdown and JSON: exact, and inert whatever they contain."""

import json
import re
import xml.etree.ElementTree as ET
from dataclasses import replace
from pathlib import Path

import markdown
import pytest

from synoptic.base.problems import Place, make_printable
from synoptic.history import report
from synoptic.model.change import KINDS, LEVELS, OWN_FIELDS, Change, Comparison
from tests.yaml_files import read_yaml

COMPARED = report.Compared("main", "0" * 40, "", "")
HOSTILE = read_yaml(Path(__file__).with_name("hostile.yml"))


def hostile(text: str) -> Comparison:
    """One change of every kind, with a hostile text wherever a text can be."""
    names = re.findall(r"\{(\w+)\}", " ".join(kind.sentence for kind in KINDS.values()))
    values = tuple((name, "1" if name in OWN_FIELDS else text) for name in names)
    sides: list[tuple[str | None, str | None]] = [(text, f"x {text} y"), (None, text), (text, None)]
    changes = tuple(
        Change(
            kind, text, Place(f"briefings/{text}.yml", 3, 4), briefing=text, claim=text, source=text, speaker=text,
            about=text, before=before, after=after, values=values,
        )
        for kind in KINDS
        for before, after in sides
    )  # fmt: skip
    return Comparison(changes, (), (text,))


TAGS = {"h2", "h3", "p", "ul", "li", "code", "del", "ins", "br"}


@pytest.mark.parametrize("text", HOSTILE)
def test_markdown_is_inert(text: str) -> None:
    """Whatever is typed stands in code, exactly, and makes no element, link, mention, heading or comment."""
    out = "".join(report.render_markdown(hostile(text), replace(COMPARED, base=text, notes=(text,)), most=10**9))
    # No blank line ends a block of HTML, so nothing in it is read as Markdown.
    for block in out.split("\n\n"):
        assert block.startswith(("<p>", "<ul>", "## ", "### ")) or not block.strip()
    made = markdown.markdown(out, extensions=["tables", "fenced_code", "footnotes", "attr_list", "toc"])
    assert "<!" not in made
    page = ET.fromstring(f"<div>{made.replace('<br>', '<br/>')}</div>")  # every element ends where it should
    elements = [element for element in page.iter() if element is not page]
    assert {element.tag for element in elements} <= TAGS
    assert not {element.tag for element in elements if element.attrib} - {"h2", "h3"}
    shown = make_printable(text).replace("\n", "\\n")
    assert any(shown in "".join(code.itertext()) for code in page.iter("code"))
    for code in page.iter("code"):
        code[:], code.text = [], ""
    assert not re.search(r"[@#`<>|\[\]*_]|://|www\.|\bevil\b|\bforged\b", "".join(page.itertext()))
    assert not re.search(r"[@`|*]|://|www\.", out.replace("-->", ""))


@pytest.mark.parametrize("text", HOSTILE)
def test_text_is_inert(text: str) -> None:
    """On a terminal no typed text begins a line, moves the cursor, or passes for a mark of what is new or gone."""
    out = "".join(report.render_text(hostile(text), replace(COMPARED, base=text, notes=(text,))))
    assert make_printable(out) == out
    known = ("Changes of meaning", "  briefings/", "      ", "First: ", *(f"{lv.capitalize()}: " for lv in LEVELS))
    more = ("  With your own copy", "Note: ")
    inside = [line for line in out.split("\n") if line and not line.startswith((*known, *more))]
    assert len(inside) == 1, "only the line with the counts"
    assert inside[0].count("to look at first") == 1
    assert "{+forged" not in out
    assert "[-forged" not in out


@pytest.mark.parametrize("text", HOSTILE)
def test_json_is_exact(text: str) -> None:
    """JSON has every text exactly, in ASCII, and nothing that could end a script."""
    found = hostile(text)
    out = "".join(report.render_json(found, COMPARED))
    assert out.isascii()
    assert not re.search(r"[<>&]", out)
    data = json.loads(out)
    assert [change["before"] for change in data["changes"]] == [change.before for change in found.changes]
    assert {change["id"] for change in data["changes"]} == {text}


def test_markdown_has_an_end() -> None:
    """A summary stays within what a step's summary holds, and says how many changes are left out."""
    many = Comparison(hostile("a claim").changes * 40)
    out = "".join(report.render_markdown(many, COMPARED, most=50_000))
    assert len(out.encode()) < 60_000
    shown = out.count("<li>")
    assert f"{len(many.changes) - shown} more changes do not fit here" in out
