"""The MkDocs edge: before each build, generate the pages. No MkDocs type goes further in than this file."""

from __future__ import annotations

import logging
from dataclasses import replace
from pathlib import Path
from typing import Any

from mkdocs.exceptions import PluginError

from build_tools import index, search
from build_tools.load import load
from build_tools.model import Publication
from build_tools.problems import count
from build_tools.render import site_pages
from build_tools.write import write_pages

log = logging.getLogger("mkdocs.synoptic")
_serving = False
_documents: dict[str, str] = {}


def on_startup(*, command: str, dirty: bool) -> None:
    """Remember whether this is ``mkdocs serve``: there a mistake must not end the server."""
    global _serving
    _serving = command == "serve"


def on_pre_build(*, config: Any) -> None:
    """Load, check and render. A build stops at an error; a server says it and keeps the last good pages."""
    global _documents
    root = Path(config.config_file_path).resolve().parent
    site, problems = load(root)
    site = site and replace(site, publication=Publication.of(config))  # with what MkDocs resolved
    files, kept, problems = site_pages(site, problems, drafts=_serving) if site else ({}, frozenset(), problems)
    errors = [p for p in problems if p.level == "error"]
    if errors and not _serving:
        raise PluginError("\n".join([f"{count(errors)}:", *map(str, errors)]))
    for problem in errors:
        log.error("%s", problem)
    if files:
        write_pages(Path(config.docs_dir), files, kept)
    if site and not errors:
        _documents = search.documents(site)
    log.info("Synoptic: %d files, %s", len(files), count(problems))


def on_post_build(*, config: Any) -> None:
    """Make the search index of what was built."""
    try:
        index.publish(_documents, Path(config.site_dir))
    except index.Failed as failure:
        raise PluginError(str(failure)) from None
