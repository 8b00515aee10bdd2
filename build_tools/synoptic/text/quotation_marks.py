"""What is inside quotation marks, of every style: one reading for locks, checks and suggestions, in linear time."""

import re
from dataclasses import dataclass

from synoptic.text.sentences import holds_sentence, skip_space
from synoptic.text.unicode import normalize

#: Start, end, and whether the closing mark is there.
Span = tuple[int, int, bool]

#: Each opening mark with the marks that close it; then those that people type for these.
_CLOSING = {
    "\u201c": "\u201d", "\u201d": "\u201d", "\u201e": "\u201c \u201d", '"': '"', "\uff02": "\uff02",
    "\u2018": "\u2019", "\u2019": "\u2019", "\u201a": "\u2018 \u2019", "'": "'",
    "\u00ab": "\u00bb", "\u00bb": "\u00ab \u00bb", "\u2039": "\u203a", "\u203a": "\u2039 \u203a", "<<": ">>",
    "\u300c": "\u300d", "\u300e": "\u300f", "\ufe41": "\ufe42", "\ufe43": "\ufe44", "\uff62": "\uff63",
    "\u301d": "\u301e \u301f", "\u275d": "\u275e", "\u275b": "\u275c",
    "``": "''", "''": "''", ",,": "'' \" \u201c \u201d",
}  # fmt: skip
_TYPED = {
    "\u201c": '" \u201c', "\u201e": '"', '"': "\u201d", "\u2018": "'", "\u201a": "'", "'": "\u2019", "``": '"',
}  # fmt: skip
_MARK = re.compile(
    "``|''|,,(?=\\w)|<<|>>|[" + "".join({*"".join([*_CLOSING, *_CLOSING.values()])} - set(" <>`,")) + "]"
)
_SINGLE = "'\u2018\u2019\u201a"
_OPEN_ONLY = "\u275d\u275b\u201e\u201a\u300c\u300e\ufe41\ufe43\uff62\u301d``,,<<"
_GUILLEMETS = "\u00ab\u00bb\u2039\u203a<<"
#: Every mark of one character.
MARKS = (
    "\u275b\u275c\u275d\u275e\u201c\u201d\u201e\"\u2018\u2019\u201a'\u00ab\u00bb\u2039\u203a\u300c\u300d\u300e\u300f"
)
HAN = re.compile("[\u3400-\u9fff]")
_INVISIBLE = dict.fromkeys(map(ord, "\u00ad\u200b\u200c\u200d\u2060\ufeff"))
_APOSTROPHE = re.compile(r"\d\ds?\b|(?:tis|twas|em|til|cause|bout|round|n)\b", re.IGNORECASE)
_FIRM_AFTER = ",.;:!?\u2026)"
#: Marks that are open at once, at most; characters in which the right mark is looked for before another will do.
_DEEPEST, _NEAR = 8, 4000

#: Words that say who speaks: in French, and in Spanish, German, Italian, Portuguese, Polish and Russian.
_FRENCH_SAYS = (
    r"(?:[^\W\d_]+-(?:t-)?(?:il|elle|on|je)s?"
    r"|(?:dit|répond(?:it)?|demand[ea]|lança|lance|murmur[ea]|ajout[ea]|fit|cri[ea]|reprit|souffl[ea]))\b"
)
_SAYS = (
    rf"(?:{_FRENCH_SAYS}|(?:(?:dijo|preguntó|respondió|contestó|exclamó|añadió|murmuró|gritó|repuso|replicó)"
    r"|(?:sagte|fragte|rief|antwortete|meinte|murmelte|flüsterte|erwiderte|entgegnete|schrie)n?"
    r"|disse|chiese|rispose|perguntou|respondeu"
    r"|(?:powiedział|rzekł|odparł|zapytał|odpowiedział|dodał|zawołał)a?|(?:mrukn|krzykn|szepn)(?:ął|ęła)"
    r"|(?:сказал|спросил|ответил|добавил|крикнул)а?|говорит)\b)"
)
_TURN = re.compile(r"[\u2014\u2013\u2015-]\s?(?=[^\W_]|[\u00bf\u00a1\u2026])")
#: An aside between dashes: one of any words if a dash stands right before them, else one that says who speaks.
_DASHED_ASIDE = re.compile(
    rf"\s(?:[\u2014\u2013](?=[^\W\d_])|[\u2014\u2013-]\s?(?={_SAYS}))(?P<said>[^\u2014\u2013]*?)(?:\s?[\u2014\u2013]\W?\s*|-\W?\s+|$)"
)
_OTHER_ASIDE = re.compile(
    rf"(?P<stop>,)\s(?:[\w'\u2019-]+\s){{0,2}}?{_FRENCH_SAYS}|(?P<cry>\s?[!?\u2026],?)\s(?:[\w'\u2019-]+\s){{0,2}}?{_SAYS}"
)
#: A turn that is speech without any aside: a question, an exclamation, a few words, or another turn in its line.
_BARE_TURN = re.compile(
    r"[\u2014\u2015\u2013].*[!?\u2026]$|[\u2014\u2015]\s?(?:\w[\w'\u2019,-]*\s){0,2}\w[\w'\u2019-]*\.$"
    r"|[\u2014\u2015\u2013].*[.!?\u2026]\s[\u2014\u2015\u2013]\s?[A-Z\u00c0-\u00de\u00bf\u00a1]"
)


