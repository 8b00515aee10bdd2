"""Problems in the files of a project, and the one exception for people. A problem has one shape: path:line:column, what
is wrong, and a tip."""

import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

from rapidfuzz import process


class Refused(Exception):
    """One sentence: what is wrong, with the value, and what to do about it.

    ``code`` is the exit code of the program: 1 for a fault in a file, 2 for a fault in how the command was called.
    Derive a class only for a caller that must tell one refusal from others.
    """

    def __init__(self, message: str, code: int = 1) -> None:
        super().__init__(message)
        self.code = code


#: The key under which every mapping that was read keeps its Place; no contributor can type a NUL.
PLACE = "\0place"
Level = Literal["error", "warning"]


@dataclass(frozen=True)
class Place:
    """A spot in a file: path as shown to people, line and column counted from 1. ``parts`` holds the (line, column) of
    an object's own values, by key or by (key, index); by key also the key's own line and column. A column of a table
    has a ``name``, which people get to see."""

    path: str
    line: int = 1
    column: int = 1
    parts: Mapping[object, tuple[int, ...]] = field(default_factory=dict, compare=False, repr=False)
    name: str = field(default="", compare=False)

    @property
    def text(self) -> str:
        """The place as people get to see it."""
        return f"{self.path}:{self.line}:{self.name or self.column}"

    def at(self, *key: object) -> "Place":
        """The place of the value under ``key``, or this place if that is unknown."""
        line, column = self.parts.get(key[0] if len(key) == 1 else key, (self.line, self.column))[:2]
        return Place(self.path, line, column)

    def at_key(self, key: str) -> "Place":
        """The place of a key itself, or this place if that is unknown."""
        line, column = self.parts.get(key, (0, 0, self.line, self.column))[2:]
        return Place(self.path, line, column)


@dataclass(frozen=True)
class Problem:
    """One thing wrong: where, a sentence with the value, what to do, and the id of the rule. ``remove`` is the place of
    a value that must be removed, if that is the only right fix."""

    place: Place
    message: str
    tip: str = ""
    rule: str = ""
    level: Level = "error"
    remove: Place | None = None

    @property
    def briefing(self) -> str:
        """The folder of the briefing it is in, or "" if it is in a file that all briefings share."""
        parts = self.place.path.split("/")
        return parts[1] if parts[0] == "briefings" and len(parts) > 2 else ""

    def __str__(self) -> str:
        rule = f" [{self.rule}]" if self.rule else ""
        tip = f"\n    tip: {to_one_line(self.tip)}" if self.tip else ""
        return f"{to_one_line(self.place.text)}: {self.level}: {to_one_line(self.message)}{rule}{tip}"

    def as_warning(self) -> "Problem":
        """The same problem, as a warning."""
        return replace(self, level="warning")


class Stopped(Refused):
    """Problems that keep a run from writing anything; ``problems`` has each."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__("\n".join([f"{count_problems(problems)}:", *map(str, problems)]))
        self.problems = tuple(problems)

    def __reduce__(self) -> tuple[type["Stopped"], tuple[tuple[Problem, ...]]]:
        """How it is sent to another process."""
        return type(self), (self.problems,)


def sort_problems(problems: Iterable[Problem]) -> list[Problem]:
    """Sort problems by place; equal ones become one."""
    unique = dict.fromkeys(problems)
    return sorted(unique, key=lambda p: (p.place.path, p.place.line, p.place.column, p.rule, p.message))


def count_problems(problems: Iterable[Problem]) -> str:
    """``2 errors, 1 warning``."""
    levels = [p.level for p in problems]
    errors, warnings = levels.count("error"), levels.count("warning")
    return f"{errors} error{'s' * (errors != 1)}, {warnings} warning{'s' * (warnings != 1)}"


def filter_problems(problems: Iterable[Problem], slug: str | None) -> list[Problem]:
    """The problems of one briefing and of the files that all briefings share; all problems without a slug."""
    return [p for p in problems if slug is None or p.briefing in ("", slug)]


def suggest_nearest(word: str, known: Iterable[str]) -> str:
    """A tip: the known word closest to ``word``; if none is close, the first twelve known words."""
    choices = sorted(known)
    if not choices:
        return "nothing of the kind is declared yet"
    best = find_nearest(word, choices)
    return f'did you mean "{best}"?' if best else "known: " + ", ".join(choices[:12])


def find_nearest(word: str, known: Iterable[str]) -> str:
    """The known word closest to ``word``; "" if none is close."""
    best = process.extractOne(word, sorted(known), score_cutoff=60)
    return best[0] if best else ""


def to_one_line(text: str, most: int = 400) -> str:
    """``text`` as one line for a terminal, at most ``most`` characters long, without control characters."""
    shown = make_printable(text).replace("\n", "\\n")
    return shown if len(shown) <= most else f"{shown[: most - 3]}..."


def make_printable(text: str) -> str:
    """``text`` with control, bidi and other invisible characters as escapes (\\u202e); line feeds stay."""
    return "".join(
        c if c == "\n" or unicodedata.category(c) not in {"Cc", "Cf", "Cs", "Co", "Zl", "Zp"} else f"\\u{ord(c):04x}"
        for c in text
    )
