"""Reads one briefing's folder."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import PurePosixPath

from build_tools.load.files import Disk
from build_tools.load.reader import Reader, is_ignored
from build_tools.load.texts import Texts, kept_text, read_bytes, sha256
from build_tools.model.briefing import Briefing
from build_tools.model.lock import Lock, Register
from build_tools.model.records import BriefingFile, Claim, Event, Figure, Source
from build_tools.text.match import Text

#: The names that a briefing's folder may hold.
EXPECTED = ("briefing.yml", "sources", "claims", "figures.yml", "events.yml", "ids.lock", "articles")


def read_briefing(reader: Reader, folder: PurePosixPath, texts: Texts | None) -> Briefing | None:
    """The briefing in a folder, or None if its own file cannot be read; problems go to ``reader``.

    ``texts`` are the full texts that all briefings share (None: no text is read, not even the briefing's own).
    """
    before = len(reader.problems)
    names = reader.names(folder)
    if len(reader.problems) > before:
        return None
    if not reader.is_file(folder / "briefing.yml"):
        reader.report(folder / "briefing.yml", "is missing", f"create it, or remove the folder {folder.name}")
        return None
    reader.start_briefing()
    file = reader.one(BriefingFile, folder / "briefing.yml")
    sources, locks = _read_sources(reader, folder / "sources")
    claims: list[Claim] = []
    for path in reader.files(folder / "claims", (".yml",)):
        claims.extend(reader.several(Claim, path, topic=path.stem))
    figures = reader.several(Figure, folder / "figures.yml") if "figures.yml" in names else []
    events = reader.several(Event, folder / "events.yml") if "events.yml" in names else []
    register = reader.one(Register, folder / "ids.lock") if "ids.lock" in names else None
    _report_unexpected(reader, folder, names)
    if file is None:
        return None
    rank = {topic.id: number for number, topic in enumerate(file.topics)}
    claims.sort(key=lambda claim: rank.get(claim.topic, len(rank)))
    copies = _Copies()
    if texts is not None and isinstance(reader.tree, Disk):
        copies = _find_copies(reader, reader.tree, folder, texts, sources, locks)
    return Briefing(
        slug=folder.name,
        file=file,
        sources=tuple(sources),
        claims=tuple(claims),
        figures=tuple(figures),
        events=tuple(events),
        locks=locks,
        texts=copies.texts,
        changed=copies.changed,
        files=reader.files_read,
        broken=frozenset(reader.broken),
        register=register,
    )


def _read_sources(reader: Reader, folder: PurePosixPath) -> tuple[list[Source], dict[str, Lock]]:
    sources: list[Source] = []
    locks: dict[str, Lock] = {}
    for path in reader.files(folder, (".yml", ".lock")):
        if path.suffix == ".yml":
            source = reader.one(Source, path, id=path.stem)
            if source is None:
                reader.broken.add(path.stem)
            else:
                sources.append(source)
        elif not reader.is_file(path.with_suffix(".yml")):
            reader.report(path, "is the lock of a missing source", f"add {path.stem}.yml or remove the lock")
        else:
            before = len(reader.problems)
            lock = reader.one(Lock, path)
            if lock is not None:
                locks[path.stem] = lock
            if len(reader.problems) > before:
                reader.broken.add(f"lock:{path.stem}")
    return sources, locks


def _report_unexpected(reader: Reader, folder: PurePosixPath, names: Sequence[str]) -> None:
    for name in names:
        if name not in EXPECTED and not is_ignored(name):
            reader.report(folder / name, "is not expected here", f"a briefing holds {', '.join(EXPECTED)}")
        elif name == "articles" and reader.tree.kind(folder / name) != "folder":
            reader.report(folder / name, "is not a folder", "links are not read here")


@dataclass
class _Copies:
    """Source id to its text, and to the hash of a kept text that is not the locked one."""

    texts: dict[str, Text] = field(default_factory=dict)
    changed: dict[str, str] = field(default_factory=dict)


def _find_copies(
    reader: Reader,
    disk: Disk,
    folder: PurePosixPath,
    shared: Texts,
    sources: Sequence[Source],
    locks: dict[str, Lock],
) -> _Copies:
    """The texts at hand; those that may be shown in full also join the briefing's files."""
    home = disk.root / folder
    has_own = disk.kind(folder / "articles") == "folder"
    own = Texts([home / "articles"] if has_own else [])
    found = {name: copy for name, lock in locks.items() if (copy := own.find(lock) or shared.find(lock))}
    for source in sources:
        if source.rights == "full" and source.id in found:
            path = found[source.id][0]
            reader.files_read[f"{folder}/articles/{source.id}{path.suffix.lower()}"] = path.read_bytes()
    copies = _Copies({name: text for name, (_, text) in found.items()})
    for name, lock in locks.items() if has_own else ():
        kept = kept_text(home, name)
        if name not in found and kept and (data := read_bytes(kept)) is not None and sha256(data) != lock.sha256:
            copies.changed[name] = sha256(data)
    return copies
