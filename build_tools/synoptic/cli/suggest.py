"""``suggest``: propose claims and statements that a briefing lacks, and write those that somebody picks."""

from collections.abc import Sequence
from pathlib import Path

import click

from synoptic.authoring.append import refuse_problem
from synoptic.authoring.picks import Target, find_target, write_picks
from synoptic.base.problems import Problem, Refused, make_printable
from synoptic.base.write import refuse_link, write_file
from synoptic.check.quotations import describe_room
from synoptic.cli import drafts as cli_drafts
from synoptic.cli.common import command, find_briefing, load_site
from synoptic.cli.where import print_likely
from synoptic.model.site import Briefing, Site
from synoptic.suggest import draft, listing, statements
from synoptic.suggest.draft import Suggestion
from synoptic.text.english import plural


@command
@click.argument("name", metavar="[SLUG]", default="")
@click.option("--briefing", "slug", metavar="SLUG", default="", help="The same briefing, as an option.")
@click.option("--source", "source_id", metavar="ID", help="Read only this source.  [default: all whose text is here]")
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "yaml", "json"]),
    default="text",
    show_default=True,
    help="yaml goes into drafts/, which Git ignores.",
)
@click.option("--terms", is_flag=True, help="Show instead what each search term of each claim finds.")
@click.option("--into", metavar="FILE", default="", help="Write what you pick into claims/<topic>.yml.")
@click.option("--pick", metavar="NUMBERS", default="", help="What to write, by number: 3,7,12.")
@click.option("--claim", metavar="ID", default="", help="Add it to this claim.  [default: a new claim for each]")
@click.option("--prompt", is_flag=True, help="Print what somebody else needs to propose, texts of articles included.")
@click.option("--save", is_flag=True, help="With --prompt: write it into drafts/, which Git ignores.")
@click.option("--drafts", is_flag=True, help="List imported drafts; with --pick, accept some.")
@click.option("--where", metavar="CLAIM", default="", help="Show where else this claim is likely said, and stop.")
def suggest(
    root: Path, name: str, slug: str, source_id: str | None, form: str, terms: bool, into: str, pick: str, claim: str,
    prompt: bool, save: bool, drafts: bool, where: str,
) -> int:  # fmt: skip
    """Propose statements a briefing lacks, or write some.

    SLUG is the briefing to add to.

    A picked statement begins a claim whose sentence you write, or joins the one you name with --claim. Speakers whom
    nobody declared are declared with it.
    """
    if not (name or slug) or (name and slug and name != slug):
        raise Refused("name one briefing: synoptic suggest SLUG", 2)
    slug = name or slug
    if prompt + drafts + terms + bool(into) + bool(where) > 1 or (save and not prompt):
        raise Refused("--prompt (with --save), --terms, --drafts, --into and --where each stand alone", 2)
    if not drafts and (bool(into) != bool(pick) or (claim and not into)):
        raise Refused("to write statements, give --into claims/<topic>.yml and --pick with their numbers", 2)
    site, problems = load_site(root)
    briefing = find_briefing(site, problems, slug)
    if drafts and pick:
        _refuse_broken(briefing, problems)
        return cli_drafts.accept_drafts(root, site, briefing, _read_numbers(pick))
    if drafts:
        return cli_drafts.list_drafts(root, briefing)
    if source_id is not None and source_id not in briefing.source:
        known = ", ".join(briefing.source) or "none yet"
        raise Refused(f'there is no source "{source_id}" in {slug} (known: {known})')
    if where:
        return print_likely(root, briefing, where, source_id)
    chosen = [s for s in briefing.sources if source_id in (None, s.id)]
    missing = [s.id for s in chosen if s.id not in briefing.texts]
    if missing:
        message = (
            f"the text of {', '.join(missing)} is missing; put it, unaltered, into briefings/{slug}/articles/, "
            "or into a folder that SYNOPTIC_ARTICLES names"
        )
        if len(missing) == len(chosen):
            raise Refused(message)
        click.echo(make_printable(message), err=True)
    if into:
        target = find_target(root, briefing, into, claim)
        _refuse_broken(briefing, problems)
        return _write_picks(root, briefing, site, target, pick)
    chosen = [s for s in chosen if s.id in briefing.texts]
    if prompt:
        return cli_drafts.print_prompt(root, briefing, site, chosen, save=save)
    suggestions = [s for s in draft.suggest(briefing, site) if s.source in {source.id for source in chosen}]
    if terms:
        text = make_printable(listing.render_terms(briefing, chosen))
    elif form == "json":
        text = listing.render_json(suggestions)
    elif form == "yaml":
        text = _write_draft(root, source_id or slug, statements.render_yaml(briefing, site, suggestions))
    else:
        rooms = {source.id: describe_room(briefing, source, site) for source in chosen}
        text = make_printable(listing.render_text(briefing, chosen, suggestions, site.vocabulary, rooms))
    click.echo(text, nl=False)
    return 0


