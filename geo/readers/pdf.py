"""``.pdf``: the text of its pages. A day in its properties is when the file was made, so it is not taken."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geo.readers import apart

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from geo.errors import InputError
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
    apart.hold(data, path, begins=b"%PDF-", named="PDF", smaller="Save only the pages needed")
    yield from apart.articles("pdf", data, path)
