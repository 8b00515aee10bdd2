"""The language that pages speak to their readers: words from its catalogue; dates, numbers and lists by CLDR.

The words are in the source, in English: ``gettext("Copy link")``. ``speaking`` chooses another language for all that is
rendered inside it. Messages for contributors are always English, and use ``english.py``.
"""

import functools
import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import date
from gettext import NullTranslations
from typing import Any, Literal, ParamSpec, TypeVar

from synoptic.text import english
from synoptic.text.spoken import Spoken, like, weave

P = ParamSpec("P")
T = TypeVar("T")
#: Languages written from right to left.
RIGHT_TO_LEFT = ("ar", "fa", "he", "ur")


@dataclass(frozen=True)
class Language:
    """A language, by its tag (``fr``, ``pt-BR``), and its catalogue; English needs none."""

    tag: str = "en"
    catalogue: NullTranslations = field(default_factory=NullTranslations, compare=False)

    @property
    def direction(self) -> str:
        """``rtl`` or ``ltr``."""
        return "rtl" if self.tag.partition("-")[0] in RIGHT_TO_LEFT else "ltr"


ENGLISH = Language()
_active: ContextVar[Language] = ContextVar("language", default=ENGLISH)


def current() -> Language:
    """The language that is spoken now."""
    return _active.get()


@contextmanager
def speaking(language: Language) -> Iterator[None]:
    """Speak a language until the end of the block."""
    token = _active.set(language)
    try:
        yield
    finally:
        _active.reset(token)


def cached(maxsize: int) -> Callable[[Callable[P, T]], Callable[P, T]]:
    """``functools.lru_cache`` for what is said in words: each language has a cache of its own."""

    def decorate(function: Callable[P, T]) -> Callable[P, T]:
        caches: dict[str, Callable[..., Any]] = {}

        @functools.wraps(function)
        def get(*args: P.args, **kwargs: P.kwargs) -> T:
            tag = _active.get().tag
            if tag not in caches:
                caches[tag] = functools.lru_cache(maxsize=maxsize)(function)
            result: T = caches[tag](*args, **kwargs)
            return result

        return get

    return decorate


def gettext(message: str, /, **values: object) -> str:
    """A message in the current language, with values for its placeholders: ``gettext("Part %(number)s", number=2)``."""
    language = _active.get()
    said = message if language is ENGLISH else language.catalogue.gettext(message)
    return _fill(said, values) if values else said


def gettext_noop(message: str, /) -> str:
    """The message itself: marks a constant, which ``gettext`` translates where it is shown."""
    return message


def ngettext_noop(one: str, many: str, /) -> tuple[str, str]:
    """The two forms themselves: marks constants, which ``ngettext`` translates where they are shown."""
    return one, many


def pgettext(context: str, message: str, /, **values: object) -> str:
    """Like ``gettext``, for a word that is ambiguous in English; ``context`` says what is meant (``verb``)."""
    said = _active.get().catalogue.pgettext(context, message)
    return _fill(said, values) if values else said


def ngettext(one: str, many: str, number: int, /, **values: object) -> str:
    """A message that depends on a number: ``ngettext("%(num)s claim", "%(num)s claims", 3)``."""
    language = _active.get()
    if language is ENGLISH:  # the language of most sites takes the short way
        return _fill(one if number == 1 else many, {"num": number, **values})
    return _fill(language.catalogue.ngettext(one, many, number), {"num": format_number(number), **values})


#: Begin and end what is read in the direction of its own letters, whatever stands around it (FSI and PDI of Unicode).
ISOLATE, END_ISOLATE = "\u2068", "\u2069"
_ISOLATED = re.compile(f"{ISOLATE}.*?{END_ISOLATE}")


def isolate(value: object) -> object:
    """A value for a sentence. In a language that is written from right to left, a text with letters of the other
    direction stands apart, so that neither the signs beside it nor its own move to the wrong side; unless all of these
    do so already."""
    if _active.get().direction == "ltr":
        return value
    if not any(unicodedata.bidirectional(sign) == "L" for sign in _ISOLATED.sub("", str(value))):
        return value
    isolated = f"{ISOLATE}{value}{END_ISOLATE}"
    if type(value) is Spoken:  # the element that names a language isolates its words
        return Spoken(isolated, value.parts if value.tag else ((ISOLATE, ""), *value.parts, (END_ISOLATE, "")))
    return isolated


