"""The encoders: one for each place that a string can reach."""

import html

import markdown
import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import Markup

from synoptic.text import encode
from synoptic.text.unicode import describe_unfit

HOSTILE = "<script>alert(1)</script> [a](javascript:b) {: onclick=c } `d` **e** &lt; \"'> {{ 7*7 }} --8<-- :smile:"


@given(st.text().filter(lambda t: not describe_unfit(t.replace("\n", " ").replace("\t", " "))))
def test_shown_exactly_in_markdown(value: str) -> None:
    """Any text in a Markdown heading is shown exactly."""
    line = " ".join(value.split())
    out = markdown.markdown(f"# x{encode.text(line)}x {{: #a }}", extensions=["attr_list", "toc", "tables"])
    assert out.startswith('<h1 id="a">')
    assert html.unescape(out.removeprefix('<h1 id="a">').removesuffix("</h1>")) == f"x{line}x"


@pytest.mark.parametrize("place", ["<div>{}</div>", '<p title="{}">x</p>', "<td data-source='{}'>x</td>"])
def test_hostile_text_is_inert_in_html(place: str) -> None:
    """Hostile text in an HTML block opens no tag, ends no attribute, and is not Markdown."""
    out = markdown.markdown(place.format(encode.text(HOSTILE)), extensions=["attr_list", "toc"])
    assert out.count("<") == place.count("<")
    assert HOSTILE in html.unescape(out)


def test_front_matter_keeps_a_title_one_value() -> None:
    """A hostile title stays one YAML string, and holds no tag when the theme prints it unescaped."""
    title = "a\nhide: [x]\n---\n<script>: 2026-11-21"
    data = yaml.safe_load(str(encode.front_matter(title, "d", hide=["toc"])).split("---\n")[1])
    assert html.unescape(data["title"]) == " ".join(title.split())
    assert "<" not in data["title"]
    assert data["hide"] == ["toc"]


def test_every_character_of_a_description_comes_back() -> None:
    """Whatever characters a description has, the head of the page keeps all of them in one line of YAML."""
    signs = [chr(c) for c in (*range(0x20, 0xD800), *range(0xE000, 0x10000), *range(0x1F000, 0x20000, 7))]
    for start in range(0, len(signs), 500):
        description = f"a{''.join(signs[start : start + 500])}b"
        head = str(encode.front_matter("t", description))
        assert head.count("\n") == 4, f"from U+{ord(signs[start]):04X}"
        assert html.unescape(yaml.load(head.split("---\n")[1], yaml.CSafeLoader)["description"]) == description


def test_a_date_as_title_stays_text() -> None:
    """A title that looks like a date stays a string."""
    data = yaml.safe_load(str(encode.front_matter("2026-11-21", "d")).split("---\n")[1])
    assert data["title"] == "2026-11-21"


@pytest.mark.parametrize("value", [None, True, 1.5, ["a"], object()])
def test_only_text_is_printed(value: object) -> None:
    """A template that prints anything but strings, integers or markup fails."""
    with pytest.raises(TypeError):
        encode.finalize(value)


@pytest.mark.parametrize("value", ["", "a b", "a--b", "-a", "a.b", 'a"b', "../x"])
def test_names_are_checked(value: str) -> None:
    """Ids are checked, not escaped."""
    with pytest.raises(ValueError):
        encode.name(value)


@pytest.mark.parametrize(
    ("here", "there", "anchor", "href"),
    [
        ("", "method/", "", "method/"),
        ("a/b/", "a/", "", "../"),
        ("a/b/", "a/b/c/", "x", "c/#x"),
        ("a/b/", "a/b/", "x", "#x"),
        ("a/b/", "a/b.json", "", "../b.json"),
        ("a/", "", "", "../"),
    ],
)
def test_relative(here: str, there: str, anchor: str, href: str) -> None:
    """Addresses are relative, so that the site works under any path."""
    assert encode.relative(here, there, anchor) == Markup(href)
    assert encode.resolve_addresses(f"<{encode.address(there, anchor)}>", here) in (f"<{href}>", f"<./{href}>")


def test_no_text_is_taken_for_an_address() -> None:
    """The mark around an address in an unfinished page occurs in no encoded text."""
    mark = str(encode.address("a/"))[0]
    assert mark not in encode.text(f"{mark}../b/{mark}")
    with pytest.raises(ValueError):
        encode.address(f"a{mark}b/")
