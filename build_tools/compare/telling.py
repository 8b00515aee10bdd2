"""How each article tells the story: facts that ``lock`` counts in the full text and records. Pure."""

import re
from collections.abc import Iterable, Mapping

from build_tools.model.lock import Telling
from build_tools.model.records import Speaker
from build_tools.model.site import Briefing
from build_tools.text.match import Text

#: Named speakers whose names are searched: those whom most articles quote.
MAIN_SPEAKERS = 12
_ADDITIONS = re.compile(r"^The |\s*\(.*?\)")
_SHORTEST = 4  # letters of a last name that is searched by itself


def list_main_speakers(briefing: Briefing, speakers: Mapping[str, Speaker]) -> list[Speaker]:
    """The named speakers whom most articles quote, then those with most statements: ``MAIN_SPEAKERS`` at most."""

    def rank(name: str) -> tuple[int, int, str]:
        pairs = briefing.credited[name]
        return -len({statement.source for _, statement in pairs}), -len(pairs), name

    named = [name for name in briefing.credited if name in speakers and name not in briefing.unnamed]
    return [speakers[name] for name in sorted(named, key=rank)[:MAIN_SPEAKERS]]


def list_spellings(briefing: Briefing, speaker: Speaker) -> tuple[str, ...]:
    """The search terms for a speaker: those that are watched under the same name; else the name without an article or
    brackets, and of a person also the last word ("Carney"), unless that is short ("III", "Jr.")."""
    for watched in briefing.file.watch:
        if watched.name == speaker.name:
            return watched.terms
    name = _ADDITIONS.sub("", speaker.name) or speaker.name
    first, _, last = name.rpartition(" ")
    return (name, last) if speaker.kind == "person" and first and len(last) >= _SHORTEST else (name,)


def list_names(briefing: Briefing, speakers: Mapping[str, Speaker]) -> list[str]:
    """What ``lock`` searches in every text besides the claims' terms: watched terms, and names of main speakers."""
    watched = (term for watched in briefing.file.watch for term in watched.terms)
    main = list_main_speakers(briefing, speakers)
    return sorted({*watched, *(term for speaker in main for term in list_spellings(briefing, speaker))})


def record_telling(text: Text, hedges: Iterable[str], names: Iterable[str]) -> Telling:
    """The facts of a text; ``hedges`` are those of its language."""
    lengths = text.measure_blocks()
    return Telling(
        words=tuple(words for words, _ in lengths),
        quoted=tuple(quoted for _, quoted in lengths),
        hedges=text.search_markers(sorted(set(hedges))),
        names={name: text.search(name) for name in sorted(set(names))},
    )
