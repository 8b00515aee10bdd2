"""The records of the search: briefings, topics, claims with their quotations, speakers and sources. Pure.

Pagefind reads each record as a small HTML document. It stores the text, id and position of every element with an id;
so what a result shows but nobody searches for (stance, language, the exact words) is JSON in the id. Titles are h2,
because Pagefind would index an h1 twice.
"""

import html
import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from synoptic.compare.outline import list_gists
from synoptic.compare.statements import find_holder
from synoptic.compare.verdicts import DRAMATISED, decide_verdict
from synoptic.model import paging
from synoptic.model.records import Claim, Source, Speaker, Statement
from synoptic.model.site import Briefing, Site
from synoptic.model.values import UNKNOWN
from synoptic.pages.foreign import in_language
from synoptic.pages.translate import translate_site
from synoptic.text.encode import text
from synoptic.text.english import remove_brackets
from synoptic.text.language import gettext, join_list, pgettext
from synoptic.text.spoken import tag_of
from synoptic.text.terms import find_term

#: Scripts written without spaces: each character is a word of its own, in the index and in the query.
UNSPACED = r"\u0e00-\u0e7f\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
#: Sections of handwritten pages have a tab of their own; outlines are shown where no claim has a word.
DOCS, OUTLINE = "docs", "outline"
PAGE = {"type": ("Page",), "part": (DOCS,)}
#: A word that may be suggested for one that is not found.
WORD = re.compile(rf"[^\W\d_{UNSPACED}]{{4,}}")
_BORDER = re.compile(rf"(?<=[{UNSPACED}])(?=\S)|(?<=\S)(?=[{UNSPACED}])")


@dataclass(frozen=True)
class Quotation:
    """A quotation of a claim, as a result of the search shows it."""

    anchor: str
    quote: str
    stance: str
    holder: str
    speaker: str
    source: str
    outlet: str
    lang: str
    translation: str = ""


@dataclass(frozen=True)
class Note:
    """A text of ours that a result shows if it has a word of the query: what it is, where it stands on the page.

    ``words`` are searched, too, but not shown. ``terms``: whether these are the search terms of a claim.
    """

    label: str
    anchor: str
    text: str
    words: tuple[str, ...] = ()
    terms: bool = False


@dataclass(frozen=True)
class Record:
    """One thing that the search finds.

    ``page`` and ``anchor`` are its address from the site's root; ``texts`` are searched in addition to the title;
    ``caption`` is shown under it; ``filters`` are names and values such as ``{"type": ("Claim",)}``, which are English
    in every language; ``source`` names the article whose paragraphs it is; ``lang`` is the language of the title and of
    the notes, if that is not the site's.
    """

    page: str
    anchor: str
    title: str
    texts: tuple[str, ...] = ()
    caption: str = ""
    quotations: tuple[Quotation, ...] = ()
    filters: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    notes: tuple[Note, ...] = ()
    source: str = ""
    lang: str = ""

    @property
    def file(self) -> str:
        """The path of its document, from which the search page derives the address."""
        return f"{self.page}{self.anchor or 'index'}.html"


def name_kinds() -> dict[str, str]:
    """Each kind of result in the current language."""
    return {
        "Briefing": pgettext("kind of result", "Briefing"),
        "Claim": pgettext("kind of result", "Claim"),
        "Page": pgettext("kind of result", "Page"),
        "Paragraph": pgettext("kind of result", "Paragraph"),
        "Quotation": pgettext("kind of result", "Quotation"),
        "Source": pgettext("kind of result", "Source"),
        "Speaker": pgettext("kind of result", "Speaker"),
        "Topic": pgettext("kind of result", "Topic"),
    }


def render_documents(site: Site, briefing: Briefing) -> dict[str, str]:
    """The documents of all records of a briefing by path; none of a draft."""
    records = find_records(site, briefing) if briefing.listed else ()
    lang = tag_of(in_language("any", briefing.file.language or site.publication.language))
    return {record.file: render_document(replace(record, lang=record.lang or lang)) for record in records}


