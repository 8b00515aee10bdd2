"""Where sentences end, in English, French, German, Spanish and Chinese.

Our own: 10 errors at 151 unseen beginnings, the best library 35; see docs/decisions/2026-11-29-sentences.md.
"""

import bisect
import re
from collections.abc import Iterable, Iterator, Sequence

#: A sentence longer than this many characters is cut at a space, so that no text can make its readers slow.
LONGEST = 1200
#: What ends a sentence, in two scripts: the signs, which are taken whole, and what must follow them.
ENDS = (
    (
        r"[.!?\u2026\u0964\u0965\u06d4\u061f]+(?:[\"'\u201d\u201c\u2019\u2018)\]\u00bb\u00ab\u203a\u2039]|\s[\u00bb\u203a](?=[\s,]|$))*",
        r"(?=\s)",
    ),
    (
        r"[\u3002\uff01\uff1f]+[\u300d\u300f\u201d\u2019\"'\uff09\u300b\u3009]*",
        r"(?![\u3002\uff01\uff1f\uff0c\u3001\uff1b\uff1a,)])",
    ),
)
STOP = re.compile("|".join(f"(?>{signs}){after}" for signs, after in ENDS))
_SPACE = re.compile(r"\s*")
_INITIAL = re.compile(r"[^\W_]")
#: A name or a number follows these abbreviations, so that their stop ends nothing: titles and ranks, offices, streets
#: whose names follow, what stands before a noun.
_TITLES = (
    "Mr Mrs Ms Mx Messrs Dr Dra Dres Prof Profs Sen Sens Rep Reps Gov Govs Pres Hon Rev Revd Rt Msgr Mgr Bp Abp "
    "Gen Lt Col Capt Cpt Cmdr Cdr Sgt Maj Adm Brig Cpl Lieut Pvt Pte Pfc Spc Ens Insp Supt Asst Det Const Amb Atty "
    "Ald Cllr Cllrs Coun Assemb Commr Dep Engr Adv Barr Alh Smt Mt Mts Ft vs cf viz approx incl "
    "Mme Mmes Mlle Mlles MM Pr Gén Cdt Cne Adjt Sén Dép bgm Bgmst Abg LAbg Hr Hrn Frl Hptm Hauptm Oblt Obstlt "
    "Uffz Dipl Mag Ing Lic Fa Fam Abt bzw ca evtl ggf inkl exkl sog vgl lt p.ex c.-à-d hrsg zzgl "
    "einschl ehem geb verh staatl städt angebl gez stv stellv "
    "bspw insb insbes evang österr schweiz nördl südl östl westl urspr dgl lfd zw wg gem rd "
    "Sra Sras Srta Srtas Sres Gral Cnel Cmdte Tte Sgto Arq Excmo Excma Ilmo Ilma Lcdo Lcda Dña Pdte Mons Pbro "
    "Avda Pza Plza Ctra Fbg"
)
#: These do so only before a number.
_NUMBERED = (
    "Nrn núm pp S art al Abb pág sec cap Bj est tél Tel min max mind Mo Di Mi Do Fr Sa So no nos nr fig figs kap ca "
    "abs Abschn Ziff Rn Rdnr Anm Fn Hs Lit"
)
#: These also before a number in words or Roman numerals, or a letter: "Vol. Two", "Sect. B".
_PARTS = (
    "No Nos Nr núm vol vols sect Sec chap ch Art arts Par para pt pts bk Fig Figs tab Abb Kap Abs Abschn Ziff ep Div "
    "Bn Cap Pág tít Lfg"
)
#: These may end a sentence, and do if a word follows that seldom stands elsewhere with a capital.
_DOUBTFUL = (
    "St Ste Inc Corp Co Ltd Bros Dept Univ Cie Sté Éts Ets Jr jun sen Ret Esq etc usw al ed eds Ph.D Mfg Div Dist "
    "Assn Assoc Soc Inst Acad Lab Hosp Govt Intl Natl Comm Dir Min Sec Sect Chmn Vors Me Treas Eng Md Fr Br Bro "
    "Ave av Blvd bd Rd Str str Hwy Pkwy Rte Sq Ln pl Ct Bldg Apt Mtn Pt "
    "Mio Mrd Mill Tsd Jh Std Sek Stk Pers Pkt ft lb lbs oz yd hr hrs yrs Chr "
    "Jan Jän Feb Febr Mär Mrz Mar Apr Jun Jul Aug Sep Sept Okt Oct Nov Dec Dez janv févr avr juil déc ene abr dic "
    "Mon Tue Tues Wed Thu Thur Thurs Fri Sat Sun ev kath Gal Sr env BM OB LH "
    "Ala Ariz Ark Calif Colo Conn Del Fla Ga Ill Ind Kan Ky Mass Mo Mich Minn Mont Neb Nev Okla Ore Pa Tenn Tex Va Vt "
    "Wash Wis Wyo Ont Que Sask Alta Uds"
)
_OPENERS = (
    "The A An He She It They We You I His Her Hers Its Their Our This That These Those There Then But And Or So If "
    "When While As At In On For From By With After Before No Not Nobody None Some Both Never What Who Why How Der "
    "Die Das Ein Eine Er Sie Es Wir Ihr Ihre Sein Seine Dann Doch Aber Und Im Am Auf Bei Mit Nach Niemand Kein "
    "Keine Keiner Warum Was Wer Wie Heute Dies Diese Alle Rund Um Le La Les Un Une Il Elle Ils Elles On Nous Vous "
    "Je Ce Cette Ces Son Sa Ses Mais Et Puis Pas Personne Rien Aucun Aucune Dans En Au Aux Par Pour El Los Las Una "
    "Ella Ellos Su Sus Pero Nadie Este Esta"
)
_OPENER = re.compile(rf"\W*(?:{_OPENERS.replace(' ', '|')}|[CLJDN]['\u2019]\w+)\b")
_GERMAN = re.compile(
    r"\b(?:und|nicht|das|ist|wurde|der|dem|im|eine|einer|vom|zum|zur|[Nn]iemand|Der|Die|Das|Ein|Eine)\b"
)
_MONTH = re.compile("(?:Jan|Feb|M\u00e4r|Apr|Mai|Jun|Jul|Aug|Sep|Okt|Nov|Dez)")
_SPEECH_TAG = re.compile(
    r"[^\u3000-\u303f\uff00-\uffef\u201c]{0,8}[\u8bf4\u8aaa\u95ee\u554f\u9053\u558a\u53eb](?=[\uff0c\u3002\uff01])"
)  # "said", "asked"


