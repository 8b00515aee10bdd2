"""The workflows and forms of the repository: what no linter checks, and that their shell steps do what they should.

``make lint`` runs zizmor and check-jsonschema over the same files: pinned actions, events, permissions, secrets,
credentials, expressions in shell code, waiting times of new releases, and every form's schema.
"""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tests import synthetic
from tests.projects import CHECKOUT, HERE, PROGRAM, Project, apply_edit, copy_checkout, git, read_files
from tests.yaml_files import read_yaml

GITHUB = CHECKOUT / ".github"
WORKFLOWS = sorted((GITHUB / "workflows").glob("*.yml"))
FORMS = sorted(p for p in (GITHUB / "ISSUE_TEMPLATE").glob("*.yml") if p.name != "config.yml")
PULL_REQUESTS = HERE / "pull_requests.yml"
SECOND_READERS = HERE / "second_readers.yml"
#: What a checkout needs for the workflows, besides what makes a site.
MORE = (".ci", ".github", ".gitignore", "Makefile", "pyproject.toml", "requirements.txt",
        "requirements-setup.txt", "requirements-dev.txt")  # fmt: skip
#: Programs that the Makefile finds in .venv/bin, and how they are started here.
PROGRAMS = {"python": "", "mkdocs": "-m mkdocs", "synoptic": "-m synoptic"}
BINARIES = ("lychee", "pip-audit")
#: Workflows all of whose shell steps have tests of their own.
OWN_STORIES = ("pull-request", "shards")
#: What jobs of a workflow may write, if anything.
WRITES = {"deploy": {"pages", "id-token"}, "weekly": {"issues"}}
#: Git may be set to run hooks from a folder of the checkout; from a stranger's branch it must not.
NO_HOOKS = ("-c", "core.hooksPath=/dev/null")


def read(path: Path) -> dict[Any, Any]:
    """A YAML file. (YAML 1.1 reads the key ``on`` as true.)"""
    loaded: dict[Any, Any] = read_yaml(path)
    return loaded


# -- rights and forms ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda p: p.stem)
def test_workflow_may_do_little(path: Path) -> None:
    """Every job ends in time; only publishing and reporting may write, and run no code of ours; versions stand beside
    pins."""
    text = path.read_text(encoding="utf-8")
    assert read(path)["permissions"] == {}
    assert "secrets" not in text
    for job in read(path)["jobs"].values():
        assert job["timeout-minutes"] <= 45
        writes = {key for key, value in job["permissions"].items() if value != "read"}
        assert writes <= WRITES.get(path.stem, set())
        if writes:
            assert not any("checkout" in step.get("uses", "") for step in job["steps"])
            words = {word for step in job["steps"] for word in re.findall(r"[\w./-]+", step.get("run", ""))}
            assert not words & {"make", "python", "python3", "pip", "bash", "sh", "source", "eval", "npx", "curl"}
    assert len(re.findall(r"uses: \S+@\w{40} # v\d+\.\d+\.\d+\n", text)) == text.count("uses:")


def test_only_upstream_asks_other_hosts() -> None:
    """The weekly jobs run on the main branch of one repository, the one that the owners and the links belong to."""
    guards = {job["if"] for job in read(GITHUB / "workflows/weekly.yml")["jobs"].values()}
    assert len(guards) == 1
    guard, main = guards.pop().split(" && ")
    assert main == "github.ref == 'refs/heads/main'"
    upstream = guard.removeprefix("github.repository == '").removesuffix("'")
    assert re.fullmatch(r"[\w-]+/[\w-]+", upstream)
    owners = set(re.findall(r"@([\w-]+)/", (GITHUB / "CODEOWNERS").read_text(encoding="utf-8")))
    assert owners == {upstream.split("/")[0]}
    links = re.findall(r"https://github\.com/([\w-]+/[\w-]+)", (GITHUB / "ISSUE_TEMPLATE/config.yml").read_text())
    assert set(links) == {upstream}


