"""The report as a PDF."""

from __future__ import annotations

import io
import json
import logging
from datetime import UTC, datetime
from functools import cache
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from geo.reports import outline
from geo.reports.bundle import NO_DAY, caption_of
from geo.reports.facts import HEADER, counts
from geo.reports.figure import page_picture, query_record
from geo.reports.lines import lines
from geo.reports.links import web_address
from geo.version import VERSION

if TYPE_CHECKING:
    from geo.reports.lines import Line
    from geo.reports.material import Material

EDGE_MM: Final = 18.0
TALLEST_MM: Final = 165.0
_INK: Final = (31, 35, 40)
_GREY: Final = (91, 97, 104)
_LINK: Final = (31, 95, 168)
_RULE: Final = (213, 217, 222)
_FONT: Final = "DejaVu"


def pdf(material: Material) -> bytes:
    """Make the report.

    Parameters
    ----------
    material : Material

    Returns
    -------
    bytes
        A .pdf file on A4, the same for the same material; fonts are in it, and Latin, Arabic, Greek and Cyrillic are
        shaped and ordered as they are written.
    """
    from fpdf.enums import XPos, YPos

    paper = _paper(material)
    paper.add_page()
    ends = {"new_x": XPos.LMARGIN, "new_y": YPos.NEXT}
    _cover(paper, material, ends)
    _counts(paper, material, ends)
    _head(paper, outline.SECTIONS[1], ends)
    for part in outline.method():
        _write(paper, part, ends, after=2)
    _events(paper, material, ends)
    _head(paper, outline.SECTIONS[3], ends)
    for part in (*outline.credits(), outline.made_words(material)):
        _write(paper, part, ends, after=2)
    if sentences := outline.graphic(material):
        paper.add_page()
        _head(paper, outline.GRAPHIC, ends)
        for sentence in sentences:
            _write(paper, sentence, ends, after=2, foreign=True)
    # It tells of tables it leaves out of the subset, which nobody needs to know.
    logging.getLogger("fontTools.subset").setLevel(logging.ERROR)
    return bytes(paper.output())


@cache
def _fonts() -> tuple[tuple[str, Path], ...]:
    # matplotlib brings a free font with Arabic, which is also the figure's own.
    import matplotlib as mpl

    folder = Path(mpl.get_data_path()) / "fonts" / "ttf"
    return (("", folder / "DejaVuSans.ttf"), ("B", folder / "DejaVuSans-Bold.ttf"))


def _paper(material: Material) -> Any:
    from fpdf import FPDF

    told = outline.made_words(material)

    class Paper(FPDF):
        def footer(self) -> None:
            self.set_xy(EDGE_MM, -13)
            self.set_font(_FONT, size=7)
            self.set_text_color(*_GREY)
            self.cell(0, 5, f"{told} · page {self.page_no()}")

    paper = Paper(format="A4")
    for style, path in _fonts():
        paper.add_font(_FONT, style, path)
    paper.set_margin(EDGE_MM)
    paper.set_auto_page_break(auto=True, margin=EDGE_MM)
    paper.set_title(outline.clean(material.title))
    paper.set_creator(f"Borderlines {VERSION}")
    paper.set_producer(f"Borderlines {VERSION}")
    paper.set_lang("en")
    paper.set_creation_date(datetime.fromisoformat(str(material.about.exported or NO_DAY)).replace(tzinfo=UTC))
    return paper


def _cover(paper: Any, material: Material, ends: dict[str, Any]) -> None:
    _write(paper, outline.clean(material.title), ends, size=20, bold=True, after=2, foreign=True)
    _write(paper, outline.subtitle(material), ends, size=12, after=1)
    _write(paper, outline.made_words(material), ends, grey=True, after=4)
    from PIL import Image

    png = page_picture(material, wide_mm=paper.epw, high_mm=TALLEST_MM)
    paper.set_subject(json.dumps(query_record(material, png=png)))
    with Image.open(io.BytesIO(png)) as picture:
        across = min(paper.epw, TALLEST_MM * picture.width / picture.height)
        paper.image(picture.convert("RGB"), w=across)
    paper.ln(2)
    _write(paper, outline.clean(caption_of(material)), ends, size=8, grey=True, after=3)


