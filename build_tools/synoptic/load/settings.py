"""Reads what mkdocs.yml says of the published site."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import yaml

from synoptic.base.problems import Place, Problem, suggest_nearest
from synoptic.load.files import is_file
from synoptic.load.reader import show_value
from synoptic.model.licence import LICENCES
from synoptic.model.site import Publication

SETTINGS = "mkdocs.yml"


class _Settings(yaml.SafeLoader):
    """Reads mkdocs.yml; every tag of its own (``!ENV``, ``!!python/name``) gives None, since only text is wanted."""


_Settings.add_multi_constructor("", lambda loader, suffix, node: None)


def read_publication(root: Path) -> tuple[Publication, list[Problem]]:
    """The settings of the published site, and what is wrong with them; the defaults if they cannot be read."""
    path = root / SETTINGS
    if not is_file(path):
        return Publication(), []
    try:
        data = path.read_bytes()
        settings = yaml.load(data, _Settings)  # noqa: S506 - a SafeLoader that constructs less
    except (yaml.YAMLError, ValueError, OSError, RecursionError):
        return Publication(), []  # MkDocs itself reports what is wrong with its file
    if not isinstance(settings, Mapping):
        return Publication(), []
    publication = Publication.of(settings)
    return publication, list(_find_faults(publication, data))


def _find_faults(publication: Publication, data: bytes) -> Iterator[Problem]:
    if publication.licence not in LICENCES:
        message = f"the licence {show_value(publication.licence)} is none that the program knows"
        yield Problem(
            _find_place(data, "extra", "licence"), message, suggest_nearest(publication.licence, LICENCES), "value"
        )


def _find_place(data: bytes, *keys: str) -> Place:
    """The place of the value under some keys, one inside the other."""
    node: Any = yaml.compose(data, _Settings)
    for key in keys:
        node = next(value for name, value in node.value if name.value == key)
    return Place(SETTINGS, node.start_mark.line + 1, node.start_mark.column + 1)
