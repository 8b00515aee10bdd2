"""YAML files of the tests."""

from pathlib import Path
from typing import Any

import yaml


def read_yaml(path: Path) -> Any:
    """The content of a file. Every worker reads all cases, and the parser in C takes a tenth of the time."""
    try:
        return yaml.load(path.read_bytes(), yaml.CSafeLoader)
    except yaml.YAMLError:  # it refuses half a character, such as "\ud800"
        return yaml.safe_load(path.read_text(encoding="utf-8"))
