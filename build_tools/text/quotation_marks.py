"""What is inside quotation marks, in two readings that share their table of marks.

``find_marked`` serves matching: locks record its answers, so it must not change. ``find_quoted`` serves suggestions: it
tells apostrophes and unclosed marks better, and may improve. Both take time in proportion to the paragraph.
"""

import re
import unicodedata

from build_tools.text.sentences import holds_sentence, skip_space

#: Start, end, and whether the closing mark is there.
Span = tuple[int, int, bool]


#: Each opening mark with the marks that close it.
_PAIRS = {"\u201c": "\u201d", "\u201e": "\u201c\u201d", "\u00ab": "\u00bb", '"': '"', "\u300c": "\u300d",
          "\u300e": "\u300f", "\u2018": "\u2019", "\u201a": "\u2018", "\u2039": "\u203a", "'": "'"}  # fmt: skip
#: The same for ``find_quoted``: with marks typed for others, German marks turned inwards, and those of TeX.
_TYPED_FOR = {"\u201c": '"', "\u201e": '"', '"': "\u201d", "\u2018": "'", "\u201a": "\u2019", "'": "\u2019"}
CLOSING = {mark: closing + _TYPED_FOR.get(mark, "") for mark, closing in _PAIRS.items()}
CLOSING |= {"\u00bb": "\u00ab", "``": "''"}
SINGLE = "'\u2018\u201a"
MARKS = "".join(CLOSING).replace("`", "") + "\u201d\u300d\u300f\u2019\u203a"
HAN = re.compile("[\u3400-\u9fff]")
_INVISIBLE = dict.fromkeys(map(ord, "\u00ad\u200b\u200c\u200d\u2060\ufeff"))
_APOSTROPHE = re.compile(r"\d\ds?\b|(?:tis|twas|em|til|cause|n)\b", re.IGNORECASE)


def find_marked(block: str, following: str) -> list[tuple[int, int]]:
    """Start and end of each stretch of a paragraph inside quotation marks, nested ones too.

    A mark left open counts only if the next paragraph begins with an opening mark (``following``), as in speech that
    runs over paragraphs.
    """
    open_marks: list[tuple[str, int]] = []
    spans: list[tuple[int, int]] = []
    for i, char in enumerate(block):
        before, after = block[i - 1 : i] if i else "", block[i + 1 : i + 2]
        if char in "'\u2019" and before.isalnum() and after.isalnum():  # an apostrophe
            continue
        at = next((k for k in range(len(open_marks) - 1, -1, -1) if char in _PAIRS[open_marks[k][0]]), None)
        if at is not None and not (char in "'\u2019\"" and not before.strip()):
            spans.append((open_marks[at][1], i))
            del open_marks[at:]
        elif (
            char in _PAIRS
            and not (char in "'\u2018" and before.isalnum())
            and (after.strip() or char in "\u00ab\u2039")
        ):
            open_marks.append((char, i + 1))
    for mark, start in open_marks:
        if mark not in SINGLE and following in _PAIRS and following not in "'\u2018":
            spans.append((start, len(block)))
    return spans


def clean_paragraph(block: str) -> str:
    """A paragraph in NFC, any white space as one space, without invisible characters."""
    return " ".join(unicodedata.normalize("NFC", block).translate(_INVISIBLE).split())


