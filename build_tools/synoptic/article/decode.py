"""The characters of a text file: by its byte order mark, else by the encoding it declares, else UTF-8."""

import codecs
import re

from synoptic.base.problems import Refused

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16, whose mark is the beginning of this one
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_DECLARED = (
    re.compile(rb"^\s*<\?xml[^>]*\bencoding\s*=\s*[\"']([\w.:-]+)"),
    re.compile(rb"<meta\b[^>]*\bcharset\s*=\s*[\"']?\s*([\w.:-]+)", re.IGNORECASE),
)
_HINT = re.compile(rb"^(?:[^\n]*\n)?[^\n]*?\bcoding[:=]\s*([\w.-]+)")
#: The encodings that browsers use for those declared.
_BROWSERS = {"iso8859-1": "cp1252", "ascii": "cp1252", "gb2312": "gb18030", "gbk": "gb18030"}


def decode(data: bytes, *, page: bool = False) -> tuple[str, str]:
    """The characters of a text file or, with ``page``, a web page, and what is wrong with a byte of it, or "".

    Where a page has such bytes, its text has U+FFFD, as in browsers; other files are refused. Raises Refused.
    """
    for mark, name in _MARKS:
        if data.startswith(mark):
            return _decode(data[len(mark) :], name, "its byte order mark says", page=page)
    matches = (pattern.search(data[:4096]) for pattern in _DECLARED) if page else (_HINT.match(data[:400]),)
    declared = next((match[1].decode("ascii", "replace") for match in matches if match), "")
    if not declared:
        return _decode(data, "utf-8", "", page=page)
    try:
        name = codecs.lookup(declared).name
    except LookupError:
        raise Refused(f'it declares the encoding "{declared}", which is unknown; save it as UTF-8') from None
    if page:
        name = _BROWSERS.get(name, name)
    if name.startswith(("utf-16", "utf-32")):  # the declaration is readable as ASCII, so it is wrong
        name = "utf-8"
    return _decode(data, name, "it declares", page=page)


def _decode(data: bytes, name: str, why: str, *, page: bool) -> tuple[str, str]:
    try:
        return data.decode(name), ""
    except UnicodeDecodeError as error:
        because = f", which {why}" if why else ""
        shown = "UTF-8" if name == "utf-8" else name
        fault = f"byte {error.start} is not {shown}{because}"
        if page:
            return data.decode(name, "replace"), fault
        raise Refused(f"{fault}; save the article as UTF-8") from None
    except (LookupError, UnicodeError):
        raise Refused(f'"{name}", which {why}, is not an encoding of text; save the article as UTF-8') from None
