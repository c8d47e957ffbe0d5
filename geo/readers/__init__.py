"""Bytes to articles: one reader for each kind of file, and the way through files and folders.

To add a format, write a function from bytes and path to articles and list its suffix in :data:`READERS`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from geo.errors import InputError
from geo.limits import MAX_FILE_BYTES, MAX_LINE_BYTES
from geo.readers import feed, jsonl, mail, markdown, pdf, text, webpage, word
from geo.readers.fields import article_id
from geo.readers.files import FileWalk

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from pathlib import Path
    from typing import BinaryIO

    from geo.model import Article

__all__ = ["MAX_FILE_BYTES", "READERS", "Reader", "article_id", "read_paths"]


class Reader(Protocol):
    """Reads the articles of one file."""

    def __call__(self, data: bytes, path: Path, /) -> Iterable[Article | InputError]:
        """Give the articles of a file's bytes; what cannot be read is yielded or raised as InputError."""
        ...


READERS: Mapping[str, Reader] = {
    ".txt": text.read,
    ".md": markdown.read,
    ".html": webpage.read,
    ".htm": webpage.read,
    ".jsonl": jsonl.read,
    ".pdf": pdf.read,
    ".docx": word.read,
    ".eml": mail.read,
    ".mbox": mail.read_mailbox,
    ".rss": feed.read,
    ".atom": feed.read,
    ".xml": feed.read,
}
"""Reader of each suffix, in lower case."""

_BY_LINES: Mapping[str, Callable[[Iterable[bytes], Path], Iterator[Article | InputError]]] = {
    ".jsonl": jsonl.read_lines,
    ".mbox": mail.read_messages,
}
"""Formats that are read line by line, so that a file of any size does not have to be held."""


def read_paths(paths: Iterable[Path]) -> Iterator[Article | InputError]:
    """Read articles from files and folders.

    Folders are walked in sorted order. Hidden files are passed over, links that lead out of the folder are not
    followed, and a kind of file that cannot be read is named once.

    Parameters
    ----------
    paths : iterable of Path
        Files and folders.

    Yields
    ------
    Article or InputError
        Errors are values, so that the rest goes on.

    Examples
    --------
    >>> from pathlib import Path
    >>> [str(item) for item in read_paths([Path("missing.txt")])]
    ['missing.txt: no such file or folder. Check the spelling']
    """
    for item in FileWalk(frozenset(READERS)).walk(paths):
        if isinstance(item, InputError):
            yield item
            continue
        try:
            yield from _read_file(item)
        except InputError as error:
            yield error
        except OSError as error:
            yield InputError(f"cannot be read: {error.strerror or error}", path=item)


def _read_file(path: Path) -> Iterator[Article | InputError]:
    suffix = path.suffix.lower()
    with path.open("rb") as file:
        if suffix in _BY_LINES:
            yield from _BY_LINES[suffix](_lines(file), path)
            return
        data = file.read(MAX_FILE_BYTES + 1)
    yield from READERS[suffix](data, path)


def _lines(file: BinaryIO) -> Iterator[bytes]:
    """Give the lines of a file; of a line over the limit only so much that its reader sees it is too long."""
    while line := file.readline(MAX_LINE_BYTES + 1):
        yield line
        while line and not line.endswith(b"\n"):
            line = file.readline(MAX_LINE_BYTES + 1)
