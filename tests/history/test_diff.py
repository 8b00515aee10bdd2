"""What changed in meaning: every case of tests/diffs.yml, and what is no change.

``python -m tests.history.test_diff`` writes today's changes into the cases; look at the difference.
"""

import html
import json
import random
import re
import shutil
from pathlib import Path
from typing import Any

import pytest
import yaml

from synoptic.history import report
from synoptic.history.diff.locks import Authors
from synoptic.history.revisions import compare_trees
from synoptic.load.files import Disk
from synoptic.model.change import KINDS, Comparison
from tests.projects import SMALL, edited_project, replace_once, small_project
from tests.yaml_files import read_yaml

HERE = Path(__file__).parents[1]
FILE = HERE / "diffs.yml"
CASES: list[dict[str, Any]] = read_yaml(FILE)
#: How kinds begin of which nothing is told the other way: checks, wider searches, and ids that enter the register.
UNTOLD = (
    "quotation-un",
    "quotation-own",
    "quotation-said",
    "quotation-limited",
    "quotation-brackets",
    "register",
    "search",
)
Trees = tuple[Path, Path]
COMPARED = report.Compared("main", "0" * 40, "", "")


@pytest.fixture
def trees(tmp_path: Path) -> Trees:
    """The base and the head: two copies of the invented project, to change."""
    return small_project(tmp_path / "base"), small_project(tmp_path / "head")


def compared(base: Path, head: Path, authors: Authors | None = None) -> Comparison:
    """What differs between two folders."""
    return compare_trees(Disk(base), Disk(head), authors or {})


def lines(found: Comparison) -> list[str]:
    """Each change on a line: level, kind, place, sentence, words before and after."""
    out = []
    for change in found.changes:
        place = change.place
        # the file of the vocabulary is the real one
        spot = "" if place.path.endswith("vocabulary.yml") else f":{place.line}:{place.column}"
        where = f"{place.path.removeprefix('briefings/')}{spot} ({change.side})"
        level = f"first, {change.level}" if change.first else change.level
        out.append(f"{level} · {change.kind} · {where} · {change.sentence} · {change.before} → {change.after}")
    return out


def told(case: dict[str, Any], folder: Path) -> list[str]:
    """The changes of a case."""
    authors = {path: frozenset(names) for path, names in case.get("authors", {}).items()}
    base, head = (edited_project(folder / side, case.get(side, ())) for side in ("base", "head"))
    found = compared(base, head, authors)
    assert found.unread == ()
    return lines(found)


@pytest.mark.parametrize("case", CASES, ids=lambda case: re.sub(r"\W+", "-", case["why"])[:50])
def test_case(case: dict[str, Any], tmp_path: Path) -> None:
    """The edits of the case bring exactly its changes."""
    assert told(case, tmp_path) == case["told"], case["why"]


def test_every_kind_has_a_case() -> None:
    """Every kind of change has a case; those of files besides data have theirs in revisions.yml, and the one that
    needs a key in test_signing.py."""
    seen = {line.split(" · ")[1] for case in CASES for line in case["told"]}
    kinds = {kind for kind in KINDS if not kind.startswith("file-")}
    assert kinds - seen == {"quotation-one-signature", "vocabulary-rule"}  # see test_vocabulary for the other


def test_both_ways(tmp_path: Path) -> None:
    """Whatever is added in one direction is removed in the other, in every case."""
    opposite = {"added": "removed", "removed": "added", "lengthened": "cut", "cut": "lengthened"}
    for number, case in enumerate(CASES):
        base, head = (edited_project(tmp_path / str(number) / side, case.get(side, ())) for side in ("base", "head"))
        there, back = compared(base, head), compared(head, base)

        def kinds(found: Comparison, turned: bool) -> list[str]:
            names = [
                "look-added" if c.kind == "page-edited" else c.kind  # which is the same, and more
                for c in found.changes
                if not c.kind.startswith(UNTOLD)
            ]
            turn = [re.sub(r"\w+$", lambda m: opposite.get(m[0], m[0]), name) if turned else name for name in names]
            # a topic that is new says so for all its claims; one that is gone leaves that to the topics they went to
            return sorted(name for name in turn if name != "claim-topic")

        assert kinds(there, True) == kinds(back, False), case["why"]


# -- what is no change ----------------------------------------------------------------------------------------------


def shuffled(value: Any, chance: random.Random, ordered: bool = False) -> Any:
    """The same YAML with the keys of every mapping, and the entries of every list of objects, in another order."""
    if isinstance(value, dict):
        keys = list(value)
        chance.shuffle(keys)
        # the first statement of a figure or event says whose its own words are
        return {key: shuffled(value[key], chance, key == "statements") for key in keys}
    if isinstance(value, list):
        items = [shuffled(item, chance) for item in value]
        if not (ordered and all(isinstance(item, str) for item in items)):
            chance.shuffle(items)
        return items
    return value


