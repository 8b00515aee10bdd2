"""``dossier``: a briefing as a PDF to print or hand in."""

from pathlib import Path

import click

from synoptic.base.problems import Refused, filter_problems, sort_problems
from synoptic.base.write import write_file
from synoptic.check.registry import check as check_site
from synoptic.cli.common import PATH, command, exit_code, find_briefing, load_site, print_problems
from synoptic.history import log
from synoptic.site.dossiers import make_dossier
from synoptic.site.typeset import describe_boxes, find_missing_letters, require_library, typeset
from synoptic.text.english import plural


@command
@click.argument("slug")
@click.option("-o", "--out", type=PATH, metavar="FILE", help="The file to write.  [default: SLUG.pdf]")
def dossier(root: Path, slug: str, out: Path | None) -> int:
    """Write a briefing as a tagged PDF, with all receipts.

    It has the answers, all claims with their quotations, the articles, and who checked what on which day. The same
    data give the same file.
    """
    require_library()
    site, problems = load_site(root)
    briefing = find_briefing(site, problems, slug)
    found = filter_problems(sort_problems([*problems, *check_site(site)]), slug)
    if exit_code(found):  # like a build: nothing is written
        return print_problems([one for one in found if one.level == "error"], "dossier")
    out = out or Path(f"{slug}.pdf")
    if out.is_dir():
        raise Refused(f"{out} is a folder; name a file: -o {out / slug}.pdf", 2)
    html = make_dossier(log.with_history(site, root), briefing)
    made = typeset(html)
    write_file(out, made.pdf)
    click.echo(f"{out}: {plural(len(briefing.statements), 'quotation')}")
    if missing := find_missing_letters(html):
        many = plural(len(missing), "character")
        click.echo(f"{many} came from this system's fonts, not ours, so another may write other bytes")
    if made.boxes:
        click.echo(f"{out}: {describe_boxes(made.boxes)}", err=True)
    return int(bool(made.boxes))