def test_no_proposal_chooses_what_is_asked() -> None:
    """Pages are asked by schedule or by hand only; no workflow that a proposal starts asks any."""
    asking = [path.stem for path in WORKFLOWS if re.search(r"synoptic watch|make watch", path.read_text())]
    assert asking == ["weekly"]
    assert set(read(GITHUB / "workflows/weekly.yml")[True]) == {"schedule", "workflow_dispatch"}


def test_new_releases_of_both_kinds_are_proposed() -> None:
    """Dependabot watches packages and actions."""
    kinds = [update["package-ecosystem"] for update in read(GITHUB / "dependabot.yml")["updates"]]
    assert sorted(kinds) == ["github-actions", "pip"]


def test_a_page_can_fill_in_the_form() -> None:
    """The ids that addresses of the site may fill in are those of the form, and only the problem must be typed."""
    fields = {f["id"]: f for f in read(GITHUB / "ISSUE_TEMPLATE/problem.yml")["body"] if "id" in f}
    assert {"claim", "source", "commit", "page", "problem"} <= set(fields)
    assert all(fields[name]["type"] == "input" for name in ("claim", "source", "commit", "page"))
    assert {name for name, f in fields.items() if f["validations"]["required"]} == {"kind", "problem"}


@pytest.mark.parametrize("path", FORMS, ids=lambda p: p.stem)
def test_forms_ask_for_the_part_in_the_story(path: Path) -> None:
    """Each form asks for an affiliation; each id is used once."""
    ids = [f["id"] for f in read(path)["body"] if "id" in f]
    assert len(ids) == len(set(ids))
    assert "affiliation" in ids


def test_template_asks_for_source_affiliation_assistance() -> None:
    """A pull request must say where the text is from, who opens it and who or what helped."""
    text = (GITHUB / "pull_request_template.md").read_text(encoding="utf-8")
    assert all(word in text for word in ("Sources", "affiliation", "Assistance"))


# -- two clones, and what GitHub would do --------------------------------------------------------------------------


def equip(checkout: Path) -> None:
    """A .venv that is ready already: the interpreter of the tests under the names that the Makefile calls."""
    folder = checkout / ".venv/bin"
    folder.mkdir(parents=True)
    for name, words in PROGRAMS.items():
        start = f'PYTHONPATH="{checkout}/{PROGRAM}" exec "{sys.executable}" {words} "$@"'
        (folder / name).write_text(f"#!/bin/sh\n{start}\n", encoding="utf-8")
        (folder / name).chmod(0o755)
    for name in BINARIES:
        (folder / name).symlink_to(Path(sys.executable).with_name(name))
    for name in (".ready", ".ready-dev"):
        (checkout / ".venv" / name).touch()


@dataclass(frozen=True)
class Run:
    """A job that was run: whether it failed, what it printed, its summary, its folder."""

    failed: bool
    output: str
    summary: str
    folder: Path

    @property
    def annotations(self) -> list[str]:
        """The lines that GitHub shows at a file."""
        return [line for line in self.output.splitlines() if line.startswith(("::error", "::warning"))]


def run_job(
    workflow: str, job: str, folder: Path, given: Mapping[str, str], before: Callable[[], None], **more: str
) -> Run:
    """Run the shell steps of a job as a runner does: in order, each in bash, those after a failure left out.

    In: the folder of the job; the values of the expressions that its steps use; what to do before each step (the
    part of actions that are not run); more of the environment.
    """
    summary, home, temporary = (folder.parent / f"{folder.name}-{name}" for name in ("summary.md", "home", "temporary"))
    summary.touch()
    home.mkdir()
    temporary.mkdir()
    environment = {
        "PATH": os.environ["PATH"], "HOME": str(home), "TMPDIR": str(temporary), "LANG": "C.UTF-8", "CI": "true",
        "GITHUB_ACTIONS": "true", "GITHUB_STEP_SUMMARY": str(summary), "GITHUB_WORKSPACE": str(folder),
        "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1", "NO_MKDOCS_2_WARNING": "1", **more,
    }  # fmt: skip

    def value(text: str) -> str:
        return re.sub(r"\$\{\{ (.+?) \}\}", lambda hit: given[hit[1]], text)

    failed, output = False, ""
    for step in read(GITHUB / f"workflows/{workflow}.yml")["jobs"][job]["steps"]:
        if "run" not in step or (failed and "always()" not in step.get("if", "")):
            continue
        before()
        own = {key: value(str(text)) for key, text in step.get("env", {}).items()}
        done = subprocess.run(
            ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", value(step["run"])],
            cwd=folder, env=environment | own, check=False, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
        )  # fmt: skip
        failed, output = failed or done.returncode != 0, output + done.stdout
    assert list(temporary.iterdir()) == [], "something stayed in the folder for temporary files"
    return Run(failed, output, summary.read_text(encoding="utf-8"), folder)


