"""What a share of the site leaves to others: the pages that people wrote to the first share, and links to pages that
other shares have to their merging."""

import posixpath
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from synoptic.site import mkdocs_files
from synoptic.site.generated_files import TREES, folders_of
from synoptic.site.shares import Share

_LINK = re.compile(r"\]\(<?([^)\s#>]+)")
_GENERATED = tuple(f"{tree}/" for tree in TREES)


def leave_to_others(
    pages: mkdocs_files.PageCache, files: Any, config: Any, share: Share, units: Iterable[str]
) -> list[str]:
    """Change the files of MkDocs's build of a share: pages other than its own are only linked to. Returns the paths in
    the site that other shares must have."""
    if not share.is_first:
        own = tuple(f"{folder}/" for unit in units for folder in folders_of(unit))
        for file in [file for file in pages.files if _is_page(file) and not file.src_uri.startswith(own)]:
            pages.files.remove(file)
            files.remove(file)
            files.append(mkdocs_files.BuiltAlready(file))
        return []
    linked = []
    for path in dict.fromkeys(_find_links(files, Path(config.docs_dir))):
        if files.get_file_from_path(path) is None:
            source = Path(config.docs_dir, path)  # it is never read
            linked.append(mkdocs_files.add_generated(files, config, path, source, built_already=True).dest_uri)
    return linked


def list_addresses(pages: mkdocs_files.PageCache) -> list[tuple[str, str]]:
    """The source and the address of each page of a build, in its order."""
    known = [(file.src_uri, file.page.canonical_url or file.page.abs_url) for file in pages.files if file.page]
    return [(source, address) for source, address in known if address]


def _is_page(file: Any) -> bool:
    return isinstance(file, mkdocs_files.CachedPage) or bool(file.is_documentation_page())


def _find_links(files: Any, docs: Path) -> Iterator[str]:
    """The generated files to which the pages of people link, by their path under docs/."""
    for file in files.documentation_pages():
        if file.src_dir == str(docs) and not file.src_uri.startswith(_GENERATED):
            for link in _LINK.findall(file.content_string):
                path = posixpath.normpath(posixpath.join(posixpath.dirname(file.src_uri), link))
                if path.startswith(_GENERATED):
                    yield path
