"""Whatever is typed into cells: the files then say the same as if it had been typed into them."""

import csv
import io
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from synoptic.authoring.import_files import make_files
from synoptic.authoring.import_table import plan_import
from synoptic.authoring.table_file import read_table
from synoptic.authoring.table_rows import Line, as_texts, read_rows
from synoptic.data import json_api
from synoptic.data.tables import STATEMENT_COLUMNS, protect
from synoptic.load.groups import ungroup
from synoptic.load.yaml_guard import parse
from synoptic.model.site import Briefing, Site
from synoptic.model.values import fold_spaces
from synoptic.text.unicode import find_unfit, normalize
from tests.projects import CHECKOUT, EXAMPLE, load_site, small_project

#: By statement: its claim, and what its file says of it.
Said = dict[str, tuple[str, dict[str, str]]]
TEXTS = ("note", "of", "via", "translation")
#: Signs that mean something in YAML, in CSV or to a spreadsheet, and letters of several scripts.
SIGNS = "aZ09 \n\t:#-'\"{}[]|>&*!%@`?,;=+~\\/.éß“”’–…中ж\u00a0"
WORDS = st.text(SIGNS, max_size=12).filter(lambda text: not find_unfit(normalize(text).replace("\n", " ")))


@dataclass(frozen=True, eq=False, repr=False)
class Exported:
    """A briefing with its exported table, and what its files say."""

    root: Path
    site: Site
    briefing: Briefing
    lines: Sequence[Line]
    said: Said
    claims: dict[str, tuple[str, str]]

    def take(self, lines: Sequence[Line]) -> tuple[Said, dict[str, tuple[str, str]], dict[str, bytes]]:
        """What the files say after an import of a table, and those that changed."""
        out = io.StringIO()
        writer = csv.writer(out)
        writer.writerow(STATEMENT_COLUMNS)
        writer.writerows([protect(line[column]) for column in STATEMENT_COLUMNS] for line in lines)
        table = read_table(out.getvalue().encode(), "t.csv", STATEMENT_COLUMNS, lambda table: 0)
        reading = read_rows(table, self.lines, {})
        plan = plan_import(table, reading, self.briefing, self.site)
        assert plan.problems == []
        after, _ = plan.apply(self.briefing, self.site)
        files = make_files(self.root, self.briefing, after, plan)
        return (*read_claims({**self.briefing.files, **files}), files)


def read_claims(files: Mapping[str, bytes]) -> tuple[Said, dict[str, tuple[str, str]]]:
    """What claims files say: the statements, and each claim with its topic and words. Read without the models."""
    said: Said = {}
    claims = {}
    for path, data in files.items():
        if PurePosixPath(path).parent.name == "claims":
            for value in parse(data, path).value or ():
                claims[value["id"]] = PurePosixPath(path).stem, fold_spaces(value["claim"])
                for statement in ungroup(value)[0].get("statements", ()):
                    fields = {key: fold_spaces(text) for key, text in statement.items() if isinstance(text, str)}
                    said[statement["id"]] = value["id"], {"stance": "asserts", **fields}
    return said, claims


def comments(files: Mapping[str, bytes]) -> Iterator[str]:
    """The comments in claims files, in order."""
    for path in sorted(files):
        if "/claims/" in path:
            yield from re.findall(r"(?:^| )# .*", files[path].decode(), re.MULTILINE)


def export(root: Path, slug: str) -> Exported:
    """A briefing of a project."""
    site = load_site(root)
    briefing = site.briefing[slug]
    lines = [as_texts(line) for line in json_api.list_statements(site, briefing)]
    return Exported(root, site, briefing, lines, *read_claims(briefing.files))


@pytest.fixture(scope="module")
def exported(tmp_path_factory: pytest.TempPathFactory) -> list[Exported]:
    """The invented briefings: with lists, in braces, and below their sources with many comments."""
    root = small_project(tmp_path_factory.mktemp("project"))
    return [*(export(root, slug) for slug in ("harbour-tunnel", "night-ferry")), export(CHECKOUT, EXAMPLE)]


@pytest.mark.slow
@given(data=st.data())
@settings(max_examples=60, deadline=None)
def test_cells_are_fields(exported: list[Exported], data: st.DataObject) -> None:
    """A changed cell changes the field of that statement, and nothing else in any file; comments stay."""
    one = exported[data.draw(st.integers(0, len(exported) - 1))]
    stances = st.sampled_from([*one.site.vocabulary.terms("stances")])
    names = st.sampled_from([line["statement"] for line in one.lines])
    edits = data.draw(st.dictionaries(st.tuples(names, st.sampled_from(TEXTS)), WORDS, max_size=5))
    chosen = data.draw(st.dictionaries(names, stances, max_size=2))
    lines = [
        {**line, "stance": chosen.get(line["statement"], line["stance"])}
        | {column: text for (name, column), text in edits.items() if name == line["statement"]}
        for line in one.lines
    ]
    wanted = {name: (claim, dict(fields)) for name, (claim, fields) in one.said.items()}
    for (name, column), text in edits.items():
        wanted[name][1][column] = fold_spaces(normalize(text))
    for name, stance in chosen.items():
        wanted[name][1]["stance"] = stance
    wanted = {name: (claim, {k: v for k, v in fields.items() if v}) for name, (claim, fields) in wanted.items()}
    said, claims, changed = one.take(lines)
    assert (said, claims) == (wanted, one.claims)
    touched = {one.briefing.claim[wanted[name][0]].place.path for name in wanted if wanted[name] != one.said[name]}
    assert changed.keys() == touched


@pytest.mark.slow
@given(data=st.data())
@settings(max_examples=40, deadline=None)
def test_statements_and_claims_move(exported: list[Exported], data: st.DataObject) -> None:
    """Statements go to other claims and claims to other topics, with everything else that their files say of them."""
    one = exported[data.draw(st.integers(0, len(exported) - 1))]
    names = st.sampled_from([line["statement"] for line in one.lines])
    homes = data.draw(st.dictionaries(names, st.sampled_from([*one.claims]), max_size=4))
    topics = data.draw(st.dictionaries(
        st.sampled_from([*one.claims]), st.sampled_from([topic.id for topic in one.briefing.file.topics]), max_size=2,
    ))  # fmt: skip
    lines = [
        {
            **line,
            "topic": topics.get(line["claim"], line["topic"]),
            "claim": homes.get(line["statement"], line["claim"]),
        }
        for line in one.lines
        if line["statement"] not in homes or homes[line["statement"]] == line["claim"] or line["claim"] not in topics
    ]
    stayed = {line["claim"] for line in lines if homes.get(line["statement"], line["claim"]) == line["claim"]}
    kept = {line["statement"] for line in lines}
    said, claims, _ = one.take(lines)
    assert said == {
        name: (homes[name] if name in homes and name in kept else claim, fields)
        for name, (claim, fields) in one.said.items()
    }
    assert claims == {
        name: (topics.get(name, topic) if name in stayed else topic, words)
        for name, (topic, words) in one.claims.items()
    }


def test_nothing_changed(exported: list[Exported]) -> None:
    """A table that comes back in another order, without a change, changes no file."""
    for one in exported:
        assert one.take(one.lines[::-1]) == (one.said, one.claims, {})


def test_comments_stay(exported: list[Exported]) -> None:
    """No comment is lost, even if every statement changes."""
    one = exported[-1]
    said, _, changed = one.take([{**line, "of": "ferries"} for line in one.lines])
    assert {fields["of"] for _, fields in said.values()} == {"ferries"}
    old, new = ([*comments(files)] for files in (one.briefing.files, {**one.briefing.files, **changed}))
    assert old == new != []
