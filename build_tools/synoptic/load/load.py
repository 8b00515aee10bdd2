"""Loads a project: the files that all briefings share, then each briefing's folder."""

import os
import unicodedata
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath
from typing import Any

from synoptic.base.problems import Place, Problem, find_nearest
from synoptic.compare.ids import name_statements
from synoptic.compare.marks import order_sources
from synoptic.compare.proofs import AUTHORITIES, SIGNERS, read_signers
from synoptic.compare.quotations import list_quotations
from synoptic.compare.summary import summarize
from synoptic.load.files import Disk, Texts, Tree, is_file, kept_text, read_bytes, sha256
from synoptic.load.portable import find_unportable
from synoptic.load.reader import Reader, is_ignored, stem
from synoptic.load.settings import read_publication
from synoptic.load.signatures import Verifier
from synoptic.load.vocabulary import read_vocabulary
from synoptic.model.lock import Lock, Register
from synoptic.model.proof import Trust
from synoptic.model.reading import Reading
from synoptic.model.records import BriefingFile, Claim, Event, Figure, Source, Speaker
from synoptic.model.site import REGISTER, UNREADABLE, Briefing, Publication, Site, Summary
from synoptic.model.values import id_fault
from synoptic.model.vocabulary import PATH, Vocabulary
from synoptic.model.watch import Watch
from synoptic.text.match import Text

#: The names that a briefing's folder may hold.
EXPECTED = ("briefing.yml", "sources", "claims", "figures.yml", "events.yml", "ids.lock", "readings", "articles")

#: The endings of the files of a source, the longest first.
SOURCE_FILES = (".watch.yml", ".yml", ".lock")

#: The files among them that hold data, and the endings of files in the folders that do.
_OWN = frozenset({"briefing.yml", "figures.yml", "events.yml", "ids.lock"})
_PARTS = {"sources": SOURCE_FILES, "claims": (".yml",), "readings": (".yml",)}


def is_data(path: PurePosixPath) -> bool:
    """Whether a file of a project holds data of briefings: not code, settings, rules, or the text of an article."""
    match path.parts:
        case ("briefings", "speakers.yml"):
            return True
        case ("briefings", _, name):
            return name in _OWN
        case ("briefings", _, folder, _):
            return path.name.endswith(_PARTS.get(folder, ()))
    return False


def read_briefing(
    reader: Reader,
    folder: PurePosixPath,
    texts: Texts | None,
    verifier: Verifier | None = None,
    language: str = "en",
) -> Briefing | None:
    """The briefing in a folder, or None if its own file cannot be read; problems go to ``reader``. ``texts`` are the
    full texts that all briefings share (None: no text is read, not even the briefing's own); ``language`` is that of
    the site."""
    before = len(reader.problems)
    names = reader.names(folder)
    if len(reader.problems) > before:
        return None
    if not reader.is_file(folder / "briefing.yml"):
        reader.report(folder / "briefing.yml", "is missing", f"create it, or remove the folder {folder.name}")
        return None
    reader.start_briefing()
    file = reader.one(BriefingFile, folder / "briefing.yml")
    sources, locks, watches = _read_sources(reader, folder / "sources")
    claims: list[Claim] = []
    for path in reader.files(folder / "claims", (".yml",)):
        claims.extend(reader.several(Claim, path, topic=path.stem))
    figures = reader.several(Figure, folder / "figures.yml") if "figures.yml" in names else []
    events = reader.several(Event, folder / "events.yml") if "events.yml" in names else []
    readings = _read_readings(reader, folder / "readings") if "readings" in names else {}
    register = reader.one(Register, folder / "ids.lock") if "ids.lock" in names else None
    reader.broken |= {REGISTER} if "ids.lock" in names and register is None else set()
    _report_unexpected(reader, folder, names)
    if file is None:
        return None
    rank = {topic.id: number for number, topic in enumerate(file.topics)}
    claims.sort(key=lambda claim: rank.get(claim.topic, len(rank)))
    sources = order_sources(sources, register)
    known = [source.id for source in sources]
    claims = _name_statements(reader, claims, file, [*figures, *events], register, known)
    at_hand: dict[str, Text] = {}
    changed: dict[str, str] = {}
    folders: list[Texts] = []
    if texts is not None and isinstance(reader.tree, Disk):
        has_own = reader.tree.kind(folder / "articles") == "folder"
        reader.problems += find_unportable(reader.tree, folder / "articles") if has_own else ()
        folders = [Texts([reader.tree.root / folder / "articles"] if has_own else []), texts]
        reader.problems += [_report_link(f"{folder}/articles/{path.name}") for path in folders[0].links]
        at_hand, changed = _find_copies(reader, reader.tree.root / folder, folders, sources, locks)
    briefing = Briefing(
        slug=folder.name, file=file, sources=tuple(sources), claims=tuple(claims), figures=tuple(figures),
        events=tuple(events), locks=locks, watches=watches, readings=readings, texts=at_hand, changed=changed,
        files=reader.files_read,
        verified=verifier.verify(folder.name, locks) if verifier else {},
        broken=frozenset(reader.broken), register=register,
        language=(file.language or language).partition("-")[0].lower(),
    )  # fmt: skip
    return replace(briefing, closest=closest) if (closest := _find_closest(briefing, folders)) else briefing


