"""Verifies the signatures in locks by ``ssh-keygen``, and their time stamps (see ``stamps``), without the network.

A key that briefings/signers does not list never reaches ``ssh-keygen``. A signature that fits is remembered in the
user's own cache folder, under a seal, so no project can bring one that would be believed.
"""

import contextlib
import hashlib
import os
import re
import shutil
import subprocess
import tempfile
import textwrap
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from functools import cached_property
from pathlib import Path

from synoptic.base import seal
from synoptic.base.write import write_file
from synoptic.compare.proofs import NAMESPACE, find_misfit, make_stamped, make_statement, read_signing_key
from synoptic.load.stamps import can_verify, verify_stamp
from synoptic.model.lock import Lock
from synoptic.model.proof import Proof, Trust, Verified

PROGRAM = "ssh-keygen"
MISSING = "ssh-keygen is not installed here, so the signature was not verified (Debian: openssh-client)"
_PATIENCE = 60  # seconds; it takes milliseconds
_REMEMBERED = 50_000  # signatures, about 3 MB


def find_tools() -> tuple[bool, bool]:
    """Whether this machine can verify signatures, and time stamps."""
    return shutil.which(PROGRAM) is not None, can_verify()


class Verifier:
    """Verifies proofs by what a project trusts."""

    def __init__(self, trust: Trust) -> None:
        self._trust = trust
        self._program = shutil.which(PROGRAM)
        self._known = _Known()

    def verify(self, slug: str, locks: Mapping[str, Lock]) -> dict[str, dict[str, Verified]]:
        """Source to reader's name to what their proof is worth; only of locks with proofs."""
        asked = [(source, lock, proof) for source, lock in locks.items() for proof in lock.proofs]
        if not asked:
            return {}
        with ThreadPoolExecutor(os.cpu_count()) as pool:
            results = pool.map(lambda one: self._verify(slug, *one), asked)
            verified: dict[str, dict[str, Verified]] = {}
            for (source, _, proof), result in zip(asked, results, strict=True):
                verified.setdefault(source, {})[proof.name] = result
        self._known.save()
        return verified

    def _verify(self, slug: str, source: str, lock: Lock, proof: Proof) -> Verified:
        statement = make_statement(slug, source, lock, proof)
        misfit = find_misfit(lock, proof)
        stamp, stamp_why, stamped = "none", "", ""
        if proof.stamp:
            stamp, stamp_why, stamped = verify_stamp(make_stamped(statement, proof), proof, self._trust.authorities)
            if stamp == "fits" and misfit:
                stamp, stamp_why, stamped = "does not fit", misfit, ""
        if not proof.ssh:
            return Verified("none", misfit, "", stamp, stamp_why, stamped)  # type: ignore[arg-type]
        key = read_signing_key(proof.ssh)
        why = misfit or self._distrust(proof, key, stamped)
        state = "does not fit"
        if not why:
            state, why = self._ask(statement, proof, key)
        return Verified(state, why, key if state == "fits" else "", stamp, stamp_why, stamped)  # type: ignore[arg-type]

    def _distrust(self, proof: Proof, key: str, stamped: str) -> str:
        """Why a key may not sign as somebody on a day, which a time stamp decides where there is one; else ""."""
        if not key:
            return "it is not an SSH signature"
        named = [signer for signer in self._trust.signers if proof.name in signer.names]
        lines = [signer for signer in named if signer.key == key]
        if not named:
            return "briefings/signers has no key of that name"
        if not lines:
            return "the key that signed is not the one in briefings/signers"
        day = (stamped or proof.day)[:10].replace("-", "")
        if not any(
            _begin(line.after) <= f"{day}235959" and f"{day}000000" < _begin(line.before, "9") for line in lines
        ):
            return f"that key may sign only {' or '.join(line.limits for line in lines)}"
        return ""

    def _ask(self, statement: bytes, proof: Proof, key: str) -> tuple[str, str]:
        """Ask ``ssh-keygen`` whether a key made a signature; the key, the name and the day were compared before."""
        asked = hashlib.sha256(b"\0".join((statement, key.encode(), (proof.ssh or "").encode()))).hexdigest()
        if asked in self._known:
            return "fits", ""
        if self._program is None:
            return "not verified", MISSING
        kind = next(signer.kind for signer in self._trust.signers if signer.key == key)
        with tempfile.TemporaryDirectory() as folder:
            signature, signers = Path(folder, "signature"), Path(folder, "signers")
            signature.write_text(armour(proof.ssh or ""), encoding="ascii", newline="\n")
            signers.write_text(f'reader namespaces="{NAMESPACE}" {kind} {key}\n', encoding="ascii", newline="\n")
            words = ["-Y", "verify", "-f", str(signers), "-I", "reader", "-n", NAMESPACE, "-s", str(signature)]
            try:
                answer = subprocess.run(  # noqa: S603 - no shell, and every word is ours
                    [self._program, *words], input=statement, capture_output=True, check=False, timeout=_PATIENCE
                )
            except (subprocess.TimeoutExpired, OSError):
                return "not verified", "ssh-keygen gave no answer, so the signature was not verified"
        if answer.returncode:
            return "does not fit", "the lock, the name or the day is not what was signed"
        self._known.add(asked)
        return "fits", ""


def _begin(time: str, open_end: str = "0") -> str:
    """A time of briefings/signers to the second, all in UTC; ``open_end`` fills one that is not given."""
    return time.removesuffix("Z").ljust(14, "0") if time else open_end * 14


def armour(signature: str) -> str:
    """A signature as ``ssh-keygen`` writes it."""
    lines = textwrap.wrap(signature, 70)
    return "\n".join(["-----BEGIN SSH SIGNATURE-----", *lines, "-----END SSH SIGNATURE-----", ""])


def strip_armour(text: str) -> str:
    """A signature's Base64, from what ``ssh-keygen`` wrote."""
    return re.sub(r"-----[A-Z ]+-----|\s", "", text)


class _Known:
    """Hashes of the signatures that fitted before, each of statement, key and signature; kept for the user alone."""

    def __init__(self) -> None:
        self._new: list[str] = []

    @cached_property
    def _path(self) -> Path:
        home = os.environ.get("XDG_CACHE_HOME", "")
        home = home if os.path.isabs(home) else os.path.expanduser("~/.cache")  # noqa: PTH111, PTH117 - Path may raise
        return Path(home, "synoptic", "signatures")

    @cached_property
    def _old(self) -> dict[str, None]:
        with contextlib.suppress(OSError, ValueError):
            sealed, _, content = self._path.read_bytes().partition(b"\n")
            if seal.fits(self._path, content, bytes.fromhex(sealed.decode("ascii"))):
                return dict.fromkeys(content.decode("ascii").split())
        return {}

    def __contains__(self, asked: str) -> bool:
        return asked in self._old

    def add(self, asked: str) -> None:
        """Remember one that fits."""
        self._new.append(asked)

    def save(self) -> None:
        """Write what is new; a failure only costs time."""
        if self._new:
            self._old.update(dict.fromkeys(self._new))
            self._new.clear()
            content = "".join(f"{asked}\n" for asked in [*self._old][-_REMEMBERED:]).encode("ascii")
            sealed = seal.make_seal(self._path, content).hex().encode("ascii")
            with contextlib.suppress(OSError):
                write_file(self._path, sealed + b"\n" + content)
