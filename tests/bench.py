"""``make bench``: how much of a site's build is ours, as CPU ratios within one run on this machine.

The yardstick is ``mkdocs build`` with Material of the very pages that were written.
"""

import os
import resource
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).parents[1]
RUNS = 3


def cpu(command: list[str], folder: Path) -> float:
    """The least CPU seconds, user and system, of a command over some runs."""
    best = float("inf")
    for _ in range(RUNS):
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        subprocess.run(
            command, cwd=folder, check=True, capture_output=True, env={**os.environ, "PYTHONPATH": str(ROOT)}
        )
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        best = min(best, after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime)
    return best


def main() -> None:
    """Print one table."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for part in ("mkdocs.yml", "briefings", "docs", "overrides", "build_tools"):
            source = ROOT / part
            (shutil.copytree if source.is_dir() else shutil.copy)(source, folder / part)
        settings = (folder / "mkdocs.yml").read_text(encoding="utf-8")
        (folder / "plain.yml").write_text(settings.replace("  - build_tools/hook.py", "  []"), encoding="utf-8")
        python = [sys.executable, "-m"]
        start = cpu([*python, "build_tools", "--help"], folder)
        check = cpu([*python, "build_tools", "check"], folder)
        render = cpu([*python, "build_tools", "render"], folder)
        mkdocs = cpu([*python, "mkdocs", "build", "-q", "-f", "plain.yml"], folder)
        pages = sum(1 for _ in (folder / "docs").rglob("*.md"))
        print(f"{pages} pages; CPU seconds, the least of {RUNS} runs; ratio to the yardstick")
        for what, value in (
            ("starting the program", start),
            ("load and check", check),
            ("load, check, compare, render, write", render),
            ("mkdocs build (the yardstick)", mkdocs),
        ):
            print(f"{what:38} {value:6.2f}   {value / mkdocs:5.2f}")


if __name__ == "__main__":
    main()
