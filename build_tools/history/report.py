"""Changes as text for a terminal, as Markdown for a summary on GitHub, and as JSON. Pure.

In Markdown everything a contributor typed stands in ``<code>`` inside a block of HTML, every sign of punctuation as
a character reference. So no reader of Markdown looks into it, and GitHub's own search for @names, #numbers, commits,
addresses and :signs: leaves ``<code>`` alone.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from build_tools.base.problems import make_printable
from build_tools.model.change import LEVELS, Change, Comparison
from build_tools.text import encode
from build_tools.text.word_diff import diff_words

FIRST = "First: locks, and quotations that nobody but their contributor has checked"
TIP = "With your own copy of an article: python -m build_tools check SLUG --source ID --against FILE"
#: A step's summary on GitHub holds 1 MiB; what does not fit is counted.
MOST_BYTES = 900_000
_UNREAD = 50


@dataclass(frozen=True)
class Compared:
    """What was compared: the names as typed, and the commits (empty: the working tree)."""

    base: str
    base_commit: str
    head: str
    head_commit: str
    notes: tuple[str, ...] = ()

    @property
    def line(self) -> str:
        """``main (1f2e3d4) to the working tree``."""
        sides = ((self.base, self.base_commit), (self.head, self.head_commit))
        old, now = (f"{name} ({commit[:10]})" if commit else "the working tree" for name, commit in sides)
        return f"{old} to {now}"


def count(changes: Sequence[Change]) -> str:
    """``2 to look at first, 3 of fact, 1 of evidence, 0 of wording``."""
    rest = [change.level for change in changes if not change.first]
    levels = ", ".join(f"{rest.count(level)} of {level}" for level in LEVELS)
    return f"{len(changes) - len(rest)} to look at first; changes: {levels}"


def text(found: Comparison, compared: Compared) -> Iterator[str]:
    """Lines for a terminal. What was is between ``[-`` and ``-]``, what is between ``{+`` and ``+}``."""
    yield _line(f"Changes of meaning from {_typed(compared.line)}")
    yield _line(count(found.changes) if found.changes else "Nothing changed in meaning.")
    for title, group in _groups(found.changes):
        yield f"\n{title}\n"
        for change in group:
            side = " (base)" if change.side == "base" else ""
            sentence = "".join(f'"{_typed(piece)}"' if typed else piece for piece, typed in change.parts)
            yield _line(f"  {_typed(_where(change))}{side}: {sentence}")
            if change.about:
                yield _line(f"      on: {_typed(change.about)}")
            if shown := _marked(change):
                yield _line(f"      {shown}")
        if group[0].first:
            yield f"  {TIP}\n"
    for note in _notes(found, compared):
        yield _line(f"\nNote: {_typed(note)}")


def markdown(found: Comparison, compared: Compared, most: int = MOST_BYTES) -> Iterator[str]:
    """A summary as Markdown, inert whatever the texts hold, and no longer than ``most`` bytes (a little more)."""
    size = 0

    def fits(piece: str) -> bool:
        nonlocal size
        size += len(piece.encode())
        return size <= most

    yield "## What changed in meaning\n\n"
    yield f"<p>{_code(compared.line)}: {count(found.changes)}</p>\n\n"
    left = 0
    for title, group in _groups(found.changes):
        items = []
        for change in group:
            item = f"<li>{_item(change)}</li>\n"
            if fits(item):
                items.append(item)
            else:
                left += 1
        if items:
            tip = f"<p>{_code(TIP)}</p>\n\n" if group[0].first else ""
            yield f"### {title}\n\n{tip}<ul>\n{''.join(items)}</ul>\n\n"
    if left:
        yield f"<p>{left} more changes do not fit here; <code>--format json</code> has them all.</p>\n\n"
    for note in _notes(found, compared):
        yield f"<p>Note: {_code(note)}</p>\n\n"


def as_json(found: Comparison, compared: Compared) -> Iterator[str]:
    """One JSON object; each change stands on a line of its own. The shape is documented in docs/contribute/diff.md."""
    for key, name, commit in (
        ("base", compared.base, compared.base_commit),
        ("head", compared.head, compared.head_commit),
    ):
        opening = "{" if key == "base" else ""
        yield f"{opening}{json.dumps(key)}: {_json({'name': name or None, 'commit': commit or None})},\n"
    unread = [
        {"side": side, "place": _place(p.place), "level": p.level, "message": p.message} for side, p in found.unread
    ]
    yield f'"notes": {_json(list(compared.notes))},\n"skipped": {_json(list(found.skipped))},\n'
    yield f'"unread": {_json(unread)},\n"changes": ['
    for number, change in enumerate(found.changes):
        yield f"{',' if number else ''}\n{_json(_data(change))}"
    yield "\n]}\n"


def _data(change: Change) -> dict[str, object]:
    return {
        "kind": change.kind,
        "level": change.level,
        "first": change.first,
        "briefing": change.briefing or None,
        "subject": change.subject,
        "id": change.id,
        "claim": change.claim or None,
        "source": change.source or None,
        "speaker": change.speaker or None,
        "about": change.about or None,
        "before": change.before,
        "after": change.after,
        "side": change.side,
        "place": _place(change.place),
        "sentence": change.sentence,
    }


def _place(place: object) -> dict[str, object]:
    return {name: getattr(place, name) for name in ("path", "line", "column")}


def _json(value: object) -> str:
    """JSON in ASCII: no character of it can end a script or a line, or turn a terminal's text around."""
    return json.dumps(value).replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")


