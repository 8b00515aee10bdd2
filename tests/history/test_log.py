"""The published history: a repository with a scripted past, its change log, its feeds and its register as golden files.

``python -m tests.history.test_log`` writes the golden files anew: look at the difference.
"""

import io
import json
import os
import re
import shutil
import subprocess
import xml.etree.ElementTree as ET
import zipfile
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import feedparser
import pytest

from build_tools.base.problems import Place
from build_tools.check.registry import check
from build_tools.cli.main import main
from build_tools.compare.ids import explain_unused, format_register, make_register
from build_tools.compare.summary import list_credited_speakers
from build_tools.history import log
from build_tools.history.excerpt import HISTORY_FILE
from build_tools.load import git
from build_tools.load.git import Repository
from build_tools.load.load import load
from build_tools.model.change import Change
from build_tools.model.history import CHANGES_PER_PAGE, Entry, History
from build_tools.model.site import Publication, Site
from build_tools.pages import feeds, render, site_pages
from build_tools.site import permalinks
from tests.history.scripted import COST, Scripted
from tests.projects import SMALL as SLUG
from tests.projects import replace_once, small_project

HERE = Path(__file__).parents[1]
GOLDEN = HERE / "history"
PUBLISHED = Publication(name="Invented", site_url="https://site.test/x/", repo_url="https://repo.test/a/b")


