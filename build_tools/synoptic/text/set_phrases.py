"""Set phrases in which a marker neither negates nor hedges nor conditions, as "as expected". Pure."""

import re
from collections.abc import Sequence

#: Words before and after a marker that are looked at.
_BEFORE, _AFTER = 2, 5
_READER = r"(?:you|we|you'd|you'll)"
#: What a reader does, or knows, and nothing depends on.
_READING = (
    r"read|reading|followed|following|been|seen|heard|missed|miss|new|wonder|wondering|curious|familiar|unfamiliar"
    r"|remember|recall|want to (?:know|read|learn|see|follow|dig|hear)|like to (?:know|read|learn|see)"
)
#: Each with its marker between angle brackets, its words separated by single spaces, casefolded.
_PHRASES = (
    r"\b(?:as|than) <expected>",
    r"<no> (?:good deed|doubts?|wonder|surprise|secret|exception|coincidence|accident|stranger|sooner|small)\b",
    r"<without> (?:(?:a )?doubt|question|fail|further|exception)\b",
    r"<nothing> (?:short|less)\b|\b(?:second to) <none>|<none> other than|\bwhy <not>|<not> to mention|<not> unlike",
    r"\bor <not>|<whether> or not\b",
    r"<false> (?:positives?|negatives?|alarms?|flags?|friends?|starts?)\b",
    r"\b(?:the|its|his|her|their|our|military|full) <might>",
    r"<appears?(?:ed)?> (?:in|on|at|before|under|alongside|among|beside|during|first|online|here|there|again)\b",
    r"<claimed> (?:responsibility|credit|victory|(?:the )?lives)\b",
    r"<fail(?:over|safe)s?>",
    rf"<if> {_READER}(?:'ve|'re)? (?:(?:have|had|are|were|just|only|haven't|have not) )*(?:{_READING})\b",
    r"<if> (?:memory serves|history is|it sounds|this sounds)\b",
    r"<keine?n?> (?:wunder|zweifel|geheimnis|zufall)\b|<ohne> (?:weiteres|zweifel|frage|ausnahme)\b",
    r"<nicht> (?:umsonst|minder|von ungefähr|ohne grund)\b|<nichts> (?:anderes|geringeres) als\b|<wohl> oder übel\b",
    r"<(?:wenn|falls)> (?:sie|du|ihr) (?:\w+ ){0,3}(?:lesen|liest|lest|verpasst|wissen|mitlesen|neu|fragen)\b",
    r"<sans> (?:précédent|surprise|cesse|conteste|équivoque|relâche|fil|compter|aucun|ambages|détour|délai|tarder"
    r"|attendre|plus attendre)\b|\bsans <aucun> doute|<aucun> doute\b",
    r"<pas> (?:moins|plus tard)\b|<rien> que\b|<ni> plus\b|\bni plus <ni> moins",
    r"\b(?:dès que|aussitôt que|tôt|vite|rend|rendu|rendre|rendait|mieux) <possible>|<possible> (?:de\b|d')",
    r"<si> (?:vous|tu|vous vous) (?:\w+ )?(?:avez|lisez|lis|suivez|voulez|souhaitez|demandez|avez manqué)\b"
    r" ?(?:lu|suivi|manqué|vu|savoir|apprendre|lire|pourquoi|comment)\b",
)  # fmt: skip
_FOUND = re.compile("|".join(_PHRASES))
#: French "si" is "so" after these, unless a subject follows.
_SO = frozenset("est sont était étaient fut sera serait êtes sommes un une pas de d'un d'une aussi parfois".split())
_SUBJECTS = re.compile(
    r"(?:[cdjlmnst]'|qu').*|ils?|elles?|on|vous|nous|je|tu|les?|la|une?|des?|du|ce|cet|cette|ces|cela|ça|son|sa|ses|leurs?"
    r"|mon|ma|mes|notre|nos|votre|vos|aucune?|tout|toute|tous|toutes|plusieurs|jamais|quelqu.*|personne|rien|\d+"
)
_BE = frozenset("be is are was were been being has have had having get got it's they're he's".split())
_SMALL_WORDS = frozenset("by with in to as for through under on at from via of and or".split())


def is_set_phrase(written: Sequence[str], at: int, before: str) -> bool:
    """Whether the marker ``at`` of a sentence's words, as written, is part of a set phrase, or the verb "to provide";
    ``before`` are the signs before it."""
    low = [word.casefold() for word in written[max(0, at - _BEFORE) : at + _AFTER + 1]]
    here = at - max(0, at - _BEFORE)
    word, previous, following = (
        low[here],
        "".join(low[here - 1 : here] if here else ()),
        "".join(low[here + 1 : here + 2]),
    )
    if word == "provided":
        return not _is_condition(previous, following, before)
    if word == "si" and previous in _SO and following:
        return not (_SUBJECTS.fullmatch(following) or written[at + 1][:1].isupper())
    if word == "if" and previous == "or" and {"whether", "if"} & {*map(str.casefold, written[: at - 1])}:
        return True  # the other half of a question that has been asked
    return _FOUND.search(" ".join((*low[:here], f"<{word}>", *low[here + 1 :]))) is not None


def _is_condition(previous: str, following: str, before: str) -> bool:
    """Whether "provided" begins a condition: "provided that it rains", ", provided it rains"."""
    if previous in _BE or following in _SMALL_WORDS or not following:
        return False
    return following == "that" or not previous or previous in ("only", "but", "and") or "," in before or ";" in before
