"""Tests of the built site, and the cases of several of them."""

from pathlib import Path

import yaml

CASES = yaml.safe_load(Path(__file__).with_name("cases.yml").read_text(encoding="utf-8"))
