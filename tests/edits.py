"""The edits of tests/edits.yml: each can be made and undone."""

from pathlib import Path

from tests.projects import HERE, apply_edit
from tests.yaml_files import read_yaml

#: Edits that can be undone, by name: of the small project, and of other files of a checkout.
EDITS, CHECKOUT_EDITS = read_yaml(HERE / "edits.yml").values()


def toggle_edit(root: Path, name: str) -> None:
    """Make an edit, or undo it."""
    edit = (EDITS | CHECKOUT_EDITS)[name]
    path = root / edit["file"]
    if "from" in edit:
        text = path.read_text(encoding="utf-8")
        before, after = (edit["to"], edit["from"]) if edit["to"] in text else (edit["from"], edit["to"])
        assert before in text
        path.write_text(text.replace(before, after, 1), encoding="utf-8")
    elif "write" in edit and path.exists():
        path.unlink()
    elif "move" in edit and not path.exists():
        (root / edit["move"]).rename(path)
    else:
        apply_edit(root, edit)
