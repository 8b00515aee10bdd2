"""Writes Markdown in blocks: paragraphs, headings, lists, quotations, tables and code, from a text with marks. Pure."""

import re
from collections.abc import Callable
from itertools import takewhile

#: Begins a mark; the letter after it says what begins or ends there.
BREAK = "\x01"
#: The letter of a block of code; its number follows.
CODE = "k"
#: Around the number of a piece of code within a line.
FROM, TO = "\x02", "\x03"
#: Element to the letters of its beginning and its end. ``p`` only ends a block.
_MARKS = {
    "blockquote": "Qq", "ul": "Uu", "ol": "Oo", "li": "Ll", "dt": "Dp", "dl": "pd", "table": "Tt", "tr": "Rp",
    "td": "Cp", "th": "Cp", "summary": "Sp", "legend": "Sp", "hr": "hp",
    **{f"h{level}": f"{level}p" for level in range(1, 7)},
}  # fmt: skip
#: What a line must not begin with, else it is an item, a heading, a quotation or a rule.
_BEGINNING = re.compile(r"(?=[-+=#>])|\d{1,9}(?=[.)])")
_PIECE = re.compile(f"{FROM}(\\d+){TO}")


def mark(name: str, *, closing: bool) -> str:
    """The mark of the beginning or the end of an element."""
    return f"{BREAK}{_MARKS.get(name, 'pp')[closing]}"


class _Container:
    """A quotation or an item: the first line in it begins with ``first``, all others with ``rest``."""

    def __init__(self, letter: str, first: str, rest: str) -> None:
        self.letter, self.first, self.rest = letter, first, rest
        self.used = False


class Blocks:
    """Writes one page. ``codes`` are the pieces of code, by the numbers in the text."""

    def __init__(self, codes: list[str]) -> None:
        self._codes = codes
        self._lines: list[str] = []
        self._inside: list[_Container] = []
        self._lists: list[int] = []  # the next number of each list around; 0 if it has none
        self._tight = False  # whether the last block is all of an item so far
        self._term = ""  # what is explained next

    def write(self, marked: str) -> str:
        """The Markdown of a text with marks."""
        before, *tables = marked.split(f"{BREAK}T")
        self._write(before)
        for part in tables:
            table, _, after = part.partition(f"{BREAK}t")
            self._put_table(table)
            self._write(after)
        return "\n".join(self._lines).strip("\n") + "\n"

    def _write(self, marked: str) -> None:
        """Write what is in no table."""
        for part in f"p{marked}".split(BREAK):
            letter, words = part[0], part[1:].strip()
            if letter == "p":
                if words:
                    self._put(words)
            elif letter in "123456":
                self._put(words, f"{'#' * int(letter)} ")
            elif letter == "S":
                self._put(words.replace("**", ""), "**", "**")
            elif letter == "D":
                self._leave("D")
                self._inside.append(_Container("D", "- ", "  "))
                self._term = f"**{words.replace('**', '')}:** "
            elif letter == CODE:
                self._put_lines(_fence(self._codes[int(words)]))
            else:
                self._turn(letter)
                if words:
                    self._put(words)

    def _turn(self, letter: str) -> None:
        """Begin or end a list, an item, a quotation; or put a rule."""
        if letter == "L":
            number = self._lists[-1] if self._lists else 0
            first = f"{number}. " if number else "- "
            self._lists[-1:] = [number + bool(number)]
            self._inside.append(_Container("L", first, " " * len(first)))
        elif letter == "Q":
            self._inside.append(_Container("Q", "> ", "> "))
        elif letter in "lqd":
            self._leave(letter.upper())
        elif letter in "UO":
            self._lists.append(int(letter == "O"))
        elif letter == "h":
            self._put_lines(["---"])
        else:
            del self._lists[-1:]

    def _leave(self, letter: str) -> None:
        """End the innermost container of a kind, if there is one, with all in it."""
        for at in range(len(self._inside) - 1, -1, -1):
            if self._inside[at].letter == letter:
                del self._inside[at:]
                return

    def _put(self, words: str, before: str = "", after: str = "") -> None:
        """Write a block of one line; with something ``before`` it, it cannot be taken for anything else."""
        if "\n" in words or "  " in words:
            words = " ".join(words.split())
        if FROM in words:
            words = self._fill(words, str)
        if not words:
            return
        if self._term:
            before, self._term = self._term + before, ""
        if not before and (found := _BEGINNING.match(words)):
            words = f"{found[0]}\\{words[found.end() :]}"
        self._put_lines([f"{before}{words}{after}"])

    def _put_lines(self, lines: list[str]) -> None:
        """Write a block in the containers around it."""
        inside = self._inside
        if not inside:
            self._lines += "", *lines
            self._tight = False
            return
        fresh = inside[-1].letter != "Q" and not inside[-1].used
        if not (fresh and self._tight):
            around = takewhile(lambda one: one.used, inside)
            self._lines.append("".join([one.rest for one in around]).rstrip())
        first = "".join([one.rest if one.used else one.first for one in inside])
        rest = "".join([one.rest for one in inside])
        self._lines += [first + lines[0], *((rest + line).rstrip() for line in lines[1:])]
        self._tight = fresh
        for one in inside:
            one.used = True

    def _put_table(self, marked: str) -> None:
        """Write a table; what is in no row of it stands before it."""
        rows: list[list[str]] = []
        first, *parts = marked.split(BREAK)
        outside = [first]
        for part in parts:
            letter, words = part[0], part[1:].strip()
            if letter == "R":
                rows.append([])
            elif letter == "C" and rows:
                rows[-1].append(words)
            elif letter == CODE:
                rows[-1][-1:] = ["".join(rows[-1][-1:]) + _span(self._codes[int(words)])]
            elif not rows or not rows[-1]:
                outside.append(words)
            elif words or letter in "Qq":
                between = {"L": " · ", "Q": " “", "q": "” "}.get(letter, " ")
                rows[-1][-1] = f"{rows[-1][-1]}{between}{words}" if rows[-1][-1] else between.strip(" ·") + words
        self._put(" ".join(outside).strip())
        rows = [row for row in rows if any(row)]
        if rows:
            width = max(map(len, rows))
            told = [[*map(self._cell, row), *[""] * (width - len(row))] for row in rows]
            told.insert(1, ["---"] * width)
            self._put_lines([f"| {' | '.join(row)} |" for row in told])

    def _cell(self, words: str) -> str:
        words = " ".join(words.split()).replace("|", "\\|")
        return self._fill(words, lambda code: code.replace("|", "\\|")) if FROM in words else words

    def _fill(self, words: str, escape: Callable[[str], str]) -> str:
        """Put the pieces of code in their places."""
        return _PIECE.sub(lambda found: escape(_span(self._codes[int(found[1])])), words)


def _fence(code: str) -> list[str]:
    """A block of code between two lines of backticks, more than it has in a row."""
    fence = "`" * max(3, 1 + _longest_run(code))
    return [fence, *code.rstrip("\n").split("\n"), fence]


def _span(code: str) -> str:
    """A piece of code between backticks, more than it has in a row."""
    code = " ".join(code.split())
    fence = "`" * (1 + _longest_run(code))
    around = " " if code[:1] == "`" or code[-1:] == "`" else ""
    return f"{fence}{around}{code}{around}{fence}" if code else ""


def _longest_run(code: str) -> int:
    return max(map(len, re.findall("`+", code)), default=0) if "`" in code else 0
