"""Files of word processors, PDFs, books, mails and captions, made here from invented words; and hostile ones."""

import importlib
import zlib
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest
import yaml

from synoptic.article.read import read_article
from synoptic.base import bounded
from synoptic.base.problems import Refused
from synoptic.load.files import sha256
from tests.article.documents import (
    ANSWER,
    BODY,
    WORD,
    make_docx,
    make_epub,
    make_odt,
    make_pdf,
    pack,
    paragraph,
    write_pdf,
)
from tests.projects import CHECKOUT, replace_once, run, small_project

PAGE: list[tuple[float, float, float, str]] = [
    (70, 760, 20, "Quay lift stays shut"),
    (70, 720, 11, "The lift at the quay will stay shut until autumn, the harbour"),
    (70, 706, 11, "board said on Monday. The cable carries 10"),
    (283, 711, 7, "6"),
    (290, 706, 11, "newtons, and the cus-"),
    (70, 692, 11, "tom house stays open."),
    (70, 660, 11, "Nobody answered the board, its head said, though it had asked"),
    (70, 646, 11, "for the money twice."),
]
DOCX = make_docx(
    paragraph("Quay lift stays shut", style="Heading1")
    + paragraph("The cable carries 10", "^6", " newtons, ", "-no, 5, ", "the board said.")
    + paragraph(ANSWER)
)
ODT = make_odt(
    "<text:tracked-changes><text:p>Gone.</text:p></text:tracked-changes>"
    '<text:h text:outline-level="1">Quay lift</text:h>'
    '<text:p>It carries 10<text:span text:style-name="T1">6</text:span><text:s/>newtons'
    "<text:note><text:note-citation>1</text:note-citation><text:note-body><text:p>A note.</text:p></text:note-body>"
    f"</text:note>.</text:p><text:p>{BODY}</text:p>"
    "<text:list><text:list-item><text:p>One item</text:p></text:list-item></text:list>"
)
RTF = rb"""{\rtf1\ansi\ansicpg1252{\fonttbl{\f0 Arial;}}{\*\generator nobody;}
\pard Quay lift stays shut\par
\pard It carries 10{\super 6} newtons, and \'93nobody\'94 came\u8230? The board said so.\par
\pard The pier is old. It will stay.\par}"""
MAIL = b"""From: "Ona W. Sample" <ona@post.example>
To: desk@post.example
Subject: =?utf-8?q?Quay_lift_=E2=80=93_shut?=
Date: Mon, 3 Mar 2031 09:00:00 +0100
MIME-Version: 1.0
Content-Type: multipart/mixed; boundary="x"

--x
Content-Type: text/plain; charset="utf-8"
Content-Transfer-Encoding: quoted-printable

The lift will stay shut until autumn, the board =
said. It gave no reason for it.

--x
Content-Type: application/pdf
Content-Disposition: attachment; filename="a.pdf"

%PDF
--x--
"""
SRT = """1
00:00:01,000 --> 00:00:03,000
<i>ONA SAMPLE:</i> Why is the lift
still shut?

2
00:00:03,500 --> 00:00:05,000
- We asked for the money twice.
- Nobody answered?

3
00:00:05,500 --> 00:00:07,000
>> IVO EXEMPLAR: {\\an8}Nobody will ride in it

4
00:00:07,000 --> 00:00:09,000
before the tests are over.

5
00:00:12,000 --> 00:00:14,000
That means autumn.
"""
VTT = """WEBVTT - a hearing

STYLE
::cue { color: red }

NOTE nobody sees this

intro
00:01.000 --> 00:03.000 align:start
<v.loud Ivo Exemplar>We asked for the money twice

00:03.000 --> 00:05.000
We asked for the money twice
and <00:04.000><c>nobody</c> answered.
"""


def read(data: bytes | str, suffix: str) -> list[tuple[str, str]]:
    """Kind and text of each block."""
    article = read_article(data.encode() if isinstance(data, str) else data, suffix)
    return list(zip(article.kinds, article.blocks, strict=True))


def name_case(value: object) -> str:
    """A case is named by its words, not by the bytes of its file."""
    return value if isinstance(value, str) else ""


def test_docx() -> None:
    """A Word document without what was deleted; raised figures stay apart."""
    assert read(DOCX, ".docx") == [
        ("headline", "Quay lift stays shut"),
        ("body", "The cable carries 10⁶ newtons, the board said."),
        ("body", ANSWER),
    ]


def test_odt() -> None:
    """An OpenDocument text; its notes follow at the end."""
    assert [text for _, text in read(ODT, ".odt")] == [
        "Quay lift", "It carries 10⁶ newtons.", BODY, "One item", "A note.",
    ]  # fmt: skip


