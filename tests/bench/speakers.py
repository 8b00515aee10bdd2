"""How often ``suggest`` names the right speaker of quotations that two readers have labelled.

A folder holds for each language ``items-LANG.jsonl`` (id, quotation, paragraph, and the paragraphs before and after as
``earlier``, ``before`` and ``after``) and one ``labels-READER-LANG.jsonl`` a reader (id, speaker; null for nobody).
"""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from synoptic.model.vocabulary import Markers
from synoptic.suggest.reader import Reader
from synoptic.suggest.word_lists import words_of

#: Words that do not tell speakers apart.
_SMALL = frozenset(
    "le la les l un une des du de d der die das den dem des ein eine the a an mr mrs ms m mme dr herr frau".split()
)
_PRONOUNS = frozenset("he she they it we i il elle ils elles on nous er sie es wir ich".split())


def is_same(one: str | None, other: str | None) -> bool:
    """Whether two labels name the same speaker: nobody, or one is part of the other, or the last names are the same."""
    if one is None or other is None:
        return one is other
    first, second = (set(re.findall(r"\w+", name.casefold())) - _SMALL for name in (one, other))
    last = {re.findall(r"\w+", name.casefold())[-1] for name in (one, other) if re.search(r"\w", name)}
    return bool(first and second) and (first <= second or second <= first or len(last) == 1)


def find_speaker(item: dict[str, Any]) -> str | None:
    """Whom ``suggest`` credits with an item's quotation; None for nobody, or if it sees no speech in it."""
    lead = [*item.get("earlier", []), *item["before"]]
    words = words_of(item["lang"], Markers())
    wanted = _squeeze(item["quotation"])
    for said in Reader([*lead, item["paragraph"], *item["after"]], words).quotations:
        text = _squeeze(said.text)
        if said.paragraph == len(lead) + 1 and text and (text in wanted or wanted in text):
            return said.speaker
    return None


def measure_speakers(folder: Path, only: frozenset[str] = frozenset()) -> Iterator[str]:
    """One line a language: how often the readers agree, and how often ``suggest`` agrees with both of them.

    Quotations are left out whose speaker both readers could name only by a pronoun. ``only`` are the ids to count.
    """
    for path in sorted(folder.glob("items-*.jsonl")):
        lang = path.stem.removeprefix("items-")
        items = [item for item in _read(path) if not only or item["id"] in only]
        readers = [
            {label["id"]: label["speaker"] for label in _read(labels)}
            for labels in sorted(folder.glob(f"labels-*-{lang}.jsonl"))
        ]
        if len(readers) != 2:
            yield f"{lang}: {len(items)} quotations; two files labels-*-{lang}.jsonl are needed, {len(readers)} found"
            continue
        one, other = readers
        both = [item for item in items if item["id"] in one and item["id"] in other]
        agreed = [item for item in both if is_same(one[item["id"]], other[item["id"]])]
        named = [item for item in agreed if str(one[item["id"]]).casefold() not in _PRONOUNS]
        right = sum(any(is_same(find_speaker(item), label[item["id"]]) for label in readers) for item in named)
        yield (
            f"{lang}: readers agree on {len(agreed)} of {len(both)} ({len(agreed) / max(len(both), 1):.1%}); "
            f"suggest is right on {right} of {len(named)} of these ({right / max(len(named), 1):.1%})"
        )


def _read(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def _squeeze(text: str) -> str:
    return re.sub(r"\W", "", text).casefold()
