"""Characters that no page may show: control and invisible ones, direction overrides, stacked marks."""

import re
import unicodedata

_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
_BIDI = re.compile(r"[\u202a-\u202e\u2066-\u206f]")
# the flags of England, Scotland and Wales are spelt in tag characters; nothing else may be
FLAG = "\U0001f3f4\U000e0067\U000e0062(?:{})\U000e007f".format(
    "|".join("".join(chr(0xE0000 + ord(c)) for c in land) for land in ("eng", "sct", "wls"))
)
_HIDDEN = re.compile(
    FLAG + r"|([\u115f\u1160\u17b4\u17b5\u200b\u2060-\u2065\u2800\u3164\ufeff\uffa0\ufff0-\ufffb\ue000-\uf8ff"
    r"\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e00ff\U000e01f0-\U0010ffff])"
)
_VARIANT = re.compile(r"[\ufe00-\ufe0f\U000e0100-\U000e01ef]")
_JOINERS = re.compile(r"[\u00ad\u034f\u061c\u180b-\u180f\u200c-\u200f]{3,}")
_STACKED = re.compile(
    r"[\u0300-\u036f\u0483-\u0489\u0591-\u05bd\u0610-\u061a\u064b-\u065f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff"
    r"\ufe20-\ufe2f]{5,}"
)
_MARKS = re.compile(r"[^\x00-\x7f\w\s]{9,}")
HAN = "\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_HAN = re.compile(f"[{HAN}]")


#: More signs in a row than any letter has, and the character (without width) that parts a longer row of marks.
_LONG_ROW, _JOINER = 30, "\u034f"
_SIGNS_IN_ROW = re.compile(rf"[^\x00-\x7f\w\s]{{{_LONG_ROW},}}")


def normalize(text: str) -> str:
    """``text`` in NFC. Rows of combining marks that no language has are parted first, as Unicode's stream-safe format
    does (UAX 15): to sort them would take time by the square of their length."""
    return unicodedata.normalize("NFC", text if text.isascii() else _SIGNS_IN_ROW.sub(_part_marks, text))


def _part_marks(row: re.Match[str]) -> str:
    parts, marks = [], 0
    for char in row[0]:
        marks = marks + 1 if unicodedata.combining(char) else 0
        if marks > _LONG_ROW:
            parts.append(_JOINER)
            marks = 1
        parts.append(char)
    return "".join(parts)


def describe_unfit(text: str) -> str | None:
    """The first characters that are unfit for a page, as "a control character, U+0007"; None if there are none."""
    unfit = find_unfit(text)
    return f"{unfit[0]}, U+{ord(text[unfit[1]]):04X}" if unfit else None


def remove_unfit(text: str) -> str:
    """``text`` without the characters that are unfit for a page."""
    for _ in range(4):  # removing some may bring others together
        if find_unfit(text) is None:
            return text
        text = _BIDI.sub("", _CONTROL.sub("", text))
        text = _HIDDEN.sub(lambda hit: "" if hit[1] else hit[0], text)
        text = _VARIANT.sub(lambda hit: hit[0] if _varies(_before(hit), hit[0]) else "", text)
        text = _STACKED.sub(lambda hit: hit[0][:4], _JOINERS.sub("", text))
        text = _MARKS.sub(lambda hit: hit[0][:8] if any(map(unicodedata.combining, hit[0])) else hit[0], text)
    return re.sub(r"[^ -~]", "", text)


def _before(hit: re.Match[str]) -> str:
    """The character before a match."""
    return hit.string[max(hit.start() - 1, 0) : hit.start()]


def find_unfit(text: str) -> tuple[str, int, int] | None:
    """The first characters that are unfit for a page: what they are, start and end."""
    if text.isascii() and text.isprintable():
        return None
    for pattern, what in (
        (_CONTROL, "a control character"),
        (_BIDI, "a character that overrides the direction of writing"),
    ):
        if hit := pattern.search(text):
            return what, *hit.span()
    if hit := next((hit for hit in _HIDDEN.finditer(text) if hit[1]), None):
        return "an invisible or private character", *hit.span()
    if hit := next((hit for hit in _VARIANT.finditer(text) if not _varies(_before(hit), hit[0])), None):
        return "a variation selector after a character without variants", *hit.span()
    if hit := _JOINERS.search(text):
        return "three invisible characters in a row", *hit.span()
    if hit := _STACKED.search(text):
        return "more than four combining marks on one letter", *hit.span()
    for hit in _MARKS.finditer(text):
        for begin in range(hit.start(), hit.end() - 8):
            if all(unicodedata.category(c) in ("Mn", "Me") for c in text[begin : begin + 9]):
                return "more than eight marks on one letter", begin, hit.end()
    return None


def _varies(base: str, selector: str) -> bool:
    """Whether a variation selector may follow a character."""
    if selector in "\ufe0e\ufe0f":
        sign = ord(base or " ") > 0xA8 and unicodedata.category(base) in ("So", "Sm", "Sk", "Po", "Pd")
        return sign or base in tuple("#*0123456789\u2139")
    if selector > "\ufe0f":
        return _HAN.match(base) is not None
    return (
        selector < "\ufe03" and ord(base or " ") > 0x7F and unicodedata.category(base) in ("Lo", "Sm", "Po", "Ps", "Pe")
    )