def test_rtf() -> None:
    """A text in Rich Text Format."""
    assert [text for _, text in read(RTF, ".rtf")] == [
        "Quay lift stays shut",
        "It carries 10⁶ newtons, and “nobody” came… The board said so.",
        "The pier is old. It will stay.",
    ]


def test_epub() -> None:
    """A book in its own order, with what it states."""
    assert [text for _, text in read(make_epub(), ".epub")] == ["The quay", BODY, "The board", ANSWER]
    article = read_article(make_epub(), ".epub")
    assert (article.title, article.author, article.lang) == ("The quay", "Ona W. Sample", "en")
    assert article.published == "2031-03-03"


def test_pdf() -> None:
    """Lines become paragraphs, a word is joined at its hyphen, and a raised figure stays apart."""
    assert read(make_pdf([PAGE]), ".pdf") == [
        ("headline", "Quay lift stays shut"),
        ("body", f"{BODY} The cable carries 10⁶ newtons, "
                 "and the custom house stays open."),
        ("body", "Nobody answered the board, its head said, though it had asked for the money twice."),
    ]  # fmt: skip


def test_running_heads_and_pages() -> None:
    """Running heads and page numbers are left out, and a paragraph goes on after its page."""
    pages = []
    for number in range(1, 5):
        page = [(70.0, 800.0, 9.0, "The Lowmarket Post"), (290.0, 30.0, 9.0, str(number))]
        page += [
            (70.0, 700.0 - 14 * n, 11.0, f"here a line of page {'abcd'[number - 1]}{n} goes on and on to the end")
            for n in range(4)
        ]
        pages.append(page)
    blocks = [text for _, text in read(make_pdf(pages), ".pdf")]
    assert len(blocks) == 1
    assert "Post" not in blocks[0]
    assert blocks[0].count("here a line") == 16


def test_mail() -> None:
    """A mail states its subject, sender and day; what is attached is left out, and said."""
    article = read_article(MAIL, ".eml")
    assert (article.title, article.author, article.published) == ("Quay lift – shut", "Ona W. Sample", "2031-03-03")
    assert article.blocks[1] == "The lift will stay shut until autumn, the board said. It gave no reason for it."
    assert article.notes == ("1 attached file is left out",)


def test_captions() -> None:
    """Captions lose times and marks, and keep who speaks."""
    assert [text for _, text in read(SRT, ".srt")] == [
        "ONA SAMPLE: Why is the lift still shut?",
        "We asked for the money twice.",
        "Nobody answered?",
        "IVO EXEMPLAR: Nobody will ride in it before the tests are over.",
        "That means autumn.",
    ]
    assert [text for _, text in read(VTT, ".vtt")] == [
        "Ivo Exemplar: We asked for the money twice and nobody answered.",
    ]


@pytest.mark.parametrize(
    ("data", "suffix", "quote"),
    [
        (DOCX, ".docx", "The cable carries 10⁶ newtons"),
        (ODT, ".odt", "It carries 10⁶ newtons"),
        (RTF, ".rtf", "It carries 10⁶ newtons"),
        (make_epub(), ".epub", "nobody answered"),
        (make_pdf([PAGE]), ".pdf", "though it had asked for the money"),
        (MAIL, ".eml", "It gave no reason for it"),
        (SRT.encode(), ".srt", "Nobody will ride in it before the tests are over"),
    ],
    ids=name_case,
)
def test_the_file_itself_is_kept(tmp_path: Path, data: bytes, suffix: str, quote: str) -> None:
    """The bytes and their SHA-256 are the original's; lock and check read it again."""
    root = small_project(tmp_path / "project")
    (tmp_path / f"any{suffix}").write_bytes(data)
    folder = root / "briefings" / "scratch"
    assert run(root, "new", "scratch") == 0
    words = ("--briefing", "scratch", "--id", "any", "--lang", "en")
    assert run(root, "ingest", str(tmp_path / f"any{suffix}"), *words) == 0
    assert (folder / "articles" / f"any{suffix}").read_bytes() == data
    assert sha256(data) in (folder / "sources" / "any.lock").read_text(encoding="utf-8")
    statement = {"id": "any-one", "source": "any", "stance": "asserts", "quote": quote}
    claim = {"id": "any", "claim": "It stays shut.", "kind": "state", "terms": ["zzz"], "statements": [statement]}
    (folder / "claims").mkdir(exist_ok=True)
    (folder / "claims" / "quay.yml").write_text(yaml.safe_dump([claim], allow_unicode=True), encoding="utf-8")
    replace_once(folder / "briefing.yml", "topics: []", "topics: [{id: quay, title: Quay}]")
    assert run(root, "lock", "scratch", "--by", "A Tester") == 0
    assert "any-one" in (folder / "sources" / "any.lock").read_text(encoding="utf-8")
    assert run(root, "check", "scratch") == 0
    assert run(root, "suggest", "--briefing", "scratch") == 0


