"""Problems as people and programs read them: lines, groups on a terminal, JSON, GitHub's annotations. Pure."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from itertools import groupby

from build_tools.base.problems import Problem, count, one_line
from build_tools.text import encode

#: GitHub shows this many annotations of one step, and drops the rest without a word.
ANNOTATIONS = 10
#: GitHub takes a summary of a mebibyte a step; room is left for what others write there.
SUMMARY_BYTES = 900_000
JSON_VERSION = 1
_RED, _YELLOW, _BOLD, _FAINT, _PLAIN = (f"\x1b[{code}m" for code in ("31", "33", "1", "2", "0"))


def lines(problems: Sequence[Problem], what: str) -> str:
    """One line for each problem and one for its tip, then the count: for pipes, logs and editors."""
    return "".join(f"{problem}\n" for problem in problems) + f"{what}: {count(problems)}\n"


def groups(problems: Sequence[Problem], what: str, *, colour: bool) -> str:
    """The same under a heading for each file: for a terminal. In: problems in order of place."""

    def dyed(text: str, *codes: str) -> str:
        return "".join(codes) + text + _PLAIN if colour else text

    rows: list[str] = []
    for path, found in groupby(problems, key=lambda p: p.place.path):
        mine = list(found)
        rows.append(f"{dyed(one_line(path), _BOLD)}  {dyed(count(mine), _FAINT)}")
        for one in mine:
            level = dyed(one.level, _RED if one.level == "error" else _YELLOW)
            rule = dyed(f" [{one.rule}]", _FAINT) if one.rule else ""
            rows.append(f"  {one.place.line}:{one.place.column}: {level}: {one_line(one.message)}{rule}")
            rows += [f"      {dyed('tip:', _FAINT)} {one_line(one.tip)}"] if one.tip else []
        rows.append("")
    worst = _RED if any(p.level == "error" for p in problems) else _YELLOW if problems else _BOLD
    return "\n".join([*rows, f"{what}: {dyed(count(problems), worst)}"]) + "\n"


def as_json(problems: Sequence[Problem], texts: Mapping[str, int], fixed: Sequence[str] = ()) -> str:
    """All problems as one JSON object (its shape is in docs/contribute/rules.md); ASCII only, so that nothing in
    it can act on a terminal."""
    levels = [p.level for p in problems]
    content = {
        "version": JSON_VERSION,
        "errors": levels.count("error"),
        "warnings": levels.count("warning"),
        "texts": dict(texts),
        "fixed": list(fixed),
        "problems": [
            {
                "path": p.place.path,
                "line": p.place.line,
                "column": p.place.column,
                "level": p.level,
                "rule": p.rule,
                "message": p.message,
                "tip": p.tip,
            }
            for p in problems
        ],
    }
    return json.dumps(content, indent=2) + "\n"


def github(problems: Sequence[Problem], what: str) -> tuple[str, str]:
    """Problems as GitHub's workflow commands, errors first, and the rest as Markdown for the step's summary."""
    ranked = sorted(problems, key=lambda p: p.level != "error")
    shown, rest = ranked[:ANNOTATIONS], ranked[ANNOTATIONS:]
    rows = []
    for p in shown:
        told = f"{one_line(p.message)}\ntip: {one_line(p.tip)}" if p.tip else one_line(p.message)
        spot = f"file={_property(p.place.path)},line={p.place.line},col={p.place.column}"
        rows.append(f"::{p.level} {spot},title={_property(p.rule or 'check')}::{_message(told)}\n")
    more = f" ({len(rest)} of them in the step's summary)" if rest else ""
    return "".join(rows) + f"{what}: {count(problems)}{more}\n", _summary(rest, count(problems), what) if rest else ""


def _summary(rest: Sequence[Problem], total: str, what: str) -> str:
    """A table of problems. Every string passes the encoder, so that none can become markup."""
    head = f"### {encode.text(what)}: {total}\n\n{ANNOTATIONS} stand beside their lines; the others are:\n\n"
    made, size = head + "| where | what | what to do |\n|---|---|---|\n", 0
    for number, p in enumerate(rest):
        where = encode.text(one_line(f"{p.place.path}:{p.place.line}:{p.place.column}"))
        told = encode.text(one_line(f"{p.level}: {p.message} [{p.rule}]"))
        row = f"| <code>{where}</code> | {told} | {encode.text(one_line(p.tip))} |\n"
        if (size := size + len(row.encode())) > SUMMARY_BYTES:
            return made + f"\nAnd {len(rest) - number} more: run `python -m build_tools check`.\n"
        made += row
    return made


def _message(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _message(one_line(text)).replace(":", "%3A").replace(",", "%2C")
