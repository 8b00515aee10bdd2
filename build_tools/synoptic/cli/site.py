"""``site`` builds the site; ``finish`` finishes one that another builder built."""

from dataclasses import replace
from functools import partial
from pathlib import Path

import click

from synoptic.base.problems import Refused
from synoptic.cli.common import JOBS, PATH, command, load_site, print_problems, refuse_elsewhere
from synoptic.site import pagefind, sharing, swap
from synoptic.site.additions import render_additions
from synoptic.site.guard import guard_site


@command
@click.option("--shard", metavar="K/N", default="", help="Build only the K-th of N shares, in shards/K-of-N/.")
@click.option("--merge", is_flag=True, help="Make the site from all its shares, the folders DIR.")
@click.argument("shares", metavar="[DIR]...", nargs=-1, type=PATH)
@JOBS
def site(root: Path, shard: str, merge: bool, shares: tuple[Path, ...]) -> int:
    """Build the site in site/.

    It is built in another folder and replaces the last one in a single step. Several machines may build it: each
    builds a share with --shard, and one of them makes the same site from all shares with --merge.
    """
    refuse_elsewhere(root, "a build runs the code that mkdocs.yml names")
    if merge != bool(shares) or (merge and shard):
        raise click.UsageError("Name the folders of the shares after --merge, and nothing else.")
    place = sharing.find_place(share) if (share := sharing.read_share(shard)) else swap.SITE
    try:
        if share:
            swap.publish(root, partial(sharing.build_share, share), place, sharing.MARK)
        elif merge:
            swap.publish(root, partial(sharing.build_from_shares, shares))
        else:
            swap.publish(root)
    except KeyboardInterrupt:
        click.echo("stopped; the site is still the one before", err=True)
        return 130
    click.echo(f"built: {root / place}")
    return 0


@command
@click.argument("folder", type=PATH, metavar="SITE_DIR")
def finish(root: Path, folder: Path) -> int:
    """Finish a site that another builder built, and audit it.

    Add the search index, the claims' permanent addresses, the pages to embed, the picture cards (if mkdocs.yml sets
    site_url) and the security policy. Builds with our plugin do this already. SITE_DIR is the built site's folder.
    """
    if not (folder / "index.html").is_file():
        raise Refused(f"{folder} is not a built site: it has no index.html; nothing was written")
    site, _ = load_site(root)
    added = render_additions(site)
    changed = pagefind.write_index(added.documents, folder) + added.write(folder)
    problems = guard_site(folder, site.publication.home)
    counts = f"{len(added.documents)} records of the search, {len(added.addresses)} permanent addresses"
    click.echo(f"{folder}: {counts}, {len(added.cards)} picture cards; {changed} files changed")
    placed = [replace(p, place=replace(p.place, path=f"{folder}/{p.place.path}")) for p in problems]
    return print_problems(placed, "finish")
