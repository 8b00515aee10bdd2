"""The MkDocs plugin ``synoptic``: it adds to a site's settings, and hands each event to the builds of our own site or
of somebody else's."""

from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import Any

from mkdocs.config import config_options as option
from mkdocs.config.base import Config
from mkdocs.exceptions import PluginError
from mkdocs.plugins import BasePlugin, event_priority

from synoptic.base.problems import Refused
from synoptic.pages.environment import EXTENSIONS, STYLES, TEMPLATES, THEME
from synoptic.site.build import Build
from synoptic.site.guest import TEMPLATES as GUEST_THEME
from synoptic.site.guest import Guest


def _stop(event: Callable[..., Any]) -> Callable[..., Any]:
    """An event that stops the build with our message, which MkDocs prints without a traceback."""

    @wraps(event)
    def run(*args: Any, **kwargs: Any) -> Any:
        try:
            return event(*args, **kwargs)
        except Refused as reason:
            raise PluginError(str(reason)) from None

    return run


class Settings(Config):  # type: ignore[no-untyped-call] # of its ``__init_subclass__``
    """What a site can set below the plugin's name in mkdocs.yml; docs/contribute/existing-site.md explains it."""

    path = option.Type(str, default="synoptic")
    folder = option.Type(str, default=".")
    whole_site = option.Type(bool, default=False)


class Synoptic(BasePlugin[Settings]):  # type: ignore[no-untyped-call] # the same
    """Since it has ``on_startup``, one object serves all builds of a process.

    In a site that is ours alone (``whole_site``) the events go to a ``Build``, in any other to a ``Guest``.
    """

    def __init__(self) -> None:
        self._build = Build()
        self._guest: Guest | None = None
        self._serving = False

    def on_startup(self, *, command: Any, dirty: bool) -> None:
        """Note whether this is ``mkdocs serve``."""
        self._serving = command == "serve"
        self._build.start(command=command, dirty=dirty)

    def on_config(self, config: Any) -> Any:
        """Add our templates below the site's own, and what a server watches; in our own site also our styles."""
        settings = self.config
        if not settings.whole_site and self._guest is None:
            self._guest = Guest(settings.path, settings.folder, serving=self._serving)
        elif settings.whole_site:
            self._guest = None
        theme, dirs = str(GUEST_THEME if self._guest else THEME), config.theme.dirs
        if theme not in dirs:  # a further language has the settings of the first
            dirs.insert(dirs.index(config.theme.custom_dir) + 1 if config.theme.custom_dir else 0, theme)
            briefings = Path(config.config_file_path).parent / settings.folder / "briefings"
            config.watch += [str(briefings), str(TEMPLATES)]
            if not self._guest:
                config.extra_css.insert(0, STYLES)
                config.theme.static_templates.add("404.html")
                config.markdown_extensions += [name for name in EXTENSIONS if name not in config.markdown_extensions]
        return config

    @_stop
    def on_pre_build(self, *, config: Any) -> None:
        """Generate the pages."""
        (self._guest or self._build).generate(config=config)

    @event_priority(-200)  # after plugins that sort a site's own files by language
    @_stop
    def on_files(self, files: Any, *, config: Any) -> Any:
        """Add or replace generated files."""
        return (self._guest or self._build).select_files(files, config=config)

    def on_nav(self, nav: Any, *, config: Any, files: Any) -> None:
        """Note the navigation of our own site."""
        if not self._guest:
            self._build.note_nav(nav, config=config, files=files)

    def on_env(self, env: Any, *, config: Any, files: Any) -> Any:
        """Prepare the theme's templates."""
        prepare = self._guest.name_folder if self._guest else self._build.cache_templates
        return prepare(env, config=config, files=files)

    @event_priority(100)  # before plugins that read Markdown as a program
    def on_page_markdown(self, markdown: str, *, page: Any, config: Any, files: Any) -> str:
        """Take from Markdown what is not for it."""
        take = self._guest.render if self._guest else self._build.hide_raw_html
        return take(markdown, page=page, config=config, files=files)

    @event_priority(-100)  # after plugins that change the HTML of a page
    def on_page_content(self, html: str, *, page: Any, config: Any, files: Any) -> str:
        """Put it back."""
        restore = self._guest.restore if self._guest else self._build.restore_raw_html
        return restore(html, page=page, config=config, files=files)

    def on_template_context(self, context: Any, *, template_name: str, config: Any) -> Any:
        """List the pages that MkDocs does not know of."""
        return (self._guest or self._build).list_pages(context, template_name=template_name, config=config)

    @event_priority(-200)  # after plugins that build the other languages
    @_stop
    def on_post_build(self, *, config: Any) -> None:
        """Put what is not made by MkDocs beside the pages, and audit them."""
        (self._guest or self._build).finish(config=config)

    @_stop
    def on_build_error(self, *, error: Exception) -> None:
        """Clean up."""
        (self._guest or self._build).fail(error=error)

    def on_serve(self, server: Any, *, config: Any, builder: Any) -> Any:
        """Show a server's problems in our pages."""
        return (self._guest or self._build).serve(server, config=config, builder=builder)
