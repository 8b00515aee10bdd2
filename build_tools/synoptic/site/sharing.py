"""Builds one share of the site, or the site from all its shares: the commands ``site --shard`` and ``site --merge``."""

from collections.abc import Sequence
from pathlib import Path

from synoptic.base import cache
from synoptic.base.problems import Refused, count_problems
from synoptic.load.settings import read_publication
from synoptic.site import pagefind, shares, twins
from synoptic.site.generate import MAX_FAULTS
from synoptic.site.guard import guard_site
from synoptic.site.shares import Share, read_share
from synoptic.site.swap import build_site

#: The file that every share has.
MARK = shares.MARK

__all__ = ["MARK", "build_from_shares", "build_share", "find_place", "read_share"]


def find_place(share: Share) -> str:
    """The folder of a share in a project."""
    return f"shards/{share.number}-of-{share.total}"


def build_share(share: Share, root: Path, into: Path, lock: int) -> None:
    """Build a share into a folder, as ``swap.Make``."""
    named = {shares.VARIABLE: f"{share.number}/{share.total}"}
    build_site(root, into, lock, show_output=True, variables=named)


def build_from_shares(folders: Sequence[Path], root: Path, into: Path, lock: int) -> None:
    """Make the site from all its shares, as ``swap.Make``. Every page is audited again: another machine made it.

    Raises Refused unless the folders are all shares of one site, or if a page has what no page may have.
    """
    documents = shares.merge_shares(folders, into)
    pagefind.write_index(documents, into, cache.project_cache(root, "search"))
    if faults := [*guard_site(into, read_publication(root)[0].home), *twins.audit_site(into)]:
        raise Refused("\n".join([f"{count_problems(faults)} in the pages:", *map(str, faults[:MAX_FAULTS])]))