def find_quoted(block: str, following: str = "") -> list[Span]:
    """The stretches inside outermost quotation marks: start, end (without the marks), whether the mark is closed.

    A mark left open counts if the next paragraph (``following``) begins with a mark, or if it begins its own paragraph.
    """
    last = {mark: max(block.rfind(c) for c in (closing if mark != "``" else [closing]))
            for mark, closing in CLOSING.items()}  # fmt: skip
    lone = max((m.start() for m in re.finditer(r"(?:(?<=\S)['\u2019](?!\w)|['\u2019]$)", block)), default=-1)
    spans: list[tuple[int, int, bool]] = []
    i = 0
    while i < len(block):
        mark = "``" if block.startswith("``", i) else block[i]
        if mark not in CLOSING or not _opens(block, i, mark):
            i += 1
            continue
        inner = i + len(mark)
        reachable = inner <= last[mark] and (mark not in SINGLE or inner <= lone)
        end = _closes(block, inner, mark) if reachable else None
        if end is not None:
            spans.append((inner, end, True))
            i = end + 1
        elif len(block) - inner > 2 and (
            (mark not in SINGLE and (i == 0 or following[:1] in CLOSING))
            or (following[:1] == mark and i < 500)
            or (i == 0 and len(block) > 40 and holds_sentence(block[inner:]))
        ):
            spans.append((inner, len(block), False))
            break
        else:
            i = inner
    trimmed = []
    for a, b, closed in spans:
        inside = block[a:b]
        if inside.strip():
            trimmed.append((a + len(inside) - len(inside.lstrip()), a + len(inside.rstrip()), closed))
    return trimmed


def _opens(block: str, i: int, mark: str) -> bool:
    before, after = block[i - 1 : i] if i else "", block[i + len(mark) : i + len(mark) + 1]
    if mark in "\u201e\u300c\u300e\u201a\u2039``":
        return bool(after)
    if mark == "\u00ab":
        return bool(after) and not (before.strip() and (not after.strip() or after in ".,;:!?"))
    if mark == "\u00bb":
        return (not before.strip() or before in "([") and after.isalnum()
    if mark == "\u201c":
        return bool(after.strip()) and not (before.isalnum() and not HAN.match(before) and not after.isalnum())
    if before.isalnum() and not HAN.match(before):
        return False
    if not after.strip():
        return False
    if mark in SINGLE:
        return not _APOSTROPHE.match(block, i + 1) and (after.isalnum() or after in '"\u201c[\u2026.$\u00a3\u20ac(')
    return True


def _closes(block: str, inner: int, mark: str) -> int | None:
    if mark in SINGLE:
        return _closes_single(block, inner, mark)
    if mark == "``":
        at = block.find("''", inner)
        return at if at >= 0 else None
    depth, first = 0, None
    for j in range(inner, len(block)):
        if block[j] not in MARKS:
            continue
        before, after = block[j - 1 : j], block[j + 1 : j + 2]
        if block[j] == mark and mark == "\u201c":
            if before.isspace() or not before or before in "(\u2014-[\u2018'":
                depth += 1
            elif not after.isalnum():
                return j  # an opening mark typed for a closing one
        elif block[j] in CLOSING[mark]:
            if block[j] == '"' and before.isspace() and after.isalnum():
                return first
            first = j if first is None else first
            if depth == 0:
                return j
            depth -= 1
    return first


def _closes_single(block: str, inner: int, mark: str) -> int | None:
    """Where words in single marks end: not at an apostrophe, nor after a plural in the genitive."""
    doubtful = None
    for j in range(inner + 1, len(block)):
        if block[j] not in "'\u2018\u2019\u201a":
            continue
        before, after = block[j - 1 : j], block[j + 1 : j + 2]
        if block[j] == mark and before.isspace() and after.isalnum() and doubtful is not None:
            return doubtful  # the next words in marks begin, so these have ended
        if block[j] not in CLOSING[mark] or (before.isspace() and after) or after.isalnum():
            continue
        if before in "sS" and after == " " and block[j + 2 : j + 3].islower():
            doubtful = j if doubtful is None else doubtful
            continue
        return j
    return doubtful


def mark_places(block: str, start: int, end: int) -> tuple[int, int]:
    """The place of the opening mark before some words, and the place after their closing mark."""
    opens = start - 1
    while opens > 0 and block[opens].isspace():
        opens -= 1
    return max(opens, 0), min(skip_space(block, end) + 1, len(block))
