"""``edit``: the workbench, a page in which a briefing is edited without typing YAML."""

import gc
import os
import secrets
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

import click

from synoptic.base.lock import lock_file
from synoptic.base.problems import Refused
from synoptic.base.write import refuse_link
from synoptic.cli.common import LINE, PORT, command, find_git_name
from synoptic.load.load import article_folders
from synoptic.model.values import id_fault
from synoptic.site.edit_bar import RUNNING
from synoptic.workbench.server import make_server
from synoptic.workbench.session import Workbench


@command
@click.argument("slug", required=False)
@click.option("--port", type=PORT, metavar="PORT", default=0, help="The server's port.  [default: any free port]")
@click.option(
    "--by", type=LINE, metavar="NAME", default="",
    help="Your name, as whoever checks quotations.  [default: user.name in Git]",
)  # fmt: skip
def edit(root: Path, slug: str | None, port: int, by: str) -> int:
    """Edit briefings in your browser, without typing YAML.

    Serves a page to this machine alone and prints its address, which nobody else knows. SLUG is the briefing to open.
    Nothing is written before you save.
    """
    if slug and (id_fault(slug) or not (root / "briefings" / slug / "briefing.yml").is_file()):
        raise Refused(f'there is no briefing "{slug}"; start one: synoptic new {slug}')
    token = secrets.token_urlsafe(32)
    bench = Workbench(root.resolve(), article_folders(os.environ), by or find_git_name(root))
    try:
        server = make_server(bench, token, port)
    except OSError as error:
        raise Refused(f"port {port} cannot be used: {error.strerror}") from None
    gc.enable()  # a server lives long; see ``without_gc``
    bench.warm()
    with server, _say_port(root, server.server_port):
        where = f"?briefing={slug}" if slug else ""
        click.echo(f"workbench: http://127.0.0.1:{server.server_port}/{where}#{token}")
        click.echo("Open it in your browser; it is for you alone. Press Ctrl-C to stop; what is not saved stays.")
        with suppress(KeyboardInterrupt):
            server.serve_forever()
    return 0


@contextmanager
def _say_port(root: Path, port: int) -> Iterator[None]:
    """Let the preview of the project find this workbench, unless another one runs already."""
    with ExitStack() as stack:
        with suppress(OSError):
            path = root / RUNNING
            for place in (path, *path.parents[:2]):
                refuse_link(place)
            path.parent.mkdir(parents=True, exist_ok=True)
            stack.enter_context(lock_file(path)).write(str(port))
        yield
