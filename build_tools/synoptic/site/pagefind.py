"""The search index: records and built pages go through Pagefind into files beside the site."""

import contextlib
import gzip
import hashlib
import json
import os
import re
import shutil
import subprocess
import tempfile
import zlib
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import cbor2

from synoptic.base import seal
from synoptic.base.cache import encode_parts, hash_parts, hash_program, is_linked
from synoptic.base.lock import lock_file
from synoptic.base.problems import Refused
from synoptic.base.write import remove_others, write_file, write_tree
from synoptic.site import permalinks
from synoptic.site.guard import ERROR_PAGE
from synoptic.site.search import find_page_records, render_document
from synoptic.site.search_groups import Digest, digest_group, group_documents, list_words

#: The folder of the index in a site.
FOLDER = "pagefind"
#: Pages that records cover, or that nobody searches; the other pages are indexed by their sections.
NOT_INDEXED = ("briefings/", "speakers/", "changes/", "search/", f"{FOLDER}/", f"{permalinks.FOLDER}/", ERROR_PAGE)
ENTRY = "pagefind-entry.json"
#: The files of Pagefind's program that our search page fetches; its ready-made interfaces are left out.
PROGRAM = ("pagefind.js", "pagefind-worker.js", "wasm.en.pagefind")
#: Our own file beside them: the words of all indexes, from which the search page suggests a spelling.
WORDS = "words.txt"
#: In the cache alone: the digest of an index, and the folder of the groups.
DIGEST = "digest.json"
GROUPS = "groups"
PARTS = (".pf_fragment", ".pf_index", ".pf_filter")
MAGIC = b"pagefind_dcd"
#: One index for all languages: a reader looks for a French quotation without knowing that it is French.
OPTIONS = ("--force-language", "en", "--quiet")
#: Small chunks, since a reader fetches one for each word. A release without the setting writes larger ones.
SETTINGS = {"PAGEFIND_UNSTABLE_INDEX_CHUNK_SIZE": "4000"}


def write_index(documents: Mapping[str, str], site: Path, cache_folder: Path | None = None) -> int:
    """Write the index of ``documents`` and of a built site's handwritten pages. Returns how many files changed.

    A large site also gets an index for each group of its briefings, in a numbered folder, and a guide to these.
    ``cache_folder`` keeps documents and indexes for the next time; nobody else may write there.
    Raises Refused if Pagefind is missing or fails, OSError if the site cannot be written.
    """
    rest = dict(documents)
    for path in site.rglob("*.html"):
        name = path.relative_to(site).as_posix()
        if not name.startswith(NOT_INDEXED):
            for record in find_page_records(name, path.read_text(encoding="utf-8")):
                rest[record.file] = render_document(record)
    groups = group_documents(rest)
    grouped = {path for inside in groups.values() for path in inside}
    files: dict[str, bytes] = {}
    guide: dict[str, str] = {}
    words: Counter[str] = Counter()
    with _lock_folder(cache_folder) as folder:
        remove_others(folder / GROUPS, (), keep=groups)
        for name, inside in groups.items():
            index, digest = _build_index(folder / GROUPS / name, inside, group=name)
            files |= {f"{name}/{path}": content for path, content in index.items() if path not in PROGRAM}
            guide |= digest.guide
            words.update(digest.words)
        index, digest = _build_index(folder, {path: rest[path] for path in rest if path not in grouped}, guide)
    words.update(digest.words)
    return write_tree(site / FOLDER, files | index | {WORDS: list_words(words).encode()})


@contextlib.contextmanager
def _lock_folder(folder: Path | None) -> Iterator[Path]:
    """The folder, locked; a temporary one if another process holds the lock, or if there is no folder."""
    with contextlib.ExitStack() as stack:
        try:
            if folder is None or is_linked(folder / "made"):
                raise FileNotFoundError
            folder.mkdir(parents=True, exist_ok=True)
            stack.enter_context(lock_file(folder / "lock"))
        except OSError:
            folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        yield folder


