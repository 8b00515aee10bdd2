"""Schemas, models and files in step: an independent validator reads every file as an editor does."""

import json
import re
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml

from synoptic.authoring import schema as schemas
from synoptic.authoring.schema import KINDS, Kind, schema_comment
from synoptic.model.values import Placed
from synoptic.model.vocabulary import PATH
from tests.check.cases import CASES, read_case
from tests.projects import CHECKOUT, EXAMPLE, load_site, run, small_project

FILES = sorted(p for p in (CHECKOUT / "briefings").rglob("*.yml") if "articles" not in p.parts)
EXAMPLES = [path for path in FILES if path.is_relative_to(CHECKOUT / "briefings" / EXAMPLE)]
INVENTED = sorted((CHECKOUT / "tests/project/briefings").rglob("*.yml"))


class Editor(yaml.SafeLoader):
    """YAML 1.2 as editors read it: numbers, truth values and null are guessed, days are not; every key is text."""

    yaml_implicit_resolvers: dict[str, list[tuple[str, re.Pattern[str]]]] = {}  # noqa: RUF012 - as its parent's

    def construct_mapping(self, node: Any, deep: bool = False) -> dict[Any, Any]:
        """A mapping with the keys as they are written."""
        return {key.value: self.construct_object(value, deep=True) for key, value in node.value}


