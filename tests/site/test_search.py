"""What the search is given: records, and an index that comes out the same each time."""

import gzip
import json
from dataclasses import replace
from fnmatch import fnmatchcase
from pathlib import Path

import pytest

from synoptic.model.site import Site
from synoptic.site import pagefind, search, search_groups
from synoptic.site.additions import render_additions
from tests.html_pages import Html
from tests.projects import Project, load_site, read_files, small_project
from tests.site import CASES


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """The invented briefings, one of them also as a draft."""
    root = small_project(tmp_path_factory.mktemp("records"))
    Project(root).add_harbour("harbour-draft", title="Unlisted waters", draft=True)
    return load_site(root)


def test_every_claim_quotation_speaker_and_source_has_its_place(site: Site) -> None:
    """Of a published briefing each claim, statement, source, topic and quoted speaker is in exactly one record."""
    for briefing in (b for b in site.briefings if b.listed):
        records = list(search.find_records(site, briefing))
        base = f"briefings/{briefing.slug}/"
        gists = [(r.page, r.anchor) for r in records if r.filters["type"] == ("Paragraph",)]
        assert gists == [
            (f"{base}sources/{s.id}/", f"p-{str(n).partition('-')[0]}") for s in briefing.sources for n in s.outline
        ]
        claims = [(r.page, r.anchor) for r in records if r.filters["type"][0] == "Claim"]
        assert claims == [(f"{base}topics/{c.topic}/", c.id) for c in briefing.claims]
        said = [q.anchor for r in records for q in r.quotations]
        assert said == [f"s-{s.id}" for _, s in briefing.statements]
        pages = {r.page for r in records if not r.anchor}
        speakers = {s.speaker for _, s in briefing.statements if s.speaker}
        assert pages == (
            {base}
            | {f"{base}topics/{t.id}/" for t in briefing.file.topics}
            | {f"{base}sources/{s.id}/" for s in briefing.sources}
            | {f"{base}speakers/{s}/" for s in speakers}
        )
        assert len({r.file for r in records}) == len(records)


def test_gists_and_notes_are_found(site: Site) -> None:
    """A gist leads to its line of the outline, titled by article and paragraph; a note and why a source was passed over
    are shown under their claim."""
    records = list(search.find_records(site, site.briefing["harbour-tunnel"]))
    notes = {note.text: (record.title, note) for record in records for note in record.notes}
    title, gist = notes["The town hall kept silent."]
    assert (title, gist.anchor) == ("Gazette, paragraph 6", "p-6")
    title, note = notes["She speaks of the date, not of the works."]
    assert (title, note.label, note.anchor) == (
        "The tunnel opens in June.",
        "Our note on Herald",
        "s-herald-engineer-untested",
    )
    assert notes["Its June is the month of a festival."][1].label == "Wire was passed over"
    made = Html(search.render_document(next(record for record in records if note in record.notes)))
    assert any(json.loads(name).get("text") == "She speaks of the date, not of the works." for name in made.ids)


def test_each_article_that_is_passed_over_is_named(site: Site) -> None:
    """One reason for several articles is a note of each of them."""
    briefing = site.briefing["harbour-tunnel"]
    (claim, passed) = next((claim, one) for claim in briefing.claims for one in claim.passed_over)
    several = passed.model_copy(update={"source": "", "sources": ("wire", "gazette")})
    claims = tuple(c.model_copy(update={"passed_over": (several,)}) if c is claim else c for c in briefing.claims)
    records = search.find_records(site, replace(briefing, claims=claims))
    labels = {note.label for record in records for note in record.notes if note.text == passed.reason}
    assert labels == {"Wire was passed over", "Gazette was passed over"}


def test_search_terms_stand_with_their_claim(site: Site) -> None:
    """A claim's record has its search terms as a note, and for a term with ``*`` the words that it stands for."""
    briefing = site.briefing["harbour-tunnel"]
    records = {record.anchor: record for record in search.find_records(site, briefing)}
    begun = 0
    for claim in briefing.claims:
        notes = [note for note in records[claim.id].notes if note.label == "Search terms"]
        assert [note.text for note in notes] == ([", ".join(t.term for t in claim.terms)] if claim.terms else [])
        patterns = [term.term.lower() for term in claim.terms if "*" in term.term]
        assert all(any(fnmatchcase(word, one) for one in patterns) for note in notes for word in note.words)
        begun += sum(len(note.words) for note in notes)
    assert begun > 0


def test_words_for_suggestions_are_those_of_the_index(site: Site) -> None:
    """The words are those of four letters or more in the documents, the most frequent first, without tags or ids."""
    made = '<h2 id="hidden{words}">Tunnel and tunnels</h2><p>The tunnel is d&eacute;j&agrave; there: 2031 加拿大</p>'
    counts = search_groups.digest_group("", {"a": made, "b": "<p>there"}).words
    assert search_groups.list_words(counts).split("\n") == ["there", "tunnel", "déjà", "tunnels"]
    digest = search_groups.digest_group("", render_additions(site).documents)
    words = search_groups.list_words(digest.words).split("\n")
    assert {"tunnel", "gazette"} <= set(words)
    assert len(words) == len(set(words))


