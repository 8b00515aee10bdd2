"""What a site adds to the program's vocabulary: words and languages that loosen nothing."""

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml

from synoptic.authoring.schema import KINDS, build_schema
from synoptic.load.load import load
from synoptic.load.vocabulary import base_vocabulary
from synoptic.model.vocabulary import LISTS, OPEN, PATH, Additions, Vocabulary
from synoptic.pages.render import render_site
from tests.projects import CHECKOUT, replace_once, small_project
from tests.yaml_files import read_yaml

CASES: dict[str, Any] = read_yaml(Path(__file__).with_name("vocabulary.yml"))
OURS = CHECKOUT / "build_tools/synoptic/load/vocabulary.yml"


def loaded(root: Path, content: str) -> tuple[Vocabulary, list[str]]:
    """The vocabulary of a site with that file, and the first line of each problem, without the file's name."""
    small_project(root, texts=False)
    (root / PATH).write_text(content, encoding="utf-8")
    site, problems = load(root)
    assert site is not None
    assert all(problem.place.path == PATH for problem in problems)
    return site.vocabulary, [str(problem).splitlines()[0].removeprefix(f"{PATH}:") for problem in problems]


def find_added(vocabulary: Vocabulary) -> dict[str, list[str]]:
    """What a vocabulary has besides the program's words; all of these are there, unchanged and first."""
    base, found = base_vocabulary(), {}
    for name in LISTS:
        ours, all_words = (getattr(one, name) for one in (base, vocabulary))
        assert all_words[: len(ours)] == ours, name
        found[name] = [term.id for term in all_words[len(ours) :]]
        assert vocabulary.list_added(name) == list(all_words[len(ours) :])
    assert {lang: vocabulary.markers[lang] for lang in base.markers} == base.markers
    found["markers"] = [*vocabulary.markers.keys() - base.markers.keys()]
    return {name: words for name, words in found.items() if words}


@pytest.mark.parametrize("case", CASES["added"], ids=lambda case: case["why"])
def test_added(case: dict[str, Any], tmp_path: Path) -> None:
    """A site has the words that it adds, and all of the program's."""
    vocabulary, told = loaded(tmp_path, case["file"])
    assert told == []
    assert find_added(vocabulary) == case["added"]
    assert not any(term.counts or term.opinion or term.called for name in OPEN for term in vocabulary.list_added(name))


@pytest.mark.parametrize("case", CASES["refused"], ids=lambda case: case["why"])
def test_refused(case: dict[str, Any], tmp_path: Path) -> None:
    """What would change, remove or loosen something is refused at its place, and the program's words stay."""
    content = OURS.read_text(encoding="utf-8") if case.get("base") else case["file"]
    vocabulary, told = loaded(tmp_path, content)
    assert told == case["told"]
    assert find_added(vocabulary) == case.get("added", {})


@pytest.mark.parametrize("name", CASES["closed"])
def test_closed(name: str, tmp_path: Path) -> None:
    """A list of which the program knows each word is refused with the reason."""
    vocabulary, told = loaded(tmp_path, f"{name}:\n  - {{id: another, label: another}}\n")
    assert told == [f'1:1: error: a site cannot add to the list "{name}": {CASES["closed"][name]} [key]']
    assert find_added(vocabulary) == {}


def test_every_list_is_open_or_closed() -> None:
    """No list is forgotten: each can be extended, or has its reason why not, in the program and on the page."""
    assert {*OPEN, *Additions.CLOSED} == set(LISTS)
    assert not {*OPEN} & {*Additions.CLOSED}
    assert CASES["closed"] == Additions.CLOSED
    page = (CHECKOUT / "docs/contribute/format.md").read_text(encoding="utf-8")
    table = page.split("\n## The vocabulary\n", 1)[1].split("\n## ", 1)[0]
    assert [name for name in LISTS if f"`{name}`" not in table] == []
    assert [why for why in Additions.CLOSED.values() if why not in table] == []


def test_the_format_names_every_word() -> None:
    """The page lists the words that a briefing can use, those of each list in its order."""
    page = (CHECKOUT / "docs/contribute/format.md").read_text(encoding="utf-8")
    for name in ("genres", "blocks", "speaker_kinds", "kinds", "stances", "modes", "relations"):
        words = ", ".join(f"`{term.id}`" for term in getattr(base_vocabulary(), name))
        assert f"| {words} |" in page, name


def test_a_site_needs_no_file(tmp_path: Path) -> None:
    """Without the file a site has the program's words, the same object each time."""
    small_project(tmp_path, texts=False)
    (tmp_path / PATH).unlink()
    site, problems = load(tmp_path)
    assert problems == []
    assert site is not None
    assert site.vocabulary is base_vocabulary()
    assert PATH not in site.files


def test_added_words_are_used(tmp_path: Path) -> None:
    """A source may be of a kind that the site added; pages show its label as text, and How it works explains it."""
    small_project(tmp_path, texts=False)
    label = "<script>alert(1)</script>"
    replace_once(tmp_path / PATH, "label: podcast", f'label: "{label}"')
    replace_once(tmp_path / "briefings/harbour-tunnel/sources/herald.yml", "genre: news", "genre: podcast")
    site, problems = load(tmp_path)
    assert problems == []
    assert site is not None
    pages = render_site(site, drafts=False)
    for name in ("method/index.md", "briefings/harbour-tunnel/sources/herald/index.md"):
        text = str(pages[name])
        assert label not in text
        assert "alert&#40;1&#41;" in text, name
    assert "A recorded talk" in str(pages["method/index.md"])


def test_schema_is_of_additions() -> None:
    """The schema for editors accepts what the loader accepts, and underlines closed lists and changed rules."""
    kind = next(kind for kind in KINDS if kind.name == "vocabulary")
    schema = build_schema(kind, base_vocabulary())
    for case in CASES["added"]:
        jsonschema.validate(yaml.safe_load(case["file"]), schema)
    for name in CASES["closed"]:
        with pytest.raises(jsonschema.ValidationError):
            jsonschema.validate({name: [{"id": "another", "label": "another"}]}, schema)
    assert json.loads((CHECKOUT / "docs/schema/v1/vocabulary.json").read_text(encoding="utf-8")) == schema
