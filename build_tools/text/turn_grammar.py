"""The small words by which turns are read, all languages together. Pure; what they mean is at each."""

import re

#: They turn only before a comma or a verb: not in "However hard they tried", "still water", "only the mayor".
NEEDS_COMMA = frozenset("however still though only instead rather true granted actually seulement nur".split())
#: They turn only if what they begin has a negation or a retraction, since they may mean "at the same time".
CONCEDING = frozenset("while whereas während wohingegen dabei".split()) | {"tandis que", "alors que", "wobei"}
#: Of all turning words these alone may open another subject, so that more must show that they do not.
MILD = frozenset("but mais aber doch \u4f46 \u4f46\u662f \u53ef\u662f \u4e0d\u8fc7".split()) | {"not that"}
#: Inserted in a clause, these too may open another subject.
MILD_INSIDE = frozenset("toutefois cependant eux elles lui elle".split())
#: They point back more surely than "it".
SHOWING = frozenset("this that these those das dies cela ça \u8fd9 \u90a3 \u6b64".split())
#: Persons who do something of their own.
NOMINATIVE = frozenset("he she er sie il elle ils elles \u4ed6 \u5979".split())
#: With a comma after them they still begin a condition: "Assuming, of course, that".
GOVERNING = frozenset("assuming provided providing unless if supposing vorausgesetzt sofern falls wenn sauf si".split())
#: They compare two subjects.
COMPARING = frozenset("hingegen dagegen umgekehrt conversely \u53e6\u4e00\u65b9\u9762".split()) | {
    "on the other hand", "by contrast", "in contrast", "en revanche", "par contre", "im gegensatz",
}  # fmt: skip
#: After one of these at the beginning of a sentence, weaker words take back, too: "That is wrong".
NEUTRAL = frozenset(
    "it this that these those none it's that's das dies es cela ça ce c'est c'\u00e9tait \u8fd9 \u90a3 \u6b64".split()
)
#: They point to a person or thing, and speak of another that is theirs.
POSSESSIVE = frozenset(
    "her his its their ihr ihre ihren sein seine seinen deren dessen son sa ses leur leurs le la".split()
)
PERSONS = frozenset("he she they his her their er sie sein seine ihr ihre il elle ils elles son sa ses leur".split())
#: A limit before one of these belongs to what they begin: "at the beginning of the century".
OWNING = frozenset("du des of der \u7684".split())
#: A "sentence" of a few words without a verb that begins with one of these limits the one before: "Well, most of it."
WELL = frozenset("well nun na enfin bon".split())
PARTLY = frozenset(
    "most mostly almost nearly some partly half parts meistens fast teils größtenteils teilweise halb presque "
    "partiellement".split()
)
#: A sentence that begins so asks whether what was said will be.
WHETHER = frozenset(["whether", "ob"])
WHEN = frozenset("when how wann wie quand comment".split())
#: States of a thing, which "It was ..." tells of the thing and not of what was said.
STATES = frozenset({"closed", "shut", "stopped", "gone", "lost"})
#: What a report may be called.
FALSE = frozenset("false wrong untrue falsch falsche faux fausse fausses mistake lie".split())
#: "Only" in Chinese, and what makes it count animals instead.
ONLY = "\u53ea"
COUNT = frozenset("\u4e00\u4e24\u4e8c\u4e09\u56db\u4e94\u516d\u4e03\u516b\u4e5d\u5341\u767e\u5343\u51e0\u591a\u6bcf")
BEING = frozenset(
    "is was are were applies holds remains gilt bleibt vaut reste ist war sind waren est \u00e9tait \u662f".split()
)
#: "But it was the band that" points to nothing before it.
CLEFT = frozenset({("it", "was"), ("it", "is"), ("es", "war"), ("es", "ist"), ("c'est", "le"), ("c'est", "la")})
#: A condition on the reader limits nothing that was said.
IF = frozenset("if si wenn falls \u5982\u679c \u82e5 \u8981\u662f".split())
READER = frozenset("you you're your vous votre du ihr \u4f60 \u60a8".split())
#: At the beginning of a sentence that goes on without a comma they limit that sentence, perhaps not the one before.
LOOSE = frozenset(
    "grundsätzlich vorerst vorläufig einstweilen zunächst anfangs theoretisch offiziell teilweise initially officially "
    "partly d'abord officiellement \u76ee\u524d \u773c\u4e0b \u6682\u65f6 \u8d77\u521d \u6700\u521d \u90e8\u5206 "
    "\u539f\u5219\u4e0a \u5b98\u65b9".split()
) | {
    "im prinzip", "im moment", "fürs erste", "in principle", "for now", "for the moment", "for the time being",
    "so far", "at first", "in part", "in the laboratory", "pour l'instant", "pour le moment", "au début", "au départ",
    "en principe", "en attendant", "en partie", "dans un premier temps", "zum teil",
}  # fmt: skip
#: They may speak of another place than the quotation does.
CASE = frozenset(
    {
        "not the case",
        "nicht der fall",
        "pas le cas",
        "n'est pas le cas",
        "nicht mehr",
        "n'est plus",
        "n'a jamais",
        "n'est jamais",
        "no longer",
        "\u4e0d\u518d",
    }
)
#: What somebody is exempt from.
FROM = frozenset("from von vom de d' du des".split())
THAT = frozenset("that dass que \u79f0 \u8bf4 \u793a".split())
JOINING = frozenset("and und et".split())
#: Chinese signs that name nothing.
SMALL = re.compile(
    "["
    "\u7684\u4e86\u5728\u662f\u548c\u4e0e\u53ca\u4e5f\u5c31\u90fd\u800c\u4f46\u4e0d\u6709"
    "\u8fd9\u90a3\u4e00\u4e2a\u4eec\u4e3a\u5bf9\u5c06\u4f1a\u88ab\u628a\u4ece\u5230\u4e0a"
    "\u4e0b\u4e2d\u8bf4\u65e5\u5e74\u6708\u8fc7\u5f97\u5730"
    "]"
)
#: They begin a "sentence" without a verb.
PREPOSITIONS = frozenset(
    "in on at for under with without by from during before after except in im unter mit bei für an am auf ohne bis vor "
    "nach en dans sous avec pour sur sans chez hors après avant".split()
)
#: They may stand between a number and what it counts: "three of the bridges".
OF = frozenset("of the his her its their our von vom der des den dem de du d' la les".split())
