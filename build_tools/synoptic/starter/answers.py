"""What somebody is asked who starts a site, and which answers can be used."""

import re
from dataclasses import dataclass, fields

from synoptic.base.problems import Refused, suggest_nearest
from synoptic.load.catalogue import list_languages
from synoptic.model.licence import LICENCES, USUAL, Licence
from synoptic.model.values import LANGUAGE, is_url

LONGEST_NAME = 80  # characters; a phone's header holds fewer
_LANGUAGE = re.compile(LANGUAGE)
_MAIL = re.compile(r"mailto:[\w.+-]+@[a-z0-9-]+(\.[a-z0-9-]+)+", re.IGNORECASE | re.ASCII)
_GITHUB = re.compile(r"https://github\.com/([\w.-]+)/([\w.-]+?)(?:\.git)?/?", re.ASCII)


@dataclass(frozen=True)
class Answers:
    """The answers, each "" if it was left open. Raises Refused for one that cannot be used."""

    name: str
    url: str = ""
    repo: str = ""
    report: str = ""
    language: str = "en"
    licence: str = USUAL.id

    def __post_init__(self) -> None:
        for field in fields(self):
            object.__setattr__(self, field.name, CLEAN[field.name](getattr(self, field.name)))

    @property
    def terms(self) -> Licence:
        """The licence of the site's own words."""
        return LICENCES[self.licence]

    @property
    def github(self) -> str:
        """OWNER/NAME of a repository on GitHub, else ""."""
        parts = _GITHUB.fullmatch(self.repo)
        return f"{parts[1]}/{parts[2]}" if parts else ""


def clean_name(value: str) -> str:
    """A site's name. The theme prints it as it is, so it may hold no tag."""
    if not value or len(value) > LONGEST_NAME:
        raise Refused(f"a name needs 1 to {LONGEST_NAME} characters; this one has {len(value)}")
    if "<" in value or ">" in value:
        raise Refused(f'the name "{value}" has < or > in it; pages would take that for a tag: leave it out')
    return value


def clean_url(value: str) -> str:
    """The address of the site, with a slash at its end."""
    return f"{_require_url(value).rstrip('/')}/" if value else ""


def clean_repo(value: str) -> str:
    """The address of the repository, without a slash at its end."""
    return _require_url(value).rstrip("/") if value else ""


def clean_report(value: str) -> str:
    """Where readers report a mistake: a web address, or ``mailto:`` and an address of mail."""
    if value.lower().startswith("mailto:"):
        if not _MAIL.fullmatch(value):
            raise Refused(f'"{value}" is not an address of mail: write mailto:corrections@example.org')
        return value
    return _require_url(value) if value else ""


def clean_language(value: str) -> str:
    """A language that has a catalogue, or a region's form of one, such as ``fr-CA``."""
    known = list_languages()
    if value.partition("-")[0] not in known or not _LANGUAGE.fullmatch(value):
        raise Refused(
            f'"{value}" is not the code of a language that pages can speak (docs/contribute/own-site.md says how to '
            f"add one): {suggest_nearest(value, known)}"
        )
    return value


def clean_licence(value: str) -> str:
    """The id of a licence for the site's own words, in any case of letters."""
    known = {name.casefold(): name for name in LICENCES}
    if value.casefold() not in known:
        tip = suggest_nearest(value, LICENCES)
        raise Refused(f'"{value}" is not a licence that the program knows: {tip}')
    return known[value.casefold()]


def _require_url(value: str) -> str:
    if not is_url(value):
        raise Refused(f'"{value}" is not a web address: it needs https:// and a host name; percent-encode the rest')
    return value


#: How each answer is made ready for use.
CLEAN = {
    "name": clean_name, "url": clean_url, "repo": clean_repo, "report": clean_report, "language": clean_language,
    "licence": clean_licence,
}  # fmt: skip
