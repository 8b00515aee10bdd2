"""Whether English words are a fragment: without a subject's pronoun and without a verb that could be finite.

A guess for a warning; in doubt it says no. Of the 451 statements of three briefings it named 26; none read as a whole.
"""

import re
from collections.abc import Sequence

#: Words of a quotation that is looked at; longer ones mostly hold a verb that no list has.
MOST = 7
_SUBJECTS_AND_AUXILIARIES = (
    "i he she it they we you who there let am is are was were be been has have had do does did can cannot could may "
    "might must shall should will would ought it's that's there's he's she's who's what's let's here's"
)
_PAST = (
    "became began begun bit blew bled bore bought broke brought built came caught chose clung cost crept cut dealt "
    "drew drank drove dug fed fell felt fled flew fought found forgot forgave froze gave got went grew heard held hid "
    "hit hung hurt kept knew laid lay led left lent let lost made meant met paid put quit ran read rode rose said "
    "sank sat saw sent set shook shot shut slept slid sold sought spent spoke spread split stood stole struck swam "
    "swept swore swung taught told took thought threw tore understood woke won wore withdrew wrote"
)
_BASES = (
    "accept act add admit adopt agree aim allow announce answer appear apply argue arrive ask assume avoid back "
    "become begin believe blame block break bring build burn buy call cancel carry catch cause change charge check "
    "choose claim clean climb close collaborate collapse come compete complain confirm consider constrain contain "
    "continue contradict control copy cost cover create cross cut deal decide declare deliver demand deny depend "
    "describe deserve destroy die differ disagree discuss divide doubt draw drink drive drop earn eat end enhance "
    "ensure enter equate estimate exist expect explain express extend face fail fall favour fear feel fight fill find "
    "finish fit fix fly focus follow force forget form gain get give go grow guide halt handle happen hate head hear "
    "help hide hit hold hope hurt ignore impose import improve include increase install insist intend introduce "
    "invest invite join judge jump keep kill know lack last launch lead lean learn leave let lie like limit list "
    "listen live lock look lose love lower maintain make manage mark matter mean meet melt mention miss modify move "
    "name need note obey offer open oppose order owe own pass pay pin plan play point prefer prepare press pretend "
    "prevent produce promise protect prove provide pull push put quit quote raise reach react read realise rebuild "
    "receive recommend record redefine reduce refrain refuse reject rely remain remember remove repeat replace reply "
    "report represent require resign rest result return reveal ride rise rule run rush sail save say see seek seem "
    "sell send serve set share ship show shut sign sink sit sleep solve sound speak spend split stand start state "
    "stay steer steal stop strike study succeed suffer suggest support suppose survive swim switch take talk teach "
    "tell tend test think threaten throw tie touch trade travel treat trust try turn undermine understand unite "
    "unsettle urge use value view visit vote wait walk want warn watch weaken wear weigh welcome win wish withdraw "
    "wonder work worry write yield"
)
_VERBS = frozenset(
    [*_SUBJECTS_AND_AUXILIARIES.split(), *_PAST.split()]
    + [form for base in _BASES.split() for form in (base, f"{base}s", f"{base}es", f"{base.removesuffix('y')}ies")]
)
_CONTRACTION = re.compile(r"n't$|'(?:ll|re|ve|d|m)$")
#: Words before a noun in the plural, and words that end in s without being verbs.
_BEFORE_NOUNS = frozenset(
    "the a an no any some this these that those its his her their our my your of in on at for from with by to as and "
    "or than about over into many few two three four five six seven eight nine ten several other new more most all "
    "both each".split()
)
_NO_VERBS = frozenset("as this his its us thus always perhaps across towards besides unless whereas plus".split())
_ADJECTIVE = re.compile("(?:ing|ed|al|ent|ant|ive|ary|ous|ic|er|an|ful|ble)$")
_AFTER_NOUNS = frozenset("of and or in on under between".split())
_AFTER_PARTICIPLES = frozenset("by to with in only on at from for".split())


#: Verbs that may also be nouns; as the first word of a sentence they ask for something.
_COMMANDS = frozenset(
    "upgrade downgrade update install uninstall disable enable restart reboot migrate replace patch revert rotate "
    "delete restore consult contact visit subscribe register download upload report review respect vote".split()
)
#: Words that begin an object, and those that stand before one without being a verb.
_OBJECTS = frozenset(
    "the a an your our my his its their this that these those it them all any every each us me".split()
)
_BEFORE_OBJECTS = _BEFORE_NOUNS | _NO_VERBS | frozenset(
    "if when while because since after before during under through without within against between among like per via "
    "nor but so though although until upon onto beyond behind beside inside outside near only just even both such half "
    "twice double amid above below across around then there here now not never once again what how why where which who "
    "whose whether despite except".split()
)  # fmt: skip


def is_fragment(words: Sequence[str]) -> bool:
    """Whether folded words of an English text, in their order, are a fragment."""
    if not 0 < len(words) <= MOST or _is_command(words) or _is_imperative([word.casefold() for word in words]):
        return False
    return not any(_may_be_finite(words, at) for at in range(len(words)))


def _is_imperative(low: Sequence[str]) -> bool:
    """Whether casefolded words ask somebody to do something: "Downgrade your copy", "Please wait"."""
    return "please" in low or low[0] in ("do", "don't") or (low[1:2] != [] and low[1] in _OBJECTS and _opens(low[0]))


def _is_command(words: Sequence[str]) -> bool:
    return words[0][:1].isupper() and words[0].casefold() in _COMMANDS


def _opens(word: str) -> bool:
    """Whether a word before "the" or "your" may be an imperative: no preposition, joining word or participle."""
    return word not in _BEFORE_OBJECTS and not word.endswith(("ing", "ed", "ly")) and word.isalpha()


def _may_be_finite(words: Sequence[str], at: int) -> bool:
    """Whether a word is a pronoun of a subject, or could be a finite verb."""
    written, word = words[at], words[at].casefold()
    before = words[at - 1].casefold() if at else ""
    after = words[at + 1].casefold() if at + 1 < len(words) else ""
    if word in _VERBS or _CONTRACTION.search(word) or word.endswith(("ize", "ify")):
        return True
    if word.endswith("ed") and len(word) > 4:
        return at > 0 or after not in _AFTER_PARTICIPLES
    if word in _NO_VERBS or word.endswith(("ss", "us", "is", "'s")) or not (word.endswith("s") and written.islower()):
        return False
    noun = not before or before in _BEFORE_NOUNS or _ADJECTIVE.search(before) or after in _AFTER_NOUNS or not after
    return not noun
