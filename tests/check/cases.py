"""The cases of tests/cases: a few edits to the small project each, and the problems that ``check`` must report.

``with`` lists the problems if the articles' texts are at hand, ``without`` those if they are not (left out if the
same). ``python -m tests.check.cases`` writes today's problems into the files: read the difference.
"""

import shutil
import tempfile
from pathlib import Path
from typing import Any

import yaml

from synoptic.base.problems import sort_problems
from synoptic.check.registry import check
from synoptic.load.load import load
from tests.projects import HERE, edited_project
from tests.yaml_files import read_yaml

CASES = sorted((HERE / "cases").glob("*.yml"))


def problems_of(case: dict[str, Any], folder: Path, *, texts: bool) -> list[str]:
    """The problems of the project after a case's edit, without their tips."""
    edited_project(folder, case["edits"])
    if not texts:
        for articles in folder.glob("briefings/*/articles"):
            shutil.rmtree(articles)
    return list_problems(folder)


def list_problems(folder: Path) -> list[str]:
    """All problems of a project, without their tips."""
    site, problems = load(folder)
    assert site is not None
    return [str(p).splitlines()[0] for p in sort_problems([*problems, *check(site)])]


def read_case(path: Path) -> dict[str, Any]:
    """A case."""
    case: dict[str, Any] = read_yaml(path)
    return case


if __name__ == "__main__":
    for path in CASES:
        case = read_case(path)
        results = []
        for with_texts in (True, False):
            with tempfile.TemporaryDirectory() as tmp:
                results.append(problems_of(case, Path(tmp), texts=with_texts))
        case["with"] = results[0]
        case.pop("without", None)
        if results[1] != results[0]:
            case["without"] = results[1]
        path.write_text(yaml.safe_dump(case, sort_keys=False, allow_unicode=True, width=1000), encoding="utf-8")
