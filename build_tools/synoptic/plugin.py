"""The MkDocs plugin ``synoptic``: it brings our theme to a site's settings, and hands each event to one ``Build``."""

from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import Any

from mkdocs.config.base import Config
from mkdocs.exceptions import PluginError
from mkdocs.plugins import BasePlugin

from synoptic.base.problems import Refused
from synoptic.pages.environment import EXTENSIONS, STYLES, TEMPLATES, THEME
from synoptic.site.build import Build


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
    """It has none."""


class Synoptic(BasePlugin[Settings]):  # type: ignore[no-untyped-call] # the same
    """Since it has ``on_startup``, one object serves all builds of a process."""

    def __init__(self) -> None:
        build = Build()
        events: dict[str, Callable[..., Any]] = {  # in the order in which MkDocs calls them
            "on_startup": build.start,
            "on_pre_build": _stop(build.generate),
            "on_files": _stop(build.select_files),
            "on_env": build.cache_templates,
            "on_page_markdown": build.hide_raw_html,
            "on_page_content": build.restore_raw_html,
            "on_template_context": build.list_pages,
            "on_post_build": _stop(build.finish),
            "on_build_error": _stop(build.fail),
            "on_serve": build.serve,
        }
        for name, event in events.items():
            setattr(self, name, event)

    def on_config(self, config: Any) -> Any:
        """Add our theme below the site's own, our styles before its own, and what a server watches."""
        dirs = config.theme.dirs
        dirs.insert(dirs.index(config.theme.custom_dir) + 1 if config.theme.custom_dir else 0, str(THEME))
        config.extra_css.insert(0, STYLES)
        config.markdown_extensions += [name for name in EXTENSIONS if name not in config.markdown_extensions]
        config.watch += [str(Path(config.config_file_path).parent / "briefings"), str(TEMPLATES)]
        return config
