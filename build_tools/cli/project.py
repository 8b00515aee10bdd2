"""The project that a command works on: its folder, its site and its briefings."""

import functools
import os
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Concatenate, ParamSpec

import click

from build_tools.base.problems import Problem, Refused, sort_problems
from build_tools.cli.output import progress
from build_tools.load.load import article_folders, load
from build_tools.model.site import Briefing, Site

P = ParamSpec("P")


def pass_root(command: Callable[Concatenate[Path, P], int]) -> Callable[P, int]:
    """Decorate ``command`` to get the project's folder first; a folder without briefings is a usage error."""

    @functools.wraps(command)
    def with_root(*args: P.args, **kwargs: P.kwargs) -> int:
        root: Path = click.get_current_context().obj
        if not (root / "briefings").is_dir():
            raise click.UsageError(
                f"There is no briefings folder in {root.resolve()}. Run this in the project's folder, or give --root."
            )
        return command(root, *args, **kwargs)

    return with_root


def load_project(root: Path) -> tuple[Site | None, list[Problem]]:
    """Load the project with the texts in ``SYNOPTIC_ARTICLES``. The site is None if the vocabulary is unreadable."""
    return load(root, article_folders(os.environ), functools.partial(progress, "reading"))


def load_site(root: Path) -> tuple[Site, list[Problem]]:
    """The same, but refuse if the vocabulary is unreadable."""
    return require_site(*load_project(root))


def require_site(site: Site | None, problems: Sequence[Problem]) -> tuple[Site, list[Problem]]:
    """The site and the problems of loading it; refuse, with these, if there is none."""
    if site is None:
        raise Refused("\n".join(map(str, sort_problems(problems))))
    return site, list(problems)


def find_briefing(site: Site, problems: Sequence[Problem], slug: str) -> Briefing:
    """Return the briefing ``slug``; refuse, with its own ``problems``, if it is missing or unreadable."""
    briefing = site.briefing.get(slug)
    if briefing is None:
        reasons = [str(p) for p in problems if p.place.path.startswith(f"briefings/{slug}/")]
        known = ", ".join(b.slug for b in site.briefings) or "none yet"
        raise Refused("\n".join([*reasons, f'there is no readable briefing "{slug}" (known: {known})']))
    return briefing
