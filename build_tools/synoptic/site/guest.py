"""The builds of somebody else's site, into which a project's briefings come: all they bring is in one folder of the
site, and nothing is written beside the site's own files.

The pages are written into the project's cache and handed to MkDocs from there. Their text is made by our own Markdown,
so that no extension or plugin of the site can change a quotation.
"""

import html
import json
import logging
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from synoptic.base import cache
from synoptic.base.problems import Problem, Refused, Stopped, count_problems
from synoptic.base.write import walk, write_file
from synoptic.model.site import Publication
from synoptic.pages.environment import THEME
from synoptic.site import mkdocs_files, script_words
from synoptic.site.additions import Additions, AdditionsCache, render_additions
from synoptic.site.audit import find_content_faults
from synoptic.site.generate import MAX_FAULTS, generate_pages
from synoptic.site.generated_files import GENERATED
from synoptic.site.guest_style import is_material, make_style, put_into_box
from synoptic.site.problem_panel import with_panel
from synoptic.site.theme_words import site_language, translate_theme
from synoptic.text.raw_html import hide_html, restore_html

log = logging.getLogger("mkdocs.synoptic")
#: The folder that brings the template of our pages.
TEMPLATES = THEME / "guest"
TEMPLATE = "synoptic.html"
STYLES = "synoptic.css"
#: Assets that only a site of ours needs: its icon, its search, its frame.
OWN_ASSETS = frozenset({
    "favicon.svg", "frame.css", "search.css", "search.js", "social.png", "text.css", "text.js", "theme.js",
})  # fmt: skip
_NOT_COPIED = {*(f"assets/{name}" for name in (*OWN_ASSETS, STYLES)), script_words.PATH}
#: Pages that the site's own search finds; all others repeat them in another order.
SEARCHED = re.compile(r"briefings/[^/]+/(?:topics/[^/]+/)?index\.md|(?:method/)?index\.md")
_PATH = re.compile(r"[A-Za-z0-9_-]+(?:/[A-Za-z0-9_-]+)*")


