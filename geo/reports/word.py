"""The report as a Word document."""

from __future__ import annotations

import io
import json
from datetime import datetime
from itertools import islice
from typing import TYPE_CHECKING, Any, Final

from geo.export.record import TITLE
from geo.reports import outline
from geo.reports.bundle import NO_DAY, caption_of
from geo.reports.carriers import WORD_PARTS, WORD_TAG
from geo.reports.facts import HEADER, counts
from geo.reports.figure import page_picture, query_record
from geo.reports.lines import lines
from geo.reports.links import web_address
from geo.reports.packing import steady
from geo.version import VERSION

if TYPE_CHECKING:
    from geo.reports.lines import Line
    from geo.reports.material import Material

PAGE_CM: Final = (21.0, 29.7)
EDGE_CM: Final = 2.0
WIDE_CM: Final = PAGE_CM[0] - 2 * EDGE_CM
TALLEST_CM: Final = 16.0
COUNT_CM: Final = (6.0, 2.2, 2.2, 3.3, 3.3)
"""Columns of the counts."""
_FONT: Final = "Calibri"
_ARABIC_FONT: Final = "Arial"
_AFTER_BIDI: Final = ("w:adjustRightInd", "w:snapToGrid", "w:spacing", "w:ind", "w:contextualSpacing", "w:jc", "w:rPr")
_GREY: Final = (0x5B, 0x61, 0x68)
_LINK: Final = (0x1F, 0x5F, 0xA8)


def word(material: Material) -> bytes:
    """Make the report.

    Parameters
    ----------
    material : Material

    Returns
    -------
    bytes
        A .docx file, the same for the same material. Text of articles is text in it: no fields, no macros, and links
        only to plain web addresses.
    """
    from docx import Document

    document = Document()
    _setup(document, material)
    _cover(document, material)
    _counts(document, material)
    document.add_heading(outline.SECTIONS[1], 1)
    for part in outline.method():
        document.add_paragraph(part)
    _events(document, material)
    document.add_heading(outline.SECTIONS[3], 1)
    for part in (*outline.credits(), outline.made_words(material)):
        document.add_paragraph(part)
    if sentences := outline.graphic(material):
        document.add_heading(outline.GRAPHIC, 1).paragraph_format.page_break_before = True
        for sentence in sentences:
            _run(document.add_paragraph(), sentence, foreign=True)
    out = io.BytesIO()
    document.save(out)
    return steady(out.getvalue(), str(material.about.exported or NO_DAY))


def _setup(document: Any, material: Material) -> None:
    from docx.oxml.ns import qn
    from docx.shared import Cm, Pt

    section = document.sections[0]
    section.page_width, section.page_height = (Cm(size) for size in PAGE_CM)
    for side in ("left_margin", "right_margin", "top_margin", "bottom_margin"):
        setattr(section, side, Cm(EDGE_CM))
    normal = document.styles["Normal"]
    normal.font.name, normal.font.size = _FONT, Pt(10.5)
    normal.element.rPr.rFonts.set(qn("w:cs"), _ARABIC_FONT)
    normal.paragraph_format.space_after = Pt(5)
    told = document.core_properties
    told.title, told.author, told.comments = outline.clean(material.title)[:250], f"Borderlines {VERSION}", TITLE
    told.created = told.modified = datetime.fromisoformat(NO_DAY)
    told.last_modified_by = told.author
    _page_numbers(section.footer.paragraphs[0], outline.made_words(material))


def _page_numbers(paragraph: Any, words: str) -> None:
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    _run(paragraph, f"{words} · page ", grey=True, size=8)
    field = OxmlElement("w:fldSimple")
    # The only field there is, and none of its words come from an article.
    field.set(qn("w:instr"), "PAGE")
    # What is shown until a program counts the pages.
    field.append(_run(paragraph, "1", grey=True, size=8)._r)
    paragraph._p.append(field)


def _cover(document: Any, material: Material) -> None:
    from docx.shared import Cm

    title = document.add_heading(level=0)
    _run(title, outline.clean(material.title), foreign=True)
    _run(document.add_paragraph(), outline.subtitle(material), size=13)
    _run(document.add_paragraph(), outline.made_words(material), grey=True)
    png = page_picture(material, wide_mm=10 * WIDE_CM, high_mm=10 * TALLEST_CM)
    picture = document.add_picture(io.BytesIO(png))
    across = min(WIDE_CM, TALLEST_CM * picture.width / picture.height)
    picture.width, picture.height = Cm(across), Cm(across * picture.height / picture.width)
    _run(document.add_paragraph(), outline.clean(caption_of(material)), grey=True, size=9)
    _remember(document, query_record(material, png=png))


def _remember(document: Any, record: dict[str, Any]) -> None:
    """Keep the record where office programs keep what is not theirs, so that the view can be brought back."""
    from docx.opc.constants import RELATIONSHIP_TYPE
    from docx.opc.part import Part
    from lxml import etree  # type: ignore[import-untyped]

    element = etree.Element(WORD_TAG)
    # ASCII: XML has no form for some characters that a title may hold.
    element.text = json.dumps(record)
    package = document.part.package
    part = Part(package.next_partname(WORD_PARTS), "application/xml", etree.tostring(element), package)
    document.part.relate_to(part, RELATIONSHIP_TYPE.CUSTOM_XML)