@dataclass(frozen=True)
class Story:
    """A pull request from both sides: the main repository, and a stranger's clone of it."""

    root: Path
    stranger: Project  # the stranger's clone, where the change is made
    reviewer: Project  # the reviewer's clone of the main repository
    canary: Path  # a file that the stranger's code writes as soon as any of it runs

    def propose(self) -> None:
        """Commit all that was changed in the stranger's clone, and fetch it as the reviewer does."""
        git(self.stranger.root, "add", "--all", "--force", "--", ".", ":(exclude).venv")
        git(self.stranger.root, "commit", "--quiet", "--message", "A change")
        git(self.reviewer.root, "fetch", "--quiet", self.stranger.root, "HEAD")

    def preview(self, code: int) -> str:
        """Do as the page for reviewers says: make a worktree of the proposal, ``preview`` it; the output."""
        git(self.reviewer.root, *NO_HOOKS, "worktree", "add", "--quiet", "--detach", "../pull-12", "FETCH_HEAD")
        done = self.reviewer.run("synoptic", "preview", "--data", "../pull-12", "--check", check=False)
        assert done.returncode == code, done.stdout
        return done.stdout

    def job(self, name: str = "look", where: str = "job", **more: str) -> Run:
        """What a job of the workflow does: the merge is checked out, then its shell steps run."""
        folder = self.root / where
        folder.mkdir()
        git(self.root, "clone", "--quiet", self.reviewer.root, folder / "pull")
        git(folder / "pull", "fetch", "--quiet", self.stranger.root, "HEAD")
        git(folder / "pull", "merge", "--quiet", "--no-ff", "--message", "Merge", "FETCH_HEAD")

        def ready() -> None:
            for name in ("pull", "base"):
                if (folder / name).is_dir() and not (folder / name / ".venv").exists():
                    equip(folder / name)

        site = "https://host.test/site.zip"
        given = {
            "github.event.pull_request.number": "12", "steps.kept.outputs.artifact-url": site,
            "github.event.pull_request.head.sha": git(folder / "pull", "rev-parse", "HEAD^2"),
            "github.event.pull_request.user.login": "stranger", "github.token": "token",
        }  # fmt: skip
        return run_job("pull-request", name, folder, given, ready, **more)


@pytest.fixture
def story(tmp_path: Path) -> Story:
    """A main repository with the invented briefing, cloned by a stranger and by a reviewer."""
    made = copy_checkout(tmp_path / "main", example=False)
    made.add_harbour()
    for name in MORE:
        source = CHECKOUT / name
        (shutil.copytree if source.is_dir() else shutil.copy)(source, made.root / name)
    git(made.root, "init", "--quiet", "--initial-branch=main")
    git(made.root, "add", "--all")
    git(made.root, "commit", "--quiet", "--message", "The main branch")
    for name in ("stranger", "reviewer"):
        git(tmp_path, "clone", "--quiet", made.root, name)
    return Story(tmp_path, Project(tmp_path / "stranger"), Project(tmp_path / "reviewer"), tmp_path / "canary")


