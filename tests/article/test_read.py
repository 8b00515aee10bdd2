"""Files of every kind as readers see them. All documents here are invented."""

import contextlib
import socket
from pathlib import Path

import pytest

from synoptic.article.language import detect_language
from synoptic.article.read import find_truncation, read_article
from synoptic.base.problems import Refused
from synoptic.load import load
from tests.article.texts import CHINESE, CLAIM, FRENCH, MARKDOWN, PAGE, SOURCES, THREAD
from tests.projects import read_files, replace_once, run, small_project


@pytest.fixture(autouse=True)
def _no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    class NoSocket(socket.socket):
        def __init__(self, *_: object, **__: object) -> None:
            raise AssertionError("the network was asked")

    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("the network was asked")

    monkeypatch.setattr(socket, "socket", NoSocket)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    monkeypatch.delenv("SYNOPTIC_ARTICLES", raising=False)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """The invented project, writable."""
    return small_project(tmp_path / "project")


def list_blocks(data: bytes | str, suffix: str) -> list[tuple[str, str]]:
    """Kind and text of each block."""
    found = read_article(data.encode() if isinstance(data, str) else data, suffix)
    return list(zip(found.kinds, found.blocks, strict=True))


def test_markdown_as_a_reader_sees_it() -> None:
    """Wrapped lines are joined, and no link targets or markup are left."""
    assert list_blocks(MARKDOWN, ".md") == [
        ("headline", "The ferry stops in June"),
        ("body", "The town says that its ferry stops for good, and that no boats are left. It gave no reason."),
        ("heading", "Why now"),
        ("body", "The mayor was asked twice."),
        ("body", "A bridge is planned"),
        ("body", "The quay is ~~sold~~ and wrapped"),
        ("body", "First step."),
        ("body", "Second step."),
        ("body", "“We have no boats left,” said the mayor."),
        ("heading", "A remark of the town"),
        ("body", "This box speaks, too."),
        ("caption", "The ferry at its quay"),
        ("heading", "Year | Price"),
        ("body", "2030 | 12"),
        ("body", "row --hard"),
        ("body", "row --harder"),
        ("body", "The note at the foot."),
    ]


def test_summing_items() -> None:
    """Items before the first paragraph are a summary; those after it are body."""
    text = "# Ferry stops\n\n- No boats are left\n- A bridge is planned\n\nIt stops in June.\n\n- A later item.\n"
    assert [kind for kind, _ in list_blocks(text, ".md")] == ["headline", "bullet", "bullet", "body", "body"]


def test_issue_thread() -> None:
    """The lines over comments are bylines; a thread has a day but no author, since anybody may write there."""
    assert list_blocks(THREAD, ".md") == [
        ("headline", "The ferry does not stop"),
        ("byline", "boatswain · description · 2031-03-03"),
        ("heading", "What happens"),
        ("body", "It sails on in June."),
        ("body", "Nobody told the crew."),
        ("byline", "harbour-master · comment · 2031-03-05"),
        ("body", "That is wrong: it stops."),
        ("body", "It sails on in June."),
        ("body", "No boats are left."),
    ]
    article = read_article(THREAD.encode(), ".md")
    assert (article.author, article.published) == ("unknown", "2031-03-03")


def test_a_box_drawn_in_a_listing() -> None:
    """Characters that draw a box around words are left out."""
    text = "# T\n\n```\n │ Take care:\n │\n │ × Boats go\n │ × Bridges come\n```\n"
    assert [block for _, block in list_blocks(text, ".md")] == ["T", "Take care:", "× Boats go", "× Bridges come"]


@pytest.mark.parametrize("charset", ["utf-8", "iso-8859-1", "windows-1252"])
def test_web_page(charset: str) -> None:
    """A page is decoded as it declares, and only its article is read."""
    page = PAGE.format(charset=charset)
    assert list_blocks(page.encode("utf-8" if charset == "utf-8" else "cp1252"), ".html") == [
        ("headline", "Le bac s'arrête en juin"),
        ("body", "Le bac du port inventé cessera de circuler en juin, a dit la ville lundi. Elle n'a donné aucune "
                 "raison à cette décision, que personne n'attendait avant l'automne prochain."),
        ("heading", "Pourquoi maintenant"),
        ("body", "« Nous n'avons plus de bateaux », a dit la maire de la ville."),
        ("body", "Elle n'a rien ajouté dans cet article inventé."),
        ("body", "Un pont est prévu"),
        ("body", "Le quai sera vendu à la fin de l'année"),
    ]  # fmt: skip


