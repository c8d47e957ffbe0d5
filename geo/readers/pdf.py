"""``.pdf``: the text of its pages. A day in its properties is when the file was made, so it is not taken."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geo.errors import InputError
from geo.limits import MAX_FILE_BYTES
from geo.readers import apart

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from geo.model import Article


def read(data: bytes, path: Path) -> Iterator[Article | InputError]:
    """Read the articles of a PDF.

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
        It is no PDF, or one that cannot be read; see :func:`geo.readers.apart.articles`.
    """
    if not data.strip():
        raise InputError("the file is empty", path=path, remedy="Save it again")
    if len(data) > MAX_FILE_BYTES:
        raise InputError(
            f"more than the {MAX_FILE_BYTES:,} bytes that are read", path=path, remedy="Save only the pages needed"
        )
    if not data.startswith(b"%PDF-"):
        raise InputError("named as a PDF, and is something else", path=path, remedy="Give it its own suffix")
    yield from apart.articles("pdf", data, path)
