"""Asks addresses one at a time, as a polite stranger does: it says who it is, obeys robots.txt, and pauses."""

import time
from dataclasses import dataclass, replace
from urllib.parse import urldefrag

from synoptic.base.bounded import NotInstalled
from synoptic.base.problems import Refused
from synoptic.model.site import Publication
from synoptic.model.values import is_url
from synoptic.web.fetch import Request, Response, ask, join_address, split_address
from synoptic.web.robots import Robots

MOST_BYTES = 30_000_000
_REDIRECTS = (301, 302, 303, 307, 308)
_MOST_REDIRECTS = 5


@dataclass(frozen=True)
class Manners:
    """Who asks (``agent``), the seconds to pause between two requests to a host and to wait for an answer, and whether
    addresses in a private network may be asked, if the address that was typed is one."""

    agent: str
    pause: float = 2
    seconds: float = 30
    private: bool = False


def name_agent(command: str, publication: Publication) -> str:
    """Who asks, with an address at which somebody can be told to stop."""
    home = publication.site_url or publication.repo_url
    return f"Synoptic-{command}/1{f' (+{home})' if home.isascii() and home.isprintable() and home else ''}"


class Visitor:
    """Asks addresses. ``reached`` says whether any server answered at all."""

    def __init__(self, manners: Manners) -> None:
        self._manners = manners
        self._robots = Robots(manners.agent, self._get_robots)
        self._last: dict[str, float] = {}
        self.reached = False

    def _get_robots(self, url: str, most: int, home: str) -> Response:
        return self.follow(url, most, robots=False, home=home)[0]

    def follow(
        self, url: str, most: int = MOST_BYTES, *, robots: bool = True, home: str | None = None
    ) -> tuple[Response, str]:
        """What an address gives, and the address at which its redirects end. Never raises but for a missing library:
        whatever goes wrong is the ``fault`` of the response. ``home`` is the one host that may be in a private network,
        if any may; that of the address itself, unless given."""
        seen = [url]
        while True:
            try:
                home = split_address(url).netloc if home is None else home
                found = self._ask(url, most, home, robots=robots)
            except NotInstalled:
                raise
            except Refused as refusal:
                return Response(fault=str(refusal)), url
            if found.status not in _REDIRECTS or found.fault:
                return found, url
            url = urldefrag(join_address(url, found.location))[0]
            if not found.location or not is_url(url):
                return Response(fault="it leads to what is not a web address"), seen[-1]
            if url in seen or len(seen) > _MOST_REDIRECTS:
                return Response(fault="it leads from one address to the next without an end"), seen[-1]
            seen.append(url)

    def _ask(self, url: str, most: int, home: str, *, robots: bool) -> Response:
        """One request, after the pause that its host wants. Raises Refused if it may not be made."""
        manners, address = self._manners, split_address(url)
        pause = max(manners.pause, self._robots.check(url, home) if robots else 0)
        time.sleep(max(0, self._last.get(address.host, 0) + pause - time.monotonic()))
        private = manners.private and address.netloc == home
        found = ask(Request(url, manners.agent, manners.seconds, most, private))
        self._last[address.host] = time.monotonic()
        self.reached |= not found.fault.startswith("no answer")
        return replace(found, location=found.location.strip())