def test_what_a_page_states() -> None:
    """Address, outlet, author, day, language and licence are read if the page states them."""
    article = read_article(PAGE.format(charset="utf-8").encode(), ".html")
    assert (article.url, article.outlet) == ("https://gazette.example/2031/bac", "La Gazette inventée")
    assert (article.author, article.published, article.lang) == ("Jean Dupont", "2031-03-12", "fr")
    assert "licenses/by/4.0" in article.licence or article.licence == "CC BY 4.0"


def test_a_page_that_states_nothing() -> None:
    """Nothing is guessed: the day of a change, of another article or in the text is not the day of publication."""
    body = "<p>" + "The town spoke of the year 2030 and of a bridge that nobody has seen so far. " * 5 + "</p>"
    head = '<head><meta property="article:modified_time" content="2031-09-09"></head>'
    others = '<aside><a href="/other">Other</a> <time datetime="2030-01-01">1 January 2030</time></aside>'
    page = f"<html>{head}<body><article><h1>Ferry stops</h1>{body}</article>{others}<p>© 2029 A town</p></body></html>"
    article = read_article(page.encode(), ".html")
    assert (article.author, article.outlet, article.published, article.url, article.lang) == (
        "unknown",
        "unknown",
        "unknown",
        "",
        "",
    )


@pytest.mark.parametrize(
    "stated",
    [
        '<meta content="2031-03-12T23:00:00+02:00" itemprop="datePublished">',
        "<meta name='dc.date' content='2031-03-12'>",
        '<script type="application/ld+json">{"datePublished": "2031-03-12", "dateModified": "2031-04-01"}</script>',
    ],
)
def test_the_day_of_a_page(stated: str) -> None:
    """The day of publication is read wherever a page states it for machines."""
    page = PAGE.format(charset="utf-8").replace('<meta property="article:published_time"', stated + "<meta")
    assert read_article(page.encode(), ".html").published == "2031-03-12"


def test_signs_of_a_documentation_page() -> None:
    """Link signs and note numbers are left out, so a rendered page matches its Markdown."""
    page = PAGE.format(charset="utf-8").replace(
        "maintenant</h2>", 'maintenant<a class="headerlink" href="#p" title="Permanent link">&para;</a></h2>'
    )
    page = page.replace("bateaux »", 'bateaux<sup id="fnref:1"><a class="footnote-ref" href="#fn:1">1</a></sup> »')
    assert list_blocks(page, ".html") == list_blocks(PAGE.format(charset="utf-8"), ".html")


def test_markdown_inside_html() -> None:
    """Markdown inside HTML boxes is read, and an unclosed box hides nothing."""
    text = (
        "# T\n\n<details><summary>More</summary>\n\nHidden **words**.\n\n</details>\n\n<div>\nopen\n\nText *after*.\n"
    )
    assert [block for _, block in list_blocks(text, ".md")] == ["T", "More", "Hidden words.", "open", "Text after."]


@pytest.mark.parametrize(
    ("data", "suffix"),
    [
        ("\ufeffÉté à Málaga.\n".encode(), ".txt"),
        ("Été à Málaga.\n".encode("utf-16"), ".txt"),
        (b"\xfe\xff" + "Été à Málaga.\n".encode("utf-16-be"), ".txt"),
        ("<!-- -*- coding: latin-1 -*- -->\nÉté à Málaga.\n".encode("latin-1"), ".md"),
        ("Été à Málaga.\n".encode(), ".txt"),
    ],
)
def test_encodings(data: bytes, suffix: str) -> None:
    """A byte order mark goes before a declaration, a declaration before UTF-8."""
    assert read_article(data, suffix).blocks[-1] == "Été à Málaga."


def test_an_xml_header() -> None:
    """The header of an XHTML page declares its encoding."""
    page = (
        '<?xml version="1.0" encoding="ISO-8859-15"?>' + PAGE.replace('<meta charset="{charset}">', "") + "<!-- € -->"
    )
    assert read_article(page.encode("iso-8859-15"), ".htm").title == "Le bac s'arrête en juin"


def test_french() -> None:
    """A French text states its author and day in French."""
    article = read_article(FRENCH.encode(), ".txt")
    assert (article.title, article.author, article.published) == (
        "Le bac s'arrête en juin",
        "Jean Dupont",
        "2031-08-01",
    )
    assert article.kinds == ("headline", "byline", "dateline", "body", "body")


