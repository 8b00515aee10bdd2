"""How five languages join clauses: the words and signs by which text/clauses.py finds them. Pure."""

import re
from dataclasses import dataclass


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


@dataclass(frozen=True)
class Grammar:
    """Words by which a language joins clauses, all casefolded. Several words are one entry, with spaces between."""

    opposing: frozenset[str]
    """They part two main clauses, and a negation does not reach past them."""
    adding: frozenset[str]
    """They part two main clauses, and a condition or a doubt may reach past them."""
    conceding: frozenset[str]
    """They begin a clause that holds beside its main clause, whatever the other says."""
    aside: frozenset[str]
    """They begin a clause (relative, causal) whose negations stay in it."""
    subjects: frozenset[str]
    """Articles and pronouns, which begin a clause with a subject of its own."""
    verbs: re.Pattern[str]
    """Signs of a finite verb."""
    taking: re.Pattern[str]
    """A word after or in a marker that takes a whole clause ("that", "said"): what is added to it is governed too."""
    pointing: re.Pattern[str]
    """How a clause begins that speaks of the sentence before it ("but that is false")."""
    denying: re.Pattern[str]
    """A clause that denies something just said by a pronoun ("denied it")."""
    trailing: re.Pattern[str]
    """After a comma they begin a phrase that adds something, and whose negations stay in it: "with", "asking"."""
    parting: frozenset[str]
    """They begin a clause of time or reason, past which a marker does not reach."""
    inner: frozenset[str] = frozenset()
    """They oppose from inside their clause, as the German for "but" may."""
    replacing: frozenset[str] = frozenset()
    """What follows them replaces what was negated, as after "not this but"."""
    bare: bool = True
    """Whether opposing words need no comma."""
    inverts: bool = False
    """Whether a main clause begins with its verb after another clause."""


