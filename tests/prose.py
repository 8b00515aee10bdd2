"""Lints English by the rules of tests/prose.yml: ``python -m tests.prose``. Works offline.

Harper knows spelling and grammar; what it cannot be taught, the patterns say.
"""

import json
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from tests.projects import CHECKOUT, git
from tests.yaml_files import read_yaml

SETTINGS: dict[str, Any] = read_yaml(Path(__file__).with_suffix(".yml"))
PATTERNS = {re.compile(pattern, re.IGNORECASE): instead for pattern, instead in SETTINGS["patterns"].items()}
FILES = (
    "*.md",
    "docs",
    "build_tools/synoptic",
    "Makefile",
    ".ci",
    ".github",
    ":!build_tools/synoptic/load/words",
    ":!build_tools/synoptic/suggest/words",
    ":!build_tools/synoptic/starter/languages",
    ":!docs/schema",
    ":!**/LICENSE-*",
)  # a licence is in its owner's words
KINDS = (".md", ".py", ".j2", ".html", ".yml", "", ".toml")
#: What is in a program and not in a dictionary: names with digits, dots, underscores or capitals inside.
CODE = re.compile(r".*[\d_.\\].*|.+[A-Z].*|.{1,2}")


def patterns(path: str) -> Iterator[str]:
    """Each place of a file that one of our patterns fits, as path:line:column: what to write."""
    text = (CHECKOUT / path).read_text(encoding="utf-8")
    if path.endswith(".md"):  # what a fence holds is the project's data, or a program's
        text = re.sub(r"^```.*?^```$", lambda fence: "\n" * fence[0].count("\n"), text, flags=re.DOTALL | re.MULTILINE)
    for number, line in enumerate(text.splitlines(), 1):
        for pattern, instead in PATTERNS.items():
            for hit in pattern.finditer(line):
                yield f"{path}:{number}:{hit.start() + 1}: {hit[0]!r}: write {instead}"


def harper(paths: list[str]) -> Iterator[str]:
    """What Harper finds in files, as path:line:column: rule and message."""
    words = SETTINGS["words"].split()
    ignored = ",".join(SETTINGS["ignored"].split())
    with tempfile.NamedTemporaryFile("w", suffix=".txt", encoding="utf-8") as dictionary:
        dictionary.write("\n".join([*words, *(f"{word}'s" for word in words)]))
        dictionary.flush()
        options = "lint --format json --quiet --no-parallel --dialect uk".split()
        command = [str(Path(sys.executable).with_name("harper")), *options, "--user-dict-path", dictionary.name]
        done = subprocess.run(
            [*command, "--ignore", ignored, *paths], cwd=CHECKOUT, capture_output=True, text=True, check=False
        )
    for path, file in zip(paths, json.loads(done.stdout), strict=True):  # it prints the names without their folders
        for lint in file["lints"]:
            rule, text, message = lint["rule"], lint["matched_text"], lint["message"]
            if rule != "SpellCheck" or not CODE.fullmatch(text):
                yield f"{path}:{lint['line']}:{lint['column']}: {rule}: {text!r}: {message}"


def main() -> int:
    """Print every finding; 1 if there are any."""
    listed = git(CHECKOUT, "ls-files", *FILES).splitlines()
    paths = [path for path in listed if Path(path).suffix in KINDS and (CHECKOUT / path).is_file()]
    findings = [finding for path in paths for finding in patterns(path)]
    findings += harper([path for path in paths if path.endswith((".md", ".py"))])
    for finding in sorted(findings):
        print(finding)
    return bool(findings)


if __name__ == "__main__":
    sys.exit(main())
