"""The dossier of a briefing: a tagged PDF with every quotation once, the same bytes for the same data."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from html import unescape
from itertools import pairwise
from pathlib import Path

import pytest
import time_machine
from pdfminer.pdftypes import PDFStream, resolve1
from weasyprint.urls import FatalURLFetchingError

from synoptic.base.problems import Refused
from synoptic.compare.summary import replace_briefings
from synoptic.load.catalogue import find_language
from synoptic.load.load import load
from synoptic.model.site import Publication, Site
from synoptic.pages.context import Context
from synoptic.pages.render import briefing_pages
from synoptic.site import dossiers, shares, typeset
from synoptic.site.additions import render_additions
from tests import hostile_sites
from tests.pdf_files import Pdf, plain
from tests.projects import CHECKOUT, SMALL, edited_project, load_site, run, small_project

SLUG = "harbour-tunnel"
OURS = 6  # words that a claim of ours may share with a quotation
HOSTILE = "</title></p><img src=\"https://example.org/a.png\"><link rel=attachment href='file:///etc/hostname'>url(x)"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """The small project, on a site that wants dossiers."""
    loaded = load_site(small_project(tmp_path_factory.mktemp("small")))
    return replace(loaded, publication=Publication(site_url="https://example.org/", dossier=True))


@pytest.fixture(scope="module")
def html(site: Site) -> str:
    """The document of its larger briefing."""
    return dossiers.make_dossier(site, site.briefing[SLUG])


@pytest.fixture(scope="module")
def made(html: str) -> bytes:
    """Its PDF."""
    return typeset.typeset(html).pdf


@pytest.fixture(scope="module")
def pdf(made: bytes) -> Pdf:
    """The same, as a reader of PDFs reads it."""
    return Pdf(made)


def squeeze(text: str) -> str:
    """A text without its spaces, which the end of a line may swallow, and without what isolates letters."""
    return re.sub(r"[\s\u2066-\u2069]", "", text)


def strip(document: str) -> str:
    """The text of HTML."""
    return unescape(re.sub(r"<[^>]*>", "", document))


def find_faults(site: Site, slug: str, shown: str, quoted: list[tuple[str, str]]) -> Iterator[str]:
    """Quotations of a briefing that a text and its tagged quotations, with their languages, do not have just once.

    A few words may also be ours, and a headline stands with its article, thrice: as a fact, and in two citations.
    """
    briefing = site.briefing[slug]
    wanted = [(squeeze(s.quote), briefing.source[s.source].lang) for _, s in briefing.statements]
    found = Counter((squeeze(text).strip("“”«»"), language) for text, language in quoted)
    if found != (expected := Counter((quote.strip("“”«»"), language) for quote, language in wanted)):
        yield f"tagged: too many {found - expected}, too few {expected - found}"
    text, titles = squeeze(shown), [squeeze(source.title) for source in briefing.sources]
    for quote in {s.quote for _, s in briefing.statements}:
        words = squeeze(quote)
        number, least = text.count(words), sum(other.count(words) for other, _ in wanted)
        most = least + 3 * sum(title.count(words) for title in titles) if len(quote.split()) > OURS else number
        if not least <= number <= most:
            yield f"{number} times: {quote}"


def test_same_data_same_bytes(html: str, made: bytes) -> None:
    """On another day the same data give the same bytes; every day in the file is in the data."""
    with time_machine.travel("2071-08-09 21:43:05"):
        assert typeset.typeset(html).pdf == made
    assert b"2071" not in made


def test_every_quotation_stands_in_it_once(site: Site, pdf: Pdf) -> None:
    """Each published quotation is in the text once, whole, and tagged as a quotation in its language."""
    quoted = [(one.all_text, plain(one.attributes["Lang"])) for one in pdf.tree.find("BlockQuote")]
    assert len(quoted) == len(site.briefing[SLUG].statements) > 5
    assert list(find_faults(site, SLUG, pdf.text, quoted)) == []


def test_it_names_holder_article_stance_and_proof(site: Site, html: str) -> None:
    """Above each quotation stand its stance, its holder, its article and its paragraph; its receipt has who checked it
    on which day, and its hash. An article is the holder only of what it says itself."""
    briefing, speakers = site.briefing[SLUG], site.speakers_of(site.briefing[SLUG])
    parts = re.findall(r'<div class="said.*?</div>', html, re.DOTALL)
    for _, statement in briefing.statements:
        entry, source = briefing.locked(statement), briefing.source[statement.source]
        assert entry
        said = next(part for part in parts if _has(part, statement.quote) and (source.name in part))
        head = strip(said.partition("<blockquote")[0])
        assert source.name in head
        assert f"paragraph {entry.block}" in head
        assert site.vocabulary.get("stances", statement.stance).label in head.lower() or statement.mode == "dramatised"
        assert (speakers[statement.speaker].name in head) if statement.speaker else "the article itself" in head
        assert ("the article itself" in head) == (statement.speaker is None)
        receipt = next(row for row in re.findall(r"<tr>.*?</tr>", html, re.DOTALL) if entry.sha256 in row)
        assert all(reader.name in strip(receipt) for reader in briefing.locks[source.id].readers_of(entry))
    assert "quotations match the checked copies" in strip(html)


def _has(part: str, quote: str) -> bool:
    return squeeze(quote) in squeeze(strip(part))


def test_tags(site: Site, pdf: Pdf) -> None:
    """The PDF says that it is tagged, its language, its title and PDF/UA-1; headings go down a level at a time; cells
    are in rows and header cells have a scope; list items are in lists; figures have words; nothing is left untagged."""
    assert plain(pdf.catalog["Lang"]) == "en"
    assert resolve1(pdf.catalog["MarkInfo"])["Marked"] is True
    assert resolve1(pdf.catalog["ViewerPreferences"])["DisplayDocTitle"] is True
    assert site.briefing[SLUG].file.title in plain(pdf.document.info[0]["Title"])
    metadata = resolve1(pdf.catalog["Metadata"])
    assert isinstance(metadata, PDFStream)
    assert b'pdfuaid:part="1"' in metadata.get_data()
    levels = [int(one.tag[1]) for one in pdf.tree.find("H1", "H2", "H3", "H4")]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(below <= above + 1 for above, below in pairwise(levels))
    parents = {"TR": {"THead", "TBody"}, "TH": {"TR"}, "TD": {"TR"}, "LI": {"L"}, "LBody": {"LI"}, "THead": {"Table"}}
    for one in pdf.tree.walk():
        for child in one.children:
            assert one.tag in parents.get(child.tag, {one.tag}), f"{child.tag} in {one.tag}"
    heads = pdf.tree.find("TH")
    assert {plain(one.attributes["A"]["Scope"]) for one in heads} == {"Column", "Row"}
    figures = pdf.tree.find("Figure")
    assert len(figures) == len({statement.source for _, statement in site.briefing[SLUG].statements})
    assert all("quoted" in plain(one.attributes["Alt"]) for one in figures)
    assert all(0 < number < 842 for one in figures for number in one.attributes["A"]["BBox"])
    assert pdf.unused == set()
    assert {tag for tag, text in pdf.loose if text.strip()} == {"Artifact"}


def test_contents_bookmarks_and_page_numbers(pdf: Pdf) -> None:
    """Each heading below the title is a bookmark; the list of contents leads to every section; each page but the cover
    has its number."""
    titles = [title for _, title, *_ in pdf.document.get_outlines()]
    heads = [" ".join(one.all_text.split()) for one in pdf.tree.find("H2", "H3", "H4")]
    assert [squeeze(title) for title in titles] == [squeeze(head) for head in heads]
    links = [one.all_text for one in pdf.tree.find("Link")]
    for head in pdf.tree.find("H2")[1:]:
        assert any(squeeze(link).startswith(squeeze(head.all_text)) for link in links)
    numbers = [text for tag, text in pdf.loose if re.fullmatch(r"\d+ / \d+", text)]
    assert numbers == [f"{number} / {len(pdf.pages)}" for number in range(2, len(pdf.pages) + 1)]


def test_tables_are_not_cut(site: Site, pdf: Pdf) -> None:
    """On every page a table begins with its header row, and no row is split: each receipt is one row."""
    tables = pdf.tree.find("Table")
    assert all([child.tag for child in one.children][:2] == ["THead", "TBody"] for one in tables)
    receipts = [row for one in tables for row in one.find("TR") if re.search("[0-9a-f]{64}", squeeze(row.all_text))]
    assert len(receipts) == len(site.briefing[SLUG].statements)


def test_hostile_text_stays_text(site: Site) -> None:
    """Markup in every field is shown as text: it makes no picture, no attachment, no script and no request."""
    hostile = hostile_sites.changed(site, lambda old: f"{old} {HOSTILE}")
    document = dossiers.make_dossier(hostile, hostile.briefing[SLUG])
    found = Pdf(typeset.typeset(document).pdf)
    claim = hostile.briefing[SLUG].claims[0].claim
    assert squeeze(claim) in squeeze(found.text)
    assert len(found.tree.find("Figure")) <= len(site.briefing[SLUG].sources)
    kinds = {plain(one[key]) for one in found.objects() if isinstance(one, dict) for key in ("Type", "S") if key in one}
    assert not {"EmbeddedFile", "Filespec", "JavaScript", "Launch", "XObject"} & kinds


@pytest.mark.parametrize("address", ["https://example.org/a.png", "file:///etc/hostname", "asset:../x"])
def test_nothing_is_fetched(address: str) -> None:
    """Even if markup asked for a file, it would not be read: the work stops."""
    with pytest.raises(FatalURLFetchingError, match="fetching"):
        typeset.typeset(f'<html lang="en"><title>x</title><img src="{address}" alt="x"></html>')


def test_an_arabic_briefing(site: Site) -> None:
    """An Arabic briefing has an Arabic dossier: its language, its headings from the catalogue, the quotations whole; no
    letter of it is a box."""
    briefing = site.briefing[SLUG]
    arabic = replace(briefing, file=briefing.file.model_copy(update={"language": "ar", "title": "نفق الميناء"}))
    changed = replace_briefings(site, [arabic])
    document = dossiers.make_dossier(changed, changed.briefing[SLUG])
    done = typeset.typeset(document)
    found = Pdf(done.pdf)
    assert done.boxes == ()
    assert plain(found.catalog["Lang"]) == "ar"
    heads = [squeeze(one.all_text) for one in found.tree.find("H2")]
    said = squeeze(find_language("ar").catalogue.gettext("Contents"))
    assert heads[0] in (said, said[::-1])  # as PDFs have it, glyphs stand from left to right
    quoted = [(one.all_text, plain(one.attributes["Lang"])) for one in found.tree.find("BlockQuote")]
    assert list(find_faults(changed, SLUG, found.text, quoted)) == []


@pytest.mark.parametrize("slug", ["canada-us-defence", "mkdocs-split", "quay-bridge"])
def test_the_documents_of_real_briefings(slug: str) -> None:
    """Every quotation of our own briefings stands in their documents once."""
    project, _ = load(CHECKOUT)
    assert project
    document = dossiers.make_dossier(project, project.briefing[slug])
    parts = re.findall(r'<blockquote lang="([^"]+)">(.*?)</blockquote>', document, re.DOTALL)
    quoted = [(strip(words), language) for language, words in parts]
    assert list(find_faults(project, slug, strip(document), quoted)) == []


@pytest.mark.slow
def test_the_pdf_of_a_real_briefing() -> None:
    """The same in the PDF of a real briefing, of which no letter is a box."""
    project, _ = load(CHECKOUT)
    assert project
    slug = "canada-us-defence"
    done = typeset.typeset(dossiers.make_dossier(project, project.briefing[slug]))
    found = Pdf(done.pdf)
    quoted = [(one.all_text, plain(one.attributes["Lang"])) for one in found.tree.find("BlockQuote")]
    assert list(find_faults(project, slug, found.text, quoted)) == []
    assert done.boxes == ()


def test_a_letter_without_a_font_is_reported(html: str) -> None:
    """A character that no font has is named, with what to install."""
    done = typeset.typeset('<html lang="en"><title>x</title><p>a\U000f0123b</p></html>')
    assert done.boxes == ("\U000f0123",)
    assert "fonts-noto-cjk" in typeset.describe_boxes(done.boxes)
    assert typeset.find_missing_letters(html) == []
    assert typeset.find_missing_letters("<p>ن</p>") == ["ن"]


def test_only_a_site_that_wants_it_has_one(site: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """With `dossier: true` each published briefing has a PDF, to which its overview and its data page lead, and which a
    later build takes from the cache; without it, or of a draft, there is none."""
    wanted = render_additions(site).printed
    assert set(wanted) == {f"dossiers/{one.slug}.pdf" for one in site.briefings if one.listed}
    monkeypatch.setattr(dossiers, "typeset", lambda html: typeset.Typeset(html[:20].encode(), ()))
    assert dossiers.write_dossiers(wanted, tmp_path / "site", tmp_path / "kept") == len(wanted)
    monkeypatch.setattr(dossiers, "typeset", lambda html: pytest.fail("made again"))
    assert dossiers.write_dossiers(wanted, tmp_path / "site", tmp_path / "kept") == 0
    path = f"{dossiers.FOLDER}/{SLUG}.pdf"
    assert (tmp_path / "site" / path).is_file()
    assert path in shares._list_places(SLUG)
    for on in (True, False):
        one = replace(site, publication=Publication.of({"extra": {"dossier": on}}))
        pages = briefing_pages(Context(one, one.briefing[SLUG]))
        linked = {name for name, page in pages.items() if path in page}
        assert linked == ({f"{SMALL}/index.md", f"{SMALL}/data/index.md"} if on else set())
    draft = replace(site.briefing[SLUG], file=site.briefing[SLUG].file.model_copy(update={"status": "draft"}))
    assert f"dossiers/{SLUG}.pdf" not in render_additions(replace_briefings(site, [draft])).printed
    without = replace(site, publication=Publication())
    assert render_additions(without).printed == {}
    assert dossiers.write_dossiers({}, tmp_path / "other") == 0
    assert not (tmp_path / "other").exists()


def test_the_command(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    """`dossier SLUG` writes SLUG.pdf, or the file that is named; nothing if `check` finds an error."""
    monkeypatch.setattr("synoptic.cli.dossier.typeset", lambda html: typeset.Typeset(b"%PDF", ("字",)))
    root = small_project(tmp_path / "good")
    monkeypatch.chdir(tmp_path)
    assert run(root, "dossier", SLUG) == 1  # boxes
    assert (tmp_path / f"{SLUG}.pdf").read_bytes() == b"%PDF"
    assert "字" in capsys.readouterr().err
    assert run(root, "dossier", SLUG, "-o", str(tmp_path)) == 2
    edit = {"file": f"{SMALL}/claims/opening-date.yml", "from": "We open on the first of June", "to": "We open in June"}
    assert run(edited_project(tmp_path / "bad", [edit]), "dossier", SLUG, "-o", "bad.pdf") == 1
    assert not (tmp_path / "bad.pdf").exists()
    assert "[quotation]" in capsys.readouterr().out


def test_without_the_library(site: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without WeasyPrint, or without Pango, a plain message says what to install."""
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    with pytest.raises(Refused, match=r"pip install --require-hashes -r requirements-dossier\.txt"):
        render_additions(site)
    monkeypatch.undo()

    def fail(name: str) -> None:
        raise OSError("cannot load library")

    monkeypatch.setattr("importlib.import_module", fail)
    with pytest.raises(Refused, match="apt-get install libpango"):
        typeset.require_library()
