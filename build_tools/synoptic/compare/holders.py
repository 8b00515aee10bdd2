"""Who holds a claim, with which stance and in which article, in words, for every place that names articles beside a
claim. Pure."""

from collections.abc import Iterable, Mapping

from synoptic.compare.statements import find_block_kind, find_holder
from synoptic.compare.verdicts import DRAMATISED
from synoptic.model.records import Claim, Speaker, Statement
from synoptic.model.site import Briefing
from synoptic.model.vocabulary import Vocabulary
from synoptic.text.language import gettext, join_list, join_sentences, join_words, ngettext

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
            others = len(named) - MOST
            named[MOST:] = [ngettext("%(num)s other", "%(num)s others", others)]
        if named:
            term = vocabulary.get("modes" if stance == DRAMATISED else "stances", stance)
            # For translators: "Denied by Ann Lee and Wire itself."
            sentences.append(
                gettext("%(stance)s %(holders)s.", stance=term.plural or term.label, holders=join_words(named))
            )
    return join_sentences(sentences)


def _name(
    briefing: Briefing, speakers: Mapping[str, Speaker], holder: str, said: list[Statement], vocabulary: Vocabulary
) -> str:
    """A holder, and the articles that carry what they said: ``Ann Lee (in Gazette, headline)``."""
    where: dict[str, str] = {}
    for statement in said:
        source = briefing.source[statement.source].name
        block = vocabulary.get("blocks", find_block_kind(briefing, statement))
        aside = "" if block.counts else block.label
        where[source] = min(where.get(source, aside), aside, key=len)  # the body before the headline
    if holder.startswith("article:"):
        ((name, aside),) = where.items()
        return (
            gettext("%(name)s itself (%(part)s)", name=name, part=aside)
            if aside
            else gettext("%(name)s itself", name=name)
        )
    articles = [join_list(filter(None, pair)) for pair in where.items()]
    if len(articles) <= MOST:
        carried = gettext("in %(articles)s", articles=join_words(articles))
    else:
        carried = ngettext("in %(num)s article", "in %(num)s articles", len(articles))
    own, remarks = briefing.own_speakers.get(holder), []
    if own is not None:
        remarks.append(gettext("not shown") if own.kind == "document" else gettext("unnamed"))
    if all(statement.mode == "inferred" for statement in said):
        carried = gettext("read into them %(in_articles)s", in_articles=carried)
    speaker = speakers.get(holder)
    name = speaker.name if speaker else holder
    return gettext("%(name)s (%(remarks)s)", name=name, remarks=join_list([*remarks, carried]))
