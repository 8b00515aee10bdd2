"""What every build begins with: load a project, check it, write its pages."""

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from synoptic.base.problems import Stopped, count_problems, sort_problems
from synoptic.history.log import with_history
from synoptic.model.site import Publication, Site
from synoptic.site.incremental import Incremental
from synoptic.site.own_files import OwnFiles
from synoptic.site.shares import Share

MAX_FAULTS = 100  # faults of built pages to report: one in a template is in every page


class Generated(NamedTuple):
    """A site whose pages are written, the hash of what those of each unit depend on, and a report for people."""

    site: Site
    hashes: Mapping[str, str]
    report: str


def generate_pages(
    root: Path,
    docs: Path,
    publication: Publication,
    *,
    drafts: bool = False,
    alone: bool = False,
    share: Share | None = None,
) -> Generated:
    """Write the pages of the project in ``root`` under ``docs``.

    ``drafts``: whether the home page lists drafts and examples; ``alone``: whether nobody else has files in ``docs``;
    ``share``: what to check and write, if not everything.
    Raises Stopped at an error, and writes nothing.
    """
    project = Incremental(root, docs, own=OwnFiles(None) if alone else None)
    site, problems = project.load()
    if site:
        site = with_history(replace(site, publication=publication), root)
        problems = sort_problems([*problems, *project.check(site, share)])
    errors = [problem for problem in problems if problem.level == "error"]
    if site is None or errors:
        project.cache.save()  # so that the next run need not read and check everything again
        raise Stopped(errors)
    changed = project.write(site, drafts=drafts, share=share)
    project.cache.prune()
    return Generated(site, project.hashes_of(site), f"files changed: {changed}; {count_problems(problems)}")
