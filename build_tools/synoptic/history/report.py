"""Changes as text for a terminal, as Markdown for a summary on GitHub, and as JSON. Pure.

In Markdown all text of contributors is in ``<code>`` inside a block of HTML, each punctuation character as a character
reference. So no Markdown parser looks into it, and GitHub does not look for @names, #numbers, commits, addresses and
:signs: there.
"""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from synoptic.base.problems import Place, make_printable
from synoptic.model.change import LEVELS, Change, Comparison
from synoptic.text import encode
from synoptic.text.word_diff import diff_words

FIRST = "First: what needs a second reader (files besides data, rules, searches, locks, unchecked quotations)"
TIP = "With your own copy of an article: synoptic check SLUG --source ID --against FILE"
#: A step's summary on GitHub holds 1 MiB; changes that do not fit are counted.
MOST_BYTES = 900_000
_MOST_UNREAD = 50
#: The keys of a change in JSON.
_KEYS = "kind level first briefing subject id claim source speaker about before after side place sentence".split()


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
        """Both sides, as in ``main (1f2e3d4) to the working tree``."""
        sides = ((self.base, self.base_commit), (self.head, self.head_commit))
        old, new = (f"{name} ({commit[:10]})" if commit else "the working tree" for name, commit in sides)
        return f"{old} to {new}"


def count_changes(changes: Sequence[Change]) -> str:
    """A count by level, as in ``2 to look at first; changes: 3 of fact, 1 of evidence, 0 of wording``."""
    rest = [change.level for change in changes if not change.first]
    levels = ", ".join(f"{rest.count(level)} of {level}" for level in LEVELS)
    return f"{len(changes) - len(rest)} to look at first; changes: {levels}"


def render_text(comparison: Comparison, compared: Compared) -> Iterator[str]:
    """Lines for a terminal. Old words are between ``[-`` and ``-]``, new words between ``{+`` and ``+}``."""
    changes = comparison.changes
    yield _line(f"Changes of meaning from {_escape_marks(compared.line)}")
    yield _line(count_changes(changes) if changes else "Nothing changed in meaning.")
    for title, group in _group(changes):
        yield f"\n{title}\n"
        for change in group:
            side = " (base)" if change.side == "base" else ""
            sentence = "".join(f'"{_escape_marks(text)}"' if typed else text for text, typed in change.parts)
            yield _line(f"  {_escape_marks(_place_text(change))}{side}: {sentence}")
            if change.about:
                yield _line(f"      on: {_escape_marks(change.about)}")
            if words := _marked_words(change):
                yield _line(f"      {words}")
        if group[0].first:
            yield f"  {TIP}\n"
    for note in _notes(comparison, compared):
        yield _line(f"\nNote: {_escape_marks(note)}")


def render_markdown(comparison: Comparison, compared: Compared, most: int = MOST_BYTES) -> Iterator[str]:
    """A summary as Markdown, inert whatever the texts contain. The changes take ``most`` bytes at most."""
    size = omitted = 0
    yield "## What changed in meaning\n\n"
    yield f"<p>{_code(compared.line)}: {count_changes(comparison.changes)}</p>\n\n"
    for title, group in _group(comparison.changes):
        items = []
        for change in group:
            item = f"<li>{_item(change)}</li>\n"
            size += len(item.encode())
            if size <= most:
                items.append(item)
            else:
                omitted += 1
        if items:
            tip = f"<p>{_code(TIP)}</p>\n\n" if group[0].first else ""
            yield f"### {title}\n\n{tip}<ul>\n{''.join(items)}</ul>\n\n"
    if omitted:
        yield f"<p>{omitted} more changes do not fit here; <code>--format json</code> has them all.</p>\n\n"
    for note in _notes(comparison, compared):
        yield f"<p>Note: {_code(note)}</p>\n\n"


