"""The search index: records and built pages go through Pagefind into files beside the site."""

import gzip
import hashlib
import os
import subprocess
import tempfile
from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import cbor2

from synoptic.base.cache import Cache, encode_parts
from synoptic.base.problems import Refused
from synoptic.base.write import write_tree
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
PARTS = (".pf_fragment", ".pf_index", ".pf_filter", ".pf_meta")
MAGIC = b"pagefind_dcd"
#: One index for all languages: a reader looks for a French quotation without knowing that it is French.
OPTIONS = ("--force-language", "en", "--quiet")
#: Small chunks, since a reader fetches one for each word. A release without the setting writes larger ones.
SETTINGS = {"PAGEFIND_UNSTABLE_INDEX_CHUNK_SIZE": "4000"}


def write_index(documents: Mapping[str, str], site: Path, cache_folder: Path | None = None) -> int:
    """Write the index of ``documents`` and of a built site's handwritten pages. Returns how many files changed.

    A large site also gets an index for each group of its briefings, in a numbered folder, and a guide to these.
    ``cache_folder`` keeps the indexes for the next time.
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
    cache = Cache(cache_folder)
    files: dict[str, bytes] = {}
    guide: dict[str, str] = {}
    words: Counter[str] = Counter()
    for name, inside in groups.items():
        index, digest = _build_index(cache, inside, group=name)
        files |= {f"{name}/{path}": content for path, content in index.items() if path not in PROGRAM}
        guide |= digest.guide
        words.update(digest.words)
    index, digest = _build_index(cache, {path: rest[path] for path in rest if path not in grouped}, guide)
    words.update(digest.words)
    cache.prune()
    return write_tree(site / FOLDER, files | index | {WORDS: list_words(words).encode()})


def _build_index(
    cache: Cache, documents: Mapping[str, str], guide: Mapping[str, str] | None = None, *, group: str = ""
) -> tuple[dict[str, bytes], Digest]:
    """The files of the index of ``documents`` and ``guide`` by path, the same bytes for the same documents; and the
    digest of ``documents``, as those of a group if it has a name. A cached index of the same documents is used again.
    """
    from pagefind.service import get_executable  # slow to import, and seldom needed

    program = get_executable()
    if program is None:
        raise Refused("Pagefind is not installed: pip install --require-hashes -r requirements.txt")
    indexed, info = {**documents, **(guide or {})}, Path(program).stat()
    made_with = (program, info.st_size, info.st_mtime_ns, SETTINGS, OPTIONS, group, sorted(indexed.items()))
    key = [*encode_parts(made_with)]
    known: tuple[dict[str, bytes], Digest] | None = cache.load(key)
    if known is not None:
        return known
    with tempfile.TemporaryDirectory() as name:
        made = Path(name, "made")
        write_tree(Path(name, "site"), indexed)
        result = subprocess.run(  # noqa: S603 - our own arguments, no shell
            [program, "--site", f"{name}/site", "--output-path", made, *OPTIONS], env=os.environ | SETTINGS,
            capture_output=True, text=True, encoding="utf-8", errors="replace", check=False,
        )  # fmt: skip
        if result.returncode:
            raise Refused(f"Pagefind made no index: {(result.stderr or result.stdout).strip()}")
        known = sort_filters(_read_index(made)), digest_group(group, documents)
    cache.store(key, known)
    return known


def _read_index(made: Path) -> dict[str, bytes]:
    """The files of an index that Pagefind wrote to a folder, by path."""
    wanted = (path for path in made.rglob("*") if path.suffix in PARTS or path.name in (ENTRY, *PROGRAM))
    return {path.relative_to(made).as_posix(): path.read_bytes() for path in sorted(wanted)}


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
