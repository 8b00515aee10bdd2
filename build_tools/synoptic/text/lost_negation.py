"""Whether a translation into English drops the negation of the words that it translates. Pure."""

import re

from synoptic.text.folding import fold, split_words
from synoptic.text.match import Text

#: English words that deny without a negation: "unchanged", "useless", "lacks", "only".
_DENYING = re.compile(
    r"(?:un(?!der|til|it|ion|iv|iq)|dis|non|im(?!port|pro|age|med)|in(?!to|side|form|crease|dust|vest|ter|clu)|ir|il)\w{4,}"
    r"|\w{2,}less|lack\w*|absent|absence|only|few|little|stop\w*|avoid\w*|prevent\w*|wrong\w*|reject\w*|declin\w*"
    r"|disput\w*|except|than|before|unless|until|far|close[ds]?"
)
#: French "ne" alone may negate nothing ("avant qu'il ne parte"); a second word makes it sure.
_LOOSE = re.compile(r"ne|n'.+")


def find_lost_negation(quote: str, translation: str, negations: tuple[str, ...], english: tuple[str, ...]) -> str:
    """The first negation of a quotation whose English translation denies nothing; "" if there is none."""
    found = [term for term, hits in Text((quote,)).search_markers(negations).items() if hits]
    sure = [term for term in found if not _LOOSE.fullmatch(term.rstrip("*") + "x" * term.endswith("'*"))]
    if not sure or any(Text((translation,)).search_markers(english).values()):
        return ""
    low = [word.casefold() for word in split_words(fold(translation))]
    return "" if any(_DENYING.fullmatch(word) for word in low) else sure[0]