def rewritten(folder: Path, chance: random.Random) -> None:
    """Write every YAML file of the briefings again, in another order, layout, quoting and width, with comments."""
    for path in sorted((folder / "briefings").glob("*/**/*.yml")):
        if "articles" in path.parts:
            continue
        value = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)
        style, width = chance.choice([None, True, False]), chance.choice([40, 1000])
        quotes, indent = chance.choice([None, '"', "'"]), chance.choice([2, 4])
        text = yaml.safe_dump(
            shuffled(value, chance), default_flow_style=style, width=width, default_style=quotes, allow_unicode=True,
            sort_keys=False, indent=indent,
        )  # fmt: skip
        path.write_text(f"# A comment {chance.random()}\n\n{text}\n# The end.\n", encoding="utf-8")


@pytest.mark.parametrize("seed", range(12))
def test_order_and_layout_are_no_change(trees: Trees, seed: int) -> None:
    """Reordering, reformatting and comments change nothing in meaning, whatever the order."""
    base, head = trees
    rewritten(head, random.Random(seed))
    assert lines(compared(base, head)) == []
    assert compared(base, head).unread == ()


def test_a_changed_word_is_seen_through_reformatting(trees: Trees) -> None:
    """One changed word is the one change, however much the files were rewritten around it."""
    base, head = trees
    replace_once(head / f"{SMALL}/claims/cost.yml", "The works cost 1.9 billion crowns.", "The works cost it.")
    rewritten(head, random.Random(5))
    (only,) = compared(base, head).changes
    assert (only.kind, only.id, only.after) == ("claim-reworded", "cost-19", "The works cost it.")


# -- what cannot be read --------------------------------------------------------------------------------------------


def test_a_broken_head_takes_nothing_away(trees: Trees) -> None:
    """Unreadable objects are listed as unreadable, not as removed; the rest is compared."""
    base, head = trees
    (head / f"{SMALL}/claims/cost.yml").write_text("- id: [", encoding="utf-8")
    replace_once(head / f"{SMALL}/briefing.yml", "The Harbour Tunnel", "A Tunnel")
    found = compared(base, head)
    assert [c.kind for c in found.changes] == ["briefing-title"]
    assert [(side, p.place.path) for side, p in found.unread] == [("head", f"{SMALL}/claims/cost.yml")]
    assert "not valid YAML" in "".join(report.render_text(found, COMPARED))


def test_a_broken_base_hides_nothing(trees: Trees) -> None:
    """Objects that the base may have had unreadably are listed as new rather than not at all."""
    base, head = trees
    (base / f"{SMALL}/claims/cost.yml").write_text("- id: [", encoding="utf-8")
    kinds = [(c.kind, c.id) for c in compared(base, head).changes]
    assert ("claim-added", "cost-19") in kinds
    assert ("statement-added", "gazette-cost") in kinds


def test_an_unreadable_briefing_is_left_out_aloud(trees: Trees) -> None:
    """A briefing whose own file cannot be read on one side is not compared, and every format says so."""
    base, head = trees
    (head / f"{SMALL}/briefing.yml").write_text("title: [", encoding="utf-8")
    found = compared(base, head)
    assert (found.changes, found.skipped) == ((), ("harbour-tunnel",))
    for render in (report.render_text, report.render_markdown, report.render_json):
        out = html.unescape("".join(render(found, COMPARED)))
        assert "harbour-tunnel was not compared" in out or '"harbour-tunnel"' in out


def test_a_base_without_vocabulary(trees: Trees) -> None:
    """Before there was a vocabulary, the head's serves for both."""
    base, head = trees
    shutil.rmtree(base / "briefings")
    kinds = {c.kind for c in compared(base, head).changes}
    assert {"briefing-added", "claim-added", "speaker-added"} <= kinds


def test_the_shape_of_json(tmp_path: Path) -> None:
    """The keys of the JSON are those that are documented, in every change."""
    base, head = (edited_project(tmp_path / side, CASES[0].get(side, ())) for side in ("base", "head"))
    data = json.loads("".join(report.render_json(compared(base, head), COMPARED)))
    assert list(data) == ["base", "head", "notes", "skipped", "unread", "changes"]
    page = (HERE.parent / "docs/data.md").read_text(encoding="utf-8")
    documented = re.findall(r"^\| `(\w+)` \|", page.split("a change in JSON", 1)[1].split("\n## ", 1)[0], re.MULTILINE)
    assert data["changes"]
    for change in data["changes"]:
        assert list(change) == documented


if __name__ == "__main__":
    import tempfile

    def block(dumper: yaml.SafeDumper, value: str) -> yaml.ScalarNode:
        """Texts of several lines as blocks, so that a difference reads well."""
        style = "|" if "\n" in value else None
        return dumper.represent_scalar("tag:yaml.org,2002:str", value, style=style)

    yaml.SafeDumper.add_representer(str, block)
    head = FILE.read_text(encoding="utf-8").split("- why:", 1)[0]
    for one in CASES:
        with tempfile.TemporaryDirectory() as name:
            one["told"] = told(one, Path(name))
    dumped = yaml.safe_dump(CASES, sort_keys=False, allow_unicode=True, width=1000)
    FILE.write_text(head + dumped, encoding="utf-8")
