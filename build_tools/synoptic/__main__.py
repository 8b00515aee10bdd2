"""``synoptic``, or ``python -m synoptic``: the command line."""

import contextlib
import gc
import os
import sys


def run() -> None:
    """Run a command and end the process."""
    gc.disable()  # a command needs what it creates until it ends; see also ``without_gc``
    from synoptic.cli.main import main

    code = main()
    for stream in (sys.stdout, sys.stderr):
        with contextlib.suppress(OSError, ValueError):  # it is closed, or its reader has gone
            stream.flush()
    os._exit(code)  # the process returns its memory anyway: taking it apart object by object takes 10 % of a run


if __name__ == "__main__":
    run()
