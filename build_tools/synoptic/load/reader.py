"""Reads files into records. Every problem is reported; only the part of a file that cannot be read is left out."""

from collections.abc import Iterable, Mapping, Sequence
from pathlib import PurePosixPath
from typing import Any, TypeVar

from pydantic import ValidationError

from synoptic.base.problems import PLACE, Place, Problem, suggest_nearest
from synoptic.load.files import Tree, sha256
from synoptic.load.groups import ungroup
from synoptic.load.yaml_guard import parse
from synoptic.model.records import Claim
from synoptic.model.site import UNREADABLE
from synoptic.model.values import Placed, id_fault

M = TypeVar("M", bound=Placed)


#: The tip for the rest of a text inside braces, which YAML takes for a key.
SPLIT_TEXT = "a text with a comma in it needs quotation marks inside braces"


class Reader:
    """Reads a tree's files; collects ``problems``, the ids that are ``broken``, and the bytes of ``files_read``.
    ``memory`` keeps the records of files that were read without a problem: (model, path, hash) to records."""

    def __init__(
        self, tree: Tree, memory: dict[Any, Any] | None = None, shared_broken: frozenset[str] = frozenset()
    ) -> None:
        self.tree = tree
        self.problems: list[Problem] = []
        self._memory = memory
        self._shared_broken = shared_broken
        self.start_briefing()

    def start_briefing(self) -> None:
        """Forget which ids were broken and which files were read, but for those that all briefings share."""
        self.broken = set(self._shared_broken)
        self.files_read: dict[str, bytes] = {}

    def is_file(self, path: PurePosixPath) -> bool:
        """Whether ``path`` is a regular file."""
        return self.tree.kind(path) == "file"

    def report(self, path: PurePosixPath, message: str, tip: str = "") -> None:
        """Add a problem of a whole file."""
        self.problems.append(Problem(Place(path.as_posix()), message, tip, "file"))

    def names(self, folder: PurePosixPath) -> list[str]:
        """The names in a folder, sorted; a folder that may not be read is reported."""
        try:
            return self.tree.names(folder)
        except OSError as error:
            self.report(folder, f"cannot be read: {error.strerror}", "check its permissions")
            return []

    def files(self, folder: PurePosixPath, suffixes: tuple[str, ...]) -> list[PurePosixPath]:
        """The files of a folder whose names are ids with one of ``suffixes``; all others are reported."""
        kind = self.tree.kind(folder)
        if kind != "folder":
            if kind != "missing":
                self.report(folder, f"is {'a link' if kind == 'link' else 'not a folder'}", "links are not read here")
            return []
        paths = []
        for path in (folder / name for name in self.names(folder) if not is_ignored(name)):
            if not self.is_file(path):
                self.report(path, "is not a regular file", "links and folders are ignored here")
            elif not path.name.endswith(suffixes):
                self.report(path, f'has the suffix "{path.suffix}"', f"expected: {', '.join(suffixes)}")
                self.broken |= {UNREADABLE} if path.suffix == ".yaml" else set()  # its ids are missing
            elif fault := id_fault(name := stem(path.name, suffixes)):
                self.report(path, f'the name "{name}" {fault}', "rename the file")
            else:
                paths.append(path)
        return paths

    def one(self, model: type[M], path: PurePosixPath, **given: str) -> M | None:
        """The record in a file that holds one; ``given`` are keys that the file's name decides."""
        return next(iter(self._read(model, path, given, many=False)), None)

    def several(self, model: type[M], path: PurePosixPath, **given: str) -> list[M]:
        """The records in a file that holds a list of them; ``given`` as for ``one``."""
        return self._read(model, path, given, many=True)

    def _read(self, model: type[M], path: PurePosixPath, given: Mapping[str, str], *, many: bool) -> list[M]:
        data = self.read(path)
        if data is None:
            self.broken |= {UNREADABLE} if many else set()
            return []
        key = None if self._memory is None else (model, path, sha256(data))
        if self._memory and key in self._memory:
            return list(self._memory[key])
        before = len(self.problems), len(self.broken)
        values = self._parse(data, path, many=many)
        records = [record for item in values if (record := self._build(model, item, path, given)) is not None]
        if self._memory is not None and before == (len(self.problems), len(self.broken)):
            self._memory[key] = tuple(records)
        return records

    def read(self, path: PurePosixPath) -> bytes | None:
        """A regular file's bytes; None if it cannot be read, which is reported."""
        if not self.is_file(path):
            self.report(path, "is missing or not a regular file")
            return None
        try:
            data = self.files_read[path.as_posix()] = self.tree.read(path)
        except OSError as error:
            self.report(path, f"cannot be read: {error.strerror}")
            return None
        return data

    def _parse(self, data: bytes, path: PurePosixPath, *, many: bool) -> list[Any]:
        """The value of a file, or the values of one that holds ``many``; none if it cannot be read."""
        tree = parse(data, path.as_posix())
        self.problems.extend(tree.problems)
        if tree.value is None and not tree.problems:
            self.report(path, "is empty")
        if not many or isinstance(tree.value, list):
            return tree.value if many else [tree.value] if tree.value is not None else []
        self.broken.add(UNREADABLE)
        if tree.value is not None:
            self.report(path, "must be a list: each entry begins with a hyphen", "- id: ...")
        return []

    def _build(self, model: type[M], value: Any, path: PurePosixPath, given: Mapping[str, str]) -> M | None:
        """A record from its YAML; parts that cannot be read are reported and left out, and their ids are broken."""
        if not isinstance(value, dict):
            self.report(path, f"must be a mapping of keys, not {show_value(value)}")
            return None
        for key in given:
            if key in value:
                place = value[PLACE].at(key)
                remove = place if value[key] == given[key] else None  # else somebody has to choose
                message, tip = f'"{key}" does not belong here', "the file name gives it"
                self.problems.append(Problem(place, message, tip, "key", remove=remove))
        value = {**value, **given}
        if model is Claim:
            value, found = ungroup(value)
            self.problems += found
            if any(not problem.remove for problem in found):  # something is left out, and its id is missing
                self.broken |= {UNREADABLE, *collect_ids(value)}
        reported: set[tuple[int, str]] = set()
        for _ in range(10_000):
            try:
                return model.model_validate(value)
            except ValidationError as error:
                faults = error.errors(include_url=False)
            self.broken |= collect_ids(value)  # once: a file may hold ten thousand faults
            parts = [self._report_fault(model, value, fault, faults, path, reported, given) for fault in faults]
            if None in parts:
                return None
            remove_parts([part for part in parts if part])
        return None

    def _report_fault(
        self,
        model: type[Placed],
        value: Any,
        fault: Any,
        faults: list[Any],
        path: PurePosixPath,
        reported: set[tuple[int, str]],
        given: Mapping[str, str],
    ) -> tuple[Any, Any] | None:
        """Report an error of pydantic. Returns the (container, key) to leave out; None if the record cannot be kept."""
        steps = walk(value, fault["loc"])
        holder, key = steps[-1]
        if fault["type"] == "id" or (fault["type"] == "missing" and key == "id"):
            self.broken.add(UNREADABLE)
        if (id(holder), str(key)) not in reported:
            reported.add((id(holder), str(key)))
            if not (fault["type"] == "missing" and is_misspelt(key, holder, faults)):
                self.problems.append(explain(model, steps, fault, path.as_posix()))
        split = fault["type"] == "extra_forbidden" and holder[key] is None  # the record's text is cut off before it
        if isinstance(holder, dict) and key in holder and key not in given and not split:
            return holder, key
        return next(((h, k) for h, k in reversed(steps[:-1]) if isinstance(h, list)), None)


