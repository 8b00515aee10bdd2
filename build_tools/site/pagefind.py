"""The search index: records and built pages through Pagefind into files beside the site."""

from __future__ import annotations

import contextlib
import gzip
import hashlib
import json
import os
import re
import subprocess
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path

from build_tools.base.cache import digest, parts
from build_tools.base.errors import Refused
from build_tools.base.write import write, write_tree
from build_tools.site import permalinks
from build_tools.site.search import document, page_records

try:
    import fcntl
except ImportError:  # Windows
    fcntl = None  # type: ignore[assignment]

#: Where the index stands in a site.
FOLDER = "pagefind"
#: What stands in records already, or is not read at all; the other pages are found by their sections.
GENERATED = ("briefings/", "speakers/", "changes/", "search/", f"{FOLDER}/", f"{permalinks.FOLDER}/")
#: Of what Pagefind writes, what our own page asks for; its ready-made interfaces are left out.
ENTRY = "pagefind-entry.json"
NEEDED = (ENTRY, "pagefind.js", "pagefind-worker.js", "wasm.en.pagefind")
PARTS = (".pf_fragment", ".pf_index", ".pf_filter")
MAGIC = b"pagefind_dcd"
#: One index for all languages: a reader looks for a French quotation without knowing that it is French.
OPTIONS = ("--force-language", "en", "--quiet")
#: Small parts: a reader fetches one for each word. Where a release does not know the setting, they are larger.
SETTINGS = {"PAGEFIND_UNSTABLE_INDEX_CHUNK_SIZE": "4000"}


def publish(documents: Mapping[str, str], site: Path, kept: Path | None = None) -> int:
    """Put the index of these documents and of a built site's own pages into the site. Out: how many files changed.

    In: a folder where documents and index stay for the next time, ours alone.
    Raises Refused where Pagefind is missing or refuses, OSError where the site cannot be written.
    """
    everything = dict(documents)
    for path in site.rglob("*.html"):
        name = path.relative_to(site).as_posix()
        if not name.startswith(GENERATED) and name != "404.html":
            for record in page_records(name, path.read_text(encoding="utf-8")):
                everything[record.file] = document(record)
    with _alone(kept) as folder:
        return write_tree(site / FOLDER, _index(everything, folder))


