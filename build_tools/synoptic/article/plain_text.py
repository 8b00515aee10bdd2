"""Reads a plain text, one paragraph a line; lines that a program wrapped are joined again."""

import functools
import re
from collections.abc import Sequence
from dataclasses import replace
from html import unescape
from itertools import pairwise

from synoptic.article.article import Article, Metadata, describe_article
from synoptic.article.kinds import HAN, WIDE, ends_sentence, kinds_of_lines, match_mark, match_sign
from synoptic.base.problems import Refused
from synoptic.text.line_breaks import LINKS

_QUOTED = re.compile(r"^(?:>[ \t]?)+")
#: Lines of captions, and the suffix of each kind.
_CAPTIONS = {
    ".srt": re.compile(r"^(?:\d+:)?\d\d:\d\d[,.]\d{3} --> ", re.MULTILINE),
    ".sbv": re.compile(r"^\d+:\d\d:\d\d\.\d{3},\d+:\d\d:\d\d\.\d{3}$", re.MULTILINE),
    ".lrc": re.compile(r"^\[\d{1,3}:\d\d\.\d{2,3}\]", re.MULTILINE),
}
_ENTITY = re.compile(r"&(?:#\d{2,6}|#x[0-9a-f]{2,5}|[a-z][a-z0-9]{1,20});", re.IGNORECASE)
#: What a text in Markdown has, each by its name in a note.
_MARKDOWN = {
    "[words](address)": re.compile(r"(?<!\\)\[[^\[\]\n]+\]\((?:https?:|/|#)[^)\s]*\)"),
    "# Heading": re.compile(r"^#{1,6} \S", re.MULTILINE),
    "**bold**": re.compile(r"(?:^|(?<=\s))(\*\*|__)\w[^*_\n]*\1", re.MULTILINE),
    "a fence of backticks": re.compile(r"^```", re.MULTILINE),
}
_TAG_LINE = re.compile(
    r"^[ \t]*</?(?:article|blockquote|br|div|figure|h[1-6]|li|ol|p|section|span|table|ul)\b[^<>]*>",
    re.IGNORECASE | re.MULTILINE,
)
_FEED = re.compile(r"\s*(?:<\?xml\b[^>]*>\s*)?<(?:rss|feed|rdf:RDF)\b", re.IGNORECASE)
_UNITS = "one|two|three|four|five|six|seven|eight|nine|first|second|third|fourth|fifth|sixth|seventh|eighth|ninth"
#: First and last parts of words that keep their hyphen; both are whole words.
_HYPHENATED = (
    ("(?i:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)", _UNITS),
    ("(?i:vingt|trente|quarante|cinquante|soixante|quatre)", "deux|trois|quatre|cinq|six|sept|huit|neuf|dix|vingts?"),
    ("(?i:self)", "(?!ish|less)\\w+"),
    ("(?i:well|ill)", "(?!ness|ing)\\w{2,}ed|known|being|off|to|made|born|paid|read|written|meaning|worn"),
    ("(?i:ex)", "president|minister|wife|husband|chief|mayor|partner|boyfriend|girlfriend|soldier|leader|chancellor"
     "|police|officer|boss|convict|ministre|maire|président|presidente|ministro|alcalde"),
    ("(?i:vice|half|quasi)", "(?!way|time)\\w{4,}"), ("(?i:all)", "(?!iance|usion)\\w{3,}"),
    ("(?i:no)", "one"), ("(?i:so)", "called"), ("(?i:in)", "law"), ("(?i:years?|months?|weeks?|days?)", "olds?"),
    ("(?i:stand|lay|fly|pass)", "by"), ("(?i:president|mayor|governor|chancellor)", "elect"),
    ("(?!(?i:with|there|where|here)$)[^\\W\\d_]{3,}", "in|up"),
    ("[^\\W\\d_]+[td]", "il|elle|on|ils|elles|ce"), ("[^\\W\\d_]+ez", "vous"),
    ("(?i:celui|celle|ceux|celles|jusque|par)", "ci|là"), ("(?i:week)", "ends?"), ("(?i:grand)", "m[eè]res?|p[eè]res?"),
    ("(?i:moi|toi|lui|elle|soi|eux|nous|vous|elles)", "mêmes?"),
    ("(?i:peut)", "être"), ("(?i:sous)", "(?:préf|direct|secr|offic|titr)\\w+"),
    ("(?i:au|par)", "dessus|dessous|delà"), ("(?i:là)", "bas|dessus|dedans"),
)  # fmt: skip
_SOFT = "\u00ad"
_WITH_HYPHEN = re.compile(r"(?<!\w)([^\W\d_]++)-(?=([^\W\d_]++)(?!\w))")
_TAIL = 80  # characters at the end of a line that tell how the next one goes on; no word is longer
#: Characters in a line of wrapped text; Chinese and Japanese have fewer.
_WIDTHS = range(28, 121)
_WIDTHS_HAN = range(14, 61)
#: How a line ends that a paragraph of its own seldom does: after a comma, a hyphen or a short word ("of the").
_BREAKS_OFF = re.compile(r"[,\-\u2010]$|(?<!\S)[^\W\d_A-Z]{1,3}$")