def _words(before: str, words: str) -> re.Pattern[str]:
    """Any of some words at the end of a text; those in lower case also with a capital."""
    forms = "|".join(
        re.escape(form) for word in words.split() for form in dict.fromkeys((word, word[0].upper() + word[1:]))
    )
    return re.compile(rf"(?:{before})(?:{forms})$")


_NEVER = _words(r"(?:^|[\W_])|(?<=\w)(?=bgm$)", _TITLES)
_BEFORE_NUMBER = _words(r"(?:^|[\W_])", _NUMBERED)
_PERHAPS = _words(r"(?:^|[\W_])|(?<=\w)(?=(?:str|pl)$)", _DOUBTFUL)
_PART = _words(r"(?:^|[\W_])", _PARTS)
_COUNT = re.compile(
    r"\d|(?![AI]\s[a-z])(?:One|Two|Three|Four|Five|Six|Seven|Eight|Nine|Ten|Eleven|Twelve|Eins|Zwei|Drei|Vier|Fünf|Un|Deux|Trois|Quatre"
    r"|Cinq|Uno|Dos|Tres|Cuatro|Cinco|[IVXL]+|[A-Z])(?![\w'\u2019])"
)
_SINGLE = re.compile(r"(?:^|[^\w.'\u2019])(?!I$)[^\W\d_]$")
_UNIT = re.compile(r"\d\s[a-z]$")
#: Letters with stops, two of the same ("EE. UU."), and a few with spaces ("5 p. m.", "a. D.").
_DOTTED = re.compile(r"(?:^|[\W_])(?:(?:[^\W\d_]\.-?)+[^\W\d_]|I|(?P<same>[A-Z])(?P=same)|[ap]\. ?m|a\. ?D)$")
_ORDINAL = re.compile(r"(?:^|[^\w.,:])(?:\d\d?|[IVX]+)$")

#: The patterns by which ``find_stops`` decides, for a script that does the same.
PATTERNS = {
    "initial": _INITIAL, "speech": _SPEECH_TAG, "german": _GERMAN, "never": _NEVER, "number": _BEFORE_NUMBER,
    "perhaps": _PERHAPS, "part": _PART, "count": _COUNT, "single": _SINGLE, "unit": _UNIT, "dotted": _DOTTED,
    "ordinal": _ORDINAL, "month": _MONTH, "opener": _OPENER,
}  # fmt: skip


def find_stops(text: str) -> Iterator[tuple[re.Match[str], int]]:
    """Yield the signs that end a sentence, and where the next one begins."""
    german = _GERMAN.search(text) is not None
    for stop in STOP.finditer(text):
        begin = skip_space(text, stop.end())
        following = _INITIAL.search(text, begin, begin + 20)
        if following and following[0].islower():
            continue
        if stop[0][0] in "\u3002\uff01\uff1f":
            if len(stop[0]) > 1 and _SPEECH_TAG.match(text, stop.end()):
                continue
        elif _abbreviates(text, stop, begin, german):
            continue
        yield stop, begin


def skip_space(text: str, at: int) -> int:
    """The first place from ``at`` on that is not white space."""
    return _SPACE.match(text, at).end()  # type: ignore[union-attr]


