"""The texts before and after a change, which the history keeps as files have them, in the words of a page. Pure."""

import re
from collections.abc import Callable

from synoptic.model.change import Change
from synoptic.model.values import UNKNOWN
from synoptic.model.vocabulary import Vocabulary
from synoptic.pages.summaries import LOCK_WORDS
from synoptic.text.language import (
    add_remark,
    format_date,
    gettext,
    join_remarks,
    lower_start,
    name_language,
    name_value,
    pgettext,
)
from synoptic.text.retell import retell_parts

#: A kind of change, or one with the field of which it tells.
Key = str | tuple[str, str]
#: Kinds of change whose texts are ids of a list of the vocabulary, and fields of changes that name their field.
_LISTS: dict[Key, str] = {
    "briefing-status": "statuses",
    "claim-kind": "kinds",
    "statement-stance": "stances",
    "silence-changed": "silences",
    "verdict-changed": "verdicts",
    ("source-changed", "genre"): "genres",
    ("source-changed", "rights"): "rights",
    ("source-changed", "text"): "copies",
    ("speaker-changed", "kind"): "speaker_kinds",
    ("statement-changed", "mode"): "modes",
}
_LANGUAGES: frozenset[Key] = frozenset({"briefing-language", ("source-changed", "lang")})
_YES_OR_NO: frozenset[Key] = frozenset({("statement-changed", "cut"), ("statement-changed", "lead")})
_DATES: frozenset[Key] = frozenset(
    {("source-changed", "published"), ("figure-changed", "as of"), ("event-changed", "when")}
)
#: Kinds whose texts are the fields of an object; the last of them may be a date.
_ENDING_WITH_A_DATE: frozenset[Key] = frozenset({"event-added", "event-removed", "figure-added", "figure-removed"})
_DATE = re.compile(r"[\dX]{4}(?:-\d\d){1,2}[?~%]?(?:/[\d.-]+)?|\.\./[\d-]+")
#: Kinds whose texts begin with an id or with the name of a rule, which readers do not know.
_AFTER_AN_ID: frozenset[Key] = frozenset({"statement-moved", "bottom-line-allow", ("statement-changed", "allow")})
_ID_BEFORE = re.compile(r"(^|; )[a-z0-9-]+: ")
#: Fields in words, of those that an object came or went with: a reader of changes needs no others, nor their names.
_IN_WORDS = frozenset(
    "about also author country interest note of outlet question role terms title translation via why words".split()
)
_FIELDS = re.compile(r"(?:^| · )([a-z]+(?: [a-z]+)*): ")
_SEE = re.compile(r" See [a-z0-9-]+\.$")  # the id that a reason ends with
_MODE = re.compile(r"(.*) \(([a-z]+)\)")
_NO_CONFLICT = " (no real contradiction)"


def read_value(vocabulary: Vocabulary, change: Change, text: str) -> str:
    """A text before or after a change, in the current language: words for ids of the vocabulary, dates and languages
    in full; what a contributor typed stays. ``vocabulary`` is that of today, in the same language."""
    keys = (change.kind, (change.kind, dict(change.values).get("field", "")))
    if name := next((_LISTS[key] for key in keys if key in _LISTS), ""):
        return _name(vocabulary, name, text)
    for fitting, read in _READERS:
        if any(key in fitting for key in keys):
            return read(text)
    if change.subject == "lock":
        return retell_parts(text, LOCK_WORDS)
    if change.kind == "terms-changed":
        return join_remarks(_read_term(vocabulary, term) for term in text.split("; "))
    if change.kind == "relation-changed":
        return _read_relation(text)
    if change.kind in ("vocabulary-added", "vocabulary-label", "vocabulary-removed"):
        return pgettext(dict(change.values).get("list", "").replace(" ", "_"), text) if text else text
    if keys[1] == ("source-changed", "kinds of paragraph"):
        pairs = (part.partition(": ") for part in text.split("; "))
        return join_remarks(name_value(number, _name(vocabulary, "blocks", kind)) for number, _, kind in pairs)
    if change.kind.startswith("source-") and text == UNKNOWN:
        return gettext("not stated")
    return _SEE.sub("", text)


def _name(vocabulary: Vocabulary, name: str, word: str) -> str:
    """The label of a word of a list; the word itself if it is no longer in the list."""
    term = vocabulary.terms(name).get(word)
    return lower_start(term.label) if term else word


def _read_date(text: str) -> str:
    return gettext("no date stated") if text == UNKNOWN else format_date(text) if _DATE.fullmatch(text) else text


def _read_last_date(text: str) -> str:
    *fields, last = text.split(" · ")
    return " · ".join((*fields, _read_date(last)))


def _read_term(vocabulary: Vocabulary, term: str) -> str:
    found = _MODE.fullmatch(term)
    known = found and vocabulary.terms("term_modes").get(found[2])
    return add_remark(found[1], known.label) if found and known else term


def _read_relation(text: str) -> str:
    """A label of a relation, as the history keeps it: in English."""
    label = pgettext("relations", text.removesuffix(_NO_CONFLICT))
    return f"{label} {gettext('(they differ only in scope or time)')}" if text.endswith(_NO_CONFLICT) else label


def _read_rest(text: str) -> str:
    """``note: Two sums. · cut: yes`` as ``Two sums.``."""
    _, *found = _FIELDS.split(text)
    return " · ".join(value for name, value in zip(found[::2], found[1::2], strict=True) if name in _IN_WORDS)


_READERS: tuple[tuple[frozenset[Key], Callable[[str], str]], ...] = (
    (_LANGUAGES, name_language),
    (_YES_OR_NO, lambda text: pgettext("answer", "yes") if text == "yes" else pgettext("answer", "no")),
    (_DATES, _read_date),
    (_ENDING_WITH_A_DATE, _read_last_date),
    (_AFTER_AN_ID, lambda text: _ID_BEFORE.sub(r"\1", text)),
    (frozenset({"rest-added", "rest-removed"}), _read_rest),
)