def read_plain_text(text: str, *, wrapped: bool = False) -> Article:
    """The article in a plain text, with what its lines state. ``wrapped`` says that its lines are.

    Raises Refused if it is markup.
    """
    decoded = _ENTITY.sub(lambda match: unescape(match[0]), _ENTITY.sub(lambda match: unescape(match[0]), text))
    _refuse_markup(decoded)
    lines, notes = join_wrapped(decoded, wrapped=wrapped)
    if decoded != text:
        notes.append("characters written as in HTML, such as &amp;, were read as a browser shows them")
    signs_of = [name for name, sign in _MARKDOWN.items() for _ in sign.findall(text)]
    if len(signs_of) >= 3:
        notes.append(
            f"it looks like Markdown ({signs_of[0]}); give the file the suffix .md, and its marks are left out"
        )
    signs = [match_sign(lines, i) for i in range(len(lines))]
    blocks = tuple(line[len(sign) :] or line for line, sign in zip(lines, signs, strict=True))
    article = describe_article(blocks, kinds_of_lines(blocks, [bool(sign) for sign in signs]), Metadata())
    return replace(article, notes=(*article.notes, *notes))


def join_wrapped(text: str, *, wrapped: bool = False) -> tuple[list[str], list[str]]:
    """The paragraphs of a text, and what was noticed of its lines.

    Wrapped lines are joined, and the ">" before lines of a quoted mail removed. Without ``wrapped``, lines are joined
    only if nearly all of them look wrapped.
    """
    groups = _split_groups(text)
    lines = [line for group in groups for line in group]
    inner = [(line, following) for group in groups for line, following in pairwise(group)]
    width = _find_width(inner)
    going_on = [pair for pair in inner if not ends_sentence(pair[0])]
    full = sum(_is_full(*pair, width) for pair in going_on)
    share = full / max(len(going_on), 1)
    han = bool(lines and HAN.match(lines[0]))
    inside = sum(following[:1].islower() or bool(_BREAKS_OFF.search(line)) for line, following in going_on)
    if not (wrapped or han or 4 * inside >= len(going_on)) and not _is_uncased(lines):
        return lines, []
    likely = width in (_WIDTHS_HAN if han else _WIDTHS) and full >= 3 and 4 * full >= len(inner)
    needed = 0.8 if width < 40 and not han else 0.6  # verse is narrow, too
    if not (wrapped or (likely and share >= needed and 3 * len(inner) >= len(lines))):
        if likely and share >= 0.3:
            return lines, ["the lines look wrapped; put one paragraph on a line, or ingest it with --wrapped"]
        return lines, []
    paragraphs = [paragraph for group in groups for paragraph in _join_group(group, width, text)]
    note = f"the lines were wrapped at about {width} characters; they were joined into {len(paragraphs)} paragraphs"
    return paragraphs, [note]


def _is_uncased(lines: Sequence[str]) -> bool:
    """Whether a text has no small letters, as in Arabic or in capitals throughout."""
    return not any(char.islower() for line in lines for char in line)


def _split_groups(text: str) -> list[list[str]]:
    """The lines between blank lines, without their margins. A group also begins where a quoted mail begins or ends, and
    at a line that is indented, unlike most, after the end of a sentence."""
    raw = text.lstrip("\ufeff").splitlines()
    quoted = sum(bool(_QUOTED.match(line)) for line in raw) >= 2
    few = 2 * sum(line[:1] in (" ", "\t") for line in raw) < len(raw)
    groups: list[list[str]] = [[]]
    depth = 0
    for line in raw:
        sign = match[0] if quoted and (match := _QUOTED.match(line)) else ""
        words = line[len(sign) :].strip()
        begins = few and line[:1] in (" ", "\t") and groups[-1] and ends_sentence(groups[-1][-1])
        if not words or sign.count(">") != depth or begins:
            groups.append([])
        if words:
            groups[-1].append(words)
        depth = sign.count(">")
    return [group for group in groups if group]


