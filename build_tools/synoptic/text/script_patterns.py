"""The patterns of folding, words and sentences as JavaScript writes them, so that a script searches as Python does."""

import re
from collections.abc import Iterator
from typing import Any

from synoptic.text import sentences
from synoptic.text.folding import CJK, FOLDS, HIDDEN_PATTERN, SIGNED

_LETTERS = r"[\p{L}\p{N}]"  # what Python calls [^\W_]
#: Classes that have no counterpart inside brackets.
_CLASSES = {r"[^\W\d_]": r"[\p{L}\p{Nl}\p{No}]", r"[^\W_]": _LETTERS, r"[\W_]": r"[^\p{L}\p{N}]"}
#: Escapes outside brackets, and the two that may be inside them.
_ESCAPES = {
    r"\w": r"[\p{L}\p{N}_]", r"\W": r"[^\p{L}\p{N}_]", r"\d": r"\p{Nd}", r"\b":
    r"(?:(?<=[\p{L}\p{N}_])(?![\p{L}\p{N}_])|(?<![\p{L}\p{N}_])(?=[\p{L}\p{N}_]))",
    r"\-": "-", r"\s": r"\s",
}  # fmt: skip
_INSIDE = {r"\w": r"\p{L}\p{N}_", r"\d": r"\p{Nd}", r"\s": r"\s"}
#: What Python may escape and JavaScript may not.
_NEEDLESS = ("'", '"', " ", "&", "#", "~")
_GROUPS = {"(?P<": "(?<", "(?P=same)": r"\k<same>"}
_PART = re.compile(
    r"\[\^\\W\\d_\]|\[\^\\W_\]|\[\\W_\]|\(\?P<|\(\?P=same\)|\\u[0-9a-f]{4}|\\.|[+*?}]\+|\(\?>|\[\^?|\]|.",
    re.DOTALL,
)


def to_script(pattern: str) -> str:
    """A pattern of Python as JavaScript reads it with the flag ``u``, in ASCII. Raises ValueError for what JavaScript
    does not have."""
    return "".join(_rewrite(pattern))


def _rewrite(pattern: str) -> Iterator[str]:
    inside = False
    for hit in _PART.finditer(pattern):
        part = hit[0]
        if part in _CLASSES or part in _GROUPS:
            yield _CLASSES.get(part) or _GROUPS[part]
        elif part in ("[", "[^", "]"):
            inside = part != "]"
            yield part
        elif part in (known := _INSIDE if inside else _ESCAPES):
            yield known[part]
        elif part.startswith("(?>") or part[1:] == "+" or (part[:1] == "\\" and part[1:].isalpha() and part[1] != "u"):
            raise ValueError(f"no JavaScript for {part!r} in {pattern!r}")
        elif part[0] == "\\" and part[1:] in _NEEDLESS:
            yield part[1:]
        else:
            yield part if part.isascii() else f"\\u{{{ord(part):x}}}"


def search_patterns() -> dict[str, Any]:
    """What ``theme/assets/own-text.js`` reads: the folds, and patterns by name."""
    signed = "".join(f"\\u{{{one.start:x}}}-\\u{{{one.stop - 1:x}}}" for one in SIGNED)
    letters = rf"{_LETTERS}+(?:(?:(?=[{signed}])[\p{{Mn}}\p{{Mc}}])+{_LETTERS}*)*"
    ends = [f"(?=({to_script(signs)}))\\{n}{to_script(after)}" for n, (signs, after) in enumerate(sentences.ENDS, 1)]
    return {
        "folds": [[characters, to] for _, characters, to in FOLDS],
        "hidden": to_script(HIDDEN_PATTERN),
        "word": f"{letters}(?:'{letters})*",
        "cjk": to_script(CJK.pattern),
        "stop": "|".join(ends),
        **{name: to_script(pattern.pattern) for name, pattern in sentences.PATTERNS.items()},
    }
