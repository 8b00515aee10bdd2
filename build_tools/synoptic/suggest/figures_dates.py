"""Finds figures with their units, and dates. Pure.

Years, days, ordinals, list numbers and ages are not figures.
"""

import bisect
import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import islice

from synoptic.suggest.word_lists import Words

Span = tuple[int, int]

#: Figures of one form in a paragraph, at most; only a table has more.
MOST = 40

_HAN = re.compile("[\u3400-\u9fff]")
_NUMBER = r"\d+(?:[.,\u202f\u00a0 ]\d{3})*(?:[.,]\d+)?"
_DAY_HAN = re.compile(
    r"\d{4}年(?:\d{1,2}月)?(?:\d{1,2}[日号])?|\d{1,2}月\d{1,2}[日号]|(?<!\d)\d{1,2}[月日号]"
    r"|(?:周|星期)[一二三四五六日天]"
)
_LEAD = re.compile(r"(?:in|by|since|until|of|en|im|seit|ab|bis)\s", re.IGNORECASE)
_CURRENCY = r"(?:(?:US|A|C|CA|NZ|HK|S)?\$|[\u20ac\u00a3\u00a5\u20b9]|(?:USD|EUR|GBP|CHF|CAD|Rs\.?)\s?)"
#: Words in -s that are not units.
_NO_UNIT = (
    r"(?:plus|minus|versus|across|less|thus|always|perhaps|as|yes|besides|afterwards|towards|others?|moins|dans|sous|sans|vers|mais|puis"
    r"|depuis|apr\u00e8s|tr\u00e8s|pas|tous|toutes|als|bis|aus|das|was|des|les|ses|nous|vous)\b"
)
_TO = r"(?:\s?[-\u2013\u2010-\u2012\u2014]\s?|\s(?:to|or|and|\u00e0|bis)\s)"
_NAME = re.compile(r"[A-Z][a-z]+ [A-Z][a-z]+")
_SIGN = re.compile(r"(?:(?<=[\s(])[-\u2212+]|(?<=\()[-\u2212+]\s)$")
_CLOCK = re.compile(r"\d{1,2}[:.]\d\d\s?(?:[ap]\.?m\.?|uhr)?", re.IGNORECASE)
_NOT_BEFORE = re.compile(
    r"(?:\b(?:no|nos|number|section|page|chapter|article|paragraph|room|route|highway|flight|act|step|part|volume|episode|"
    r"figure|table|version|phase|level|type|model|boeing|airbus|aged|age|nr|n\u00b0|\u00a7|windows|iphone|covid)\.?\s?-?|[#\w/:@-])$",
    re.IGNORECASE,
)


def find_figures(block: str, words: Words, days: Iterable[Span] | None = None) -> list[Span]:
    """The places of figures in a paragraph: number, unit and any qualifier before it ("nearly seven decades").

    ``days`` are the dates of the paragraph, if they are known already.
    """
    if _HAN.search(block):
        return _longest_apart(_figures_han(block, words))
    ago = r"(?:after|before|later|earlier)$"  # "six hours after" gives a length of time, too
    taken = [
        *(d for d in (find_dates(block, words) if days is None else days) if not re.search(ago, block[slice(*d)])),
        *(m.span() for m in _CLOCK.finditer(block) if ":" in m[0] or m[0][-1:].isalpha()),
    ]
    figures = _without_overlap(_figures(block, words), taken)
    return _longest_apart(_with_qualifier(block, span, words) for span in figures)


def _without_overlap(spans: Iterable[Span], taken: Iterable[Span]) -> list[Span]:
    """The spans that overlap none of those taken."""
    apart = _longest_apart(taken)
    starts = [a for a, _ in apart]
    found = []
    for a, b in spans:
        i = bisect.bisect_left(starts, b) - 1
        if i < 0 or apart[i][1] <= a:
            found.append((a, b))
    return found


