"""Reads captions and the JSON of transcribers: what is said, without its times, and by whom if they name somebody."""

import json
import re
from collections.abc import Iterable, Iterator
from typing import Any

from synoptic.article.article import Article, Metadata, describe_article
from synoptic.article.kinds import ends_sentence
from synoptic.base.problems import Refused

#: Start and end of a caption, in seconds, and its words; a caption may have several, one for each turn.
Cue = tuple[float, float, str]

_TIME = r"(?:\d+:)?\d{1,2}:\d\d[.,]\d{1,3}"
_TIMES = re.compile(rf"^[ \t]*(?P<start>{_TIME})(?:[ \t]+-->[ \t]+|,)(?P<end>{_TIME}).*$")
#: A line of lyrics with its times, and one that begins with a time alone, as copied from a player.
_LYRIC = re.compile(r"^(?:\[(?P<time>\d{1,3}:\d\d(?:\.\d{1,3})?)\])+(?P<words>.*)$")
_BARE_TIME = re.compile(r"\d{1,2}(?::\d\d){1,2}")
_VOICE = re.compile(r"<v(?:\.[\w.]+)?[ \t]+(?P<name>[^>]+)>")
_TAG = re.compile(r"</?[a-z][^<>]*>|<[\d:.]+>|\{\\[^}]*\}", re.IGNORECASE)
_SPEAKER = re.compile(r"^(?:>>\s*)?(?P<name>[^\W\d_a-zß-ÿ][^:.!?,]{0,40}):\s+(?=\S)")
_PAUSE = 2.0  # seconds between captions that begin a new paragraph after a sentence
_LONG = 500  # characters of a paragraph that the next sentence may follow in a new one


def read_captions(text: str) -> Article:
    """The article in captions. A paragraph begins where another speaker does, as "NAME: ", or after a pause."""
    text = text.lstrip("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    lyrics = [match for line in text.split("\n") if (match := _LYRIC.match(line.strip()))]
    return _join_cues(_time_lyrics(lyrics) if lyrics else _list_cues(text))


def read_pasted_captions(text: str) -> Article | None:
    """The article in captions that were copied from a player, which shows a time above each; None if they are none."""
    lines = [line.strip() for line in text.lstrip("\ufeff").splitlines() if line.strip()]
    places = [n for n, line in enumerate(lines) if _BARE_TIME.fullmatch(line)]
    if len(places) < 3 or 3 * len(places) < len(lines) or places[0] > 3:
        return None
    ends = [*places[1:], len(lines)]
    cues = [(_seconds(lines[a]), " ".join(lines[a + 1 : b])) for a, b in zip(places, ends, strict=True)]
    return _join_cues((start, start + 1 + len(words) / 8, _clean(words)) for start, words in cues if _clean(words))


def read_transcript(text: str) -> Article:
    """The article in the JSON of a program that transcribes: a list of objects with ``start`` and ``text``, maybe with
    ``end`` and ``speaker``, alone or as ``segments``. Raises Refused for other JSON."""
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        found = None
    segments = found.get("segments", found.get("results")) if isinstance(found, dict) else found
    cues = [cue for one in segments if (cue := _read_segment(one))] if isinstance(segments, list) else []
    if not cues:
        raise Refused("this JSON is not a list of segments with start and text; save its words as .txt")
    before = ""
    named = []
    for start, end, speaker, words in cues:
        named.append((start, end, f"{speaker}: {words}" if speaker and speaker != before else words))
        before = speaker or before
    return _join_cues(named)


def _read_segment(one: Any) -> tuple[float, float, str, str] | None:
    """Start, end, speaker and words of a segment of a transcript in JSON."""
    if not (isinstance(one, dict) and isinstance(one.get("text"), str) and isinstance(one.get("start"), int | float)):
        return None
    end = one.get(
        "end", one["start"] + one.get("duration", 0) if isinstance(one.get("duration"), int | float) else None
    )
    words, speaker = " ".join(one["text"].split()), one.get("speaker")
    named = " ".join(speaker.split()) if isinstance(speaker, str) else ""
    return (one["start"], end if isinstance(end, int | float) else one["start"], named, words) if words else None


def _join_cues(cues: Iterable[Cue]) -> Article:
    """The paragraphs that captions make."""
    paragraphs: list[str] = []
    ended = -_PAUSE
    for start, end, words in cues:
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


def _time_lyrics(lines: list[re.Match[str]]) -> Iterator[Cue]:
    """The lines of timed lyrics; each lasts until the next one begins, but no longer than it takes to say it."""
    starts = [_seconds(line["time"]) for line in lines]
    for line, start, end in zip(lines, starts, [*starts[1:], starts[-1]], strict=True):
        if words := _clean(line["words"]):
            yield start, min(end, start + 1 + len(words) / 8), words


def _list_cues(text: str) -> Iterator[Cue]:
    """Start and end of each turn in a caption, in seconds, and its words. Lines that roll on are given once."""
    shown: list[str] = []
    for part in re.split(r"\n[ \t]*\n", text):
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