def find_records(site: Site, briefing: Briefing) -> Iterator[Record]:
    """Yield everything in a briefing that a reader may search for, captions in the current language."""
    base, file, vocabulary = f"briefings/{briefing.slug}/", briefing.file, site.vocabulary
    said = translate_site(site).vocabulary
    speakers = site.speakers_of(briefing)
    in_briefing: dict[str, tuple[str, ...]] = {"briefing": (file.title,)}
    bottom_line = tuple(remove_brackets(sentence.text) for sentence in file.bottom_line)
    filters = {"type": ("Briefing",)} | in_briefing
    yield Record(base, "", file.title, (file.question, *bottom_line), file.question, filters=filters)
    for topic in file.topics:
        yield Record(f"{base}topics/{topic.id}/", "", topic.title, filters={"type": ("Topic",)} | in_briefing)
    topics = {topic.id: topic.title for topic in file.topics}
    by_speaker: dict[str, list[Quotation]] = {}
    homes, known = paging.claim_paths(briefing), _list_words(briefing)
    for claim in briefing.claims:
        quotations = []
        for statement in (s for s in claim.statements if s.source in briefing.source):
            speaker = speakers.get(find_holder(briefing, statement))
            imagined = statement.mode == DRAMATISED
            stance = vocabulary.get(*("modes", DRAMATISED) if imagined else ("stances", statement.stance)).label
            quotations.append(_make_quotation(briefing, statement, speaker, stance))
            if speaker:
                by_speaker.setdefault(speaker.id, []).append(quotations[-1])
        verdict = vocabulary.get("verdicts", decide_verdict(briefing, claim, vocabulary)).label
        kinds = ("Claim", "Quotation") if quotations else ("Claim",)
        spoken = _filter_values(quotations, "speaker", "outlet", "stance", "lang")
        filters = in_briefing | {"type": kinds, "verdict": (verdict,)} | spoken
        page, topic_title = f"{base}{homes[claim.id]}", topics.get(claim.topic, "")
        notes = (*_find_notes(briefing, claim), *_find_terms(claim, known))
        yield Record(page, claim.id, claim.claim, (), topic_title, tuple(quotations), filters, notes)
    for name, quotations in by_speaker.items():
        speaker = speakers[name]
        spoken = _filter_values(quotations, "outlet", "lang")
        yield Record(
            f"{base}speakers/{name}/", "", speaker.name, (speaker.role or "",),
            join_list(filter(None, [said.get("speaker_kinds", speaker.kind).label, speaker.role])),
            filters={"type": ("Speaker",)} | in_briefing | {"speaker": (quotations[0].speaker,)} | spoken,
        )  # fmt: skip
    for source in briefing.sources:
        title, author = (value if value != UNKNOWN else "" for value in (source.title, source.author))
        genre = said.get("genres", source.genre).label if source.genre != UNKNOWN else ""
        yield Record(
            f"{base}sources/{source.id}/", "", source.name,
            (title if title != source.name else "", _outlet(source), author, source.about or ""),
            join_list(filter(None, [genre, title])),
            filters={"type": ("Source",)} | in_briefing | {"outlet": (_outlet(source),), "lang": (source.lang,)},
        )  # fmt: skip
        yield from _find_gists(source, f"{base}sources/{source.id}/", in_briefing)


def _find_gists(source: Source, page: str, in_briefing: Mapping[str, tuple[str, ...]]) -> Iterator[Record]:
    """Each gist of a source as the paragraphs of which it is."""
    filters = {
        "type": ("Paragraph",),
        "part": (OUTLINE,),
        **in_briefing,
        "outlet": (_outlet(source),),
        "lang": (source.lang,),
    }
    for gist in list_gists(source):
        anchor, words = f"p-{gist.first}", {"source": source.name, "number": gist.key}
        if gist.last > gist.first:
            title = gettext("%(source)s, paragraphs %(number)s", **words)
        else:
            title = gettext("%(source)s, paragraph %(number)s", **words)
        notes = (Note("", anchor, gist.text),)
        yield Record(page, anchor, title, notes=notes, filters=filters, source=source.name)


def _find_notes(briefing: Briefing, claim: Claim) -> Iterator[Note]:
    """Our notes on a claim and its statements, and why it passes over a source."""
    names = {source.id: source.name for source in briefing.sources}
    if claim.note:
        yield Note(gettext("Our note"), claim.id, claim.note)
    for statement in claim.statements:
        if statement.note and statement.source in names:
            label = gettext("Our note on %(source)s", source=names[statement.source])
            yield Note(label, f"s-{statement.id}", statement.note)
    for entry in claim.passes:
        label = gettext("%(source)s was passed over", source=names.get(entry.source, entry.source))
        yield Note(label, claim.id, entry.reason)


def _list_words(briefing: Briefing) -> list[str]:
    """The words of a briefing's claims and quotations in small letters."""
    texts = (text for claim in briefing.claims for text in (claim.claim, *(s.quote for s in claim.statements)))
    return sorted({word for text in texts for word in WORD.findall(text.lower())})


