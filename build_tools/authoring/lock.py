"""Compare a briefing's quotations with its texts, and write the locks and the register of ids."""

from dataclasses import dataclass, replace
from pathlib import Path

from build_tools.authoring.ingest import read_file
from build_tools.base.problems import Refused
from build_tools.base.write import write_file
from build_tools.compare import ids
from build_tools.compare.ids import format_register, make_register
from build_tools.compare.lock import format_lock, make_lock, sign_lock
from build_tools.compare.telling import list_names
from build_tools.load.files import kept_text, sha256
from build_tools.load.git import GitError, Repository
from build_tools.load.load import BASE
from build_tools.load.reader import Reader
from build_tools.model.lock import Lock, Register
from build_tools.model.site import UNREADABLE, Briefing, Site
from build_tools.text.match import Text


@dataclass(frozen=True)
class Checked:
    """A briefing with all its texts, and its new locks by source, not yet signed; none if it is unreadable."""

    briefing: Briefing
    locks: dict[str, Lock]

    @property
    def readable(self) -> bool:
        """Whether all its files could be read."""
        return UNREADABLE not in self.briefing.broken


def check_texts(root: Path, briefing: Briefing, site: Site) -> Checked:
    """Compare every quotation with the texts at hand. Raises Refused if a text cannot be read."""
    briefing, hashes = add_unlocked_texts(root, briefing)
    checked, names = Checked(briefing, {}), list_names(briefing, site.speakers_of(briefing))
    for source in briefing.sources if checked.readable else ():
        if (text := briefing.texts.get(source.id)) is not None:
            sha = hashes.get(source.id) or briefing.locks[source.id].sha256
            checked.locks[source.id] = make_lock(briefing, source, text, sha, site.vocabulary, names)
    return checked


def add_unlocked_texts(root: Path, briefing: Briefing) -> tuple[Briefing, dict[str, str]]:
    """Add the texts in the briefing's folder that no lock names yet; also return their SHA-256 by source."""
    hashes: dict[str, str] = {}
    texts = dict(briefing.texts)
    for source in briefing.sources:
        old, path = briefing.locks.get(source.id), kept_text(root / "briefings" / briefing.slug, source.id)
        if source.id not in texts and path and (old is None or sha256(path.read_bytes()) == old.sha256):
            data, article = read_file(path)
            hashes[source.id], texts[source.id] = sha256(data), Text(article.blocks)
    return replace(briefing, texts=texts), hashes


def write_locks(root: Path, checked: Checked, by: str, today: str, again: str = "") -> dict[str, tuple[Lock, bool]]:
    """Sign and write the locks of a briefing, ``by`` somebody ``today`` if there is something new to check.

    ``again`` is a source that they checked as a whole, new or not; the locks of others are left alone then.
    Returns each source's lock, and whether its file changed. Raises Refused if nobody is named to sign a changed lock.
    """
    signed: dict[str, tuple[Lock, bool]] = {}
    for source_id, new in checked.locks.items():
        if again not in ("", source_id):
            continue
        lock = sign_lock(new, checked.briefing.locks.get(source_id), by, today, again=bool(again))
        if lock is None:
            raise Refused("give the name of the person who checks: python -m build_tools lock --by NAME")
        path = root / "briefings" / checked.briefing.slug / "sources" / f"{source_id}.lock"
        signed[source_id] = lock, write_file(path, format_lock(lock))
    return signed


def write_register(root: Path, briefing: Briefing) -> Register | None:
    """Add the ids of a published briefing to its register; return it if the file changed."""
    if briefing.draft:
        return None
    register = make_register(briefing, *_published_registers(root, briefing))
    path = root / "briefings" / briefing.slug / ids.FILE
    return register if write_file(path, format_register(register)) else None


def _published_registers(root: Path, briefing: Briefing) -> list[Register | None]:
    """The registers on the main branches of this clone and its remotes, so that ids nobody else has seen are dropped.

    Without a main branch (as in a shallow clone of another), the one in the last commit; without Git, the file's own.
    """
    path = BASE / briefing.slug / ids.FILE
    try:
        with Repository(root) as repository:
            head = repository.revision(repository.resolve("HEAD"))
            if not head.names(BASE):  # the project is not part of this repository
                return [briefing.register]
            trees = [repository.revision(commit) for commit in repository.list_main_commits()] or [head]
            return [
                Reader(tree).one(Register, path) or briefing.register for tree in trees if tree.kind(path) == "file"
            ]
    except GitError:
        return [briefing.register]
