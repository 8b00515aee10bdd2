"""The invented example without its largest source, for the browser to make again from nothing."""

import shutil
from pathlib import Path
from typing import Any

import yaml

from tests.projects import CHECKOUT, EXAMPLE, run
from tests.yaml_files import read_yaml

#: The largest source of the example.
LARGEST = "chronicle"
FOLDER = f"briefings/{EXAMPLE}"


def example_without(root: Path, source: str = LARGEST) -> Path:
    """A project with the invented example, from which a source and all that rests on it is taken; its text is kept as
    ``article.txt``."""
    (root / "briefings").mkdir(parents=True)
    shutil.copy(CHECKOUT / "briefings/speakers.yml", root / "briefings")
    shutil.copytree(CHECKOUT / "build_tools/synoptic/theme/assets", root / "build_tools/synoptic/theme/assets")
    folder = root / FOLDER
    ignored = shutil.ignore_patterns("figures.yml", "events.yml", "*.lock", "*.watch.yml")
    shutil.copytree(CHECKOUT / FOLDER, folder, ignore=ignored)
    shutil.move(folder / "articles" / f"{source}.txt", root / "article.txt")
    (folder / "sources" / f"{source}.yml").unlink()
    files = {path: _claims_without(_read(path), source) for path in sorted(folder.glob("claims/*.yml"))}
    claims = {claim["id"] for left in files.values() for claim in left}
    for path, left in files.items():
        _write(path, [_related(claim, claims) for claim in left])
    for path in folder.glob("sources/*.yml"):
        data = _read(path)
        data.get("independent", {}).pop(source, None)
        _write(path, {key: value for key, value in data.items() if value})
    given = {claim.get("answer") for left in files.values() for claim in left}
    _write(folder / "briefing.yml", _briefing_with(_read(folder / "briefing.yml"), given))
    assert run(root, "fmt") == 0
    assert run(root, "lock", EXAMPLE, "--by", "A Tester") == 0
    assert run(root, "check", EXAMPLE) == 0
    return root


def _claims_without(claims: list[dict[str, Any]], source: str) -> list[dict[str, Any]]:
    """The claims of which something is left to say without a source."""
    return [
        left for claim in claims if (left := _without(claim, source)).get("statements") or left["kind"] == "question"
    ]


def _without(claim: dict[str, Any], source: str) -> dict[str, Any]:
    statements, passed = claim.get("statements", []), []
    if isinstance(statements, dict):
        statements.pop(source, None)
    else:
        statements[:] = [one for one in statements if one["source"] != source]
    for one in claim.get("passed_over", []):
        sources = [name for name in one.get("sources", [one.get("source")]) if name != source]
        passed += [{"sources": sources, "reason": one["reason"]}] if sources else []
    left = {key: value for key, value in claim.items() if key not in ("was", "note", "replies", "passed_over")}
    return {**left, "passed_over": passed} if passed else left


def _related(claim: dict[str, Any], claims: set[str]) -> dict[str, Any]:
    """A claim without relations to claims that are gone."""
    relations = [one for one in claim.pop("relations", []) if one["to"] in claims]
    return {**claim, "relations": relations} if relations else claim


def _briefing_with(briefing: dict[str, Any], given: set[str | None]) -> dict[str, Any]:
    """The briefing's own file without what nothing supports any more."""
    for topic in briefing["topics"]:
        topic["answers"] = [one for one in topic["answers"] if one["id"] in given or "support" in one]
        topic.pop("apart", None)
    sentence = {"text": "The bridge closed [on Monday evening].", "claims": ["closed-on-monday"]}
    return {
        **{key: one for key, one in briefing.items() if key not in ("gone", "parallels")},
        "bottom_line": [sentence],
    }


def _read(path: Path) -> Any:
    return read_yaml(path)


def _write(path: Path, data: Any) -> None:
    path.write_text(yaml.safe_dump(data, allow_unicode=True, sort_keys=False), encoding="utf-8")