def stem(name: str, suffixes: Sequence[str]) -> str:
    """A file's name without the first of ``suffixes`` that it ends with."""
    return next((name.removesuffix(suffix) for suffix in suffixes if name.endswith(suffix)), name)


def is_ignored(name: str) -> bool:
    """Whether to ignore a file: an editor's backup or a system file."""
    return name.startswith((".", "#")) or name.endswith("~")


def is_misspelt(key: str, holder: Mapping[str, Any], faults: Iterable[Any]) -> bool:
    """Whether an unknown key of the same object is the missing one, wrongly spelt: one mistake, one message."""
    unknown = [str(f["loc"][-1]) for f in faults if f["type"] == "extra_forbidden"]
    return any(k in holder and suggest_nearest(k, [key]).startswith("did you mean") for k in unknown)


def walk(value: Any, loc: Sequence[Any]) -> list[tuple[Any, Any]]:
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


def explain(model: type[Placed], steps: Sequence[tuple[Any, Any]], fault: Any, path: str) -> Problem:
    """A pydantic error in the project's words, at its own line and column."""
    holder, key = steps[-1]
    owner = next(h for h, _ in reversed(steps) if isinstance(h, dict))
    owner_key = next(k for h, k in reversed(steps) if h is owner)
    base = owner.get(PLACE, Place(path))
    place = base.at(owner_key, key) if holder is not owner else base.at(key)
    what = f'"{key}"' if isinstance(holder, dict) else f'entry {int(key) + 1} of "{owner_key}"'
    value, kind = fault["input"], fault["type"]
    if kind == "extra_forbidden":
        names = _known_keys(model, steps)
        if len(steps) == 1 and (why := model.CLOSED.get(str(key))):
            return Problem(base.at_key(key), f'a site cannot add to the list "{key}": {why}', "remove it", "key")
        if value is None and " " in str(key):
            return Problem(base.at_key(key), f"{what} has no value", SPLIT_TEXT, "key")
        return Problem(base.at_key(key), f"unknown key {what}", suggest_nearest(str(key), names), "key")
    if kind == "missing":
        return Problem(base, f"{what} is missing", f"add {key}: ...", "key")
    if value is None or kind == "string_too_short":
        return Problem(place, f"{what} is empty", "write a value, or leave the key out", "value")
    if kind in ("language", "paragraphs"):  # a key, not its value
        return Problem(base.at_key(key), fault["msg"], "", "value")
    if kind in ("id", "date", "url", "address"):
        return Problem(place, fault["msg"], fault["ctx"].get("tip", ""), "value")
    if kind in ("place", "watch"):
        return Problem(place, fault["msg"], f"run {'lock' if kind == 'place' else kind} again", "value")
    mapping = "a mapping of keys"
    expected = {
        "dict_type": mapping,
        "model_type": mapping,
        "tuple_type": "a list",
        "string_type": "text",
        "bool_parsing": "true or false",
        "int_parsing": "a whole number",
        "greater_than_equal": f"{fault.get('ctx', {}).get('ge')} or more",
        "less_than_equal": f"{fault.get('ctx', {}).get('le')} or less",
        "literal_error": fault.get("ctx", {}).get("expected", "").replace("'", ""),
        "string_pattern_mismatch": "a language tag, as en or fr-CA"
        if key == "lang"
        else "what `lock` and `watch` write",
    }
    must = expected.get(kind, fault["msg"][:1].lower() + fault["msg"][1:])
    return Problem(place, f"{what} has the value {show_value(value)}", f"expected: {must}", "value")


