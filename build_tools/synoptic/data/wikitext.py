"""Citations of articles and quotations as wikitext: the template ``cite news`` of Wikipedia. Pure.

In contributors' text, signs that could begin markup become character references, so that it can neither end a
parameter nor call a template.
"""

import re
from collections.abc import Iterator

from synoptic.data.citations import ACCESSED, build_item, source_title
from synoptic.model.records import Source, Statement
from synoptic.model.site import Briefing
from synoptic.model.values import UNKNOWN
from synoptic.text.english import MONTHS
from synoptic.text.language import format_date

#: Signs of wikitext and HTML; some are signs only when doubled, before slashes, or at an end of the value.
_SIGN = re.compile(r"[{}\[\]|<>&]|'(?=')|(?<=')'|^'|'$|_(?=_)|(?<=_)_|~(?=~)|(?<=~)~|:(?=//)|^[*#:;=]")
_BREAKS = re.compile(r"[\x00-\x20\x7f-\x9f\u2028\u2029]+")
_URL = {ord(sign): f"%{ord(sign):02X}" for sign in "{}[]|<>'\"`^\\ "}


def cite_source(briefing: Briefing, source: Source) -> str:
    """An article as a reference: ``{{cite news |title=... |date=2031-05-17}}``."""
    return _template(_list_fields(briefing, source))


def cite_statement(cited: str, statement: Statement) -> str:
    """The reference of an article, which ``cite_source`` made, with a quotation from it and its translation."""
    fields = [("quote", escape(statement.quote))]
    if statement.translation:
        fields.append(("trans-quote", escape(statement.translation)))
    return f"{cited.removesuffix('}}')}{_render(fields)}}}}}"


def escape(text: str) -> str:
    """A text as the value of a template's parameter, on one line, shown exactly."""
    line = _BREAKS.sub(" ", text).strip(" ")
    return _SIGN.sub(lambda sign: f"&#{ord(sign[0])};", line)


def _list_fields(briefing: Briefing, source: Source) -> Iterator[tuple[str, str]]:
    if source.author != UNKNOWN:
        yield "author", escape(source.author)
    yield "title", escape(source_title(source))
    if source.outlet != UNKNOWN:
        yield "work", escape(source.outlet)
    if source.published != UNKNOWN:
        yield "date", escape(_write_date(source.published))
    if source.url:
        yield "url", source.url.translate(_URL)
        if source.archive and source.saved_on:  # the template wants both
            yield "archive-url", source.archive.translate(_URL)
            yield "archive-date", source.saved_on
        if accessed := build_item(briefing, source).get(ACCESSED):
            year, month, day = accessed["date-parts"][0]
            yield "access-date", f"{year:04}-{month:02}-{day:02}"
    yield "language", escape(source.lang)


def _write_date(edtf: str) -> str:
    """A date as the template reads it, which takes no month in digits; in words if it cannot say it."""
    found = re.fullmatch(r"(\d{4})(?:-(\d\d))?(-\d\d)?([?~%]?)", edtf)
    if not found or (found[4] and found[2]):
        return format_date(edtf)
    if found[3] or not found[2]:
        return f"c. {found[1]}" if found[4] else edtf
    return f"{MONTHS[int(found[2]) - 1]} {found[1]}"


def _template(fields: Iterator[tuple[str, str]]) -> str:
    return f"{{{{cite news{_render(fields)}}}}}"


def _render(fields: Iterator[tuple[str, str]] | list[tuple[str, str]]) -> str:
    return "".join(f" |{name}={value}" for name, value in fields)
