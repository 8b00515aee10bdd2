"""The dossier of each briefing, a PDF in ``dossiers/`` of a site that wants them (``extra: dossier`` in mkdocs.yml)."""

import logging
from collections.abc import Mapping
from pathlib import Path

from synoptic.base import cache, jobs
from synoptic.base.write import write_tree
from synoptic.model.site import Briefing, Site
from synoptic.pages.context import DOSSIERS, Context, dossier_path, may_print
from synoptic.pages.dossier import render_dossier
from synoptic.pages.render import language_of
from synoptic.pages.translate import translate_site
from synoptic.site.typeset import describe_boxes, describe_tools, require_library, typeset
from synoptic.text.language import speaking

log = logging.getLogger("mkdocs.synoptic")
FOLDER = DOSSIERS.rstrip("/")


def make_dossier(site: Site, briefing: Briefing) -> str:
    """The HTML of a briefing's dossier, in the language of the briefing."""
    with speaking(language_of(site, briefing.slug)):
        return render_dossier(Context(translate_site(site), briefing))


def make_dossiers(site: Site, briefing: Briefing) -> dict[str, str]:
    """The HTML of a briefing's dossier by the path of its PDF; empty if the site has none.

    Raises Refused if it is wanted and the library is not installed.
    """
    if not may_print(site, briefing):
        return {}
    require_library()
    return {dossier_path(briefing.slug): make_dossier(site, briefing)}


def write_dossiers(dossiers: Mapping[str, str], site: Path, folder: Path | None = None) -> int:
    """Write the PDFs into a built site. Returns how many files changed.

    ``folder`` keeps them for the next time, by the hash of their HTML and of what sets it. Raises OSError if they
    cannot be written.
    """
    if not dossiers and not (site / FOLDER).exists():
        return 0
    kept = cache.Cache(folder)
    program = [cache.hash_program(), *describe_tools()] if dossiers else []
    places = {html: kept.path_of(cache.hash_parts(cache.encode_parts(html, *program))) for html in dossiers.values()}
    made = {html: pdf for html, path in places.items() if (pdf := kept.read(path)) is not None}
    missing = {path: html for path, html in dossiers.items() if html not in made}
    paths = list(missing)
    for path, done in zip(paths, jobs.run_all(lambda path: typeset(missing[path]), paths), strict=True):
        made[missing[path]] = done.pdf
        kept.write(places[missing[path]], done.pdf)
        if done.boxes:
            log.info("%s: %s", path, describe_boxes(done.boxes))
    kept.prune()
    return write_tree(site / FOLDER, {path.removeprefix(DOSSIERS): made[html] for path, html in dossiers.items()})
