"""A whole briefing as one zip: the files that people wrote and their locks, from which its pages can be built again.

Pure; equal files give equal bytes, whenever and wherever. No article is in it, but for those that may be shown in full.
"""

from __future__ import annotations

import io
import zipfile

import yaml

from build_tools.compare.relations import find_relations_from_elsewhere
from build_tools.data import citations
from build_tools.history.excerpt import HISTORY_FILE, dump_excerpt
from build_tools.model.briefing import Briefing
from build_tools.model.records import Speaker
from build_tools.model.site import Site

#: How hard to look for what repeats: at 6, which is usual, a zip is a fortieth smaller and takes half as long again.
_LEVEL = 4
#: The first day that a zip can hold: a real one would differ between two builds.
_DAY = (1980, 1, 1, 0, 0, 0)


def zipped(site: Site, briefing: Briefing) -> bytes:
    """The zip of a briefing."""
    files = {**site.files, **briefing.files, "briefings/speakers.yml": _speakers(site, briefing)}
    files["README.txt"] = _readme(site, briefing).encode()
    if past := dump_excerpt(site, briefing.slug):
        files[HISTORY_FILE] = past.encode()
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for name in sorted(files):
            entry = zipfile.ZipInfo(name, _DAY)
            entry.create_system, entry.external_attr = 3, 0o100644 << 16  # the same wherever it is made
            made.writestr(entry, files[name], zipfile.ZIP_DEFLATED, _LEVEL)
    return out.getvalue()


def _speakers(site: Site, briefing: Briefing) -> bytes:
    """The shared speakers whom the briefing names."""
    named = {s.speaker for _, s in briefing.statements} | {source.voice for source in briefing.sources}
    found = [_written(speaker) for speaker in site.speakers if speaker.id in named]
    dumped: bytes = yaml.dump(
        found, Dumper=yaml.CSafeDumper, encoding="utf-8", allow_unicode=True, sort_keys=False, width=10**6
    )
    return dumped


def _written(speaker: Speaker) -> dict[str, object]:
    known = {key: value for key, value in speaker.model_dump(exclude_none=True).items() if isinstance(value, str)}
    return known | ({"was": list(speaker.was)} if speaker.was else {})


def _readme(site: Site, briefing: Briefing) -> str:
    far = {r.to for claim in briefing.claims for r in claim.relations if "/" in r.to}
    incoming = find_relations_from_elsewhere(site, briefing.slug).values()
    far |= {f"{home.slug}/{claim.id}" for relations in incoming for home, claim, _ in relations}
    lines = [
        citations.of_briefing(site, briefing),
        "",
        "These are the files of one briefing, as people wrote them, with the locks that show what was checked.",
        "Put them into a checkout of the program Synoptic in place of its own folder briefings, and build:",
        "the pages and data come out as they were published (with the same mkdocs.yml).",
        "",
        "Our own words are under CC BY 4.0 (LICENSE-CONTENT.md). Quotations remain their authors' and publishers'.",
        "The articles are not here, but for those that their sources allow to be shown in full.",
    ]
    if far:
        lines += [
            "",
            "It is related to claims of other briefings. To build these relations, too, add those briefings:",
            *(f"  {reference}" for reference in sorted(far)),
        ]
    return "\n".join(lines) + "\n"