def _fill(message: str, values: dict[str, object]) -> str:
    """A message with its values."""
    if _active.get().direction == "rtl":
        values = {name: isolate(value) for name, value in values.items()}
    for value in values.values():
        if type(value) is Spoken:
            break
    else:  # as nearly always
        return message % values
    return weave(lambda some: message % dict(zip(values, some, strict=True)), [*values.values()])


@cached(maxsize=4096)
def format_date(edtf: str) -> str:
    """``2031-03-12`` as ``12 March 2031``; intervals, uncertain dates and unstated years in words (EDTF level 1)."""
    if _locale() == "en":
        return english.format_date(edtf)
    if "/" in edtf:
        start, end = edtf.split("/", 1)
        if start == "..":
            return gettext("up to %(date)s", date=format_date(end))
        if end == "..":
            return gettext("from %(date)s", date=format_date(start))
        return gettext("%(start)s to %(end)s", start=format_date(start), end=format_date(end))
    if edtf[-1:] == "~":
        return gettext("about %(date)s", date=format_date(edtf[:-1]))
    if edtf[-1:] in ("?", "%"):
        return gettext("perhaps %(date)s", date=format_date(edtf[:-1]))
    return _format_day(edtf)


def _format_day(edtf: str) -> str:
    """A year, a month or a day, of a year that may be unknown (``XXXX-03``)."""
    from babel.dates import format_date as format_pattern
    from babel.dates import get_month_names

    found = re.fullmatch(r"(\d{4}|XXXX)(?:-(\d\d)(?:-(\d\d))?)?", edtf)
    if not found or not found[2]:
        return gettext("year not stated") if edtf == "XXXX" else edtf
    unknown = found[1] == "XXXX"
    try:
        day = date(2000 if unknown else int(found[1]), int(found[2]), int(found[3] or 1))
    except ValueError:
        return edtf
    if unknown:
        month = get_month_names("wide", "stand-alone", _locale())[day.month]
        return gettext("%(date)s, year not stated", date=_fit(day, "MMMMd", "MMMd") if found[3] else month)
    return _number_first(format_pattern(day, "long", _locale())) if found[3] else _fit(day, "yMMMM", "yMMM")


def shorten_day(day: date) -> str:
    """``3 Jun``: a day for the scale of a picture."""
    if _locale() == "en":
        return f"{day.day} {english.MONTHS[day.month - 1][:3]}"
    return _fit(day, "MMMd")


def shorten_month(year: int, month: int) -> str:
    """``Jun 2031``: a month for the scale of a picture, which may reach beyond the calendar."""
    if _locale() == "en" or not date.min.year <= year <= date.max.year:
        return f"{english.MONTHS[month - 1][:3]} {year}" if _locale() == "en" else str(year)
    return _fit(date(year, month, 1), "yMMM")


def _fit(day: date, *skeletons: str) -> str:
    """A date in the first of CLDR's patterns that the language has."""
    from babel import Locale
    from babel.dates import format_skeleton

    known = Locale.parse(_locale()).datetime_skeletons
    return _number_first(format_skeleton(next(one for one in skeletons if one in known), day, locale=_locale()))


def _number_first(day: str) -> str:
    """French writes the first day of a month as ``1er``, which CLDR does not say."""
    return re.sub(r"^1 ", "1er ", day) if _locale().startswith("fr") else day


def join_words(items: Sequence[str], *, style: str = "and") -> str:
    """``a, b and c``; with the style ``or`` ``a, b or c``, with ``nor`` ``a, b nor c``; "" if there are no items."""
    if _locale() == "en":
        return weave(lambda some: english.join_words(some, style), items)
    from babel.lists import format_list

    kind: Literal["standard", "or"] = "standard" if style == "and" else "or"
    locale = _locale()
    return weave(lambda some: format_list(some, style=kind, locale=locale), [isolate(item) for item in items])


