"""Reading: YAML, locks and texts into the model. All reading of the briefings happens here."""

from __future__ import annotations

import errno
import hashlib
import os
import stat
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from pathlib import Path, PurePosixPath
from typing import Any, TypeVar

import yaml
from pydantic import ValidationError

from build_tools.article.read import SUFFIXES, read_text
from build_tools.base.cache import NO_CACHE, Cache, digest, parts
from build_tools.base.errors import Refused
from build_tools.base.problems import PLACE, Place, Problem, suggest_nearest
from build_tools.base.write import walk
from build_tools.compare.summary import summarize
from build_tools.load.files import LARGEST, Disk, Tree
from build_tools.load.yaml_guard import parse
from build_tools.model.briefing import UNREADABLE, Briefing
from build_tools.model.lock import Lock, Register
from build_tools.model.records import BriefingFile, Claim, Event, Figure, Source, Speaker
from build_tools.model.site import Publication, Site, Summary
from build_tools.model.values import Placed, id_fault
from build_tools.model.vocabulary import Vocabulary
from build_tools.text.match import Text

M = TypeVar("M", bound=Placed)
MAX_TEXT = 5_000_000
BASE = PurePosixPath("briefings")
#: Iterates over a collection, as ``iter`` does; a command line may report progress meanwhile.
Each = Callable[[Collection[Any]], Iterable[Any]]
#: The files that all briefings share.
OF_ALL = ("vocabulary.yml", "speakers.yml")
#: What every briefing that is taken away needs beside its own files.
SHARED = ("briefings/vocabulary.yml", "LICENSE-CONTENT.md")


def load(
    root: Path,
    articles: Sequence[Path] = (),
    each: Each = iter,
    results: Cache = NO_CACHE,
    memory: dict[Any, Any] | None = None,
) -> tuple[Site | None, list[Problem]]:
    """Everything under ``root``/briefings.

    In: the project's folder; folders that may hold full texts (beside each briefing's own ``articles``); what the
    list of briefings is passed through; results of earlier runs; a memory as for ``Loading``.
    Out: the site, None where its vocabulary could not be read, and every problem found on the way.
    """
    loading = Loading(Disk(root), articles, _shared(root, results) if memory is None else memory)
    if loading.vocabulary is None:
        return None, loading.problems
    outlines: dict[str, tuple[Summary, str]] = {}
    read: dict[str, Callable[[], Briefing]] = {}
    for slug in each(loading.slugs):
        outline, whole = _outlined(loading, root, slug, NO_CACHE if articles else results)
        if outline is not None:
            outlines[slug], read[slug] = outline, whole
    briefings = Unread({slug: made_of for slug, (_, made_of) in outlines.items()}, lambda slug: read[slug]())
    publication = _publication(root / "mkdocs.yml")
    files = {name: (root / name).read_bytes() for name in SHARED if _is_file(root / name)} | loading.words
    summaries = {slug: summary for slug, (summary, _) in outlines.items()}
    return Site(loading.vocabulary, loading.speakers, briefings, summaries, publication, files=files), loading.problems


class Unread(Mapping[str, Briefing]):
    """Briefings by id, each read when it is first asked for. ``made_of`` tells the files of each from all others."""

    def __init__(self, made_of: Mapping[str, str], read: Callable[[str], Briefing]) -> None:
        self.made_of, self._read = made_of, read
        self._there: dict[str, Briefing] = {}

    def __len__(self) -> int:
        return len(self.made_of)

    def __iter__(self) -> Iterator[str]:
        return iter(self.made_of)

    def __contains__(self, slug: object) -> bool:
        return slug in self.made_of

    def __getitem__(self, slug: str) -> Briefing:
        if slug not in self.made_of:
            raise KeyError(slug)
        if slug not in self._there:
            self._there[slug] = self._read(slug)
        return self._there[slug]


