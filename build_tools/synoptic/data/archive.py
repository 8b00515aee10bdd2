"""A whole briefing as a zip: the files that people wrote, and their locks. Its pages can be built from it. Pure.

Equal files give equal bytes. It contains no article, except those that may be shown in full.
"""

import io
import zipfile
from typing import Any

import yaml

from synoptic.compare.summary import find_relations_from_elsewhere
from synoptic.data import citations
from synoptic.history.excerpt import HISTORY_FILE, dump_excerpt
from synoptic.model.records import Speaker
from synoptic.model.site import Briefing, Site

LICENCE_FILE = "LICENSE-CONTENT.md"
_LEVEL = 4  # of compression: the usual 6 makes a zip smaller by a fortieth and takes half as long again
_DAY = (1980, 1, 1, 0, 0, 0)  # the first that a zip can hold; real times would differ between builds


def zip_briefing(site: Site, briefing: Briefing) -> bytes:
    """The zip of a briefing."""
    files = {**site.files, **briefing.files, "briefings/speakers.yml": _dump_speakers(site, briefing)}
    files["README.txt"] = _render_readme(site, briefing).encode()
    if excerpt := dump_excerpt(site, briefing.slug):
        files[HISTORY_FILE] = excerpt.encode()
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in sorted(files):
            entry = zipfile.ZipInfo(name, _DAY)
            entry.create_system, entry.external_attr = 3, 0o100644 << 16  # as on Unix, on every system
            archive.writestr(entry, files[name], zipfile.ZIP_DEFLATED, _LEVEL)
    return out.getvalue()


def _dump_speakers(site: Site, briefing: Briefing) -> bytes:
    """The shared speakers whom the briefing names, as YAML."""
    named = {s.speaker for _, s in briefing.statements} | {source.voice for source in briefing.sources}
    speakers = [_speaker_data(speaker) for speaker in site.speakers if speaker.id in named]
    options: dict[str, Any] = {"encoding": "utf-8", "allow_unicode": True, "sort_keys": False, "width": 10**6}
    dumped: bytes = yaml.dump(speakers, Dumper=yaml.CSafeDumper, **options)
    return dumped


def _speaker_data(speaker: Speaker) -> dict[str, object]:
    return {key: value for key, value in speaker.model_dump(mode="json").items() if value}


def _describe_licence(site: Site) -> str:
    terms = site.publication.terms
    if not terms.url:
        return "All rights to our own words are reserved."
    return f"Our own words are under {terms.name} ({LICENCE_FILE if LICENCE_FILE in site.files else terms.url})."


def _render_readme(site: Site, briefing: Briefing) -> str:
    elsewhere = {r.to for claim in briefing.claims for r in claim.relations if "/" in r.to}
    incoming = find_relations_from_elsewhere(site, briefing.slug).values()
    elsewhere |= {f"{home.slug}/{claim.id}" for relations in incoming for home, claim, _ in relations}
    lines = [
        citations.cite_briefing(site, briefing),
        "",
        "These are the files of one briefing, as people wrote them, with the locks that show what was checked.",
        "Put them into a checkout of Synoptic in place of its folder briefings, and build the site:",
        "with the same mkdocs.yml, the pages and data come out as they were published.",
        "",
        f"{_describe_licence(site)} Quotations remain their authors' and publishers'.",
        "The articles are not included, except those that may be shown in full.",
    ]
    if elsewhere:
        lines += [
            "",
            "Its claims are related to claims of other briefings. To build those relations too, add the briefings of:",
            *(f"  {reference}" for reference in sorted(elsewhere)),
        ]
    return "\n".join(lines) + "\n"