def _refuse_broken(briefing: Briefing, problems: Sequence[Problem]) -> None:
    """Raise Refused if a claims file could only be read in part."""
    for problem in problems:
        if problem.place.path.startswith(f"briefings/{briefing.slug}/claims/"):  # what is there is not all known
            raise refuse_problem(problem)


def _write_draft(root: Path, name: str, text: str) -> str:
    """Write a draft into a folder that tells Git to ignore it; return what to print."""
    folder = root / "drafts"
    refuse_link(folder)
    write_file(folder / ".gitignore", "# drafts hold words of articles\n*\n")
    path = folder / f"{name}.yml"
    write_file(path, text)
    return f"{path.relative_to(root).as_posix()}: written; paste from it what you want into claims/<topic>.yml\n"


def _write_picks(root: Path, briefing: Briefing, site: Site, target: Target, numbers: str) -> int:
    """Write the picked passages, and say for each what became of it."""
    passages = draft.list_passages(briefing, site)
    claim = briefing.claim.get(target.claim)
    picks = statements.make_picks(briefing, site, _choose(passages, numbers), passages, claim)
    new = [pick for pick in picks if pick.statement]
    entries = [pick.claim or pick.statement for pick in new]
    speakers = [(pick.source, pick.speaker) for pick in new if pick.speaker]
    changed = write_picks(root, briefing, target, entries, speakers) if new else []
    for pick in picks:
        if pick.same_as:
            line = f"{pick.number:4}  left out: {pick.same_as} quotes these words already"
        elif not pick.statement:
            line = f"{pick.number:4}  left out: {pick.faults[0]}"
        else:
            line = f"{pick.number:4}  {pick.claim.get('id', target.claim)}: {pick.statement['quote']}"
        click.echo(make_printable(line))
        for fault in pick.faults if pick.statement else ():
            click.echo(make_printable(f"      choose other words: {fault}"))
    for _, speaker in speakers:
        click.echo(
            make_printable(f"speaker: {speaker.id} ({speaker.name}, {speaker.kind}); correct it if that is wrong")
        )
    for shown in changed:
        click.echo(f"{shown}: written")
    if not new:
        click.echo(f"{target.shown}: nothing to add")
    else:
        foreign = any(not briefing.source[pick.source].lang.startswith("en") for pick in new)
        todo = [] if claim else [f"write {plural(len(new), 'claim')} where it says TODO"]
        todo += ["add translation: to what is not in English"] if foreign else []
        first = f"{' and '.join(todo)}, then: " if todo else ""
        click.echo(f"Next: {first}synoptic lock {briefing.slug} --by NAME")
    return 0


def _read_numbers(numbers: str) -> list[int]:
    """The numbers in "3,7,12". Raises Refused if one is not a number, or is there twice."""
    parts = [part.strip() for part in numbers.split(",")]
    if wrong := [part for part in parts if not (part.isascii() and part.isdigit())]:
        raise Refused(f'--pick takes numbers, as 3,7,12, and "{wrong[0]}" is none; nothing was changed', 2)
    wanted = [int(part) for part in parts]
    if twice := [number for i, number in enumerate(wanted) if number in wanted[:i]]:
        raise Refused(f"{twice[0]} is picked twice; nothing was changed", 2)
    return wanted


def _choose(passages: Sequence[Suggestion], numbers: str) -> list[Suggestion]:
    """The passages with the numbers in "3,7,12". Raises Refused if there is no such number, or one twice."""
    wanted = _read_numbers(numbers)
    if unknown := [number for number in wanted if not 0 < number <= len(passages)]:
        most = f"they go from 1 to {len(passages)}" if passages else "there are none"
        raise Refused(f"there is no suggestion {unknown[0]}: {most}; nothing was changed")
    return [passages[number - 1] for number in wanted]