def _report_link(path: str) -> Problem:
    """The warning that an article is a link."""
    tip = "put the file itself there: what a link leads to may change unseen"
    return Problem(Place(path), "is a link, so this text is not read", tip, "file", "warning")


def _find_closest(briefing: Briefing, folders: Sequence[Texts]) -> dict[str, tuple[str, Text]]:
    """Source id to the text, with its file, that is most like the locked one, for each whose own is not at hand."""
    taken = {lock.sha256 for lock in briefing.locks.values()}
    found = {}
    for source in briefing.sources if any(folders) else ():
        lock = briefing.locks.get(source.id)
        if lock and source.id not in briefing.texts and source.id not in briefing.changed:
            quotes = [statement.quote for statement in list_quotations(briefing, source.id)]
            copies = [copy for texts in folders if (copy := texts.find_closest(source.id, lock, quotes, taken))]
            if copies:
                found[source.id] = str(copies[0][0]), copies[0][1]
    return found


def _name_statements(
    reader: Reader,
    claims: Sequence[Claim],
    file: BriefingFile,
    bound: Iterable[Figure | Event],
    register: Register | None,
    known: Collection[str],
) -> list[Claim]:
    """The claims, each statement with an id: the one that was typed, or a new one."""
    taken = {*reader.broken, *(item.id for item in bound), *(name for gone in file.gone for name in gone.ids)}
    taken.update(register.statements if register else ())
    for claim in claims:
        for statement in claim.statements:
            if not statement.id and statement.source not in known and (meant := find_nearest(statement.source, known)):
                reader.broken.add(f"{meant}-{claim.id}")  # the id it should have; the source is reported
    return name_statements(claims, taken)


def _read_sources(reader: Reader, folder: PurePosixPath) -> tuple[list[Source], dict[str, Lock], dict[str, Watch]]:
    sources: list[Source] = []
    locks: dict[str, Lock] = {}
    watches: dict[str, Watch] = {}
    for path in reader.files(folder, SOURCE_FILES):
        name = stem(path.name, SOURCE_FILES)
        if path.name == f"{name}.yml":
            source = reader.one(Source, path, id=name)
            if source is None:
                reader.broken.add(name)
            else:
                sources.append(source)
        elif not reader.is_file(folder / f"{name}.yml"):
            _report_orphan(reader, path, name)
        elif path.suffix == ".lock":
            before = len(reader.problems)
            lock = reader.one(Lock, path)
            if lock is not None:
                locks[name] = lock
            if len(reader.problems) > before:
                reader.broken.add(f"lock:{name}")
        elif watch := reader.one(Watch, path):
            watches[name] = watch
        else:
            reader.broken.add(f"watch:{name}")
    return sources, locks, watches


def _read_readings(reader: Reader, folder: PurePosixPath) -> dict[str, Reading]:
    """The second readings by their ids, the names of their files."""
    readings = {path.stem: reader.one(Reading, path) for path in reader.files(folder, (".yml",))}
    reader.broken.update(f"reading:{name}" for name, reading in readings.items() if reading is None)
    return {name: reading for name, reading in readings.items() if reading is not None}


def _report_orphan(reader: Reader, path: PurePosixPath, source: str) -> None:
    """Report the lock or watch of a missing source, which may have another name by mistake; what misses either is not
    reported."""
    names, kind = reader.names(path.parent), "lock" if path.suffix == ".lock" else "watch"
    if any(name != path.name and PurePosixPath(name).stem == source for name in names):
        return  # the other has a wrong suffix or no source either, which is reported
    alone = {name.removesuffix(".yml") for name in names if name.endswith(".yml") and name.count(".") == 1}
    alone -= {name.removesuffix(path.name.removeprefix(source)) for name in names if name != path.name}
    renamed = find_nearest(source, alone)
    tip = f"rename {renamed}.yml to {source}.yml" if renamed else f"add {source}.yml or remove the {kind}"
    reader.report(path, f"is the {kind} of a missing source", tip)
    if kind == "lock":
        reader.broken |= {source, *([renamed, f"lock:{renamed}"] if renamed else [])}


