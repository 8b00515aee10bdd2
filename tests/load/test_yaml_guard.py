"""The guard before the YAML parser."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from build_tools.base.problems import PLACE, Place
from build_tools.load.yaml_guard import MAX_BYTES, parse


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"a: \xff", "is not UTF-8"),
        (b"a: 1\nb: [\n", "not valid YAML"),
        (b"a: \x07", "control character"),
        (b'a: "\\x07"', "control character"),
        ("a: x\u202ey".encode(), "direction of writing"),
        ("a: x\u200by".encode(), "invisible"),
        (b"a: &x 1\nb: 2", "an anchor"),
        (b"a: *x", "an alias"),
        (b"a: !!python/name:os.system x", "a tag"),
        (b"a: 1\n---\nb: 2", "second document"),
        (b"a: 1\na: 2", "appears twice, in lines 1 and 2"),
        (b"? [a]\n: 1", "plain word"),
        (b"[" * 13 + b"]" * 13, "nested"),
        (b"[" * 500_000, "nested"),
        (b"x" * (MAX_BYTES + 1), "too many"),
    ],
    ids=lambda v: v[:24] if isinstance(v, str) else "",
)
def test_refused(data: bytes, message: str) -> None:
    """What the format does not allow is one problem at its place."""
    problems = parse(data, "x.yml").problems
    assert [message in p.message for p in problems] == [True]


def test_all_mistakes_at_once() -> None:
    """What no page can show is named at its line and column, and the rest of the file is read all the same."""
    tree = parse("a: x\u200by\nb: \u202e1\na: 2\n".encode(), "x.yml")
    assert [(p.place.line, p.place.column) for p in tree.problems] == [(1, 5), (2, 4), (3, 1)]
    assert (tree.value["a"], tree.value["b"]) == ("xy", "1")
    places = [p.place for p in parse(b"a: &x 1\nb: *x\nc: !y 2\n", "x.yml").problems]
    assert places == [Place("x.yml", 1, 4), Place("x.yml", 2, 4), Place("x.yml", 3, 4)]
    assert [p.place for p in parse("é: 1\nb: é\n".encode() + b"c: \xff", "x.yml").problems] == [Place("x.yml", 3, 4)]


def test_scalars_stay_text() -> None:
    """No value is guessed to be a number, a date or a truth value."""
    tree = parse(b"[no, 1.10, 12:30, 0123, 2031-02-30, ~, yes]", "x.yml")
    assert tree.value == ["no", "1.10", "12:30", "0123", "2031-02-30", "~", "yes"]


def test_places() -> None:
    """Every object and every value knows its line and column."""
    value = parse(b"- id: a\n  terms: [x,\n    y]\n", "x.yml").value[0]
    assert value[PLACE] == Place("x.yml", 1, 3)
    assert value[PLACE].at("terms", 1) == Place("x.yml", 3, 5)


def test_empty_value_is_none() -> None:
    """A key without a value has none; an empty quoted text is text."""
    value = parse(b"a:\nb: ''\n", "x.yml").value
    assert (value["a"], value["b"]) == (None, "")


def test_right_to_left_and_emoji_are_welcome() -> None:
    """Legitimate text of any script is taken exactly."""
    text = "שלום 👩‍👩‍👧 हिन्दी"
    assert parse(f"a: {text}".encode(), "x.yml").value["a"] == text


@given(st.binary(max_size=200))
def test_any_bytes(data: bytes) -> None:
    """No input makes the parser raise."""
    parse(data, "x.yml")


@given(st.text(alphabet="{}[]:,-?&*!|>'\"#%@` \n\tab\\", max_size=60))
def test_any_syntax(text: str) -> None:
    """No arrangement of YAML's own signs makes the parser raise."""
    parse(text.encode(), "x.yml")
