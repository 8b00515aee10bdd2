"""Proposals of others: the prompt for them, the import of a file of them, and the drafts that come of it."""

from collections.abc import Sequence
from pathlib import Path

import click

from synoptic.base.problems import Refused, make_printable, sort_problems
from synoptic.base.write import refuse_link, write_file
from synoptic.cli.common import print_problems
from synoptic.model.records import Source
from synoptic.model.site import Briefing, Site
from synoptic.proposals import drafts as store
from synoptic.proposals.accept import accept, choose
from synoptic.proposals.drafts import Draft
from synoptic.proposals.json_schema import render_schema
from synoptic.proposals.judge import judge
from synoptic.proposals.prompt import render_prompt
from synoptic.proposals.schema import (
    MAX_BYTES,
    ProposedAnswer,
    ProposedClaim,
    ProposedStatement,
    Read,
    read_proposals,
)
from synoptic.text.english import plural


def print_prompt(root: Path, briefing: Briefing, site: Site, sources: Sequence[Source], *, save: bool) -> int:
    """Print the prompt, or write it into the folder of drafts, as it holds words of articles."""
    text = render_prompt(briefing, site, sources, render_schema(site.vocabulary))
    if not save:
        click.echo(text, nl=False)
        return 0
    path = root / store.FOLDER / briefing.slug / "prompt.md"
    for part in (path.parents[1], path.parent, path):
        refuse_link(part)
    write_file(path.parents[1] / ".gitignore", store.IGNORE)
    write_file(path, text)
    click.echo(f"{path.relative_to(root).as_posix()}: written; it holds texts of articles, and Git ignores it")
    return 0


def name_briefing(file: Path) -> str:
    """The briefing that a file of proposals is for."""
    return _read(file).head.briefing


def _read(file: Path) -> Read:
    if not file.is_file():
        raise Refused(f"{file}: there is no such file; nothing was imported")
    with file.open("rb") as opened:
        return read_proposals(opened.read(MAX_BYTES + 1), file.as_posix())


def import_proposals(root: Path, site: Site, briefing: Briefing, file: Path, *, dry_run: bool) -> int:
    """Judge a file of proposals: keep those that stand as drafts, and tell why the others do not."""
    found = _read(file)
    if found.head.briefing != briefing.slug:
        place = found.head.place.at("briefing")
        message = f'the proposals are for "{found.head.briefing}", not for "{briefing.slug}"'
        raise Refused(f"{place.path}:{place.line}:{place.column}: {message}\nnothing was imported")
    judged = judge(briefing, site, found.items)
    refused = sort_problems([*found.problems, *judged.refused])
    kept = [one.item for one in judged.kept]
    stands = {item.place for item in kept}
    marks = [store.fingerprint(item) for item in found.items if item.place not in stands]
    marks += [store.fingerprint_problem(problem) for problem in found.problems]
    old = store.read_drafts(root, briefing.slug)
    after = store.add_drafts(old, found.head.by, kept, marks)
    if refused:
        print_problems(refused, f"import ({len(refused)} of {found.proposed} refused)")
    new = after.drafts[len(old.drafts) :]
    if after != old and not dry_run:
        shown = store.write_drafts(root, after)
        click.echo(f"{shown}: {plural(len(new), 'new draft')} of {plural(found.proposed, 'proposal')}")
    else:
        click.echo(f"{plural(len(new), 'new draft')} of {plural(found.proposed, 'proposal')}; nothing was written")
    if new and not dry_run:
        click.echo(f"Next: synoptic suggest {briefing.slug} --drafts")
    return int(bool(refused))


def list_drafts(root: Path, briefing: Briefing) -> int:
    """Print the drafts that nobody has accepted yet."""
    found = [d for d in store.settle(store.read_drafts(root, briefing.slug), briefing).drafts if d.is_open]
    for draft in found:
        click.echo(make_printable(f"{draft.number:4}  {draft.kind:<9} {_describe(draft)}"))
    command = f"synoptic suggest {briefing.slug} --drafts --pick NUMBERS"
    click.echo(f"{plural(len(found), 'open draft')}" + (f"; accept some: {command}" if found else ""))
    return 0


def _describe(draft: Draft) -> str:
    """One draft in a line or two."""
    item = draft.item
    by = f"   proposed by: {draft.by}"
    if isinstance(item, ProposedAnswer):
        return f"{item.topic}: {item.id}: {item.text}{by}"
    if isinstance(item, ProposedClaim):
        return f"{item.topic}: {item.id}: {item.claim}{by}"
    if isinstance(item, ProposedStatement):
        said = f"   said by: {item.speaker}" if item.speaker else ""
        return f"{item.claim}: {item.source} {item.stance}: {item.quote}{said}{by}"
    return f"{item.source} {item.paragraphs}: {item.gist}{by}"


def accept_drafts(root: Path, site: Site, briefing: Briefing, numbers: Sequence[int]) -> int:
    """Write the drafts with some numbers into the briefing, and tell what was written."""
    found = store.settle(store.read_drafts(root, briefing.slug), briefing)
    chosen = choose(found, briefing, numbers)
    changed = accept(root, briefing, site, found, chosen)
    for draft in chosen:
        needed = "" if draft.number in numbers else "   (needed by another)"
        click.echo(make_printable(f"{draft.number:4}  {draft.kind:<9} {_describe(draft)}{needed}"))
    for shown in changed:
        click.echo(f"{shown}: written")
    if not briefing.file.editors:
        tip = "add editors: to briefing.yml, and name in assistance: who or what proposed the drafts"
        click.echo(f"nobody is responsible for this briefing yet; {tip}")
    click.echo(f"Next: synoptic lock {briefing.slug} --by NAME")
    return 0
