"""How texts are compared: folded characters, layout, and words. Published on the Method page.

Two quotations are one (have one hash) if they are equal after ``HIDDEN``, NFC and ``FOLDS``. To find a quotation in a
text, layout is set aside as well (``squeeze``). Nothing else is: case, digits, currency and punctuation count. NFKC is
not used, as it makes 106 of 10\u2076.
"""

import re
import unicodedata
from collections.abc import Sequence

from synoptic.text.language import gettext_noop
from synoptic.text.unicode import FLAG, HAN, normalize

#: What is folded: name, the characters, what each becomes (None: the plain letters and signs that it shows). White
#: space of any kind becomes one space.
FOLDS: tuple[tuple[str, str, str | None], ...] = (
    (
        gettext_noop("single quotation marks and apostrophes"),
        "\u2018\u2019\u201a\u201b\u2039\u203a\u02bc\u2032\u275b\u275c\u0060\u00b4\uff07",
        "'",
    ),
    (
        gettext_noop("double quotation marks"),
        "\u201c\u201d\u201e\u201f\u00ab\u00bb\u2033\u275d\u275e\u301d\u301e\u301f\uff02",
        '"',
    ),
    (
        gettext_noop("hyphens, dashes and the minus sign"),
        "\u2010\u2011\u2012\u2013\u2014\u2015\u2212\u2e3a\ufe58\ufe63\uff0d",
        "-",
    ),
    (gettext_noop("the ellipsis"), "\u2026", "..."),
    (
        gettext_noop("invisible characters"),
        "\u00ad\u034f\u180e\u200b\u200c\u200d\u2060\u2061\u2062\u2063\u2064\ufe0e\ufe0f\ufeff",
        "",
    ),
    (gettext_noop("marks of direction"), "\u061c\u200e\u200f\u202a\u202b\u202c\u2066\u2067\u2068\u2069", ""),
    (gettext_noop("ligatures"), "\ufb00\ufb01\ufb02\ufb03\ufb04\ufb05\ufb06\u0132\u0133", None),
    (gettext_noop("the French ligature"), "\u0153", "oe"),
    (gettext_noop("the French ligature as a capital"), "\u0152", "Oe"),
    (
        gettext_noop("Roman numerals and units of one character"),
        "".join(map(chr, range(0x2160, 0x2180))) + "\u2103\u2109\u00b5",
        None,
    ),
    (
        gettext_noop("full-width letters, digits and signs"),
        "".join(map(chr, [*range(0xFF10, 0xFF1A), *range(0xFF21, 0xFF3B), *range(0xFF41, 0xFF5B)]))
        + "\uff03\uff04\uff05\uff06\uff0a\uff0b\uff0e\uff0f\uff1c\uff1d\uff1e\uff20\uff3f\uffe0\uffe1\uffe5",
        None,
    ),
)
#: What is removed before, wherever it hides something: name, first and last characters. Copied text may carry a
#: signature in them.
HIDDEN: tuple[tuple[str, tuple[tuple[int, int], ...]], ...] = (
    (
        gettext_noop("variation selectors, except one alone after a Chinese character, whose shape it names"),
        ((0x180B, 0x180D), (0x180F, 0x180F), (0xFE00, 0xFE0F), (0xE0100, 0xE01EF)),
    ),
    (gettext_noop("tag characters, except in the flags of England, Scotland and Wales"), ((0xE0000, 0xE007F),)),
)
#: What else is the same to whoever looks for a quotation in a text.
ALIKE: tuple[tuple[str, str, str], ...] = (
    (gettext_noop("Chinese double quotation marks"), "\u300c\u300d\ufe41\ufe42\uff62\uff63", '"'),
    (gettext_noop("Chinese single quotation marks"), "\u300e\u300f\ufe43\ufe44", "'"),
    (gettext_noop("full-width comma"), "\uff0c", ","),
    (gettext_noop("full-width colon"), "\uff1a", ":"),
    (gettext_noop("full-width semicolon"), "\uff1b", ";"),
    (gettext_noop("full-width exclamation mark"), "\uff01", "!"),
    (gettext_noop("full-width question mark"), "\uff1f", "?"),
    (gettext_noop("full-width brackets"), "\uff08", "("),
    (gettext_noop("full-width closing brackets"), "\uff09", ")"),
)
_FOLD = {
    ord(c): unicodedata.normalize("NFKC", c) if to is None else to for _, characters, to in FOLDS for c in characters
}
_FOLDED = re.compile("[{}]".format("".join(map(re.escape, map(chr, _FOLD)))))
_ALIKE = {ord(c): to for _, characters, to in ALIKE for c in characters}
_SELECTORS, _TAGS = ("".join(f"{chr(a)}-{chr(b)}" for a, b in ranges) for _, ranges in HIDDEN)
HIDDEN_PATTERN = f"{FLAG}|(?<=[{HAN}])[{_SELECTORS}](?![{_SELECTORS}{_TAGS}])|([{_SELECTORS}{_TAGS}]+)"
_HIDDEN = re.compile(HIDDEN_PATTERN)
_HYPHENATED = re.compile(r"\u00ad\s+")  # a soft hyphen at the end of a line
_DASH = "\u2014"
#: What is a dash wherever it is; an en dash is not where it is a minus sign.
_DASHES = re.compile(r"[\u2014\u2015\u2e3a]|\u2013(?!\d)|(?<=\S)\u2013")
_WIDE = "\u3000-\u30ff\u3400-\u9fff\uf900-\ufaff\uff00-\uffef"
#: Layout, one character a match: spaces beside quotation marks, ellipses, dashes and Chinese signs, and before the high
#: stops of French; what follows the first sign of a dash.
_LAYOUT = re.compile(
    rf" (?:(?=[\"'{_DASH}{_WIDE};:!?%]|\.\.\.|\. \.)"
    rf"|(?<=[\"'{_DASH}{_WIDE}] )|(?<={_DASH}- )|(?<={_DASH}-- )|(?<=\.\.\. )|(?<=\. \. ))"
    rf"|(?<={_DASH})[-{_DASH}]|(?<={_DASH}-)-"
)
_RANGE = re.compile(rf"(?<=\d){_DASH}(?=\d)")
#: The first hyphen of those that are typed for a dash.
_SPACED = re.compile(r"(?<= )-(?=-{0,2} )|(?<=\w)-(?=--?\w)")
#: Scripts that write vowels as signs on letters, which Python does not count as letters. Thai, Lao, Burmese and Khmer
#: have no spaces between words, so there each sign still ends a word.
SIGNED = (
    range(0x300, 0xE00), range(0xF00, 0x1000), range(0x10A0, 0x1780), range(0x1800, 0x1D00), range(0x1DC0, 0x1E00),
    range(0xA66F, 0xAC00), range(0xFB1E, 0xFB1F), range(0xFE20, 0xFE30),
)  # fmt: skip
_SIGNS = "".join(char for one in SIGNED for char in map(chr, one) if unicodedata.category(char) in ("Mn", "Mc"))
_LETTERS = rf"[^\W_]+(?:[{_SIGNS}]+[^\W_]*)*"
#: A pattern for a word.
WORD = rf"{_LETTERS}(?:'{_LETTERS})*"
_WORD = re.compile(WORD)
_PLAIN_WORD = re.compile("[A-Za-z0-9]+(?:'[A-Za-z0-9]+)*")  # the same of ASCII alone, in half the time
CJK = re.compile("[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uac00-\ud7af]")


