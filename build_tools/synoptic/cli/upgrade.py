"""``upgrade``: bring a site's files into the form that this version writes."""

from collections.abc import Iterator
from pathlib import Path

import click

from synoptic.base.problems import Refused, make_printable
from synoptic.cli.common import command, load_project
from synoptic.starter import upgrade as steps
from synoptic.starter.program import find_version
from synoptic.text.english import join_words, plural


@command
@click.option("--write", is_flag=True, help="Write it.")
def upgrade(root: Path, write: bool) -> int:
    """List what this version would write differently.

    Without --write nothing changes. It says in which version of the format the files were written, which files have one
    right answer (old forms, schemas, the pin on this program), and what only you can do.
    """
    for line in _describe_format(root):
        click.echo(line)
    rewrites = steps.list_rewrites(root)
    for one in rewrites:
        for reason in one.reasons:
            click.echo(make_printable(f"{one.path}:{' ' if not reason[:1].isdigit() else ''}{reason.strip()}"))
    by_hand = list(_list_by_hand(root))
    for line in by_hand:
        click.echo(make_printable(line))
    if write:
        steps.write(root, rewrites)
    what = "written" if write else "to write"
    click.echo(f"upgrade to {find_version()}: {plural(len(rewrites), 'file')} {what}, {len(by_hand)} for you")
    if rewrites:
        click.echo("Next: git diff, and synoptic check" if write else "To write them: synoptic upgrade --write")
    return 0


def _describe_format(root: Path) -> Iterator[str]:
    """The version of the format, by files, and what has changed since."""
    formats = steps.find_formats(root)
    stated = sorted(version for version in formats if version is not None)
    if stated and (last := stated[-1]) > steps.FORMAT:
        raise Refused(
            f"{formats[last][0]} states version {last} of the format, and this program knows {steps.FORMAT}: "
            "use a later one; nothing was changed"
        )
    if stated:
        yield f"Your files state version {join_words([str(version) for version in stated])} of the format."
    yield f"Today's is version {steps.FORMAT}, the only one so far."
    if any(steps.reduce_vocabulary(root)):
        yield "One thing has moved since: the lists of words come with the program; your vocabulary.yml adds to them."
    if unstated := formats.get(None):
        yield f"No version is stated by {plural(len(unstated), 'file')}, such as {unstated[0]}."


def _list_by_hand(root: Path) -> Iterator[str]:
    """What only a person can do."""
    for number, line in steps.find_old_settings(root):
        yield (
            f"mkdocs.yml:{number}: {line} starts the program as a hook of a checkout; in its place goes "
            "`plugins:` with the entry `synoptic: {whole_site: true}`, and custom_dir, extra_css and watch of ours go"
        )
    if other := steps.find_other_files(root):
        yield (
            f"{join_words(other)}: not as today's version writes {'it' if len(other) == 1 else 'them'}; compare with a "
            "site that `synoptic init` makes in an empty folder, and take over what you want"
        )
    site, _ = load_project(root)
    for name, missing in steps.list_older_locks(site) if site else ():
        yield f"{name}: its lock does not record {join_words(missing)}; with the article at hand: synoptic lock {name}"
