"""The small words by which turns are read, all languages together. Pure; what they mean is at each."""

import re

#: They turn only before a comma or a verb: not in "However hard they tried", "still water", "only the mayor".
NEEDS_COMMA = frozenset("however still though only instead rather true granted actually seulement nur".split())
#: They turn only if what they begin has a negation or a retraction, since they may mean "at the same time".
CONCEDING = frozenset("while whereas während wohingegen dabei".split()) | {"tandis que", "alors que", "wobei"}
#: Of all turning words these alone may open another subject, so that more must show that they do not.
MILD = frozenset("but mais aber doch \u4f46 \u4f46\u662f \u53ef\u662f \u4e0d\u8fc7".split())
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
BEING = frozenset("is was are were ist war sind waren est \u00e9tait \u662f".split())
#: "But it was the band that" points to nothing before it.
CLEFT = frozenset({("it", "was"), ("it", "is"), ("es", "war"), ("es", "ist"), ("c'est", "le"), ("c'est", "la")})
#: A condition on the reader limits nothing that was said.
IF = frozenset("if si wenn falls \u5982\u679c \u82e5 \u8981\u662f".split())
READER = frozenset("you you're your vous votre du ihr \u4f60 \u60a8".split())
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
