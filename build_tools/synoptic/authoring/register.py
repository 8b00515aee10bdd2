"""Write ``ids.lock``, the register of published ids, and put one together that a merge has torn."""

from pathlib import Path

from synoptic.base.write import write_file
from synoptic.compare.ids import FILE, format_register, join_registers, make_register
from synoptic.load.files import Disk
from synoptic.load.git import GitError, Repository
from synoptic.load.load import BASE
from synoptic.load.reader import Reader
from synoptic.load.yaml_guard import parse
from synoptic.model.lock import Register
from synoptic.model.site import Briefing
from synoptic.text.conflicts import find_conflict, split_conflict


def write_register(root: Path, briefing: Briefing) -> Register | None:
    """Add the ids of a published briefing to its register; return it if the file changed."""
    if briefing.draft:
        return None
    published = _list_published(root, briefing.slug)
    sides = _read_sides(root, briefing.slug)
    if len(sides) > 1 or published is None:  # a merge, perhaps with a main branch of which this clone knows nothing
        published = [*(published or ()), *sides]
    register = make_register(briefing, *published)
    return register if write_file(root / BASE / briefing.slug / FILE, format_register(register)) else None


def repair_register(root: Path, slug: str) -> bool:
    """Put a register together from both sides of a merge, and from the main branches, each id once and in its order;
    whether the file changed. No id is lost, and none is new."""
    path, sides = root / BASE / slug / FILE, _read_sides(root, slug)
    if not path.is_file() or not sides:
        return False
    register = join_registers(*(_list_published(root, slug) or ()), *sides)
    old = join_registers(sides[0])
    whole = len(sides) == 1 and all(getattr(old, sort) == getattr(sides[0], sort) for sort in Register.model_fields)
    return not (whole and register == old) and write_file(path, format_register(register))


def _read_sides(root: Path, slug: str) -> list[Register]:
    """The register of a briefing; if it is an unfinished merge, that of each side. Nothing that cannot be read."""
    path = root / BASE / slug / FILE
    if Disk(root).kind(BASE / slug / FILE) != "file":
        return []
    text = path.read_bytes().decode("utf-8", "replace")
    sides = split_conflict(text) if find_conflict(text) else (text,)
    values = (parse(side.encode(), path.name) for side in sides)
    return [Register.model_validate(one.value) for one in values if isinstance(one.value, dict) and not one.problems]


def _list_published(root: Path, slug: str) -> list[Register] | None:
    """The registers on the main branches of this clone and its remotes, so that ids nobody else has seen are dropped.

    Without a main branch (as in a shallow clone of another), the one in the last commit; without Git, None.
    """
    path = BASE / slug / FILE
    try:
        with Repository(root) as repository:
            head = repository.revision(repository.resolve("HEAD"))
            if not head.names(BASE):  # the project is not part of this repository
                return None
            trees = [repository.revision(commit) for commit in repository.list_main_commits()] or [head]
            found = [Reader(tree).one(Register, path) for tree in trees if tree.kind(path) == "file"]
            return [register for register in found if register]
    except GitError:
        return None
