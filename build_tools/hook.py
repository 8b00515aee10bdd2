"""The MkDocs edge: before each build, generate the pages, and after it add what is not made by MkDocs. No MkDocs
type goes further in than this file."""

from __future__ import annotations

import contextlib
import json
import logging
import os
import threading
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

from jinja2 import FileSystemBytecodeCache, FileSystemLoader
from mkdocs.exceptions import PluginError
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.pages import Page

from build_tools.base import cache
from build_tools.base.problems import count
from build_tools.base.write import TREES, write, write_pages, write_tree
from build_tools.history import log as chronicle
from build_tools.load.load import load
from build_tools.model.site import Publication, Site
from build_tools.pages.render import pages_by_briefing
from build_tools.site import pagefind, permalinks, search
from build_tools.site.freshness import Standing, clear, step_aside, step_back
from build_tools.site.serve import Live, seen, settled
from build_tools.site.swap import plain, undated, wall
from build_tools.text.raw_html import put_aside, put_back

log = logging.getLogger("mkdocs.synoptic")
Beside = tuple[Mapping[str, str], Mapping[str, str]]
#: Where the pages stand that are kept from build to build, unless the navigation names them.
PAGES = tuple(f"{tree}/" for tree in TREES)
#: Settings on which no page depends.
PASSING = frozenset({"config_file_path", "dev_addr", "docs_dir", "site_dir", "strict", "watch"})
_live: Live | None = None
_beside: Beside = ({}, {})
"""What is put beside the pages: the search's documents, the claims' addresses."""
_home = ""
LEFT_OUT = (InclusionLevel.EXCLUDED, InclusionLevel.DRAFT)
#: Under what name the policy of the kept pages is kept.
POLICY = "policy"
MOMENT = 0.2  # seconds in which a server answers before it goes on with the search
SHOWN = 100  # faults of built pages, at most: one in a template is one in every page
_kept: cache.Cache | None = None
_fresh: dict[str, Path] = {}
"""Path in the site of a page that is built now to where it will be kept."""
_told = ""
"""The policy of the kept pages."""
_folder_of_site: Path | None = None
_later: threading.Thread | None = None
"""What a server does after its pages answer."""
_all: list[File] = []
_aside: dict[str, list[str]] = {}
"""Path of a page to its parts that went around Markdown."""
_sources: dict[str, tuple[object, tuple[str, bool]]] = {}
"""Path of a generated page to how it looked and what was read in it."""
_put_of: dict[str, tuple[object, object]] = {}
"""Path in the site to what was put there, and how it looked then."""
_by_hand: dict[str, Page] = {}
"""What a server built last of the pages that are not kept. Empty while it builds them, and where that failed."""
_by_hand_of = ""
"""What those are made from."""


class Copied(File):
    """A page that is copied as it was built last. To MkDocs it is no page, but links to it lead there."""

    def __init__(self, file: File, html: Path, *, hidden: bool, config: Any) -> None:
        where = (file.src_dir, file.dest_dir, file.use_directory_urls)
        super().__init__(file.src_uri, *where, dest_uri=file.dest_uri)
        self.html = html
        self.page = Page(None, self, config)
        self.page.meta = {"robots": "noindex"} if hidden else {}

    def is_documentation_page(self) -> bool:
        """Not to be built."""
        return False

    def copy_file(self, dirty: bool = False) -> None:
        """Put the page into the site, where it is not there already."""
        _put(self, self.html, lambda: write(Path(self.abs_dest_path), self.html.read_bytes()))


class Shown(FileSystemLoader):
    """The theme's files without those that are hidden: ten thousand icons, which MkDocs would look at one by one to
    leave them out."""

    def list_templates(self) -> list[str]:
        """Their names."""
        found = set()
        for top in self.searchpath:
            for folder, folders, names in os.walk(top):
                folders[:] = [name for name in folders if not name.startswith(".")]
                found |= {Path(folder, name).relative_to(top).as_posix() for name in names if name[0] != "."}
        return sorted(found)


class Staying(Copied):
    """A page that stays in the site as it was built there last. The navigation has its title from it."""

    def __init__(self, file: File, page: Page, *, config: Any) -> None:
        super().__init__(file, Path(file.abs_dest_path), hidden=False, config=config)
        self.page, page.file = page, self

    def copy_file(self, dirty: bool = False) -> None:
        """Nothing: it is there."""