def _report_unexpected(reader: Reader, folder: PurePosixPath, names: Sequence[str]) -> None:
    for name in names:
        if name not in EXPECTED and not is_ignored(name):
            meant = find_nearest(name, set(EXPECTED) - set(names))
            reader.broken |= {UNREADABLE} if meant else set()  # its ids are missing
            tip = f'did you mean "{meant}"?' if meant else f"a briefing holds {', '.join(EXPECTED)}"
            reader.report(folder / name, "is not expected here", tip)
        elif name == "articles" and reader.tree.kind(folder / name) != "folder":
            reader.report(folder / name, "is not a folder", "links are not read here")


def _find_copies(
    reader: Reader, home: Path, folders: Sequence[Texts], sources: Sequence[Source], locks: dict[str, Lock]
) -> tuple[dict[str, Text], dict[str, str]]:
    """Source id to its text, if that is in one of the folders; and to the hash of a kept text, in the briefing's folder
    ``home``, that is not the locked one. The texts that may be shown in full also join the briefing's files."""
    found = {name: copy for name, lock in locks.items() for texts in reversed(folders) if (copy := texts.find(lock))}
    for source in sources:
        if source.rights == "full" and source.id in found:
            path = found[source.id][0]
            reader.files_read[f"{BASE}/{home.name}/articles/{source.id}{path.suffix.lower()}"] = path.read_bytes()
    changed = {}
    for name, lock in locks.items():
        kept = kept_text(home, name)
        if name not in found and kept and (data := read_bytes(kept)) is not None and sha256(data) != lock.sha256:
            changed[name] = sha256(data)
    return {name: text for name, (_, text) in found.items()}, changed


BASE = PurePosixPath("briefings")
#: Iterates over a collection, as ``iter`` does; a command line may report progress meanwhile.
Each = Callable[[Collection[Any]], Iterable[Any]]
#: The files that all briefings share.
SHARED_FILES = ("vocabulary.yml", "speakers.yml", "signers", "authorities.pem")
#: The files of the project that go into the download of every briefing.
DOWNLOADED = (PATH, "LICENSE-CONTENT.md")


def load(root: Path, articles: Sequence[Path] = (), each: Each = iter) -> tuple[Site | None, list[Problem]]:
    """Everything under ``root``/briefings, and every problem found on the way. No site if the vocabulary
    cannot be read.

    ``articles`` are folders that may hold full texts, besides each briefing's own ``articles``; ``each`` wraps the list
    of briefings, to show progress.
    """
    loader = Loader(Disk(root), articles, verify=True)
    briefings: dict[str, Briefing] = {}
    for slug in each(loader.slugs) if loader.vocabulary else ():
        briefing = loader.read_briefing(slug)
        if briefing is not None:
            briefings[slug] = briefing
    return loader.make_site(root, briefings, {slug: summarize(one) for slug, one in briefings.items()}), loader.problems


@dataclass(frozen=True)
class Shared:
    """The files that all briefings share, as read; ``broken`` are the ids in them that could not be read."""

    vocabulary: Vocabulary | None
    speakers: tuple[Speaker, ...]
    broken: frozenset[str]
    files: Mapping[str, bytes]
    """The files of the vocabulary and of those who may sign, by path."""
    trust: Trust
    """Who may sign locks, and who may bear witness."""
    problems: tuple[Problem, ...]


def read_shared(tree: Tree, memory: dict[Any, Any] | None = None) -> Shared:
    """Read the vocabulary, the speakers, and who may sign; ``memory`` as for ``Loader``."""
    reader = Reader(tree, memory)
    vocabulary, trust = read_vocabulary(reader, memory), _read_trust(reader)
    files = dict(reader.files_read)
    speakers = BASE / "speakers.yml"
    people = () if tree.kind(speakers) == "missing" else tuple(reader.several(Speaker, speakers))
    return Shared(vocabulary, people, frozenset(reader.broken), files, trust, tuple(reader.problems))


