"""The Markdown twins of a site's pages: ``index.md`` beside each ``index.html``, written while the site is built.

The twin of a generated page is made from its source, that of any other from the HTML that MkDocs made of it. Those of
one folder are cached together, under a hash of what they are made from.
"""

import html
import re
from collections.abc import Iterable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

from synoptic.base.cache import Cache, encode_parts, hash_parts
from synoptic.base.problems import Problem
from synoptic.base.write import walk, write_file
from synoptic.site import audit
from synoptic.site.guard import Task
from synoptic.site.mkdocs_files import CachedPage, PageCache
from synoptic.text.twin import FILE, make_twin

#: What ends one twin in the cache and begins the next; no twin has it.
_END = "\0"
_HEAD = re.compile(r"---\n.*?\n---\n", re.DOTALL)
#: A path in the site, with the source of a generated page, or else with the HTML of the page.
_Page = tuple[str, Path | str]


class Twins:
    """The twins of one build. ``cache`` keeps them for the next one; without it nothing is written."""

    def __init__(self, cache: Cache | None = None) -> None:
        self._cache = cache
        self._html: dict[str, str] = {}  # page that MkDocs builds, by its path in the site: its content

    @property
    def wanted(self) -> bool:
        """Whether the pages have twins."""
        return self._cache is not None

    def note(self, page: Any, content: str) -> None:
        """Note the content that MkDocs made of a page."""
        if self._cache:
            title = re.sub("<[^>]*>", "", str(page.meta.get("title") or page.title or ""))
            head = "" if "<h1" in content or not title else f"<h1>{html.escape(html.unescape(title))}</h1>\n"
            self._html[page.file.dest_uri] = head + content

    def list_paths(self, pages: PageCache) -> set[str]:
        """The paths of the twins in the site, that of llms.txt among them."""
        if self._cache is None:
            return set()
        return {_path_of(name) for name in pages.published if name.endswith(".html")} | {"llms.txt"}

    def tasks(self, pages: PageCache, site: Path) -> Iterator[Task]:
        """The work to be done: to write the twins of each folder into the site, and to audit them."""
        if self._cache is None:
            return
        groups: dict[str, list[tuple[_Page, str]]] = {}
        for file in pages.files:
            name, made = file.dest_uri, pages.new_pages.get(file.dest_uri)
            if isinstance(file, CachedPage):
                made = file.html
            if made and file.abs_src_path:
                folder = "/".join(name.split("/")[:2])
                groups.setdefault(folder, []).append(((name, Path(file.abs_src_path)), made.name))
            elif name in self._html:
                content = self._html[name]
                groups.setdefault("", []).append(((name, content), hash_parts(encode_parts(content))))
        for folder, found in sorted(groups.items()):
            key = hash_parts(encode_parts(folder, [(page[0], made) for page, made in found]))
            kept = self._cache.path_of(key)
            yield Task(
                f"the Markdown of {folder or 'the pages'}", partial(self._write, [p for p, _ in found], kept, site)
            )

    def finish(self) -> None:
        """Forget the twins that no page has any more."""
        if self._cache:
            self._cache.prune()

    def _write(self, pages: list[_Page], kept: Path, site: Path) -> tuple[list[Problem], None]:
        """Write the twins of some pages: those that are ``kept``, or new ones. Returns what no twin may contain."""
        assert self._cache is not None
        content = self._cache.read(kept)
        twins = content.decode().split(_END) if content is not None else [_make(*page) for page in pages]
        for (name, _), twin in zip(pages, twins, strict=True):
            write_file(site / _path_of(name), twin)
        if content is not None:  # they were audited when they were made
            return [], None
        faults = find_faults(zip((_path_of(name) for name, _ in pages), twins, strict=True))
        if not faults:
            self._cache.write(kept, _END.join(twins).encode())
        return faults, None


def find_faults(twins: Iterable[tuple[str, str]]) -> list[Problem]:
    """What no twin may contain, in twins by their path in the site."""
    return [fault for path, twin in twins for fault in audit.find_text_faults(path, twin)]


def audit_site(site: Path) -> list[Problem]:
    """What no twin may contain, in all twins of a built site. Raises OSError."""
    found = sorted(Path(entry) for entry in walk(site) if entry.name == FILE)
    return find_faults((path.relative_to(site).as_posix(), path.read_text(encoding="utf-8")) for path in found)


def _path_of(page: str) -> str:
    """The path of the twin of a page."""
    return f"{page.removesuffix('.html')}.md"


def _make(name: str, source: Path | str) -> str:
    """The twin of a page."""
    depth = name.count("/")
    if isinstance(source, str):
        return make_twin(source, depth, encoded=False)
    return make_twin(_HEAD.sub("", source.read_text(encoding="utf-8"), count=1), depth, encoded=True)
