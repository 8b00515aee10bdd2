"""The vocabulary in Git's past: earlier versions of the program kept all words in the site's file."""

from pathlib import Path

import pytest

from synoptic.history.revisions import compare_trees
from synoptic.load.git import Repository
from synoptic.load.load import Loader
from synoptic.load.vocabulary import base_vocabulary
from synoptic.model.vocabulary import MOVED, PATH
from tests.history.scripted import Scripted, history_of
from tests.projects import CHECKOUT, small_project

WHOLE = (CHECKOUT / "build_tools/synoptic/load/vocabulary.yml").read_text(encoding="utf-8")
OWN = "genres:\n  - {id: podcast, label: podcast}\n"
#: The words of a version of the program that called two things by other names, with one word of the site's own.
OLD = WHOLE.replace("label: asserts", "label: says").replace("label: page furniture", "label: furniture")
OLD = OLD.replace("genres:\n", OWN, 1)


@pytest.fixture
def moved(tmp_path: Path) -> Scripted:
    """Three commits with a whole file (the second lets captions count), then only what the site adds, then one more."""
    made = Scripted(small_project(tmp_path / "moved", texts=False))
    file = made.root / PATH
    for text in (
        OLD,
        OLD.replace("{id: caption, label: caption}", "{id: caption, label: caption, counts: true}"),
        OLD,
        OWN,
        f"{OWN}  - {{id: column, label: column}}\n",
    ):
        file.write_text(text, encoding="utf-8")
        made.commit()
    return made


def kinds_between(made: Scripted, base: str, head: str) -> list[tuple[str, str]]:
    """The kind and the id of each change from one commit to another; both are read without a problem."""
    with Repository(made.root) as repository:
        before, after = (repository.revision(repository.resolve(name)) for name in (base, head))
        found = compare_trees(before, after, {})
    assert found.unread == ()
    assert found.skipped == ()
    return [(change.kind, change.id) for change in found.changes]


@pytest.mark.parametrize(
    ("base", "head", "told"),
    [
        ("HEAD~4", "HEAD~3", [("vocabulary-rule", "caption")]),
        ("HEAD~2", "HEAD~1", []),
        ("HEAD~1", "HEAD~2", []),
        ("HEAD~4", "HEAD", [("vocabulary-added", "column")]),
        ("HEAD~3", "HEAD~1", []),
        ("HEAD", "HEAD~4", [("vocabulary-removed", "column")]),
        ("HEAD~1", "HEAD", [("vocabulary-added", "column")]),
    ],
)
def test_diff_across_the_move(moved: Scripted, base: str, head: str, told: list[tuple[str, str]]) -> None:
    """Two whole files are compared word by word; across the move only what the site added counts."""
    assert kinds_between(moved, base, head) == told


def test_diff_across_the_move_to_no_file(moved: Scripted) -> None:
    """A site that added nothing removes the file: nothing changed in meaning, and no briefing is read again."""
    file = moved.root / PATH
    file.write_text(WHOLE, encoding="utf-8")
    moved.commit()
    file.unlink()
    moved.commit()
    assert kinds_between(moved, "HEAD~1", "HEAD") == []
    assert kinds_between(moved, "HEAD", "HEAD~1") == []


def test_changelog_across_the_move(moved: Scripted) -> None:
    """The published history tells of words that a commit changed, and of none because the file was moved."""
    past = history_of(moved.root)
    assert [[(c.kind, c.id) for c in entry.changes] for entry in past.entries] == [
        [("briefing-added", "harbour-tunnel"), ("briefing-added", "night-ferry")],
        [("vocabulary-rule", "caption")],
        [("vocabulary-rule", "caption")],
        [("vocabulary-added", "column")],
    ]
    assert past.unread == 0


def test_an_older_vocabulary_is_read(moved: Scripted) -> None:
    """A whole file that still has the lists of `suggest`, as older commits have, is read without a problem."""
    lists = "".join(f"    {name}: [word]\n" for name in sorted(MOVED))
    (moved.root / PATH).write_text(WHOLE.replace("  en:\n", f"  en:\n{lists}"), encoding="utf-8")
    moved.commit()
    with Repository(moved.root) as repository:
        loader = Loader(repository.revision(repository.resolve("HEAD")))
    assert loader.problems == []
    assert loader.vocabulary is not None
    assert loader.vocabulary.markers.keys() == base_vocabulary().markers.keys()