@contextlib.contextmanager
def _alone(folder: Path | None) -> Iterator[Path]:
    """The folder while nobody else works in it; one that goes afterwards where somebody does, or there is none."""
    with contextlib.ExitStack() as held:
        try:
            if folder is None or fcntl is None:
                raise BlockingIOError
            folder.mkdir(parents=True, exist_ok=True)
            fcntl.flock(held.enter_context((folder / "lock").open("a")), fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            folder = Path(held.enter_context(tempfile.TemporaryDirectory()))
        yield folder


def _index(documents: Mapping[str, str], folder: Path) -> dict[str, bytes]:
    """The index's files, by path; the same bytes for the same documents. In: where work is done, and what was done
    before for the same documents is found."""
    from pagefind.service import get_executable  # slow to load, and seldom asked for

    program = get_executable()
    if program is None:
        raise Refused("Pagefind is not installed: pip install --require-hashes -r requirements.txt")
    site, made, done_for = folder / "site", folder / "made", folder / "done"
    told = Path(program).stat()
    state = digest(parts(program, told.st_size, told.st_mtime_ns, SETTINGS, OPTIONS, sorted(documents.items())))
    with contextlib.suppress(OSError, ValueError, KeyError):  # not made yet, or damaged
        if done_for.read_bytes() == state.encode():
            return canonical(_living(made))
    done_for.unlink(missing_ok=True)
    write_tree(site, documents)
    done = subprocess.run(  # noqa: S603 - our own words, no shell
        [program, "--site", site, "--output-path", made, *OPTIONS], env=os.environ | SETTINGS,
        capture_output=True, text=True, encoding="utf-8", errors="replace", check=False,
    )  # fmt: skip
    if done.returncode:
        raise Refused(f"Pagefind made no index: {(done.stderr or done.stdout).strip()}")
    found = canonical(_living(made))
    write(done_for, state)
    return found


def _living(made: Path) -> dict[str, bytes]:
    """What belongs to the last index that was made in a folder, by path. What is left of earlier ones goes.

    Raises KeyError where a part is missing.
    """
    entry = json.loads((made / ENTRY).read_bytes())["languages"]["en"]["hash"]
    meta = f"pagefind.{entry}.pf_meta"
    named = {name.decode() for name in re.findall(rb"en_[0-9a-f]+", gzip.decompress((made / meta).read_bytes()))}
    files = {name: (made / name).read_bytes() for name in (*NEEDED, meta)}
    for path in sorted(made.rglob("*")):
        if path.suffix in PARTS and path.stem in named:
            named.remove(path.stem)
            files[path.relative_to(made).as_posix()] = path.read_bytes()
        elif path.suffix in (*PARTS, ".pf_meta") and path.name != meta:
            path.unlink()
    if named:
        raise KeyError(f"{made}: parts are missing: {sorted(named)}")
    return files


def canonical(files: Mapping[str, bytes]) -> dict[str, bytes]:
    """The same index with its filters in order: Pagefind writes their values, and so their names, in any order."""
    renamed: dict[str, str] = {}
    out: dict[str, bytes] = {}
    for name, data in files.items():
        if name.endswith(".pf_filter"):  # CBOR: [name, [[value, pages], ...]]
            plain = gzip.decompress(data)
            name, data = _named(name, _in_order(plain, _items(plain, len(MAGIC))[1][0]), renamed)
        out[name] = data
    (name,) = (name for name in files if name.endswith(".pf_meta"))
    plain = gzip.decompress(out.pop(name))  # CBOR: [version, pages, chunks, [[filter, file], ...], ...]
    at = _items(plain, len(MAGIC))[3][0]
    for old, new in renamed.items():
        plain = plain[:at] + plain[at:].replace(old.encode(), new.encode())
    name, data = _named(name, _in_order(plain, at), renamed)
    out[name] = data
    for old, new in renamed.items():
        out[ENTRY] = out[ENTRY].replace(old.encode(), new.encode())
    return dict(sorted(out.items()))


def _named(name: str, plain: bytes, renamed: dict[str, str]) -> tuple[str, bytes]:
    """A file under the name that its content gives it (`en_` and part of a hash), and as it is written."""
    old = name.rpartition("en_")[2].partition(".")[0]
    new = hashlib.sha256(plain).hexdigest()[: len(old)]
    renamed[f"en_{old}"] = f"en_{new}"
    return name.replace(f"en_{old}", f"en_{new}"), gzip.compress(plain, mtime=0)


def _in_order(data: bytes, at: int) -> bytes:
    """The data with the items of the CBOR list at a place in order."""
    items = _items(data, at)
    if not items:
        return data
    return data[: items[0][0]] + b"".join(sorted(data[a:b] for a, b in items)) + data[items[-1][1] :]


def _head(data: bytes, at: int) -> tuple[int, int, int]:
    """Of the CBOR item at a place: its major type, its number, where what it holds begins."""
    kind, number = data[at] >> 5, data[at] & 31
    if number < 24:
        return kind, number, at + 1
    size = 1 << (number - 24)
    return kind, int.from_bytes(data[at + 1 : at + 1 + size]), at + 1 + size


def _items(data: bytes, at: int) -> list[tuple[int, int]]:
    """Where the items of the CBOR list at a place begin and end."""
    _, count, at = _head(data, at)
    found = []
    for _ in range(count):
        found.append((at, _end(data, at)))
        at = found[-1][1]
    return found


def _end(data: bytes, at: int) -> int:
    kind, number, inside = _head(data, at)
    if kind in (2, 3):
        return inside + number
    if kind == 4:
        for _ in range(number):
            inside = _end(data, inside)
    return inside
