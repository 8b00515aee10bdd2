"""Renders problems for people and programs: lines, JSON, GitHub annotations. Pure."""

import json
from collections.abc import Mapping, Sequence

from synoptic.base.problems import Problem, count_problems, to_one_line
from synoptic.check.coverage import Advice
from synoptic.compare.proofs import Standing
from synoptic.text import encode
from synoptic.text.english import join_words

#: GitHub shows this many annotations of one step and drops the rest silently.
ANNOTATIONS = 10
#: GitHub accepts a summary of 1 MiB a step; this leaves room for what others write there.
SUMMARY_BYTES = 900_000
JSON_VERSION = 1
#: Briefing to source to how each reader of its lock is proved.
Readers = Mapping[str, Mapping[str, Sequence[Standing]]]
_SIGNED = {"signed": "signed by", "typed only": "typed only:"}
_SIGNED |= {word: f"{word}:" for word in ("signature does not fit", "signature not verified")}
_SHOWN = 8  # locks by name, in one line


def render_lines(problems: Sequence[Problem], what: str) -> str:
    """A line for each problem and one for its tip, then the count: for pipes, logs and editors. ``what`` names the work
    in the last line, as in ``check: 2 errors, 1 warning``."""
    return "".join(f"{problem}\n" for problem in problems) + f"{what}: {count_problems(problems)}\n"


def render_coverage(advice: Mapping[str, Sequence[Advice]]) -> str:
    """The advice for each briefing that has any, a line each."""
    lines = []
    for slug, several in advice.items():
        lines += [f"coverage of {slug} (advice, not errors):"] if several else []
        for one in several:
            name = f" [{one.rule}]" if one.rule else ""
            lines.append("  " + to_one_line(f"{one.place.path}:{one.place.line}: {one.message}{name}"))
    return "".join(f"{line}\n" for line in lines)


def render_signatures(readers: Readers) -> str:
    """Who signed which lock, and whose name is only typed: a line for each group of locks."""
    lines = []
    for slug, sources in readers.items():
        groups: dict[str, list[str]] = {}
        for source, standings in sources.items():
            by_word: dict[str, list[str]] = {}
            for one in standings:
                by_word.setdefault(one.word, []).append(one.name + f" (stamped {one.stamped})" * bool(one.stamped))
            parts = [f"{_SIGNED.get(word, word)} {join_words(names)}" for word, names in by_word.items()]
            groups.setdefault("; ".join(parts) or "checked by nobody", []).append(source)
        lines += [f"signatures of {slug}:"] if groups else []
        for told, names in groups.items():
            more = f" and {len(names) - _SHOWN} more" if len(names) > _SHOWN else ""
            lines.append(f"  {to_one_line(told)}: {', '.join(names[:_SHOWN])}{more}")
    return "".join(f"{line}\n" for line in lines)


def render_json(
    problems: Sequence[Problem],
    texts: Mapping[str, int],
    fixed: Sequence[str] = (),
    advice: Mapping[str, Sequence[Advice]] | None = None,
    readers: Readers | None = None,
) -> str:
    """All problems as one JSON object, in the shape that docs/contribute/rules.md describes. It is ASCII only, so that
    nothing in it can act on a terminal."""
    levels = [problem.level for problem in problems]
    content = {
        "version": JSON_VERSION,
        "errors": levels.count("error"),
        "warnings": levels.count("warning"),
        "texts": dict(texts),
        "fixed": list(fixed),
        "problems": [
            {"path": p.place.path, "line": p.place.line, "column": p.place.column}
            | {"level": p.level, "rule": p.rule, "message": p.message, "tip": p.tip}
            for p in problems
        ],
        "coverage": {
            slug: [
                {"path": a.place.path, "line": a.place.line, "column": a.place.column, "message": a.message}
                | {"rule": a.rule}
                for a in several
            ]
            for slug, several in (advice or {}).items()
        },
        "signatures": {
            slug: {
                source: [{"name": one.name, "signature": one.word, "stamped": one.stamped} for one in standings]
                for source, standings in sources.items()
            }
            for slug, sources in (readers or {}).items()
        },
    }
    return json.dumps(content, indent=2) + "\n"


def render_github(problems: Sequence[Problem], what: str) -> tuple[str, str]:
    """The first problems as GitHub workflow commands, errors first, and the rest as Markdown for the step's summary."""
    ranked = sorted(problems, key=lambda problem: problem.level != "error")
    annotated, rest = ranked[:ANNOTATIONS], ranked[ANNOTATIONS:]
    rows = []
    for problem in annotated:
        message = to_one_line(problem.message) + (f"\ntip: {to_one_line(problem.tip)}" if problem.tip else "")
        place = f"file={_escape_property(problem.place.path)},line={problem.place.line},col={problem.place.column}"
        title = _escape_property(problem.rule or "check")
        rows.append(f"::{problem.level} {place},title={title}::{_escape_message(message)}\n")
    more = f" ({len(rest)} of them in the step's summary)" if rest else ""
    summary = _render_summary(rest, count_problems(problems), what) if rest else ""
    return "".join(rows) + f"{what}: {count_problems(problems)}{more}\n", summary


def _render_summary(rest: Sequence[Problem], total: str, what: str) -> str:
    """A Markdown table of problems. Every string passes the encoder, so that none can become markup."""
    intro = f"### {encode.text(what)}: {total}\n\n{ANNOTATIONS} are shown at their lines; the others are:\n\n"
    table, size = intro + "| where | problem | what to do |\n|---|---|---|\n", 0
    for number, problem in enumerate(rest):
        where = encode.text(to_one_line(f"{problem.place.path}:{problem.place.line}:{problem.place.column}"))
        message = encode.text(to_one_line(f"{problem.level}: {problem.message} [{problem.rule}]"))
        row = f"| <code>{where}</code> | {message} | {encode.text(to_one_line(problem.tip))} |\n"
        if (size := size + len(row.encode())) > SUMMARY_BYTES:
            return table + f"\nAnd {len(rest) - number} more: run `synoptic check`.\n"
        table += row
    return table


def _escape_message(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _escape_property(text: str) -> str:
    return _escape_message(to_one_line(text)).replace(":", "%3A").replace(",", "%2C")
