"""The page that a server shows where a page could never be made. Pure."""

from synoptic.pages.page import WIDE, Page, render_page
from synoptic.text.language import gettext


def render_unready() -> str:
    """The page as Markdown; the panel of problems on it says what is wrong."""
    description = gettext("A file that this page is built from has a mistake.")
    return render_page(
        Page("", "unready", gettext("Not ready"), description, {**WIDE, "search": {"exclude": True}}, {})
    )
