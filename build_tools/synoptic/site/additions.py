"""What stands beside the pages of a site: documents of the search, permanent addresses, picture cards, pages to embed,
and PDFs. Those of a briefing are cached together."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from synoptic.base.cache import NO_CACHE, Cache, encode_parts
from synoptic.base.jobs import run_all
from synoptic.base.write import write_tree
from synoptic.model.site import Site
from synoptic.pages.render import language_of
from synoptic.site import cards, dossiers, embeds, permalinks, search
from synoptic.site.card_drawing import Card
from synoptic.text.language import speaking

#: Briefings for which a process of its own is worth starting.
SHARE = 4


@dataclass(frozen=True)
class Additions:
    """Additions by path: ``documents`` of the search, ``addresses`` under ``c/``, ``cards``, ``framed`` pages under
    ``embed/``, and the HTML of what is ``printed`` as PDF."""

    documents: dict[str, str] = field(default_factory=dict)
    addresses: dict[str, str] = field(default_factory=dict)
    cards: dict[str, Card] = field(default_factory=dict)
    framed: dict[str, str] = field(default_factory=dict)
    printed: dict[str, str] = field(default_factory=dict)
    slugs: list[str] = field(default_factory=list, compare=False)  # of the briefings
    audited: set[str] = field(default_factory=set, compare=False)  # paths in the site of what earlier builds audited

    @property
    def pages(self) -> Iterator[str]:
        """The paths of all pages in the site."""
        yield from (f"{permalinks.FOLDER}/{path}" for path in self.addresses)
        yield from (f"{embeds.FOLDER}/{path}" for path in self.framed)

    def write(self, site_dir: Path, folder: Callable[[str], Path | None] = lambda _: None) -> int:
        """Write everything but the documents into a built site. Returns how many files changed.

        ``folder`` names the folder that keeps one kind of files: pictures of ``cards``, ``dossiers``.
        """
        return (
            write_tree(site_dir / permalinks.FOLDER, self.addresses)
            + write_tree(site_dir / embeds.FOLDER, self.framed)
            + cards.write_cards(self.cards, site_dir, folder("cards"))
            + dossiers.write_dossiers(self.printed, site_dir, folder("dossiers"))
        )


@dataclass(frozen=True)
class AdditionsCache:
    """The additions of each briefing from run to run. ``hashes``: of everything that its pages depend on (see
    ``incremental.hash_inputs``), by its slug."""

    cache: Cache = NO_CACHE
    hashes: Mapping[str, str] = field(default_factory=dict)

    def load(self, slug: str) -> Additions | None:
        """The additions of a briefing, or None."""
        found: Additions | None = self.cache.load(encode_parts(self.hashes[slug])) if self.hashes else None
        if found and self.cache.get(encode_parts("audited", self.hashes[slug])):
            found.audited.update(found.pages)
        return found

    def store(self, slug: str, additions: Additions) -> None:
        """Keep the additions of a briefing."""
        if self.hashes:
            self.cache.store(encode_parts(self.hashes[slug]), additions)

    def note_audit(self, additions: Additions) -> None:
        """Note that all pages of ``additions`` were audited without a fault."""
        for slug in additions.slugs if self.hashes else ():
            self.cache.set(encode_parts("audited", self.hashes[slug]), True)
        self.cache.save()


def render_additions(site: Site, kept: AdditionsCache | None = None) -> Additions:
    """The additions of the briefings that a site has to read, as far as they are ``kept`` those of an earlier run."""
    kept = kept or AdditionsCache()
    found = {slug: kept.load(slug) for slug in site.briefing}
    unknown = [slug for slug, additions in found.items() if additions is None]
    for slug, made in zip(unknown, run_all(partial(_render, site), unknown, str, share=SHARE), strict=True):
        found[slug] = made
        kept.store(slug, made)
    everything = Additions(slugs=list(found))
    for one in filter(None, found.values()):
        everything.documents.update(one.documents)
        everything.addresses.update(one.addresses)
        everything.cards.update(one.cards)
        everything.framed.update(one.framed)
        everything.printed.update(one.printed)
        everything.audited.update(one.audited)
    kept.cache.prune()
    return everything


def _render(site: Site, slug: str) -> Additions:
    """The additions of a briefing in its language; but documents of the search in that of the site."""
    briefing = site.briefing[slug]
    with speaking(language_of(site)):
        documents = search.render_documents(site, briefing)
    with speaking(language_of(site, slug)):
        return Additions(
            documents,
            permalinks.render_permalinks(site, briefing),
            cards.make_cards(site, briefing),
            embeds.render_embeds(site, briefing),
            dossiers.make_dossiers(site, briefing),
        )
