"""Preview of a stranger's briefings: a project of our own program and their data, which pages differ, and a server."""

import re
import secrets
import shutil
import signal
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from synoptic.base.write import create_folder, write_file
from synoptic.compare.proofs import AUTHORITIES, SIGNERS
from synoptic.site import csp
from synoptic.site.generated_files import GENERATED
from synoptic.site.untrusted import UntrustedData

#: The parts of our own site that are not data, as far as it has them: see ``synoptic init``.
PARTS = ("mkdocs.yml", "LICENSE-CONTENT.md", "docs", "overrides")
#: The shared files that are never taken from a stranger, each with the reason.
OURS = {
    "briefings/vocabulary.yml": "it contains rules. Review it as code",
    SIGNERS: "it says whose signatures count",
    AUTHORITIES: "it says whose time stamps count",
}


def create_project(home: Path, data: UntrustedData, root: Path) -> None:
    """Create a project in a new folder from our own site, in the folder ``home``, and the stranger's data.

    The rules are ours, and so are the keys and authorities that we trust: another file of them in the data is ignored,
    and ``data.skipped`` reports it.
    """
    ours = {name: (home / name).read_bytes() for name in OURS if (home / name).is_file()}
    for name, why in OURS.items():
        if data.files.pop(name, None) != ours.get(name):
            data.skipped.append(f"{name}: not the same as ours; ours was used, since {why}")
    root.mkdir()
    for part in PARTS:
        if (home / part).is_dir():
            shutil.copytree(home / part, root / part, ignore=partial(_ignore, home))
        elif (home / part).is_file():
            shutil.copy(home / part, root / part)
    for name, content in {**data.files, **ours}.items():
        write_file(root / name, content)


def _ignore(home: Path, folder: str, names: list[str]) -> list[str]:
    inside = Path(folder).relative_to(home)
    return [n for n in names if n == "__pycache__" or (inside / n).as_posix() in {f"docs/{name}" for name in GENERATED}]


@contextmanager
def temporary_folder() -> Iterator[Path]:
    """A temporary folder that is removed at the end, also on Ctrl-C and SIGTERM."""
    handler = signal.signal(signal.SIGTERM, signal.default_int_handler)
    # Not tempfile.TemporaryDirectory: interrupted while it creates the folder, it does not know what to remove.
    folder = Path(tempfile.gettempdir()).resolve() / f"preview-{secrets.token_hex(8)}"
    try:
        folder.mkdir(mode=0o700)
        yield folder
    finally:
        if folder.exists():
            shutil.rmtree(folder)
        signal.signal(signal.SIGTERM, handler)


def save_site(built: Path, into: Path) -> None:
    """Copy a finished site to a folder, completely or not at all."""
    with create_folder(into) as part:
        shutil.copytree(built, part, dirs_exist_ok=True)


def compare_pages(before: Mapping[str, str | bytes], after: Mapping[str, str | bytes]) -> list[tuple[str, str]]:
    """The addresses of the pages that differ, each with ``new``, ``changed`` or ``gone``.

    Both arguments are generated files by path under docs/.
    """
    changes = {
        name: "new" if name not in before else "gone" if name not in after else "changed"
        for name in sorted({*before, *after})
        if name.endswith(".md") and before.get(name) != after.get(name)
    }
    return [
        (re.sub(r"(?:(?<=/)|^)index/$", "", f"{name.removesuffix('.md')}/"), word) for name, word in changes.items()
    ]


def serve_folder(folder: Path, port: int, ready: Callable[[str], None]) -> None:
    """Serve a built site to this machine alone, until Ctrl-C.

    ``port`` 0 means any free one; ``ready`` is called with the address. Raises OSError if the port is in use.
    """
    with ThreadingHTTPServer(("127.0.0.1", port), partial(_Handler, directory=str(folder))) as server:
        ready(f"http://127.0.0.1:{server.server_port}/")
        with suppress(KeyboardInterrupt):
            server.serve_forever()


class _Handler(SimpleHTTPRequestHandler):
    """Serves a folder's files with a policy that stops the pages from contacting other hosts."""

    def end_headers(self) -> None:
        """Add the policy to every answer."""
        self.send_header("Content-Security-Policy", csp.PREVIEW)
        self.send_header("Cache-Control", "no-store")
        super().end_headers()

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the name of the base class
        """Log no requests."""


def format_list(pages: list[tuple[str, str]], address: str, most: int = 60) -> str:
    """The pages that differ as lines for a terminal; ``address`` is that of the server, "" if there is none."""
    shown = [f"  {word:<8} {address if word != 'gone' else ''}{page}" for page, word in pages[:most]]
    more = [f"  and {len(pages) - most} more"] if len(pages) > most else []
    return "\n".join([f"pages that differ: {len(pages)}", *shown, *more])


def format_summary(pages: list[tuple[str, str]], published: str, most: int = 100) -> str:
    """The pages that differ as Markdown for the summary of a CI run, linked if they are on the ``published`` site."""
    lines = [f"### Pages that differ: {len(pages)}", ""]
    for page, word in pages[:most]:
        label = f"`/{page}`"
        link = f"[{label}]({published.rstrip('/')}/{page})"
        lines.append(f"- {word}: {link if published and word != 'new' else label}")
    if len(pages) > most:
        lines.append(f"- and {len(pages) - most} more")
    return "\n".join(lines) + "\n\n"
