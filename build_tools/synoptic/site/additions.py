"""What stands beside the pages of a site: the documents of the search, the pages of permanent addresses, the picture
cards, and the pages to embed. Those of a briefing are cached together."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from synoptic.base.cache import NO_CACHE, Cache, encode_parts
from synoptic.base.jobs import run_all
from synoptic.base.write import write_tree
from synoptic.model.site import Site
from synoptic.pages.render import language_of
from synoptic.site import cards, embeds, permalinks, search
from synoptic.site.card_drawing import Card
from synoptic.text.language import speaking

#: Briefings for which a process of its own is worth starting.
SHARE = 4


@dataclass(frozen=True)
class Additions:
    """Additions by path: ``documents`` of the search, ``addresses`` under ``c/``, ``cards``, ``framed`` pages under
    ``embed/``."""

    documents: dict[str, str] = field(default_factory=dict)
    addresses: dict[str, str] = field(default_factory=dict)
    cards: dict[str, Card] = field(default_factory=dict)
    framed: dict[str, str] = field(default_factory=dict)

    def write(self, site_dir: Path, drawn: Path | None = None) -> int:
        """Write everything but the documents into a built site. Returns how many files changed.

        ``drawn`` is the folder that keeps the pictures of cards.
        """
        return (
            write_tree(site_dir / permalinks.FOLDER, self.addresses)
            + write_tree(site_dir / embeds.FOLDER, self.framed)
            + cards.write_cards(self.cards, site_dir, drawn)
        )


def render_additions(site: Site, hashes: Mapping[str, str] | None = None, cache: Cache = NO_CACHE) -> Additions:
    """The additions of the briefings that a site has to read.

    ``hashes``: of everything that each briefing's pages depend on (see ``incremental.hash_inputs``), by its slug;
    ``cache`` needs them.
    """
    keys = {slug: [*encode_parts(hashes[slug])] for slug in site.briefing} if hashes else {}
    found = {slug: cache.load(key) for slug, key in keys.items()}
    unknown = [slug for slug in site.briefing if found.get(slug) is None]
    for slug, made in zip(unknown, run_all(partial(_render, site), unknown, str, share=SHARE), strict=True):
        found[slug] = made
        if hashes:
            cache.store(keys[slug], made)
    everything = Additions()
    for slug in site.briefing:
        everything.documents.update(found[slug].documents)
        everything.addresses.update(found[slug].addresses)
        everything.cards.update(found[slug].cards)
        everything.framed.update(found[slug].framed)
    cache.prune()
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
        )
