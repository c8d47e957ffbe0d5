"""Bytes to text: which encoding, and a clear word where there is none."""

from __future__ import annotations

import codecs
from typing import TYPE_CHECKING

from geo.errors import InputError
from geo.limits import MAX_FILE_BYTES

if TYPE_CHECKING:
    from pathlib import Path

_MAGIC = (
    (b"%PDF", "a PDF"),
    (b"PK\x03\x04", "a zip container (docx, xlsx, odt, epub)"),
    (b"\xd0\xcf\x11\xe0", "an old Office document"),
    (b"{\\rtf", "an RTF document"),
    (b"\x89PNG", "a PNG picture"),
    (b"\xff\xd8\xff", "a JPEG picture"),
    (b"GIF8", "a GIF picture"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"SQLite format 3", "an SQLite database"),
)
# The four-byte marks come first: UTF-32 LE begins with the mark of UTF-16 LE.
_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_SAVE_AS_UTF8 = "Save it as UTF-8 text"
_GUESS_BYTES = 2**18


def decode(data: bytes, path: Path, *, declared: str | None = None) -> str:
    """Turn the bytes of a text file into text.

    A byte order mark decides; then UTF-8 is tried, then the declared encoding, then a guess from the letters.

    Parameters
    ----------
    data : bytes
        The whole file.
    path : Path
        Named in messages.
    declared : str, optional
        Encoding that the page itself names.

    Returns
    -------
    str

    Raises
    ------
    InputError
        When the file is too large, empty, binary, or in no encoding that could be found; the message names the byte.
    """
    _refuse_what_is_not_text(data, path)
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _strictly(data, encoding, path)
    if (offset := data.find(b"\0")) >= 0:
        raise InputError(
            f"NUL at byte {offset}: a binary file, or UTF-16 without its byte order mark",
            path=path,
            line=_line_of(data, offset),
            remedy=_SAVE_AS_UTF8,
        )
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        return _in_another_encoding(data, error, path, declared=declared)


def _refuse_what_is_not_text(data: bytes, path: Path) -> None:
    if len(data) > MAX_FILE_BYTES:
        raise InputError(
            f"{len(data):,} bytes, more than the {MAX_FILE_BYTES:,} that are read", path=path, remedy="Split the file"
        )
    if not data.strip():
        raise InputError("the file is empty", path=path, remedy="Save the page again")
    for magic, name in _MAGIC:
        if data.startswith(magic):
            raise InputError(f"{name}, not text", path=path, remedy="Export it as text or HTML")


def _in_another_encoding(data: bytes, error: UnicodeDecodeError, path: Path, *, declared: str | None) -> str:
    if declared and _known(declared):
        return _strictly(data, declared, path)
    if not _is_damaged_utf8(data):
        # Imported here: most files are UTF-8 and never need it.
        from charset_normalizer import from_bytes

        best = from_bytes(data[:_GUESS_BYTES]).best()
        if best is not None:
            return _strictly(data, best.encoding, path)
    raise InputError(
        f"not UTF-8 at byte {error.start} (0x{data[error.start]:02x}), and no other encoding fits",
        path=path,
        line=_line_of(data, error.start),
        remedy=_SAVE_AS_UTF8,
    ) from error


def _is_damaged_utf8(data: bytes) -> bool:
    """Tell a UTF-8 file with a few bad bytes from a file in another encoding, which would only become mojibake."""
    text = data.decode("utf-8", errors="replace")
    bad = text.count("\ufffd")
    good = sum(not char.isascii() for char in text) - bad
    return good > 2 * bad


def _strictly(data: bytes, encoding: str, path: Path) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise InputError(
            f"not {encoding} at byte {error.start} (0x{data[error.start]:02x}): {error.reason}",
            path=path,
            line=_line_of(data, error.start),
            remedy=_SAVE_AS_UTF8,
        ) from error


def _known(encoding: str) -> bool:
    try:
        # Codecs such as "hex" or "zlib" are no character encodings; _is_text_encoding is what bytes.decode asks.
        "".encode(encoding)
    except (LookupError, UnicodeError, ValueError):
        return False
    return True


def _line_of(data: bytes, offset: int) -> int:
    return data.count(b"\n", 0, offset) + 1
