"""What a briefing begins with, from the page: a new briefing, and articles that somebody pastes or chooses."""

import base64
import binascii
import re
from pathlib import Path
from typing import Any

from synoptic.authoring.ingest import PASTED, Wish, add_source
from synoptic.authoring.start import start_briefing
from synoptic.base.problems import Refused
from synoptic.model.values import LANGUAGE
from synoptic.suggest.statements import make_id
from synoptic.workbench.fields import Declined, Fields
from synoptic.workbench.session import State, Workbench

LARGEST_ARTICLE = 12_000_000  # bytes of a request; a file takes a third more in it
#: What the command calls its options, as the page's form calls them.
_OPTIONS = {
    "with --lang, such as --lang en": "in the form, such as en", "use --lang": "give it in the form",
    "add --partial": "tick that it is only a part", "with --id": "as its short name",
}  # fmt: skip
_NAME = re.compile(r"[^\x00-\x1f/\\]{1,200}")


def begin_briefing(bench: Workbench, value: Any) -> State:
    """Start a draft; its name, which is made of the title unless one is given."""
    fields = Fields(value)
    fields.only("title", "slug")
    title = fields.text("title", required=True)
    slug = fields.text("slug") or make_id(title)[:64].strip("-")
    if not slug:
        raise Declined(422, "give a short name in letters a-z, too: it stands in the address")
    start_briefing(bench.root, slug, title)
    return {"slug": slug}


def add_article(bench: Workbench, slug: str, value: Any) -> State:
    """Add an article as ``ingest`` does, from a pasted ``text`` or from a file's ``name`` and ``data`` (Base64); its
    id, what is to be known of it, and the state. It is on disk at once, its text where Git ignores it."""
    fields = Fields(value)
    fields.only("text", "name", "data", "id", "lang", "partial", "wrapped")
    path, data = _read_data(fields)
    if (lang := fields.text("lang")) and not re.fullmatch(LANGUAGE, lang):
        raise Declined(422, f'"{lang}" is not a language tag, such as en or fr-CA')
    wish = Wish(fields.text("id"), lang, fields.raw("wrapped") is True, partial=fields.raw("partial") is True)
    briefing = bench.look(slug).briefing
    with bench.journal_file(slug).lock():
        try:
            made = add_source(bench.root, briefing, path, wish, data)
        except Refused as fault:
            raise Declined(422, _say_in_page(str(fault))) from None
    return {"id": made.id, "notes": [*made.article.notes], "state": bench.state(slug)}


def _say_in_page(message: str) -> str:
    """The refusal of the command, in the words of the page."""
    line = message.removeprefix(f"{PASTED}: ").partition(" (or install")[0]
    for option, words in _OPTIONS.items():
        line = line.replace(option, words)
    return line


def _read_data(fields: Fields) -> tuple[Path, bytes]:
    """The name of a file and its bytes. Raises Declined if they are none."""
    if "text" in fields:
        text = fields.raw("text")
        if not isinstance(text, str) or not text.strip():
            raise Declined(422, "there is no text")
        try:
            return PASTED, text.encode()
        except UnicodeEncodeError:
            raise Declined(400, "the text has half a character in it (a lone surrogate)") from None
    name, data = fields.raw("name"), fields.raw("data")
    if not isinstance(name, str) or not _NAME.fullmatch(name) or not isinstance(data, str):
        raise Declined(400, 'give a "text", or the "name" of a file and its "data"')
    try:
        return Path(name), base64.b64decode(data, validate=True)
    except (binascii.Error, ValueError):
        raise Declined(400, '"data" is not Base64') from None
