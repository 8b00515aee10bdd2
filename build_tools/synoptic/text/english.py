"""English for pages and messages: dates, numbers, plurals and lists in words."""

import functools
from collections.abc import Sequence

MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
#: English names of languages; others are shown by their tag.
LANGUAGES = {
    "ar": "Arabic", "de": "German", "en": "English", "es": "Spanish", "fr": "French", "it": "Italian", "ja": "Japanese",
    "ko": "Korean", "nl": "Dutch", "pl": "Polish", "pt": "Portuguese", "ru": "Russian", "uk": "Ukrainian",
    "zh": "Chinese",
}  # fmt: skip


@functools.lru_cache(maxsize=4096)
def format_date(edtf: str) -> str:
    """``2031-03-12`` as ``12 March 2031``; intervals, uncertain dates and unstated years in words (EDTF level 1)."""
    if "/" in edtf:
        start, end = edtf.split("/", 1)
        closed = f"{format_date(start)} to {format_date(end)}"
        return f"up to {format_date(end)}" if start == ".." else f"from {format_date(start)}" if end == ".." else closed
    if edtf[-1:] in ("?", "~", "%"):
        return f"{'about' if edtf[-1] == '~' else 'perhaps'} {format_date(edtf[:-1])}"
    parts = edtf.split("-")
    year = "year not stated" if parts[0] == "XXXX" else parts[0]
    if len(parts) < 2 or not all(p.isdigit() for p in parts[1:]) or not (parts[0].isdigit() or parts[0] == "XXXX"):
        return edtf
    month = MONTHS[int(parts[1]) - 1]
    return ("%s %s" if parts[0] != "XXXX" else "%s, %s") % (" ".join([*(str(int(p)) for p in parts[2:]), month]), year)


def join_words(items: Sequence[str], word: str = "and") -> str:
    """``a, b and c``; the empty string if there are no items."""
    return f" {word} ".join(filter(None, [", ".join(items[:-1]), items[-1]])) if items else ""


def plural(n: int, noun: str) -> str:
    """``1 claim``, ``2 claims``."""
    return f"{n} {noun}{'' if n == 1 else 's'}"


def spell_number(n: int) -> str:
    """``three`` for 3; digits beyond twelve."""
    return NUMBERS[n] if 0 < n < len(NUMBERS) else str(n)


def format_percent(part: int, whole: int) -> str:
    """``12.5%`` for 1 of 8."""
    return f"{100 * part / whole:.1f}%" if whole else "0%"


def remove_brackets(sentence: str) -> str:
    """A sentence of a bottom line without the brackets around its phrases."""
    return sentence.replace("[", "").replace("]", "")