def _head(paper: Any, text: str, ends: dict[str, Any]) -> None:
    if paper.will_page_break(30):
        paper.add_page()
    paper.ln(4)
    _write(paper, text, ends, size=14, bold=True, after=1)
    paper.set_draw_color(*_RULE)
    paper.line(EDGE_MM, paper.get_y(), EDGE_MM + paper.epw, paper.get_y())
    paper.ln(2)


def _counts(paper: Any, material: Material, ends: dict[str, Any]) -> None:
    _head(paper, outline.SECTIONS[0], ends)
    paper.set_font(_FONT, size=9)
    paper.set_text_color(*_INK)
    with paper.table(
        col_widths=(40, 14, 14, 20, 20),
        text_align=("LEFT", *["RIGHT"] * 4),
        borders_layout="HORIZONTAL_LINES",
        line_height=6,
    ) as table:
        for cells in (HEADER, *(count.cells() for count in counts(material))):
            table.row(cells)
    paper.ln(2)


def _events(paper: Any, material: Material, ends: dict[str, Any]) -> None:
    _head(paper, outline.SECTIONS[2], ends)
    if material.events.empty:
        _write(paper, "No event under these filters.", ends)
    for number, line in enumerate(islice(lines(material), outline.MOST_LISTED), start=1):
        _event(paper, number, line, ends)
    if len(material.events) > outline.MOST_LISTED:
        _write(paper, outline.rest(len(material.events)), ends, grey=True, after=2)


def _event(paper: Any, number: int, line: Line, ends: dict[str, Any]) -> None:
    if paper.will_page_break(24):
        paper.add_page()
    _write(paper, outline.heading(number, line), ends, size=10, bold=True)
    _write(paper, outline.facts(line), ends, after=1)
    paper.set_left_margin(EDGE_MM + 5)
    paper.set_x(EDGE_MM + 5)
    for told in line.told:
        _write(paper, outline.quoted(told, number), ends, foreign=True)
        _credit(paper, outline.credited(told), web_address(told.url), ends)
    paper.set_left_margin(EDGE_MM)
    paper.set_x(EDGE_MM)
    paper.ln(3)


def _credit(paper: Any, text: str, address: str | None, ends: dict[str, Any]) -> None:
    """Say where a sentence stands, with the link behind the last word where there is room for it."""
    written = _write(paper, text, ends, size=8, grey=True)
    if address:
        paper.set_text_color(*_LINK)
        paper.set_text_shaping(use_shaping_engine=False)
        wide = paper.get_string_width(outline.OPEN) + 2 * paper.c_margin
        behind = paper.get_string_width(written[-1]) + 2 * paper.c_margin if written else paper.epw
        if behind + wide <= paper.epw:
            paper.set_xy(paper.l_margin + behind, paper.get_y() - 4)
        paper.cell(text=outline.OPEN, link=address, h=4, **ends)
    paper.ln(1)


def _write(
    paper: Any,
    text: str,
    ends: dict[str, Any],
    *,
    size: float = 9,
    bold: bool = False,
    grey: bool = False,
    after: float = 0,
    foreign: bool = False,
) -> list[str]:
    """Write a paragraph; returns its lines, none where the library broke them."""
    paper.set_font(_FONT, "B" if bold else "", size)
    paper.set_text_color(*(_GREY if grey else _INK))
    # Letters that join or change order need it; for all others it only takes five times as long.
    # A sentence of ours stays one from the left, whatever name it begins with.
    back = foreign and outline.from_right(text)
    shaped = outline.needs_shaping(text)
    paper.set_text_shaping(use_shaping_engine=shaped, direction="rtl" if back else "ltr")
    lines = None if shaped else _broken(paper, text)
    if lines is None:
        paper.multi_cell(0, size * 0.5, text, align="R" if back else "L", **ends)
    for line in lines or ():
        paper.cell(0, size * 0.5, line, **ends)
    paper.ln(after)
    return lines or []


def _broken(paper: Any, text: str) -> list[str] | None:
    """Break text into lines, word by word; None where a word is wider than the page.

    fpdf2 measures a line anew for each letter that it adds, which takes minutes for ten thousand events.
    """
    room = paper.epw - 2 * paper.c_margin
    space = paper.get_string_width(" ")
    lines: list[list[str]] = [[]]
    used = -space
    for word in text.split(" "):
        wide = paper.get_string_width(word)
        if wide > room:
            return None
        if used + space + wide > room:
            lines.append([])
            used = -space
        lines[-1].append(word)
        used += space + wide
    return [" ".join(line) for line in lines]
