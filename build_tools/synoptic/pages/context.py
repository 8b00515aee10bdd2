"""A briefing on its way to its pages: the site around it, its addresses, and the views made so far. Pure."""

import functools
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, NamedTuple, TypeVar, TypeVarTuple
from urllib.parse import urljoin

from markupsafe import Markup

from synoptic.model import paging
from synoptic.model.change import Change
from synoptic.model.history import Entry, History
from synoptic.model.records import Claim, Source, Speaker, Topic
from synoptic.model.site import Briefing, Site
from synoptic.model.vocabulary import Vocabulary
from synoptic.text.encode import address
from synoptic.text.language import current, gettext

#: Folders of pages that belong to the whole site.
CHANGES = "changes/"
SPEAKERS = "speakers/"
#: The folder of the pictures that a shared link brings along. The site build draws them.
CARDS = "cards/"
#: The folder of the pages that other sites embed. The site build writes them.
EMBEDS = "embed/"
#: The folder of the PDFs. The site build makes them.
DOSSIERS = "dossiers/"
T = TypeVar("T")
Ts = TypeVarTuple("Ts")


class Link(NamedTuple):
    """A text and its address."""

    text: str
    href: Markup


@dataclass(frozen=True, eq=False)
class Context:
    """A briefing of a site. Addresses are from the site's root unless they say otherwise."""

    site: Site
    briefing: Briefing
    memo: dict[tuple[object, ...], tuple[object, Any]] = field(default_factory=dict, repr=False)
    """Filled by ``once``: the function and the ids of its arguments to those arguments and the result."""

    @property
    def vocabulary(self) -> Vocabulary:
        """The words of the site: stances, verdicts, kinds."""
        return self.site.vocabulary

    @cached_property
    def base(self) -> str:
        """``briefings/<slug>/``."""
        return f"briefings/{self.briefing.slug}/"

    @cached_property
    def language(self) -> str:
        """The tag of the language of the briefing's own words."""
        return self.briefing.file.language or self.site.publication.language

    @property
    def foreign(self) -> str:
        """That tag, if it is not the language that is spoken now; else empty."""
        return "" if self.language == current().tag else self.language

    @cached_property
    def speakers(self) -> Mapping[str, Speaker]:
        """All speakers that the briefing may name, by id."""
        return self.site.speakers_of(self.briefing)

    @cached_property
    def changes(self) -> tuple[Entry, ...]:
        """The commits that changed the briefing, oldest first; none without a history."""
        return self.site.history.entries_of(self.briefing.slug) if self.site.history else ()

    @cached_property
    def _claim_paths(self) -> dict[str, str]:
        return paging.claim_paths(self.briefing)

    @cached_property
    def _receipt_parts(self) -> dict[str, int]:
        return paging.receipt_parts(self.briefing)

    def receipt_address(self, source: str, statement: str) -> Markup:
        """The receipt of a statement, by its id and that of its source."""
        path = paging.part_path(f"receipts/{source}/", self._receipt_parts.get(statement, 1))
        return self.address(path, f"r-{statement}")

    def address(self, path: str, anchor: str = "") -> Markup:
        """The address of a page of this briefing, from ``path`` below ``base``."""
        return address(self.base + path, anchor)

    def claim_address(self, claim: Claim, statement: str = "") -> Markup:
        """Where a claim is shown, or a statement on it, by the statement's id."""
        path = self._claim_paths.get(claim.id) or f"topics/{claim.topic}/"
        return self.address(path, f"s-{statement}" if statement else claim.id)

    def claim_link(self, claim: Claim) -> Link:
        """A claim's text, leading to where it is shown."""
        return Link(claim.claim, self.claim_address(claim))

    def speaker_address(self, speaker: str) -> Markup:
        """The page of a speaker in this briefing, by the speaker's id."""
        return self.address(f"speakers/{speaker}/")

    def source_link(self, source: Source) -> Link:
        """A source's name, leading to its page."""
        return Link(source.name, self.address(f"sources/{source.id}/"))

    def topic_link(self, topic: Topic) -> Link:
        """A topic's title, leading to its page."""
        return Link(topic.title, self.address(f"topics/{topic.id}/"))

    def embed_address(self, *thing: str) -> Markup | None:
        """Where the HTML is to copy that embeds a part of the briefing, named as for ``embed_path``; None if it may not
        be embedded."""
        if not may_embed(self.site, self.briefing):
            return None
        return address(f"{embed_path(self.briefing.slug, *thing)}.html", "code")

    def public_url(self, path: str) -> str:
        """The full URL of a page; empty if the site's own URL is not configured."""
        home = self.site.publication.site_url
        return urljoin(home.rstrip("/") + "/", path) if home else ""


def once(make: Callable[[Context, *Ts], T]) -> Callable[[Context, *Ts], T]:
    """Call ``make`` once per context and arguments, and keep the result in ``context.memo``.

    Arguments count by identity, since hashing a claim would hash everything in it.
    """

    @functools.wraps(make)
    def get(context: Context, *args: *Ts) -> T:
        key = (make, *map(id, args))
        found = context.memo.get(key)
        if found is None:  # the arguments must live as long as their ids
            found = context.memo[key] = args, make(context, *args)
        return found[1]

    return get


def speaker_path(speaker: str) -> str:
    """The page of a named speaker across all briefings, by their id."""
    return f"{SPEAKERS}{speaker}/"


def card_path(briefing: str, topic: str = "") -> str:
    """The picture that a shared link to a briefing or to one of its topics brings along, by their ids."""
    return f"{CARDS}{briefing}/{topic}.png" if topic else f"{CARDS}{briefing}.png"


def embed_path(briefing: str, *thing: str) -> str:
    """The page to embed of a claim, a topic's answers or the matrix, without its ending: ``claims`` and an id,
    ``topics`` and an id, or ``matrix``."""
    return f"{EMBEDS}{briefing}/{'/'.join(thing)}"


def may_embed(site: Site, briefing: Briefing) -> bool:
    """Whether other sites may embed parts of a briefing: never of a draft or an invented example."""
    return site.publication.embed and briefing.listed


def may_print(site: Site, briefing: Briefing) -> bool:
    """Whether the site has a PDF of a briefing: never of a draft or an invented example."""
    return site.publication.dossier and briefing.listed


def dossier_path(briefing: str) -> str:
    """The PDF of a briefing, by its id."""
    return f"{DOSSIERS}{briefing}.pdf"


def dossier_address(context: Context) -> Markup | None:
    """Where the PDF of a briefing is; None if the site has none."""
    return address(dossier_path(context.briefing.slug)) if may_print(context.site, context.briefing) else None


def oembed_path(site: Site, briefing: Briefing, *thing: str) -> str:
    """The oEmbed data of a page to embed, named as for ``embed_path``; empty if there is none, since they need the
    site's address."""
    return f"{embed_path(briefing.slug, *thing)}.json" if site.publication.home and may_embed(site, briefing) else ""


def elsewhere_link(site: Site, briefing: Briefing, claim: Claim) -> Link:
    """A claim of another briefing, named with that briefing."""
    text = gettext("%(claim)s (%(briefing)s)", claim=claim.claim, briefing=briefing.file.title)
    return Link(text, Context(site, briefing).claim_address(claim))


def changed_claim_link(site: Site, history: History, change: Change) -> Link | None:
    """The claim that a change belongs to, in its words of today; None if it is gone."""
    briefing = site.briefing.get(change.briefing)
    claim = briefing.claim.get(history.current_id(change.briefing, "claim", change.claim)) if briefing else None
    return Context(site, briefing).claim_link(claim) if briefing and claim else None
