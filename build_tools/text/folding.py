"""How texts are compared: folded characters, and words.

Two texts are equal if they are after NFC and the folds of ``FOLDS``; nothing else is forgiven: case, digits, currency
and punctuation count. Published on the Method page.
"""

import re
import unicodedata
from collections.abc import Sequence

#: What is folded: name, the characters, what each becomes. White space of any kind becomes one space.
FOLDS: tuple[tuple[str, str, str], ...] = (
    (
        "single quotation marks and apostrophes",
        "\u2018\u2019\u201a\u201b\u2039\u203a\u02bc\u2032\u0060\u00b4\uff07",
        "'",
    ),
    ("double quotation marks", "\u201c\u201d\u201e\u201f\u00ab\u00bb\u2033", '"'),
    ("hyphens, dashes and the minus sign", "\u2010\u2011\u2012\u2013\u2014\u2015\u2212", "-"),
    ("the ellipsis", "\u2026", "..."),
    ("invisible characters", "\u00ad\u200b\u200c\u200d\u2060\ufeff", ""),
)
_FOLD = {ord(c): to for _, characters, to in FOLDS for c in characters}
_WORD = re.compile(r"[^\W_]+(?:'[^\W_]+)*")
CJK = re.compile("[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uac00-\ud7af]")


def fold(text: str) -> str:
    """``text`` as it is compared: NFC, the folds of FOLDS, runs of white space as one space."""
    return " ".join(unicodedata.normalize("NFC", text).translate(_FOLD).split())


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
        for char in unicodedata.normalize("NFC", block.strip()):
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


def split_words(text: str) -> list[str]:
    """The words of a folded text. In Chinese, Japanese and Korean each character is a word."""
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
