"""What a reader's signature says and which entries of a lock it covers; the lines of briefings/signers. Pure.

The statement that is signed is JSON with sorted keys. It names the briefing, the source, the text, the reader and the
day, so it fits nowhere else, and holds a digest of each quotation's entry and of the rest of the lock. Fields with
their default value are left out of a digest, so a field that a later version adds breaks no older signature.
"""

import base64
import hashlib
import json
import re
import struct
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from synoptic.base.problems import Place, Problem
from synoptic.model.lock import Lock, LockedQuote, Reader
from synoptic.model.proof import Proof, Signer, Verified
from synoptic.model.site import Briefing

#: The namespace of our signatures, so that none made for something else passes here, and none of ours elsewhere.
NAMESPACE = "synoptic-lock"
#: Who may sign: Git's file of allowed signers.
SIGNERS = "briefings/signers"
#: Whose time stamps count: certificates.
AUTHORITIES = "briefings/authorities.pem"
_FORMAT = "Synoptic lock, version 1"
#: What belongs to the readers, and what the statement names itself.
_SIGNATURES = {"sha256", "checked_by", "checked_on", "also", "proofs", "quotes"}
_KINDS = re.compile(r"(?:sk-)?(?:ssh|ecdsa)-[a-z0-9@.-]+")
_TIME = re.compile(r"(\d{4})(\d\d)(\d\d)(?:\d{4}|\d{6})?Z?")
_OPTION = re.compile(r'([a-z-]+)(?:="([^"]*)")?(?:,|$)')
_LINE = re.compile(r'(?:"([^"]+)"|([^"\s]+))\s+(.*)')


def make_proof(lock: Lock, reader: Reader, copy_sha256: str | None = None) -> Proof:
    """What a reader of a lock stands for, not yet signed. Who checked a copy of their own stands for the quotations."""
    quotes = sorted({digest(entry) for entry in lock.quotes if reader in lock.readers_of(entry)})
    rest = None if copy_sha256 else digest_rest(lock)
    return Proof(name=reader.name, day=reader.day, quotes=tuple(quotes), rest=rest, copy_sha256=copy_sha256)


def digest(entry: LockedQuote) -> str:
    """The digest of an entry, without who checked it."""
    return _hash(entry.model_dump(mode="json", exclude={"by"}, exclude_defaults=True))


def digest_rest(lock: Lock) -> str:
    """The digest of all of a lock but its quotations and its readers."""
    return _hash(lock.model_dump(mode="json", exclude=_SIGNATURES, exclude_defaults=True))


def _hash(value: Any) -> str:
    return hashlib.sha256(_to_json(value)).hexdigest()[:32]


