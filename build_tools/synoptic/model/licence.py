"""The licences that a site may put its own words under. They never cover quotations."""

from typing import NamedTuple


class Licence(NamedTuple):
    """A licence: its SPDX id or ``all rights reserved``, its name for readers, and its address ("": it has none)."""

    id: str
    name: str
    url: str

    @property
    def free(self) -> bool:
        """Whether it asks for nothing, not even a name."""
        return self.id.startswith("CC0")


_CC = "https://creativecommons.org"
RESERVED = Licence("all rights reserved", "all rights reserved", "")
USUAL = Licence("CC-BY-4.0", "CC BY 4.0", f"{_CC}/licenses/by/4.0/")
LICENCES = {
    licence.id: licence
    for licence in (
        USUAL,
        Licence("CC-BY-SA-4.0", "CC BY-SA 4.0", f"{_CC}/licenses/by-sa/4.0/"),
        Licence("CC-BY-NC-4.0", "CC BY-NC 4.0", f"{_CC}/licenses/by-nc/4.0/"),
        Licence("CC-BY-NC-SA-4.0", "CC BY-NC-SA 4.0", f"{_CC}/licenses/by-nc-sa/4.0/"),
        Licence("CC-BY-ND-4.0", "CC BY-ND 4.0", f"{_CC}/licenses/by-nd/4.0/"),
        Licence("CC-BY-NC-ND-4.0", "CC BY-NC-ND 4.0", f"{_CC}/licenses/by-nc-nd/4.0/"),
        Licence("CC0-1.0", "CC0 1.0", f"{_CC}/publicdomain/zero/1.0/"),
        RESERVED,
    )
}