def _figures(block: str, words: Words) -> Iterator[Span]:
    for pattern in _patterns(words.units, words.numbers):
        for figure in islice(pattern.finditer(block), MOST):
            named = "nouns with capitals" not in words.traits and _NAME.fullmatch(figure[0])  # "Ninety Mile" Beach
            before = block[max(0, figure.start() - 30) : figure.start()]
            if not named and _is_figure(block, figure) and not _counts_nothing(before, figure[0], words):
                yield figure.span()


@lru_cache(maxsize=8)
def _patterns(listed_units: tuple[str, ...], listed_numbers: tuple[str, ...]) -> tuple[re.Pattern[str], ...]:
    """How figures are written in a language with these units and number words."""
    units = _options(listed_units)
    big = ("hundr", "thous", "milli", "billi", "trill", "doze", "dozen", "milia", "tause", "dutze")
    large = _options(tuple(w for w in listed_numbers if w.startswith(big)))
    spelt = _options(listed_numbers)
    compound = rf"(?:{spelt})(?:[-\s](?:and\s)?(?:{spelt})){{0,6}}"
    number = rf"(?<![\d.,]){_NUMBER}"
    amount = rf"(?:(?!(?:19|20)\d\d\s(?:à|to|and|or|bis)\s){number}(?:{_TO}{_NUMBER})?(?:[\s-](?:{large})\b)?)"
    some = r"(?:tens|dozens|scores|hundreds|thousands|millions|billions|trillions)"
    quelque = r"(?:dizaines|centaines|milliers|millions|milliards)"
    square = r"(?:\s(?:carr\u00e9e?s?|cubes?|celsius|fahrenheit)\b)?"
    patterns = (
        rf"{_CURRENCY}{_NUMBER}(?:{_TO}{_CURRENCY}?{_NUMBER})?(?:[\s-]?(?:{large}|bn|mn|m|k|b|tn)\b)?(?:\s(?:a|per)\s(?:year|month|week|day|hour|person))?",
        rf"{amount}\s?(?:%|\u2030|\u00b0[CF]?|[\u20ac\u00a3$])",
        rf"{amount}(?:\s(?:of\s|de\s|d['\u2019])?(?:[^\W\d_]+\s)?|-|\s?)(?:{units})(?![\w-])(?!-old){square}",
        rf"{number}{_TO}{_NUMBER}[\s-](?:{units})\b",
        rf"{number}[\s-](?:{large})\b(?:\s(?:of\s|de\s|d['\u2019])[^\W\d_]+|\s[^\W\d_]+s\b)?",
        rf"(?<![\w-]){compound}(?:{_TO}{compound})?(?:\s(?:of\s)?(?:[^\W\d_]*(?:[^\W\d_s]|ss)\s)?|-)(?:{units})(?![\w-])",
        r"(?<![\w-])an?\s(?:hundred|thousand|million|billion|trillion|dozen)\s[^\W\d_]+",
        rf"(?<![\w-]){some}\sof\s(?:(?:hundreds|thousands|millions|billions)\sof\s)?(?:[^\W\d_]+\s){{0,3}}?(?!{_NO_UNIT})(?:{units}|(?-i:[a-z])[^\W\d_]*s)\b",
        rf"(?<![\w-]){quelque}\sd(?:e\s|['\u2019])(?:{quelque}\sd(?:e\s|['\u2019]))?[^\W\d_]+{square}",
        rf"{number}\s(?:(?-i:[a-z])[\w-]*\s)?(?!{_NO_UNIT})(?-i:[a-z])\w+[^\Ws]s\b",
        rf"(?<![\w-])(?:{number}|{spelt})\s(?:in|out\sof)\s(?:every\s)?(?:{_NUMBER}|{spelt})\s(?:[^\W\d_]+\s)??(?:{units}|[^\W\d_]+s)\b",
        rf"(?<![\w-]){compound}\s(?:{large})\s(?!{_NO_UNIT})(?-i:[a-z])[a-z]+[^\Ws]s\b",
        r"(?<![\w-])(?:one|two|three|four|five|\d)[\s-](?:thirds?|quarters?|fifths?|tenths?)\b(?:\sof\s(?:the\s|all\s)?(?!wh)[^\W\d_]+)?",
        r"(?<![\w-])half of (?:all )?(?:the |its |their |my |our |your |his |her |these |those )?[^\W\d_]+",
    )
    return tuple(re.compile(p, re.IGNORECASE) for p in patterns)