def _find_terms(claim: Claim, known: Sequence[str]) -> Iterator[Note]:
    """A claim's search terms, by which it is found as by synonyms: ``tariff*`` with the known words that begin so."""
    terms = [term.term for term in claim.terms]
    if terms:
        open_ends = [term for term in terms if "*" in term and " " not in term]
        words = dict.fromkeys(known[i] for term in open_ends for i in find_term(known, term))
        yield Note(gettext("Search terms"), claim.id, join_list(terms), tuple(words), terms=True)


def _make_quotation(briefing: Briefing, statement: Statement, speaker: Speaker | None, stance: str) -> Quotation:
    source = briefing.source[statement.source]
    name = speaker.name if speaker else statement.speaker or ""
    unnamed = statement.speaker in briefing.unnamed
    return Quotation(
        anchor=f"s-{statement.id}",
        quote=statement.quote,
        stance=stance,
        holder=name or source.name,
        speaker=f"{name} ({source.name})" if unnamed else name,  # unnamed speakers of two sources are two
        source=source.name,
        outlet=_outlet(source),
        lang=source.lang,
        translation=statement.translation or "",
    )


def _outlet(source: Source) -> str:
    return source.outlet if source.outlet != UNKNOWN else source.name


def _filter_values(quotations: Iterable[Quotation], *keys: str) -> dict[str, tuple[str, ...]]:
    """The distinct values of the attributes ``keys``, sorted, without empty ones."""
    values = {key: tuple(sorted({getattr(quotation, key) for quotation in quotations} - {""})) for key in keys}
    return {key: distinct for key, distinct in values.items() if distinct}


def render_document(record: Record) -> str:
    """A record as HTML for Pagefind."""
    filters = "".join(
        f'<i data-pagefind-filter="{key}[title]" title="{text(value)}"></i>'
        for key, values in record.filters.items()
        for value in values
    )
    parts = [_element("h2", record.title, {"shown": record.caption, "source": record.source, "lang": record.lang})]
    parts += [f"<p>{_for_index(part)}</p>" for part in record.texts if part]
    for quotation in record.quotations:
        keys = ("anchor", "translation", "stance", "holder", "speaker", "source", "outlet", "lang")
        parts.append(_element("blockquote", quotation.quote, {key: getattr(quotation, key) for key in keys}))
        names = (quotation.translation, quotation.holder, quotation.source, quotation.outlet)
        parts.append(f"<p>{_for_index(', '.join(dict.fromkeys(filter(None, names))))}</p>")
    for note in record.notes:
        terms = {"terms": "yes"} if note.terms else {}
        parts.append(_element("p", note.text, {"label": note.label or " ", "anchor": note.anchor, **terms}))
        if note.words:
            parts.append(f"<p>{_for_index(' '.join(note.words))}</p>")
    return f'<!doctype html><html lang="en"><article>{filters}{"".join(parts)}</article></html>\n'


def _element(tag: str, words: str, more: dict[str, str]) -> str:
    data = json.dumps({key: value for key, value in {"text": words, **more}.items() if value}, separators=(",", ":"))
    # Pagefind drops an id that contains a space, and uses marks of its own that begin with ___
    data = data.replace(" ", r"\u0020").replace("_", r"\u005f")
    weight = ' data-pagefind-weight="7"' if tag == "h2" else ""
    return f'<{tag}{weight} id="{text(data)}">{_for_index(words)}</{tag}>'


def _for_index(words: str) -> str:
    """Text for the index: spaces between the characters of unspaced scripts, and none of Pagefind's own marks."""
    return text(_BORDER.sub(" ", words).replace("___PAGEFIND", "___ PAGEFIND"))


def find_page_records(path: str, page: str) -> Iterator[Record]:
    """Yield a record for each section of a handwritten page, from the text of its article; none if it has no article.

    ``path`` is the page's path from the site's root, ``page`` its HTML as built.
    """
    article = re.search(r"<article\b.*</article>", page, re.DOTALL)
    pieces = re.split(
        r'<h([1-3])\b[^>]*\bid="([\w-]+)"[^>]*>(.*?)</h\1>', article[0] if article else "", flags=re.DOTALL
    )
    head = ""
    for level, name, title, rest in zip(*(pieces[n::4] for n in range(1, 5)), strict=True):
        anchor = "" if level == "1" else name
        caption, head = (head, head) if anchor else ("", strip_tags(title))
        yield Record(
            path.removesuffix("index.html"), anchor, strip_tags(title), (strip_tags(rest),), caption, filters=PAGE
        )


def strip_tags(page: str) -> str:
    """The words of HTML, with single spaces between them."""
    return " ".join(html.unescape(re.sub(r"<[^>]*>", " ", page)).split())
