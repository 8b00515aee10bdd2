"""Makes a branch of what changed in a briefing, with a message that says it in words. It never pushes."""

import os
import subprocess
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from synoptic.base.child import run_limited
from synoptic.base.problems import Refused, to_one_line
from synoptic.history.revisions import compare_trees
from synoptic.load.files import Disk
from synoptic.load.git import Repository
from synoptic.model.change import Change
from synoptic.text.english import join_words, plural

MOST = 60  # changes that a message lists
#: Seconds that Git may take for a commit, whose hooks may check the whole repository, and for anything else.
PATIENCE, COMMIT_PATIENCE = 30.0, 60.0
#: What a subject line counts, in this order.
_COUNTED = ("source", "topic", "answer", "claim", "statement", "speaker")


def make_branch(root: Path, slug: str, name: str, message: str) -> dict[str, str]:
    """Commit what changed in a briefing, and in the shared speakers, on a new branch, which is then checked out.

    Returns the branch, the commit, and the command that pushes it. Raises Refused, with everything as it was.
    """
    _refuse_name(root, name)
    paths = [f"briefings/{slug}", "briefings/speakers.yml"]
    paths = [path for path in paths if (root / path).exists()]
    if not _git(root, "status", "--porcelain", "--untracked-files=all", "--", *paths):
        raise Refused("nothing changed since the last commit, so there is nothing to put on a branch")
    message = message or _describe(root, slug)
    before = _git(root, "symbolic-ref", "--quiet", "--short", "HEAD", check=False) or _git(root, "rev-parse", "HEAD")
    try:
        _git(root, "switch", "--quiet", "--create", name)
        _git(root, "add", "--", *paths)
        commit = ("commit", "--quiet", "--cleanup=whitespace", "--file=-", "--only", "--", *paths)
        _git(root, *commit, text=message, seconds=COMMIT_PATIENCE)
    except BaseException:
        _go_back(root, name, before, paths)
        raise
    remote = next(iter(_git(root, "remote").splitlines()), "origin")
    return {
        "branch": name,
        "commit": _git(root, "rev-parse", "HEAD"),
        "message": message,
        "push": f"git push -u {remote} {name}",
    }


def _go_back(root: Path, name: str, before: str, paths: Sequence[str]) -> None:
    """Leave a new branch that has no commit and remove it; the files stay as they are. No hook is run."""
    bare = ("-c", f"core.hooksPath={os.devnull}")
    if _git(root, "symbolic-ref", "--quiet", "--short", "HEAD", check=False) != name:
        return  # it was not made
    if _is_branch(root, before):  # not switch, which needs the index that another program may hold
        _git(root, *bare, "symbolic-ref", "HEAD", f"refs/heads/{before}", check=False)
    else:
        _git(root, *bare, "checkout", "--quiet", "--detach", before, check=False)
    _git(root, *bare, "reset", "--quiet", "--", *paths, check=False)
    _git(root, *bare, "branch", "--quiet", "--delete", "--force", name, check=False)


def _refuse_name(root: Path, name: str) -> None:
    """Refuse the name of a branch that Git does not take, or that there is already."""
    plain = name[:1] != "-" and name.isascii() and all(char.isalnum() or char in "-_./" for char in name)
    if not plain or not name or _git(root, "check-ref-format", "--branch", name, check=False) != name:
        raise Refused(f'"{to_one_line(name, 80)}" cannot be the name of a branch; use letters, digits and hyphens')
    if _is_branch(root, name):
        raise Refused(f'there is a branch "{name}" already; choose another name')


def _is_branch(root: Path, name: str) -> bool:
    return bool(_git(root, "rev-parse", "--verify", "--quiet", f"refs/heads/{name}", check=False))


def _describe(root: Path, slug: str) -> str:
    """What changed since the last commit, as a message."""
    with Repository(root) as repository:
        base = repository.revision(repository.resolve("HEAD"))
        changes = compare_trees(base, Disk(root), {}, slug).changes
    told = [change for change in changes if change.subject != "lock"]
    lines = [f"- {to_one_line(change.sentence, 300)}" for change in told[:MOST]]
    more = [f"- and {len(told) - MOST} more changes"] if len(told) > MOST else []
    return "\n".join([f"Briefing {slug}: {_count(changes)}", "", *lines, *more]).strip() + "\n"


def _count(changes: Sequence[Change]) -> str:
    """``2 claims and 5 statements added, 1 statement removed``."""
    counts = Counter(change.kind for change in changes)
    parts = []
    for verb in ("added", "removed"):
        found = [plural(counts[f"{one}-{verb}"], one) for one in _COUNTED if counts[f"{one}-{verb}"]]
        parts += [f"{join_words(found)} {verb}"] if found else []
    return ", ".join(parts) or plural(len(changes), "edit")


def _git(root: Path, *words: str, check: bool = True, text: str = "", seconds: float | None = None) -> str:
    """What Git prints. Raises Refused if it takes longer than ``seconds`` (else PATIENCE); or, with the first line of
    Git's own message, if it fails and ``check`` is set."""
    seconds = seconds or PATIENCE
    environment = {**os.environ, "LC_ALL": "C", "GIT_TERMINAL_PROMPT": "0", "GIT_EDITOR": "true"}
    try:
        done = run_limited(["git", "--literal-pathspecs", *words], seconds, cwd=root, env=environment, text=text)
    except FileNotFoundError:
        raise Refused("Git is not installed, or not on the path") from None
    except subprocess.TimeoutExpired:
        raise Refused(_describe_wait(root, seconds)) from None
    if check and done.returncode:
        lines = [line for line in (done.stderr or done.stdout).splitlines() if line.strip()] or ["Git gave no answer"]
        raise Refused(f"Git: {to_one_line(lines[0].removeprefix('fatal: '))}")
    return done.stdout.strip()


def _describe_wait(root: Path, seconds: float) -> str:
    """Why Git was ended, and what may have made it wait."""
    folder = root / subprocess.run(
        ["git", "rev-parse", "--git-path", "hooks"], cwd=root, capture_output=True, encoding="utf-8", errors="replace",
        check=False,
    ).stdout.strip()  # fmt: skip
    hooks = sorted(one.name for one in folder.iterdir() if "." not in one.name) if folder.is_dir() else []
    cause = f"one of its hooks may wait for something ({', '.join(hooks)})" if hooks else "something made it wait"
    return to_one_line(
        f"Git did not answer within {seconds:g} seconds and was ended: {cause}. Nothing was lost: your files are "
        "saved, and you are on the branch you were on"
    )
