"""What a drawing needs after matplotlib wrote it: its size on paper, and in an SVG the font and right-to-left text."""

from __future__ import annotations

import base64
import io
import re
from functools import lru_cache
from html import unescape
from typing import Final

from matplotlib.font_manager import FontProperties, findfont

_SIZE: Final = re.compile(rb'(<svg [^>]*?)(width|height)="([0-9.]+)pt"')
_TEXT: Final = re.compile(r"<text[^>]*>([^<]*)</text>")
_WEIGHTS: Final = {"normal": 400, "bold": 700}


def finish_svg(content: bytes, *, enlarge: float) -> bytes:
    """Give an SVG its size on paper, and the letters of its font that it uses, so that it looks the same everywhere.

    Parameters
    ----------
    content : bytes
        From matplotlib, with its text as text.
    enlarge : float
        How much larger the paper is than what was drawn.
    """
    for _ in range(2):
        content = _SIZE.sub(
            lambda found: b'%s%s="%.3fmm"' % (found[1], found[2], float(found[3]) / 72 * 25.4 * enlarge),
            content,
            count=1,
        )
    letters = "".join(sorted(set(unescape("".join(_TEXT.findall(content.decode()))))))
    faces = "".join(
        f"@font-face{{font-family:'DejaVu Sans';font-weight:{number};"
        f"src:url(data:font/woff;base64,{_letters_of(weight, letters)}) format('woff')}}"
        for weight, number in _WEIGHTS.items()
    )
    # Each line stands in the direction of its first letter, as it does on the picture.
    style = f'<style type="text/css">{faces}text{{unicode-bidi:plaintext}}</style>'
    return content.replace(b"</metadata>", b"</metadata>\n " + style.encode(), 1)


@lru_cache(maxsize=32)
def _letters_of(weight: str, letters: str) -> str:
    """Cut the font down to some letters, with what joins and places them; base64 of a WOFF file."""
    from fontTools import subset  # type: ignore[import-untyped]
    from fontTools.ttLib import TTFont  # type: ignore[import-untyped]

    options = subset.Options(flavor="woff", layout_features=["*"], notdef_outline=True, hinting=False)
    options.drop_tables += ["FFTM"]  # the font editor's own dates
    with TTFont(
        findfont(FontProperties(family="DejaVu Sans", weight=weight)), recalcTimestamp=False, lazy=True
    ) as font:
        cutter = subset.Subsetter(options)
        cutter.populate(text=letters)
        cutter.subset(font)
        out = io.BytesIO()
        font.flavor = "woff"
        font.save(out)
    return base64.b64encode(out.getvalue()).decode()


def finish_pdf(content: bytes, *, enlarge: float) -> bytes:
    """Give a PDF its size on paper; its text stays text, and its metadata stay.

    Parameters
    ----------
    content : bytes
        From matplotlib, one page.
    enlarge : float
        How much larger the paper is than what was drawn.
    """
    if enlarge == 1:
        return content
    from pypdf import PdfReader, PdfWriter
    from pypdf.generic import ArrayObject, DecodedStreamObject, NameObject, RectangleObject

    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(content)))
    page = writer.pages[0]
    before, after = DecodedStreamObject(), DecodedStreamObject()
    before.set_data(b"q %.6f 0 0 %.6f 0 0 cm\n" % (enlarge, enlarge))
    after.set_data(b"\nQ\n")
    drawn = page["/Contents"].indirect_reference
    page[NameObject("/Contents")] = ArrayObject([writer._add_object(before), drawn, writer._add_object(after)])
    width, height = (float(v) * enlarge for v in page.mediabox[2:])
    page[NameObject("/MediaBox")] = RectangleObject((0, 0, round(width, 3), round(height, 3)))
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()