def _counts_nothing(before: str, figure: str, words: Words) -> bool:
    """Whether no noun follows a number: "half of them", "MkDocs 2.0 brings", "two costs people"."""
    last = figure.split()[-1].casefold()
    small = (words.functions, words.determiners, words.pronouns, words.prepositions, words.auxiliaries)
    if (
        " " in figure
        and any(last in listed for listed in small)
        and last not in words.units
        and last not in words.numbers
    ):
        return True
    version = re.match(r"\d+\.\d+\s(?-i:[a-z])", figure) and last not in words.units and last not in words.numbers
    return bool(version and (figure.split()[0].endswith(".0") or re.search(r"(?:[A-Z]\w*|\bv\.?)[\s*_`]+$", before)))


def _is_figure(block: str, figure: re.Match[str]) -> bool:
    """Whether a number is a figure, not part of a name, a code, an ordinal or a list."""
    before, after = block[max(0, figure.start() - 30) : figure.start()], block[figure.end() : figure.end() + 40]
    if _is_age(before, figure[0], after):
        return False
    if figure[0][0].isdigit() and (
        _NOT_BEFORE.search(before[-14:]) or re.search(r"\d(?:[.,]|\s?[-\u2010-\u2014])$", before)
    ):
        return False
    if re.match(
        r"-?\s?(?:years?|month|week|day)s?-old\b|-old\b|\s(?:years?|months?|weeks?)\sold\b|st\b|nd\b|rd\b|th\b", after
    ):
        return False
    if re.search(r"(?:year|month|week)s?-olds?\b", figure[0]):
        return False
    if re.search(r"(?:years?|months?|weeks?)$", figure[0]) and re.search(r"[A-Z]\w+ \($", before) and after[:1] == ")":
        return False  # "Roe (10 months)"
    if re.match(r"(?:19|20)\d\d\s(?!.*(?:%|\$))", figure[0]) and not re.match(
        r"(?:19|20)\d\d\s(?:people|jobs|homes|km|kilomet|met|tonnes|miles)", figure[0]
    ):
        return False
    return not re.search(r"\b(?:was|is|has|as|its|this|his|does|goes|says)$", figure[0]) and not re.search(
        r"\b(?:and|or|in|on|at|by|to|from|for|with|the|that|who|when|over|into|every|each|this|last|next|a|per)\s",
        re.sub(_TO, " ", re.sub(r"^(?:an? |half of (?:all )?(?:the )?)", "", figure[0], flags=re.IGNORECASE), count=1),
    )


def _is_age(before: str, figure: str, after: str) -> bool:
    """Whether years are somebody's age, or hours a time of day, in French and German."""
    if re.fullmatch(r"\d{1,3}\s(?:ans|Jahre?n?)", figure):
        return bool(
            re.search(
                r"(?:\b(?:mit|im Alter von|âgée?s? de|à|filles?|femmes?|hommes?|garçons?)(?:\s(?:nur|erst|de))?\s)$",
                before,
            )
            or (re.search(r",\s$", before) and re.match(r"\s?[,.;)]", after))
        )
    return bool(
        re.match(r"\d{1,2}\sheures?\b", figure)
        and (
            re.search(r"\b(?:à|vers|dès|jusqu['\u2019]à|avant|après)\s$", before)
            or re.match(
                r"\s(?:GMT|locales?|du (?:matin|soir))\b", figure[figure.index("heure") + 5 :].lstrip("s") + after
            )
        )
    )


def _with_qualifier(block: str, span: Span, words: Words) -> Span:
    """A figure with the words that limit it before it, or its sign."""
    if sign := _SIGN.search(block, max(0, span[0] - 4), span[0]):
        return sign.start(), span[1]
    lead = (
        re.compile(rf"(?<!\w)(?:{_options(words.qualifiers)})\s(?:the\s)?$", re.IGNORECASE).search(
            block, max(0, span[0] - 30), span[0]
        )
        if words.qualifiers
        else None
    )
    if lead and re.search(r"(?:\d|illion|%|cent)\s$", block[max(0, lead.start() - 10) : lead.start()]):
        return span  # "$3 million over two years"
    return (lead.start(), span[1]) if lead else span


