"""The text that a figure carries, found in the file's bytes. The bytes come from anywhere: bounded, never run."""

from __future__ import annotations

import io
import struct
import warnings
from typing import Final

from defusedxml import DefusedXmlException  # type: ignore[import-untyped]
from defusedxml import ElementTree as SafeTree

MAX_BYTES: Final = 200_000_000
"""Larger files are not looked into."""
MAX_SVG: Final = 60_000_000
MAX_TEXT: Final = 1_000_000
"""Longest record, characters."""
_DESCRIPTION: Final = "{http://purl.org/dc/elements/1.1/}description"


def text_of(content: bytes) -> str | None:
    """Find the text a figure carries.

    Parameters
    ----------
    content : bytes
        A whole file.

    Returns
    -------
    str or None
        None for a file of another kind, a damaged one, and one without such a text.
    """
    if len(content) > MAX_BYTES:
        return None
    if content.startswith((b"\x89PNG\r\n\x1a\n", b"GIF8")):
        return _from_picture(content)
    if content[:1024].lstrip().startswith(b"%PDF"):
        return _from_pdf(content)
    if content[4:8] == b"ftyp":
        return _from_film(content)
    if content[:64].lstrip().startswith(b"{"):
        # The query file of a bundle is nothing but its record.
        return _bounded(content)
    return _from_svg(content) if b"<svg" in content[:4096] else None


def _bounded(text: object) -> str | None:
    if isinstance(text, bytes):
        text = text.decode("utf-8", "replace")
    return text if isinstance(text, str) and len(text) <= MAX_TEXT else None


def _from_picture(content: bytes) -> str | None:
    from PIL import Image, UnidentifiedImageError

    try:
        # Only the head is read, never the pixels; a figure at 1,200 dpi is larger than Pillow warns of.
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            with Image.open(io.BytesIO(content), formats=("PNG", "GIF")) as image:
                return _bounded(image.info.get("Description", image.info.get("comment")))
    except (UnidentifiedImageError, Image.DecompressionBombError, ValueError, OSError, SyntaxError, struct.error):
        return None


def _from_pdf(content: bytes) -> str | None:
    from pypdf import PdfReader
    from pypdf.errors import PyPdfError

    try:
        about = PdfReader(io.BytesIO(content), strict=False).metadata
        return None if about is None else _bounded(about.subject)
    except (PyPdfError, ValueError, KeyError, TypeError, AttributeError, IndexError, RecursionError, OSError):
        # A broken PDF breaks its reader in as many ways as there are.
        return None


def _from_svg(content: bytes) -> str | None:
    if len(content) > MAX_SVG:
        return None
    try:
        for _, element in SafeTree.iterparse(io.BytesIO(content), events=("end",)):
            if element.tag == _DESCRIPTION:
                return _bounded(element.text)
            if element.tag.endswith("}metadata"):
                return None
    except (SafeTree.ParseError, DefusedXmlException, ValueError, LookupError):
        pass
    return None


def _from_film(content: bytes) -> str | None:
    """Walk an MP4's boxes down to the comment: moov, udta, meta, ilst, ©cmt, data."""
    start, end = 0, len(content)
    for name, skip in ((b"moov", 0), (b"udta", 0), (b"meta", 4), (b"ilst", 0), (b"\xa9cmt", 0), (b"data", 8)):
        found = _box(content, name, start, end)
        if found is None:
            return None
        start, end = found[0] + skip, found[1]
    return _bounded(content[start:end])


def _box(content: bytes, wanted: bytes, start: int, end: int) -> tuple[int, int] | None:
    while start + 8 <= end:
        length, name = struct.unpack_from(">I4s", content, start)
        head = 8
        if length == 1 and start + 16 <= end:
            (length,) = struct.unpack_from(">Q", content, start + 8)
            head = 16
        stop = end if length == 0 else start + length
        if (length and length < head) or stop > end:
            return None
        if name == wanted:
            return start + head, stop
        start = stop
    return None