def _outline(briefing: Briefing) -> tuple[Summary, str]:
    texts = sorted((name, len(text.spans), len(text.blocks)) for name, text in briefing.texts.items())
    files = repr((sorted(briefing.files.items()), texts, briefing.changed, sorted(briefing.broken)))
    return summarize(briefing), hashlib.sha256(files.encode("utf-8", "surrogatepass")).hexdigest()


def _shared(root: Path, results: Cache) -> dict[Any, Any]:
    """A memory of the files that all briefings share, so that they are not read again."""

    def read() -> dict[Any, Any]:
        memory: dict[Any, Any] = {}
        Loading(Disk(root), memory=memory)
        return memory

    paths = [root / BASE / name for name in OF_ALL]
    return dict(results.get_or_make([b"shared", *((_is_file(path) and _bytes(path)) or b"" for path in paths)], read))


def _outlined(
    loading: Loading, root: Path, slug: str, results: Cache
) -> tuple[tuple[Summary, str] | None, Callable[[], Briefing]]:
    """A briefing's outline, and what gives the whole, which is read again only where one of its files is another. With
    a text at hand it is always read."""
    folder = BASE / slug
    read: list[tuple[Briefing | None, list[Problem]]] = []

    def whole() -> Briefing | None:
        if not read:
            before = len(loading.problems)
            found = loading.briefing(slug)
            read.append((found, loading.problems[before:]))
            del loading.problems[before:]
        return read[0][0]

    def get() -> Briefing:
        found: Briefing | None = (None if read else results.load(name)) or whole()
        if found is None or _outline(found) != outline:  # nor is what was kept there any more
            raise OSError(errno.ESTALE, "was changed while it was read; try again", folder.as_posix())
        return found

    def made_of() -> str:
        if results is NO_CACHE or Disk(root).kind(folder / "articles") != "missing":
            return ""
        try:
            return digest([*parts("briefing", slug, sorted(loading.broken)), *_held(root / folder)])
        except (OSError, RecursionError):
            return ""

    name = made_of()
    if not name:
        results = NO_CACHE
    results.path_of(name)  # so that it is not forgotten, though it may not be read
    kept: tuple[tuple[Summary, str] | None, list[Problem]] | None = results.get(parts("outline", name))
    if kept is None:
        found = whole()
        kept = _outline(found) if found else None, read[0][1]
        if name == made_of():  # else somebody saved it meanwhile
            results.set(parts("outline", name), kept)
            results.store(name, found)
    outline, problems = kept
    loading.problems += problems
    return outline, get


def _held(folder: Path) -> Iterator[bytes]:
    """Path, kind and content of all that a folder holds, at any depth. Raises OSError where a file cannot be read, and
    RecursionError where folders lie too deep."""
    for entry in sorted(walk(folder), key=lambda entry: entry.path):
        yield entry.path[len(str(folder)) :].encode("utf-8", "surrogateescape")
        if entry.is_file(follow_symlinks=False) and entry.stat().st_size <= LARGEST:
            with open(entry.path, "rb", buffering=0) as file:  # noqa: PTH123 - Path takes longer, and there are thousands
                yield hashlib.sha256(file.read()).digest()
        else:
            yield f"{stat.S_IFMT(entry.stat(follow_symlinks=False).st_mode):o}".encode()