def _counts(document: Any, material: Material) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import Cm, Pt

    document.add_heading(outline.SECTIONS[0], 1)
    rows = [HEADER, *(count.cells() for count in counts(material))]
    table = document.add_table(rows=len(rows), cols=len(HEADER))
    table.autofit = False
    for column, wide in zip(table.columns, COUNT_CM, strict=True):
        column.width = Cm(wide)
    for number, (row, texts) in enumerate(zip(table.rows, rows, strict=True)):
        for cell, text, wide, column in zip(row.cells, texts, COUNT_CM, range(len(HEADER)), strict=True):
            cell.width = Cm(wide)
            (paragraph,) = cell.paragraphs
            _run(paragraph, text).bold = number == 0
            paragraph.paragraph_format.space_before = paragraph.paragraph_format.space_after = Pt(2)
            # One table on one page: a row that is parted from its head says nothing.
            paragraph.paragraph_format.keep_with_next = number < len(rows) - 1
            if column:
                paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        _rule_under(row)


def _rule_under(row: Any) -> None:
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    for cell in row.cells:
        line = OxmlElement("w:bottom")
        for name, value in (("val", "single"), ("sz", "4"), ("space", "0"), ("color", "D5D9DE")):
            line.set(qn(f"w:{name}"), value)
        borders = OxmlElement("w:tcBorders")
        borders.append(line)
        cell._tc.get_or_add_tcPr().append(borders)


def _events(document: Any, material: Material) -> None:
    document.add_heading(outline.SECTIONS[2], 1)
    if material.events.empty:
        document.add_paragraph("No event under these filters.")
    for number, line in enumerate(islice(lines(material), outline.MOST_LISTED), start=1):
        _event(document, number, line)
    if len(material.events) > outline.MOST_LISTED:
        _run(document.add_paragraph(), outline.rest(len(material.events)), grey=True)


def _event(document: Any, number: int, line: Line) -> None:
    from docx.shared import Pt

    head = _paragraph(document)
    head.paragraph_format.keep_with_next = True
    head.paragraph_format.space_before, head.paragraph_format.space_after = Pt(9), Pt(0)
    _run(head, outline.heading(number, line)).bold = True
    said = _paragraph(document)
    said.paragraph_format.keep_with_next = bool(line.told)
    _run(said, outline.facts(line))
    for told in line.told:
        quote = _paragraph(document)
        # By its id: to look it up by name for each sentence would take a third of all the time.
        quote._p.style = "Quote"
        quote.paragraph_format.left_indent, quote.paragraph_format.space_after = Pt(14), Pt(1)
        quote.paragraph_format.keep_with_next = True
        _run(quote, outline.quoted(told, number), foreign=True)
        source = _paragraph(document)
        source.paragraph_format.left_indent = Pt(14)
        _run(source, outline.credited(told), grey=True, size=9)
        if address := web_address(told.url):
            _link(source, address)


def _paragraph(document: Any) -> Any:
    """Add a paragraph at the end; the library would look through all others first, which takes minutes of thousands."""
    from docx.oxml import OxmlElement
    from docx.text.paragraph import Paragraph

    element = OxmlElement("w:p")
    document.element.body[-1].addprevious(element)
    return Paragraph(element, document._body)


def _run(paragraph: Any, text: str, *, grey: bool = False, size: float | None = None, foreign: bool = False) -> Any:
    """Add text; what an article wrote runs from the right where it was written so, a sentence of ours never."""
    from docx.shared import Pt, RGBColor

    run = paragraph.add_run(text)
    if size:
        run.font.size = Pt(size)
    if grey:
        run.font.color.rgb = RGBColor(*_GREY)
    if foreign and outline.from_right(text):
        run.font.rtl = True
        _from_right(paragraph)
    return run


def _from_right(paragraph: Any) -> None:
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    properties = paragraph._p.get_or_add_pPr()
    if properties.find(qn("w:bidi")) is None:
        # Word is strict about the order in here.
        properties.insert_element_before(OxmlElement("w:bidi"), *_AFTER_BIDI)


def _link(paragraph: Any, address: str) -> None:
    from docx.opc.constants import RELATIONSHIP_TYPE
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn
    from docx.shared import Pt, RGBColor

    paragraph.add_run(" · ")
    link = OxmlElement("w:hyperlink")
    part = paragraph.part
    # The library would hold each address against all before it.
    name = f"rIdLink{len(part.rels)}"
    part.load_rel(RELATIONSHIP_TYPE.HYPERLINK, address, name, is_external=True)
    link.set(qn("r:id"), name)
    run = paragraph.add_run(outline.OPEN)
    run.font.size, run.font.color.rgb, run.font.underline = Pt(9), RGBColor(*_LINK), True
    link.append(run._r)
    paragraph._p.append(link)