@pytest.mark.parametrize("suffix", [".txt", ".md"])
def test_chinese(suffix: str) -> None:
    """A Chinese text states its author, day and outlet in Chinese; its words tell its language."""
    text = CHINESE if suffix == ".txt" else "# " + CHINESE.replace("\n", "\n\n")
    article = read_article(text.encode(), suffix)
    assert (article.title, article.author, article.outlet) == ("渡轮六月停航", "张三", "虚构日报")
    assert article.published == "2031-03-12"
    assert detect_language("".join(article.blocks))[0] == "zh"
    assert article.kinds == ("headline", "byline", "dateline", "byline", "body", "body")


def test_wrapped_chinese() -> None:
    """Wrapped Chinese gets no space."""
    assert read_article("渡轮将永久\n停航。没有 Boats\n了。\n".encode(), ".md").blocks == (
        "渡轮将永久停航。没有 Boats 了。",
    )


@pytest.mark.parametrize(
    ("name", "data", "message"),
    [
        ("a.pdf", b"%PDF-1.7 ...", "broken"),
        ("a.pdf", b"%PDF", "plain text"),
        ("a.txt", b"\n\n", "no words"),
        ("a.txt", b"%PDF-1.7 ...", "PDF"),
        ("a.png", b"\x89PNG\r\n", "image"),
        ("a.docx", b"PK\x03\x04 ...", "broken"),
        ("a.txt", b"PK\x03\x04 ...", ".docx"),
        ("a.csv", b"a,b", "is unknown"),
        ("a.md", b"", "no words"),
        ("a.md", b"---\ndate: 2031-03-03\n---\n", "no words"),
        ("a.html", b"", "no article"),
        ("a.html", b"<html><body><nav>Home</nav></body></html>", ""),
        (
            "a.html",
            b"<html><body><article><p>Only a few words stand here.</p></article></body></html>",
            "words of body",
        ),
        ("a.txt", b"<!DOCTYPE html><html><body><p>Words.</p></body></html>", ".html"),
        ("a.txt", "Été".encode("latin-1"), "not UTF-8"),
        ("a.txt", b"coding: nonsense-8\nWords.", "nonsense-8"),
        ("a.txt", b"coding: hex\nWords.", "hex"),
        ("a.txt", b"One\0two", "NUL"),
        (
            "a.txt",
            b"Ferry stops\nIt stops in June. It began.\nSubscribe now to continue reading.",
            "only the beginning",
        ),
        ("a.md", "# Le bac\n\nIl part.\n\nCet article est réservé aux abonnés.\n".encode(), "only the beginning"),
        ("a.txt", "渡轮停航\n渡轮将停航。\n订阅后继续阅读\n".encode(), "only the beginning"),
    ],
)
def test_refusals(name: str, data: bytes, message: str) -> None:
    """A file that is not a whole article is refused in a sentence."""
    suffix = Path(name).suffix
    try:
        reason = find_truncation(read_article(data, suffix), suffix)
    except Refused as refusal:
        reason = str(refusal)
    assert reason is not None
    assert message in reason


@pytest.mark.parametrize("data", [b"\x89PNG", b"Ferry stops\nIt stops.\nSubscribe now to continue reading."])
def test_refused_files_change_nothing(
    root: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], data: bytes
) -> None:
    """A command that refuses a file names it in its message, and writes nothing."""
    (tmp_path / "a.txt").write_bytes(data)
    before = read_files(root)
    assert run(root, "ingest", str(tmp_path / "a.txt"), "--briefing", "harbour-tunnel") == 1
    message = capsys.readouterr().err
    assert f"{tmp_path / 'a.txt'}: it " in message
    assert "Traceback" not in message
    assert read_files(root) == before


