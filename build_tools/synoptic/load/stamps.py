"""Verifies time stamps (RFC 3161) offline, by ``rfc3161-client``; an optional extra brings it."""

import base64
from datetime import UTC, date, timedelta
from importlib.util import find_spec

from synoptic.compare.proofs import AUTHORITIES
from synoptic.model.proof import Proof, State

MISSING = (
    "rfc3161-client is not installed here, so the time stamp was not verified (pip install -r requirements-stamp.txt)"
)


def can_verify() -> bool:
    """Whether the library is installed."""
    return find_spec("rfc3161_client") is not None


def verify_stamp(message: bytes, proof: Proof, authorities: bytes) -> tuple[State, str, str]:
    """What the time stamp of a proof is worth as a witness for ``message``: its state, why it is not one, and its time
    in UTC. ``authorities`` are the certificates (PEM) of those that are trusted."""
    if not can_verify():
        return "not verified", MISSING, ""
    from cryptography.x509 import load_pem_x509_certificates
    from rfc3161_client import VerificationError, VerifierBuilder, decode_timestamp_response

    try:
        roots = load_pem_x509_certificates(authorities)
    except ValueError:
        return "does not fit", f"{AUTHORITIES} has no certificate of an authority", ""
    try:
        answer = decode_timestamp_response(base64.b64decode(proof.stamp or ""))
        VerifierBuilder(roots=roots).build().verify_message(answer, message)
        time = answer.tst_info.gen_time.astimezone(UTC)
    except VerificationError as error:
        told = str(error)
        if "Mismatch" in told:
            return "does not fit", "it is for another lock, name, day or signature", ""
        return "does not fit", f"no authority in {AUTHORITIES} made it ({told[:100]})", ""
    except Exception:  # noqa: BLE001 - a stranger's bytes may do anything to a parser
        return "does not fit", "it cannot be read as the answer of a time-stamping server", ""
    if time.date() + timedelta(days=1) < date.fromisoformat(proof.day):  # a day may have begun elsewhere
        return "does not fit", f"it was made on {time.date()}, before the check on {proof.day}", ""
    return "fits", "", time.strftime("%Y-%m-%dT%H:%M:%SZ")
