"""What the search can find, as records: claims with their quotations, speakers, sources, topics, briefings. Pure.

A record is a small HTML document for Pagefind. Of an element with an id, Pagefind keeps text, id and place beside the
index; so what a result shows but nobody searches for (stance, language, the exact words) is JSON in the id. A title
of Pagefind's own (h1) would be indexed twice.
"""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from build_tools.compare import verdicts
from build_tools.model import paging
from build_tools.model.briefing import Briefing
from build_tools.model.records import Source, Speaker, Statement
from build_tools.model.site import Site
from build_tools.model.values import UNKNOWN
from build_tools.text.encode import text

#: Scripts that are written without spaces: each character is a word of its own, in the index and in the query.
UNSPACED = r"\u0e00-\u0e7f\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_BORDER = re.compile(rf"(?<=[{UNSPACED}])(?=\S)|(?<=\S)(?=[{UNSPACED}])")


@dataclass(frozen=True)
class Quoted:
    """A quotation under its claim."""

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
class Record:
    """One thing to be found: its address from the site's root, its words, what is shown beside them, its filters."""

    page: str
    anchor: str
    title: str
    texts: tuple[str, ...] = ()
    shown: str = ""
    said: tuple[Quoted, ...] = ()
    filters: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @property
    def file(self) -> str:
        """The path of its document, from which the search page makes the address again."""
        return f"{self.page}{self.anchor or 'index'}.html"


def documents(site: Site) -> dict[str, str]:
    """The documents of all records, by path. Drafts are not among them."""
    return {record.file: document(record) for b in site.briefings if b.listed for record in records(site, b)}


def records(site: Site, briefing: Briefing) -> Iterator[Record]:
    """Everything of a briefing that a reader may look for."""
    base, file, words = f"briefings/{briefing.slug}/", briefing.file, site.vocabulary
    speakers = site.speakers_of(briefing)
    inside: dict[str, tuple[str, ...]] = {"briefing": (file.title,)}
    line = tuple(verdicts.plain(sentence.text) for sentence in file.bottom_line)
    yield Record(base, "", file.title, (file.question, *line), file.question, filters={"type": ("Briefing",)} | inside)
    for topic in file.topics:
        yield Record(f"{base}topics/{topic.id}/", "", topic.title, filters={"type": ("Topic",)} | inside)
    topics = {topic.id: topic.title for topic in file.topics}
    spoken: dict[str, list[Quoted]] = {}
    homes = paging.homes(briefing)
    for claim in briefing.claims:
        said = []
        for statement in (s for s in claim.statements if s.source in briefing.source):
            speaker = speakers.get(verdicts.holder(briefing, statement))
            said.append(_quoted(briefing, statement, speaker, words.get("stances", statement.stance).label))
            if speaker:
                spoken.setdefault(speaker.id, []).append(said[-1])
        verdict = words.get("verdicts", verdicts.verdict(briefing, claim, words)).label
        kinds = ("Claim", "Quotation") if said else ("Claim",)
        filters = inside | {"type": kinds, "verdict": (verdict,)} | _of(said, "speaker", "outlet", "stance", "lang")
        page, about = f"{base}{homes[claim.id]}", topics.get(claim.topic, "")
        yield Record(page, claim.id, claim.claim, shown=about, said=tuple(said), filters=filters)
    for name, mine in spoken.items():
        speaker = speakers[name]
        yield Record(
            f"{base}speakers/{name}/", "", speaker.name, (speaker.role or "",),
            ", ".join(filter(None, [words.get("speaker_kinds", speaker.kind).label, speaker.role])),
            filters={"type": ("Speaker",)} | inside | {"speaker": (mine[0].speaker,)} | _of(mine, "outlet", "lang"),
        )  # fmt: skip
    for source in briefing.sources:
        title, author = (value if value != UNKNOWN else "" for value in (source.title, source.author))
        genre = words.get("genres", source.genre).label if source.genre != UNKNOWN else ""
        yield Record(
            f"{base}sources/{source.id}/", "", source.name,
            (title if title != source.name else "", _outlet(source), author, source.about or ""),
            ", ".join(filter(None, [genre, title])),
            filters={"type": ("Source",)} | inside | {"outlet": (_outlet(source),), "lang": (source.lang,)},
        )  # fmt: skip