def _read_trust(reader: Reader) -> Trust:
    """The keys and the authorities that a project trusts."""
    paths = (PurePosixPath(SIGNERS), PurePosixPath(AUTHORITIES))
    keys, authorities = ((reader.read(path) or b"") if reader.tree.kind(path) != "missing" else b"" for path in paths)
    signers, problems = read_signers(unicodedata.normalize("NFC", keys.decode("utf-8", "replace")))
    reader.problems.extend(problems)
    return Trust(tuple(signers), authorities)


class Loader:
    """Reads a project one briefing at a time, so that a caller need not hold them all. ``problems`` grows meanwhile.

    ``articles`` are folders of full texts (None: no text is read, not even a briefing's own); ``memory`` keeps records
    of files that were read without a problem, for several loaders to share; ``vocabulary`` replaces one that cannot be
    read; ``shared`` saves reading the shared files again. ``broken`` are the ids in those that could not be read.
    ``verify``: whether to verify the proofs in locks, by ``trust`` (default: what the tree itself trusts).
    """

    def __init__(
        self,
        tree: Tree,
        articles: Sequence[Path] | None = None,
        memory: dict[Any, Any] | None = None,
        vocabulary: Vocabulary | None = None,
        shared: Shared | None = None,
        verify: bool = False,
        trust: Trust | None = None,
    ) -> None:
        shared = shared or read_shared(tree, memory)
        self._reader = Reader(tree, memory, shared.broken)
        self._texts = None if articles is None else Texts(articles)
        self._shared = shared
        self.trust = trust or shared.trust
        self._verifier = Verifier(self.trust) if verify else None
        self.problems = self._reader.problems
        self.problems.extend(shared.problems)
        self.problems.extend(_report_link(str(path)) for path in (self._texts.links if self._texts is not None else ()))
        self.vocabulary = shared.vocabulary or vocabulary
        self.speakers = shared.speakers
        self.broken = shared.broken
        self.slugs = tuple(self._folders())
        self.publication, faults = read_publication(tree.root) if isinstance(tree, Disk) else (Publication(), [])
        self.problems.extend(faults)

    def _folders(self) -> Iterator[str]:
        """The names of the briefings' folders; anything else beside them is reported."""
        reader = self._reader
        for name in reader.names(BASE):
            folder = BASE / name
            if name in SHARED_FILES:
                continue
            if reader.tree.kind(folder) != "folder":
                if not is_ignored(name):
                    reader.report(folder, "is not expected here", "a briefing is a folder with a briefing.yml in it")
            elif fault := id_fault(name):
                reader.report(folder, f'the folder name "{name}" {fault}', "rename the folder")
            else:
                yield name

    def read_briefing(self, slug: str) -> Briefing | None:
        """One briefing, or None if its own file cannot be read. The problems of a draft become warnings."""
        before = len(self.problems)
        briefing = read_briefing(self._reader, BASE / slug, self._texts, self._verifier, self.publication.language)
        if briefing is not None and briefing.draft:
            self.problems[before:] = [problem.as_warning() for problem in self.problems[before:]]
        return briefing

    def make_site(self, root: Path, briefings: Mapping[str, Briefing], summaries: Mapping[str, Summary]) -> Site | None:
        """The site with these briefings; None without a vocabulary."""
        if self.vocabulary is None:
            return None
        files = {name: (root / name).read_bytes() for name in DOWNLOADED if is_file(root / name)}
        files |= self._shared.files  # as it was read
        return Site(self.vocabulary, self.speakers, briefings, summaries, self.publication, files=files)


def written_files(root: Path, slugs: Sequence[str] = ()) -> list[Path]:
    """The YAML files that contributors write: of some briefings, or of all together with the shared speakers."""
    base = root / "briefings"
    own = ("briefing.yml", "figures.yml", "events.yml", "sources/*.yml", "claims/*.yml", "readings/*.yml")
    folders = [base / slug for slug in slugs] or sorted(path for path in base.iterdir() if not path.is_symlink())
    paths = [path for folder in folders for pattern in own for path in sorted(folder.glob(pattern))]
    paths += [] if slugs else [base / "speakers.yml"]
    return [path for path in paths if is_file(path) and not path.parent.is_symlink() and not is_ignored(path.name)]


def article_folders(environment: Mapping[str, str]) -> list[Path]:
    """The folders in SYNOPTIC_ARTICLES, separated as in PATH."""
    value = environment.get("SYNOPTIC_ARTICLES", "")
    return [Path(part) for part in value.split(os.pathsep) if part]