def _to_json(value: Any) -> bytes:
    return json.dumps(value, sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode()


def make_statement(slug: str, source: str, lock: Lock, proof: Proof) -> bytes:
    """The bytes that a reader signs."""
    said = proof.model_dump(mode="json", exclude={"ssh", "stamp"}, exclude_none=True)
    return _to_json({"format": _FORMAT, "briefing": slug, "source": source, "text": lock.sha256, **said}) + b"\n"


def make_stamped(statement: bytes, proof: Proof) -> bytes:
    """The bytes that a time stamp is for: the statement, and the signature if there is one."""
    return statement + (proof.ssh or "").encode("ascii")


def find_misfit(lock: Lock, proof: Proof) -> str:
    """Why a proof, whoever signed it, is not one for this lock as it is now; empty if it is."""
    reader = next((reader for reader in lock.readers if reader.name == proof.name), None)
    if reader is None:
        return "the lock no longer names them as a reader"
    if reader.day != proof.day:
        return f"it is for a check on {proof.day}, but the lock says {reader.day}"
    missing = [entry for entry in lock.quotes if reader in lock.readers_of(entry) and digest(entry) not in proof.quotes]
    if missing:
        more = f" and {len(missing) - 1} more" if len(missing) > 1 else ""
        return f'it does not cover the entry of "{missing[0].statement}"{more}'
    return ""


def keep_proofs(lock: Lock, old: Lock | None) -> Lock:
    """The lock with those proofs of ``old`` that still fit it."""
    kept = [p for p in (old.proofs if old else ()) if old and old.sha256 == lock.sha256 and not find_misfit(lock, p)]
    return lock.model_copy(update={"proofs": tuple(kept)})


def find_signed(briefing: Briefing, source: str, entry: LockedQuote) -> dict[str, Verified]:
    """Reader's name to the signature that fits and covers an entry."""
    lock, verified = briefing.locks[source], briefing.verified.get(source, {})
    names = {reader.name for reader in lock.readers_of(entry)}
    covering = [proof.name for proof in lock.proofs if proof.name in names and digest(entry) in proof.quotes]
    return {name: verified[name] for name in covering if name in verified and verified[name].signature == "fits"}


class Standing(NamedTuple):
    """How a reader's name is proved: ``word`` is ``signed``, ``typed only``, ``signature does not fit`` or ``signature
    not verified``; ``why`` says why not. ``key`` is the fingerprint of the key that signed, as ``ssh-keygen -l`` shows
    it; ``stamped`` the time of a time stamp that fits, in UTC, and ``stamp`` why another proves nothing."""

    name: str
    word: str
    why: str = ""
    key: str = ""
    stamped: str = ""
    stamp: str = ""


_WORDS = {
    "fits": "signed",
    "none": "typed only",
    "does not fit": "signature does not fit",
    "not verified": "signature not verified",
}


def describe_standing(briefing: Briefing, source: str, reader: Reader) -> Standing:
    """How one reader of a lock is proved."""
    result = briefing.verified.get(source, {}).get(reader.name, Verified("none"))
    key = _fingerprint(result.key) if result.key else ""
    stamp = "" if result.stamp in ("fits", "none") else f"{result.stamp}: {result.stamp_why}"
    return Standing(reader.name, _WORDS[result.signature], result.why, key, result.stamped, stamp)


def list_standings(briefing: Briefing) -> dict[str, list[Standing]]:
    """Source to how each reader of its lock is proved."""
    return {
        name: [describe_standing(briefing, name, reader) for reader in lock.readers]
        for name, lock in briefing.locks.items()
    }


def _fingerprint(key: str) -> str:
    digest = hashlib.sha256(base64.b64decode(key)).digest()
    return f"SHA256:{base64.b64encode(digest).decode('ascii').rstrip('=')}"


def count_people(signed: dict[str, Verified]) -> int:
    """How many people signed: one key counts once, whatever names it may sign as."""
    return len({result.key for result in signed.values()})


def is_rest_signed(briefing: Briefing, source: str) -> bool:
    """Whether a signature that fits covers the searches and all else in a lock as it is now."""
    lock, verified = briefing.locks[source], briefing.verified.get(source, {})
    fitting = {name for name, result in verified.items() if result.signature == "fits"}
    rest = digest_rest(lock)
    return any(proof.name in fitting and proof.rest == rest for proof in lock.proofs)


# -- keys -----------------------------------------------------------------------------------------------------------


def read_signers(text: str, path: str = SIGNERS) -> tuple[list[Signer], list[Problem]]:
    """The keys of an allowed-signers file (ssh-keygen(1)) that may sign locks, and the lines that cannot be used."""
    signers, problems = [], []
    for number, line in enumerate(text.splitlines(), 1):
        stripped = line.strip()
        if not stripped or stripped.startswith("#"):
            continue
        read = _read_signer(stripped, number)
        if isinstance(read, Signer):
            signers.append(read)
        elif read:
            tip = 'write: "Ada Reader" valid-after="20310312" ssh-ed25519 AAAA...'
            problems.append(Problem(Place(path, number, 1), read, tip, "signers"))
    owners: dict[str, Signer] = {}
    for signer in signers:
        first = owners.setdefault(signer.key, signer)
        if not set(first.names) & set(signer.names):
            message = f'the key of "{signer.names[0]}" is that of "{first.names[0]}" in line {first.line}'
            problems.append(
                Problem(Place(path, signer.line, 1), message, "each person needs a key of their own", "signers")
            )
    return signers, problems


def _read_signer(line: str, number: int) -> Signer | str:
    """A line's signer; else why it cannot be used, empty if it is for other things than locks."""
    match = _LINE.fullmatch(line)
    if match is None:
        return "begins with no name"
    names = tuple(filter(None, (match[1] or match[2]).split(",")))
    if pattern := next((name for name in names if set(name) & set('*?!"')), ""):
        return f'"{pattern}" is a pattern, so that one key could sign for several people'
    words = match[3].split()
    options: dict[str, str] = {}
    if words and not _KINDS.fullmatch(words[0]):
        if not (found := _read_options(words.pop(0))):
            return f"has options that cannot be read: {line[:60]}"
        options = found
    if "cert-authority" in options:
        return "names an authority for certificates, which are not supported: give each key a line"
    if len(words) < 2 or not names or read_key_kind(words[1]) != words[0]:
        return "has no key: a kind, as ssh-ed25519, then the key in Base64"
    if fault := next((f'"{time}" is not a time' for time in _times(options) if not _TIME.fullmatch(time)), ""):
        return f"{fault}: write 20310312, or 20310312235900"
    namespaces = options.get("namespaces", NAMESPACE).split(",")
    if NAMESPACE not in namespaces:
        return ""
    after, before = options.get("valid-after", ""), options.get("valid-before", "")
    return Signer(names, words[0], words[1], number, after, before)


def _read_options(word: str) -> dict[str, str]:
    """The options of a line, by name; none if they cannot be read."""
    found = list(_OPTION.finditer(word))
    whole = "".join(match[0] for match in found) == word
    return {match[1]: match[2] or "" for match in found} if whole else {}


def _times(options: dict[str, str]) -> Iterator[str]:
    yield from (options[name] for name in ("valid-after", "valid-before") if name in options)


def read_key_kind(key: str) -> str:
    """The kind that a public key in Base64 names; empty if it is not a key."""
    parts = _read_strings(key, 0)
    return parts[0].decode("ascii", "replace") if parts else ""


def read_signing_key(signature: str) -> str:
    """The public key inside a signature, both in Base64 (OpenSSH's `PROTOCOL.sshsig`); "" if it is not one."""
    parts = _read_strings(signature, 10)
    if not parts or base64.b64decode(signature)[:10] != b"SSHSIG\0\0\0\1":
        return ""
    return base64.b64encode(parts[0]).decode("ascii")


def _read_strings(encoded: str, start: int) -> Sequence[bytes]:
    """The strings of an SSH structure in Base64 from an offset on, each after its length; none if it is cut short."""
    try:
        data = base64.b64decode(encoded, validate=True)
    except ValueError:
        return ()
    parts = []
    while start < len(data):
        if start + 4 > len(data):
            return ()
        (length,) = struct.unpack_from(">I", data, start)
        start += 4 + length
        if start > len(data):
            return ()
        parts.append(data[start - length : start])
    return parts
