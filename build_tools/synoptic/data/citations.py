"""Citations of claims and briefings, with date and version; a briefing's sources for reference managers. Pure.

Formats: CSL-JSON (Citation Style Language 1.0.2) and BibTeX in UTF-8. A field that a source does not state is left
out; a title of ours is in brackets, as librarians do it.
"""

import base64
import re
from collections.abc import Iterator
from typing import Any

from synoptic.model.records import Claim, Source
from synoptic.model.site import Briefing, Site
from synoptic.model.values import UNKNOWN
from synoptic.text.english import MONTHS
from synoptic.text.language import format_date, gettext, join_list

#: Genre to CSL type; all others are newspaper articles.
_TYPES = {UNKNOWN: "document", "document": "document", "interview": "interview"}
_TEX = str.maketrans(
    {c: f"\\{c}" for c in "$&%#_"}
    | {
        "\\": "\\textbackslash{}",
        "{": "\\textbraceleft{}",  # not \{ : BibTeX counts braces before TeX sees them
        "}": "\\textbraceright{}",
        "~": "\\textasciitilde{}",
        "^": "\\textasciicircum{}",
    }
)
#: Characters that TeX would join with the next: two hyphens to a dash, two accents to a quotation mark.
_LIGATURE = re.compile(r"([-'`])(?=\1)|[?!](?=`)")
#: The key of the day on which an article was read at its address.
ACCESSED = "accessed"
_URL = str.maketrans({"{": "%7B", "}": "%7D", "\\": "%5C"})


def last_checked_on(briefing: Briefing) -> str | None:
    """The latest day on which a quotation of the briefing was checked; None if none was."""
    return max((day for lock in briefing.locks.values() if (day := lock.last_checked_on)), default=None)


def cite_claim(briefing: Briefing, claim: Claim, version: str) -> str:
    """A citation of a claim in its briefing, without the address; ``version`` is what ``describe_version`` returns."""
    return gettext(
        "\u201c%(claim)s\u201d In: %(briefing)s (comparative briefing). %(version)s.",
        claim=claim.claim, briefing=briefing.file.title, version=version,
    )  # fmt: skip


def cite_briefing(site: Site, briefing: Briefing) -> str:
    """A citation of a briefing, without the address."""
    title, version = briefing.file.title, describe_version(site, briefing)
    if not (editors := join_list(editor.name for editor in briefing.file.editors)):
        return gettext("%(briefing)s (comparative briefing). %(version)s.", briefing=title, version=version)
    return gettext(
        "%(briefing)s (comparative briefing). Edited by %(editors)s. %(version)s.",
        briefing=title, editors=editors, version=version,
    )  # fmt: skip


def describe_version(site: Site, briefing: Briefing) -> str:
    """The site, the day of the last check and the commit that last touched the briefing, if known."""
    checked, commit = last_checked_on(briefing), site.commits.get(briefing.slug)
    parts = [gettext("quotations checked %(day)s", day=format_date(checked))] if checked else []
    parts += [gettext("commit %(commit)s", commit=commit[:12])] if commit else []
    return join_list([site.publication.name, *parts])


def ni_uri(sha256: str) -> str:
    """The ``ni`` URI (RFC 6920) of some bytes by their SHA-256, for a text without an address."""
    return "ni:///sha-256;" + base64.urlsafe_b64encode(bytes.fromhex(sha256)).decode("ascii").rstrip("=")


def source_title(source: Source) -> str:
    """A source's headline; if it has none, our own name for it in brackets."""
    return source.title if source.title != UNKNOWN else f"[{source.name}]"


def build_csl(briefing: Briefing) -> list[dict[str, Any]]:
    """The sources as CSL-JSON items. An author is one literal name, since we cannot tell given from family names."""
    return [build_item(briefing, source) for source in briefing.sources]


def build_item(briefing: Briefing, source: Source) -> dict[str, Any]:
    """A source as a CSL-JSON item."""
    lock = briefing.locks.get(source.id)
    item: dict[str, Any] = {
        "id": f"{briefing.slug}-{source.id}",
        "type": _TYPES.get(source.genre, "article-newspaper"),
        "title": source_title(source),
        "language": source.lang,
    }
    if source.author != UNKNOWN:
        item["author"] = [{"literal": source.author}]
    if source.outlet != UNKNOWN:
        item["container-title"] = source.outlet
    if source.published != UNKNOWN:
        item["issued"] = _build_date(source.published)
    if source.url:
        item["URL"] = source.url
        if lock and (day := lock.last_checked_on):
            item[ACCESSED] = {"date-parts": [_date_parts(day)]}
    if lock:
        item["note"] = f"SHA-256 of the checked copy: {lock.sha256}"
    return item


def _build_date(edtf: str) -> dict[str, Any]:
    """A date in CSL; in words if CSL cannot express it."""
    doubt = edtf[-1:] in ("?", "~", "%")
    ends = [part.rstrip("?~%") for part in edtf.split("/", 1)]
    if any(end == ".." or "X" in end for end in ends):
        return {"literal": format_date(edtf)}
    return {"date-parts": [_date_parts(end) for end in ends], **({"circa": True} if doubt else {})}


def _date_parts(date: str) -> list[int]:
    return [int(part) for part in date.split("-")]


def render_bibtex(briefing: Briefing) -> str:
    """The sources as BibTeX entries in UTF-8, with TeX's special characters escaped."""
    return "\n".join(_render_entry(briefing, source) for source in briefing.sources)


def _render_entry(briefing: Briefing, source: Source) -> str:
    kind = "misc" if source.outlet == UNKNOWN else "article"
    fields = "".join(f",\n  {name} = {value}" for name, value in _fields(briefing, source))
    return f"@{kind}{{{briefing.slug}-{source.id}{fields}\n}}\n"


def _fields(briefing: Briefing, source: Source) -> Iterator[tuple[str, str]]:
    lock = briefing.locks.get(source.id)
    if source.author != UNKNOWN:
        yield "author", _double_brace(source.author)
    yield "title", _double_brace(source_title(source))
    if source.outlet != UNKNOWN:
        yield "journal", _brace(source.outlet)
    if (parts := source.published.split("-"))[0].isdigit() and all(part.isdigit() for part in parts):
        yield "year", f"{{{parts[0]}}}"
        if len(parts) > 1:
            yield "month", MONTHS[int(parts[1]) - 1][:3].lower()  # a macro of BibTeX
        if len(parts) > 2:
            yield "day", f"{{{int(parts[2])}}}"
    elif source.published != UNKNOWN:
        yield "year", _brace(format_date(source.published))
    yield "language", _brace(source.lang)
    if source.url:
        yield "url", f"{{{source.url.translate(_URL)}}}"
        if lock and (day := lock.last_checked_on):
            yield "urldate", f"{{{day}}}"
    if lock:
        yield "note", f"{{SHA-256 of the checked copy: {lock.sha256}}}"


def _brace(value: str) -> str:
    escaped = _LIGATURE.sub(r"\g<0>{}", value.translate(_TEX))
    return f"{{{escaped}}}"


def _double_brace(value: str) -> str:
    """In two pairs of braces, so that a name is not split at "and" or a comma and a title keeps its capitals."""
    return f"{{{_brace(value)}}}"
