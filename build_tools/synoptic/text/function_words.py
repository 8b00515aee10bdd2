"""The words that any sentence may have, in four languages, by which two sentences are not alike. Pure."""

from synoptic.text.terms import list_stems

_WORDS = (
    "the and for that this these those with from have has had are was were been being not but they them their its his "
    "her she you our who which what when where than then there here into over under about after before because while "
    "also more most much many some any all each every other only just very still even such will would can could may "
    "might should must does did done said says say out off per one how why too own same between during both",
    "les des une que qui dans pour par sur avec sans sous est sont était étaient être ont avait avaient avoir pas plus "
    "mais cette ces ses leur leurs son elle elles ils nous vous tout tous toute toutes très toujours encore aussi "
    "comme même après avant entre depuis pendant donc car aux fait faire peut peuvent doit doivent sera seront fut "
    "dont notamment déjà jamais lors où quand ainsi afin celui celle ceux celles",
    "der die das den dem des ein eine einen einem einer eines und oder aber auch auf aus bei mit nach von vor zum zur "
    "für über unter durch ohne gegen ist sind war waren sein hat haben hatte hatten wird werden wurde wurden kann "
    "können soll sollen muss müssen darf nicht kein keine noch nur schon sehr mehr als wie wenn dass weil damit dann "
    "sich sie ihr ihre ihren seine seinen man wir dies diese dieser dieses jedoch bereits immer wieder etwa laut seit "
    "bis zwischen während sowie alle allem",
    "los las una unos unas que por para con sin sobre entre desde hasta como más pero sus ser era fue son está están "
    "hay han había muy también este esta estos estas ese esa cuando donde porque",
)
#: Their beginnings, as ``list_stems`` makes them.
FUNCTION_STEMS = frozenset().union(*(list_stems(words, 1) for words in _WORDS))
