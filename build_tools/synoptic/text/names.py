"""Proper names, and titles of laws, licences and treaties, as their capitals show them. Pure."""

from synoptic.text.folding import fold, word_spans

#: Small words inside a name, and those that only the title of a law has.
_INSIDE = frozenset({"of", "the", "for", "de", "du", "des", "la", "le", "les", "von", "der", "van"})
_INSIDE_LAW = _INSIDE | {"and", "on", "to", "in", "with", "et", "sur"}
_LAWS = frozenset({
    "accord", "act", "agreement", "bill", "charter", "charte", "code", "constitution", "convention", "covenant",
    "directive", "law", "licence", "license", "loi", "permit", "protocol", "regulation", "regulations", "traité",
    "treaty",
})  # fmt: skip
_MOST_INSIDE = 2  # small words in a row: "Law of the Sea"


def find_names(text: str, lang: str = "en") -> list[tuple[int, int]]:
    """The first and last word of each name of two words or more, counted from 0: "the Law of the Sea" is (1, 4).

    None in a text all in capitals. German writes every noun with a capital, so there only neighbours make a name.
    """
    folded = fold(text)
    spans = [] if folded.isupper() else word_spans(folded)
    words = [folded[start:end] for start, end in spans]
    names: list[tuple[int, int]] = []
    first = 0
    while first < len(words):
        last = _find_end(folded, spans, words, first, lang)
        opening = first == 0 and lang.startswith("de")
        if first < last and (opening or words[first].casefold() in _INSIDE_LAW):
            first += 1  # "The" has a capital only because it opens a sentence
        if first < last:
            names.append((first, last))
        first = last + 1
    return names


def _find_end(folded: str, spans: list[tuple[int, int]], words: list[str], first: int, lang: str) -> int:
    """The last word of the name that begins with the word ``first``, which is the same one if none does."""
    last = first
    small: frozenset[str] = frozenset() if lang.startswith("de") else _INSIDE
    for at in range(first, len(words)):
        between = folded[spans[at - 1][1] : spans[at][0]] if at > first else ""
        if between.strip(" ()&\"'-") and not (between == ". " and len(words[at - 1]) == 1):
            break
        if small and words[at].casefold() in _LAWS:
            small = _INSIDE_LAW
        capital = any(part[:1].isupper() for part in words[at].split("'"))
        numbered = words[at][0].isdigit() and first < at == last + 1  # "Bill 96"
        if capital or numbered:
            last = at
        elif words[at] not in small or at - last > _MOST_INSIDE or at == first:
            break
    return last


def count_spared(text: str, lang: str = "en") -> int:
    """How many words fewer ``text`` has if each name counts as one."""
    return sum(last - first for first, last in find_names(text, lang))


def abbreviates(short: str, name: str) -> bool:
    """Whether capitals alone, as ``MPL*``, may stand for a name or for the beginning of one, as ``Mozilla``."""
    letters = short.rstrip("*").partition("-")[0]
    initials = "".join(word[0] for word in name.replace("*", "").split() if word.casefold() not in _INSIDE)
    return len(letters) > 1 and letters.isalpha() and letters.isupper() and letters.startswith(initials or "-")
