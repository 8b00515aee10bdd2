"""The canonical form keeps the meaning and every comment."""

import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from ruamel.yaml import YAML

from build_tools.authoring import layout
from build_tools.authoring.layout import WIDTH, Unformattable, format_yaml
from build_tools.base.problems import PLACE
from build_tools.load.yaml_guard import parse
from tests.projects import run

PATH = "briefings/x/claims/y.yml"
ROOT = Path(__file__).parents[2]
SLUG = "briefings/harbour-tunnel"


def form(text: str, path: str = PATH) -> str:
    """The canonical form of a text, without the line that names its schema."""
    return format_yaml(text.encode(), path).split("\n", 1)[1]


def bare(value: Any) -> Any:
    """Values without places."""
    if isinstance(value, dict):
        return {k: bare(v) for k, v in value.items() if k != PLACE}
    return [bare(v) for v in value] if isinstance(value, list) else value


def comments(text: str) -> list[str]:
    """Every comment, as an independent reader finds them."""
    found = []
    for token in YAML().scan(text):
        spots = [*(token.comment or ())]
        while spots:
            one = spots.pop()
            spots += one if isinstance(one, list) else []
            value = one if isinstance(one, str) else getattr(one, "value", "")
            found += [row.strip() for row in value.split("\n") if row.strip().startswith("#")]
    return sorted(found)


def test_a_comma_inside_braces() -> None:
    """A text that a comma cuts off inside braces is reported; an empty text is not."""
    wrong = "- id: opens\n  passed_over:\n  - {source: herald, reason: It is late, and of another ferry}\n"
    with pytest.raises(Unformattable) as refused:
        format_yaml(wrong.encode(), PATH)
    (problem,) = refused.value.problems
    assert str(problem).startswith(f'{PATH}:3:42: error: "and of another ferry" has no value')
    assert "quotation marks" in problem.tip
    format_yaml(wrong.replace("It is late, and of another ferry", '""').encode(), PATH)


def test_order_and_layout() -> None:
    """Keys are in the model's order, objects of one kind in one layout, and comments stay with their values."""
    assert form(
        """\
# The file.
- claim: 'It opens.'   # ours
  # what the search needs
  terms: [ "open*",
     june ]
  kind: event
  id: opens
  statements:
  # the first
  - {quote: "We open", id: s, stance: asserts, source: gazette}
  - source: herald   # a daily
    note: >-
      in two
      lines
    id: t
    stance: denies
    quote: |
      One
      two
    # more will come
  passed_over: [{reason: It is old., source: wire}]
# the end
"""
    ) == (
        """\
# The file.
- id: opens
  claim: It opens.  # ours
  kind: event
  # what the search needs
  terms: [open*, june]
  statements:
    # the first
    - id: s
      source: gazette
      stance: asserts
      quote: We open
    - id: t
      source: herald  # a daily
      stance: denies
      quote: |
        One
        two
      note: in two lines
      # more will come
  passed_over:
    - {source: wire, reason: It is old.}
# the end
"""
    )


@pytest.mark.parametrize(
    ("written", "formed"),
    [
        ("no", '"no"'),
        ("1.10", '"1.10"'),
        ("0123", '"0123"'),
        ("1e5", '"1e5"'),
        ("0o17", '"0o17"'),
        ("12:30", '"12:30"'),
        ("~", '"~"'),
        ("Null", '"Null"'),
        ("2026-02-30", '"2026-02-30"'),
        ('"a: b"', '"a: b"'),
        ("'say \"a\": b'", "'say \"a\": b'"),
        ('"it\'s"', "it's"),
        ("'#1'", '"#1"'),
        ("'- a'", '"- a"'),
        ('""', '""'),
        ("'two\n\n\n  lines'", "|-\n    two\n\n    lines"),
        ('"tab\\there"', '"tab\\there"'),
        ('" space"', '" space"'),
        ("“curly”", "“curly”"),
        ("隧道、六月：开通", "隧道、六月：开通"),
        ("שלום 👩‍👩‍👧", "שלום 👩‍👩‍👧"),
        ("word " * 100 + "end", "word " * 100 + "end"),
        ("e\u0301", "\u00e9"),
    ],
)
def test_texts_survive(written: str, formed: str) -> None:
    """A text is plain if every YAML reader takes it for this text, else quoted; it is never broken."""
    assert form(f"- id: a\n  claim: {written}\n") == f"- id: a\n  claim: {formed}\n"


def test_numbers_days_and_truths_stay_plain_where_the_format_has_them() -> None:
    """Numbers, days and truth values need no quotation marks."""
    text = "published: 2031-05-17\nparagraphs:\n  1: headline\n"
    assert form(text, "briefings/x/sources/y.yml") == text
    text = "- id: a\n  statements:\n    - id: b\n      paragraph: 3\n      cut: true\n"
    assert form(text) == text


