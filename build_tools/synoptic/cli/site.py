"""``site`` builds the site. ``index``, ``redirects``, ``cards`` and ``guard`` finish one that another builder built."""

from dataclasses import replace
from pathlib import Path

import click

from synoptic.base.problems import Refused
from synoptic.base.write import write_tree
from synoptic.cli.common import PATH, command, load_site, print_problems, refuse_elsewhere
from synoptic.load.load import read_publication
from synoptic.site import cards as picture_cards
from synoptic.site import pagefind, permalinks, search, swap
from synoptic.site.guard import guard_site


@command
def site(root: Path) -> int:
    """Build the site in site/.

    It is built in another folder and replaces the last one in a single step.
    """
    refuse_elsewhere(root, "a build runs the code that mkdocs.yml names")
    try:
        swap.publish(root)
    except KeyboardInterrupt:
        click.echo("stopped; the site is still the one before", err=True)
        return 130
    click.echo(f"built: {root / swap.SITE}")
    return 0


SITE = click.argument("folder", type=PATH, metavar="SITE_DIR")


def _refuse_other_folder(folder: Path) -> None:
    if not (folder / "index.html").is_file():
        raise Refused(f"{folder} is not a built site: it has no index.html; nothing was written")


@command
@SITE
def index(root: Path, folder: Path) -> int:
    """Add the search index to a built site.

    MkDocs builds do this already. SITE_DIR is the built site's folder.
    """
    _refuse_other_folder(folder)
    site, _ = load_site(root)
    documents = search.render_documents(site)
    changed = pagefind.write_index(documents, folder)
    click.echo(f"{folder / pagefind.FOLDER}: {len(documents)} records, {changed} files changed")
    return 0


@command
@SITE
def redirects(root: Path, folder: Path) -> int:
    """Add the claims' permanent addresses to a built site.

    MkDocs builds do this already. SITE_DIR is the built site's folder.
    """
    _refuse_other_folder(folder)
    pages = permalinks.render_permalinks(load_site(root)[0])
    changed = write_tree(folder / permalinks.FOLDER, pages)
    click.echo(f"{len(pages)} permanent addresses, {changed} changed")
    return 0


@command
@SITE
def cards(root: Path, folder: Path) -> int:
    """Add the picture cards of shared links to a built site.

    MkDocs builds do this already. They need site_url in mkdocs.yml. SITE_DIR is the built site's folder.
    """
    _refuse_other_folder(folder)
    made = picture_cards.make_cards(load_site(root)[0])
    changed = picture_cards.write_cards(made, folder)
    click.echo(f"{len(made)} picture cards, {changed} changed")
    return 0


@command
@SITE
def guard(root: Path, folder: Path) -> int:
    """Add the security policy to a built site, and audit it.

    MkDocs builds do this already. SITE_DIR is the built site's folder.
    """
    _, problems = guard_site(folder, read_publication(root / "mkdocs.yml").home)
    placed = [replace(p, place=replace(p.place, path=f"{folder}/{p.place.path}")) for p in problems]
    return print_problems(placed, "guard")
