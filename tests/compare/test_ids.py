"""Ids made of source and claim: unique, never one that was registered, and permanent once they are written down."""

from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from synoptic.authoring.statement_ids import insert_ids
from synoptic.base.problems import Refused
from synoptic.compare.ids import name_statements
from synoptic.load.groups import ungroup
from synoptic.load.yaml_guard import parse
from synoptic.model.records import Claim, Statement
from synoptic.model.values import id_fault

PATH = "briefings/x/claims/closing.yml"


def claim(name: str, *statements: Statement) -> Claim:
    """A claim with some statements."""
    return Claim(id=name, claim="It closed.", kind="event", topic="closing", statements=statements)


def names(claims: Sequence[Claim]) -> list[str]:
    """The ids of all statements."""
    return [statement.id for one in claims for statement in one.statements]


def said(source: str, name: str = "", was: tuple[str, ...] = ()) -> Statement:
    """A statement."""
    return Statement(**({"id": name} if name else {}), source=source, quote="it closed", was=was)


def test_names() -> None:
    """An id is made of source and claim; a second one has a number; what is typed, was typed or is taken stays free."""
    typed = said("herald", "wire-shut")
    claims = [claim("shut", said("wire"), typed, said("wire")), claim("two", said("wire", was=("wire-two",)))]
    assert names(name_statements(claims, {"wire-shut-2"})) == ["wire-shut-3", "wire-shut", "wire-shut-4", "wire-two-2"]
    assert name_statements(claims, ())[0].statements[1] is typed
    long = claim("c" * 64, said("s" * 64), said("s" * 64))
    made = names(name_statements([long], ()))
    assert [id_fault(name) for name in made] == ["", ""]
    assert len(set(made)) == 2


FORMS = st.sampled_from(["list", "flow", "grouped", "grouped-flow"])


def render(form: str, statements: Sequence[tuple[str, str, str]], ending: str) -> str:
    """A claims file with statements of (source, id or nothing, words), written in some form."""
    text = "- id: shut\n  claim: It shut.  # é\n  kind: event\n  statements:" + (" []\n" if not statements else "\n")
    grouped: dict[str, list[str]] = {}
    for source, name, words in statements:
        keys = ([f"id: {name}"] if name else []) + [f'quote: "{words}"']
        if form == "list":
            text += "    - " + "\n      ".join([*keys, f"source: {source}"]) + "  # beside\n"
        elif form == "flow":
            text += "    - {" + ", ".join([*keys, f"source: {source}"]) + "}\n"
        else:
            grouped.setdefault(source, []).append(
                "{" + ", ".join(keys) + "}" if form == "grouped-flow" else "\n        ".join(keys)
            )
    for source, items in grouped.items():
        text += f"    {source}:\n" + "".join(f"      # above\n      - {item}\n" for item in items)
    return text.replace("\n", ending)


def read(data: bytes, register: Sequence[str]) -> list[Statement]:
    """The statements of a file, all with ids."""
    tree = parse(data, PATH)
    assert tree.problems == ()
    value, problems = ungroup(tree.value[0])
    assert problems == []
    claims = name_statements([Claim.model_validate({**value, "topic": "closing"})], register)
    return list(claims[0].statements)


@settings(max_examples=150, deadline=None)
@given(data=st.data())
def test_a_registered_id_never_comes_to_stand_for_other_words(data: st.DataObject) -> None:
    """However statements are added, removed, moved, regrouped, or lose the id that was written: a registered id stands
    for the words that it was registered for, or for nothing."""
    words: dict[str, str] = {}  # the register
    content: list[tuple[str, str, str]] = []  # the statements as typed
    for number in range(data.draw(st.integers(1, 5))):
        for at in range(data.draw(st.integers(0, 3))):
            source = data.draw(st.sampled_from(["wire", "herald"]))
            content.insert(data.draw(st.integers(0, len(content))), (source, "", f"words {number} {at}"))
        content = data.draw(st.permutations(content))[: data.draw(st.integers(0, len(content)))]
        forgotten = data.draw(st.sampled_from([False, False, True]))
        content = [(source, "" if forgotten else name, quote) for source, name, quote in content]
        form, ending = data.draw(FORMS), data.draw(st.sampled_from(["\n", "\r\n"]))
        typed = render(form, content, ending).encode()
        before = read(typed, list(words))
        assert len({statement.id for statement in before}) == len(before)
        assert all(words.get(statement.id, statement.quote) == statement.quote for statement in before)
        missing = {(s.place.line, s.place.column): s.id for s in before if "id" not in s.place.parts}
        written = insert_ids(typed, PATH, missing)  # as `lock` does
        after = read(written, [])
        assert [(s.id, s.quote) for s in after] == [(s.id, s.quote) for s in before]
        assert all("id" in s.place.parts for s in after)
        assert [line for line in typed.split(b"\n") if b"#" in line] == [
            line for line in written.split(b"\n") if b"#" in line
        ]
        words |= {statement.id: statement.quote for statement in after}
        content = [(s.source, s.id, s.quote) for s in after]


def test_a_file_without_room_for_an_id_is_left() -> None:
    """Where an id cannot be typed, the file stays as it is, and the message says what to type where."""
    data = b"- id: shut\n  claim: It shut.\n  statements:\n    - [source: wire]\n"
    with pytest.raises(Refused, match=r"closing.yml:4:8: error: .*\n.*tip: write it yourself: id: wire-shut"):
        insert_ids(data, PATH, {(4, 8): "wire-shut"})
