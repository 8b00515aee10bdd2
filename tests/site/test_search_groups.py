"""The search of a large site, whose briefings are divided into groups with an index each."""

import shutil
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from synoptic.site import pagefind, search, search_groups
from tests.bench.browser import invented
from tests.browser import Open, Serve
from tests.browser import search as search_for
from tests.projects import BuiltSite, read_files

SHOWN = "document.getElementById('status').innerText + document.querySelectorAll('#results > li').length"
CLAIMS = 200  # in 4 briefings, of which one has 70 records


@pytest.fixture
def documents() -> dict[str, str]:
    """The documents of 200 invented claims, and of a page that belongs to no briefing."""
    page = search.Record("about/", "", "About", filters=search.PAGE)
    return {record.file: search.render_document(record) for record in (*invented(CLAIMS), page)}


@pytest.fixture
def small_groups(monkeypatch: pytest.MonkeyPatch) -> None:
    """Groups of some hundred records."""
    monkeypatch.setattr(search_groups, "MOST_IN_ONE", 150)
    monkeypatch.setattr(search_groups, "GROUP_SIZE", 70)


def test_each_briefing_is_in_one_group(documents: dict[str, str], small_groups: None) -> None:
    """Groups share nothing, hold whole briefings, and leave out what belongs to no briefing."""
    groups = search_groups.group_documents(documents)
    assert len(groups) > 1
    assert sorted(path for inside in groups.values() for path in inside) == sorted(
        set(documents) - {"about/index.html"}
    )
    slugs = [{path.split("/")[1] for path in inside} for inside in groups.values()]
    assert sum(map(len, slugs)) == len(set.union(*slugs)) == CLAIMS // 50


def test_a_site_of_few_records_has_one_index(documents: dict[str, str], tmp_path: Path) -> None:
    """Below the limit nothing is divided, and no file is in a folder of a group."""
    assert search_groups.group_documents(documents) == {}
    pagefind.write_index(documents, tmp_path)
    assert {path.name for path in (tmp_path / pagefind.FOLDER).iterdir() if path.is_dir()} <= {
        "index",
        "filter",
        "fragment",
    }


def test_the_guide_has_each_word_and_filter_once(documents: dict[str, str], small_groups: None) -> None:
    """A briefing's document has all words and filters of its records, its group, and no part but the guide's."""
    group, inside = min(search_groups.group_documents(documents).items())
    guide = search_groups.digest_group(group, inside).guide
    assert {path.split("/")[1] for path in inside} == {Path(path).stem for path in guide}
    for path, document in guide.items():
        mine = [one for name, one in inside.items() if name.split("/")[1] == Path(path).stem]
        words = search.strip_tags(document).split()
        assert set(words) == {word for one in mine for word in search.strip_tags(one).split()}
        assert len(words) == len(set(words))
        assert document.count('"part[title]"') == document.count('"part[title]" title="guide"') == 1
        assert f'"group[title]" title="{group}"' in document
        assert document.count('"stance[title]"') == 3


def test_an_edit_changes_one_group_and_the_guide(documents: dict[str, str], small_groups: None, tmp_path: Path) -> None:
    """After an edit the files of other groups are the same, and the index is the one that a new build would write."""
    cache, site, fresh = (tmp_path / name for name in ("cache", "site", "fresh"))
    pagefind.write_index(documents, site, cache)
    before = read_files(site)
    path = next(path for path, one in documents.items() if "blockquote" in one)
    edited = {**documents, path: documents[path].replace("</article>", "<p>bathyscaphe</p></article>")}
    pagefind.write_index(edited, site, cache)
    pagefind.write_index(edited, fresh)
    after = read_files(site)
    assert after == read_files(fresh)
    changed = {name for name in before.keys() ^ after.keys() if name.count("/") > 2 or name.endswith("pf_meta")}
    (mine,) = (name for name, inside in search_groups.group_documents(edited).items() if path in inside)
    assert {name.split("/")[1] for name in changed if name.split("/")[1].isdigit()} == {mine}
    assert b"bathyscaphe" in after["pagefind/words.txt"]
    pagefind.write_index({name: one for name, one in edited.items() if "/b-0/" in name}, site, cache)  # no group now
    assert not [name for name in read_files(site) if name.split("/")[1].isdigit()]
    assert len([path for path in cache.rglob("*") if path.is_file()]) == 1


def find_all(page: Page) -> list[str]:
    """The addresses of all results, after "More results" has brought the last ones."""
    for _ in range(100):
        if not page.locator("#more").is_visible():
            return sorted(str(link.get_attribute("href")) for link in page.locator("#results h2 a").all())
        shown = f"{page.locator('#status').inner_text()}{page.locator('#results > li').count()}"
        page.locator("#more").click()
        page.wait_for_function(f"shown => {SHOWN} !== shown || document.getElementById('more').hidden", arg=shown)
    raise AssertionError("no end of results")


@pytest.mark.slow
def test_a_divided_search_finds_the_same(
    built_site: BuiltSite, documents: dict[str, str], small_groups: None, tmp_path: Path,
    serve_folder: Serve, tab: Open, monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    """With an index for each group, all results together are those of one index; the first come from the likeliest
    group, and others are fetched only when the reader asks for more. A filter, a phrase and a beginning work, too."""
    folders = tmp_path / "one", tmp_path / "many"
    for folder, most in zip(folders, (10_000, 150), strict=True):
        for part in ("search", "assets"):
            shutil.copytree(built_site.folder / part, folder / part)
        monkeypatch.setattr(search_groups, "MOST_IN_ONE", most)
        pagefind.write_index(documents, folder)
    one, many = map(serve_folder, folders)
    claims = [record for record in invented(CLAIMS) if record.quotations]
    said = claims[70].quotations[0]
    common = max(said.quote.split(), key=lambda word: sum(word in record.title.split() for record in claims))
    queries: list[tuple[str, dict[str, str]]] = [
        (claims[0].title, {}),
        (common, {}),
        (f'"{" ".join(said.quote.split()[:3])}"', {}),
        (claims[149].title.split()[-1][:4], {}),
        (common, {"stance": said.stance}),
        ("", {"speaker": said.speaker}),
        ("about", {}),
    ]
    plain, opened = tab(one), tab(many)
    for words, narrow in queries:
        expected = [url.removeprefix(one) for url in find_all(search_for(plain, words, **narrow))]
        opened.requests.clear()
        page = search_for(opened, words, **narrow)
        asked = {url.removeprefix(many).split("/")[1] for url in opened.requests if url.endswith(".pf_meta")}
        assert len([group for group in asked if group.isdigit()]) <= 3, words
        assert [url.removeprefix(many) for url in find_all(page)] == expected, words
        assert opened.errors == []
    page = search_for(opened, claims[-1].title)
    expect(page.locator("#results > li h2").first).to_have_text(claims[-1].title)
    page = search_for(opened, common)
    expect(page.locator("#status")).to_contain_text("more briefing")
