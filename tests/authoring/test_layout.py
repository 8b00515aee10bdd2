"""The canonical form keeps the meaning and every comment."""

import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from ruamel.yaml import YAML

from synoptic.authoring import layout
from synoptic.authoring.layout import WIDTH, Unformattable, format_yaml
from synoptic.base.problems import PLACE
from synoptic.load.yaml_guard import parse
from tests.yaml_files import read_yaml

PATH = "briefings/x/claims/y.yml"
CASES = read_yaml(Path(__file__).parent / "layout.yml")


def form(text: str, path: str = PATH) -> str:
    """The canonical form of a text, without the line that names its schema."""
    return format_yaml(text.encode(), path).split("\n", 1)[1]


def bare(value: Any) -> Any:
    """Values without places; a line break in a text is a space."""
    if isinstance(value, dict):
        return {k: bare(v) for k, v in value.items() if k != PLACE}
    if isinstance(value, str):
        return re.sub("[ \\t\\r\\n]+", " ", value).strip()
    return [bare(v) for v in value] if isinstance(value, list) else value


def listed(value: Any) -> list[Any]:
    """Claims without places, with a list of statements, each with its source and without the usual stance."""
    claims = bare(value)
    for claim in claims:
        if isinstance(claim["statements"], dict):
            claim["statements"] = [
                {**item, "source": source}
                for source, below in claim["statements"].items()
                for item in (below if isinstance(below, list) else [below])
            ]
        for statement in claim["statements"]:
            if statement.get("stance") == "asserts":
                del statement["stance"]
    return list(claims)


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


@pytest.mark.parametrize("name", CASES["files"])
def test_files(name: str) -> None:
    """A file becomes what its case says, with the address of its schema relative to it; then nothing changes."""
    case = CASES["files"][name]
    remove = frozenset([tuple(case["remove"])] if "remove" in case else [])
    path = case.get("path", PATH)
    made = format_yaml(case["written"].encode(), path, remove)
    head = f"# yaml-language-server: $schema=../../../docs/schema/v1/{case.get('schema', 'claims')}.json\n"
    assert made == head + case["formed"], case["why"]
    assert format_yaml(made.encode(), path) == made


@pytest.mark.parametrize(("written", "formed"), [*CASES["texts"], ("word " * 100 + "end", "word " * 100 + "end")])
def test_texts_survive(written: str, formed: str) -> None:
    """A text is plain if every YAML reader takes it for this text, else quoted; it is never broken."""
    assert form(f"- id: a\n  claim: {written}\n") == f"- id: a\n  claim: {formed}\n"


def test_wide_lists_take_a_line_for_each() -> None:
    """Only a list that does not fit takes several lines."""
    terms = [f"term-number-{i}" for i in range(9)]
    parted = form(f"- id: a\n  terms: [{', '.join(terms)}]\n")
    assert parted == "- id: a\n  terms:\n" + "".join(f"    - {term}\n" for term in terms)
    assert form(re.sub("    - term-number-[78]\n", "", parted)).count("\n") == 2
    assert all(len(row) <= WIDTH for row in parted.split("\n"))


@pytest.mark.parametrize("data", [*(text.encode() for text in CASES["refused"]), b"a: \xff"], ids=str)
def test_what_the_strict_loader_refuses_is_left(data: bytes) -> None:
    """An unreadable file is refused with the reason."""
    with pytest.raises(Unformattable) as refused:
        format_yaml(data, PATH)
    assert refused.value.problems


WORDS = st.text(alphabet="ab:#-?\"'[]{},&*!|>%@`~ é漢\n\\.0", min_size=1, max_size=12)
NOTES = st.sampled_from(["", "", "", "# note", "# a: [b", "#"])


@st.composite
def files(draw: st.DrawFn) -> str:
    """A file of claims with any texts, comments anywhere, both YAML styles, and statements in both forms."""

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
        grouped = draw(st.booleans())
        for j in range(draw(st.integers(1, 3))):
            out += above("  ")
            source = f"source: src{j // 2}, " if draw(st.booleans()) else ""
            if grouped:
                hyphen, pad = draw(st.sampled_from([("", ""), ("- ", "  ")]))
                out += f"    src{j}:{beside()}{above('      ')}      {hyphen}quote: {text()}{beside()}"
                out += f"{above('      ' + pad)}      {pad}stance: asserts{beside()}"
            elif draw(st.booleans()):
                out += f"  - {{quote: {text()}, {source}id: s{j}, allow: {{left-out: {text()}}}}}{beside()}"
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
    assert listed(parse(made.encode(), PATH).value) == listed(parse(text.encode(), PATH).value)
    first, *rest = made.split("\n", 1)
    assert first.startswith("# yaml-language-server")
    assert comments("".join(rest)) == comments(text)
    assert format_yaml(made.encode(), PATH) == made


@pytest.mark.parametrize(
    ("before", "after"), [("claim: b", "claim: c"), ("  # note", ""), ("- id: a", "- id: a\n  id: b")]
)
def test_nothing_is_written_that_changes_a_meaning(before: str, after: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """If the formatter had a fault, the file would be refused: no value, comment or key may change."""
    real = layout._format
    monkeypatch.setattr(layout, "_format", lambda *a: real(*a).replace(before, after))
    with pytest.raises(Unformattable, match="without changing its meaning"):
        format_yaml(b"- id: a\n  claim: b  # note\n", PATH)
