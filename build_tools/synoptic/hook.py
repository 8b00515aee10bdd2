"""The events of MkDocs, each handed to one ``Build``. MkDocs loads this file by its path, once a process."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from mkdocs.exceptions import PluginError

from synoptic.base.problems import Refused
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


BUILD = Build()

# In the order in which MkDocs calls them
on_startup = BUILD.start
on_pre_build = _stop(BUILD.generate)
on_files = _stop(BUILD.select_files)
on_env = BUILD.cache_templates
on_page_markdown = BUILD.hide_raw_html
on_page_content = BUILD.restore_raw_html
on_template_context = BUILD.list_pages
on_post_build = _stop(BUILD.finish)
on_build_error = _stop(BUILD.fail)
on_serve = BUILD.serve