@pytest.mark.slow
@pytest.mark.parametrize("case", [pytest.param(case, id=name) for name, case in read(PULL_REQUESTS).items()])
def test_pull_request(story: Story, case: dict[str, Any]) -> None:
    """The reviewer's preview and the job say what they should of a proposal; neither shows what is not published."""
    for edit in case["edits"]:
        apply_edit(story.stranger.root, edit)
    story.propose()
    if expected := case.get("preview"):
        preview = story.preview(expected["code"])
        assert [part for part in expected["output"] if part not in preview] == [], preview
    expected = case["job"]
    run = story.job(**expected.get("environment", {}))
    assert run.failed is expected["fails"], run.output
    said = {"output": run.output, "summary": run.summary, "annotations": "\n".join(run.annotations)}
    for where, text in said.items():
        assert [part for part in expected.get(where, ()) if part not in text] == [], text
    assert len(run.annotations) == expected.get("marks", len(run.annotations))
    assert not any(a.startswith("::error file=mkdocs.yml") for a in run.annotations)
    assert "root:" not in run.output + run.summary
    pages = expected.get("pages", {})
    assert (run.folder / "out/site").exists() == bool(pages)
    for path, text in pages.items():
        assert text in (run.folder / "out/site" / path / "index.html").read_text(encoding="utf-8")
    assert not any(b"CANARY" in p.read_bytes() for p in (run.folder / "out").rglob("*") if p.is_file())


@pytest.mark.slow
@pytest.mark.parametrize("case", [pytest.param(case, id=name) for name, case in read(SECOND_READERS).items()])
def test_second_reader(story: Story, case: dict[str, Any]) -> None:
    """The job is red for what `diff` puts first, until somebody else has approved this commit."""
    for edit in case["edits"]:
        apply_edit(story.stranger.root, edit)
    story.propose()
    for number, one in enumerate(case["tries"]):
        stubs = story.root / f"stubs-{number}"
        stubs.mkdir()
        told = "".join(line.replace(" ", "\t") + "\n" for line in one.get("reviews", ()))
        (stubs / "gh").write_text(f"#!/bin/sh\nsed s/HERE/$COMMIT/ <<'END'\n{told}END\n", encoding="utf-8")
        (stubs / "gh").chmod(0o755)
        path = f"{stubs}{os.pathsep}{os.environ['PATH']}"
        run = story.job("second-reader", f"job-{number}", PATH=path)
        assert run.failed is one["fails"], run.output
        assert [part for part in one.get("output", ()) if part not in run.output] == [], run.output
        assert one.get("summary", "") in run.summary


@pytest.mark.slow
def test_hostile_code_does_not_run_at_the_reviewers(story: Story) -> None:
    """Code in every place that could run it: the reviewer's preview runs none of it and shows the data alone."""
    story.stranger.plant("around", story.canary)
    git(story.reviewer.root, "config", "core.hooksPath", ".hooks")
    story.propose()
    page = (CHECKOUT / "docs/contribute/review.md").read_text(encoding="utf-8")
    assert f"git {' '.join(NO_HOOKS)} worktree add --detach ../pull-12 FETCH_HEAD" in page
    assert "pages that differ: 0" in story.preview(0)
    assert not story.canary.exists()
    run = story.job(CI="")
    assert run.failed
    assert "this would run the branch's own code" in run.output
    assert not story.canary.exists()
    story.stranger.run("synoptic", "check", check=False)
    assert story.canary.exists(), "the canary was never alive"


