"""Asks a time-stamping server (RFC 3161) to witness that some bytes exist. It gets their hash alone."""

import base64
import re
import urllib.error
import urllib.request

from synoptic.base.problems import Refused
from synoptic.load.stamps import can_verify
from synoptic.model.values import is_url

_PATIENCE = 30  # seconds for a server
_LARGEST = 30_000  # bytes of its answer; a usual one has 3,000 to 6,000


def require_server(address: str) -> str:
    """The address of a server, on the web or on this machine. Raises Refused if it cannot be one."""
    if is_url(address) or re.fullmatch(r"http://(localhost|127\.0\.0\.1)(:\d{1,5})?(/\S*)?", address):
        return address
    what = f'"{address}" is not the address of a server' if address else "no time-stamping server is known"
    raise Refused(f"{what}; give --server URL, or stamp_server under extra in mkdocs.yml")


def fetch_stamp(server: str, message: bytes) -> str:
    """The answer of a time-stamping server about some bytes, in Base64; it gets their hash alone. Raises Refused."""
    if not can_verify():
        raise Refused("a time stamp needs rfc3161-client: pip install --require-hashes -r requirements-stamp.txt")
    from rfc3161_client import HashAlgorithm, PKIStatus, TimestampRequestBuilder, decode_timestamp_response

    asked = TimestampRequestBuilder(cert_req=True).data(message).hash_algorithm(HashAlgorithm.SHA256).build()
    request = urllib.request.Request(  # noqa: S310 - http or https, see require_server
        server, asked.as_bytes(), {"Content-Type": "application/timestamp-query", "User-Agent": "Synoptic"}
    )
    try:
        with urllib.request.urlopen(request, timeout=_PATIENCE) as response:  # noqa: S310 - the same
            data = response.read(_LARGEST + 1)
    except (urllib.error.URLError, OSError) as error:
        raise Refused(f"{server} did not answer, so nothing was written: {getattr(error, 'reason', error)}") from None
    try:
        answer = decode_timestamp_response(data)
        granted = PKIStatus(answer.status) == PKIStatus.GRANTED and answer.tst_info.nonce == asked.nonce
        granted = granted and answer.tst_info.message_imprint.message == asked.message_imprint.message
    except Exception:  # noqa: BLE001 - a server may send anything
        granted = False
    if not granted or len(data) > _LARGEST:
        raise Refused(f"{server} sent no time stamp for what was asked, so nothing was written")
    return base64.b64encode(data).decode("ascii")
