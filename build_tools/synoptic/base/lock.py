"""A lock that other processes see, and that ends with the last process that holds it."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import filelock


class Held:
    """A lock that is held. ``number`` is that of its open file: a child process that inherits it holds the lock, too
    (not on Windows)."""

    def __init__(self, number: int) -> None:
        self.number = number

    def write(self, note: str) -> None:
        """Leave a short note for others, such as who holds the lock. It follows the first byte, which Windows locks."""
        os.ftruncate(self.number, 0)
        os.lseek(self.number, 0, os.SEEK_SET)
        os.write(self.number, f"\n{note}\n".encode())


@contextmanager
def lock_file(path: Path) -> Iterator[Held]:
    """Hold the lock of a file. Raises BlockingIOError if another process holds it.

    Not a FileLock: that one unlocks for a child process, too, when it ends here.
    """
    number = os.open(path, os.O_RDWR | os.O_CREAT, 0o666)
    try:
        if not filelock.lock_descriptor(number, blocking=False):
            raise BlockingIOError(f"{path} is locked")
        yield Held(number)
    finally:
        os.close(number)


def read_note(path: Path) -> str:
    """The note that whoever holds a lock, or held it last, has left in its file. Raises OSError if there is none."""
    with path.open("rb", buffering=0) as file:
        file.seek(1)
        return file.read(100).decode("utf-8", "replace").strip()