def _quoted(briefing: Briefing, statement: Statement, speaker: Speaker | None, stance: str) -> Quoted:
    source = briefing.source[statement.source]
    name = speaker.name if speaker else statement.speaker or ""
    unnamed = statement.speaker in briefing.unnamed
    return Quoted(
        anchor=f"s-{statement.id}",
        quote=statement.quote,
        stance=stance,
        holder=name or source.name,
        speaker=f"{name} ({source.name})" if unnamed else name,  # the unnamed of two sources are never one
        source=source.name,
        outlet=_outlet(source),
        lang=source.lang,
        translation=statement.translation or "",
    )


def _outlet(source: Source) -> str:
    return source.outlet if source.outlet != UNKNOWN else source.name


def _of(said: Iterable[Quoted], *keys: str) -> dict[str, tuple[str, ...]]:
    """The values that quotations have, each once, under these keys."""
    found = {key: tuple(sorted({getattr(one, key) for one in said} - {""})) for key in keys}
    return {key: values for key, values in found.items() if values}


def document(record: Record) -> str:
    """A record as Pagefind reads it."""
    filters = "".join(
        f'<i data-pagefind-filter="{key}[title]" title="{text(value)}"></i>'
        for key, values in record.filters.items()
        for value in values
    )
    parts = [_element("h2", record.title, {"shown": record.shown})]
    parts += [f"<p>{_spaced(more)}</p>" for more in record.texts if more]
    for one in record.said:
        keys = ("anchor", "translation", "stance", "holder", "speaker", "source", "outlet", "lang")
        parts.append(_element("blockquote", one.quote, {key: getattr(one, key) for key in keys}))
        beside = dict.fromkeys(filter(None, (one.translation, one.holder, one.source, one.outlet)))
        parts.append(f"<p>{_spaced(', '.join(beside))}</p>")
    return f'<!doctype html><html lang="en"><article>{filters}{"".join(parts)}</article></html>\n'


def _element(tag: str, words: str, more: dict[str, str]) -> str:
    told = json.dumps({key: value for key, value in {"text": words, **more}.items() if value}, separators=(",", ":"))
    # Pagefind drops an id with a space in it, and has marks of its own that begin with ___
    told = told.replace(" ", r"\u0020").replace("_", r"\u005f")
    weight = ' data-pagefind-weight="7"' if tag == "h2" else ""
    return f'<{tag}{weight} id="{text(told)}">{_spaced(words)}</{tag}>'


def _spaced(words: str) -> str:
    """Words for the index: unspaced scripts spaced, and nothing that Pagefind would take for one of its own marks."""
    return text(_BORDER.sub(" ", words).replace("___PAGEFIND", "___ PAGEFIND"))


def page_records(path: str, page: str) -> Iterator[Record]:
    """A page that people wrote, as it was built, section by section: the article alone, its tags left out.

    In: its path from the site's root, its HTML. Out: nothing where there is no article.
    """
    found = re.search(r"<article\b.*</article>", page, re.DOTALL)
    pieces = re.split(r'<h([1-3])\b[^>]*\bid="([\w-]+)"[^>]*>(.*?)</h\1>', found[0] if found else "", flags=re.DOTALL)
    head = ""
    for level, name, title, rest in zip(*(pieces[n::4] for n in range(1, 5)), strict=True):
        anchor = "" if level == "1" else name
        shown, head = (head, head) if anchor else ("", _plain(title))
        yield Record(path.removesuffix("index.html"), anchor, _plain(title), (_plain(rest),), shown, filters=PAGE)


PAGE = {"type": ("Page",)}


def _plain(page: str) -> str:
    return " ".join(html.unescape(re.sub(r"<[^>]*>", " ", page)).split())
