"""What the built site has for programs that read: data that answer who said what."""

import json
import subprocess
import sys
from typing import Any

from tests.projects import CHECKOUT, BuiltSite


def ask(site: BuiltSite, *words: str) -> str:
    """What the example client prints of a built site."""
    command = [sys.executable, str(CHECKOUT / "docs/ask.py"), str(site.folder), *words]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout


def test_the_example_client_finds_who_said_what(built_site: BuiltSite) -> None:
    """Asked for a speaker, it prints each of their statements in the published briefings, and no other; words narrow
    it down."""
    claims: list[dict[str, Any]] = json.loads(
        (built_site.folder / "api/v1/briefings/harbour-tunnel/claims.json").read_text(encoding="utf-8")
    )["claims"]
    said = [(claim, one) for claim in claims for one in claim["statements"] if one["holder"] == "city-engineer"]
    told = ask(built_site, "ada quill")
    assert f"\n{len(said)} statements." in told
    for claim, statement in said:
        assert f"{statement['stance']}: {claim['text']}\n  {claim['path']}\n" in told
        assert f'"{statement["quote"]}"' in told
    few = ask(built_site, "Ada Quill", *said[0][1]["quote"].split()[:3])
    assert f'"{said[0][1]["quote"]}"' in few
    assert few.count("/c/") <= told.count("/c/")
    assert ask(built_site, "Nobody at all").startswith("0 statements.")
    assert len((CHECKOUT / "docs/ask.py").read_text(encoding="utf-8").splitlines()) <= 60
