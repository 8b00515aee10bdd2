"""What today's version would write differently in a site: the files to rewrite, and what only a person can do.

There is no list of old forms: what ``fmt``, ``check --fix`` and ``schema`` would write is compared with what is there,
so an old form is found because today's program writes another.
"""

import re
import shutil
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from synoptic.authoring import layout
from synoptic.authoring.fix import fix_files
from synoptic.authoring.schema import FOLDER, MARK
from synoptic.authoring.yaml_nodes import make_node
from synoptic.base.problems import PLACE
from synoptic.base.write import write_file
from synoptic.load.files import read_bytes
from synoptic.load.load import BASE, written_files
from synoptic.load.vocabulary import base_vocabulary, is_whole
from synoptic.load.yaml_guard import parse
from synoptic.model.site import Site
from synoptic.model.vocabulary import OPEN, PATH, Word
from synoptic.starter import site_files
from synoptic.starter.program import PIN, WHEEL, Program, find_program, find_version

#: The version of the format of briefings; the first line of each file names it, in the path of its schema.
FORMAT = int(FOLDER.rpartition("/v")[2])
_STATED = re.compile(rf"^{re.escape(MARK)}\S*/v(\d+)/", re.MULTILINE)
#: A line of the pin that names this program, under its name of today or of before, or as a wheel.
_OURS = re.compile(r"\s*(?:\./)?synoptic(?:[-_]briefings)?\s*(?:$|[-@=~<>!;\[])", re.IGNORECASE)
#: An entry of a locked file, with the lines that belong to it, or a note or an empty line between them.
_ENTRY = re.compile(r"^\S.*\n(?:[ \t]+\S.*\n)*", re.MULTILINE)
#: The locked libraries, which must be those that the program was tried with.
LOCKED = ("requirements.txt", "requirements-ingest.txt")


@dataclass(frozen=True)
class Rewrite:
    """A file with one right answer: its path in the site, its new content (None: it goes), and the reasons."""

    path: str
    content: bytes | None
    reasons: tuple[str, ...]


def find_formats(root: Path) -> dict[int | None, list[str]]:
    """The files of a site by the version of the format that they state; None: they state none."""
    found: dict[int | None, list[str]] = {}
    for path in written_files(root):
        stated = _STATED.search((read_bytes(path) or b"").decode("utf-8", "replace"))
        found.setdefault(int(stated[1]) if stated else None, []).append(path.relative_to(root).as_posix())
    return found


def list_rewrites(root: Path) -> list[Rewrite]:
    """Each file that today's version would write otherwise, in order of path."""
    rewrites = [*_compare_briefings(root), *reduce_vocabulary(root), *_compare(root, _schemas(root), "today's schema")]
    if (root / PIN).is_file():  # `init` began this site, so these files are ours
        packed = site_files.read_shared_files()
        for name in LOCKED:
            rewrites += _compare_locked(root, name, packed[name].decode())
        rewrites += _compare_pin(root, find_program())
    return sorted(rewrites, key=lambda one: one.path)


def _compare_pin(root: Path, program: Program) -> Iterator[Rewrite]:
    """The pin on the program that runs now, with its wheel in the place of an earlier one."""
    lines = (root / PIN).read_text(encoding="utf-8").splitlines()
    pinned = [line for line in lines if _OURS.match(line)]
    if pinned == [program.requirement]:
        return
    kept = [line for line in lines if line not in pinned]
    new = "\n".join([*kept, program.requirement]) + "\n"
    yield Rewrite(PIN, new.encode(), (f"pins version {find_version()}, which runs now: {program.requirement}",))
    yield from _compare(root, program.files, f"the wheel of version {find_version()}")
    for name in {word.removeprefix("./") for line in pinned for word in line.split()} - program.files.keys():
        if WHEEL.fullmatch(name) and (root / name).is_file():
            yield Rewrite(name, None, ("the wheel of the version before",))


def _compare_locked(root: Path, name: str, ours: str) -> Iterator[Rewrite]:
    """The locked libraries of today's version, and after them what the site's file has besides: libraries that the
    owner added, or that the program once needed, and notes."""
    data = read_bytes(root / name)
    if data is None:
        return
    known = {_name_library(entry) for entry in _ENTRY.findall(ours)}
    own = _ENTRY.findall(data.decode("utf-8", "replace").replace("\r\n", "\n") + "\n")
    kept = [entry.rstrip("\n") + "\n" for entry in own if _name_library(entry) not in known]
    new = ours + "".join(kept)
    if new.encode() == data:
        return
    reasons = [f"the libraries that version {find_version()} was tried with"]
    if libraries := [found for entry in kept if (found := _name_library(entry))]:
        reasons.append(f"keeps {', '.join(libraries)}, which this version does not need: remove what you do not use")
    yield Rewrite(name, new.encode(), tuple(reasons))


