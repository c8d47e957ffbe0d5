"""Takes the text out of one PDF or Word file, in a process of its own that may use only so much time and memory.

``python -I child.py KIND SECONDS BYTES PAGES CHARACTERS`` reads the file from standard input and writes one JSON
object: ``text`` and ``title``, or ``error`` with a ``remedy``. It imports nothing of the package, so it starts fast.
"""

from __future__ import annotations

import io
import json
import logging
import sys
import warnings
from collections import Counter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from docx.document import Document
    from docx.table import Table

_FEW = 3
"""A line at the edge of more pages than this is their heading, not text."""
_FULL = 0.75
"""Share of the width of the widest lines from which a line is full."""


class RefusedError(Exception):
    """What is wrong with the file, and the remedy."""


def pdf(data: bytes, *, most_pages: int, most_characters: int) -> tuple[str, str | None]:
    """Give the text of a PDF, pages one after another, and the title it names."""
    from pypdf import PdfReader

    reader = PdfReader(io.BytesIO(data), strict=False)
    if reader.is_encrypted and not reader.decrypt(""):
        raise RefusedError("the PDF is locked with a password", "Unlock it and save it again")
    number = len(reader.pages)
    if number > most_pages:
        raise RefusedError(
            f"a PDF of {number:,} pages, more than the {most_pages:,} that are read", "Save only the pages needed"
        )
    pages: list[list[str]] = []
    size = 0
    for page in reader.pages:
        text = page.extract_text()
        size += len(text)
        _bound(size, most_characters)
        pages.append(text.split("\n"))
    if not size:
        raise RefusedError("the PDF holds pictures of pages, no text", "Run a text recognition (OCR) over it")
    title = reader.metadata.title if reader.metadata else None
    return "\n\n".join(_paragraphs_of(_joined(_without_edges(pages)))), title if isinstance(title, str) else None


def docx(data: bytes, *, most_pages: int, most_characters: int) -> tuple[str, str | None]:  # noqa: ARG001 - one shape
    """Give the text of a Word file, a blank line between its paragraphs, and the title it names."""
    import docx as word

    document = word.Document(io.BytesIO(data))
    paragraphs, size = [], 0
    for paragraph in _paragraphs(document):
        size += len(paragraph)
        _bound(size, most_characters)
        paragraphs.append(paragraph)
    return "\n\n".join(paragraphs), document.core_properties.title or None


def _paragraphs(block: Document) -> Iterator[str]:
    from docx.table import Table

    for item in block.iter_inner_content():
        if isinstance(item, Table):
            yield from _cells(item)
        else:
            yield item.text


def _cells(table: Table) -> Iterator[str]:
    """Give each cell's text once: a merged cell stands in the table several times."""
    seen: set[object] = set()
    for row in table.rows:
        for cell in row.cells:
            if cell._tc not in seen:
                seen.add(cell._tc)
                yield from (paragraph.text for paragraph in cell.paragraphs)


def _without_edges(pages: list[list[str]]) -> Iterator[list[str]]:
    """Take page numbers and lines that head or close most pages off their edges."""
    pages = [[line.strip() for line in page if line.strip()] for page in pages]
    edges = Counter(line for page in pages for line in {*page[:1], *page[-1:]})
    furniture = {line for line, times in edges.items() if times > _FEW and times > len(pages) / 2}
    for page in pages:
        for at in (0, -1):
            if page and (page[at] in furniture or page[at].isdecimal()):
                del page[at]
        yield page


def _joined(pages: Iterator[list[str]]) -> list[str]:
    """Give lines, with a word that was parted at the end of one made whole."""
    lines: list[str] = []
    for line in (line for page in pages for line in page):
        before, rest = lines[-1] if lines else "", line
        if before[-1:] in ("-", "\u00ad") and before[-2:-1].islower() and line[0].islower():
            head, _, rest = line.partition(" ")
            lines[-1] = before[:-1] + head
        if rest:
            lines.append(rest)
    return lines


def _paragraphs_of(lines: list[str]) -> list[str]:
    """Make paragraphs of lines that were broken at the width of the page: a line that is not full ends one."""
    lengths = sorted(map(len, lines))
    full = _FULL * lengths[len(lengths) * 9 // 10] if lengths else 0
    paragraphs: list[str] = []
    goes_on = False
    for line in lines:
        if goes_on:
            paragraphs[-1] += f" {line}"
        else:
            paragraphs.append(line)
        goes_on = len(line) >= full
    return paragraphs


def _bound(size: int, most: int) -> None:
    if size > most:
        raise RefusedError(f"more than {most:,} characters of text", "Save only the pages needed")


def _limit(seconds: int, size: int) -> None:
    try:
        import resource
    except ImportError:  # Windows has no such limits; the parent still ends a process that takes too long.
        return
    resource.setrlimit(resource.RLIMIT_AS, (size, size))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 1))
    # It reads and answers through pipes: nothing in the file can make it write another.
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))


def main(arguments: list[str]) -> None:
    """Read standard input, write one JSON object."""
    kind, (seconds, size, pages, characters) = arguments[0], map(int, arguments[1:])
    logging.disable(logging.CRITICAL)
    warnings.simplefilter("ignore")
    _limit(seconds, size)
    data = sys.stdin.buffer.read()
    try:
        text, title = {"pdf": pdf, "docx": docx}[kind](data, most_pages=pages, most_characters=characters)
        told: dict[str, str | None] = {"text": text, "title": title}
    except RefusedError as refusal:
        told = {"error": str(refusal.args[0]), "remedy": str(refusal.args[1])}
    except MemoryError:
        told = {"error": "it needs more memory than one file may have"}
    except Exception as error:  # Whatever a hostile file does to its parser is that file's fault alone.
        told = {"error": f"the file is damaged ({type(error).__name__})"}
    sys.stdout.write(json.dumps(told))


if __name__ == "__main__":
    main(sys.argv[1:])
