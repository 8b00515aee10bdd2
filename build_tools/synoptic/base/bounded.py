"""Runs a function on hostile bytes in a process of its own, which may take a minute and a gigabyte or two.

``synoptic.base.bounded MODULE FUNCTION`` is that process: bytes in, JSON out.
"""

import contextlib
import importlib
import json
import logging
import os
import subprocess
import sys
import warnings
from collections.abc import Callable
from pathlib import Path
from typing import Any

from synoptic.base.problems import Refused

SECONDS = 60
MEMORY = 2_000_000_000  # bytes


class NotInstalled(Refused):
    """The refusal of what needs a library that is missing."""

    def __init__(self, module: str) -> None:
        super().__init__(
            f"it is read with {module}, which is not installed; run: "
            "pip install --require-hashes -r requirements-ingest.txt (or save the article's words as .txt)"
        )
        self.module = module


def run_bounded(function: Callable[[bytes], Any], data: bytes, seconds: float | None = None) -> Any:
    """The result of ``function``, which must be JSON. Raises Refused if it does, fails, or needs too much.

    ``seconds`` is how long it may take by the clock: by default as much as processor time.
    """
    seconds = seconds or SECONDS
    command = [sys.executable, "-P", "-m", __name__, function.__module__, function.__name__]
    path = [str(Path(__file__).parents[2]), *filter(None, [os.environ.get("PYTHONPATH")])]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(path)}
    try:
        done = subprocess.run(  # noqa: S603 - our own module
            command, input=data, capture_output=True, timeout=seconds, check=False, env=environment
        )
        result = json.loads(done.stdout) if done.returncode == 0 else {}
    except subprocess.TimeoutExpired:
        raise Refused(f"it takes more than {seconds:g} seconds to read; save its words as plain text (.txt)") from None
    if "result" in result:
        return result["result"]
    if "missing" in result:
        raise NotInstalled(result["missing"])
    raise Refused(result.get("refused") or "it is broken or too large to be read; save its words as plain text (.txt)")


def _main(module: str, function: str) -> None:
    with contextlib.suppress(ImportError, ValueError):  # not on Windows
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
        resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    warnings.simplefilter("ignore")
    logging.disable()
    try:
        answer = {"result": getattr(importlib.import_module(module), function)(sys.stdin.buffer.read())}
    except ImportError as fault:
        answer = {"missing": fault.name}
    except NotInstalled as refusal:
        answer = {"missing": refusal.module}
    except Refused as refusal:
        answer = {"refused": str(refusal)}
    sys.stdout.write(json.dumps(answer))


if __name__ == "__main__":
    _main(*sys.argv[1:])
