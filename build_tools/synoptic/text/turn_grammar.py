"""The small words by which turns are read, all languages together. Pure; what they mean is at each."""

import re

#: They turn only before a comma or a verb: not in "However hard they tried", "still water", "only the mayor".
NEEDS_COMMA = frozenset("however still though only instead rather true granted actually seulement nur".split()) | {
    "le problème"
}
#: They turn only if what they begin has a negation or a doubt, since they may mean "at the same time", or confirm.
CONCEDING = frozenset("while whereas während wohingegen dabei wobei actually eigentlich tatsächlich plutôt".split()) | {
    "tandis que", "alors que", "in fact", "en fait",
}  # fmt: skip
#: Of all turning words these alone may open another subject, so that more must show that they do not.
MILD = frozenset(
    "but nevertheless nonetheless instead mais pourtant néanmoins aber doch trotzdem dennoch gleichwohl stattdessen "
    "nichtsdestotrotz 但 但是 可是 不过 尽管如此 即便如此 即使如此".split()
) | {"not that", "even so", "all the same", "despite that", "despite this", "quand même", "tout de même", "malgré cela"}
#: They turn only between commas, and if somebody else speaks: "the neighbours, for their part, say".
EMPHATIC = frozenset("eux elles lui elle".split())
#: They say how long, and doubt nothing.
LASTING = frozenset("until till bis jusqu'à jusqu'au jusqu'en 直到 直至".split())
#: They may begin a group of people, and then point to nothing before them.
WHOSE = frozenset({"those"})
#: They take something out of one clause.
EXCEPTING = frozenset({"except for", "apart from", "aside from", "other than", "mis à part", "en dehors de", "hormis"})
#: What stands before them stands in spite of what they begin, unless that denies or doubts.
STANDING = frozenset("although though obwohl obgleich wenngleich quoique".split()) | {"even though", "bien que"}
#: They say what will be.
FUTURE = frozenset("will won't shall wird werden".split())
#: They point back more surely than "it".
SHOWING = frozenset("this that these those das dies cela ça \u8fd9 \u90a3 \u6b64".split())
#: After a limit and one that points back they say what it amounts to: "In practice, this means".
MEANING = frozenset(
    "means meant sounds sounded looks looked seems seemed reads hei\u00dft bedeutet klingt signifie semble veut".split()
)
#: Without a sign before them they only count what follows: "it has at least two exits".
SET_OFF = frozenset({"at least"})
#: Who speaks of themselves, and not of what was said.
SPEAKERS = frozenset("we i wir ich nous je \u6211\u4eec \u6211".split())
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
#: A limit before one of these belongs to what they begin: "at the beginning of the century".
OWNING = frozenset("du des of der \u7684".split())
#: A sentence that begins so asks whether what was said will be.
WHETHER = frozenset(["whether", "ob"])
#: What is asked after these was not said: "It is unclear who".
WHO = frozenset("who what which why how where wer warum wieso wie wo qui pourquoi comment où 谁 为 如".split())
#: States of a thing, which "It was ..." tells of the thing and not of what was said.
STATES = frozenset({"closed", "shut", "stopped", "gone", "lost"})
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
READER = frozenset("you you're you've you'd you'll your vous votre du ihr \u4f60 \u60a8".split())
#: At the beginning of a sentence that goes on without a comma they limit that sentence, perhaps not the one before.
LOOSE = frozenset(
    "grundsätzlich vorerst vorläufig einstweilen zunächst anfangs theoretisch offiziell teilweise initially officially "
    "partly d'abord bisher bislang officiellement 目前 眼下 暂时 起初 最初 部分 至今 迄今 "
    "\u539f\u5219\u4e0a \u5b98\u65b9".split()
) | {
    "im prinzip", "im moment", "fürs erste", "in principle", "for now", "for the moment", "for the time being",
    "so far", "at first", "in part", "in the laboratory", "pour l'instant", "pour le moment", "au début", "au départ",
    "to date", "jusqu'ici", "à ce jour", "en principe", "en attendant", "en partie", "dans un premier temps",
    "zum teil",
}  # fmt: skip
#: "It bears reminding that": only what they begin may speak of the sentence before.
REMINDING = re.compile(
    r"it (?:also )?(?:bears|is worth|should be|must be|is) (?:reminding|repeating|noting|remembering|recalling|adding"
    r"|noted|remembered|recalled|added|worth noting|worth remembering) that"
    r"|es sei (?:hier )?(?:daran )?(?:erinnert|angemerkt|erwähnt) dass|zur erinnerung"
    r"|(?:il (?:faut|convient de)|rappelons|notons|précisons|à noter)(?: (?:rappeler|noter|préciser))? que"
)
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
#: Behind a year they only say which part of history it belongs to: "2019 (before the war)".
TIMES = frozenset("before after vor nach avant après".split())
YEAR = re.compile(r"1\d{3}|20\d{2}")
#: They may stand between a number and what it counts: "three of the bridges".
OF = frozenset("of the his her its their our von vom der des den dem de du d' la les".split())
#: They deny what follows them, and leave what was said.
REPLACING = ("instead of", "rather than", "au lieu de", "au lieu d'", "au lieu du")
#: Adjectives that take something back, and before an ordinary noun only describe it; the words before such a noun.
ADJECTIVES = frozenset("misleading false wrong forged fake incorrect inaccurate mistaken inflated untrue".split())
BEFORE_ATTRIBUTES = frozenset("of for about against with by any some such more from through using".split())
#: Nouns for what somebody said.
SPEECH = frozenset(
    "claim claims report reports story stories statement statements figure figures number numbers account accounts "
    "impression rumour rumours picture assumption assumptions premise promise promises information data".split()
)