class Loading:
    """A project that is read briefing by briefing, so that none but the one at hand need be kept.

    In: its files; folders that may hold full texts (None: no text is read, not even a briefing's own); a memory
    of files that were read without a problem, which several readings may share; the vocabulary to go on with
    where the project's own cannot be read. ``problems`` grows as briefings are read; ``broken`` are the ids in the
    shared files that could not be read; ``words`` is the vocabulary's file as it was read, by its path.
    """

    def __init__(
        self,
        tree: Tree,
        articles: Sequence[Path] | None = None,
        memory: dict[Any, Any] | None = None,
        vocabulary: Vocabulary | None = None,
    ) -> None:
        reader = self._reader = _Reader(tree, memory)
        self._texts = None if articles is None else _Texts(articles)
        self.problems = reader.problems
        self.speakers: tuple[Speaker, ...] = ()
        words, speakers = (BASE / name for name in OF_ALL)
        self.vocabulary = reader.one(Vocabulary, words) or vocabulary
        self.words = dict(reader.kept)
        if tree.kind(speakers) != "missing":
            self.speakers = tuple(reader.several(Speaker, speakers))
        self.broken = reader.shared_broken = frozenset(reader.broken)
        self.slugs = tuple(self._folders())

    def _folders(self) -> Iterator[str]:
        """The names of the briefings' folders; what else stands beside them is reported."""
        for name in self._reader.names(BASE):
            folder = BASE / name
            if name in OF_ALL:
                continue
            if self._reader.tree.kind(folder) != "folder":
                if not _passing(name):
                    self._reader.report(
                        folder, "is not expected here", "a briefing is a folder with a briefing.yml in it"
                    )
            elif fault := id_fault(name):
                self._reader.report(folder, f'the folder name "{name}" {fault}', "rename the folder")
            else:
                yield name

    def briefing(self, slug: str) -> Briefing | None:
        """One briefing, None where its own file cannot be read. The problems of a draft are warnings."""
        before = len(self.problems)
        found = _briefing(self._reader, BASE / slug, self._texts)
        if found is not None and found.draft:
            self.problems[before:] = [p.as_warning() for p in self.problems[before:]]
        return found


class _Settings(yaml.SafeLoader):
    """mkdocs.yml with every tag of its own (``!ENV``, ``!!python/name``) read as nothing: only plain text is wanted."""


_Settings.add_multi_constructor("", lambda loader, suffix, node: None)


def _publication(path: Path) -> Publication:
    if not _is_file(path):
        return Publication()
    try:
        found = yaml.load(path.read_bytes(), _Settings)  # noqa: S506 - a SafeLoader that constructs less
    except (yaml.YAMLError, ValueError, OSError, RecursionError):
        return Publication()  # MkDocs itself says what is wrong with its file
    return Publication.of(found) if isinstance(found, Mapping) else Publication()


def written_files(root: Path, slugs: Sequence[str] = ()) -> list[Path]:
    """The YAML files that contributors write, of some briefings or of all; of all, the shared speakers', too."""
    base = root / "briefings"
    own = ("briefing.yml", "figures.yml", "events.yml", "sources/*.yml", "claims/*.yml")
    folders = [base / slug for slug in slugs] or sorted(path for path in base.iterdir() if not path.is_symlink())
    found = [path for folder in folders for pattern in own for path in sorted(folder.glob(pattern))]
    found += [] if slugs else [base / "speakers.yml"]
    return [path for path in found if _is_file(path) and not path.parent.is_symlink() and not _passing(path.name)]


def article_folders(environment: Mapping[str, str]) -> list[Path]:
    """The folders that SYNOPTIC_ARTICLES names, parted as PATH is."""
    value = environment.get("SYNOPTIC_ARTICLES", "")
    return [Path(part) for part in value.split(os.pathsep) if part]


def sha256(data: bytes) -> str:
    """The SHA-256 of a file's bytes, in hexadecimal."""
    return hashlib.sha256(data).hexdigest()


