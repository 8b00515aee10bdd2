"""What commands share: the project that they work on, progress on a terminal, and problems as somebody wants them."""

import functools
import os
import subprocess
import sys
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from itertools import groupby
from pathlib import Path
from typing import Any, Concatenate, TypeVar

import click

from synoptic.base.jobs import VARIABLE
from synoptic.base.problems import Problem, Refused, count_problems, sort_problems, suggest_nearest, to_one_line
from synoptic.base.write import naming
from synoptic.check import report
from synoptic.check.coverage import Advice
from synoptic.load.load import article_folders, load
from synoptic.model.site import Briefing, Site
from synoptic.model.values import fold_spaces
from synoptic.text.unicode import describe_unfit, remove_unfit

T = TypeVar("T")
#: A path as an option or an argument.
PATH = click.Path(path_type=Path)


class _Port(click.IntRange):
    """A port in ASCII digits; ``int`` also takes other digits, spaces, signs and underscores."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> int:
        """The port as a number; anything else is a usage error."""
        if isinstance(value, str) and not (value.isascii() and value.isdigit()):
            self.fail(f"{value!r} is not a port.", param, ctx)
        return int(super().convert(value, param, ctx))


#: A port as an option; 0 means any free one.
PORT = _Port(0, 65535)


class _Line(click.ParamType[str]):
    """Words that go into a file: on one line, without characters that no page or terminal may show."""

    name = "text"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        line = fold_spaces(str(value))
        if unfit := describe_unfit(line):
            self.fail(f"it has {unfit} in it; type it again without", param, ctx)
        return line


LINE = _Line()


def _set_jobs(context: click.Context, parameter: click.Parameter, number: int | None) -> None:
    """Note how many processes this program may use, and those that it starts."""
    if number is not None:
        os.environ[VARIABLE] = str(number)


#: How many processes a command uses.
JOBS = click.option(
    "--jobs", type=click.IntRange(1, 1000), metavar="N", callback=_set_jobs, expose_value=False,
    help="Use so many processes; one for each core if not given.",
)  # fmt: skip


def command(function: Callable[Concatenate[Path, ...], int]) -> click.Command:
    """Make a command of ``function``, which gets the project's folder first; one without briefings is a usage error."""

    @functools.wraps(function)
    def run(**options: Any) -> int:
        root: Path = click.get_current_context().obj
        if not (root / "briefings").is_dir():
            raise click.UsageError(
                f"There is no briefings folder in {root.resolve()}. Run this in the project's folder, or give --root."
            )
        return function(root, **options)

    return click.command(run)


def refuse_elsewhere(root: Path, why: str) -> None:
    """Raise Refused, which says ``why``, unless the project is the folder in which the program was started."""
    if root.resolve() != Path.cwd():
        raise Refused(f"{why}, so run it in the project's own folder; preview shows somebody else's briefings")


def progress(label: str, items: Collection[T]) -> Iterator[T]:
    """Yield ``items``. If stderr is a terminal, one line of it says ``label 3/20`` until the last item is done."""
    hidden = len(items) < 2 or not sys.stderr.isatty() or os.environ.get("TERM") == "dumb"
    with click.progressbar(
        items, label=label, show_pos=True, show_percent=False, show_eta=False, hidden=hidden, file=sys.stderr,
        bar_template="%(label)s %(info)s",
    ) as bar:  # fmt: skip
        yield from bar
    if not hidden:
        click.echo("\x1b[A\x1b[K", nl=False, err=True)  # click leaves the line of a finished bar


def exit_code(problems: Sequence[Problem]) -> int:
    """1 if one of the problems is an error, else 0."""
    return int(any(p.level == "error" for p in problems))


def print_problems(problems: Sequence[Problem], title: str) -> int:
    """Print problems, in order of place, and ``title: 2 errors, 1 warning``; return the exit code. A terminal gets them
    grouped by file, in colour unless NO_COLOR is set; a pipe gets a line each."""
    if sys.stdout.isatty() and os.environ.get("TERM") != "dumb":
        text = _group_by_file(problems, title)
        click.echo(click.unstyle(text) if os.environ.get("NO_COLOR") else text, nl=False)
    else:
        click.echo(report.render_lines(problems, title), nl=False)
    return exit_code(problems)


def _group_by_file(problems: Sequence[Problem], title: str) -> str:
    rows: list[str] = []
    for path, group in groupby(problems, key=lambda p: p.place.path):
        in_file = list(group)
        rows.append(f"{click.style(to_one_line(path), bold=True)}  {click.style(count_problems(in_file), dim=True)}")
        for p in in_file:
            level = click.style(p.level, fg="red" if p.level == "error" else "yellow")
            rule = click.style(f" [{p.rule}]", dim=True) if p.rule else ""
            rows.append(f"  {p.place.line}:{p.place.name or p.place.column}: {level}: {to_one_line(p.message)}{rule}")
            rows += [f"      {click.style('tip:', dim=True)} {to_one_line(p.tip)}"] if p.tip else []
        rows.append("")
    colour = "red" if exit_code(problems) else "yellow" if problems else None
    return "\n".join([*rows, f"{title}: {click.style(count_problems(problems), fg=colour, bold=not problems)}"]) + "\n"


def print_problems_as(
    form: str,
    problems: Sequence[Problem],
    title: str,
    texts: Mapping[str, int],
    fixed: Sequence[str] = (),
    advice: Mapping[str, Sequence[Advice]] | None = None,
    readers: report.Readers | None = None,
) -> int:
    """Print problems as ``text``, ``json`` or ``github`` annotations; return the exit code. ``texts`` says how many
    articles are at hand, as ``{"at_hand": 5, "of": 6}``; ``fixed`` lists what was fixed; ``readers`` and, unless there
    are errors to fix first, ``advice`` follow, by briefing. The text names readers only where somebody has signed."""
    if form == "json":
        click.echo(report.render_json(problems, texts, fixed, advice, readers), nl=False)
        return exit_code(problems)
    for line in fixed:
        click.echo(to_one_line(line))
    if form == "text":
        code = print_problems(problems, title)
        standings = [one for sources in (readers or {}).values() for several in sources.values() for one in several]
        if any(one.word != "typed only" or one.stamped for one in standings):
            click.echo(report.render_signatures(readers or {}), nl=False)
        click.echo(report.render_coverage({} if code else advice or {}), nl=False)
        return code
    annotations, rest = report.render_github(problems, title)
    click.echo(annotations, nl=False)
    if rest and not append_summary(rest):  # not on GitHub: nobody may miss them
        click.echo(report.render_lines(problems, title), nl=False)
    return exit_code(problems)


def append_summary(markdown: str) -> bool:
    """Append to the summary of GitHub's step; return False if this does not run on GitHub."""
    if not (path := os.environ.get("GITHUB_STEP_SUMMARY")):
        return False
    with naming(path), Path(path).open("a", encoding="utf-8") as file:
        file.write(markdown)
    return True


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
        tip = suggest_nearest(slug, site.briefing)
        raise Refused("\n".join([*reasons, f'there is no readable briefing "{slug}": {tip}']))
    return briefing


def find_git_name(root: Path) -> str:
    """The name in Git's settings, or an empty string."""
    try:
        asked = subprocess.run(["git", "config", "user.name"], cwd=root, capture_output=True, check=False)
    except OSError:
        return ""
    return remove_unfit(fold_spaces(asked.stdout.decode("utf-8", "replace")))