for tag, pattern, first in (
    ("bool", r"true|True|TRUE|false|False|FALSE", "tTfF"),
    ("null", r"~|null|Null|NULL|", ["~", "n", "N", ""]),
    ("int", r"[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+", "-+0123456789"),
    ("float", r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?", "-+.0123456789"),
):
    Editor.add_implicit_resolver(f"tag:yaml.org,2002:{tag}", re.compile(f"^(?:{pattern})$"), list(first))


def schema(kind: Kind) -> dict[str, Any]:
    """A committed schema."""
    found: dict[str, Any] = json.loads((CHECKOUT / schemas.FOLDER / f"{kind.name}.json").read_text(encoding="utf-8"))
    return found


def faults(path: str, text: str) -> list[str]:
    """What an editor underlines in a file."""
    kind = schemas.kind_of(path)
    assert kind is not None, path
    validator = jsonschema.Draft202012Validator(schema(kind))
    return [f"{error.json_path}: {error.message}" for error in validator.iter_errors(yaml.load(text, Editor))]


def test_schemas_are_current(capsys: pytest.CaptureFixture[str]) -> None:
    """The committed schemas are what `synoptic schema` writes."""
    vocabulary = load_site(CHECKOUT).vocabulary
    made, data = schemas.render_schemas(vocabulary), schemas.render_data_schemas(vocabulary)
    for folder, texts in ((schemas.FOLDER, made), (schemas.DATA, data)):
        files = [path for path in (CHECKOUT / folder).rglob("*") if path.is_file()]
        assert {p.relative_to(CHECKOUT / folder).as_posix(): p.read_text(encoding="utf-8") for p in files} == texts
    assert run(CHECKOUT, "schema") == 0
    assert capsys.readouterr().out == f"{len(made) + len(data) + 1} schemas, 0 changed\n"  # and that of proposals


@pytest.mark.parametrize("kind", KINDS, ids=lambda k: k.name)
def test_schema_is_a_schema(kind: Kind) -> None:
    """Each is a valid schema of draft 2020-12, without an address of its own, and describes every key of people's."""
    found = schema(kind)
    jsonschema.Draft202012Validator.check_schema(found)
    assert "$id" not in found
    assert "\\u0000" not in json.dumps(found)
    if kind.name != "vocabulary":
        objects = [found.get("items", found), *found.get("$defs", {}).values()]
        properties = [item for one in objects for item in one["properties"].items()]
        assert [key for key, value in properties if not value.get("description")] == []


@pytest.mark.parametrize("path", [*FILES, *INVENTED], ids=lambda p: str(p.relative_to(CHECKOUT)))
def test_every_file_fits_its_schema(path: Path) -> None:
    """An editor underlines nothing in a file that the checks accept."""
    shown = path.relative_to(CHECKOUT / "tests/project" if path in INVENTED else CHECKOUT).as_posix()
    assert faults(shown, path.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda p: str(p.relative_to(CHECKOUT)))
def test_every_file_names_its_schema(path: Path) -> None:
    """The first line of a file of the example leads an editor to a committed schema, by a path relative to the file."""
    first = path.read_text(encoding="utf-8").split("\n", 1)[0]
    assert first == schema_comment(path.relative_to(CHECKOUT).as_posix())
    assert (path.parent / first.removeprefix(schemas.MARK)).resolve().is_file()


def test_scaffolded_files_fit(tmp_path: Path) -> None:
    """What `new` and `ingest` write names its schema and fits it."""
    small_project(tmp_path)
    (tmp_path / "a.txt").write_text("Ferry stops\nIt stops in this invented article.\n", encoding="utf-8")
    assert run(tmp_path, "new", "ferry-strike") == 0
    assert run(tmp_path, "ingest", str(tmp_path / "a.txt"), "--briefing", "ferry-strike") == 0
    made = sorted((tmp_path / "briefings/ferry-strike").rglob("*.yml"))
    assert len(made) == 2
    for path in made:
        shown, text = path.relative_to(tmp_path).as_posix(), path.read_text(encoding="utf-8")
        assert text.startswith(schema_comment(shown) + "\n")
        assert faults(shown, text) == []


# what the models refuse in these cases is seen by the strict loader, by a date that does not exist, or by a file's name
BEYOND = {
    "date-impossible", "archived", "same-as",  # no pattern counts days, or the digits of an ORCID iD
    "yaml-anchor", "yaml-broken", "yaml-duplicate-key", "yaml-hidden", "draft-broken-yaml",
}  # fmt: skip
SINGLE = re.compile(r"\[(key|value|unknown-word)\]'?$")


@pytest.mark.parametrize("path", CASES, ids=lambda p: p.stem)
def test_cases_that_a_single_value_breaks(path: Path, tmp_path: Path) -> None:
    """An editor underlines what the models refuse of a single value or key, and nothing where only the whole briefing
    shows the mistake."""
    case = read_case(path)
    small_project(tmp_path)
    found = []
    for edit in case["edits"]:
        name = tmp_path / edit["file"]
        if edit.get("remove") or name.suffix != ".yml":
            return
        text = edit.get("write") or name.read_text(encoding="utf-8").replace(edit["from"], edit["to"])
        name.write_text(text, encoding="utf-8")
        if path.stem not in BEYOND:
            found += faults(edit["file"], text)
    broken = any(SINGLE.search(one) for one in case["with"])
    assert bool(found) == (broken and path.stem not in BEYOND), case["why"]


def test_every_model_in_a_file_has_its_schema() -> None:
    """No model that people write is missing: the names in the schemas are those of the models."""
    named = {kind.model.__name__ for kind in KINDS} | {n for kind in KINDS for n in schema(kind).get("$defs", {})}
    machine = {"Lock", "LockedQuote", "Reader", "Register", "SharedRun", "Telling", "Turn", "Bound", "Proof"}
    machine |= {"Vocabulary", "Term"}  # come with the program
    typed = (model for model in Placed.__subclasses__() if model.__module__.startswith("synoptic.model."))
    known = {model.__name__ for model in typed} | {"Figure", "Event"}
    assert named == known - machine


def test_published_with_the_site() -> None:
    """The schemas lie among the pages, so that every site publishes them under schema/v1/."""
    assert schemas.FOLDER == "docs/schema/v1"
    ignored = (CHECKOUT / ".gitignore").read_text(encoding="utf-8")
    assert "schema" not in ignored


@pytest.mark.parametrize("name", [".vscode/settings.json", ".vscode/extensions.json", ".vscode/tasks.json"])
def test_editor_settings(name: str) -> None:
    """The settings are JSON, and the files and schemas that they name are there, but for what a site may add."""
    text = re.sub(r"(?m)^//.*$", "", (CHECKOUT / name).read_text(encoding="utf-8"))
    found = json.loads(text)
    for path, pattern in found.get("yaml.schemas", {}).items():
        assert (CHECKOUT / path).is_file()
        assert pattern == PATH or list(CHECKOUT.glob(pattern))
    if name.endswith("settings.json"):
        assert {Path(p).stem for p in found["yaml.schemas"]} == {kind.name for kind in KINDS}


def test_devcontainer() -> None:
    """The browser's workspace installs what is locked, and its commands are targets of the Makefile."""
    text = re.sub(r"(?m)^//.*$", "", (CHECKOUT / ".devcontainer/devcontainer.json").read_text(encoding="utf-8"))
    found = json.loads(text)
    target = re.search(r"make (\S+)", found["postCreateCommand"])
    assert target is not None
    assert f"\n{target[1]}:" in (CHECKOUT / "Makefile").read_text(encoding="utf-8")
    extensions = json.loads((CHECKOUT / ".vscode/extensions.json").read_text(encoding="utf-8"))
    assert found["customizations"]["vscode"]["extensions"] == extensions["recommendations"]