def _name_library(entry: str) -> str:
    """The name of the library that an entry of a locked file is of; "" for a note."""
    found = re.match(r"[A-Za-z0-9][\w.-]*", entry)
    return re.sub(r"[-_.]+", "-", found[0]).lower() if found else ""


def find_other_files(root: Path) -> list[str]:
    """The files of a site that ``init`` began which today's version writes otherwise, or which are new. Their owner
    may have changed them, so there is no one right answer."""
    if not (root / PIN).is_file():
        return []
    files = site_files.read_shared_files()
    shared = [path for path in files if path.startswith((".ci/", ".git"))]
    return [path for path in shared if read_bytes(root / path) != files[path]]


def _schemas(root: Path) -> Mapping[str, bytes]:
    """Today's schemas, if the site has any."""
    if not (root / FOLDER).is_dir():
        return {}
    return {path: text.encode() for path, text in site_files.render_schemas().items()}


def _compare(root: Path, files: Mapping[str, bytes], reason: str) -> Iterator[Rewrite]:
    for path, content in files.items():
        if read_bytes(root / path) != content:
            yield Rewrite(path, content, (reason,))


def _compare_briefings(root: Path) -> Iterator[Rewrite]:
    """What ``check --fix`` would change, found in a copy."""
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder)
        shutil.copytree(root / BASE, copy / BASE, symlinks=True)
        lines = fix_files(copy)
        for path in sorted({line.partition(":")[0] for line in lines}):
            new = read_bytes(copy / path)
            if new is not None and new != read_bytes(root / path):
                yield Rewrite(
                    path, new, tuple(line[len(path) :].lstrip(":") for line in lines if line.startswith(path))
                )


def reduce_vocabulary(root: Path) -> Iterator[Rewrite]:
    """What a site adds to the program's words, if its file lists all words, as earlier versions needed it."""
    data = read_bytes(root / PATH)
    if data is None or not is_whole(data):
        return
    words, base = parse(data, PATH).value, base_vocabulary()
    added: dict[str, Any] = {}
    for name in OPEN:
        new = [one for one in words.get(name, ()) if one["id"] not in base.terms(name)]
        if new:
            added[name] = [{key: one[key] for key in Word.model_fields if key in one} for one in new]
    if new_markers := {
        lang: one for lang, one in words.get("markers", {}).items() if lang not in {*base.markers, PLACE}
    }:
        added["markers"] = without_places(new_markers)
    reason = "the program brings these words now; a site's file only adds to them"
    if not added:
        yield Rewrite(PATH, None, (reason,))
    else:
        yield Rewrite(PATH, layout.format_nodes(make_node(added), PATH).encode(), (reason,))


def without_places(value: Any) -> Any:
    """A parsed value without the places of its keys."""
    if isinstance(value, dict):
        return {key: without_places(inner) for key, inner in value.items() if key != PLACE}
    return [without_places(inner) for inner in value] if isinstance(value, list) else value


def write(root: Path, rewrites: Sequence[Rewrite]) -> None:
    """Write the files, each completely."""
    for one in rewrites:
        if one.content is None:
            (root / one.path).unlink()
        else:
            write_file(root / one.path, one.content)


def list_older_locks(site: Site) -> Iterator[tuple[str, list[str]]]:
    """SLUG/SOURCE of each lock that was written before today's version, with what it does not record."""
    for briefing in site.briefings:
        for source, lock in briefing.locks.items():
            facts = {
                "which search hits are unlikely": lock.unlikely,
                "the sentences around quotations": lock.context,
                "how the article tells its story": lock.telling,
            }
            if missing := [name for name, value in facts.items() if value is None]:
                yield f"{briefing.slug}/{source}", missing


def find_old_settings(root: Path) -> Iterator[tuple[int, str]]:
    """The lines of mkdocs.yml that start the program in its old way, as a hook of a checkout: number and content."""
    text = (read_bytes(root / site_files.SETTINGS) or b"").decode("utf-8", "replace")
    for number, line in enumerate(text.splitlines(), 1):
        if re.match(r"\s*-\s*[\"']?build_tools/\S*hook\.py", line):
            yield number, line.strip()