def clean_paragraph(block: str) -> str:
    """A paragraph in NFC, any white space as one space, without invisible characters."""
    return " ".join(normalize(block).translate(_INVISIBLE).split())


def opens_speech(following: str) -> bool:
    """Whether a paragraph's first character is an opening mark."""
    return following in _CLOSING


@dataclass
class _Open:
    """An open mark, where its words begin, and where they end if no better mark closes them."""

    mark: str
    start: int
    doubtful: int | None = None


def find_quoted(block: str, following: str = "") -> list[Span]:
    """The stretches inside outermost quotation marks: start, end (without the marks), whether the mark is closed.

    A mark left open counts if the next paragraph (``following``) begins with a mark, or if it begins its own paragraph.
    Without marks, the turns of a dialogue count that begin with a dash.
    """
    spans: list[Span] = []
    stack: list[_Open] = []
    for sign in _MARK.finditer(block):
        mark, i = sign[0], sign.start()
        before, after = _neighbours(block, i, sign.end())
        if mark in "'\u2019" and _is_letter(before) and _is_letter(after):
            continue  # an apostrophe
        at = _find_open(stack, block, mark, i)
        if at is not None and _closes(block, stack[at], mark, before, after):
            if mark in _SINGLE and before in "sS" and after == " " and block[i + 2 : i + 3].islower():
                if stack[at].doubtful is None:
                    stack[at].doubtful = i  # perhaps a plural in the genitive
                continue
            spans.append((stack[at].start, i, True))
            del stack[at:]
        elif mark in _CLOSING and _opens(block, sign.end(), mark, before, after):
            if mark in _SINGLE and stack and stack[-1].doubtful is not None:
                spans.append((stack[-1].start, stack.pop().doubtful or i, True))
            stack.append(_Open(mark, sign.end()))
    for entry in stack:
        if entry.doubtful is not None:
            spans.append((entry.start, entry.doubtful, True))
        elif _runs_on(block, entry, following):
            spans.append((entry.start, len(block), False))
    return _trim(block, spans) or _find_turn(block)


def _neighbours(block: str, start: int, end: int) -> tuple[str, str]:
    """The characters before and after a mark; a space at the ends."""
    return block[start - 1 : start] or " " if start else " ", block[end : end + 1] or " "


def _is_letter(char: str) -> bool:
    return char.isalnum() and not HAN.match(char)


def _find_open(stack: list[_Open], block: str, mark: str, place: int) -> int | None:
    """The innermost open mark that a mark closes: a mark typed for another only if the right one does not follow."""
    for at in range(len(stack) - 1, max(-1, len(stack) - 1 - _DEEPEST), -1):
        opening = stack[at].mark
        if mark in _CLOSING[opening].split():
            return at
        if mark in _TYPED.get(opening, "").split():
            right = [p for c in _CLOSING[opening].split() if (p := block.find(c, place + 1, place + _NEAR)) >= 0]
            again = block.find(opening, place + 1, place + _NEAR)
            if not right or 0 <= again < min(right):
                return at
    return None