def test_drafts_have_no_records(site: Site) -> None:
    """Nothing of a draft is among the documents."""
    found = render_additions(site).documents
    assert any("harbour-tunnel" in path for path in found)
    assert not any("harbour-draft" in path or "Unlisted waters" in text for path, text in found.items())


def test_unnamed_speakers_of_two_sources_are_two_in_the_filter(site: Site) -> None:
    """An unnamed speaker is chosen with the source it belongs to, a named one by name alone."""
    for briefing in site.briefings:
        for record in search.find_records(site, briefing):
            for quoted in record.quotations:
                unnamed = [s.name for source in briefing.sources for s in source.speakers]
                mine = f"{quoted.holder} ({quoted.source})" if quoted.holder in unnamed else quoted.holder
                assert quoted.speaker in (mine, "")


@pytest.mark.parametrize("words", CASES["exact words"])
def test_words_reach_the_document_exactly(words: str) -> None:
    """What is shown stands exactly in an id without a space or a mark of Pagefind's; nothing becomes an element."""
    quoted = search.Quotation("s-1", words, words, words, words, words, words, "en")
    made = search.render_document(search.Record("a/", "b", words, (words,), words, (quoted,), {"speaker": (words,)}))
    page = Html(made)
    head, said = (json.loads(name) for name in page.ids)
    assert (head["text"], head["shown"]) == (words, words)
    assert (said["text"], said["holder"], said["speaker"]) == (words, words, words)
    assert all(name.split() == [name] and name.isascii() and "_" not in name for name in page.ids)
    assert "___PAGEFIND" not in made
    assert set(page.tags) == {"html", "body", "article", "i", "h2", "p", "blockquote"}


@pytest.mark.parametrize(("words", "spaced"), CASES["spaced words"].items())
def test_scripts_without_spaces_are_spaced_for_the_index(words: str, spaced: str) -> None:
    """Each character of an unspaced script is a word of its own."""
    assert f">{spaced}</h2>" in search.render_document(search.Record("a/", "b", words))


def test_a_page_is_found_by_its_sections() -> None:
    """Of a built page only the article is indexed: a record for its head, one for each section, tags left out."""
    page = (
        '<nav>menu</nav><article class="x"><h1 id="top">The <b>head</b></h1><p>First &lt;b&gt; words</p>'
        '<h2 id="next-part">Next</h2><ul><li>one</li><li>two</li></ul></article><footer>foot</footer>'
    )
    found = [(r.file, r.title, r.texts, r.caption) for r in search.find_page_records("method/index.html", page)]
    assert found == [
        ("method/index.html", "The head", ("First <b> words",), ""),
        ("method/next-part.html", "Next", ("one two",), "The head"),
    ]
    assert list(search.find_page_records("x.html", "<main>nothing</main>")) == []


def test_index_is_the_same_each_time(site: Site, tmp_path: Path) -> None:
    """Two indexes of the same records are the same bytes, whatever order Pagefind wrote its filters in."""
    documents = render_additions(site).documents
    for name in ("one", "two"):
        pagefind.write_index(documents, tmp_path / name)
    one, two = (read_files(tmp_path / n) for n in ("one", "two"))
    assert one == two
    filters = [gzip.decompress(data) for name, data in one.items() if name.endswith(".pf_filter")]
    assert len(filters) == 8
    entry = json.loads(one["pagefind/pagefind-entry.json"])["languages"]["en"]
    assert entry["page_count"] == len(documents)
    meta = gzip.decompress(one[f"pagefind/pagefind.{entry['hash']}.pf_meta"])
    assert all(Path(name).stem.encode() in meta for name in one if name.endswith(".pf_filter"))


def test_index_that_is_kept_is_the_same(site: Site, tmp_path: Path) -> None:
    """Made again from what was kept, over other words and back, or from what was damaged, an index is the same."""
    documents = render_additions(site).documents
    fewer = dict(list(documents.items())[::2])
    kept = tmp_path / "kept"

    def made(words: dict[str, str], name: str, kept: Path | None) -> dict[str, bytes]:
        pagefind.write_index(words, tmp_path / name, kept)
        return read_files(tmp_path / name)

    clean, other = made(documents, "clean", None), made(fewer, "other", None)
    for words, expected in ((documents, clean), (fewer, other), (documents, clean), (documents, clean)):
        assert made(words, "site", kept) == expected
    (pack,) = (path for path in kept.rglob("*") if path.is_file())
    for damaged in (pack.read_bytes()[:-1], b"", pack.read_bytes()[:40] + b"x" + pack.read_bytes()[41:]):
        pack.write_bytes(damaged)
        assert made(documents, "site", kept) == clean
