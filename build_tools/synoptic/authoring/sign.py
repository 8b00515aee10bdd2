"""Proves what a reader of a lock checked: by a signature with their own SSH key, and by a time stamp."""

import re
import subprocess
import tempfile
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

from synoptic.base.problems import Place, Refused, to_one_line
from synoptic.compare.proofs import NAMESPACE, find_misfit, make_proof, make_stamped, make_statement
from synoptic.load.signatures import strip_armour
from synoptic.model.lock import Lock
from synoptic.model.proof import Proof

_KEYS = ("id_ed25519", "id_ed25519_sk", "id_ecdsa", "id_ecdsa_sk", "id_rsa")


@dataclass(frozen=True)
class Proving:
    """How to prove what a reader checked: ``sign`` returns the signature of some bytes, ``stamp`` the answer of a
    server about them, both in Base64. None: not asked for."""

    sign: Callable[[bytes], str] | None = None
    stamp: Callable[[bytes], str] | None = None


#: Proves nothing: the name is typed.
TYPED = Proving()


def prove(lock: Lock, slug: str, source: str, name: str, how: Proving, copy_sha256: str | None = None) -> Lock:
    """The lock with the proofs of one of its readers; as it is if they are none. Raises Refused.

    ``copy_sha256`` is that of their own copy. A proof that still says the same is left as it is.
    """
    reader = next((reader for reader in lock.readers if reader.name == name), None)
    if reader is None or not (how.sign or how.stamp):
        return lock
    old = next((proof for proof in lock.proofs if proof.name == name), None)
    path = f"briefings/{slug}/sources/{source}.lock"
    new = make_proof(lock, reader, copy_sha256).model_copy(update={"place": Place(path)})
    other_text = old is not None and bool(old.copy_sha256) != bool(copy_sha256)
    if old and (_said(old) == _said(new) or (other_text and not find_misfit(lock, old))):
        new = old
    statement = make_statement(slug, source, lock, new)
    if how.sign and not new.ssh:
        new = new.model_copy(update={"ssh": how.sign(statement), "stamp": None})
    if how.stamp and not new.stamp:
        new = new.model_copy(update={"stamp": how.stamp(make_stamped(statement, new))})
    others = tuple(proof for proof in lock.proofs if proof.name != name)
    return lock.model_copy(update={"proofs": (*others, new)})


def _said(proof: Proof) -> Proof:
    return proof.model_copy(update={"ssh": None, "stamp": None, "place": Proof.model_fields["place"].default})


def find_key(root: Path, given: Path | None) -> str:
    """The key to sign with: a file, or a public key whose other half an agent holds. ``given`` by the contributor, else
    the one with which Git signs commits, else one of the usual files. Raises Refused if there is none."""
    if given is not None:
        if not given.is_file():
            raise Refused(f"{given}: there is no such key")
        return str(given)
    if _ask_git(root, "gpg.format") == "ssh" and (key := _ask_git(root, "user.signingkey")):
        return key
    for name in _KEYS:
        if (path := Path.home() / ".ssh" / name).is_file():
            return str(path)
    raise Refused("you have no SSH key in ~/.ssh; create one: ssh-keygen -t ed25519")


def _ask_git(root: Path, name: str) -> str:
    try:
        asked = subprocess.run(  # noqa: S603 - the callers name the setting
            ["git", "config", name], cwd=root, capture_output=True, encoding="utf-8", errors="replace", check=False
        )
    except OSError:
        return ""
    return asked.stdout.strip()


def sign(key: str, message: bytes) -> str:
    """The signature of some bytes in Base64; ``key`` as ``find_key`` returns it. Raises Refused."""
    with ExitStack() as stack:
        literal = key.removeprefix("key::")
        if re.match(r"(sk-)?(ssh|ecdsa)-\S+ \S", literal):
            folder = stack.enter_context(tempfile.TemporaryDirectory())
            file = Path(folder, "key.pub")
            file.write_text(f"{literal}\n", encoding="utf-8", newline="\n")
        else:
            file = Path(key).expanduser()
        try:
            answer = subprocess.run(  # noqa: S603 - no shell; a passphrase is asked for on the terminal
                ["ssh-keygen", "-q", "-Y", "sign", "-f", str(file), "-n", NAMESPACE],
                input=message, capture_output=True, check=False,
            )  # fmt: skip
        except FileNotFoundError:
            raise Refused("ssh-keygen is not installed here, so nothing was signed (Debian: openssh-client)") from None
    if answer.returncode:
        told = answer.stderr.decode("utf-8", "replace").strip().splitlines() or ["no reason given"]
        raise Refused(f"{file}: ssh-keygen did not sign, so nothing was written: {to_one_line(told[-1])}")
    return strip_armour(answer.stdout.decode("ascii"))
