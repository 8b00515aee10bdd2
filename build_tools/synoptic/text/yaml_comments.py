"""The comments in a YAML file."""

import re
from collections.abc import Iterator
from typing import Any, NamedTuple

import yaml

_COMMENT = re.compile(r"(?:^|(?<=\s))#.*")
_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # the first is faster, and not in every build of PyYAML


class Comment(NamedTuple):
    """A comment, which may go on over several lines: where it begins, from 1, and its words."""

    line: int
    column: int
    text: str


def find_comments(text: str) -> list[Comment]:
    """Every comment of a YAML text; comments on adjacent lines are one. What cannot be scanned as YAML has none."""
    lines = [*text.splitlines(), ""]
    try:
        for line, start, end in _list_scalar_spans("\n".join(lines)):
            lines[line] = lines[line][:start] + "_" * (min(end, len(lines[line])) - start) + lines[line][end:]
    except yaml.YAMLError:
        return []
    comments: list[Comment] = []
    last = -1
    for number, rest in enumerate(lines):
        if not (match := _COMMENT.search(rest)):
            continue
        words = match[0].lstrip("#").strip()
        if last == number - 1 and comments:
            comments[-1] = comments[-1]._replace(text=f"{comments[-1].text} {words}")
        else:
            comments.append(Comment(number + 1, match.start() + 1, words))
        last = number
    return comments


def _list_scalar_spans(text: str) -> Iterator[tuple[int, int, int]]:
    """The line, start and end, from 0, of each line of each scalar; without the line where a block scalar is opened."""
    longest = len(text)
    for token in yaml.scan(text, Loader=_LOADER):
        if not isinstance(token, yaml.ScalarToken):
            continue
        first, last = token.start_mark, token.end_mark
        block = token.style in ("|", ">")
        for line in range(first.line + block, last.line + 1):
            yield line, first.column if line == first.line else 0, last.column if line == last.line else longest
