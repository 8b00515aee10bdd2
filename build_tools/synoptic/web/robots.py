"""What a site's robots.txt (RFC 9309) allows. A process of its own reads it, since its patterns are a stranger's."""

import json
from collections.abc import Callable
from http import HTTPStatus
from typing import Any

from synoptic.base.bounded import NotInstalled, run_bounded
from synoptic.base.problems import Refused
from synoptic.web.fetch import Response, split_address

_SECONDS = 10
_MOST = 500_000  # bytes that RFC 9309 asks to read at least
_LONGEST_PAUSE = 60.0  # seconds


class Robots:
    """The robots.txt of each site, asked once by ``get``, which takes an address, the most bytes to take, and the host
    that may be in a private network."""

    def __init__(self, agent: str, get: Callable[[str, int, str], Response]) -> None:
        self._agent, self._get = agent, get
        self._texts: dict[tuple[object, str], tuple[str, str]] = {}  # and why it cannot be read

    def check(self, url: str, home: str) -> float:
        """The pause in seconds that a site asks for between two requests. Raises Refused if it asks programs to stay
        away from this address, or does not say. ``home`` is the host that may be in a private network."""
        address = split_address(url)
        key = address.site, home
        if key not in self._texts:
            self._texts[key] = self._read(f"{address.scheme}://{address.netloc}/robots.txt", home)
        text, fault = self._texts[key]
        if fault:
            raise Refused(fault)
        if not text.strip():
            return 0
        try:
            asked = {"text": text, "url": url, "agent": self._agent.partition("/")[0]}
            allowed, pause = run_bounded(decide, json.dumps(asked).encode(), _SECONDS)
        except NotInstalled:
            raise
        except Refused:
            raise Refused("its robots.txt is too much to read") from None
        if not allowed:
            raise Refused("its robots.txt asks programs to stay away")
        return min(float(pause), _LONGEST_PAUSE) if pause > 0 else 0  # it may be no number

    def _read(self, url: str, home: str) -> tuple[str, str]:
        """The text, "" if there is none; and why nobody can tell."""
        found = self._get(url, _MOST, home)
        if found.fault:
            return "", f"its robots.txt cannot be read: {found.fault}"
        if found.status >= 500 or found.status == HTTPStatus.TOO_MANY_REQUESTS:
            return "", f"its robots.txt cannot be read ({found.status}), so it is left alone"
        return (found.body.decode("utf-8", "replace") if found.status == HTTPStatus.OK else ""), ""


def decide(data: bytes) -> Any:
    """Whether a robots.txt allows a program to ask an address, and the pause that it wants, in seconds."""
    from protego import Protego

    asked = json.loads(data)
    rules = Protego.parse(asked["text"])
    return rules.can_fetch(asked["url"], asked["agent"]), rules.crawl_delay(asked["agent"]) or 0