LAUGHS = '<!DOCTYPE x [<!ENTITY a "ha">' + "".join(
    f'<!ENTITY {new} "{f"&{old};" * 10}">' for old, new in zip("abcdefghi", "bcdefghij", strict=True)
) + "]>"  # fmt: skip
SECRET = '<!DOCTYPE x [<!ENTITY j SYSTEM "file:///etc/hostname">]>'
PAGES = [b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Count 1/Kids[3 0 R]>>"]
ONE = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/Contents 4 0 R>>"


def make_zip_bomb(name: str) -> bytes:
    """An archive whose one file unpacks to 150 MB."""
    return pack({name: b"<a>" + bytes(150_000_000)})


def make_pdf_bomb() -> bytes:
    """A PDF file of 4 MB whose page unpacks to 4 GB: one packed part of it again and again."""
    size, times = 4_000_000, 1000
    packer = zlib.compressobj(9, wbits=-zlib.MAX_WBITS)
    part = packer.compress(bytes(size)) + packer.flush(zlib.Z_FULL_FLUSH)
    checksum = size * times % 65_521 << 16 | 1  # Adler-32 of so many zeros
    packed = b"\x78\xda" + part * times + packer.flush() + checksum.to_bytes(4, "big")
    return write_pdf([*PAGES, ONE, b"<</Filter/FlateDecode/Length %d>>stream\n%s\nendstream" % (len(packed), packed)])


@pytest.mark.parametrize(
    ("data", "suffix", "message"),
    [
        (partial(make_zip_bomb, "word/document.xml"), ".docx", "unpacks to 150,000,003 bytes"),
        (partial(make_zip_bomb, "content.xml"), ".odt", "unpacks to"),
        (make_odt("<text:p>&j;</text:p>", doctype=LAUGHS), ".odt", "XML is broken"),
        (make_odt("<text:p>" * 3000 + "x" + "</text:p>" * 3000), ".odt", "XML is broken"),
        (
            pack({"word/document.xml": f"{LAUGHS}<w:document {WORD}><w:body>&j;</w:body></w:document>"}),
            ".docx",
            "broken",
        ),
        (pack({"x": "y"}), ".docx", "not what its suffix says"),
        (pack({"META-INF/container.xml": '<c><rootfile full-path="x"/></c>'}), ".epub", 'lacks its file "x"'),
        (DOCX[:200], ".docx", "broken"),
        (b"%PDF-1.7 and nothing else", ".pdf", "broken"),
        (write_pdf([*PAGES, ONE, b"<</Length 4>>stream\nq Q \nendstream"]), ".pdf", "pictures without text"),
        (b"{\\rtf1 " + b"{" * 50_000, ".rtf", "no words"),
        (b"Subject: nothing\n\n", ".eml", "no text"),
        (b"1\nno times\n", ".srt", "no captions"),
        (b"\xd0\xcf\x11\xe0 and more", ".docx", "old Word file"),
        (b"%PDF-1.7", ".docx", "it is a PDF file"),
    ],
    ids=name_case,
)
def test_hostile_files(data: bytes | Callable[[], bytes], suffix: str, message: str) -> None:
    """Broken files and bombs are refused in a sentence. A bomb is made here, not whenever tests are collected."""
    with pytest.raises(Refused, match=message):
        read_article(data() if callable(data) else data, suffix)


def test_entities_are_not_resolved() -> None:
    """No file of this machine gets into an article."""
    assert [text for _, text in read(make_odt("<text:p>It is &j; here.</text:p>", doctype=SECRET), ".odt")] == [
        "It is here."
    ]


@pytest.mark.slow
def test_a_bomb_in_a_pdf_file() -> None:
    """A page that unpacks to gigabytes ends within the limits of its process."""
    with pytest.raises(Refused, match=r"broken or too large|seconds"):
        read_article(make_pdf_bomb(), ".pdf")


def test_time_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    """A file that takes too long is refused."""
    monkeypatch.setattr(bounded, "SECONDS", 0.01)
    with pytest.raises(Refused, match="takes more than"):
        read_article(DOCX, ".docx")


def needs_what_is_missing(data: bytes) -> object:
    """A converter whose library is not installed."""
    return importlib.import_module("no_such_library").convert(data)


def test_a_missing_reader(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without its library a file is refused, with the command that installs it."""
    monkeypatch.setenv("PYTHONPATH", str(CHECKOUT))  # where the process finds this converter
    with pytest.raises(Refused, match=r"no_such_library, which is not installed; .*requirements-ingest\.txt"):
        bounded.run_bounded(needs_what_is_missing, DOCX)