def _groups(changes: Sequence[Change]) -> Iterator[tuple[str, list[Change]]]:
    for (first, level), group in groupby(changes, key=lambda change: (change.first, change.level)):
        yield FIRST if first else f"{level.capitalize()}: {LEVELS[level]}", list(group)


def _notes(found: Comparison, compared: Compared) -> Iterator[str]:
    yield from compared.notes
    for slug in found.skipped:
        yield f"briefings/{slug} was not compared: its briefing.yml cannot be read on one side"
    for side, problem in found.unread[:_UNREAD]:
        place = problem.place
        yield f"in the {side}, {place.path}:{place.line}:{place.column}: {problem.message}"
    if len(found.unread) > _UNREAD:
        yield f"{len(found.unread) - _UNREAD} more problems of reading; `check` names them"


def _where(change: Change) -> str:
    return f"{change.place.path}:{change.place.line}:{change.place.column}"


def _line(value: str) -> str:
    """One line (or a line after an empty one) that nothing in it can end."""
    lead = "\n" if value.startswith("\n") else ""
    return lead + make_printable(value[len(lead) :]).replace("\n", "\\n") + "\n"


def _marked(change: Change) -> str:
    out: list[str] = []
    for piece in diff_words(change.before, change.after):
        bare = _typed(piece.text.lstrip(" "))
        lead = " " * (len(piece.text) > len(piece.text.lstrip(" ")))
        gap = " " * bool(out and not lead and piece.kind != "same" and out[-1].endswith(("-]", "+}")))
        shown = {"same": bare, "gone": f"[-{bare}-]", "new": f"{{+{bare}+}}"}[piece.kind]
        out.append(f"{gap or lead}{shown}")
    return "".join(out).strip()


def _typed(value: str) -> str:
    """What somebody typed, so that none of it can pass for a mark of what is gone or new."""
    for sign in ("[-", "-]", "{+", "+}"):
        value = value.replace(sign, f"{sign[0]}\\{sign[1]}")
    return value


def _code(value: str) -> str:
    return f"<code>{_encoded(value)}</code>"


def _encoded(value: str) -> str:
    """What somebody typed: visible, on one line, and nothing but text."""
    return str(encode.text(make_printable(value).replace("\n", "\\n")))


def _item(change: Change) -> str:
    sentence = "".join(_code(piece) if typed else _encoded(piece) for piece, typed in change.parts)
    side = " (in the base)" if change.side == "base" else ""
    out = [sentence]
    if change.about:
        out.append(f"on: {_code(change.about)}")
    tags = {"same": "{}", "gone": "<del>{}</del>", "new": "<ins>{}</ins>"}
    pieces = "".join(
        " " * (len(p.text) > len(p.text.lstrip(" "))) + tags[p.kind].format(_encoded(p.text.lstrip(" ")))
        for p in diff_words(change.before, change.after)
    )
    if pieces:
        out.append(f"<code>{pieces.strip()}</code>")
    out.append(f"{_code(_where(change))}{side}")
    return "<br>".join(out)
