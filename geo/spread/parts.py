"""Cuts sources into parts of about the same size, without reading an article."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from geo.errors import InputError
from geo.limits import MAX_LINE_BYTES
from geo.readers import READERS, read_paths
from geo.readers.files import FileWalk
from geo.readers.jsonl import read_lines

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path
    from typing import BinaryIO

    from geo.model import Article

PART_BYTES: Final = 2**15
"""Size of a part: some tenths of a second to read, so that the way there and back hardly counts and no worker is left
with much more than the others at the end."""
PART_FILES: Final = 64
"""Most files of a part; each costs its opening."""
_LINES: Final = ".jsonl"


@dataclass(frozen=True, slots=True)
class Stretch:
    """A file, or the lines of a large one from a byte to another."""

    path: Path
    start: int = 0
    end: int | None = None
    """None reads the whole file."""
    first: int = 1
    """Number of its first line in the file."""


@dataclass(frozen=True, slots=True)
class Part:
    """What one worker reads at a time."""

    stretches: tuple[Stretch | InputError, ...]
    """In the order of the sources; what cannot be read keeps its place."""
    known: frozenset[int] = frozenset()
    """Positions of the articles that need not be read, because the store has them."""


def parts_of(sources: Iterable[Path]) -> Iterator[Part]:
    """Cut files and folders into parts, in the order in which they would be read.

    Parameters
    ----------
    sources : iterable of Path
        Files and folders.

    Yields
    ------
    Part
    """
    gathered: list[Stretch | InputError] = []
    size = 0
    for item in FileWalk(frozenset(READERS)).walk(sources):
        for stretch, weight in _stretches(item):
            if gathered and (size + weight > PART_BYTES or len(gathered) >= PART_FILES):
                yield Part(tuple(gathered))
                gathered, size = [], 0
            gathered.append(stretch)
            size += weight
    if gathered:
        yield Part(tuple(gathered))


def items_of(part: Part) -> Iterator[Article | InputError]:
    """Read the articles of a part, as :func:`geo.readers.read_paths` would."""
    for stretch in part.stretches:
        if isinstance(stretch, InputError):
            yield stretch
        elif stretch.end is None:
            yield from read_paths([stretch.path])
        else:
            yield from _lines_of(stretch, stretch.end)


def _stretches(item: Path | InputError) -> Iterator[tuple[Stretch | InputError, int]]:
    if isinstance(item, InputError):
        yield item, 0
        return
    try:
        size = item.stat().st_size
        if item.suffix.lower() == _LINES and size > PART_BYTES:
            with item.open("rb") as file:
                yield from _cut(file, item)
            return
    except OSError:
        # Whoever reads it will say what is wrong with it.
        size = 0
    yield Stretch(item), size


def _cut(file: BinaryIO, path: Path) -> Iterator[tuple[Stretch, int]]:
    """Cut a file at line ends; only line ends are looked for."""
    start, first = 0, 1
    while block := file.read(PART_BYTES):
        lines = block.count(b"\n")
        while not block.endswith(b"\n") and (block := file.readline(PART_BYTES)):
            lines += block.endswith(b"\n")
        end = file.tell()
        yield Stretch(path, start, end, first), end - start
        start, first = end, first + lines


def _lines_of(stretch: Stretch, end: int) -> Iterator[Article | InputError]:
    try:
        with stretch.path.open("rb") as file:
            file.seek(stretch.start)
            for item in read_lines(_until(file, end), stretch.path, first=stretch.first):
                whole = not isinstance(item, InputError) or item.line is not None
                if whole:  # The first stretch may be blank though the file is not empty.
                    yield item
    except OSError as error:
        yield InputError(f"cannot be read: {error.strerror or error}", path=stretch.path)


def _until(file: BinaryIO, end: int) -> Iterator[bytes]:
    """Give the lines up to a byte; of a line over the limit only so much that its reader sees it is too long."""
    while file.tell() < end and (line := file.readline(MAX_LINE_BYTES + 1)):
        yield line
        while line and not line.endswith(b"\n"):
            line = file.readline(MAX_LINE_BYTES + 1)
