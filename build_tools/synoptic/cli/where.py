"""``suggest --where``: the sentences of each article that most likely say what a claim says."""

from pathlib import Path

import click

from synoptic.base.cache import project_cache
from synoptic.base.problems import Refused, make_printable, suggest_nearest
from synoptic.compare.hits import states
from synoptic.model.records import Claim
from synoptic.model.site import Briefing
from synoptic.similar.meaning import Meaning
from synoptic.similar.rank import Wordings, likely_sentences
from synoptic.text.english import plural

#: How many sentences of an article are shown.
MOST = 3


def print_likely(root: Path, briefing: Briefing, name: str, only: str | None = None) -> int:
    """Print, for each article at hand that has no statement on the claim ``name``, its likeliest sentences. ``only``
    is the one article to read."""
    claim = briefing.claim.get(name)
    if claim is None:
        raise Refused(f'there is no claim "{name}" in {briefing.slug}: {suggest_nearest(name, briefing.claim)}')
    meaning = Meaning.load(project_cache(root, "meaning"))
    lines = [f"{claim.id}: {claim.claim}"]
    for source in briefing.sources:
        if only in (None, source.id):
            lines += ["", *_describe(briefing, claim, source.id, meaning)]
    if meaning:
        meaning.save()
    else:
        lines += [
            "",
            "Ranked by words alone. To rank by meaning, too: pip install --require-hashes -r requirements-meaning.txt",
        ]
    click.echo(make_printable("\n".join(lines)))
    return 0


def _describe(briefing: Briefing, claim: Claim, name: str, meaning: Meaning | None) -> list[str]:
    """The lines about one article."""
    own = [statement.id for statement in claim.statements if statement.source == name]
    passed = [one.reason for one in claim.passes if one.source == name]
    text = briefing.texts.get(name)
    if own:
        return [f"{name}: has {plural(len(own), 'statement')} already ({', '.join(own)})"]
    if passed:
        return [f"{name}: passed over: {passed[0]}"]
    if text is None:
        return [f"{name}: its text is missing"]
    source = briefing.source[name]
    sentences = [(block, sentence) for block, sentence in text.sentences if states(source, block)]
    ranked = likely_sentences(Wordings.of(claim), [sentence for _, sentence in sentences], meaning)
    rows = [f"  {score:.2f}  ¶{sentences[i][0]}  {sentences[i][1]}" for i, score in ranked[:MOST] if score > 0]
    return [f"{name}:", *(rows or ["  no sentence shares a word with the claim"])]