def _known_keys(model: type[Placed], steps: Sequence[tuple[Any, Any]]) -> list[str]:
    """The keys that the object at the end of ``steps`` may have."""
    for _, key in steps[:-1]:
        if isinstance(key, str) and key in model.model_fields:
            inner = [a for a in _type_arguments(model.model_fields[key].annotation) if isinstance(a, type)]
            model = next((a for a in inner if issubclass(a, Placed)), model)
    return [name for name in model.model_fields if name != "place"]


def _type_arguments(annotation: Any) -> list[Any]:
    inner = getattr(annotation, "__args__", ())
    return [annotation, *(x for a in inner for x in _type_arguments(a))]


def remove_parts(drop: Iterable[tuple[Any, Any]]) -> None:
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


def collect_ids(value: Any) -> set[str]:
    """Every id typed anywhere in a value; UNREADABLE if a statement has none, since those after it may have its id."""
    if isinstance(value, dict):
        own = {value["id"]} if isinstance(value.get("id"), str) else set()
        statements = value.get("statements")
        nameless = isinstance(statements, list) and any(isinstance(s, dict) and "id" not in s for s in statements)
        own |= {UNREADABLE} if nameless else set()
        return own.union(*(collect_ids(v) for v in value.values()))
    return set().union(*(collect_ids(v) for v in value)) if isinstance(value, list) else set()


def show_value(value: Any) -> str:
    """A value as a message quotes it, cut after 80 characters."""
    if isinstance(value, str):
        return f'"{value}"' if len(value) <= 80 else f'"{value[:77]}..."'
    return "a list" if isinstance(value, list) else "a mapping" if isinstance(value, dict) else "nothing"
