"""Reads captions (.srt, .vtt): what is said, without its times, and who says it where they name somebody."""

import re
from collections.abc import Iterator

from build_tools.article.article import Article, Metadata, describe_article
from build_tools.article.kinds import ends_sentence
from build_tools.base.problems import Refused

_TIMES = re.compile(
    r"^[ \t]*(?P<start>(?:\d+:)?\d{1,2}:\d\d[.,]\d{1,3})[ \t]+-->[ \t]+(?P<end>(?:\d+:)?\d{1,2}:\d\d[.,]\d{1,3}).*$"
)
_VOICE = re.compile(r"<v(?:\.[\w.]+)?[ \t]+(?P<name>[^>]+)>")
_TAG = re.compile(r"</?[a-z][^<>]*>|<[\d:.]+>|\{\\[^}]*\}", re.IGNORECASE)
_SPEAKER = re.compile(r"^(?:>>\s*)?(?P<name>[^\W\d_a-zß-ÿ][^:.!?,]{0,40}):\s+(?=\S)")
_PAUSE = 2.0  # seconds between captions that begin a new paragraph after a sentence
_LONG = 500  # characters of a paragraph that the next sentence may follow in a new one


def read_captions(text: str) -> Article:
    """The article in captions. A paragraph begins where another speaker does, as "NAME: ", or after a pause."""
    paragraphs: list[str] = []
    ended = -_PAUSE
    for start, end, words in _list_cues(text):
        turn = bool(_SPEAKER.match(words)) or words.startswith((">>", "- ", "\u2013 "))
        words = re.sub(r"^(?:>>|[-\u2013] )\s*", "", words)
        rests = not paragraphs or (
            ends_sentence(paragraphs[-1]) and (start - ended >= _PAUSE or len(paragraphs[-1]) > _LONG)
        )
        if turn or rests:
            paragraphs.append(words)
        else:
            paragraphs[-1] = f"{paragraphs[-1]} {words}"
        ended = end
    if not paragraphs:
        raise Refused("there are no captions with times in it; give it the suffix .txt if it is plain text")
    blocks = tuple(paragraphs)
    return describe_article(blocks, ("body",) * len(blocks), Metadata())


def _list_cues(text: str) -> Iterator[tuple[float, float, str]]:
    """Start and end of each turn in a caption, in seconds, and its words. Lines that roll on are given once."""
    shown: list[str] = []
    for part in re.split(r"\n[ \t]*\n", text.lstrip("\ufeff").replace("\r\n", "\n").replace("\r", "\n")):
        lines = part.strip().split("\n")
        at = next((n for n, line in enumerate(lines) if _TIMES.match(line)), None)
        if at is None:  # the head of the file, a note, a style
            continue
        times = _TIMES.match(lines[at])
        assert times is not None
        words = {_clean(_VOICE.sub("", line)): _clean(_VOICE.sub(_name_voice, line)) for line in lines[at + 1 :]}
        fresh = [named for line, named in words.items() if line and line not in shown]
        shown = list(words)
        turns: list[str] = []
        for line in fresh:
            begins = line.startswith((">>", "- ", "\u2013 ")) or _SPEAKER.match(line) or not turns
            turns = [*turns, line] if begins else [*turns[:-1], f"{turns[-1]} {line}"]
        for turn in turns:
            yield _seconds(times["start"]), _seconds(times["end"]), turn


def _name_voice(voice: re.Match[str]) -> str:
    return f"{voice['name'].strip()}: "


def _clean(line: str) -> str:
    """The words of a caption's line, without marks."""
    return " ".join(_TAG.sub("", line).split())


def _seconds(written: str) -> float:
    """A time such as 00:01:02,500 in seconds."""
    seconds = 0.0
    for part in written.replace(",", ".").split(":"):
        seconds = 60 * seconds + float(part)
    return seconds
