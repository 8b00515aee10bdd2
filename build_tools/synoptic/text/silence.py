"""Sentences in English that say of articles that they are silent on something."""

import re

from synoptic.text.folding import fold

_SAYING = (
    r"(?:sa(?:y|ys|id)|tells?|told|reports?|reported|states?|stated|mentions?|mentioned|gives?|gave|names?|named|"
    r"explains?|explained|answers?|answered|shows?|showed|addresse?s?|quotes?|quoted|knows?|known|holds?|held|carr(?:y|ies)|"
    r"contains?|describes?|offers?|records?|specif(?:y|ies)|settles?|confirms?|confirmed|reveals?|discloses?|dates?|dated|"
    r"cites?|prints?|sets? out|goes into|go into)"
)
_NOBODY = r"(?:no|none|nobody|nothing|neither|nor|not|never|without|cannot|\w+n't)"
#: A sentence that says of articles that they are silent: "none of the three says", "the articles do not say".
_SILENCE = re.compile(
    rf"\b{_NOBODY}\b(?:\W+\w+){{0,6}}?\W+{_SAYING}\b|\b{_SAYING}\b(?:\W+\w+){{0,3}}?\W+(?:no|nothing|none|neither)\b"
    r"|\b(?:un(?:answered|clear|known|said|stated|settled|explained|reported)|silent|silence)\b"
    r"|\b(?:is|are|remains?|stays?|leaves?|left)\W+(?:\w+\W+){0,3}?open\b",
    re.IGNORECASE,
)
_OPEN = re.compile(rf"\b(?:{_NOBODY}|open|silent|silence|un\w+)\b", re.IGNORECASE)
#: Where what is said of a phrase ends: at a sign, at a conjunction, or at the next phrase.
_BOUNDARY = re.compile(r"[,;:.\[]|\b(?:and|but|while|whereas|though|yet)\b")
_BRACKETED = re.compile(r"\[[^\]]*\]")


def find_assertions(sentence: str) -> list[bool]:
    """For each [phrase] of a sentence, or for the whole sentence if it has none: whether the sentence asserts it rather
    than says that no article answers it."""
    text = fold(sentence)
    silent = bool(_SILENCE.search(text.replace("[", "").replace("]", "")))
    ends = [_BOUNDARY.search(text, phrase.end()) for phrase in _BRACKETED.finditer(text)]
    places = [len(text) if end is None else end.start() for end in ends] or [len(text)]
    windows = zip([0, *places], places, strict=False)
    return [not (silent and _OPEN.search(text[start:end])) for start, end in windows]