def _figures_han(block: str, words: Words) -> Iterator[Span]:
    units = _options(words.units)
    digits = "\u4e00\u4e8c\u4e24\u5169\u4e09\u56db\u4e94\u516d\u4e03\u516b\u4e5d\u5341\u767e\u5343"
    some = rf"[\u6570\u51e0]?[{digits}]{{1,12}}"
    number = rf"(?:\d[\d,.]{{0,20}}|{some})[\u4e07\u4ebf\u842c\u5104]{{0,2}}"  # bounded, lest nonsense be slow
    amount = rf"{number}(?:[\u81f3\u5230~\uff5e-]{number})?[\u591a\u4f59\u9918]?"
    parts = rf"(?:{number}(?:\u5c0f\u65f6|\u5206\u949f?|\u5e74|\u5929|\u7c73))?"
    figure = re.compile(rf"(?<![\u7b2c\d]){parts}{amount}(?:%|\uff05|(?:{units})(?![\u524d\u540e\u5f8c\u6765\u4ee3]))")
    found = [
        m.span() for m in figure.finditer(block) if not re.match(r"\d{4}\u5e74", m[0]) and not _is_article_han(block, m)
    ]
    yield from _without_overlap(found, _dates_han(block))
    yield from (
        m.span()
        for m in re.finditer(
            r"\u767e\u5206\u4e4b[\u4e00-\u9fff]{1,4}?(?![\u4e00\u4e8c\u4e09\u56db\u4e94\u516d\u4e03\u516b\u4e5d\u5341])",
            block,
        )
    )


def _is_article_han(block: str, figure: re.Match[str]) -> bool:
    """Whether "one" with its unit is only an article, or means any ("which year")."""
    if re.fullmatch("[\u4e00\u4e8c\u4e24\u5169\u4e09\u51e0]\u4e2a", figure[0]):
        return True  # "two of them"
    if not re.match("\u4e00[^\u4e07\u4ebf\u767e\u5343\u5341\u5230\u81f3\u6210\u534a\u591a\u4f59]", figure[0]):
        return False
    measured = re.search(
        "(?:\u5e74|\u5c0f\u65f6|\u5206\u949f|\u5143|\u500d|\u516c\u91cc|\u5428|\u516c\u65a4|\u4e2a\u6708)$", figure[0]
    )
    return not measured or block[max(0, figure.start() - 1) : figure.start()] in tuple(
        "\u54ea\u6bcf\u8fd9\u90a3\u67d0\u540c\u53e6"
    )


def find_dates(block: str, words: Words) -> list[Span]:
    """The places of days, months, years and relative dates in a paragraph."""
    if _HAN.search(block):
        relative = [m.span() for m in re.finditer(_options(words.relative), block)] if words.relative else []
        return _longest_apart([*_dates_han(block), *relative])
    return _longest_apart(_dates(block, words))


def _dates(block: str, words: Words) -> Iterator[Span]:
    cased, rest = _day_patterns(words.months, words.weekdays, words.relative, words.ago, words.numbers)
    for pattern in cased:
        for date in pattern.finditer(block):
            if "nouns with capitals" not in words.traits and re.fullmatch(r"\d+\.\d+\.\d\d", date[0]):
                continue  # a version, but in German
            lead = _LEAD.match(date[0])
            yield (date.start(1) if date.lastindex else date.start() + (lead.end() if lead else 0)), date.end()
    for pattern in rest:
        yield from (m.span() for m in pattern.finditer(block))


