"""The first sheet of an Excel workbook, read row by row."""

from __future__ import annotations

import zipfile
from datetime import date, datetime
from itertools import islice
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import pandas as pd

from geo.errors import InputError
from geo.importers.delimited import demand_names, named
from geo.importers.raw import BATCH_ROWS, RawBatch, RawTable
from geo.importers.rows import Skipped

if TYPE_CHECKING:
    from collections.abc import Generator, Iterator
    from pathlib import Path

MAX_UNPACKED: Final = 4 * 2**30
"""Bytes of all sheets; they are read as a stream."""
MAX_SHARED: Final = 512 * 2**20
"""Bytes of the list of texts, which is held in memory."""
MAX_PARTS: Final = 2_000


def open_workbook(path: Path) -> RawTable:
    """Open the first sheet of a workbook.

    Parameters
    ----------
    path : Path
        .xlsx

    Returns
    -------
    RawTable

    Raises
    ------
    InputError
        It is no workbook, unpacks to too much, or names a column twice.
    """
    _demand_size(path)
    rows = _rows(path)
    first = next(rows, None)
    rows.close()
    if not first:
        raise InputError("the first sheet is empty", path=path)
    while first and first[-1] is None:
        first = first[:-1]
    names = named(None if value is None else _text(value) for value in first)
    demand_names(names, path)
    return RawTable(path, names, lambda: _batches(path, names))


def _demand_size(path: Path) -> None:
    try:
        with zipfile.ZipFile(path) as archive:
            parts = archive.infolist()
    except (zipfile.BadZipFile, OSError, ValueError) as error:
        raise InputError(f"this is no XLSX workbook ({error})", path=path, remedy="Save it as .xlsx or CSV") from error
    shared = sum(part.file_size for part in parts if part.filename.endswith("sharedStrings.xml"))
    if len(parts) > MAX_PARTS or sum(part.file_size for part in parts) > MAX_UNPACKED or shared > MAX_SHARED:
        raise InputError("the workbook unpacks to more than is read", path=path, remedy="Save the sheet as CSV")


def _rows(path: Path) -> Generator[tuple[Any, ...]]:
    from openpyxl import load_workbook

    try:
        book = load_workbook(path, read_only=True, data_only=True, keep_links=False)
    except Exception as error:
        # openpyxl raises whatever its parts raise on a damaged file.
        raise InputError(f"this is no XLSX workbook ({error})"[:300], path=path) from error
    try:
        if not book.worksheets:
            raise InputError("the workbook has no sheet", path=path)
        sheet = book.worksheets[0]
        # The size that the file tells may be wrong; the rows are not.
        sheet.reset_dimensions()
        yield from sheet.iter_rows(values_only=True)
    except (zipfile.BadZipFile, KeyError, ValueError, TypeError, SyntaxError, EOFError) as error:
        raise InputError(f"the sheet is damaged ({error})"[:300], path=path) from error
    finally:
        book.close()


def _batches(path: Path, names: tuple[str, ...]) -> Iterator[RawBatch]:
    rows = enumerate(_rows(path), start=1)
    next(rows, None)
    while chunk := list(islice(rows, BATCH_ROWS)):
        kept, lines, skipped = [], [], []
        for line, row in chunk:
            if all(value is None for value in row):
                continue
            if any(value is not None for value in row[len(names) :]):
                skipped.append(Skipped(line, f"it has {len(row)} values where the heading has {len(names)}"))
                continue
            kept.append([None if value is None else _text(value) for value in row[: len(names)]])
            lines.append(line)
        padded = [row + [None] * (len(names) - len(row)) for row in kept]
        frame = pd.DataFrame(padded, columns=list(names), dtype="str")
        yield RawBatch(frame, np.array(lines, dtype=np.int64), skipped)


def _text(value: Any) -> str:
    """Write a cell as a table of text would have it."""
    if isinstance(value, datetime):
        clock = value.time()
        return value.date().isoformat() if not (clock.hour or clock.minute or clock.second) else value.isoformat(" ")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer() and abs(value) < 2**53:
        return str(int(value))
    return str(value)
