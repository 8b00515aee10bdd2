"""The page Data: the files of a briefing to download, by use. Pure."""

from collections.abc import Iterator

from synoptic.data import documents, linked_data
from synoptic.pages.context import Context, Link, dossier_address
from synoptic.pages.page import Page, briefing_page
from synoptic.text.encode import address
from synoptic.text.language import gettext, gettext_noop

#: Title and anchor of each group of files, and how the names of its files end.
GROUPS = (
    (gettext_noop("For a spreadsheet"), "tables", (".csv",)),
    (gettext_noop("For programs"), "json", (".json",)),
    (gettext_noop("For reference managers"), "citations", (".bib", ".ris", ".csl.json", "citations.json")),
    (gettext_noop("For annotation tools"), "annotations", (".jsonld",)),
    (gettext_noop("To rebuild this briefing"), "zip", (".zip",)),
)


def pages(context: Context) -> Iterator[Page]:
    """The page Data."""
    ld = linked_data.describe_dataset(context.site, context.briefing, f"{context.base}data/")
    yield briefing_page(
        context,
        "data/",
        "data",
        "data",
        gettext("Data"),
        groups=list_downloads(context),
        dossier=dossier_address(context),
        ld=ld,
        about=address("data/"),
        own_site=context.site.publication.own_site,
        authors=context.site.publication.authors,
        terms=context.site.publication.terms,
    )


def list_downloads(context: Context) -> list[tuple[str, str, list[tuple[Link, str]]]]:
    """The files by group: title, anchor, and the link and the use of each file."""
    links: dict[str, list[tuple[Link, str]]] = {anchor: [] for _, anchor, _ in GROUPS}
    for _, path, use in documents.list_downloads(context.briefing):
        anchor = next(anchor for _, anchor, endings in reversed(GROUPS) if path.endswith(endings))
        links[anchor].append((Link(path.rpartition("/")[2], address(path)), gettext(use)))
    return [(gettext(title), anchor, links[anchor]) for title, anchor, _ in GROUPS]
