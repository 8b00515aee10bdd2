"""The program: its commands, its one global option, and its exit codes.

0: success, warnings allowed. 1: problems were found, or the command refused. 2: wrong usage.
For ``diff`` 0: compared. 1, only with --exit-code: something changed. 2: not comparable.
"""

import errno
import io
import os
import shutil
import sys
from collections.abc import Sequence
from importlib import import_module
from keyword import iskeyword
from pathlib import Path

import click

from synoptic.base.cache import without_gc
from synoptic.base.problems import Refused, make_printable

PROGRAM = "synoptic"
#: Each command and the file in this folder that holds it.
COMMANDS = {
    "init": "init", "new": "files", "ingest": "ingest", "suggest": "suggest", "import": "import_", "lock": "lock",
    "second-reading": "second_reading", "reconcile": "second_reading", "watch": "watch", "check": "check",
    "fmt": "files", "edit": "edit", "diff": "diff", "preview": "preview", "render": "render", "site": "site",
    "finish": "site", "export": "export", "dossier": "dossier", "schema": "files", "rules": "files",
    "upgrade": "upgrade",
}  # fmt: skip


class _LazyGroup(click.Group):
    """Imports a command when it runs: reading web pages or searching them takes a second to import."""

    def list_commands(self, context: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, context: click.Context, name: str) -> click.Command | None:
        if name not in COMMANDS:
            return None
        own = f"{name}_" if iskeyword(name) else name.replace("-", "_")
        command: click.Command = getattr(import_module(f"synoptic.cli.{COMMANDS[name]}"), own)
        return command


@click.group(cls=_LazyGroup)
@click.option("--root", type=click.Path(path_type=Path), default=".", help="The project's folder.  [default: this one]")
@click.pass_context
def commands(context: click.Context, root: Path) -> None:
    """Write, check and publish briefings that compare articles."""
    context.obj = root


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code. ``arguments`` defaults to those of the process."""
    words = list(sys.argv[1:] if arguments is None else arguments)
    _allow_every_letter()
    try:
        with without_gc(), commands.make_context(PROGRAM, words) as context:
            code = commands.invoke(context)
        sys.stdout.flush()
        return int(code)
    except click.exceptions.Exit as end:  # after --help
        return end.exit_code
    except click.ClickException as error:
        error.show()
        return error.exit_code
    except Refused as refusal:
        click.echo(make_printable(str(refusal)), err=True)
        return refusal.code
    except BrokenPipeError:  # the reader of our output has seen enough
        _drop_output()
        return 0
    except OSError as error:
        click.echo(make_printable(_describe(error)), err=True)
        return 1


def _allow_every_letter() -> None:
    """A letter that the output cannot show, as in a pipe on Windows, is a question mark and stops no command."""
    if isinstance(sys.stdout, io.TextIOWrapper) and sys.stdout.errors == "strict":
        sys.stdout.reconfigure(errors="replace")


def _describe(error: OSError) -> str:
    """``file: what is wrong``. What we write names its file: if nothing is named, the output is full."""
    if isinstance(error, shutil.Error) and error.args and isinstance(error.args[0], list):  # of a folder being copied
        _, to, why = error.args[0][0]
        return f"{to}: {why}"
    if error.filename is None and error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EIO):
        _drop_output()
        return f"standard output: {error.strerror}"
    return f"{error.filename or 'a file'}: {error.strerror or error}"


def _drop_output() -> None:
    """If nothing more can be written to the output, flushing it at exit does not fail, either."""
    try:
        sys.stdout.flush()
    except OSError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
