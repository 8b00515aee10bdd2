"""The values of the YAML files: ids, lines, dates, addresses; and ``Placed``, the base of every record."""

import re
import unicodedata
from collections.abc import Mapping
from datetime import date
from typing import Annotated, Any, ClassVar, TypeVar

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, WithJsonSchema
from pydantic_core import PydanticCustomError

from synoptic.base.problems import PLACE, Place

BLOCK_QUOTE = "block-quote"  # the kind of a paragraph that is set off as somebody's words
UNKNOWN = "unknown"
LANGUAGE = "[a-z]{2,3}(-[A-Za-z0-9]{2,8})*"
#: Names of devices, which Windows takes no file for, whatever its suffix.
DEVICES = {"con", "prn", "aux", "nul", *(f"{device}{n}" for device in ("com", "lpt") for n in range(10))}
RESERVED = {"index", "404", *DEVICES}  # the first two are pages of their own
#: A day, such as 2031-03-12.
DAY = r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$"
LONGEST_ID = 64  # characters
_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_SPACES = re.compile(r"[ \t\r\n]+")
_PARAGRAPHS = re.compile(r"([1-9][0-9]{0,6})(?:-([1-9][0-9]{0,6}))?")
_EDTF = re.compile(r"([0-9]{4}|X{4})(?:-([0-9]{2}))?(?:-([0-9]{2}))?[?~%]?")


def id_fault(value: str) -> str:
    """Why ``value`` cannot be an id; "" if it can."""
    if not _ID.fullmatch(value):
        return "must be small letters a-z, digits and single hyphens"
    if len(value) > LONGEST_ID:
        return f"has {len(value)} characters; {LONGEST_ID} are allowed"
    return "is a reserved name" if value in RESERVED else ""


def _reference(value: str) -> str:
    for part in value.split("/", 1):
        _id(part)
    return value


def _id(value: str) -> str:
    if fault := id_fault(value):
        raise PydanticCustomError("id", "{text}", {"text": f'the id "{value}" {fault}'})
    return value


def fold_spaces(value: str) -> str:
    """A text on one line, without spaces around it; no-break spaces inside it stay."""
    return _SPACES.sub(" ", value).strip()


def _line(value: str) -> str:
    line = fold_spaces(value)
    if not line[:1].isalnum() and all(unicodedata.category(c)[0] in "CZ" for c in line):  # nothing visible
        raise PydanticCustomError("string_too_short", "empty")
    return line


def _edtf(value: str) -> str:
    """A date in the part of EDTF (ISO 8601-2) level 1 that articles need: a day, month or year, perhaps uncertain or
    with an unstated year (XXXX); an interval, perhaps open (..) at one end; or ``unknown``.

    By hand, since the library edtf also accepts what pages and schema do not know (seasons, sets, negative years).
    """
    if value == UNKNOWN:
        return value
    for part in value.split("/", 1):
        if part == ".." and value != "..":
            continue
        match = _EDTF.fullmatch(part)
        try:
            date(*(int((p or "1").replace("XXXX", "2000")) for p in match.groups())) if match else date(0, 1, 1)
        except ValueError:
            text = f'"{value}" is not a date: write 2031, 2031-05, 2031-05-17, an interval a/b, or unknown'
            raise PydanticCustomError("date", "{text}", {"text": text}) from None
    return value


def is_url(value: str) -> bool:
    """Whether ``value`` is a web address that a page may link: http or https, a host name, RFC 3986's characters."""
    host = r"[a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63})*\.[a-z][a-z0-9-]{1,62}(?::\d{1,5})?"
    pattern = rf"https?://{host}(?:[/?#](?:%[0-9a-f]{{2}}|[!#$&-;=?-\[\]_a-z~])*)?"
    return len(value) <= 2000 and re.fullmatch(pattern, value, re.IGNORECASE | re.ASCII) is not None


def _language(value: str) -> str:
    if not re.fullmatch("[a-z]{2,3}", value):
        text = f'"{value}" is not the code of a language: write two or three small letters, as fr'
        raise PydanticCustomError("language", "{text}", {"text": text})
    return value


