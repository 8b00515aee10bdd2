"""Tests of the built site, and the cases of several of them."""

from pathlib import Path

from tests.yaml_files import read_yaml

CASES = read_yaml(Path(__file__).with_name("cases.yml"))