def _briefing(reader: _Reader, folder: PurePosixPath, shared: _Texts | None) -> Briefing | None:
    before = len(reader.problems)
    inside = reader.names(folder)
    if len(reader.problems) > before:
        return None
    if not reader.is_file(folder / "briefing.yml"):
        reader.report(folder / "briefing.yml", "is missing", f"make it, or remove the folder {folder.name}")
        return None
    broken = reader.broken = set(reader.shared_broken)
    reader.kept = {}
    file = reader.one(BriefingFile, folder / "briefing.yml")
    sources: list[Source] = []
    locks: dict[str, Lock] = {}
    for path in reader.files(folder / "sources", (".yml", ".lock")):
        if path.suffix == ".lock":
            if not reader.is_file(path.with_suffix(".yml")):
                reader.report(
                    path,
                    "is the lock of a source that is not there",
                    f"add {path.stem}.yml or remove the lock",
                )
            else:
                before = len(reader.problems)
                if (lock := reader.one(Lock, path)) is not None:
                    locks[path.stem] = lock
                if len(reader.problems) > before:
                    broken.add(f"lock:{path.stem}")
        elif (source := reader.one(Source, path, id=path.stem)) is not None:
            sources.append(source)
        else:
            broken.add(path.stem)
    claims: list[Claim] = []
    for path in reader.files(folder / "claims", (".yml",)):
        claims.extend(reader.several(Claim, path, topic=path.stem))
    figures = reader.several(Figure, folder / "figures.yml") if "figures.yml" in inside else []
    events = reader.several(Event, folder / "events.yml") if "events.yml" in inside else []
    register = reader.one(Register, folder / "ids.lock") if "ids.lock" in inside else None
    for name in inside:
        known = ("briefing.yml", "sources", "claims", "figures.yml", "events.yml", "ids.lock", "articles")
        if name not in known and not _passing(name):
            reader.report(folder / name, "is not expected here", f"a briefing holds {', '.join(known)}")
        elif name == "articles" and reader.tree.kind(folder / name) != "folder":
            reader.report(folder / name, "is no folder", "links are not read here")
    if file is None:
        return None
    rank = {topic.id: number for number, topic in enumerate(file.topics)}
    claims.sort(key=lambda claim: rank.get(claim.topic, len(rank)))
    texts: dict[str, Text] = {}
    changed: dict[str, str] = {}
    if shared is not None and isinstance(reader.tree, Disk):
        home = reader.tree.root / folder
        beside = reader.tree.kind(folder / "articles") == "folder"
        own = _Texts([home / "articles"] if beside else [])
        texts = {name: text for name, lock in locks.items() if (text := own.of(lock) or shared.of(lock))}
        for source in sources:
            if source.rights == "full" and source.id in texts:
                shown = own.path_of(locks[source.id]) or shared.path_of(locks[source.id])
                if shown is not None:
                    reader.kept[f"{folder}/articles/{source.id}{shown.suffix.lower()}"] = shown.read_bytes()
        for name, lock in locks.items() if beside else ():
            kept = kept_text(home, name)
            if name not in texts and kept and (data := _bytes(kept)) is not None and sha256(data) != lock.sha256:
                changed[name] = sha256(data)
    return Briefing(
        slug=folder.name,
        file=file,
        sources=tuple(sources),
        claims=tuple(claims),
        figures=tuple(figures),
        events=tuple(events),
        locks=locks,
        texts=texts,
        changed=changed,
        files=reader.kept,
        broken=frozenset(broken),
        register=register,
    )


class _Texts:
    """The texts of some folders, by the SHA-256 of their bytes. A file is read as an article when its lock asks."""

    def __init__(self, folders: Iterable[Path]) -> None:
        self._paths: dict[str, list[Path]] = {}
        for folder in folders:
            for path in _listed(folder):
                if path.suffix.lower() in SUFFIXES and _is_file(path) and (data := _bytes(path)) is not None:
                    self._paths.setdefault(sha256(data), []).append(path)

    def of(self, lock: Lock) -> Text | None:
        """The text that was locked. Of equal bytes under several endings, those that give as many words and blocks."""
        return next((text for _, text in self._found(lock)), None)

    def path_of(self, lock: Lock) -> Path | None:
        """The file of that text."""
        return next((path for path, _ in self._found(lock)), None)

    def _found(self, lock: Lock) -> list[tuple[Path, Text]]:
        found = [(path, text) for path in self._paths.get(lock.sha256, ()) if (text := _readable(path))]
        return sorted(found, key=lambda one: (len(one[1].spans), len(one[1].blocks)) != (lock.words, lock.blocks))


