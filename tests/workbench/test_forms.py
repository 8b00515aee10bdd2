"""The forms of the workbench: each is described by its model, and shows and changes what a file has."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from synoptic.authoring.scaffold import GUIDE
from synoptic.authoring.schema import KINDS, nested_models
from synoptic.model.reading import Reading
from synoptic.model.values import Placed
from synoptic.model.vocabulary import Additions
from synoptic.model.watch import Watch
from synoptic.workbench.forms import FORMS, REFERENCES, describe_forms
from synoptic.workbench.session import Workbench
from tests.projects import replace_once, run
from tests.workbench.desk import FOLDER, SLUG, Desk, tidy_project

#: Fields whose ids are made up there, and name nothing else.
MADE_UP = {"id", "was", "origin", "utterance", "ids", "topic"}


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """A workbench on a tidy project."""
    return Desk(tidy_project(tmp_path))


def models(model: type[Placed]) -> Iterator[type[Placed]]:
    """A model and those inside it."""
    yield model
    for field in model.model_fields.values():
        for inner in nested_models(field.annotation):
            yield from models(inner)


def test_every_key_of_the_format_has_a_field() -> None:
    """Each model of a file that people type has a form, and each of its keys a field, but for those that the page
    changes beside the article. A reading is written by ``reconcile``."""
    typed = {kind.model for kind in KINDS} - {Watch, Additions, Reading}
    assert {form.model for form in FORMS.values()} >= typed
    left = {name: set(form.hidden) for name, form in FORMS.items() if form.hidden}
    assert left == {
        "source": {"id", "paragraphs", "outline"}, "claim": {"topic", "statements"}, "statement": {"source"},
    }  # fmt: skip


def test_every_id_is_chosen_or_made_up() -> None:
    """Each field of ids is a list to choose from, or known as one in which an id is made up."""
    an_id = "[a-z0-9]+(?:-[a-z0-9]+)*"
    holding = {
        (model.__name__, name)
        for form in FORMS.values()
        for model in models(form.model)
        for name, value in model.model_json_schema()["properties"].items()
        if an_id in str(value)
    }
    assert ("Figure", "statements") in holding
    assert ("Statement", "headline_of") in holding
    hidden = {("Statement", "source")}
    assert {one for one in holding if one[1] not in MADE_UP} - hidden == REFERENCES.keys()


def test_a_form_shows_what_its_file_has(desk: Desk) -> None:
    """A form has the values as they are typed, and says where each stands."""
    shown = desk.bench.record(SLUG, "event", {"id": "promise"})
    assert shown["value"] == {
        "id": "promise", "what": "The company names the day.", "anchor": "headline-day", "words": "on Monday",
        "statements": ["gazette-company-june"],
    }  # fmt: skip
    line = desk.read("events.yml").splitlines().index("  words: on Monday") + 1
    assert [line, 10, ["words"]] in shown["places"]["values"]


def test_words_of_the_vocabulary_are_chosen(desk: Desk) -> None:
    """A closed list of words is a list to choose from, with the vocabulary's labels."""
    site = desk.bench.look(SLUG).site
    fields = {one["name"]: one for one in describe_forms(site.vocabulary)["models"]["Relation"]}
    assert [one["id"] for one in fields["how"]["choices"]] == [*site.vocabulary.terms("relations")]
    assert fields["real"] == {**fields["real"], "shape": "truth", "default": True}
    assert fields["to"]["to"] == "elsewhere"


def test_a_refusal_says_where_the_form_is_wrong(desk: Desk) -> None:
    """A change that would make a file unreadable is refused, with the places of the values that were sent."""
    sent = {"what": "It opens.", "when": "soon", "statements": ["herald-late"]}
    more = desk.refused({"do": "set-record", "kind": "event", "value": sent}).more
    problem = more["problems"][0]
    assert [problem["line"], problem["column"], ["when"]] in more["places"]["values"]
    assert problem["path"] == more["path"] == f"{FOLDER}/events.yml"


def test_comments_stay_in_what_a_form_changes(tmp_path: Path) -> None:
    """Comments of entries that move, change or go are still in the file, and those of others where they were."""
    tidy_project(tmp_path)
    path = tmp_path / FOLDER / "briefing.yml"
    replace_once(path, "      - {id: in-june", "      # of June\n      - {id: in-june")
    replace_once(path, "Two years late}", "Two years late}  # of late")
    desk = Desk(tmp_path)
    before = desk.bench.record(SLUG, "briefing", {})["value"]["topics"]
    answers = [{"text": "Never"}, before[0]["answers"][1]]
    value = [{**before[0], "answers": answers}, before[1]]
    change = {"do": "set-record", "kind": "briefing", "value": {"topics": value}, "before": {"topics": before}}
    desk.change(change)
    desk.save()
    text = desk.read("briefing.yml")
    assert "# of June" in text
    assert "- {id: late, text: Two years late}  # of late" in text
    assert "- {id: never, text: Never}" in text
    assert "in-june, text" not in text


ARTICLE = """The pier stays shut

By Ola Quick

The pier at Sandholm stays shut until May, the harbour office said on Friday. Its planks are rotten.
Gulls sit where anglers sat, and the kiosk at the gate sells its ice to nobody. A crane is on its way.
"""
QUOTE = "The pier at Sandholm stays shut until May"


def test_a_briefing_is_made_from_nothing_to_published(tmp_path: Path) -> None:
    """From the files that `new` and `ingest` write, forms and changes alone make a published briefing in which `check`
    finds nothing; the comments of those files stay."""
    root = tidy_project(tmp_path / "project")
    (tmp_path / "pier.txt").write_text(ARTICLE, encoding="utf-8")
    assert run(root, "new", "pier") == 0
    assert run(root, "ingest", str(tmp_path / "pier.txt"), "--briefing", "pier", "--id", "courier", "--lang", "en") == 0
    bench = Workbench(root, [], "Ada Quill")

    def change(*changes: dict[str, Any]) -> list[str]:
        asked = {"revision": bench.state("pier")["revision"], "changes": [*changes]}
        made: list[str] = bench.change("pier", asked)["made"]
        return made

    def form(value: dict[str, Any]) -> dict[str, Any]:
        known = bench.record("pier", "briefing", {})["value"]
        before = {key: known.get(key) for key in value}
        return {"do": "set-record", "kind": "briefing", "value": value, "before": before}

    topic = {"title": "Reopening", "question": "When does the pier open?", "answers": [{"text": "In May"}]}
    editors = [{"name": "Ada Quill", "affiliation": "none"}]
    change(form({"title": "The Pier", "question": "When does the pier open?", "topics": [topic], "editors": editors}))
    claim, *_ = change(
        {
            "do": "add-claim", "topic": "reopening", "claim": "The pier reopens in May.", "kind": "prediction",
            "answer": "in-may", "terms": ["pier"],
        },
        {"do": "add-statement", "claim": "@0", "source": "courier", "quote": QUOTE},
        {"do": "set-gist", "source": "courier", "first": 4, "gist": "Nobody buys anything there, and help is coming."},
    )  # fmt: skip
    sentence = {"text": "One article says it [reopens in May].", "claims": [claim]}
    change(form({"bottom_line": [sentence], "status": "published"}))
    assert bench.state("pier")["status"] == "published"
    bench.save("pier", {"revision": bench.state("pier")["revision"]})
    assert run(root, "check", "pier") == 0
    assert run(root, "fmt", "--check") == 0
    assert f"How to write one: {GUIDE}" in (root / "briefings/pier/briefing.yml").read_text("utf-8")