#: A condition, and a doubt: they may govern a whole sentence.
CONDITIONS = _set("if unless whether provided si s'il s'ils sauf pourvu wenn falls ob sofern salvo excepto")
DOUBTS = _set(
    "reportedly allegedly apparently seemingly supposedly perhaps maybe possibly probably angeblich offenbar "
    "vermutlich vielleicht möglicherweise wahrscheinlich selon peut quizá quizás supuestamente presuntamente "
    "aparentemente probablemente posiblemente"
)
#: They deny several parts that commas separate.
PAIRS = _set("neither nor weder noch ni")
GRAMMARS = {
    "en": Grammar(
        opposing=_set("but yet"),
        adding=_set("and or so"),
        conceding=_set("although though while whereas") | {"even if"},
        aside=_set("because who whom whose which"),
        subjects=_set(
            "the a an this that these those there he she it they we you i his her its their our my some many most all "
            "both each every no other another several few one two three four five nobody nothing none everyone"
        ),
        verbs=re.compile(
            r"(?:is|are|was|were|has|have|had|does|do|did|will|would|can|could|may|might|must|shall|should|cannot|.+n't"
            r"|.{2,}ed|(?:up|with|over|under|out|mis|re|for)?(?:sa(?:id|ys?)|told|went|came|took|gave|made|found|knew|saw|got|left|held|kept|began|ran|wrote|fell"
            r"|rose|met|paid|put|set|cut|let|led|lost|won|built|sold|spent|sent|stood|spoke|chose|broke|became|grew"
            r"|drew|brought|bought|thought|meant|felt))"
        ),
        taking=re.compile(
            r"that|whether|how|why|true|certain|den(?:y|ies|ied)|sa(?:y|ys|id)|think|thinks|thought|believes?d?|know|knew|refus.*"
            r"|claim.*|alleg.*|suggest.*|expect.*|estimat.*|seem.*|appear.*|show.*|prove.*|confirm.*|doubt.*"
        ),
        pointing=re.compile(
            r"(?:that|this)(?:'s| (?:is|was|has|had|may|might|would|will|could|do|does|did|can|cannot|\w+n't))\b"
        ),
        trailing=re.compile(r"with|since|(?!depend|assum|provid|pend|barr|fail|accord|includ)\w{3,}ing"),
        parting=_set("when as because since while after before where"),
        denying=re.compile(r"\b(?:den(?:y|ies|ied)|refus\w*|false|doubt\w*)\b.*\b(?:it|this|that|so)\b|\bit\b.*\bfalse"),
    ),
    "de": Grammar(
        opposing=_set("aber doch jedoch denn"),
        adding=_set("und oder"),
        conceding=_set("obwohl obgleich obschon wenngleich während wohingegen") | {"auch wenn", "selbst wenn"},
        aside=_set("weil der die den dem deren dessen denen welche welcher welches welchen"),
        subjects=_set(
            "der die das den dem ein eine einen einem er sie es wir ihr ich man dies diese dieser dieses sein seine "
            "ihre unser unsere kein keine niemand nichts alle viele manche einige beide jeder jede"
        ),
        verbs=re.compile(
            r"(?:ist|sind|war|waren|hat|haben|hatten?|wird|werden|wurden?|kann|können|soll|sollen|muss|müssen|darf"
            r"|dürfen|will|wollen|bleiben|blieb|blieben|gibt|gab|kam|kamen|ging|gingen|stand|hielt|nahm|fiel|stieg|schloss"
            r"|sei|seien|wäre|hätte|würde|(?!nicht$|mit$|seit$|jetzt$|erst$|fast$|selbst$|gut$|dort$|laut$|bereits$|weit$"
            r"|zuletzt$|damit$|somit$|heute$|heut$|statt$)[a-zäöüß]{2,}t(?:e|en)?)"
        ),
        taking=re.compile(
            r"dass|ob|warum|wie|dazu|darauf|davon|sag.*|bestr.*|bestreit.*|leugn.*|dement.*|verweiger.*|heißt|glaub.*|behaupt.*|zeig.*"
        ),
        pointing=re.compile(r"(?:das|dies)\b"),
        trailing=re.compile(r"wobei|womit|wodurch"),
        parting=_set("als weil da nachdem bevor seit"),
        denying=re.compile(
            r"\b(?:bestr\w*|leugn\w*|dement\w*|falsch)\b.*\b(?:es|das|dies)\b|\b(?:es|das)\b.*\b(?:bestr|fal)"
        ),
        inner=_set("aber jedoch hingegen dagegen allerdings"),
        replacing=_set("sondern"),
        bare=False,
        inverts=True,
    ),
    "fr": Grammar(
        opposing=_set("mais or car"),
        adding=_set("et ou donc"),
        conceding=_set("quoique") | {"bien que", "alors que", "tandis que", "même si", "encore que"},
        aside=_set("qui dont où lequel laquelle lesquels lesquelles puisque") | {"parce que"},
        subjects=_set(
            "le la les un une des du il elle ils elles on nous vous je ce cela ça cet cette ces son sa ses leur leurs "
            "aucun aucune personne rien nul chaque plusieurs certains certaines tous toutes"
        ),
        verbs=re.compile(
            r"(?:ne|n'.+|(?:[a-z]')?(?:est|sont|était|étaient|a|ont|avait|avaient|aurait|serait|sera)|seront|peut|peuvent"
            r"|doit|doivent|va|vont|fait|font|dit|disent|reste|restent|continue|suit|veut|veulent|.{2,}(?:ait|aient|era"
            r"|eront|ra|ront|it|ut))"
        ),
        taking=re.compile(r"que|qu'.*|nie|nient|nié|dément.*|dit|disent|croit|pense|refus.*|sembl.*|prouv.*|confirm.*"),
        pointing=re.compile(r"(?:c'|cela\b|ça\b|ceci\b|ce (?:ne\b|n'|est\b|sera|serait|qui\b|que\b))"),
        trailing=re.compile(r"(?!depend|suivant|sachant|durant|pendant|moyennant)\w{4,}ant"),
        parting=_set("quand lorsque comme puisque depuis après avant"),
        denying=re.compile(
            r"\b(?:le|l'\w*|cela|ça) ?(?:nie|nient|nié|dément\w*)|\b(?:nie|dément\w*) (?:cela|ça)|\bfaux\b"
        ),
    ),
    "es": Grammar(
        opposing=_set("pero"),
        adding=_set("y e o u"),
        conceding=_set("aunque") | {"si bien", "mientras que", "aun cuando"},
        aside=_set("quien quienes cuyo cuya cuyos cuyas donde porque") | {"ya que", "puesto que"},
        subjects=_set(
            "el la los las un una unos unas él ella ellos ellas este esta esto estos estas ese esa eso esos esas su "
            "sus nadie nada cada varios varias algunos algunas todos todas lo se"
        ),
        verbs=re.compile(
            r"(?:es|son|era|eran|fue|fueron|está|están|ha|han|había|habían|hay|puede|pueden|debe|deben|va|van|hace|hacen"
            r"|dice|dicen|dijo|dijeron|sigue|siguen|quiere|quieren|tiene|tienen|queda|quedan|abre|abren|cierra|cierran|cree|creen"
            r"|sabe|saben|vale|valen|hubo|hizo|hicieron|vino|vinieron|pudo|quiso|tuvo|estuvo|puso|da|dan|dio|pide|piden"
            r"|.{2,}(?:[aei]rán?|aban?|ían?|ó|aron|ieron))"
        ),
        taking=re.compile(r"que|si|nieg.*|neg[óa].*|desm[ei]nt.*|dij.*|dice.*|cree.*|parece.*|confirm.*|demuestr.*|duda.*"),
        pointing=re.compile(r"(?:eso|esto|ello)\b"),
        trailing=re.compile(r"(?!dependiendo|siendo)\w{2,}(?:ando|iendo)"),
        parting=_set("cuando mientras desde después antes como porque"),
        denying=re.compile(r"\b(?:lo|eso|esto) (?:nieg|neg[óa]|desm[ei]nt)\w*|\bfalso\b"),
        replacing=_set("sino"),
    ),
}  # fmt: skip
#: What follows these words is denied, not what stands before them: "rather than".
AGAINST = _set("rather instead")
#: After a joining word they stand for a whole clause, and limit the one before: "but not", "although only".
ELLIPTIC = _set("not never only nicht nie niemals nur pas non jamais seulement nunca solo sólo")
#: How a French clause of condition begins; its verb if it grants a fact; the verb of what would follow.
IF = _set("si s'il s'ils")
IS = re.compile(r"(?:[a-z]+')?(?:est|sont|a|ont|était|étaient|avait|avaient)")
WOULD = re.compile(r".*r(?:a|as|ai|ont|ons|ez|ait|aient|ions|iez)")
#: They begin the clause that a verb takes.
SUBORDINATING = _set("that whether dass ob que qu'il qu'elle qu'on qu'ils qu'elles qu'un qu'une")
#: They give a reason.
REASONS = _set("because car denn weil")
#: How a credit between commas goes on after a name; and what it says of one who was asked, or did not want to be named.
OF = _set("of from at for with de du des d' von vom aus beim bei der des")
WHO = _set("who which that qui die der das welche welcher")
REACHED = _set(
    "reached contacted comment commented respond responded reply named identified joint jointe joints nommé nommée "
    "répondre répondu erreichbar erreichen erreicht genannt äußern"
)