def _readable(path: Path) -> Text | None:
    """A file's text, None where it cannot be read as an article."""
    try:
        return read_text(path.read_bytes(), path.suffix)
    except (Refused, OSError):
        return None


def _bytes(path: Path) -> bytes | None:
    """An article's bytes, None where the file is too large, may not be read, or has gone meanwhile."""
    try:
        return path.read_bytes() if path.stat().st_size <= MAX_TEXT else None
    except OSError:
        return None


def _listed(folder: Path) -> list[Path]:
    """What a folder holds, sorted; nothing where there is none, or none that may be read."""
    try:
        return sorted(folder.iterdir())
    except OSError:
        return []


def kept_text(briefing: Path, source: str) -> Path | None:
    """The file in a briefing's folder ``articles`` that is kept under a source's name."""
    if (briefing / "articles").is_symlink():
        return None
    paths = (briefing / "articles" / f"{source}{suffix}" for suffix in SUFFIXES)
    return next((path for path in paths if _is_file(path)), None)


def _passing(name: str) -> bool:
    """Whether a file is an editor's or the system's own, and no business of ours."""
    return name.startswith((".", "#")) or name.endswith("~")


def _is_file(path: Path) -> bool:
    """Whether ``path`` is a regular file (no link, device or pipe)."""
    return Disk(path.parent).kind(PurePosixPath(path.name)) == "file"


