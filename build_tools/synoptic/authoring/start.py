"""Start a briefing."""

from pathlib import Path

from synoptic.authoring import scaffold
from synoptic.base.problems import Refused
from synoptic.base.write import create_folder, write_file
from synoptic.model.values import id_fault


def start_briefing(root: Path, slug: str, title: str = "") -> None:
    """Write the folder of a new draft, with a title or else one made of its name. Raises Refused if that cannot
    be a name, or if there is such a folder."""
    if fault := id_fault(slug):
        raise Refused(f'the name "{slug}" {fault}')
    folder = root / "briefings" / slug
    if folder.exists():
        raise Refused(f"briefings/{slug} exists already; nothing was changed")
    with create_folder(folder, root) as part:  # an unfinished folder in briefings/ would be read as a briefing
        for name, content in scaffold.briefing_files(slug, title).items():
            write_file(part / name, content)
        for name in ("sources", "claims"):
            (part / name).mkdir()
