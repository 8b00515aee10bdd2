"""The guard of a built site: gives every page its Content-Security-Policy, and audits it."""

from collections.abc import Container
from pathlib import Path

from synoptic.base.problems import Place, Problem
from synoptic.base.write import walk, write_file
from synoptic.site import audit, csp, embeds

ERROR_PAGE = "404.html"  # our theme writes it for every site
PAGES = frozenset({".html", ".htm", ".xhtml", ".shtml"})


def guard_site(
    site: Path, home: str = "", old_policy: str = "", unchanged: Container[str] = frozenset()
) -> tuple[str, list[Problem]]:
    """Write the site's policy into every page of ``site``. Returns the policy, and what no page may contain.

    ``home`` is the site's full address, if it has one. Pages in ``unchanged`` (paths in the site) are skipped if the
    policy is still ``old_policy``: they were audited when they were cached. Raises OSError if a page
    cannot be read or written.
    """
    paths = sorted(path for entry in walk(site) if (path := Path(entry)).suffix.lower() in PAGES)
    if not (site / ERROR_PAGE).is_file():
        message = "is missing; without it the theme's scripts cannot be told from others"
        return "", [Problem(Place(ERROR_PAGE), message, "", "audit")]
    depths = {len(path.relative_to(site).parts) - 1 for path in paths}
    scripts = audit.find_theme_scripts((site / ERROR_PAGE).read_text(encoding="utf-8"), depths)
    policy = csp.site_policy(scripts)
    faults: list[Problem] = []
    guards = dict(embeds.read_guards().values())
    for path in paths:
        name = path.relative_to(site).as_posix()
        if policy == old_policy and name in unchanged:
            continue
        page = path.read_text(encoding="utf-8")
        guarded = csp.add_policy(page, policy, old_policy)
        if guarded != page:
            write_file(path, guarded)
        faults += audit.find_faults(name, guarded, scripts, policy, guards)
        faults += audit.find_missing_pictures(name, guarded, home, lambda picture: (site / picture).is_file())
    return policy, faults