class Guest:
    """The state of the builds of one process. Its public methods are events of MkDocs, whose arguments they take.

    ``path`` is the folder of the site in which the pages are; ``folder`` holds ``briefings/``, and is named from the
    folder of the site's settings.
    """

    def __init__(self, path: str, folder: str, *, serving: bool) -> None:
        self._path, self._folder, self._serving = path.strip("/"), folder, serving
        self._builds = 0  # that have begun and not ended: a plugin may build a language inside the build of another
        self._generated = self._site_dir = Path()
        self._additions = Additions()
        self._contents: dict[str, Any] = {}  # page: what our Markdown made of it
        self._boxed = False  # whether our content is in a box, since the theme is not Material
        self._faults: list[Problem] = []
        self._problems: tuple[Problem, ...] = ()  # that keep a server from generating pages
        self._listed: dict[str, Any] = {}  # our pages for the sitemap, by path

    def generate(self, *, config: Any) -> None:
        """Load, check and render, once for all languages of a site. Raises Refused at an error; but a mistake in a
        briefing does not end a server, which keeps the last good pages."""
        self._builds += 1
        if self._builds > 1:
            return
        self._site_dir = Path(config.site_dir)
        if not config.use_directory_urls:
            raise Refused("mkdocs.yml: use_directory_urls: false does not go with the plugin synoptic; remove it")
        if not _PATH.fullmatch(self._path):
            tip = "letters, digits, - and _, such as briefs or news/briefs"
            raise Refused(
                f"mkdocs.yml: path of the plugin synoptic: {self._path!r} is not a folder of a site; use {tip}"
            )
        root = (Path(config.config_file_path).resolve().parent / self._folder).resolve()
        if not (root / "briefings").is_dir():
            raise Refused(
                f"mkdocs.yml: the plugin synoptic found no folder briefings/ in {root}; make one (synoptic new), or "
                "name the folder that holds it: folder"
            )
        self._generated, self._faults = root / cache.FOLDER / "pages", []
        if cache.is_linked(self._generated):
            raise Refused(f"{self._generated}: is reached through a link; remove the link")
        publication = Publication.of(config)
        url = f"{publication.site_url.rstrip('/')}/{self._path}/" if publication.site_url else ""
        publication = replace(publication, site_url=url, own_site=False)
        self._listed = {}
        try:
            with cache.without_gc():
                site, hashes, report = generate_pages(
                    root, self._generated, publication, drafts=self._serving, alone=True
                )
                kept = AdditionsCache(cache.Cache(cache.project_cache(root, "additions")), hashes)
                self._additions = render_additions(site, kept)
        except Stopped as found:
            if not self._serving:
                raise
            self._problems = found.problems
            for problem in self._problems:
                log.error("%s", problem)
        else:
            self._problems = ()
            log.info("Synoptic: %s", report)

    def select_files(self, files: Any, *, config: Any) -> Any:
        """Add our pages, data and assets. In the build of a further language they are there already, to be linked.

        Raises Refused if a file of the site is in their folder.
        """
        at = f"{self._path}/"
        if self._builds == 1:
            for file in files:
                if file.src_uri.startswith(at) or file.dest_uri.startswith(at):
                    raise Refused(
                        f"{Path(config.docs_dir).name}/{file.src_uri}: the plugin synoptic puts its pages into {at}, "
                        "and nothing else may be there; move this file, or give the plugin another path in mkdocs.yml"
                    )
        for name, path in self._list_files():
            file = mkdocs_files.add_generated(files, config, at + name, path, built_already=self._builds > 1)
            if self._builds == 1 and name.endswith(".md"):
                self._listed[name] = file
        if self._builds == 1:
            self._boxed = not is_material(config.theme.dirs)
            for path in sorted((THEME / "assets").glob("*.css")):
                if path.name not in OWN_ASSETS:
                    style = make_style(path, boxed=self._boxed)
                    files.append(mkdocs_files.generated_page(config, f"{at}assets/{path.name}", style))
            words = script_words.render_script_words(site_language(config))
            files.append(mkdocs_files.generated_page(config, at + script_words.PATH, words))
        return files

    def _list_files(self) -> Iterator[tuple[str, Path]]:
        """Path below our folder, and place on the disk, of each file that we bring."""
        for top in GENERATED:
            place = self._generated / top
            found = [Path(entry) for entry in walk(place) if entry.is_file(follow_symlinks=False)]
            for path in sorted(found or ([place] if place.is_file() else [])):
                yield path.relative_to(self._generated).as_posix(), path
        for path in sorted(map(Path, walk(THEME / "assets"))):
            name = path.relative_to(THEME / "assets").as_posix()
            if path.is_file() and path.suffix != ".css" and f"assets/{name}" not in _NOT_COPIED:
                yield f"assets/{name}", path

    def name_folder(self, env: Any, *, config: Any, files: Any) -> Any:
        """Tell our template where its assets are, and translate it."""
        translate_theme(env, site_language(config))
        env.globals |= {"synoptic_path": f"{self._path}/", "synoptic_boxed": self._boxed}
        return env

    def render(self, markdown: str, *, page: Any, config: Any, files: Any) -> str:
        """Render a page of ours with our own Markdown, and hide it from all that the site does to Markdown."""
        name = self._name_of(page)
        if not name:
            return markdown
        page.meta["template"] = TEMPLATE
        if not SEARCHED.fullmatch(name) or page.meta.get("robots"):
            page.meta["search"] = {"exclude": True}
        hidden, blocks = hide_html(markdown)
        rendered = mkdocs_files.render_markdown(page, hidden, config, files)
        rendered["content"] = restore_html(rendered["content"], blocks)
        self._faults += find_content_faults(name, rendered["content"])
        self._contents[page.file.src_uri] = rendered
        return ""

    def restore(self, content: str, *, page: Any, config: Any, files: Any) -> str:
        """Give a page of ours what ``render`` made of it."""
        rendered = self._contents.pop(page.file.src_uri, None)
        if rendered is None:
            return content
        vars(page).update(rendered)
        if self._boxed:
            language = {"dir": site_language(config).direction, **(page.meta.get("lang") or {})}
            page.content = put_into_box(page.content, language)
        return str(page.content)

    def finish(self, *, config: Any) -> None:
        """After the last language: write permanent addresses, cards and pages to embed. Raises Refused if a page failed
        the audit."""
        self._builds -= 1
        if self._builds:
            return
        if self._faults:
            shown = map(str, self._faults[:MAX_FAULTS])
            message = "\n".join([f"{count_problems(self._faults)} in the built pages:", *shown])
            if not self._serving:
                raise Refused(message)
            log.error("%s", message)
        self._tidy_search()
        folder = self._site_dir / self._path
        root = self._generated.parent
        self._additions.write(folder, lambda name: root / name)

    def _tidy_search(self) -> None:
        """Take out of the index of MkDocs's own search what ``render`` excluded, which only Material's heeds; and give
        titles as text, as they are in that of Material."""
        path = self._site_dir / "search" / "search_index.json"
        try:
            index = json.loads(path.read_bytes())
            ours = {entry["location"] for entry in index["docs"] if entry["location"].startswith(f"{self._path}/")}
        except (OSError, ValueError, LookupError, TypeError):
            return  # no search, or another one
        if "index" in index:
            return  # made beforehand (prebuild_index): its entries must stay
        wanted = {file.url for file in self._listed.values() if file.page and "search" not in file.page.meta}
        index["docs"] = [
            {**entry, "title": html.unescape(entry["title"])} if entry["location"] in ours else entry
            for entry in index["docs"]
            if entry["location"] not in ours or entry["location"].partition("#")[0] in wanted
        ]
        write_file(path, json.dumps(index, sort_keys=True, separators=(",", ":")))

    def list_pages(self, context: Any, *, template_name: str, config: Any) -> Any:
        """List our pages in a sitemap, but for those that robots should leave out. The plugin i18n has a list of its
        own, of the files that were there before ours."""
        if template_name != "sitemap.xml":
            return context
        hidden = {file.src_uri for file in self._listed.values() if file.page and file.page.meta.get("robots")}
        context["pages"] = [file for file in context.get("pages") or () if file.src_uri not in hidden]
        if "i18n_alternates" in context:
            ours = [file for file in self._listed.values() if file.page and file.src_uri not in hidden]
            for file in ours:
                file.alternates = {}  # our pages are in one language
            context["i18n_alternates"] = {**context["i18n_alternates"], TEMPLATE: ours}
        return context

    def serve(self, server: Any, *, config: Any, builder: Any) -> Any:
        """Show a server's problems in our pages, and in no other."""
        theirs, mount = server.get_app(), f"{server.mount_path}{self._path}/"
        ours = with_panel(theirs, mount, lambda: self._problems)

        def answer(environ: dict[str, Any], start_response: Any) -> Any:
            return (ours if environ["PATH_INFO"].startswith(mount) else theirs)(environ, start_response)

        server.set_app(answer)
        return server

    def fail(self, *, error: Exception) -> None:
        """Forget the builds that have begun."""
        self._builds = 0

    def _name_of(self, page: Any) -> str:
        """The path of a page of ours below our folder; empty if it is the site's."""
        uri: str = page.file.src_uri
        return uri.removeprefix(f"{self._path}/") if uri.startswith(f"{self._path}/") else ""