@lru_cache(maxsize=8)
def _day_patterns(
    listed_months: tuple[str, ...], listed_days: tuple[str, ...], relative: tuple[str, ...], ago: tuple[str, ...],
    numbers: tuple[str, ...],
) -> tuple[tuple[re.Pattern[str], ...], tuple[re.Pattern[str], ...]]:  # fmt: skip
    """How days are written in a language: with a number or a word that leads to them, and as words alone."""
    months, weekdays, day = _options(listed_months), _options(listed_days), r"\d{1,2}(?:st|nd|rd|th|er|\.)?"
    year = r"(?:1[5-9]|20)\d\d"
    cased = [
        rf"\b{year}-\d\d-\d\d\b",
        rf"(?<![\w.])(?:[0-3]?[1-9]|[1-3]0)[./](?:0?[1-9]|1[0-2]|[1-3]\d)[./](?:{year}|\d\d)\b(?![.\d])",
        r"\b(?:in|by|since|until|before|after|of|from|during|for|and|en|depuis|seit|ab|bis|im Jahr|late|early|mid-?)\s"
        rf"({year})\b(?!\s?(?:%|[^\W\d_]+s\b))",
        rf"\b(?:the\s)?(?:early\s|late\s|mid-)?{year}s\b",
        rf"\({year}\)|\b{year}\s?[\u2013-]\s?(?:{year}|\d\d)\b",
        rf"\bfiscal\s(?:year\s)?{year}\b|(?<=\bvom )\d{{1,2}}\.\d{{1,2}}\.",
    ]
    if listed_months:
        # the month of May, too, stands beside a number
        cased += [
            rf"\b(?:the\s)?{day}\s(?:of\s)?(?:{months})\b\.?(?:,?\s{year})?",
            rf"\b(?:{months})\.?\s\d{{1,2}}(?:st|nd|rd|th)?\b(?!\s?%|:)(?:,?\s{year})?",
            rf"\b(?:{months})\.?,?\s{year}\b",
            rf"\b(?:in|by|since|until|last|next|this|early|late|mid|of|en|im|fin|d\u00e9but|seit|ab|bis)\s(?:{months})(?!\w)(?!\.\w)",
        ]
    rest = [
        r"\bil y a (?:\w+ )(?:ans|mois|semaines|jours|heures)\b|\bvor \w+ (?:Jahren|Monaten|Wochen|Tagen|Stunden)\b"
    ]
    if listed_days:
        time = r"(?:\s(?:morning|afternoon|evening|night|matin|soir|dernier|prochain))?"
        rest.append(rf"(?<!\w)(?:(?:last|next|this)\s)?(?:{weekdays}){time}(?!\w)")
    if relative:
        rest.append(rf"(?<!\w)(?:earlier\s|later\s)?(?:{_options(relative)})(?!\w)")
    if ago:
        count = rf"(?:\d+|{_options(numbers)}|a|an|one|several|some|(?:a )?few|a couple of)"
        limit = r"(?:more than|less than|about|nearly|almost|over)"
        unit = r"(?:minute|hour|day|week|month|year|decade)s?"
        rest.append(rf"(?<!\w)(?:{limit}\s)?{count}\s{unit}\s(?:{_options(ago)})(?!\w)")
    return tuple(re.compile(p, re.IGNORECASE) for p in cased), tuple(re.compile(p, re.IGNORECASE) for p in rest)


def _dates_han(block: str) -> list[Span]:
    return [m.span() for m in _DAY_HAN.finditer(block)]


@lru_cache(maxsize=64)
def _options(words: tuple[str, ...]) -> str:
    listed = sorted(set(words), key=len, reverse=True)
    return "|".join(re.escape(w).replace("\\ ", r"\s").replace("'", "['\u2019]") for w in listed) or "(?!)"


def _longest_apart(spans: Iterable[Span]) -> list[Span]:
    """The longest of spans that overlap, in order."""
    starts: list[int] = []
    kept: list[Span] = []
    for a, b in sorted(set(spans), key=lambda s: (s[0] - s[1], s[0])):
        i = bisect.bisect_left(starts, b)
        if i and kept[i - 1][1] > a:
            continue
        at = bisect.bisect_left(starts, a)
        starts.insert(at, a)
        kept.insert(at, (a, b))
    return kept