class Still(File):
    """A file that is no page, copied only where it or its copy looks otherwise than before."""

    def __init__(self, file: File) -> None:
        where = (file.src_dir, file.dest_dir, file.use_directory_urls)
        super().__init__(file.src_uri, *where, dest_uri=file.dest_uri, inclusion=file.inclusion)

    def copy_file(self, dirty: bool = False) -> None:
        """Put the file into the site, where it is not there already."""
        path = str(self.abs_src_path)
        look = seen(path)
        _put(self, (path, look) if settled(look) else object(), partial(super().copy_file, dirty))


def _put(file: File, of: object, put: Callable[[], object]) -> None:
    """Put a file into the site, unless it stands there as this build or one before put it, of the same."""
    path = file.abs_dest_path
    if _put_of.get(path) != (of, seen(path)):
        put()
        _put_of[path] = of, seen(path)


def on_startup(*, command: str, dirty: bool) -> None:
    """Remember whether this is ``mkdocs serve``: there a mistake must not end the server."""
    global _live
    _live = Live() if command == "serve" else None


def on_pre_build(*, config: Any) -> None:
    """Load, check and render. A build stops at an error; a server shows it and keeps the last good pages."""
    with cache.without_gc():
        _generate(config)


def _generate(config: Any) -> None:
    global _beside, _home, _folder_of_site
    _folder_of_site = Path(config.site_dir)
    config.theme.get_env = partial(_theme_of, config.theme, config.theme.get_env)
    root, docs = Path(config.config_file_path).resolve().parent, Path(config.docs_dir)
    if _live:
        if _later:
            _later.join()
        _live.begin(root, docs, Publication.of(config), map(Path, (docs, config.config_file_path, *config.watch)))
        step_aside(_folder_of_site)
        return
    results = cache.Cache(root / cache.FOLDER / "made")
    site, problems = load(root, results=results)
    if site:  # with what MkDocs resolved
        site = chronicle.told(replace(site, publication=Publication.of(config)), root)
    made: Iterator[Any] = iter(())
    stay = frozenset[str]()
    standing = Standing(docs, results)
    if site:
        made, stay, problems = pages_by_briefing(site, problems, drafts=False, results=results, stands=standing.there)
    if errors := [p for p in problems if p.level == "error"]:
        results.save()  # what was read and checked is not read again once they are mended
        raise PluginError("\n".join([f"{count(errors)}:", *map(str, errors)]))
    changed = write_pages(docs, made, stay, standing.note)
    results.prune()
    _beside = _made_beside(site)
    _home = (docs / "index.md").read_text(encoding="utf-8")
    log.info("Synoptic: files changed: %d; %s", changed, count(problems))
    step_aside(_folder_of_site)


def _theme_of(theme: Any, made: Callable[[], Any]) -> Any:
    """The theme's templates, as MkDocs makes them, with our loader."""
    env = made()
    env.loader = Shown(theme.dirs)
    return env


def _made_beside(site: Site | None) -> Beside:
    return (search.documents(site), permalinks.pages(site)) if site else ({}, {})


def on_files(files: Any, *, config: Any) -> Any:
    """A server answers also where a page could never be made. A build publishes nothing that a link leads to. What was
    built before from the same is copied."""
    global _kept, _told
    docs, site = Path(config.docs_dir), Path(config.site_dir)
    step_back(site)
    aside = () if _live else (f for f in files if f.src_dir == config.docs_dir and not plain(docs, Path(f.src_path)))
    if found := sorted(f"docs/{file.src_path}" for file in aside):
        raise PluginError(f"links, pipes and the like are not published; remove: {', '.join(found)}")
    for path, content in (_live.unready() if _live else {}).items():
        files.append(File.generated(config, path, content=content))
    made_with = tuple(_made_with(config))
    _kept = cache.Cache(_folder(config) / "html", made_with)
    _fresh.clear()
    _told = ""
    with contextlib.suppress(OSError):
        _told = _kept.path_of(POLICY).read_text(encoding="utf-8")
    named = {page for page, _ in _named(config.nav)}
    _all[:] = [
        _copied(_kept, file, config) if _may_be_kept(file, named) else Still(file) if _is_still(file) else file
        for file in files
    ]
    if _live and named and not config.strict:  # strictly each build tells each fault
        _let_stay(made_with, config)
    wanted = {file.dest_uri for file in _all if file.inclusion not in LEFT_OUT}
    clear(site, wanted, (pagefind.FOLDER, permalinks.FOLDER))
    return Files(_all)


