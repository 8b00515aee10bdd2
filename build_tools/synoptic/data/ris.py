"""The articles as RIS, which Zotero, EndNote and their like read: a line for each field, in UTF-8. Pure."""

import re
from collections.abc import Iterator
from typing import Any

from synoptic.data.citations import ACCESSED, build_csl
from synoptic.model.site import Briefing

#: CSL type to RIS type.
_TYPES = {"article-newspaper": "NEWS", "interview": "GEN", "document": "GEN"}
#: What some program takes for the end of a line, and would read a field after it.
_BREAKS = re.compile(r"[\x00-\x20\x7f-\x9f\u2028\u2029]+")


def render_ris(briefing: Briefing) -> str:
    """The sources as records of RIS, from their CSL-JSON items."""
    lines = [
        f"{tag}  - {_BREAKS.sub(' ', value).strip(' ')}\r\n"
        for item in build_csl(briefing)
        for tag, value in (*_list_fields(item), ("ER", ""))
    ]
    return "".join(lines)


def _list_fields(item: dict[str, Any]) -> Iterator[tuple[str, str]]:
    yield "TY", _TYPES[item["type"]]
    yield "ID", item["id"]
    for author in item.get("author", ()):
        yield "AU", author["literal"]
    yield "TI", item["title"]
    if "container-title" in item:
        yield "T2", item["container-title"]
    issued = item.get("issued", {})
    if "literal" in issued:
        yield "DA", issued["literal"]
    elif issued:
        first = issued["date-parts"][0]
        yield "PY", f"{first[0]:04}"
        yield "DA", _write_date(first)
    yield "LA", item["language"]
    if "URL" in item:
        yield "UR", item["URL"]
    if ACCESSED in item:
        yield "Y2", _write_date(item[ACCESSED]["date-parts"][0])
    if "note" in item:
        yield "N1", item["note"]


def _write_date(parts: list[int]) -> str:
    """``2031/05/17/``: what is unknown is empty."""
    return "/".join([f"{parts[0]:04}", *(f"{part:02}" for part in parts[1:]), *[""] * (4 - len(parts))])
