"""Compare a briefing's quotations with its texts, and write the locks."""

import re
from collections.abc import Collection
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path

from pydantic import ValidationError

from synoptic.authoring.ingest import read_file
from synoptic.authoring.sign import TYPED, Proving, prove
from synoptic.base.problems import Refused
from synoptic.base.write import write_file
from synoptic.compare.lock import format_lock, make_lock, sign_lock
from synoptic.compare.quotations import list_quotations
from synoptic.compare.telling import list_names
from synoptic.load.files import kept_text, sha256
from synoptic.load.yaml_guard import parse
from synoptic.model.lock import Lock
from synoptic.model.records import Source
from synoptic.model.site import UNREADABLE, Briefing, Site
from synoptic.text.conflicts import split_conflict
from synoptic.text.match import Text


@dataclass(frozen=True)
class Checked:
    """A briefing with all its texts, and its new locks by source, not yet signed; ``left`` are the sources without a
    new lock, each with the file that names it and cannot be read."""

    briefing: Briefing
    locks: dict[str, Lock]
    left: dict[str, str]

    @property
    def readable(self) -> bool:
        """Whether all its files could be read."""
        return UNREADABLE not in self.briefing.broken


def check_texts(root: Path, briefing: Briefing, site: Site, faulty: Collection[str] | None = None) -> Checked:
    """Compare every quotation with the texts at hand, but for sources that a file may quote which cannot be read:
    ``faulty`` are the paths of files with problems (None: any file). Raises Refused if a text cannot be read."""
    briefing, hashes = add_unlocked_texts(root, briefing)
    checked = Checked(briefing, {}, _find_touched(briefing, faulty))
    names = list_names(briefing, site.speakers_of(briefing))
    for source in briefing.sources:
        if (text := briefing.texts.get(source.id)) is not None and source.id not in checked.left:
            sha = hashes.get(source.id) or briefing.locks[source.id].sha256
            checked.locks[source.id] = make_lock(briefing, source, text, sha, site.vocabulary, names)
    return checked


def _find_touched(briefing: Briefing, faulty: Collection[str] | None) -> dict[str, str]:
    """Source id to the first of some faulty files that names the source or one of its statements, if ids are missing.

    The file of a source, which names it alone, leaves no id of others missing, and nor do those that all share.
    """
    if UNREADABLE not in briefing.broken:
        return {}
    if faulty is None:
        return dict.fromkeys(briefing.source, "a file")
    home = f"briefings/{briefing.slug}/"
    touched: dict[str, str] = {}
    for path in sorted(faulty):
        if not path.startswith(home) or path.startswith(f"{home}sources/"):
            continue
        data = briefing.files.get(path)
        words = None if data is None else set(re.findall(r"[a-z0-9]+(?:-[a-z0-9]+)*", data.decode("utf-8", "replace")))
        for source in briefing.sources:
            ids = {source.id, *(statement.id for _, statement in briefing.carried.get(source.id, ()))}
            if words is None or ids & words:
                touched.setdefault(source.id, path.removeprefix(home))
    return touched


def add_unlocked_texts(root: Path, briefing: Briefing) -> tuple[Briefing, dict[str, str]]:
    """Add the texts in the briefing's folder that no lock names yet; also return their SHA-256 by source."""
    hashes: dict[str, str] = {}
    texts = dict(briefing.texts)
    for source in briefing.sources:
        old, path = briefing.locks.get(source.id), kept_text(root / "briefings" / briefing.slug, source.id)
        if path and (old is None or (source.id not in texts and sha256(path.read_bytes()) == old.sha256)):
            data, article = read_file(path)
            hashes[source.id], texts[source.id] = sha256(data), Text(article.blocks)
    return replace(briefing, texts=texts), hashes


def write_locks(
    root: Path, checked: Checked, by: str, today: str, again: str = "", how: Proving = TYPED
) -> dict[str, tuple[Lock, bool]]:
    """Sign and write the locks of a briefing, ``by`` somebody ``today`` if there is something new to check.

    ``again`` is a source that they checked as a whole, new or not; the locks of others are left alone then. ``how``
    proves what they checked. Returns each source's lock, and whether its file changed. Raises Refused if nobody is
    named to sign a changed lock, or if a lock cannot be proved; nothing is written then.
    """
    slug, signed = checked.briefing.slug, {}
    for source_id, new in checked.locks.items():
        if again not in ("", source_id):
            continue
        path = _lock_path(root, slug, source_id)
        lock = sign_lock(new, _find_old(path, checked.briefing, source_id), by, today, again=bool(again))
        if lock is None:
            raise Refused("give the name of the person who checks: synoptic lock --by NAME")
        signed[source_id] = prove(lock, slug, source_id, by, how)
    return {name: (lock, write_file(_lock_path(root, slug, name), format_lock(lock))) for name, lock in signed.items()}


def countersign(root: Path, briefing: Briefing, source: Source, copy: Path, by: str, today: str, how: Proving) -> Lock:
    """Add a reader who found all quotations of a source in a copy of their own, and write the lock. Raises Refused if
    its quotations are not those of the briefing. The caller has compared these with the copy."""
    old = briefing.locks.get(source.id)
    entries = {entry.statement: entry for entry in old.quotes} if old else {}
    current = {statement.id: statement for statement in list_quotations(briefing, source.id)}
    both = current.keys() & entries.keys()
    stale = (current.keys() ^ entries.keys()) | {name for name in both if not entries[name].is_of(current[name])}
    if old is None or not old.readers or stale:
        what = f'"{min(stale)}" is not in it as it is now' if stale else "nobody has checked it yet"
        raise Refused(f"the lock of {briefing.slug}/{source.id} cannot be countersigned: {what}; its reader runs lock")
    lock = sign_lock(old, old, by, today, again=True)
    assert lock is not None, "there is a name"
    lock = prove(lock, briefing.slug, source.id, by, how, sha256(copy.read_bytes()))
    write_file(_lock_path(root, briefing.slug, source.id), format_lock(lock))
    return lock


def _lock_path(root: Path, slug: str, source: str) -> Path:
    return root / "briefings" / slug / "sources" / f"{source}.lock"


def _find_old(path: Path, briefing: Briefing, source_id: str) -> Lock | None:
    """The lock of a source as it was; if its file is an unfinished merge, the side that can be read."""
    if (old := briefing.locks.get(source_id)) or not path.is_file():
        return old
    for side in split_conflict(path.read_bytes().decode("utf-8", "replace")):
        tree = parse(side.encode(), path.name)
        with suppress(ValidationError):
            return Lock.model_validate(tree.value)
    return None
