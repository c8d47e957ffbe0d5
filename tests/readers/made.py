"""Files that tests make: PDF and Word with text of our own, and zips that lie."""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

CONTENT_TYPES = (
    b'<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    b'<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    b'<Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.'
    b'wordprocessingml.document.main+xml"/></Types>'
)
RELATIONS = (
    b'<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    b'<Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" '
    b'Target="word/document.xml"/></Relationships>'
)
WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def a_pdf(paragraphs: Iterable[str], *, title: str | None = None, pages: int = 1) -> bytes:
    """Make a PDF, each of its pages with these paragraphs."""
    from fpdf import FPDF

    pdf = FPDF()
    if title:
        pdf.set_title(title)
    pdf.set_font("Helvetica", size=11)
    words = [paragraph.encode("latin-1", "replace").decode("latin-1") for paragraph in paragraphs]
    for _ in range(pages):
        pdf.add_page()
        for paragraph in words:
            pdf.multi_cell(0, 6, paragraph, new_x="LMARGIN", new_y="NEXT")
            pdf.ln(6)
    return bytes(pdf.output())


def a_docx(paragraphs: Iterable[str], *, title: str = "") -> bytes:
    """Make a Word file."""
    import docx

    document = docx.Document()
    document.core_properties.title = title
    for paragraph in paragraphs:
        document.add_paragraph("".join(c for c in paragraph if c.isprintable()))
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def a_zip(members: dict[str, bytes]) -> bytes:
    """Make a zip of members as they are given."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return out.getvalue()


def raw_docx(document: bytes, **others: bytes) -> bytes:
    """Make a Word file of a document part as it is given."""
    members = {"[Content_Types].xml": CONTENT_TYPES, "_rels/.rels": RELATIONS, "word/document.xml": document}
    return a_zip({**members, **others})