def script(root: Path) -> Scripted:
    """A briefing that is drafted, published, reworded, corrected, renamed in part, merged into, and reverted."""
    made = Scripted(small_project(root))
    status = root / SLUG / "briefing.yml"
    as_is = status.read_text(encoding="utf-8")
    status.write_text(as_is.replace("status: published", "status: draft"), encoding="utf-8")
    made.commit()
    made.commit(claims__cost=("The works cost 1.9 billion crowns.\n", "The works cost a lot.\n"))
    status.write_text(as_is, encoding="utf-8")
    made.commit()
    made.commit(claims__cost=("The works cost a lot.\n", "The works cost 1.9 billion crowns.\n"))
    made.commit(
        claims__cost=("herald-cost, source: herald, stance: denies", "herald-cost, source: herald, stance: asserts")
    )
    flipped = made.git("rev-parse", "HEAD")
    path = root / SLUG / "claims/cost.yml"
    old, new = "quote: the ferry fleet is reportedly for sale", "quote: ferry fleet is reportedly for sale"
    path.write_text(path.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")
    lock(root)
    made.commit()
    text = path.read_text(encoding="utf-8").replace("- id: cost-19\n", "- id: cost-of-works\n  was: [cost-19]\n")
    path.write_text(text, encoding="utf-8")
    lock(root)
    made.commit()
    made.git("switch", "-q", "-c", "theirs")
    opening(made, "The tunnel is two years late.", "The tunnel is quite late.")
    opening(made, "The tunnel is quite late.", "The tunnel is late by two years.")
    made.git("switch", "-q", "main")
    made.commit(figures=('value: "2"', 'value: "two"'))
    made.git("merge", "-q", "--no-ff", "-m", "A merge", "theirs")
    made.git("revert", "--no-edit", flipped)
    return made


def opening(made: Scripted, before: str, after: str) -> None:
    """A commit that replaces a text in the claims of the opening date."""
    replace_once(made.root / SLUG / "claims/opening-date.yml", before, after)
    made.commit()


def more(root: Path) -> Scripted:
    """The copy of a scripted repository, to be gone on with."""
    made = Scripted.__new__(Scripted)
    made.root, made.second = root, 1_900_009_000
    return made


def feeds_of(site: Site) -> dict[str, str]:
    """Every feed, by its path."""
    found = feeds.site_feed(site)
    for briefing in site.briefings:
        found |= feeds.briefing_feed(site, briefing)
    for name in (speaker.id for speaker in list_credited_speakers(site)):
        found |= feeds.speaker_feed(site, name)
    return found


def lock(root: Path) -> None:
    """The locks and the register anew, signed on the day they were."""
    folder = root / SLUG
    assert main(["--root", str(root), "lock", "harbour-tunnel", "--by", "A Tester"]) in (0, 1)
    for path in folder.glob("sources/*.lock"):
        text = re.sub(r"checked_on: .*", "checked_on: '2031-03-09'", path.read_text(encoding="utf-8"))
        path.write_text(text, encoding="utf-8")


@pytest.fixture(scope="session")
def past(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The scripted repository. Not to be changed."""
    kept = {k: v for k, v in os.environ.items() if k.startswith("GIT_") or k == "SYNOPTIC_ARTICLES"}
    try:
        for name in kept:
            del os.environ[name]
        os.environ |= {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"}
        return script(tmp_path_factory.mktemp("past") / "project").root
    finally:
        for name in ("GIT_CONFIG_GLOBAL", "GIT_CONFIG_NOSYSTEM"):
            del os.environ[name]
        os.environ |= kept


@pytest.fixture
def own(past: Path, tmp_path: Path) -> Path:
    """A copy of the scripted repository to change."""
    return Path(shutil.copytree(past, tmp_path / "own", symlinks=True))


def site_of(root: Path, publication: Publication = PUBLISHED) -> Site:
    """The project with its history."""
    log.walk_history.cache_clear()
    site, problems = load(root)
    assert site is not None
    assert [str(p) for p in (*problems, *check(site)) if p.level == "error"] == []
    return log.with_history(replace(site, publication=publication), root)


def record_of(root: Path) -> History:
    """The history of a project."""
    found = site_of(root).history
    assert found is not None
    return found


def told(found: History) -> list[tuple[str, str]]:
    """Every change of the harbour briefing as (kind, id), the oldest first."""
    return [(change.kind, change.id) for entry in found.entries_of("harbour-tunnel") for change in entry.changes]


def named(text: str) -> str:
    """A page or feed with its commits and ids by number, since they hang on every byte of the project."""
    for pattern, sign in (
        (r"\b[0-9a-f]{8}-[0-9a-f-]{27}\b", "uuid-"),
        (r"\b[0-9a-f]{40}\b", "commit-"),
        (r"\b[0-9a-f]{12}\b", "c"),
    ):
        names = dict.fromkeys(re.findall(pattern, text))
        for number, name in enumerate(names, 1):
            text = text.replace(name, f"{sign}{number}")
    return text


def outcome(root: Path) -> dict[str, str]:
    """The golden files of the scripted repository."""
    site = site_of(root)
    pages = render.render_site(site, drafts=False)
    base = "briefings/harbour-tunnel"
    return {
        "changes.md": named(str(pages[f"{base}/changes/index.md"])),
        "feed.xml": named(str(pages[f"{base}/feed.xml"])),
        "speaker.xml": named(str(pages["speakers/city-engineer/feed.xml"])),
        "claims.json": json.dumps(
            json.loads(pages["api/v1/briefings/harbour-tunnel/claims.json"]), ensure_ascii=False, indent=1
        ),
        "ids.lock": (root / SLUG / "ids.lock").read_text(encoding="utf-8"),
    }


@pytest.mark.parametrize("name", ["changes.md", "feed.xml", "speaker.xml", "claims.json", "ids.lock"])
def test_golden(past: Path, name: str) -> None:
    """The scripted past gives the change log, feeds, data and register that were looked at and kept."""
    assert outcome(past)[name] == (GOLDEN / name).read_text(encoding="utf-8")


def test_what_the_script_tells(past: Path) -> None:
    """Nothing of the draft; a merge is one step; a revert says what it undoes; corrections are marked and stay."""
    found = record_of(past)
    steps = found.entries_of("harbour-tunnel")
    assert [c.kind for c in steps[0].changes] == ["briefing-added"]
    kinds = [[c.kind for c in entry.changes if not c.first] for entry in steps[1:]]
    assert kinds[0] == ["claim-reworded"]
    assert kinds[1] == ["verdict-changed", "statement-stance"]
    assert kinds[2] == ["quotation-cut"]
    assert kinds[3] == ["claim-id"]
    assert kinds[4] == ["figure-changed"]
    assert kinds[5] == ["claim-reworded"]
    assert kinds[6] == ["verdict-changed", "statement-stance"]
    (merged,) = (c for c in steps[6].changes if c.kind == "claim-reworded")
    assert (merged.before, merged.after) == ("The tunnel is two years late.", "The tunnel is late by two years.")
    undone = {change.kind: entry for (commit, change), entry in found.reverted.items() if commit == steps[7].commit}
    assert undone == {"verdict-changed": steps[2], "statement-stance": steps[2]}
    assert sum(c.correction for entry in steps for c in entry.changes) == 6


def test_dates_of_claims(past: Path) -> None:
    """A claim is first stated when its briefing was published, whatever id it had, and last changed as the log says."""
    found = record_of(past)
    steps = found.entries_of("harbour-tunnel")
    works = found.claim_dates("harbour-tunnel", "cost-of-works")
    assert works.first is not None
    assert works.last is not None
    assert (works.first.commit, works.last.commit) == (steps[0].commit, steps[-1].commit)
    late = found.claim_dates("harbour-tunnel", "two-years-late")
    assert late.last is not None
    assert late.last.commit == steps[6].commit
    untouched = found.claim_dates("harbour-tunnel", "what-inspection-found")
    assert (untouched.first, untouched.last) == (works.first, None)
    assert found.claim_changed_on("harbour-tunnel", "what-inspection-found") == ""
    assert found.cell_changed_on("harbour-tunnel", "cost-of-works", "herald") == works.last.day
    assert found.cell_changed_on("harbour-tunnel", "cost-of-works", "gazette") == ""


def test_a_cache_changes_nothing(own: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """With the cache no file of the past is read, without it the same comes out, and a broken one is passed over."""
    cold = outcome(own)
    read = git.Repository.read_object
    monkeypatch.setattr(git.Repository, "read_object", lambda self, name: pytest.fail("a file was read"))
    assert outcome(own) == cold
    monkeypatch.setattr(git.Repository, "read_object", read)
    cache = own / log.CACHE
    good = cache.read_text(encoding="utf-8")
    for bad in ("", "{", "[]", "null", '{"version": 1}', good.replace("claim-reworded", "no-such-kind"), good[:-30]):
        cache.write_text(bad, encoding="utf-8")
        assert outcome(own) == cold, bad[:40]
        assert cache.read_text(encoding="utf-8") == good


def test_only_new_commits_are_read(own: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """After one more commit the walk compares one step; what an older program kept is not believed."""
    before = told(record_of(own))
    scripted = more(own)
    opening(scripted, "The tunnel opens in June.", "The tunnel opens in July.")
    compared: list[str] = []
    real = log.Walk.compare

    def noted(self: log.Walk, *words: object, **more: object) -> object:
        compared.append("one")
        return real(self, *words, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(log.Walk, "compare", noted)
    after = told(record_of(own))
    assert after == [*before, ("claim-reworded", "opens-in-june")]
    assert compared == ["one"]
    monkeypatch.setattr(log, "hash_program", lambda: "another")
    assert told(record_of(own)) == after
    assert len(compared) > 5


def test_edits_that_are_not_committed_ask_git_one_thing(own: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """While somebody types, the history is the last one read, and no walk begins."""
    first = record_of(own)
    monkeypatch.setattr(git.Repository, "list_steps", lambda *_: pytest.fail("a walk began"))
    path = own / COST
    path.write_text(path.read_text(encoding="utf-8").replace("1.9 billion", "2 billion", 1), encoding="utf-8")
    assert log.read_history(own) is first


def test_a_shallow_clone_says_how_far_it_reaches(past: Path, tmp_path: Path) -> None:
    """A shallow clone tells what it has, says where it begins, and dates older claims before that."""
    there = tmp_path / "shallow"
    subprocess.run(["git", "clone", "-q", "--depth", "4", f"file://{past}", there], check=True, capture_output=True)
    site = site_of(there)
    found = site.history
    assert found is not None
    assert found.since is not None
    whole = told(record_of(past))
    assert told(found) == whole[-len(told(found)) :]
    pages = render.render_site(site, drafts=False)
    assert "This copy of the history begins on" in pages["briefings/harbour-tunnel/changes/index.md"]
    assert "First stated before 17 March 2030" in pages["briefings/harbour-tunnel/topics/opening-date/index.md"]
    subprocess.run(["git", "fetch", "-q", "--unshallow"], cwd=there, check=True, capture_output=True)
    assert told(record_of(there)) == whole


def test_a_shallow_clone_of_one_commit(past: Path, tmp_path: Path) -> None:
    """With no more than the last commit nothing is told and no page made; claims still say when they were verified."""
    there = tmp_path / "shallow"
    subprocess.run(["git", "clone", "-q", "--depth", "1", f"file://{past}", there], check=True, capture_output=True)
    pages = render.render_site(site_of(there), drafts=False)
    assert not [path for path in pages if "changes" in path or path.endswith(".xml")]
    assert "Last verified" in pages["briefings/harbour-tunnel/topics/cost/index.md"]


def test_without_git(past: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without a repository, or without Git, the log and feeds are left out and the Method page says so."""
    shutil.copytree(past / "briefings", tmp_path / "plain" / "briefings")
    for root, path in ((tmp_path / "plain", os.environ["PATH"]), (past, "")):
        monkeypatch.setenv("PATH", path)
        site = site_of(root)
        assert site.history is None
        pages = render.render_site(site, drafts=False)
        assert not [path for path in pages if "changes" in path or path.endswith(".xml")]
        assert "built without the history of its repository" in pages["method.md"]
        topic = pages["briefings/harbour-tunnel/topics/cost/index.md"]
        assert "Last verified" in topic
        assert "First stated" not in topic
        assert ">Changes<" not in topic


def test_a_zip_takes_the_history_with_it(past: Path, tmp_path: Path) -> None:
    """A zip of a briefing, unpacked where no repository is, gives its pages with dates, change log, feed and zip."""
    site = site_of(past)
    slug = "harbour-tunnel"
    before = own_files(render.render_site(site, drafts=False), slug)
    archive = before[f"briefings/{slug}/{slug}.zip"]
    assert isinstance(archive, bytes)
    with zipfile.ZipFile(io.BytesIO(archive)) as opened:
        opened.extractall(tmp_path)
    assert f"briefings/{slug}/changes/index.md" in before
    assert own_files(render.render_site(site_of(tmp_path), drafts=False), slug) == before


def own_files(pages: Mapping[str, str | bytes], slug: str) -> dict[str, str | bytes]:
    """The files of one briefing."""
    return {n: v for n, v in pages.items() if n.startswith((f"briefings/{slug}/", f"api/v1/briefings/{slug}/"))}


WRONG = (
    "", "[]", "{}", "nul", '{"commits": []}', '{"commits": {"a": "<script>"}}', '{"commits": {"a": 1}}',
    '{"commits": {}, "since": null, "unread": 0, "entries": [["%s", 1e30, [], {}]]}' % ("a" * 40),
    '{"commits": {}, "since": null, "unread": 0, "entries": [["%s", 1, [["x"]], {}]]}' % ("a" * 40),
    '{"commits": {}, "since": null, "unread": 0, "entries": [["%s", 1, '
    '[["claim-added", 1, "head", "", "", "", "", "", null, null, [], "x"]], {}]]}' % ("a" * 40),
    '{"commits": {}, "since": ["x", 1], "unread": 0, "entries": []}', "[" * 100_000, "\udcff",
)  # fmt: skip


@pytest.mark.parametrize("text", WRONG)
def test_a_history_file_of_another_shape_says_nothing(text: str, tmp_path: Path) -> None:
    """Whatever else stands in HISTORY.json: no commit and no history is taken from it, and nothing fails."""
    small_project(tmp_path)
    (tmp_path / HISTORY_FILE).write_text(text, encoding="utf-8", errors="surrogateescape")
    site = site_of(tmp_path)
    assert site.commits == {}
    assert site.history is None


def test_taken_back_and_published_again(own: Path) -> None:
    """A briefing that becomes a draft again says so once; what changed meanwhile is told when it is published again."""
    before = len(told(record_of(own)))
    scripted = more(own)
    scripted.commit(briefing=("status: published", "status: draft"))
    opening(scripted, "The tunnel opens in June.", "The tunnel opens in May.")
    opening(scripted, "The tunnel opens in May.", "The tunnel opens in July.")
    scripted.commit(briefing=("status: draft", "status: published"))
    found = record_of(own)
    assert told(found)[before:] == [
        ("briefing-status", "harbour-tunnel"),
        ("briefing-status", "harbour-tunnel"),
        ("claim-reworded", "opens-in-june"),
    ]
    assert found.entries_of("harbour-tunnel")[-1].changes[-1].before == "The tunnel opens in June."


def test_a_past_that_cannot_be_read_is_told_later(own: Path) -> None:
    """What a broken commit changed is told with the next that can be read; the number of such commits is said."""
    before = len(told(record_of(own)))
    scripted = more(own)
    opening(scripted, "- id: opens-in-june\n  claim: The tunnel opens in June.", "- id: [\n  claim: It.")
    opening(scripted, "- id: [\n  claim: It.", "- id: opens-in-june\n  claim: The tunnel opens in July.")
    found = record_of(own)
    assert told(found)[before:] == [("claim-reworded", "opens-in-june")]
    assert found.unread == 1
    pages = render.render_site(site_of(own), drafts=False)
    assert "This version of the program cannot read 1 commit" in pages["briefings/harbour-tunnel/changes/index.md"]


def test_a_removed_briefing_stays_in_the_log_of_the_site(own: Path) -> None:
    """A briefing that went is told, and its changes stay in the log and feed of the site."""
    scripted = more(own)
    shutil.rmtree(own / SLUG)
    scripted.commit()
    site = site_of(own)
    pages = render.render_site(site, drafts=False)
    assert "The briefing <b>harbour&#45;tunnel</b> was removed&#46;" in pages["changes/index.md"]
    assert "now says something else" in pages["changes/index.md"]
    assert "now says something else" in pages["changes/feed.xml"]


# -- many changes ---------------------------------------------------------------------------------------------------


def many(commits: int, each: int) -> History:
    """A history of invented changes with words that differ in every second one."""
    words = " ".join(f"w{n}" for n in range(40))
    other = " ".join(f"w{n}" if n % 2 else f"x{n}" for n in range(40))
    change = Change(
        "claim-reworded", "cost-19", Place("x"), briefing="harbour-tunnel", claim="cost-19", before=words, after=other
    )
    return History(
        tuple(
            Entry(
                f"{number:040x}",
                1_900_000_000 + number,
                tuple(replace(change, after=f"{other} {n % 7}") for n in range(each)),
            )
            for number in range(commits)
        )
    )


@pytest.mark.parametrize(("commits", "each"), [(400, 3), (2, 700), (1, 150), (1, 151)])
def test_no_page_is_too_large(past: Path, commits: int, each: int) -> None:
    """However much changed at once, no page comes near 10,000 elements, and every change stands on a numbered page."""
    site = replace(site_of(past), history=many(commits, each))
    pages = {k: v for k, v in site_pages.change_pages(site).items() if re.search("/[0-9]+/", k)}
    assert len(pages) == -(-commits * each // CHANGES_PER_PAGE)
    for page in (*pages.values(), site_pages.change_pages(site)["changes/index.md"]):
        assert len(re.findall(r"<[a-z]", page)) < 10_000
    assert sum(page.count("<mark>correction</mark> <span") for page in pages.values()) == commits * each


def test_a_full_page_never_changes(past: Path) -> None:
    """What stands on a full page stays there, however much is added after it."""
    site = site_of(past)
    one, other = (replace(site, history=many(n, 60)) for n in (20, 30))
    first, second = (site_pages.change_pages(s)["changes/1/index.md"] for s in (one, other))
    assert _blocks(first) == _blocks(second)


def _blocks(page: str) -> str:
    return page.split("\n## ", 1)[1].split("<nav", 1)[0]


# -- feeds ----------------------------------------------------------------------------------------------------------


def test_feeds_are_read_by_another_program(past: Path) -> None:
    """Every feed is sound XML and a sound feed, its ids are its own, its days are those of the commits."""
    site = site_of(past)
    made = feeds_of(site)
    assert {"changes/feed.xml", "briefings/harbour-tunnel/feed.xml", "speakers/city-engineer/feed.xml"} <= set(made)
    for path, text in made.items():
        ET.fromstring(text)
        found = feedparser.parse(text.encode())
        assert not found.bozo, path
        assert found.version == "atom10"
        assert found.feed.id == f"https://site.test/x/{path}"
        assert found.feed.updated_parsed[:6] == max(e.updated_parsed[:6] for e in found.entries)
        ids = [entry.id for entry in found.entries]
        assert len(set(ids)) == len(ids) > 0
        assert all(entry.link.startswith("https://site.test/x/") for entry in found.entries)
        assert all({t.term for t in entry.tags} & {"fact", "evidence", "wording"} for entry in found.entries)


def test_ids_of_entries_last(past: Path, own: Path) -> None:
    """The entry of a change has the same id and day after more commits, from another clone, and in every feed."""
    before = {e.id: e.updated for e in feedparser.parse(feeds_of(site_of(past))["changes/feed.xml"].encode()).entries}
    scripted = more(own)
    opening(scripted, "The tunnel opens in June.", "The tunnel opens in July.")
    made = feeds_of(site_of(own))
    after = {e.id: e.updated for e in feedparser.parse(made["changes/feed.xml"].encode()).entries}
    assert len(after) == len(before) + 1
    assert before.items() <= after.items()
    assert {e.id for e in feedparser.parse(made["briefings/harbour-tunnel/feed.xml"].encode()).entries} <= set(after)


def test_entries_lead_to_their_place(past: Path) -> None:
    """Each entry links to a block that is there, on a page whose address stays."""
    site = site_of(past)
    pages = render.render_site(site, drafts=False)
    for path, text in feeds_of(site).items():
        for entry in feedparser.parse(text.encode()).entries:
            page, _, anchor = entry.link.removeprefix("https://site.test/x/").partition("#")
            assert f"#{anchor} }}" in pages[f"{page}index.md"], path


def test_hostile_texts_in_a_feed(past: Path) -> None:
    """What XML forbids is dropped, and markup in a text stays text."""
    nasty = "a\x00b\x0bc\ud800d\ufffee <script>alert(1)</script> & ]]> \U0001f600"
    change = Change("claim-reworded", "x", Place("x"), briefing="harbour-tunnel", before=nasty, after=f"{nasty} more")
    entry = Entry("0" * 40, 1_900_000_000, (change, change))
    site = replace(site_of(past), history=History((entry,)))
    for text in feeds_of(site).values():
        found = feedparser.parse(text.encode())
        assert not found.bozo
        assert len({e.id for e in found.entries}) == 2
        assert "script" not in {e.tag for e in ET.fromstring(text).iter()}
        assert "<script" not in found.entries[0].summary
        assert "ab cde &#60;script" in found.entries[0].summary


def test_without_an_address_there_is_no_feed(past: Path) -> None:
    """A feed needs full addresses: without site_url there is none, no page names one, and the Method page says so."""
    pages = render.render_site(site_of(past, Publication()), drafts=False)
    assert not [path for path in pages if path.endswith(".xml")]
    assert not [path for path, text in pages.items() if "\nfeed: " in str(text)]
    assert "There are no feeds" in str(pages["method.md"])
    assert "changes/index.md" in pages


# -- ids that went --------------------------------------------------------------------------------------------------


@pytest.fixture
def led(tmp_path: Path) -> Site:
    """The invented project with ids renamed and given up in every way."""
    root = small_project(tmp_path)
    folder = root / SLUG

    def edit(name: str, *pairs: tuple[str, str]) -> None:
        for before, after in pairs:
            replace_once(folder / name, before, after)

    edit(
        "claims/cost.yml",
        ("- id: cost-19\n", "- id: cost-of-works\n  was: [cost-19]\n"),
        ("{id: herald-cost,", "{id: herald-sum, was: [herald-cost],"),
    )
    edit("sources/herald.lock", ("herald-cost", "herald-sum"))
    edit(
        "claims/opening-date.yml",
        (
            "- id: what-inspection-found\n  claim: What did the inspection find?\n"
            '  kind: question\n  terms: ["inspect*"]\n',
            "",
        ),
    )
    gone = "gone:\n  - {ids: [what-inspection-found], why: <b>Nobody</b> asks it., to: night-ferry/fire-in-galley}\n"
    edit(
        "briefing.yml",
        ("{id: cost, title: Cost}", "{id: price, was: [cost], title: Cost}"),
        ("bottom_line:", f"{gone}bottom_line:"),
    )
    (folder / "claims/cost.yml").rename(folder / "claims/price.yml")
    (folder / "sources/wire.yml").write_text(
        "was: [old-wire]\n" + (folder / "sources/wire.yml").read_text(encoding="utf-8"), encoding="utf-8"
    )
    edit("ids.lock", ("- wire\n", "- wire\n- old-wire\n"))
    speakers = root / "briefings/speakers.yml"
    speakers.write_text(
        speakers.read_text(encoding="utf-8").replace("id: city-engineer,", "id: ada-quill, was: [city-engineer],"),
        encoding="utf-8",
    )
    edit("claims/opening-date.yml", ("speaker: city-engineer", "speaker: ada-quill"))
    site, _ = load(root)
    assert site is not None
    for briefing in site.briefings:
        path = root / f"briefings/{briefing.slug}/ids.lock"
        path.write_text(format_register(make_register(briefing, briefing.register)), encoding="utf-8")
    site, problems = load(root)
    assert site is not None
    assert [*problems, *check(site)] == []
    return site


def test_old_addresses_of_claims_lead_on(led: Site) -> None:
    """The permanent address of a renamed claim leads to it, that of one that is gone to the reason; none is lost."""
    found = permalinks.render_permalinks(led)
    assert (
        'url=../../../briefings/harbour-tunnel/topics/price/#cost-of-works"'
        in found["harbour-tunnel/cost-19/index.html"]
    )
    gone = found["harbour-tunnel/what-inspection-found/index.html"]
    assert 'url=../../../briefings/harbour-tunnel/gone/#claim-what-inspection-found"' in gone
    page = render.render_site(led, drafts=False)["briefings/harbour-tunnel/gone/index.md"]
    assert 'id="claim-what-inspection-found"' in str(page)
    briefing = next(b for b in led.briefings if b.slug == "harbour-tunnel")
    assert briefing.register is not None
    assert {f"harbour-tunnel/{name}/index.html" for name in briefing.register.claims} <= found.keys()


def test_every_id_that_went_is_explained(led: Site) -> None:
    """Old pages say where things are now; old anchors of claims, statements and receipts still stand."""
    briefing = next(b for b in led.briefings if b.slug == "harbour-tunnel")
    found = {(m.subject, m.old): m for m in explain_unused(briefing, led)}
    assert {key: m.now for key, m in found.items()} == {
        ("claim", "cost-19"): "cost-of-works",
        ("claim", "what-inspection-found"): "",
        ("statement", "herald-cost"): "herald-sum",
        ("source", "old-wire"): "wire",
        ("topic", "cost"): "price",
        ("speaker", "city-engineer"): "ada-quill",
    }
    assert found["claim", "what-inspection-found"].to == "night-ferry/fire-in-galley"
    pages = {path: str(text) for path, text in render.render_site(led, drafts=False).items()}
    base = "briefings/harbour-tunnel"
    for path, there in (
        ("topics/cost", "../../topics/price/"),
        ("sources/old-wire", "../../sources/wire/"),
        ("receipts/old-wire", "../../sources/wire/"),
        ("speakers/city-engineer", "../../speakers/ada-quill/"),
    ):
        assert f'href="{there}"' in pages[f"{base}/{path}/index.md"], path
    assert 'href="../ada-quill/"' in pages["speakers/city-engineer/index.md"]
    assert '<a id="cost-19">' in pages[f"{base}/topics/price/index.md"]
    assert '<a id="s-herald-cost">' in pages[f"{base}/topics/price/index.md"]
    assert '<a id="r-herald-cost">' in pages[f"{base}/receipts/herald/index.md"]
    listed = pages[f"{base}/gone/index.md"]
    assert 'id="claim-what-inspection-found"' in listed
    assert "&#60;b&#62;Nobody" in listed
    assert 'href="../../night-ferry/topics/fire/#fire-in-galley"' in listed


def test_lock_keeps_the_register(own: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """`lock` adds ids, never drops a committed one, and forgets one that was never committed."""
    path = own / SLUG / "claims/opening-date.yml"
    question = "- id: {}\n  claim: Who pays?\n  kind: question\n  terms: [pay]\n"
    text = path.read_text(encoding="utf-8")

    def after(content: str) -> str:
        path.write_text(content, encoding="utf-8")
        main(["--root", str(own), "lock", "harbour-tunnel", "--by", "A Tester"])
        capsys.readouterr()
        return (own / SLUG / "ids.lock").read_text(encoding="utf-8")

    assert "- who-pays\n" in after(text + question.format("who-pays"))
    renamed = after(text + question.format("who-pays-for-it"))
    assert "- who-pays\n" not in renamed
    assert "- who-pays-for-it\n" in renamed
    (own / SLUG / "ids.lock").write_text("claims: []\n", encoding="utf-8")
    assert "- cost-19\n" in after(text)
    assert main(["--root", str(own), "check", "harbour-tunnel"]) == 0


def test_a_register_is_merged_by_union(past: Path) -> None:
    """The order of the register does not count, nor an id that stands twice, as a merge of both sides leaves it."""
    site, _ = load(past)
    assert site is not None
    briefing = next(b for b in site.briefings if b.slug == "harbour-tunnel")
    assert briefing.register is not None
    twice = briefing.register.model_copy(
        update={"claims": (*reversed(briefing.register.claims), *briefing.register.claims)}
    )
    assert make_register(replace(briefing, register=twice), twice) == make_register(briefing, briefing.register)


# -- relations to other briefings -----------------------------------------------------------------------------------


@pytest.mark.parametrize("how", ["continues", "refines", "contradicts", "superseded-by"])
def test_a_relation_to_another_briefing_stands_on_both_pages(tmp_path: Path, how: str) -> None:
    """A claim that bears on one of another briefing says so, and the other claim's page says it back."""
    root = small_project(tmp_path)
    path = root / SLUG / "claims/opening-date.yml"
    text = path.read_text(encoding="utf-8")
    path.write_text(
        text.replace("{to: two-years-late, how: in-tension-with,", f"{{to: night-ferry/fire-in-galley, how: {how},"),
        encoding="utf-8",
    )
    site, problems = load(root)
    assert site is not None
    assert [*problems, *check(site)] == []
    pages = render.render_site(site, drafts=False)
    term = site.vocabulary.get("relations", how)
    here, there = (
        str(pages["briefings/harbour-tunnel/topics/opening-date/index.md"]),
        str(pages["briefings/night-ferry/topics/fire/index.md"]),
    )
    assert re.search(
        rf'This {term.label.replace("-", "&#45;")} <a href="../../../night-ferry/topics/fire/#fire-in-galley">', here
    )
    assert re.search(rf'This {term.back} <a href="../../../harbour-tunnel/topics/opening-date/#opens-in-june">', there)


def test_mainline_asks_once(past: Path) -> None:
    """The steps are the first parents that touched the briefings, each with what it made of its files."""
    with Repository(past) as repository:
        steps = repository.list_steps("HEAD")
    asked = subprocess.run(
        ["git", "rev-list", "--first-parent", "--reverse", "HEAD"], cwd=past, capture_output=True, text=True, check=True
    )
    assert [step.commit for step in steps] == asked.stdout.split()
    assert all(step.files for step in steps)


def test_the_cache_holds_commits_only(own: Path) -> None:
    """The cache names commits and what changed; nothing of the machine."""
    record_of(own)
    kept = json.loads((own / log.CACHE).read_text(encoding="utf-8"))
    assert set(kept) == {"version", "commits"}
    assert str(own) not in json.dumps(kept)


if __name__ == "__main__":
    import tempfile

    with tempfile.TemporaryDirectory() as folder:
        GOLDEN.mkdir(exist_ok=True)
        for file, content in outcome(script(Path(folder) / "project").root).items():
            (GOLDEN / file).write_text(content, encoding="utf-8")