def test_wide_lists_take_a_line_for_each() -> None:
    """Only a list that does not fit takes several lines."""
    terms = [f"term-number-{i}" for i in range(9)]
    parted = form(f"- id: a\n  terms: [{', '.join(terms)}]\n")
    assert parted == "- id: a\n  terms:\n" + "".join(f"    - {term}\n" for term in terms)
    assert form(re.sub("    - term-number-[78]\n", "", parted)).count("\n") == 2
    assert all(len(row) <= WIDTH for row in parted.split("\n"))


def test_the_schema_is_named_once() -> None:
    """The first line names the schema by a path relative to the file, and replaces any other."""
    wrong = "# A comment.\n# yaml-language-server: $schema=https://example.org/x.json\n- id: a\n"
    made = format_yaml(wrong.encode(), PATH)
    assert made == ("# yaml-language-server: $schema=../../../docs/schema/v1/claims.json\n# A comment.\n- id: a\n")


@pytest.mark.parametrize(
    "data",
    [b"a: [", b"- a\n---\n- b", b"a: 1\na: 2", b"a: &x 1", b"a: \xff", b"", b"# only\n", b'a: "\\u200b"'],
    ids=str,
)
def test_what_the_strict_loader_refuses_is_left(data: bytes) -> None:
    """An unreadable file is refused with the reason."""
    with pytest.raises(Unformattable) as refused:
        format_yaml(data, PATH)
    assert refused.value.problems


def test_carriage_returns_and_byte_order_mark_go() -> None:
    """Files from other systems get the project's line ends."""
    assert format_yaml("\ufeff- id: a\r\n  claim: b\r\n".encode(), PATH).endswith("json\n- id: a\n  claim: b\n")


def test_removal() -> None:
    """A removed value takes its key and an emptied parent with it; comments stay."""
    text = "- id: a\n  statements:\n    - id: b\n      # why\n      allow: {left-out: So.}  # old\n      note: c\n"
    tree = parse(text.encode(), PATH)
    place = tree.value[0]["statements"][0][PLACE].at("allow", "left-out")
    made = format_yaml(text.encode(), PATH, frozenset([(place.line, place.column)])).split("\n", 1)[1]
    assert made == "- id: a\n  statements:\n    - id: b\n      # why\n      # old\n      note: c\n"


WORDS = st.text(alphabet="ab:#-?\"'[]{},&*!|>%@`~ é漢\n\\.0", min_size=1, max_size=12)
NOTES = st.sampled_from(["", "", "", "# note", "# a: [b", "#"])


@st.composite
def files(draw: st.DrawFn) -> str:
    """A file of claims with any texts, comments anywhere, and both YAML styles."""

    def text() -> str:
        return '"' + re.sub(r'(["\\])', r"\\\1", draw(WORDS)).replace("\n", "\\n") + '"'

    def above(pad: str) -> str:
        note = draw(NOTES)
        return draw(st.sampled_from(["", "\n"])) + (f"{pad}{draw(st.sampled_from(['', '  ']))}{note}\n" if note else "")

    def beside() -> str:
        note = draw(NOTES)
        return f"  {note}\n" if note else "\n"

    out = above("")
    for i in range(draw(st.integers(1, 3))):
        out += (
            f"- claim: {text()}{beside()}{above('  ')}  id: c{i}{beside()}  terms: [{text()},{beside()}     {text()}]"
        )
        out += beside() + "  statements:" + beside()
        for j in range(draw(st.integers(1, 2))):
            out += above("  ")
            if draw(st.booleans()):
                out += f"  - {{quote: {text()}, id: s{j}, allow: {{left-out: {text()}}}}}{beside()}"
            else:
                out += (
                    f"  - quote: {text()}{beside()}{above('    ')}    id: s{j}{beside()}    extra: {text()}{beside()}"
                )
        out += above("  ") + above("")
    return out


@settings(max_examples=150, deadline=None)
@given(files())
def test_any_file(text: str) -> None:
    """Any file keeps its values and, to an independent reader, its comments; a second run changes nothing."""
    made = format_yaml(text.encode(), PATH)
    assert bare(parse(made.encode(), PATH).value) == bare(parse(text.encode(), PATH).value)
    first, *rest = made.split("\n", 1)
    assert first.startswith("# yaml-language-server")
    assert comments("".join(rest)) == comments(text)
    assert format_yaml(made.encode(), PATH) == made


def test_the_repository_is_canonical() -> None:
    """Every file of the briefings is in its canonical form."""
    assert run(ROOT, "fmt", "--check") == 0


@pytest.mark.parametrize(
    ("before", "after"), [("claim: b", "claim: c"), ("  # note", ""), ("- id: a", "- id: a\n  id: b")]
)
def test_nothing_is_written_that_changes_a_meaning(before: str, after: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """If the formatter had a fault, the file would be refused: no value, comment or key may change."""
    real = layout._format
    monkeypatch.setattr(layout, "_format", lambda *a: real(*a).replace(before, after))
    with pytest.raises(Unformattable, match="without changing its meaning"):
        format_yaml(b"- id: a\n  claim: b  # note\n", PATH)