def _abbreviates(text: str, stop: re.Match[str], begin: int, german: bool) -> bool:
    """Whether a full stop belongs to an abbreviation or an ordinal, and ends no sentence."""
    if not re.match(r"\.(?!\.)", stop[0]):
        return False
    before = text[max(0, stop.start() - 16) : stop.start()]
    dotted = _DOTTED.search(before)
    if _NEVER.search(before) or (_SINGLE.search(before) and not _UNIT.search(before) and not dotted):
        return True
    if _PART.search(before) and _COUNT.match(text, begin):
        return True
    number, ordinal = text[begin : begin + 1].isdigit(), _ORDINAL.search(before)
    if (number and _BEFORE_NUMBER.search(before)) or (ordinal and (_MONTH.match(text, begin) or (number and german))):
        return True
    doubtful = dotted or _PERHAPS.search(before) or _UNIT.search(before) or (german and ordinal)
    return bool(doubtful) and not _OPENER.match(text, begin)


class Stretches:
    """Tells whether a place is inside any of some stretches: ``place in stretches``."""

    def __init__(self, stretches: Iterable[tuple[int, int]]) -> None:
        self._starts: list[int] = []
        self._ends: list[int] = []
        for a, b in sorted(stretches):
            if self._ends and a < self._ends[-1]:
                self._ends[-1] = max(self._ends[-1], b)
            else:
                self._starts.append(a)
                self._ends.append(b)

    def __contains__(self, place: int) -> bool:
        i = bisect.bisect_right(self._starts, place) - 1
        return i >= 0 and place < self._ends[i]


def split_sentences(block: str, spans: Sequence[tuple[int, int, bool]] = ()) -> list[tuple[int, int]]:
    """Start and end of each sentence of a paragraph.

    ``spans`` are its stretches inside quotation marks (see ``find_quoted``): only a stop at the end of one counts.
    """
    begins = [0]
    quoted = Stretches((a, b) for a, b, _ in spans)
    for stop, begin in find_stops(block):
        following = block[begin : begin + 1]
        if stop.start() in quoted and stop.end() - 1 in quoted:
            continue
        if following and (following.isupper() or not stop[0].startswith("\u2026")):
            begins.extend(_cut(block, begins[-1], begin))
            begins.append(begin)
    begins.extend(_cut(block, begins[-1], len(block)))
    ends = [*begins[1:], len(block)]
    return [(a, a + len(block[a:b].rstrip())) for a, b in zip(begins, ends, strict=True)]


def _cut(block: str, begin: int, end: int) -> list[int]:
    """Where to cut a sentence that is too long."""
    cuts = []
    while end - begin > LONGEST:
        space = block.rfind(" ", begin + 1, begin + LONGEST)
        begin = space + 1 if space > begin else begin + LONGEST
        cuts.append(begin)
    return cuts


def last_sentence(text: str) -> str:
    """The words after the last end of a sentence: the sentence that a text leaves unfinished."""
    ends = [stop.end() for stop, _ in find_stops(text + " ")]
    return text[ends[-1] :].strip() if ends else text.strip()


def first_sentence(text: str) -> str:
    """The sentence at the beginning of a text."""
    return next((text[: stop.end()] for stop, _ in find_stops(text + " ") if stop.start()), text)


def ends_sentence(text: str) -> bool:
    """Whether a text ends as a sentence does, or is empty."""
    return not text.strip() or text.rstrip()[-1] in ".!?\u2026\u3002\uff01\uff1f\u0964\u06d4\u061f"


def holds_sentence(text: str) -> bool:
    """Whether words in quotation marks are a sentence, or begin one."""
    return (text[:1].isupper() and text[-1:] in ".,!?\u2026\u2014-") or bool(
        re.search(r"(?<!\b\d)(?<!\b\d\d)[.!?]\s+[^\W\d_a-z]", text)
    )


def count_words(text: str) -> int:
    """How many words a text has; "well-known" is one."""
    return len(re.findall(r"[^\W_]+(?:['\u2019-][^\W_]+)*", text))


def is_title(text: str) -> bool:
    """Whether words are written as a title: every long word with a capital, no stop at the end."""
    long = _long_words(text)
    written = bool(long) and not text[:1].islower() and all(word[0].isupper() for word in long)
    return written and text[-1:] not in "!?" and count_words(text) > 1


def is_headline(block: str) -> bool:
    """Whether a paragraph is written as a headline: most long words with a capital, no stop at the end."""
    long = _long_words(block)
    capitals = sum(word[0].isupper() for word in long)
    return block[-1:] not in '.!?\u201d\u201c\u00bb\u00ab"' and bool(long) and capitals > 0.6 * len(long)


def _long_words(text: str) -> list[str]:
    return [word for word in re.findall(r"[^\W\d_][\w'\u2019-]*", text) if len(word) > 3]