class _Reader:
    """Reads files into models and collects every problem on the way."""

    def __init__(self, tree: Tree, memory: dict[Any, Any] | None = None) -> None:
        self.tree = tree
        self.memory = memory
        self.problems: list[Problem] = []
        self.broken: set[str] = set()
        self.shared_broken: frozenset[str] = frozenset()
        self.kept: dict[str, bytes] = {}

    def is_file(self, path: PurePosixPath) -> bool:
        """Whether a regular file stands there."""
        return self.tree.kind(path) == "file"

    def report(self, path: PurePosixPath, message: str, tip: str = "") -> None:
        """Note a problem of a whole file."""
        self.problems.append(Problem(Place(path.as_posix()), message, tip, "file"))

    def names(self, folder: PurePosixPath) -> list[str]:
        """The names in a folder, sorted; a folder that may not be read is reported."""
        try:
            return self.tree.names(folder)
        except OSError as error:
            self.report(folder, f"cannot be read: {error.strerror}", "look at its permissions")
            return []

    def files(self, folder: PurePosixPath, suffixes: tuple[str, ...]) -> list[PurePosixPath]:
        """The files of a folder whose names are ids with a known suffix; all others are reported."""
        found = []
        kind = self.tree.kind(folder)
        if kind != "folder":
            if kind != "missing":
                self.report(folder, f"is {'a link' if kind == 'link' else 'no folder'}", "links are not read here")
            return []
        for name in self.names(folder):
            path = folder / name
            if _passing(name):
                continue
            if not self.is_file(path):
                self.report(path, "is no regular file", "links and folders are not read here")
            elif path.suffix not in suffixes:
                self.report(path, f'has the ending "{path.suffix}"', f"expected: {', '.join(suffixes)}")
            elif fault := id_fault(path.stem):
                self.report(path, f'the name "{path.stem}" {fault}', "rename the file")
            else:
                found.append(path)
        return found

    def bytes_of(self, path: PurePosixPath) -> bytes | None:
        """A file's bytes, or None."""
        if not self.is_file(path):
            self.report(path, "is missing or no regular file")
            return None
        try:
            data = self.kept[path.as_posix()] = self.tree.read(path)
        except OSError as error:
            self.report(path, f"cannot be read: {error.strerror}")
            return None
        return data

    def parsed(self, data: bytes, path: PurePosixPath) -> Any:
        """A file's YAML, or None."""
        tree = parse(data, path.as_posix())
        self.problems.extend(tree.problems)
        if tree.value is None and not tree.problems:
            self.report(path, "is empty")
        return tree.value

    def one(self, model: type[M], path: PurePosixPath, **given: str) -> M | None:
        """A file that holds one object."""
        return next(iter(self.remembered(model, path, given, self._one)), None)

    def several(self, model: type[M], path: PurePosixPath, **given: str) -> list[M]:
        """A file that holds a list of objects."""
        return self.remembered(model, path, given, self._several)

    def remembered(
        self, model: type[M], path: PurePosixPath, given: Mapping[str, str], build: Callable[..., list[M]]
    ) -> list[M]:
        """The objects of a file; those of the same bytes at the same path are made once, unless a problem is told."""
        if (data := self.bytes_of(path)) is None:
            if build == self._several:
                self.broken.add(UNREADABLE)
            return []
        key = (model, path, sha256(data)) if self.memory is not None else None
        if self.memory is not None and key in self.memory:
            return list(self.memory[key])
        before = len(self.problems), len(self.broken)
        found = build(model, self.parsed(data, path), path, given)
        if self.memory is not None and before == (len(self.problems), len(self.broken)):
            self.memory[key] = tuple(found)
        return found

    def _one(self, model: type[M], value: Any, path: PurePosixPath, given: Mapping[str, str]) -> list[M]:
        built = None if value is None else self.build(model, value, path, given)
        return [] if built is None else [built]

    def _several(self, model: type[M], value: Any, path: PurePosixPath, given: Mapping[str, str]) -> list[M]:
        if value is None:
            self.broken.add(UNREADABLE)
            return []
        if not isinstance(value, list):
            self.broken.add(UNREADABLE)
            self.report(path, "must be a list: each entry begins with a hyphen", "- id: ...")
            return []
        return [built for item in value if (built := self.build(model, item, path, given)) is not None]

    def build(self, model: type[M], value: Any, path: PurePosixPath, given: Mapping[str, str]) -> M | None:
        """An object from its tree; parts that cannot be read are reported and left out, with their ids noted."""
        if not isinstance(value, dict):
            self.report(path, f"must be a mapping of keys, not {_shown(value)}")
            return None
        for key in given:
            if key in value:
                place = value[PLACE].at(key)
                said = place if value[key] == given[key] else None  # else somebody has to choose
                message, tip = f'"{key}" is not written here', "the file's name says it"
                self.problems.append(Problem(place, message, tip, "key", remove=said))
        value = {**value, **given}
        told: set[tuple[int, str]] = set()
        for _ in range(10_000):
            try:
                return model.model_validate(value)
            except ValidationError as error:
                faults = error.errors(include_url=False)
            drop: list[tuple[Any, Any]] = []
            hopeless = False
            self.broken |= _ids(value)  # once: a file may hold ten thousand faults
            for fault in faults:
                steps = _walk(value, fault["loc"])
                holder, key = steps[-1]
                if fault["type"] == "id":
                    self.broken.add(UNREADABLE)
                if (id(holder), str(key)) not in told:
                    told.add((id(holder), str(key)))
                    if not (fault["type"] == "missing" and _misspelt(key, holder, faults)):
                        self.problems.append(_problem(model, steps, fault, path.as_posix()))
                if isinstance(holder, dict) and key in holder and key not in given:
                    drop.append((holder, key))
                elif item := next(((h, k) for h, k in reversed(steps[:-1]) if isinstance(h, list)), None):
                    drop.append(item)
                else:
                    hopeless = True
            if hopeless:
                return None
            _remove(drop)
        return None


def _misspelt(key: str, holder: Mapping[str, Any], faults: Iterable[Any]) -> bool:
    """Whether an unknown key of the same object is the missing one, wrongly spelt: one mistake, one message."""
    unknown = [str(f["loc"][-1]) for f in faults if f["type"] == "extra_forbidden"]
    return any(k in holder and suggest_nearest(k, [key]).startswith("did you mean") for k in unknown)


