"""``init``: a site of one's own, in one command."""

import sys
from collections.abc import Callable, Iterable
from contextlib import AbstractContextManager
from pathlib import Path, PurePosixPath

import click

from synoptic.base.problems import Refused
from synoptic.base.write import create_folder, extend_folder, write_file
from synoptic.cli.common import LINE, PATH
from synoptic.model.licence import LICENCES, USUAL
from synoptic.starter.answers import CLEAN, Answers
from synoptic.starter.program import find_program
from synoptic.starter.site_files import PROGRAMS, make_site

#: What is asked on a terminal, in order: the answer's name, the question, and what is taken if nothing is typed.
QUESTIONS = (
    ("name", "Name of the site", None),
    ("url", "Its published address (https://..., empty if unknown yet)", ""),
    ("repo", "Address of its repository (empty if unknown yet)", ""),
    ("report", "Where readers report mistakes (an address or mailto:..., empty if unknown yet)", ""),
    ("language", "Language of the site", "en"),
    ("licence", f"Licence of your own words ({', '.join(LICENCES)})", USUAL.id),
)


@click.command
@click.argument("folder", type=PATH, metavar="DIR")
@click.option("--name", type=LINE, help="The site's name.  [default: from DIR]")
@click.option("--url", type=LINE, help="Its published address.")
@click.option("--repo", type=LINE, metavar="URL", help="The address of its repository.")
@click.option("--report", type=LINE, metavar="URL", help="Where readers report mistakes: an address, or mailto:.")
@click.option("--language", type=LINE, metavar="CODE", help="Language of the site, such as fr.  [default: en]")
@click.option(
    "--licence", type=LINE, metavar="ID",
    help=f"Licence of the site's own words: {', '.join(LICENCES)}.  [default: {USUAL.id}]",
)  # fmt: skip
@click.option(
    "--program", default="", metavar="WHEEL|ADDRESS",
    help="Where the site gets Synoptic from.  [default: where this one came from]",
)  # fmt: skip
def init(folder: Path, program: str, **given: str | None) -> int:
    """Start a site of your own in the folder DIR.

    It gets settings, an invented example, pages, workflows and issue forms. Nothing is ever overwritten: everything is
    written, or nothing. On a terminal it asks for what no option says.
    """
    context = click.get_current_context()
    folder = (context.obj / folder).resolve()
    existing = _list_entries(folder)
    default = folder.name.replace("-", " ").replace("_", " ").strip().capitalize() or "Briefings"
    answers = Answers(**_ask(given, default))
    files = make_site(answers, find_program(program))
    _refuse_taken(folder, existing, files)
    build: Callable[[Path], AbstractContextManager[Path]] = extend_folder if folder.is_dir() else create_folder
    with build(folder) as part:
        for path, content in files.items():
            write_file(part / path, content)
            if PurePosixPath(path).parent.name == PROGRAMS:
                (part / path).chmod(0o755)
    shown = folder.relative_to(Path.cwd()) if folder.is_relative_to(Path.cwd()) else folder
    click.echo(f"{folder}: {len(files)} files. Next:")
    click.echo(f"  make -C {shown} serve    (builds the site and serves it on this machine)" if str(shown) != "." else
               "  make serve    (builds the site and serves it on this machine)")  # fmt: skip
    click.echo("  README.md there says how to write, publish and upgrade.")
    return 0


def _list_entries(folder: Path) -> list[Path]:
    """What is in the folder already; refuse what is not a folder."""
    if folder.exists() and not folder.is_dir():
        raise Refused(f"{folder} is not a folder; nothing was written")
    return sorted(folder.iterdir()) if folder.exists() else []


def _refuse_taken(folder: Path, existing: Iterable[Path], files: Iterable[str]) -> None:
    """Refuse a folder that has something of the same name as a file or folder to write."""
    wanted = {PurePosixPath(path).parts[0].casefold() for path in files}
    if taken := [path.name for path in existing if path.name.casefold() in wanted]:
        raise Refused(f"{folder} has {', '.join(taken)} already; nothing was written. Name a new folder")


def _ask(given: dict[str, str | None], default: str) -> dict[str, str]:
    """The answers: what the options say; on a terminal, also what is typed, until it can be used."""
    answers: dict[str, str] = {}
    for key, question, usual in QUESTIONS:
        fallback = default if usual is None else usual
        if (stated := given[key]) is not None:
            answers[key] = stated
        elif sys.stdin.isatty():
            answers[key] = click.prompt(
                question, default=fallback, show_default=bool(fallback), value_proc=_usable(key)
            )
        else:
            answers[key] = fallback
    return answers


def _usable(key: str) -> Callable[[str], str]:
    """A check of what is typed, which lets the terminal ask again."""

    def check(value: str) -> str:
        try:
            return CLEAN[key](LINE.convert(value, None, None))
        except Refused as reason:
            raise click.UsageError(str(reason)) from None

    return check
