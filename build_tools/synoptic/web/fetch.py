"""Asks one address once, within limits of time and size. Redirects are returned, not followed.

It runs in a process of its own (``ask``), since a server can send whatever it likes as slowly as it likes. It connects
only to the addresses that it has examined itself, so no name can lead to one thing when looked up and to another when
connected to. Proxies of the environment are not used.
"""

import base64
import contextlib
import json
import socket
import time
from dataclasses import asdict, dataclass
from functools import partial
from http import HTTPStatus
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from typing import Any
from urllib.parse import urljoin, urlsplit

from synoptic.base.bounded import NotInstalled, run_bounded
from synoptic.base.problems import Refused
from synoptic.model.values import is_url

_DEFAULT_PORTS = {"http": 80, "https": 443}
_NAT64 = ip_network("64:ff9b::/96")
_CHUNK = 65_536
_STARTING = 15  # seconds that the process may take besides waiting for the server


@dataclass(frozen=True)
class Request:
    """One question: the address, who asks, how long to wait in seconds, the most bytes to take of each kind of content,
    and whether a private network may answer."""

    url: str
    agent: str
    seconds: float
    most: int
    private: bool = False


@dataclass(frozen=True)
class Response:
    """What a server answered. ``fault`` says in a clause why there is no answer; the rest is empty then."""

    status: int = 0
    type: str = ""
    location: str = ""
    content_location: str = ""
    body: bytes = b""
    fault: str = ""


def ask(request: Request) -> Response:
    """Ask an address. Never raises: whatever goes wrong is the ``fault`` of the response."""
    try:
        found = run_bounded(answer, json.dumps(asdict(request)).encode(), request.seconds + _STARTING)
    except NotInstalled:
        raise
    except Refused:
        return Response(fault="it takes too long or too much memory to answer")
    return Response(**{**found, "body": base64.b64decode(found.get("body", ""))})


def answer(data: bytes) -> dict[str, Any]:
    """``ask`` in its own process: a Request as JSON to a Response as JSON, its body in base64."""
    from urllib3.exceptions import HTTPError

    request = Request(**json.loads(data))
    end = time.monotonic() + request.seconds
    try:
        return _answer(request, end)
    except Refused as refusal:
        return {"fault": str(refusal)}
    except (HTTPError, OSError, ValueError, LookupError) as error:
        late = time.monotonic() >= end or isinstance(error, TimeoutError)
        return {"fault": f"no answer within {request.seconds:g} seconds" if late else f"no answer: {_name(error)}"}


def _answer(request: Request, end: float) -> dict[str, Any]:
    from urllib3 import HTTPConnectionPool, HTTPSConnectionPool, Timeout

    parts = split_address(request.url)
    fault = ""
    for address in find_addresses(parts.host, parts.port, private=request.private):
        left = max(0.1, end - time.monotonic())
        make: Any = HTTPConnectionPool
        if parts.scheme == "https":
            make = partial(HTTPSConnectionPool, server_hostname=parts.host, assert_hostname=parts.host)
        headers = {"Host": parts.netloc, "User-Agent": request.agent, "Accept-Encoding": "gzip, deflate"}
        with make(address, parts.port, timeout=Timeout(connect=min(left, 10), read=left), maxsize=1) as pool:
            try:
                found = pool.urlopen(
                    "GET", parts.target, headers=headers, retries=False, redirect=False, preload_content=False
                )
            except OSError as error:  # the next address may answer
                fault = _name(error)
                continue
            with contextlib.closing(found):
                return _take(found, request, end)
    raise Refused(f"no answer: {fault}")


def _take(found: Any, request: Request, end: float) -> dict[str, Any]:
    """What one answer holds. Raises Refused if it is too long or too slow."""
    content = {
        "status": found.status,
        "type": found.headers.get("Content-Type", "")[:200],
        "location": found.headers.get("Location", "")[:4_000],
        "content_location": found.headers.get("Content-Location", "")[:4_000],
    }
    body = bytearray()
    while found.status == HTTPStatus.OK and (part := found.read1(_CHUNK, decode_content=True)):
        body += part
        if len(body) > request.most:
            raise Refused(f"it is larger than {request.most:,} bytes")
        if time.monotonic() > end:
            raise Refused(f"it is not all there after {request.seconds:g} seconds")
    return content | {"body": base64.b64encode(body).decode()}


def _name(error: BaseException) -> str:
    """A short name for what went wrong with a connection, without our address or any words of the server."""
    if isinstance(error.__cause__, socket.gaierror) or isinstance(error, socket.gaierror):
        return "there is no such host"
    known = {"SSLError": "its certificate is not valid", "ProtocolError": "it broke off"}
    name = type(error).__name__
    return known.get(name, "".join(f" {c.lower()}" if c.isupper() else c for c in name.removesuffix("Error")).strip())


# -- addresses ------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Address:
    """A web address in its parts. ``target`` is path and query, `netloc` the host with any unusual port."""

    scheme: str
    host: str
    port: int
    netloc: str
    target: str

    @property
    def site(self) -> tuple[str, str, int]:
        """What answers for it: scheme, host and port."""
        return self.scheme, self.host, self.port


def split_address(url: str) -> Address:
    """The parts of a web address. Raises Refused if it is none that a page may link."""
    if not is_url(url):
        raise Refused("it leads to what is not a web address")
    parts = urlsplit(url)
    host, scheme = (parts.hostname or "").lower(), parts.scheme.lower()
    try:
        port = parts.port or _DEFAULT_PORTS[scheme]
    except ValueError:
        raise Refused("it leads to a port that there cannot be") from None
    if port < 1024 and port not in _DEFAULT_PORTS.values():
        raise Refused(f"it leads to port {port}, where no web page is")
    netloc = host if port == _DEFAULT_PORTS[scheme] else f"{host}:{port}"
    target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    return Address(scheme, host, port, netloc, target)


def join_address(base: str, other: str) -> str:
    """The address that a server names, seen from ``base``; "" if it is none."""
    try:
        return urljoin(base, other)
    except ValueError:  # as of brackets without an end
        return ""


def find_addresses(host: str, port: int, *, private: bool) -> list[str]:
    """The numeric addresses of a host, those of private networks only if they may answer. Raises Refused if none is
    left."""
    if host.endswith(".localhost"):  # RFC 6761: always this machine, whatever a server says
        found = ["127.0.0.1"]
    else:
        try:
            found = [str(entry[4][0]) for entry in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]
        except (socket.gaierror, UnicodeError):
            raise Refused("no answer: there is no such host") from None
    allowed = [address for address in dict.fromkeys(found) if private or is_public(address)]
    if not allowed:
        raise Refused(f"it leads into a private network ({found[0] if found else 'nowhere'}), which is not asked")
    return allowed


def is_public(address: str) -> bool:
    """Whether a numeric address belongs to the public internet, and so does every address that it wraps."""
    try:
        ip = ip_address(address.partition("%")[0])
    except ValueError:
        return False
    if ip in _NAT64:
        return is_public(str(IPv4Address(int(ip) & 0xFFFFFFFF)))
    wrapped = (ip.ipv4_mapped, ip.sixtofour, *(ip.teredo or ())) if isinstance(ip, IPv6Address) else ()
    if isinstance(ip, IPv6Address) and ip.is_site_local:  # of the old kind, which some networks still have
        return False
    return all(
        one.is_global and not (one.is_multicast or one.is_reserved or one.is_unspecified)
        for one in (ip, *filter(None, wrapped))
    )
