"""Seals what one run leaves for the next, so that a run reads only what the same account wrote in the same place.

A seal is a keyed hash (BLAKE2b). Its key belongs to the account and lies outside every project: no archive, branch or
other person can bring a cache that would be read. See docs/decisions/2026-11-30-sealed-cache.md.
"""

import contextlib
import functools
import hashlib
import hmac
import os
import secrets
from pathlib import Path

from synoptic.base.write import write_file

#: Bytes of a key and of a seal.
SIZE = 32


def key_file() -> Path:
    """The file of this account's key. Raises RuntimeError if the account has no home."""
    state = Path(os.environ.get("XDG_STATE_HOME", ""))
    return (state if state.is_absolute() else Path.home() / ".local/state") / "synoptic" / "cache-key"


@functools.cache
def _read_key(path: Path) -> bytes:
    """The key, made when it is first needed; one for this process alone if it cannot be kept."""
    with contextlib.suppress(OSError):
        if path.is_file() and len(key := path.read_bytes()) == SIZE:
            return key
        path.parent.mkdir(parents=True, exist_ok=True)
        path.parent.chmod(0o700)
        write_file(path, secrets.token_bytes(SIZE))
        return path.read_bytes()
    return secrets.token_bytes(SIZE)


def has_key_inside(folder: Path) -> bool:
    """Whether the key lies in a folder, from where others might bring it."""
    try:
        return key_file().resolve().is_relative_to(folder.resolve())
    except (OSError, RuntimeError):
        return True


def make_seal(path: Path, content: bytes) -> bytes:
    """The seal of a file's content in its place."""
    try:
        key = _read_key(key_file())
    except RuntimeError:  # no home: nothing outlives the process
        key = _read_key(Path(os.devnull, "key"))
    place = os.path.abspath(path).encode("utf-8", "surrogateescape")  # noqa: PTH100 - resolve would cost a call a folder
    sealed = hashlib.blake2b(len(place).to_bytes(8, "big") + place, key=key, digest_size=SIZE)
    sealed.update(content)
    return sealed.digest()


def fits(path: Path, content: bytes, seal: bytes) -> bool:
    """Whether this account sealed the content for this place."""
    return hmac.compare_digest(make_seal(path, content), seal)


def add_seal(path: Path, content: bytes) -> bytes:
    """The content with its seal before it."""
    return make_seal(path, content) + content


def read_sealed(path: Path) -> bytes | None:
    """A file's content without its seal; None if it cannot be read or the seal does not fit."""
    try:
        data = path.read_bytes()
    except (OSError, ValueError):
        return None
    return data[SIZE:] if fits(path, data[SIZE:], data[:SIZE]) else None
