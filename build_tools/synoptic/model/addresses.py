"""Addresses of the world outside: who a speaker is elsewhere, and the day of a saved copy."""

import re
from datetime import date
from typing import Annotated
from urllib.parse import urlsplit

from pydantic import AfterValidator, Field, WithJsonSchema
from pydantic_core import PydanticCustomError

from synoptic.model.values import DAY, is_url

#: Registers of identities: the form of an address in each, and one that is right.
_REGISTERS = {
    "wikidata.org": (r"/(?:wiki|entity)/Q[1-9]\d*", "https://www.wikidata.org/wiki/Q42"),
    "orcid.org": (r"/(?:\d{4}-){3}\d{3}[\dX]", "https://orcid.org/0000-0002-1825-0097"),
    "isni.org": (r"/(?:isni/)?\d{15}[\dX]", "https://isni.org/isni/0000000121032683"),
    "viaf.org": (r"/(?:[a-z]{2}/)?viaf/[1-9]\d*/?", "https://viaf.org/viaf/113230702"),
}
#: Those whose last digit is a sum of the others.
_SUMMED = ("orcid.org", "isni.org")
#: A moment in the address of a saved copy, as web archives write it: 20310517101112, or 2031.05.17-101112.
_STAMP = re.compile(r"/(\d{4})\.?(\d\d)\.?(\d\d)(-?\d{6})?(?:[a-z]{2}_)?/(?=[^/])", re.ASCII)


def _identity(value: str) -> str:
    host = (urlsplit(value).hostname or "").removeprefix("www.") if is_url(value) else ""
    form, right = _REGISTERS.get(host, ("", ""))
    if not value.startswith("https://") or not host:
        text, tip = f'"{value}" is not an https address', "write the whole address, such as https://orcid.org/..."
    elif form and not re.fullmatch(rf"https://[^/]+{form}", value):
        text, tip = f'"{value}" is not the address of an entry of {host}', f"write it as in {right}"
    elif host in _SUMMED and not _is_summed(value):
        text, tip = f'"{value}" has a wrong digit: its last one does not fit the others', "copy it from the register"
    else:
        return value
    raise PydanticCustomError("address", "{text}", {"text": text, "tip": tip})


def _is_summed(value: str) -> bool:
    """Whether the last of the 16 digits of an address fits the others (ISO 7064, MOD 11-2)."""
    digits: list[str] = re.findall(r"[\dX]", urlsplit(value).path)
    total = 0
    for digit in digits[:-1]:
        total = (total + int(digit)) * 2
    return digits[-1] == "0123456789X"[(12 - total % 11) % 11]


def _day(value: str) -> str:
    try:
        if not re.fullmatch(DAY, value, re.ASCII):
            raise ValueError
        date.fromisoformat(value)
    except ValueError:
        raise PydanticCustomError("date", "{text}", {"text": f'"{value}" is not a day: write 2031-05-17'}) from None
    return value


def read_archive_day(address: str) -> str | None:
    """The day on which a web archive saved a page, as its address states it: ``2031-05-17`` for one that begins with
    ``https://web.archive.org/web/20310517101112/``. None if it states none, "" if that day does not exist."""
    parts = urlsplit(address)
    stamp = _STAMP.search(parts.path)
    if stamp is None or not (stamp[4] or parts.hostname == "web.archive.org"):
        return None
    try:
        return date(*map(int, stamp.groups()[:3])).isoformat()
    except ValueError:
        return ""


_IDENTITY_SCHEMA = {"type": "string", "pattern": "^https://[!-~]+$", "maxLength": 2000}
#: The address of a page that says who somebody is.
Identity = Annotated[str, Field(max_length=2000), AfterValidator(_identity), WithJsonSchema(_IDENTITY_SCHEMA)]
#: A day, such as 2031-05-17.
Day = Annotated[str, AfterValidator(_day), WithJsonSchema({"type": "string", "pattern": DAY})]
