"""Where a new site gets this program from: the pin in its requirements, and the wheel that the pin may name.

The pin names an address or a file. The distribution is called ``synoptic-briefings``, since on the Python Package Index
``synoptic`` is somebody else's program; the command and the package to import are ``synoptic``.
"""

import json
import re
import subprocess
import sys
import tempfile
import tomllib
from dataclasses import dataclass
from hashlib import sha256
from importlib import metadata
from pathlib import Path
from urllib.parse import unquote, urlsplit

from synoptic.base.problems import Refused

#: The name of the distribution.
NAME = "synoptic-briefings"
PACKAGE = "synoptic"
#: The file of a site that holds the pin.
PIN = "requirements-synoptic.txt"
CHECKOUT = Path(__file__).resolve().parents[3]
#: A wheel of this program; earlier versions were called as the package is.
WHEEL = re.compile(r"synoptic(?:_briefings)?-[0-9][\w.!+]*-py3-none-any\.whl", re.ASCII)
_ADDRESS = re.compile(r"(git\+)?https://[\w./:@%~+=#&-]+", re.ASCII)
TIP = "give --program: a wheel (.whl), or an address such as git+https://example.org/synoptic@COMMIT"


@dataclass(frozen=True)
class Program:
    """A line for pip, and the files that it needs beside it, by name."""

    requirement: str
    files: dict[str, bytes]


def find_version() -> str:
    """The version of this program. A checkout states its own, whatever was installed when it was older."""
    if is_checkout():
        with (CHECKOUT / "pyproject.toml").open("rb") as file:
            return str(tomllib.load(file)["project"]["version"])
    return metadata.version(NAME)


def is_checkout() -> bool:
    """Whether the program runs from a checkout of its repository, rather than from a wheel."""
    return (CHECKOUT / "build_tools" / PACKAGE).is_dir() and (CHECKOUT / "pyproject.toml").is_file()


def find_program(given: str = "") -> Program:
    """The program that was ``given``, a wheel or an address; by default this one, from where it was installed.

    Raises Refused if others could not get it from there.
    """
    if given:
        return _pin_given(given)
    if is_checkout():
        return _pin_wheel(*_build_wheel())
    stated = metadata.distribution(NAME).read_text("direct_url.json")  # as the packaging standard PEP 610 says
    if stated is None:
        return Program(f"{NAME}=={find_version()}", {})  # from an index that holds it
    origin = json.loads(stated)
    url = str(origin.get("url", ""))
    if commit := origin.get("vcs_info", {}).get("commit_id"):
        return Program(f"{NAME} @ git+{url}@{commit}", {})
    if url.startswith("file:"):
        path = Path(unquote(urlsplit(url).path))
        if WHEEL.fullmatch(path.name) and path.is_file():
            return _pin_wheel(path.name, path.read_bytes())
        raise Refused(f"this program was installed from {path}, which others cannot reach; {TIP}")
    digest = (origin.get("archive_info", {}).get("hashes") or {}).get("sha256", "")
    return Program(f"{NAME} @ {url}" + (f"#sha256={digest}" if digest else ""), {})


def _pin_given(given: str) -> Program:
    path = Path(given)
    if WHEEL.fullmatch(path.name) and path.is_file():
        return _pin_wheel(path.name, path.read_bytes())
    if not _ADDRESS.fullmatch(given):
        raise Refused(f'"{given}" is neither a wheel of synoptic that exists nor an address; {TIP}')
    return Program(f"{NAME} @ {given}", {})


def _pin_wheel(name: str, data: bytes) -> Program:
    return Program(f"./{name} --hash=sha256:{sha256(data).hexdigest()}", {name: data})


def _build_wheel() -> tuple[str, bytes]:
    """The wheel of the checkout that this program runs from: its name and content."""
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", folder]
        done = subprocess.run(  # noqa: S603 - our own interpreter and arguments
            command, cwd=CHECKOUT, check=False, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
            encoding="utf-8", errors="replace",
        )  # fmt: skip
        wheels = sorted(Path(folder).glob("*.whl"))
        if done.returncode or not wheels:
            last = (done.stdout.strip().splitlines() or ["no output"])[-1]
            raise Refused(f"no wheel could be built from {CHECKOUT} ({last}); {TIP}")
        return wheels[0].name, wheels[0].read_bytes()
