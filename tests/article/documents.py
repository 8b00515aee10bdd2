"""Documents of office programs, PDFs and books, each built from invented words."""

import io
import zipfile
from collections.abc import Mapping

WORD = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
OFFICE = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in ("office", "text", "style", "table")
)
BODY = "The lift at the quay will stay shut until autumn, the harbour board said on Monday."
ANSWER = "“We asked for the money twice and nobody answered,” said Ivo Exemplar, who runs the board."


def pack(files: Mapping[str, str | bytes]) -> bytes:
    """A zip archive."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return held.getvalue()


def make_docx(body: str) -> bytes:
    """A Word document."""
    kind = "application/vnd.openxmlformats-officedocument"
    relation = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"
    return pack(
        {
            "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
            '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            f'<Override PartName="/word/document.xml" ContentType="{kind}.wordprocessingml.document.main+xml"/>'
            "</Types>",
            "_rels/.rels": '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
            f'<Relationship Id="r1" Type="{relation}" Target="word/document.xml"/></Relationships>',
            "word/document.xml": f"<w:document {WORD}><w:body>{body}</w:body></w:document>",
        }
    )


def paragraph(*runs: str, style: str = "") -> str:
    """A paragraph of a Word document; a run that begins with "^" is raised, with "-" deleted."""
    out = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
    for words in runs:
        text = f'<w:t xml:space="preserve">{words.lstrip("^-")}</w:t>'
        if words.startswith("^"):
            out += f'<w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr>{text}</w:r>'
        elif words.startswith("-"):
            out += f"<w:del><w:r>{text.replace('w:t', 'w:delText')}</w:r></w:del>"
        else:
            out += f"<w:r>{text}</w:r>"
    return f"<w:p>{out}</w:p>"


def make_odt(body: str, *, doctype: str = "") -> bytes:
    """An OpenDocument text."""
    style = '<style:style style:name="T1"><style:text-properties style:text-position="super 58%"/></style:style>'
    return pack(
        {
            "content.xml": f"{doctype}<office:document-content {OFFICE}><office:automatic-styles>{style}"
            f"</office:automatic-styles><office:body><office:text>{body}</office:text></office:body>"
            "</office:document-content>"
        }
    )


def make_epub() -> bytes:
    """A book of two files."""
    page = '<html xmlns="http://www.w3.org/1999/xhtml"><body>{}</body></html>'
    return pack(
        {
            "META-INF/container.xml": '<container><rootfile full-path="o/b.opf"/></container>',
            "o/b.opf": '<package xmlns:dc="http://purl.org/dc/elements/1.1/"><metadata><dc:title>The quay</dc:title>'
            "<dc:creator>Ona W. Sample</dc:creator><dc:language>en</dc:language>"
            "<dc:date>2031-03-03</dc:date></metadata>"
            '<manifest><item id="two" href="2.xhtml"/><item id="one" href="1.xhtml"/></manifest>'
            '<spine><itemref idref="one"/><itemref idref="two"/></spine></package>',
            "o/1.xhtml": page.format(f"<h1>The quay</h1><p>{BODY}</p>"),
            "o/2.xhtml": page.format(f"<h2>The board</h2><p>{ANSWER}</p><p hidden='hidden'>Not shown.</p>"),
        }
    )


def make_pdf(pages: list[list[tuple[float, float, float, str]]]) -> bytes:
    """A PDF file; of each line its place from the left and from below and its size, in points, and its words."""
    objects = [b"<</Type/Catalog/Pages 2 0 R>>", b"", b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"]
    kids = []
    for lines in pages:
        text = "".join(f"BT /F1 {size} Tf {x} {y} Td ({words}) Tj ET\n" for x, y, size, words in lines).encode("cp1252")
        objects.append(b"<</Length %d>>stream\n%s\nendstream" % (len(text), text))
        objects.append(
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents %d 0 R/Resources<</Font<</F1 3 0 R>>>>>>"
            % len(objects)
        )
        kids.append(b"%d 0 R" % len(objects))
    objects[1] = b"<</Type/Pages/Count %d/Kids[%s]>>" % (len(kids), b" ".join(kids))
    return write_pdf(objects)


def write_pdf(objects: list[bytes]) -> bytes:
    """A PDF file of these objects."""
    out, places = b"%PDF-1.4\n", []
    for number, content in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj%s endobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    head = b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    return out + head + table + b"trailer<</Root 1 0 R/Size %d>>\nstartxref\n%d\n%%%%EOF" % (len(objects) + 1, len(out))