def fold(text: str) -> str:
    """``text`` as it is compared: without HIDDEN, NFC, the folds of FOLDS, runs of white space as one space."""
    if not text.isascii() or "`" in text:  # the one sign of ASCII that is folded
        text = _FOLDED.sub(lambda sign: _FOLD[ord(sign[0])], _compose(text))  # a third of what str.translate takes
    return " ".join(text.split())


def _compose(text: str) -> str:
    if not text.isascii():
        text = _HIDDEN.sub(lambda hit: "" if hit[1] else hit[0], text)
    return normalize(_HYPHENATED.sub("", text) if "\u00ad" in text else text)


def squeeze(folded: str, origin: str) -> tuple[str, list[int]]:
    """A folded text without layout, for finding; and where in it something was left out, once for each character.

    A dash with spaces is a dash without them, but no hyphen ("no \u2013 one" is not "no-one"). ``origin`` has the
    character behind each of ``folded``, as ``fold_blocks`` returns it.
    """
    if _DASHES.search(origin):
        pairs = zip(folded, _DASHES.sub(_DASH, origin), strict=True)
        folded = "".join(was if was == _DASH else char for char, was in pairs)
    marked = _SPACED.sub(_DASH, folded)
    gaps = [sign.start() - n for n, sign in enumerate(_LAYOUT.finditer(marked))]
    return _RANGE.sub("-", _LAYOUT.sub("", marked)).translate(_ALIKE), gaps


