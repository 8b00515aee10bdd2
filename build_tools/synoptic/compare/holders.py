"""Who holds a claim, with which stance and in which article, in words, for every place that names articles beside a
claim. Pure."""

from collections.abc import Iterable, Mapping

from synoptic.compare.statements import find_block_kind, find_holder
from synoptic.compare.verdicts import DRAMATISED
from synoptic.model.records import Claim, Speaker, Statement
from synoptic.model.site import Briefing
from synoptic.model.vocabulary import Vocabulary
from synoptic.text.english import join_words, plural

MOST = 4  # holders of one stance, and articles of one holder, that are named; more are counted


def describe_holders(
    briefing: Briefing,
    speakers: Mapping[str, Speaker],
    claim: Claim,
    vocabulary: Vocabulary,
    statements: Iterable[Statement] | None = None,
) -> str:
    """``Asserted by Ann Lee (in Gazette and Herald) and Wire itself. Denied by a clerk (unnamed, in Gazette).``

    ``speakers`` are those that the briefing may name. ``statements`` are some of the claim's, if not all. Those of
    unknown sources, which a draft may have, are left out; so is the claim's holder where nobody speaks.
    """
    by_stance: dict[str, dict[str, list[Statement]]] = {term.id: {} for term in vocabulary.stances}
    for statement in claim.statements if statements is None else statements:
        if statement.source in briefing.source:
            group = DRAMATISED if statement.mode == DRAMATISED else statement.stance
            by_stance.setdefault(group, {}).setdefault(find_holder(briefing, statement), []).append(statement)
    sentences = []
    for stance, holders in by_stance.items():
        named = [_name(briefing, speakers, holder, said, vocabulary) for holder, said in holders.items()]
        if len(named) > MOST + 1:
            named[MOST:] = [f"{len(named) - MOST} others"]
        if named:
            term = vocabulary.get("modes" if stance == DRAMATISED else "stances", stance)
            sentences.append(f"{term.plural or term.label} {join_words(named)}.")
    return " ".join(sentences)


def _name(
    briefing: Briefing, speakers: Mapping[str, Speaker], holder: str, said: list[Statement], vocabulary: Vocabulary
) -> str:
    """A holder, and the articles that carry what they said: ``Ann Lee (in Gazette, headline)``."""
    where: dict[str, str] = {}
    for statement in said:
        source = briefing.source[statement.source].name
        block = vocabulary.get("blocks", find_block_kind(briefing, statement))
        shown = source if block.counts else f"{source}, {block.label}"
        where[source] = min(where.get(source, shown), shown, key=len)  # the body before the headline
    articles = list(where.values())
    if holder.startswith("article:"):
        (name,), (shown,) = where, articles
        return f"{name} itself" if shown == name else f"{name} itself ({shown.removeprefix(f'{name}, ')})"
    own = briefing.own_speakers.get(holder)
    sort = "" if own is None else "not shown, " if own.kind == "document" else "unnamed, "
    read = "read into them " if all(statement.mode == "inferred" for statement in said) else ""
    carried = join_words(articles) if len(articles) <= MOST else plural(len(articles), "article")
    speaker = speakers.get(holder)
    return f"{speaker.name if speaker else holder} ({sort}{read}in {carried})"