def _find_width(inner: Sequence[tuple[str, str]]) -> int:
    """The width that lines were wrapped at: nearly the longest of those that others follow."""
    lengths = sorted(len(line) for line, _ in inner)
    return lengths[len(lengths) * 19 // 20] if lengths else 0


def _is_full(line: str, following: str, width: int) -> bool:
    """Whether the first word of the next line had no room in this one; letters of unlike widths need some play."""
    word = 1 if re.match(WIDE, following) else len(following.split(maxsplit=1)[0])
    return len(line) + 1 + word > 0.85 * width


def _join_group(group: Sequence[str], width: int, text: str) -> list[str]:
    """The paragraphs in the lines between two blank lines."""
    paragraphs = [[group[0]]]
    for i, line in enumerate(group[1:], 1):
        before = group[i - 1]
        going = line[0].islower() and not ends_sentence(before)
        goes_on = _is_full(before, line, width) or going or re.search(r"[^\W\d_][-\u2010]$", before)
        if not goes_on or match_mark(group, i):
            paragraphs.append([line])
        else:  # only the end of a line decides, and joining all of a long paragraph each time would take long
            last = paragraphs[-1].pop()
            joined = join_lines(last[-_TAIL:], line, text)
            paragraphs[-1] += [last[:-_TAIL], joined]
    return ["".join(parts) for parts in paragraphs]


def join_lines(before: str, after: str, text: str) -> str:
    """Two lines as one. A hyphen between them stays before "and" and the like, or if the text has the word with it."""
    if before.endswith(_SOFT):
        return before[:-1] + after
    if re.match(WIDE, before[-1]) and re.match(WIDE, after):
        return before + after
    broken = re.search(r"([^\W\d_]+)[-\u2010]$", before[-_TAIL:])
    if not broken:
        dash = re.search(r"[\w.][-\u2010\u2011]$", before)  # "20-" and "year-old", "U.S.-" and "led"
        return before + after if dash and after[0].isalnum() else f"{before} {after}"
    rest = re.match(r"[^\W\d_]*", after)
    assert rest is not None
    if rest[0].casefold() in LINKS:
        return f"{before} {after}"
    if not after[0].islower() or _is_hyphenated(broken[1], rest[0]) or (broken[1], rest[0]) in _list_hyphenated(text):
        return before + after
    return before[:-1] + after


@functools.lru_cache(maxsize=2)
def _list_hyphenated(text: str) -> frozenset[tuple[str, str]]:
    """The words of a text with one hyphen in them, each as its two parts."""
    return frozenset((match[1], match[2]) for match in _WITH_HYPHEN.finditer(text))


def _is_hyphenated(head: str, rest: str) -> bool:
    """Whether two parts are written with a hyphen between them wherever they stand: "twenty-five", "no-one"."""
    shortened = len(head) > 1 and head.isupper()  # "EU-wide"
    return shortened or any(re.fullmatch(heads, head) and re.fullmatch(rests, rest) for heads, rests in _HYPHENATED)


def _refuse_markup(text: str) -> None:
    """Raise Refused for captions, JSON, HTML and feeds."""
    for suffix, times in _CAPTIONS.items():
        if len(times.findall(text)) >= 2:
            suffix = ".vtt" if text.lstrip("\ufeff").startswith("WEBVTT") else suffix
            raise Refused(
                f"these are captions with times; give the file the suffix {suffix}, and the times are left out"
            )
    if re.match(r"\s*[\[{]\s*[\[{\"]", text) and text.rstrip()[-1:] in "]}":
        raise Refused("this is JSON; give a transcript the suffix .json, or save the article's words as .txt")
    if _FEED.match(text):
        raise Refused("this is a feed, a list of articles; open the article in a browser, and save that")
    tags = _TAG_LINE.findall(text)
    if len(tags) >= 2 or (tags and text.lstrip().startswith("<")):
        raise Refused(
            f"it holds HTML tags ({tags[0].strip()[:40]}); give the file the suffix .html, or save the words as a "
            "browser shows them"
        )