@pytest.mark.slow
@pytest.mark.parametrize("path", [p for p in WORKFLOWS if p.stem not in OWN_STORIES], ids=lambda p: p.stem)
def test_shell_steps_run(story: Story, path: Path) -> None:
    """Every shell step of the other workflows runs here, but for the whole proof itself and for other hosts."""
    stubs, log = story.root / "stubs", story.root / "called"
    stubs.mkdir()
    more = {"LYCHEE_ARGS": "--offline", "AUDIT_ARGS": "--dry-run", "PATH": f"{stubs}{os.pathsep}{os.environ['PATH']}"}
    opened = f'echo gh "$@" >> {log}; cat >> {log}'
    (stubs / "gh").write_text(
        f'#!/bin/sh\nif [ "$2" = list ]; then echo "The page of a/open changed"; else {opened}; fi\n', encoding="utf-8"
    )
    (stubs / "gh").chmod(0o755)
    if path.stem == "ci":  # it is this very proof: only that it would begin is shown
        for name in ("make", "python", "chromium", "sudo", "apt-get"):
            (stubs / name).write_text(f'#!/bin/sh\necho {name} "$@" >> {log}\n', encoding="utf-8")
            (stubs / name).chmod(0o755)
    equip(story.reviewer.root)
    for number, job in enumerate(read(path)["jobs"]):
        folder = story.root / f"job-{number}"
        shutil.copytree(story.reviewer.root, folder, symlinks=True)
        for source in ("open", "new") if job == "report" else ():
            (folder / "watched").mkdir(exist_ok=True)
            (folder / f"watched/a--{source}.md").write_text(f"The page of a/{source} changed\n\nIt was edited.\n")
        given = {"github.token": "t", "github.repository": "a/b"}
        run = run_job(path.stem, job, folder, given, lambda: None, **more)
        assert not run.failed, run.output
        if path.stem == "deploy" and job == "build":
            assert (folder / "site/index.html").exists()
    if path.stem == "weekly":
        title = "gh issue create --title The page of a/new changed --body-file -"
        assert log.read_text(encoding="utf-8").split("\n") == [title, "", "It was edited.", ""]
    if path.stem == "ci":
        begun = log.read_text(encoding="utf-8")
        assert "make test-all" in begun
        assert "python -m pytest -m not slow" in begun


# -- a site in shares ----------------------------------------------------------------------------------------------

SHARES = 3


@pytest.mark.slow
def test_shares_make_the_same_site(tmp_path: Path) -> None:
    """The jobs of shards.yml, each in a clone of its own and all at the same time, make the very site that one build
    makes, to the byte."""
    made = copy_checkout(tmp_path / "main")
    synthetic.write(made.root, 4, 10)
    for name in MORE:
        source = CHECKOUT / name
        (shutil.copytree if source.is_dir() else shutil.copy)(source, made.root / name)
    made.edit("mkdocs.yml", "# site_url: https://example.org/", "site_url: https://example.org/")
    made.commit("2031-03-10T12:00:00Z")
    numbers = range(1, SHARES + 1)
    for name in ("whole", "merge", *map(str, numbers)):
        git(tmp_path, "clone", "--quiet", made.root, name)
        equip(tmp_path / name)
    steps = read(GITHUB / "workflows/shards.yml")["jobs"]["share"]["steps"]
    (path,) = (step["with"]["path"] for step in steps if "upload-artifact" in step.get("uses", ""))

    def run_share(number: int) -> Run:
        given = {"matrix.shard": str(number), "strategy.job-total": str(SHARES)}
        run = run_job("shards", "share", tmp_path / str(number), given, lambda: None)
        kept = re.sub(r"\$\{\{ (.+?) \}\}", lambda hit: given[hit[1]], path)
        shutil.copytree(tmp_path / str(number) / kept, tmp_path / f"merge/shards/shard-{number}")
        return run

    with ThreadPoolExecutor() as pool:
        runs = [*pool.map(run_share, numbers)]
    assert [run.output for run in runs if run.failed] == []
    merged = run_job("shards", "merge", tmp_path / "merge", {}, lambda: None)
    assert not merged.failed, merged.output
    whole = Project(tmp_path / "whole")
    whole.run("synoptic", "site")
    one, several = read_files(whole.root / "site"), read_files(tmp_path / "merge/site")
    assert sorted(one) == sorted(several)
    assert [name for name, content in one.items() if several[name] != content] == []
    assert sum(name.startswith("briefings/") for name in one) > 100
