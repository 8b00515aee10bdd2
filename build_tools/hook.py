"""The MkDocs edge: before each build, generate the pages, and after it add what is not made by MkDocs. No MkDocs
type goes further in than this file."""

from __future__ import annotations

import logging
from dataclasses import replace
from pathlib import Path
from typing import Any

from mkdocs.exceptions import PluginError
from mkdocs.structure.files import File

from build_tools import chronicle, index, redirect, search
from build_tools.load import load
from build_tools.model import Publication, Site
from build_tools.problems import count
from build_tools.publish import plain, undated, wall
from build_tools.render import site_pages
from build_tools.serve import Live
from build_tools.write import write_pages, write_tree

log = logging.getLogger("mkdocs.synoptic")
_live: Live | None = None
_site: Site | None = None
_home = ""
SHOWN = 100  # faults of built pages, at most: one in a template is one in every page


def on_startup(*, command: str, dirty: bool) -> None:
    """Remember whether this is ``mkdocs serve``: there a mistake must not end the server."""
    global _live
    _live = Live() if command == "serve" else None


def on_pre_build(*, config: Any) -> None:
    """Load, check and render. A build stops at an error; a server shows it and keeps the last good pages."""
    global _site, _home
    root, docs = Path(config.config_file_path).resolve().parent, Path(config.docs_dir)
    if _live:
        _live.begin(root, docs, Publication.of(config), map(Path, (docs, config.config_file_path, *config.watch)))
        return
    site, problems = load(root)
    if site:  # with what MkDocs resolved
        site = chronicle.told(replace(site, publication=Publication.of(config)), root)
    files, kept, problems = site_pages(site, problems, drafts=False) if site else ({}, frozenset(), problems)
    if errors := [p for p in problems if p.level == "error"]:
        raise PluginError("\n".join([f"{count(errors)}:", *map(str, errors)]))
    write_pages(docs, files, kept)
    _site, _home = site, str(files["index.md"])
    log.info("Synoptic: %d files, %s", len(files), count(problems))


def on_files(files: Any, *, config: Any) -> None:
    """A server answers also where a page could never be made. A build publishes nothing that a link leads to."""
    docs = Path(config.docs_dir)
    aside = () if _live else (f for f in files if f.src_dir == config.docs_dir and not plain(docs, Path(f.src_path)))
    if found := sorted(f"docs/{file.src_path}" for file in aside):
        raise PluginError(f"links, pipes and the like are not published; remove: {', '.join(found)}")
    for path, content in (_live.unready() if _live else {}).items():
        files.append(File.generated(config, path, content=content))


def on_post_build(*, config: Any) -> None:
    """Add the search index of what was built, and the claims' permanent addresses."""
    shown, folder = _live.site if _live else _site, Path(config.site_dir)
    try:
        index.publish(search.documents(shown) if shown else {}, folder)
    except index.Failed as failure:
        raise PluginError(str(failure)) from None
    write_tree(folder / redirect.FOLDER, redirect.pages(shown) if shown else {})
    if _live:  # each answer of the server has scripts of its own: to load the page again, to fold the panel
        return
    undated(folder)
    if found := wall(folder):
        raise PluginError("\n".join([f"{count(found)} in the built pages:", *map(str, found[:SHOWN])]))
    if _home != Path(config.docs_dir, "index.md").read_text(encoding="utf-8"):
        raise PluginError("docs/index.md was changed while the site was built (by mkdocs serve?); build again")


def on_build_error(*, error: Exception) -> None:
    """Say in a sentence what the disk refused."""
    if isinstance(error, OSError) and not _live:
        raise PluginError(f"{error.filename or 'a file'}: {error.strerror or error}") from None


def on_serve(server: Any, *, config: Any, builder: Any) -> Any:
    """Let the server wake for what people write, and show what is wrong with it."""
    watched = (config.docs_dir, config.config_file_path, *config.theme.dirs)
    return _live.attach(server, builder, watched) if _live else server
