"""Attributes: a negation or hedge that only describes a noun, in "a not yet named firm" or "those that fail the test".
Pure. It leaves the rest of its sentence alone, so a quotation without that noun does not need it."""

import re
from collections.abc import Sequence

from synoptic.text.clause_grammar import CONDITIONS, REASONS

#: Words between a marker and the word that it modifies, as in "a not yet very well known firm".
_NEAR = 4
_DETERMINERS = {
    "en": frozenset("a an the this that these those some its his her their our every each".split()),
    "de": frozenset(
        "der die das den dem des ein eine einen einem einer eines kein keine keinen dieser diese dieses diesen diesem "
        "sein seine seinen seiner ihr ihre ihren ihrer alle vom zum zur beim im am".split()
    ),
}
#: An inflected German participle or adjective, and an English one.
_ATTRIBUTES = {
    "de": re.compile(r"[a-zäöüß-]{3,}(?:e|en|er|em|es)"),
    "en": re.compile(r"[a-z-]{3,}(?:ed|ing|en|able|ible|al|ful|ous|ive|ant|ent|ar|ary|wn|ld)|clear|sure|big|good|safe"),
}
#: German articles that may be pronouns: after them only a participle is sure to describe a noun.
_PRONOUNS = frozenset("der die das den dem dieser diese dieses diesen diesem alle ihr".split())
_PARTICIPLE = re.compile(r"(?:ge|be|er|ver|zer|ent|ein|aus|an|auf|ab)[a-zäöüß]+(?:t|en)(?:e|en|er|em|es)")
_STILL = frozenset("noch bisher bislang derzeit as so still".split())
_RELATIVE = {"en": frozenset(("that", "who", "which", "where")), "fr": frozenset(("qui", "où"))}
#: What follows an English adjective that has no noun after it: "is the not so big as".
_SMALL = frozenset("to of in on at by for from with as than that and or but is are was were not it he she they".split())
#: Words that take a clause: after them, "that" begins what is said and not what a noun is like.
_SAYING = re.compile(
    r"(?:sa(?:id|ys?)|den(?:y|ies|ied)|claim\w*|show\w*|(?:be)?liev\w*|th(?:ink|inks|ought)|know\w*|agree\w*|warn\w*|argu\w*"
    r"|insist\w*|ask\w*|tells?|told|wonder\w*|sees?|saw|(?:un)?clear|sure|certain|(?:un)?likely|possible|true|evidence|news|idea"
    r"|view|proof|signs?|chance|risk|concerns?|reasons?|statement|feeling|promise\w*|condition|rumou?rs?|suggest\w*|confirm\w*|report\w*|expect\w*|hop(?:e|es|ed)|fear\w*|doubt\w*|fact|so|such|is|was|are|were)"
)
_FINITE = {
    "en": re.compile(
        r"is|are|was|were|has|have|had|does|do|did|will|would|can|could|may|might|must|shall|should|cannot|.+n't|sa(?:id|ys)"
        r"|went|came|took|gave|made|lost|won|got|left|kept|began|.{3,}ed"
    ),
    "fr": re.compile(
        r"est|sont|était|étaient|a|ont|avait|avaient|sera|seront|peut|peuvent|doit|doivent|va|vont|fait|font"
    ),
}
_JOINING = frozenset("as because since while although and but or so if when car parce puisque et mais ou".split())


def describes_other_noun(
    words: Sequence[str], gaps: Sequence[str], marker: int, quoted: tuple[int, int], lang: str
) -> bool:
    """Whether a marker stands in an attribute whose noun is not among the quoted words, which are counted from 0 like
    ``marker``, their end not included. ``gaps`` are the signs before each word. Known in English, German, French."""
    low = [word.casefold() for word in words]
    for first, last in (_find_attribute(words, gaps, low, marker, lang), _find_relative(gaps, low, marker, lang)):
        if first < last and (last <= quoted[0] or quoted[1] <= first):
            return True
    return False


def _find_attribute(
    words: Sequence[str], gaps: Sequence[str], low: Sequence[str], marker: int, lang: str
) -> tuple[int, int]:
    """The noun phrase in which a marker stands before its noun ("einen nicht genannten Mann"), or after it ("un homme
    non identifié"); an empty range if there is none."""
    if lang == "fr":
        after = marker + 1 < len(low) and low[marker] == "non" and not gaps[marker].strip() and marker > 0
        return (marker - 1, marker + 2) if after and not gaps[marker + 1].strip() else (0, 0)
    begin = marker - 1 - (marker > 1 and low[marker - 1] in _STILL)
    if lang not in _ATTRIBUTES or begin < 0 or low[begin] not in _DETERMINERS[lang]:
        return 0, 0
    fits = _PARTICIPLE if low[begin] in _PRONOUNS else _ATTRIBUTES[lang]
    for at in range(marker + 1, min(marker + 1 + _NEAR, len(low) - 1)):
        if gaps[at].strip() or words[at][:1].isupper():
            break
        noun = words[at + 1][:1].isupper() if lang == "de" else low[at + 1].isalpha() and low[at + 1] not in _SMALL
        if fits.fullmatch(low[at]) and noun and not gaps[at + 1].strip():
            return begin, at + 2
    return 0, 0


def _find_relative(gaps: Sequence[str], low: Sequence[str], marker: int, lang: str) -> tuple[int, int]:
    """The noun and the relative clause without a comma in which a marker stands, if a main clause follows the clause;
    else an empty range. The clause ends before the next finite verb, joining word or comma."""
    if lang not in _RELATIVE:
        return 0, 0
    for at in range(marker, max(marker - _NEAR - 2, 0), -1):
        if gaps[at].strip():
            return 0, 0
        if low[at] in _RELATIVE[lang]:
            break
    else:
        return 0, 0
    subject = low[at] != "where" and low[at] != "où"  # in "where it could", the subject comes between
    if _SAYING.fullmatch(low[at - 1]) or (subject and marker - at > 2):
        return 0, 0
    for end in range(marker + 1, len(low)):
        verb = _FINITE[lang].fullmatch(low[end]) and low[end - 1] not in ("to", "not", "n't", low[marker])
        if gaps[end].strip() or low[end] in _JOINING or (verb and end > marker + 1):
            return at - 1, end
    return 0, 0


def begins_example(words: Sequence[str], gaps: Sequence[str], at: int, quoted: tuple[int, int]) -> bool:
    """Whether a condition only begins an example of a quoted reason: "because it is handy: if it rains, I zoom"."""
    reason = REASONS & {word.casefold() for word in words[slice(*quoted)]}
    explains = at >= quoted[1] and ":" in gaps[at] and words[at].casefold() in CONDITIONS
    return explains and bool(reason) and any("," in gap for gap in gaps[at + 1 :])