def is_layout(one: str, other: str) -> bool:
    """Whether two folded wordings differ in layout alone, as far as can be told without what they were folded from."""
    first, second = (_LAYOUT.sub("", text.replace("-", _DASH)).translate(_ALIKE) for text in (one, other))
    return first == second


def fold_blocks(blocks: Sequence[str]) -> tuple[str, str, list[int]]:
    """Fold paragraphs into one text, joined by spaces.

    Returns the text, the original character behind each of its characters, and where each paragraph starts.
    """
    folded: list[str] = []
    origin: list[str] = []
    starts: list[int] = []
    for block in blocks:
        if folded:
            folded.append(" ")
            origin.append(" ")
        starts.append(len(folded))
        space = True
        for char in _compose(block.strip()):
            if char.isspace():
                if not space:
                    folded.append(" ")
                    origin.append(" ")
                space = True
                continue
            for out in _FOLD.get(ord(char), char):
                folded.append(out)
                origin.append(char)
                space = False
        while folded and folded[-1] == " " and len(folded) > starts[-1]:
            folded.pop()
            origin.pop()
    return "".join(folded), "".join(origin), starts


def find_folded(block: str) -> list[int]:
    """The place in a paragraph of the character behind each character of its folded text."""
    hidden = {i for hit in _HIDDEN.finditer(block) if hit[1] for i in range(*hit.span())}
    hidden |= {i for hit in _HYPHENATED.finditer(block) for i in range(*hit.span())} | {
        i for i, char in enumerate(block) if char == "\u00ad"
    }
    groups: list[tuple[int, str]] = []  # a letter with its marks
    for i, char in enumerate(block):
        if i in hidden:
            continue
        if groups and unicodedata.combining(char):
            groups[-1] = groups[-1][0], groups[-1][1] + char
        else:
            groups.append((i, char))
    places: list[int] = []
    space = True
    for i, group in groups:
        if group.isspace():
            places += [] if space else [i]
            space = True
            continue
        places += [i for char in normalize(group) for _ in _FOLD.get(ord(char), char)]
        space = False
    return places[:-1] if space and places else places


def split_words(text: str) -> list[str]:
    """The words of a folded text. In Chinese, Japanese and Korean each character is a word."""
    if text.isascii():
        return _PLAIN_WORD.findall(text)
    return [text[a:b] for a, b in word_spans(text)] if CJK.search(text) else _WORD.findall(text)


def word_spans(text: str) -> list[tuple[int, int]]:
    """Start and end of each word of a folded text."""
    if not CJK.search(text):
        return [word.span() for word in _WORD.finditer(text)]
    spans: list[tuple[int, int]] = []
    for word in _WORD.finditer(text):
        rest = word.start()
        for sign in CJK.finditer(text, *word.span()):
            if rest < sign.start():
                spans.append((rest, sign.start()))
            spans.append(sign.span())
            rest = sign.end()
        if rest < word.end():
            spans.append((rest, word.end()))
    return spans


def outer_signs(text: str) -> tuple[str, str]:
    """The signs before the first and after the last word of a folded text."""
    spans = word_spans(text)
    return (text[: spans[0][0]], text[spans[-1][1] :]) if spans else ("", "")
