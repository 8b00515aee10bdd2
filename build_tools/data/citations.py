"""Citations: of a claim and of a briefing, with date and version; and a briefing's sources for reference managers.

Pure. What a source does not state of itself is left out; a title of our own stands in brackets, as librarians do it.
CSL-JSON: Citation Style Language 1.0.2; BibTeX in UTF-8.
"""

from __future__ import annotations

import base64
import re
from collections.abc import Iterator
from typing import Any

from build_tools.model.briefing import Briefing
from build_tools.model.records import Claim, Source
from build_tools.model.site import Site
from build_tools.model.values import UNKNOWN
from build_tools.text.english import MONTHS, format_date

#: The sort of thing that CSL calls a source of a genre; all others are articles of a newspaper.
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
#: Signs that TeX would join with the next one: two hyphens to a dash, two accents to a quotation mark.
_LIGATURE = re.compile(r"([-'`])(?=\1)|[?!](?=`)")
_URL = str.maketrans({"{": "%7B", "}": "%7D", "\\": "%5C"})


def checked_on(briefing: Briefing) -> str | None:
    """The day on which a quotation of a briefing was last checked; None where none was."""
    return max((lock.checked_on for lock in briefing.locks.values() if lock.checked_on), default=None)


def of_claim(site: Site, briefing: Briefing, claim: Claim) -> str:
    """A claim with the briefing it stands in, and the version of that; its address follows."""
    return f"\u201c{claim.claim}\u201d In: {briefing.file.title} (comparative briefing). {_version(site, briefing)}."


def of_briefing(site: Site, briefing: Briefing) -> str:
    """A briefing with its editors and version; its address follows."""
    names = ", ".join(editor.name for editor in briefing.file.editors)
    edited = f" Edited by {names}." if names else ""
    return f"{briefing.file.title} (comparative briefing).{edited} {_version(site, briefing)}."


def _version(site: Site, briefing: Briefing) -> str:
    """The site, the day of the last check and, where it is known, the commit that last touched the briefing."""
    checked, commit = checked_on(briefing), site.commits.get(briefing.slug)
    parts = [f"quotations checked {format_date(checked)}"] if checked else []
    parts += [f"commit {commit[:12]}"] if commit else []
    return ", ".join([site.publication.name, *parts])


def ni(sha256: str) -> str:
    """The name of some bytes by their SHA-256 (RFC 6920): for a text that has no address."""
    return "ni:///sha-256;" + base64.urlsafe_b64encode(bytes.fromhex(sha256)).decode("ascii").rstrip("=")


def title(source: Source) -> str:
    """A source's headline; where it has none, our own name for it, in brackets."""
    return source.title if source.title != UNKNOWN else f"[{source.name}]"


def csl(briefing: Briefing) -> list[dict[str, Any]]:
    """A briefing's sources as CSL-JSON items. An author is one literal name: where it parts is nobody's to guess."""
    return [_item(briefing, source) for source in briefing.sources]


def _item(briefing: Briefing, source: Source) -> dict[str, Any]:
    lock = briefing.locks.get(source.id)
    found: dict[str, Any] = {
        "id": f"{briefing.slug}-{source.id}",
        "type": _TYPES.get(source.genre, "article-newspaper"),
        "title": title(source),
        "language": source.lang,
    }
    if source.author != UNKNOWN:
        found["author"] = [{"literal": source.author}]
    if source.outlet != UNKNOWN:
        found["container-title"] = source.outlet
    if source.published != UNKNOWN:
        found["issued"] = _issued(source.published)
    if source.url:
        found["URL"] = source.url
        if lock and lock.checked_on:
            found["accessed"] = {"date-parts": [_numbers(lock.checked_on)]}
    if lock:
        found["note"] = f"SHA-256 of the checked copy: {lock.sha256}"
    return found


def _issued(edtf: str) -> dict[str, Any]:
    """A date as CSL has it; what CSL cannot say of it stays in words."""
    doubt = edtf[-1:] in ("?", "~", "%")
    ends = [part.rstrip("?~%") for part in edtf.split("/", 1)]
    if any(end == ".." or "X" in end for end in ends):
        return {"literal": format_date(edtf)}
    return {"date-parts": [_numbers(end) for end in ends], **({"circa": True} if doubt else {})}


def _numbers(date: str) -> list[int]:
    return [int(part) for part in date.split("-")]


def bibtex(briefing: Briefing) -> str:
    """A briefing's sources as BibTeX, an entry each; the text is UTF-8, and TeX's own signs are escaped."""
    return "\n".join(_entry(briefing, source) for source in briefing.sources)


def _entry(briefing: Briefing, source: Source) -> str:
    kind = "misc" if source.outlet == UNKNOWN else "article"
    fields = "".join(f",\n  {name} = {value}" for name, value in _fields(briefing, source))
    return f"@{kind}{{{briefing.slug}-{source.id}{fields}\n}}\n"


def _fields(briefing: Briefing, source: Source) -> Iterator[tuple[str, str]]:
    lock = briefing.locks.get(source.id)
    if source.author != UNKNOWN:
        yield "author", _whole(source.author)
    yield "title", _whole(title(source))
    if source.outlet != UNKNOWN:
        yield "journal", _braced(source.outlet)
    if (parts := source.published.split("-"))[0].isdigit() and all(part.isdigit() for part in parts):
        shown = (f"{{{parts[0]}}}", MONTHS[int(parts[1]) - 1][:3].lower() if parts[1:] else "", f"{{{int(parts[-1])}}}")
        yield from zip(("year", "month", "day"), shown[: len(parts)], strict=False)
    elif source.published != UNKNOWN:
        yield "year", _braced(format_date(source.published))
    yield "language", _braced(source.lang)
    if source.url:
        yield "url", f"{{{source.url.translate(_URL)}}}"
        if lock and lock.checked_on:
            yield "urldate", f"{{{lock.checked_on}}}"
    if lock:
        yield "note", f"{{SHA-256 of the checked copy: {lock.sha256}}}"


def _braced(value: str) -> str:
    shown = _LIGATURE.sub(r"\g<0>{}", value.translate(_TEX))
    return f"{{{shown}}}"


def _whole(value: str) -> str:
    """In two pairs of braces: a name that is not parted at "and" or a comma, a title that keeps its capitals."""
    return f"{{{_braced(value)}}}"