def _build_index(
    folder: Path, documents: Mapping[str, str], guide: Mapping[str, str] | None = None, *, group: str = ""
) -> tuple[dict[str, bytes], Digest]:
    """The files of the index of ``documents`` and ``guide`` by path, the same bytes for the same documents; and the
    digest of ``documents``. An index of the same documents that is in the folder is used again."""
    from pagefind.service import get_executable  # slow to import, and seldom needed

    program = get_executable()
    if program is None:
        raise Refused("Pagefind is not installed: pip install --require-hashes -r requirements.txt")
    site, made, done = folder / "site", folder / "made", folder / "done"
    info = Path(program).stat()
    state = hash_parts(
        encode_parts(
            program,
            info.st_size,
            info.st_mtime_ns,
            SETTINGS,
            OPTIONS,
            hash_program(),
            group,
            sorted(documents.items()),
            sorted((guide or {}).items()),
        )
    )
    files: dict[str, bytes] = {}
    with contextlib.suppress(OSError, ValueError, KeyError, EOFError, zlib.error):  # missing, or damaged
        files = _read_index(made)
    known, index = (seal.read_sealed(done) or b"").decode(), _hash_files(files)
    if known == f"{state} {index}":
        return _take_digest(files)
    if not known.endswith(f" {index}"):  # not as Pagefind left it, which writes no file again that is there
        shutil.rmtree(made, ignore_errors=True)
    done.unlink(missing_ok=True)
    write_tree(site, {**documents, **(guide or {})})
    result = subprocess.run(  # noqa: S603 - our own arguments, no shell
        [program, "--site", site, "--output-path", made, *OPTIONS], env=os.environ | SETTINGS,
        capture_output=True, text=True, encoding="utf-8", errors="replace", check=False,
    )  # fmt: skip
    if result.returncode:
        raise Refused(f"Pagefind made no index: {(result.stderr or result.stdout).strip()}")
    write_file(made / DIGEST, json.dumps(vars(digest_group(group, documents))))
    files = _read_index(made)
    write_file(done, seal.add_seal(done, f"{state} {_hash_files(files)}".encode()))
    return _take_digest(files)


def _take_digest(files: dict[str, bytes]) -> tuple[dict[str, bytes], Digest]:
    """The files of an index, sorted, without its digest; and the digest."""
    digest = Digest(**json.loads(files.pop(DIGEST)))
    return sort_filters(files), digest


def _hash_files(files: Mapping[str, bytes]) -> str:
    return hash_parts(part for name, content in sorted(files.items()) for part in (name.encode(), content))


def _read_index(made: Path) -> dict[str, bytes]:
    """The files of the last index that Pagefind wrote to a folder, by path. Removes what is left of earlier ones.

    Raises KeyError if a part is missing.
    """
    entry = json.loads((made / ENTRY).read_bytes())["languages"]["en"]["hash"]
    meta = f"pagefind.{entry}.pf_meta"
    named = {name.decode() for name in re.findall(rb"en_[0-9a-f]+", gzip.decompress((made / meta).read_bytes()))}
    files = {name: (made / name).read_bytes() for name in (ENTRY, DIGEST, *PROGRAM, meta)}
    for path in sorted(made.rglob("*")):
        if path.suffix in PARTS and path.stem in named:
            named.remove(path.stem)
            files[path.relative_to(made).as_posix()] = path.read_bytes()
        elif path.suffix in (*PARTS, ".pf_meta") and path.name != meta:
            path.unlink()
    if named:
        raise KeyError(f"{made}: parts are missing: {sorted(named)}")
    return files


def sort_filters(files: Mapping[str, bytes]) -> dict[str, bytes]:
    """The same index with its filters sorted: Pagefind writes their values, and so their file names, in any order."""
    renamed: dict[str, str] = {}
    result: dict[str, bytes] = {}
    for name, data in files.items():
        if name.endswith(".pf_filter"):
            filter_name, values = _decode(data)  # [name, [[value, pages], ...]]
            name, data = _encode(name, [filter_name, sorted(values, key=cbor2.dumps)], renamed)
        result[name] = data
    (name,) = (name for name in files if name.endswith(".pf_meta"))
    version, pages, chunks, filters, *rest = _decode(result.pop(name))  # filters: [[filter, file], ...]
    filters = sorted(([filter_name, renamed[file]] for filter_name, file in filters), key=cbor2.dumps)
    name, data = _encode(name, [version, pages, chunks, filters, *rest], renamed)
    result[name] = data
    for old, new in renamed.items():
        result[ENTRY] = result[ENTRY].replace(old.encode(), new.encode())
    return dict(sorted(result.items()))


def _decode(data: bytes) -> list[Any]:
    values: list[Any] = cbor2.loads(gzip.decompress(data).removeprefix(MAGIC))
    return values


def _encode(name: str, values: list[Any], renamed: dict[str, str]) -> tuple[str, bytes]:
    """A file's name and bytes. Its name contains ``en_`` and part of the hash of its content; ``renamed`` gets both
    the old and the new one."""
    content = MAGIC + cbor2.dumps(values)
    old = name.rpartition("en_")[2].partition(".")[0]
    new = hashlib.sha256(content).hexdigest()[: len(old)]
    renamed[f"en_{old}"] = f"en_{new}"
    return name.replace(f"en_{old}", f"en_{new}"), gzip.compress(content, mtime=0)