def _paragraphs(value: str) -> str:
    match = _PARAGRAPHS.fullmatch(value)
    if match is None:
        text = f'"{value}" is neither the number of a paragraph nor a range: write 4, or 7-9'
    elif match[2] and int(match[1]) >= int(match[2]):
        text = f'"{value}" is not a range: its second number must be larger than its first'
    else:
        return value
    raise PydanticCustomError("paragraphs", "{text}", {"text": text})


def _url(value: str) -> str:
    if not is_url(value):
        text = f'"{value}" is not a web address: it needs http or https and a host name; percent-encode the rest'
        raise PydanticCustomError("url", "{text}", {"text": text})
    return value


def _without_place(value: Any) -> Any:
    return {k: v for k, v in value.items() if k != PLACE} if isinstance(value, dict) else value


def _without_empty(value: Any) -> Any:
    if value is None:  # every paragraph has a statement, and nothing is left of what `ingest` wrote
        return {}
    return {k: v for k, v in value.items() if v is not None} if isinstance(value, dict) else value


def word(words: str) -> Any:
    """The field holds a word of the vocabulary's list ``words``; a rule checks it, not the type."""
    return Field(json_schema_extra={"vocabulary": words})


# JSON Schema cannot be derived from a validator, so each value has its schema here.
_ID_SCHEMA = {"type": "string", "pattern": f"^{_ID.pattern}$", "maxLength": LONGEST_ID}
_DAY = "([0-9]{4}|X{4})(-[0-9]{2}){0,2}[?~%]?"
#: A date in EDTF, as far as a pattern can tell.
DAY_PATTERN = rf"^(unknown|{_DAY}|({_DAY}|\.\.)/({_DAY}|\.\.))$"
_EDTF_SCHEMA = {"type": "string", "pattern": DAY_PATTERN}
_URL_SCHEMA = {"type": "string", "pattern": "^[Hh][Tt][Tt][Pp][Ss]?://[!-~]+$", "maxLength": 2000}

Id = Annotated[str, AfterValidator(_id), WithJsonSchema(_ID_SCHEMA)]
_REFERENCE_SCHEMA = {"type": "string", "pattern": f"^{_ID.pattern}(/{_ID.pattern})?$", "maxLength": 129}
Reference = Annotated[str, AfterValidator(_reference), WithJsonSchema(_REFERENCE_SCHEMA)]
Line = Annotated[str, Field(min_length=1, max_length=2000), AfterValidator(_line)]
Edtf = Annotated[str, AfterValidator(_edtf), WithJsonSchema(_EDTF_SCHEMA)]
Url = Annotated[str, Field(max_length=2000), AfterValidator(_url), WithJsonSchema(_URL_SCHEMA)]
Count = Annotated[int, Field(ge=1, le=2_000_000)]
Language = Annotated[str, AfterValidator(_language), WithJsonSchema({"type": "string", "pattern": "^[a-z]{2,3}$"})]
Span = tuple[Count, Count]
Sha = Annotated[str, Field(pattern="^[0-9a-f]{64}$")]
T = TypeVar("T")
K = TypeVar("K")
Several = tuple[T, ...]
Keyed = Annotated[dict[K, T], BeforeValidator(_without_place)]
_PARAGRAPHS_SCHEMA = {"type": "string", "pattern": f"^{_PARAGRAPHS.pattern}$"}
#: The number of a paragraph or a range, as 4 or 7-9.
Paragraphs = Annotated[str, AfterValidator(_paragraphs), WithJsonSchema(_PARAGRAPHS_SCHEMA)]
_OUTLINE_SCHEMA = {
    "type": ["object", "null"],
    "propertyNames": {"pattern": f"^{_PARAGRAPHS.pattern}$"},
    "additionalProperties": {"type": ["string", "null"], "maxLength": 2000},
}
#: Texts by the number of a paragraph or a range, as 4 or 7-9; the empty ones, which are still to write, are left out.
Outline = Annotated[
    Keyed[Paragraphs, Line],
    BeforeValidator(_without_empty),
    WithJsonSchema(_OUTLINE_SCHEMA),
]


class Placed(BaseModel):
    """An object of the YAML files; ``place`` is its file, line and column."""

    CLOSED: ClassVar[Mapping[str, str]] = {}
    """Keys that a file may not have although the program has something of that name, each with the reason."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True, defer_build=True)
    place: Place = Field(default=Place(""), alias=PLACE, exclude=True, repr=False)
