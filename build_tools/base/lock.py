"""A lock that other processes see, and that ends with the last process that holds it."""

import errno
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO

try:
    import fcntl
except ImportError:  # Windows
    fcntl = None  # type: ignore[assignment]


@contextmanager
def lock_file(path: Path) -> Iterator[TextIO]:
    """Hold the lock of a file, which is yielded open. Raises BlockingIOError if another process holds it.

    Not filelock: a child process must be able to inherit the descriptor, and filelock unlocks it for both.
    """
    with path.open("a+") as file:
        if fcntl is None:
            reason = "cannot be locked on this system: use Linux, macOS, or WSL on Windows"
            raise OSError(errno.ENOTSUP, reason, str(path))
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        yield file