#: Signs between words, with the spaces that go with them.
_SIGNS = (
    # For translators: between the items of a list
    gettext_noop(", "),
    # For translators: between a name and what it is the name of
    gettext_noop(": "),
    # For translators: between two remarks, which may have commas
    gettext_noop("; "),
)


def punctuate(mark: str) -> str:
    """``, ``, ``: ``, ``:``, ``; ``, ``“`` or ``”`` as the language writes it, with its spaces."""
    if mark in ("“", "”"):
        # For translators: words in quotation marks
        opening, closing = gettext("“%(words)s”").split("%(words)s")
        return opening if mark == "“" else closing
    return gettext(mark) if mark in _SIGNS else gettext(f"{mark} ").rstrip(" ")


def join_list(items: Iterable[str]) -> str:
    """``a, b, c``: a list without a word before its last item."""
    return weave(punctuate(", ").join, [isolate(item) for item in items])


def join_remarks(items: Iterable[str]) -> str:
    """``a; b``: remarks of several words each."""
    return weave(punctuate("; ").join, [isolate(item) for item in items])


def join_sentences(items: Iterable[str]) -> str:
    """``A b. C d.``: whole sentences, one after the other."""
    return weave(" ".join, list(items))


def name_value(name: str, value: str) -> str:
    """``name: value``."""
    return weave(punctuate(": ").join, [isolate(name), isolate(value)])


def enquote(words: str) -> str:
    """Words in quotation marks."""
    return weave("".join, [punctuate("“"), isolate(words), punctuate("”")])


def add_remark(text: str, remark: str) -> str:
    """``text (remark)``."""
    return gettext("%(name)s (%(remarks)s)", name=text, remarks=remark)


def lower_start(text: str) -> str:
    """``shared`` for ``Shared``, to stand inside a sentence; German, whose nouns have capitals, keeps them."""
    return text if _locale().startswith("de") else like(text, text[:1].lower() + text[1:])


def format_number(number: int | float) -> str:
    """A number with the separators of the language; English pages print whole numbers without any."""
    if _locale() == "en":
        return str(number)
    from babel.numbers import format_decimal

    return format_decimal(number, locale=_locale())


def format_decimals(number: float, digits: int) -> str:
    """``1,250.5``: a number with so many decimal places."""
    if _locale() == "en":
        return f"{number:,.{digits}f}"
    from babel.numbers import format_decimal

    return format_decimal(number, f"#,##0.{'0' * digits}" if digits else "#,##0", locale=_locale())


def format_percent(part: int, whole: int) -> str:
    """``12.5%`` for 1 of 8."""
    if _locale() == "en":
        return english.format_percent(part, whole)
    return _format_ratio(part / whole, ".0") if whole else _format_ratio(0)


def format_whole_percent(share: int) -> str:
    """``8%`` for 8."""
    if _locale() == "en":
        return f"{share}%"
    return _format_ratio(share / 100)


def _format_ratio(ratio: float, decimals: str = "") -> str:
    """``12,5 %``: with the sign, and the space before it, where the language has them."""
    from babel import Locale
    from babel.numbers import format_percent as format_with

    pattern = Locale.parse(_locale()).percent_formats[None].pattern.replace("##0", f"##0{decimals}")
    return format_with(ratio, pattern, locale=_locale())


def spell_number(number: int) -> str:
    """``three`` for 3; digits beyond twelve, and in languages where the word depends on what is counted."""
    return english.spell_number(number) if _locale() == "en" else format_number(number)


def name_language(tag: str) -> str:
    """A language in words: ``French`` for ``fr``, ``Canadian French`` for ``fr-CA`` where CLDR names it."""
    base = tag.partition("-")[0]
    if _locale() == "en":
        return english.LANGUAGES.get(base, tag)
    from babel import Locale

    return str(Locale.parse(_locale()).languages.get(base, tag))


def _locale() -> str:
    """The name that Babel has for the current language."""
    return _active.get().tag.replace("-", "_")
