"""``.docx``: the paragraphs of a Word file. Its zip directory is checked before anything is unpacked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geo.errors import InputError, ZoneError
from geo.limits import MAX_DOCX_XML
from geo.readers import apart

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from geo.model import Article

_MAIN = b"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
_TYPES = "[Content_Types].xml"
_AGAIN = "Open it in a word processor and save it again as .docx, or save its text as .txt"


def read(data: bytes, path: Path) -> Iterator[Article | InputError]:
    """Read the articles of a Word file.

    Parameters
    ----------
    data : bytes
    path : Path
        Named in articles and messages.

    Yields
    ------
    Article or InputError

    Raises
    ------
    InputError
        It is no Word file, or one that cannot be read; see :func:`geo.readers.apart.articles`.
    """
    apart.hold(data, path, begins=b"PK\x03\x04", named="Word file", smaller="Split it")
    _check(data, path)
    yield from apart.articles("docx", data, path)


def _check(data: bytes, path: Path) -> None:
    # Imported here: only Word files need it.
    from geo.zones.files.archives import Archive

    try:
        archive = Archive(data)
        xml = archive.size(".xml") + archive.size(".rels")
        if xml > MAX_DOCX_XML:
            raise InputError(
                f"its text would become {xml:,} bytes, more than the {MAX_DOCX_XML:,} that are read",
                path=path,
                remedy="Split it",
            )
        kinds = archive.read(_TYPES) if _TYPES in archive.names(".xml") else b""
    except ZoneError as error:
        raise InputError(f"the Word file {error.problem}", path=path, remedy=_AGAIN) from error
    if _MAIN not in kinds:
        raise InputError("a zip that is no Word file (.docx)", path=path, remedy=_AGAIN)