def _closes(block: str, entry: _Open, mark: str, before: str, after: str) -> bool:
    """Whether a mark that may close an open one does."""
    if mark in _SINGLE:
        firm = entry.mark != "\u2019" or after in _FIRM_AFTER or before in _FIRM_AFTER
        return firm and not _is_letter(after) and (not before.isspace() or after.isspace())
    if mark == entry.mark or mark in '"\u201c':  # it may open as well
        spaced = block[entry.start : entry.start + 1].isspace()
        return not before.isspace() or (spaced and after in f" {_FIRM_AFTER}")
    return True


def _opens(block: str, end: int, mark: str, before: str, after: str) -> bool:
    if mark in _OPEN_ONLY:
        return end < len(block)
    if mark == "\u00ab" or mark == "\u2039":
        return end < len(block) and not (not before.isspace() and (after.isspace() or after in _FIRM_AFTER))
    if mark in '"\u201c' and before.isalpha() and (after.isalnum() or after in "{[("):
        return True  # a space is missing, or it is a string of a program
    if _is_letter(before) or end >= len(block) or (after.isspace() and not before.isspace()):
        return False
    if mark in _SINGLE:
        begins = after.isalnum() or after in '"\u201c[\u2026.$\u00a3\u20ac(\u00bf\u00a1'
        return begins and not _APOSTROPHE.match(block, end) and not (mark == "\u2019" and HAN.match(before))
    if mark in "\u00bb\u203a":
        return (before.isspace() or before in "([\u2014") and (not after.isspace() or end == 1)
    if mark in "\u201d''":
        return before.isspace() and _is_letter(after)
    return not after.isspace() or block.find(mark if mark != "\u201c" else "\u201d", end, end + _NEAR) >= 0


def _runs_on(block: str, entry: _Open, following: str) -> bool:
    """Whether words after a mark that nothing closes are in marks up to the paragraph's end."""
    start, mark = entry.start - len(entry.mark), entry.mark
    goes_on = following[:1] == mark or (mark == "\u00ab" and following[:1] == "\u00bb")
    if len(block) - entry.start < 3:
        return False
    return (
        (mark not in _SINGLE and (start == 0 or following[:1] in _CLOSING))
        or (goes_on and start < 500)
        or (start == 0 and mark != "\u2019" and len(block) > 40 and holds_sentence(block[entry.start :]))
    )


def _trim(block: str, spans: list[Span]) -> list[Span]:
    """The outermost spans in their order, without white space at their ends."""
    outer: list[Span] = []
    last = 0
    for a, b, closed in sorted(spans, key=lambda span: (span[0], -span[1])):
        if a >= last and (inside := block[a:b]).strip():
            outer.append((a + len(inside) - len(inside.lstrip()), a + len(inside.rstrip()), closed))
            last = b
    return outer


def _find_turn(block: str) -> list[Span]:
    """The speech of a paragraph that begins with a dash, as in French, Spanish or Polish, but for who speaks.

    A dash may also begin an item of a list or the line of an attribution, so a statement without an aside does not
    count unless it is as short as an answer.
    """
    turn = _TURN.match(block)
    if turn is None:
        return []
    asides = list(_DASHED_ASIDE.finditer(block, turn.end()))
    if asides and all(aside["said"][:1].islower() for aside in asides):
        begins = [turn.end(), *(aside.end() for aside in asides)]
        ends = [*(aside.start() for aside in asides), len(block)]
        return _trim(block, [(a, b, True) for a, b in zip(begins, ends, strict=True)])
    if aside := _OTHER_ASIDE.search(block, turn.end()):
        return _trim(block, [(turn.end(), max(aside.end("stop"), aside.end("cry")), True)])
    return _trim(block, [(turn.end(), len(block), True)]) if _BARE_TURN.match(block) and not asides else []


def is_turn(block: str) -> bool:
    """Whether a paragraph that begins with a dash is a turn of a dialogue, as far as it tells itself."""
    return bool(_find_turn(block))


def mark_places(block: str, start: int, end: int) -> tuple[int, int]:
    """The place of the opening mark before some words, and the place after their closing mark."""
    opens = start - 1
    while opens > 0 and block[opens].isspace():
        opens -= 1
    return max(opens, 0), min(skip_space(block, end) + 1, len(block))
