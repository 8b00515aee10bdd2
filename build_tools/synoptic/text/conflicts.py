"""The two sides of a merge that Git left in a file. Pure."""

import re

_MARKER = re.compile(r"^(?:<{7}|\|{7}|>{7})(?: .*)?$|^={7}$", re.MULTILINE)
_BEGIN, _BASE, _MIDDLE, _END = "<<<<<<<", "|||||||", "=======", ">>>>>>>"


def find_conflict(text: str) -> int:
    """The line, from 1, at which the first of two sides of a merge begins; 0 if the file has one side only."""
    found = re.search(r"^<{7}(?: .*)?\r?$", text, re.MULTILINE)
    after = found and re.search(r"^={7}\r?$(?s:.)*?^>{7}(?: .*)?$", text[found.end() :], re.MULTILINE)
    return text.count("\n", 0, found.start()) + 1 if found and after else 0


def split_conflict(text: str) -> tuple[str, str]:
    """A file as each of the two sides has it; the same twice without an unfinished merge."""
    sides: tuple[list[str], list[str]] = ([], [])
    inside = _END if find_conflict(text) else ""
    for line in text.splitlines(keepends=True):
        marker = line[:7] if inside and _MARKER.match(line.rstrip("\r\n")) else ""
        if marker:
            inside = marker
        elif inside != _BASE:
            for side, other in zip(sides, (_MIDDLE, _BEGIN), strict=True):
                side += [line] if inside != other else []
    return "".join(sides[0]), "".join(sides[1])