def _walk(value: Any, loc: Sequence[Any]) -> list[tuple[Any, Any]]:
    """The (container, key) steps along pydantic's ``loc``, as far as the tree goes."""
    steps: list[tuple[Any, Any]] = []
    for key in loc:
        if key == "[key]":
            break
        if isinstance(value, dict):
            known = key if key in value else str(key)
            steps.append((value, known))
            value = value.get(known)
        elif isinstance(value, list) and isinstance(key, int) and key < len(value):
            steps.append((value, key))
            value = value[key]
    return steps or [({}, "")]


def _problem(model: type[Placed], steps: Sequence[tuple[Any, Any]], fault: Any, path: str) -> Problem:
    """A pydantic error in the project's words, at its own line and column."""
    holder, key = steps[-1]
    owner = next(h for h, _ in reversed(steps) if isinstance(h, dict))
    owner_key = next(k for h, k in reversed(steps) if h is owner)
    base = owner.get(PLACE, Place(path))
    place = base.at(owner_key, key) if holder is not owner else base.at(key)
    what = f'"{key}"' if isinstance(holder, dict) else f'entry {int(key) + 1} of "{owner_key}"'
    value, kind = fault["input"], fault["type"]
    if kind == "extra_forbidden":
        names = _fields(model, steps)
        return Problem(base.at(PLACE, key), f"unknown key {what}", suggest_nearest(str(key), names), "key")
    if kind == "missing":
        return Problem(base, f"{what} is missing", f"add {key}: ...", "key")
    if value is None or kind == "string_too_short":
        return Problem(place, f"{what} is empty", "write a value, or leave the key out", "value")
    if kind in ("id", "date", "url"):
        return Problem(place, fault["msg"], "", "value")
    if kind == "place":
        return Problem(base, fault["msg"], "run lock again", "value")
    mapping = "a mapping of keys"
    expected = {
        "dict_type": mapping,
        "model_type": mapping,
        "tuple_type": "a list",
        "string_type": "text",
        "bool_parsing": "true or false",
        "int_parsing": "a whole number",
        "greater_than_equal": "1 or more",
        "string_pattern_mismatch": "a language tag, as en or fr-CA" if key == "lang" else "what `lock` writes",
    }
    must = expected.get(kind, fault["msg"][:1].lower() + fault["msg"][1:])
    return Problem(place, f"{what} has the value {_shown(value)}", f"expected: {must}", "value")


def _fields(model: type[Placed], steps: Sequence[tuple[Any, Any]]) -> list[str]:
    """The keys that the object at the end of ``steps`` may have."""
    for _, key in steps[:-1]:
        if isinstance(key, str) and key in model.model_fields:
            inner = [a for a in _arguments(model.model_fields[key].annotation) if isinstance(a, type)]
            model = next((a for a in inner if issubclass(a, Placed)), model)
    return [name for name in model.model_fields if name != "place"]


def _arguments(annotation: Any) -> list[Any]:
    inner = getattr(annotation, "__args__", ())
    return [annotation, *(x for a in inner for x in _arguments(a))]


def _remove(drop: Iterable[tuple[Any, Any]]) -> None:
    """Take keys out of mappings and entries out of lists, the last entries first."""
    lists: dict[int, tuple[list[Any], set[int]]] = {}
    for holder, key in drop:
        if isinstance(holder, dict):
            holder.pop(key, None)
        else:
            lists.setdefault(id(holder), (holder, set()))[1].add(key)
    for holder, keys in lists.values():
        for key in sorted(keys, reverse=True):
            del holder[key]


def _ids(value: Any) -> set[str]:
    """Every id typed anywhere in a tree."""
    if isinstance(value, dict):
        own = {value["id"]} if isinstance(value.get("id"), str) else set()
        return own.union(*(_ids(v) for v in value.values()))
    return set().union(*(_ids(v) for v in value)) if isinstance(value, list) else set()


def _shown(value: Any) -> str:
    if isinstance(value, str):
        return f'"{value}"' if len(value) <= 80 else f'"{value[:77]}..."'
    return "a list" if isinstance(value, list) else "a mapping" if isinstance(value, dict) else "nothing"