def _folder(config: Any) -> Path:
    return Path(config.config_file_path).resolve().parent / cache.FOLDER


def _may_be_kept(file: File, named: set[str]) -> bool:
    return bool(named) and file.src_uri.startswith(PAGES) and file.src_uri.endswith(".md") and (
        file.src_uri not in named and file.abs_src_path is not None
    )  # fmt: skip


def _copied(pages: cache.Cache, file: File, config: Any) -> File:
    name, hidden = _read(file)
    html = pages.path_of(name)
    if html.is_file():
        return Copied(file, html, hidden=hidden, config=config)
    _fresh[file.dest_uri] = html
    _put_of.pop(file.abs_dest_path, None)
    return file


def _read(file: File) -> tuple[str, bool]:
    """Under what name a generated page is kept, and whether it is hidden. It is read where it looks otherwise than
    before."""
    path = str(file.abs_src_path)
    look = seen(path)
    if path in _sources and _sources[path][0] == look:
        return _sources[path][1]
    source = Path(path).read_bytes()
    head = source.partition(b"\n---\n")[0]
    found = cache.digest((file.src_uri.encode(), source)), b"\nrobots: noindex" in head
    _sources[path] = look if settled(look) else object(), found
    return found


def _is_still(file: File) -> bool:
    return type(file) is File and not file.is_documentation_page() and file.src_dir is not None


def _let_stay(made_with: tuple[bytes, ...], config: Any) -> None:
    """Let the pages that are not kept, those that people write above all, stay in the site, or be built all together,
    so that links between them are checked: where one of them, a file's name or what all are made with is another, or
    a page is built to a part of which one of them leads."""
    global _by_hand_of
    mine = [f for f in _all if f.is_documentation_page() and f.dest_uri not in _fresh and f.inclusion not in LEFT_OUT]
    names = (name.encode() for file in _all for name in (file.src_uri, file.dest_uri))
    made_of = cache.digest((*made_with, *names, *(file.content_bytes for file in mine)))
    linked = {file.dest_uri for page in _by_hand.values() for file in page.links_to_anchors or ()}
    there = all(file.src_uri in _by_hand and Path(file.abs_dest_path).is_file() for file in mine)
    written = [*config.theme.static_templates, *(file.dest_uri for file in _all)]
    once = len(written) == len(set(written))  # else a page is what was written last in its place
    if made_of == _by_hand_of and there and once and linked.isdisjoint(_fresh):
        stay = {file.src_uri for file in mine}
        _all[:] = [Staying(f, _by_hand[f.src_uri], config=config) if f.src_uri in stay else f for f in _all]
    else:
        _by_hand_of = made_of
        _by_hand.clear()


def _named(nav: Any) -> Iterator[tuple[str, bool]]:
    """The pages in the navigation, and whether it gives them their titles. Without one all pages are in it."""
    for item in nav or ():
        if isinstance(item, dict):
            for value in item.values():
                yield from _named(value) if isinstance(value, list) else ((value, True),)
        else:
            yield item, False


def _made_with(config: Any) -> Iterator[bytes]:
    """All that a page is made with besides its own source and the program: settings, theme, navigation, and whether
    it will be told a policy."""
    yield b"served" if _live else b"built"
    yield Path(config.config_file_path).read_bytes()
    settings = {key: value for key, value in config.items() if key not in PASSING and _plain(value)}
    yield json.dumps(settings, sort_keys=True, default=str).encode()
    if config.theme.custom_dir:
        yield from cache.read_files(Path(config.theme.custom_dir))
    for page, titled in _named(config.nav):  # a page without a title in the navigation gives it its own
        if not titled and (path := Path(config.docs_dir, page)).is_file():
            yield path.read_bytes()


def _plain(value: Any) -> bool:
    if isinstance(value, Mapping):
        return all(isinstance(key, str) and _plain(one) for key, one in value.items())
    if isinstance(value, list):
        return all(_plain(one) for one in value)
    return value is None or isinstance(value, str | int | float)