def render_json(comparison: Comparison, compared: Compared) -> Iterator[str]:
    """One JSON object, each change on a line of its own. docs/data.md documents its shape."""
    unread = [
        {"side": side, "place": _place_data(problem.place), "level": problem.level, "message": problem.message}
        for side, problem in comparison.unread
    ]
    head = {
        "base": {"name": compared.base or None, "commit": compared.base_commit or None},
        "head": {"name": compared.head or None, "commit": compared.head_commit or None},
        "notes": list(compared.notes),
        "skipped": list(comparison.skipped),
        "unread": unread,
    }
    yield "{"
    for key, value in head.items():
        yield f"{json.dumps(key)}: {_json(value)},\n"
    yield '"changes": ['
    for number, change in enumerate(comparison.changes):
        yield f"{',' if number else ''}\n{_json(_change_data(change))}"
    yield "\n]}\n"


def _change_data(change: Change) -> dict[str, object]:
    data = {key: getattr(change, key) for key in _KEYS}
    data |= {key: data[key] or None for key in ("briefing", "claim", "source", "speaker", "about")}
    return data | {"place": _place_data(change.place)}


def _place_data(place: Place) -> dict[str, object]:
    return {"path": place.path, "line": place.line, "column": place.column}


def _json(value: object) -> str:
    """JSON in ASCII: no character of it can end a script or a line, or reverse the text of a terminal."""
    return json.dumps(value).replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")


def _group(changes: Sequence[Change]) -> Iterator[tuple[str, list[Change]]]:
    titles = {level: f"{level.capitalize()}: {meaning}" for level, meaning in LEVELS.items()}
    for title, group in groupby(changes, key=lambda change: FIRST if change.first else titles[change.level]):
        yield title, list(group)


def _notes(comparison: Comparison, compared: Compared) -> Iterator[str]:
    yield from compared.notes
    for slug in comparison.skipped:
        yield f"briefings/{slug} was not compared: its briefing.yml cannot be read on one side"
    for side, problem in comparison.unread[:_MOST_UNREAD]:
        place = problem.place
        yield f"in the {side}, {place.path}:{place.line}:{place.column}: {problem.message}"
    if len(comparison.unread) > _MOST_UNREAD:
        yield f"{len(comparison.unread) - _MOST_UNREAD} more files or entries cannot be read; `check` lists them"


def _place_text(change: Change) -> str:
    return change.place.text


def _line(value: str) -> str:
    """A line of output, or an empty line and a line; nothing in the text can end it."""
    lead = "\n" if value.startswith("\n") else ""
    return lead + make_printable(value[len(lead) :]).replace("\n", "\\n") + "\n"


def _marked_words(change: Change) -> str:
    out: list[str] = []
    for piece in diff_words(change.before, change.after):
        bare = _escape_marks(piece.text.lstrip(" "))
        lead = " " * piece.text.startswith(" ")
        gap = " " * bool(out and not lead and piece.kind != "same" and out[-1].endswith(("-]", "+}")))
        marked = {"same": bare, "gone": f"[-{bare}-]", "new": f"{{+{bare}+}}"}[piece.kind]
        out.append(f"{gap or lead}{marked}")
    return "".join(out).strip()


def _escape_marks(text: str) -> str:
    """A contributor's text, in which nothing can pass for a mark of old or new words."""
    for mark in ("[-", "-]", "{+", "+}"):
        text = text.replace(mark, f"{mark[0]}\\{mark[1]}")
    return text


def _code(text: str) -> str:
    return f"<code>{_encode(text)}</code>"


def _encode(text: str) -> str:
    """A contributor's text as HTML: visible, on one line, and nothing but text."""
    return str(encode.text(make_printable(text).replace("\n", "\\n")))


def _item(change: Change) -> str:
    """A change as HTML lines: sentence, claim, words, place."""
    side = " (in the base)" if change.side == "base" else ""
    out = ["".join(_code(text) if typed else _encode(text) for text, typed in change.parts)]
    if change.about:
        out.append(f"on: {_code(change.about)}")
    tags = {"same": "{}", "gone": "<del>{}</del>", "new": "<ins>{}</ins>"}
    words = "".join(
        " " * piece.text.startswith(" ") + tags[piece.kind].format(_encode(piece.text.lstrip(" ")))
        for piece in diff_words(change.before, change.after)
    )
    if words:
        out.append(f"<code>{words.strip()}</code>")
    out.append(f"{_code(_place_text(change))}{side}")
    return "<br>".join(out)
