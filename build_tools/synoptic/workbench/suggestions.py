"""What a program proposes to quote of an article, with the likely speaker. Pure."""

from dataclasses import dataclass, replace

from synoptic.model.records import Source
from synoptic.model.site import Briefing, Site
from synoptic.suggest.draft import list_passages
from synoptic.suggest.statements import StatementWriter


@dataclass(frozen=True)
class Suggested:
    """Words to quote, at ``start`` to ``end`` of a paragraph (0 to 0 if none fits), from a passage at ``from_`` to
    ``to``. ``speaker`` is the id of who says it, "" if nobody has declared them; ``kind`` is then a guess."""

    paragraph: int
    start: int
    end: int
    from_: int
    to: int
    quote: str
    speaker: str
    name: str
    kind: str
    mode: str


def suggest_quotations(site: Site, briefing: Briefing, source: Source) -> list[Suggested]:
    """Everything in an article that somebody says, whether it is quoted already or not."""
    text = briefing.texts[source.id]
    alone = replace(briefing, texts={source.id: text}, claims=(), figures=(), events=(), locks={})
    speakers, writer = site.speakers_of(briefing), StatementWriter(alone, source, site)
    found = []
    for passage in list_passages(alone, site):
        if passage.kind not in ("quotation", "credited"):
            continue
        block = text.blocks[passage.paragraph - 1]
        from_ = block.find(passage.text)
        if from_ < 0:  # it is read otherwise than it is written
            continue
        chosen = writer.choose_quote(passage)
        quote = chosen.text if chosen and not chosen.too_long else ""
        start = block.find(quote, from_) if quote else -1
        known = speakers.get(passage.speaker or "")
        marked = bool(chosen and chosen.match.marked)
        found.append(Suggested(
            passage.paragraph, max(start, 0), start + len(quote) if start >= 0 else 0, from_, from_ + len(passage.text),
            quote if start >= 0 else "", known.id if known else "",
            known.name if known else passage.speaker or "", known.kind if known else passage.speaker_kind,
            ("direct" if marked else "indirect") if passage.speaker else "",
        ))  # fmt: skip
    return found
