"""The files of the published data: the keys of the JSON documents, from ``format.yml``, and the files of a briefing."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any, NamedTuple

import yaml

from synoptic.model.site import Briefing, Publication
from synoptic.text.language import gettext_noop

#: Each major version of the format, and its full number.
VERSIONS = {1: "1.0", 2: "2.0"}
FOLDER = "api/v1/"


def describe_rights(publication: Publication) -> str:
    """Whose the words of the data are, and under which licence."""
    holder = f"{publication.terms.name}, {publication.authors}"
    return f"Our own words: {holder}. Quotations remain their authors' and publishers'."


@dataclass(frozen=True)
class Shape:
    """A document or object: what it is, (type, description) of each key: ``{"id": ("text", "Its id.")}``, and the
    major version of a document."""

    means: str
    keys: Mapping[str, tuple[str, str]]
    version: int = 1


class Format(NamedTuple):
    """The documents and the objects of the format, each by its name; and lists of words that version 1 keeps, each
    word with what it means."""

    documents: Mapping[str, Shape]
    objects: Mapping[str, Shape]
    words: Mapping[str, Mapping[str, str]]


@cache
def read_format() -> Format:
    """The format of the published data."""
    content = (resources.files("synoptic.data") / "format.yml").read_bytes()
    parts = yaml.load(content, Loader=yaml.CSafeLoader)
    documents, objects = (
        {name: Shape(shape["means"], shape["keys"], shape.get("version", 1)) for name, shape in parts[part].items()}
        for part in ("documents", "objects")
    )
    return Format(documents, objects, parts["words"])


def fill(shape: str, record: object, **computed: object) -> dict[str, Any]:
    """An object of the format: each of its keys is in ``computed``, or is the name of a field of ``record``."""
    keys = read_format().objects[shape].keys
    return {key: computed[key] if key in computed else getattr(record, key) for key in keys}


_PAGES, _API, _API_2 = "briefings/{slug}/", f"{FOLDER}briefings/{{slug}}/", "api/v2/briefings/{slug}/"
_DOWNLOADS = (
    ("briefing", f"{_PAGES}briefing.json", gettext_noop("The whole briefing in one file, for programs.")),
    ("head", f"{_API}index.json", gettext_noop("Title, question, bottom line, topics, editors, edition.")),
    (
        "claims",
        f"{_API}claims.json",
        gettext_noop("Each claim with its statements, relations and silences, and its first verdict."),
    ),
    (
        "verdicts",
        f"{_API_2}verdicts.json",
        gettext_noop("Each claim's verdict and who stands behind it; what each article answers to each topic."),
    ),
    (
        "sources",
        f"{_API}sources.json",
        gettext_noop("Each article: what it states of itself, and who checked its quotations."),
    ),
    ("speakers", f"{_API}speakers.json", gettext_noop("Everyone quoted.")),
    ("matrix", f"{_API}matrix.json", gettext_noop("Who said what, claim by claim and source by source.")),
    (
        "telling",
        f"{_API}telling.json",
        gettext_noop("How each article tells it: words, quotations, hedges, names, order of claims."),
    ),
    (
        "readings",
        f"{_API}readings.json",
        gettext_noop("What somebody read a second time, and how far both readers agree."),
    ),
    (
        "citations",
        f"{_API}citations.json",
        gettext_noop("Each article in APA and Chicago style, and each quotation as a footnote for Wikipedia."),
    ),
    (
        "matrix-table",
        f"{_PAGES}matrix.csv",
        gettext_noop("Who said what: a line for each claim, a column for each source."),
    ),
    (
        "statements-table",
        f"{_PAGES}statements.csv",
        gettext_noop("A line for each statement, with everything we know about it."),
    ),
    ("figures-table", f"{_PAGES}figures.csv", gettext_noop("A line for each figure and each source that gives it.")),
    (
        "annotations",
        f"{_PAGES}annotations.jsonld",
        gettext_noop("Each quotation as a W3C Web Annotation of its article."),
    ),
    (
        "csl",
        f"{_PAGES}sources.csl.json",
        gettext_noop("The articles for Zotero, Pandoc and other citation programs (CSL-JSON)."),
    ),
    ("ris", f"{_PAGES}sources.ris", gettext_noop("The articles for EndNote and other reference managers (RIS).")),
    ("bibtex", f"{_PAGES}sources.bib", gettext_noop("The articles for LaTeX (BibTeX, UTF-8).")),
    (
        "zip",
        f"{_PAGES}{{slug}}.zip",
        gettext_noop("All files that people wrote, and the locks: enough to build these pages again."),
    ),
)


def list_downloads(briefing: Briefing) -> list[tuple[str, str, str]]:
    """The files of a briefing's data: name, path in the site, and what the file is good for."""
    return [
        (name, path.format(slug=briefing.slug), use)
        for name, path, use in _DOWNLOADS
        if name != "figures-table" or briefing.figures
    ]


def find_path(briefing: Briefing, name: str) -> str:
    """The path in the site of one of the files of a briefing's data."""
    return next(path for one, path, _ in list_downloads(briefing) if one == name)