def test_without_the_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without trafilatura a page is refused, with the command that installs it."""
    monkeypatch.setitem(__import__("sys").modules, "trafilatura", None)
    with pytest.raises(Refused, match=r"requirements-ingest\.txt"):
        read_article(PAGE.format(charset="utf-8").encode(), ".html")


@pytest.mark.parametrize("depth", [100, 3000])
def test_odd_markdown(depth: int) -> None:
    """Deep nesting is read or refused; nothing else happens."""
    for text in ("- " * depth + "x", "> " * depth + "x", "[" * depth + "x", "*" * depth):
        with contextlib.suppress(Refused):
            read_article(text.encode(), ".md")


@pytest.mark.parametrize("suffix", sorted(SOURCES))
def test_three_commands(root: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], suffix: str) -> None:
    """A source of each kind is added in three commands, passes check, and outlives its lock."""
    text, quote = SOURCES[suffix]
    path = tmp_path / f"anything{suffix.upper()}"
    path.write_text(text, encoding="utf-8")
    folder = root / "briefings/scratch"
    assert run(root, "new", "scratch") == 0
    assert run(root, "ingest", str(path), "--briefing", "scratch", "--id", "ferry") == 0
    (folder / "claims/ferry.yml").write_text(CLAIM.format(quote=quote), encoding="utf-8")
    replace_once(folder / "briefing.yml", "topics: []", "topics: [{id: ferry, title: Ferry}]")
    assert run(root, "lock", "scratch", "--by", "A Tester") == 0
    assert (folder / f"articles/ferry{suffix}").read_bytes() == path.read_bytes()
    capsys.readouterr()
    assert run(root, "check", "scratch") == 0
    said = capsys.readouterr().out
    assert "quotation" not in said
    assert "1 of 1 texts at hand" in said
    lock = (folder / "sources/ferry.lock").read_bytes()
    (folder / "sources/ferry.lock").unlink()
    assert run(root, "lock", "scratch", "--by", "A Tester") == 0
    assert (folder / "sources/ferry.lock").read_bytes() == lock


def test_scaffolded_source(root: Path, tmp_path: Path) -> None:
    """The new source file has what the page states; --lang overrides its language."""
    path = tmp_path / "page.html"
    path.write_text(PAGE.format(charset="utf-8"), encoding="utf-8")
    assert run(root, "ingest", str(path), "--briefing", "harbour-tunnel", "--id", "one") == 0
    source = (root / "briefings/harbour-tunnel/sources/one.yml").read_text(encoding="utf-8")
    for line in ("lang: fr", "url: https://gazette.example/2031/bac", "author: Jean Dupont", "published: 2031-03-12"):
        assert f"\n{line}\n" in source
    assert "rights: quote  # the document states its licence: " in source
    path.write_text(PAGE.format(charset="UTF-8"), encoding="utf-8")
    assert run(root, "ingest", str(path), "--briefing", "harbour-tunnel", "--id", "two", "--lang", "fr-CA") == 0
    assert "\nlang: fr-CA\n" in (root / "briefings/harbour-tunnel/sources/two.yml").read_text(encoding="utf-8")


def test_against_another_kind(root: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A reviewer's web page counts as a copy of a Markdown text if the words are the same."""
    path, copy = tmp_path / "ferry.md", tmp_path / "copy.html"
    path.write_text(MARKDOWN, encoding="utf-8")
    words = "<p>The town says that its <b>ferry</b> stops for good, and that <code>no boats</code> are left.</p>"
    copy.write_text(f"<html><body><article><h1>Ferry</h1>{words * 5}</article></body></html>", encoding="utf-8")
    assert run(root, "new", "scratch") == 0
    assert run(root, "ingest", str(path), "--briefing", "scratch", "--id", "ferry") == 0
    claim = CLAIM.format(quote="its ferry stops for good, and that no boats are left")
    (root / "briefings/scratch/claims/ferry.yml").write_text(claim, encoding="utf-8")
    assert run(root, "check", "scratch", "--against", str(copy)) == 0
    assert "1 of 1 quotations match" in capsys.readouterr().out


def test_equal_bytes_under_two_endings(tmp_path: Path, root: Path) -> None:
    """If the same bytes have two suffixes, the locked one is read."""
    path = tmp_path / "ferry.md"
    path.write_text(MARKDOWN, encoding="utf-8")
    assert run(root, "ingest", str(path), "--briefing", "harbour-tunnel", "--id", "ferry") == 0
    articles = root / "briefings/harbour-tunnel/articles"
    (articles / "a.txt").write_bytes(path.read_bytes())
    (articles / "ferry.md").rename(articles / "z.md")
    site, _ = load.load(root)
    assert site is not None
    (briefing,) = [b for b in site.briefings if b.slug == "harbour-tunnel"]
    assert briefing.texts["ferry"].blocks[0] == "The ferry stops in June"


def test_a_changed_markdown_text(tmp_path: Path, root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A text that changed after its lock is noticed, whatever its suffix."""
    path = tmp_path / "ferry.md"
    path.write_text(MARKDOWN, encoding="utf-8")
    assert run(root, "ingest", str(path), "--briefing", "harbour-tunnel", "--id", "ferry") == 0
    (root / "briefings/harbour-tunnel/articles/ferry.md").write_text("# Another\n\nText.\n", encoding="utf-8")
    run(root, "check", "harbour-tunnel")
    assert 'the text of "ferry" in articles/ is not the one that was locked' in capsys.readouterr().out
