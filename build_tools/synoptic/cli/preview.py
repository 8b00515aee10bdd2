"""``preview``: look at somebody else's briefings without running any of their files."""

import gc
import os
from pathlib import Path

import click

from synoptic.base.problems import Refused, sort_problems, to_one_line
from synoptic.check.registry import check
from synoptic.cli.check import check_project
from synoptic.cli.common import PATH, PORT, append_summary, command, load_site, print_problems_as, refuse_elsewhere
from synoptic.load.files import Disk, Tree
from synoptic.load.load import load
from synoptic.pages import render
from synoptic.site import preview as previews
from synoptic.site import swap
from synoptic.site.untrusted import UntrustedData, read_untrusted


@command
@click.option("--data", type=PATH, required=True, metavar="PATH", help="Their checkout, or its briefings folder.")
@click.option("--check", is_flag=True, help="Check and build, but do not serve the site.")
@click.option("--site-dir", type=PATH, metavar="DIR", help="Also save the built site in this new folder.")
@click.option("--port", type=PORT, metavar="PORT", default=0, help="The server's port.  [default: any free port]")
@click.option(
    "--base", type=PATH, metavar="PATH",
    help="List the pages that differ from these briefings, and published ids of theirs that are lost.  "
    "[default: pages that differ from this site]",
)  # fmt: skip
@click.option(
    "--format", "form", type=click.Choice(["text", "github"]), default="text", show_default=True,
    help="github shows the problems beside the lines of a pull request.",
)  # fmt: skip
def preview(root: Path, data: Path, check: bool, site_dir: Path | None, port: int, base: Path | None, form: str) -> int:
    """Build and show somebody else's briefings safely.

    Only their data is read: settings, pages and rules are those of this site.
    """
    refuse_elsewhere(root, "settings, pages and keys come from your own site")
    if site_dir is not None and os.path.lexists(site_dir):
        raise Refused(f"{site_dir} exists already; nothing was changed")
    theirs = read_untrusted(data)
    if theirs.problems:
        return print_problems_as(form, sort_problems(theirs.problems), "preview: nothing was built", {})
    try:
        with previews.temporary_folder() as work:
            ours = read_untrusted(base or root)
            if not ours.files:
                return print_problems_as(form, sort_problems(ours.problems), "preview: nothing to compare with", {})
            previews.create_project(root, ours, work / "ours")
            if code := _build(root, theirs, work, form, Disk(work / "ours") if base else None):
                return code
            return _show(work, site_dir, None if check else port, form)
    except KeyboardInterrupt:
        click.echo("stopped; nothing was left behind", err=True)
        return 130


def _build(root: Path, data: UntrustedData, work: Path, form: str, base: Tree | None) -> int:
    """Check and build a stranger's data for the site in ``root`` as ``theirs`` and ``site`` in the folder ``work``;
    return an exit code. No published id of ``base`` may be lost."""
    previews.create_project(root, data, work / "theirs")
    click.echo(f"taken: {len(data.files)} files")
    for line in data.skipped:
        click.echo(f"left out: {to_one_line(line)}")
    if code := check_project(work / "theirs", form=form, base=base):
        return code
    swap.build_site(work / "theirs", work / "site")
    return 0


def _show(work: Path, site_dir: Path | None, port: int | None, form: str) -> int:
    """List the pages that differ from those of ``ours``, and serve the site unless ``port`` is None."""
    pages = previews.compare_pages(_generated_files(work / "ours"), _generated_files(work / "theirs"))
    if site_dir is not None:
        previews.save_site(work / "site", site_dir)
        click.echo(f"built: {site_dir}")
    if form == "github":
        append_summary(previews.format_summary(pages, load_site(work / "theirs")[0].publication.site_url))
    if port is None:
        click.echo(previews.format_list(pages, ""))
        return 0

    def announce(address: str) -> None:
        click.echo(previews.format_list(pages, address))
        click.echo(f"served at {address} until you press Ctrl-C")

    try:
        gc.enable()  # a server lives long; see ``without_gc``
        previews.serve_folder(work / "site", port, announce)
    except OSError as error:
        raise Refused(f"port {port} cannot be used: {error.strerror}") from None
    return 0


def _generated_files(root: Path) -> dict[str, str | bytes]:
    """Every generated file of a project, as it is published."""
    site, problems = load(root)
    if site is None:
        return {}
    return render.render_site(site, drafts=False, units=render.units_without_errors(site, [*problems, *check(site)]))