def on_env(env: Any, *, config: Any, files: Any) -> None:
    """Keep the theme's templates as Python, which each build would make of them anew."""
    folder = _folder(config) / "theme"
    with contextlib.suppress(OSError):
        folder.mkdir(parents=True, exist_ok=True)
        env.bytecode_cache = FileSystemBytecodeCache(str(folder))


def on_template_context(context: Any, *, template_name: str, config: Any) -> Any:
    """A template that lists all pages, as the sitemap does, lists the copied ones, too, in their place."""
    files = context.get("pages")
    if files is not None and _all:
        built = {id(file) for file in files}
        context["pages"] = [file for file in _all if isinstance(file, Copied) or id(file) in built]
    return context


def on_page_markdown(markdown: str, *, page: Any, config: Any, files: Any) -> str:
    """Of a generated page Markdown sees only what is none of our HTML."""
    if not page.file.src_uri.startswith(PAGES):
        return markdown
    shown, _aside[page.file.src_uri] = put_aside(markdown)
    return shown


def on_page_content(html: str, *, page: Any, config: Any, files: Any) -> str:
    """Put the rest of a generated page back."""
    return put_back(html, _aside.pop(page.file.src_uri, []))


def on_post_build(*, config: Any) -> None:
    """Add the search index of what was built, and the claims' permanent addresses."""
    global _later
    folder = Path(config.site_dir)
    if _live:  # each answer of the server has scripts of its own: to load the page again, to fold the panel
        _keep(folder, "")
        built = [file for file in _all if file.is_documentation_page() and file.dest_uri not in _fresh]
        _by_hand.update({file.src_uri: file.page for file in built if file.page})
        _later = threading.Timer(MOMENT, _put_beside_later, args=(_live.site, folder, _folder(config)))
        _later.daemon = True
        _later.start()
        return
    try:
        _put_beside(_beside, folder, _folder(config))
    except pagefind.Failed as failure:
        raise PluginError(str(failure)) from None
    undated(folder)
    told, found = wall(folder, _told, {file.dest_uri for file in _all if isinstance(file, Copied)})
    if found:
        raise PluginError("\n".join([f"{count(found)} in the built pages:", *map(str, found[:SHOWN])]))
    _keep(folder, told)
    if _home != Path(config.docs_dir, "index.md").read_text(encoding="utf-8"):
        raise PluginError("docs/index.md was changed while the site was built (by mkdocs serve?); build again")


def _put_beside(beside: Beside, folder: Path, mine: Path) -> None:
    documents, addresses = beside
    pagefind.publish(documents, folder, mine / "search")
    write_tree(folder / permalinks.FOLDER, addresses)


def _put_beside_later(site: Site | None, folder: Path, mine: Path) -> None:
    """While the pages answer already: whoever waits for them is the one who edits."""
    try:
        _put_beside(_made_beside(site), folder, mine)
    except (pagefind.Failed, OSError) as failure:
        log.error("The search could not be made: %s", failure)


def _keep(folder: Path, told: str) -> None:
    """Keep the pages that were built, with the policy that they were told."""
    if _kept is None:
        return
    anew = told != _told  # then the copied pages were told another, too
    _kept.write(_kept.path_of(POLICY), told)
    for file in _all:
        path = file.html if anew and isinstance(file, Copied) else _fresh.get(file.dest_uri)
        if path and (folder / file.dest_uri).is_file():
            _kept.write(path, (folder / file.dest_uri).read_bytes())
            _put_of[file.abs_dest_path] = path, seen(file.abs_dest_path)
    _kept.prune()


def on_build_error(*, error: Exception) -> None:
    """Say in a sentence what the disk refused."""
    if _folder_of_site:
        step_back(_folder_of_site)
    if isinstance(error, OSError) and not _live:
        raise PluginError(f"{error.filename or 'a file'}: {error.strerror or error}") from None


def on_serve(server: Any, *, config: Any, builder: Any) -> Any:
    """Let the server wake for what people write, and show what is wrong with it."""
    if _later:  # the first time there are no pages that could answer already
        _later.join()
    watched = (config.docs_dir, config.config_file_path, *config.theme.dirs)
    return _live.attach(server, builder, watched) if _live else server
