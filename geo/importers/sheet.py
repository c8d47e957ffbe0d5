"""The first sheet of a workbook as rows of text, read as a stream: no more than one row of it is in memory.

openpyxl reads the same at a fraction of the speed. calamine is faster still, but makes room for every cell between the
first and the last before it reads: two cells in opposite corners end the whole program.
"""

from __future__ import annotations

import zipfile
import zlib
from datetime import date, datetime
from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple

from geo.errors import InputError
from geo.importers.workbook_parts import (
    MAX_ELEMENT,
    book_of,
    days_by_style,
    elements,
    first_sheet,
    local,
    plain_text,
    shared_texts,
)

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from geo.importers.workbook_parts import Written

LAST_ROW, LAST_COLUMN = 2**20, 2**14
"""Of any sheet; a number beyond is a slip or a trap."""


class _Tags(NamedTuple):
    """Names of elements with the address of their vocabulary: there are two, the strict one and the usual."""

    cell: str
    value: str
    inline: str
    text: str


class Sheet:
    """The first sheet of a workbook.

    Parameters
    ----------
    path : Path
        .xlsx
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._read, self._size = 0, 1

    def share(self) -> float:
        """Tell how much of it was read, 0 to 1."""
        return self._read / self._size

    def rows(self) -> Iterator[tuple[int, list[str | None]]]:
        """Read from the beginning.

        Yields
        ------
        (int, list of str or None)
            Number of the row, and its values up to the last that is there; rows without one are left out.

        Raises
        ------
        InputError
            It is no workbook, is damaged, or a part or a row of it is too long.
        """
        from lxml.etree import XMLSyntaxError  # type: ignore[import-untyped] # ships no types

        # What zipfile and the numbers in a damaged file raise; there is no class for it.
        damage = (zipfile.BadZipFile, XMLSyntaxError, LookupError, ValueError, TypeError, ArithmeticError, EOFError)
        try:
            with zipfile.ZipFile(self.path) as archive:
                yield from self._rows(archive)
        except (*damage, NotImplementedError, RuntimeError, OSError, zlib.error) as error:
            problem = f"the workbook cannot be read ({error})"[:300]
            raise InputError(problem, path=self.path, remedy="Save the sheet as CSV") from error

    def _rows(self, archive: zipfile.ZipFile) -> Iterator[tuple[int, list[str | None]]]:
        book = book_of(archive)
        part, since_1904 = first_sheet(archive, book)
        texts = shared_texts(archive, book)
        days = days_by_style(archive, book, since_1904=since_1904, write=written)
        self._size = max(1, archive.getinfo(part).file_size)
        number = 0
        for element in elements(archive, part, "row", "sheetData", tell=self._tell):
            if local(element) == "sheetData":
                return
            number = int(float(element.get("r", number + 1)))
            if not 1 <= number <= LAST_ROW:
                raise ValueError(f"a row has the number {number}")
            if values := _values(element, texts, days):
                yield number, values

    def _tell(self, read: int) -> None:
        self._read = read


def written(value: Any) -> str:
    """Write a value as a table of text would have it: 12 for 12.0, a day without its midnight."""
    if isinstance(value, datetime):
        clock = value.time()
        return value.date().isoformat() if not (clock.hour or clock.minute or clock.second) else value.isoformat(" ")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer() and abs(value) < 2**53:
        return str(int(value))
    return str(value)


def _values(row: Any, texts: list[str], days: dict[str, Written]) -> list[str | None]:
    found: list[str | None] = []
    tags = _tags(row.tag)
    column = size = 0
    for cell in row.iterchildren(tags.cell):
        at = cell.get("r")
        column = _column(at.rstrip("0123456789")) if at else column + 1
        if column > LAST_COLUMN:
            raise ValueError(f"a cell stands in column {column}")
        value = _value(cell, tags, texts, days)
        if value is not None:
            if column == len(found) + 1:
                found.append(value)
            else:
                found += [None] * (column - len(found))
                found[column - 1] = value
            # A text of the list may be named again and again.
            size += len(value)
            if size > MAX_ELEMENT:
                raise ValueError(f"a row is longer than {MAX_ELEMENT // 2**20} MiB")
    return found


@lru_cache(maxsize=4)
def _tags(row: str) -> _Tags:
    space = row.removesuffix("row")
    return _Tags(f"{space}c", f"{space}v", f"{space}is", f"{space}t")


@lru_cache(maxsize=LAST_COLUMN)
def _column(letters: str) -> int:
    from openpyxl.utils import column_index_from_string

    column: int = column_index_from_string(letters)
    return column


def _value(cell: Any, tags: _Tags, texts: list[str], days: dict[str, Written]) -> str | None:
    if not len(cell):
        return None
    kind = cell.get("t", "n")
    if kind == "inlineStr":
        inline = next(cell.iterchildren(tags.inline), None)
        return None if inline is None else plain_text(inline, tags.text)
    # A formula stands before its value, and hardly anything behind it.
    value = cell[-1] if cell[-1].tag == tags.value else next(cell.iterchildren(tags.value), None)
    told = value.text if value is not None else None
    if not told:
        return None
    if kind == "s":
        return texts[int(told)]
    if kind == "n":
        style = cell.get("s")
        return days[style](told) if style in days else _number(told)
    if kind == "b":
        return str(bool(int(told)))
    return _day(told) if kind == "d" else str(told)


def _number(told: str) -> str:
    """Write a number without the digits by which a spreadsheet misses it."""
    return str(int(told)) if told.isdecimal() else written(float(told))


def _day(told: str) -> str:
    from openpyxl.utils.datetime import from_ISO8601

    return written(from_ISO8601(told))
