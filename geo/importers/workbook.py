"""The first sheet of an Excel workbook, in batches of rows."""

from __future__ import annotations

import zipfile
from itertools import islice
from typing import TYPE_CHECKING, Final

import numpy as np
import pandas as pd

from geo.errors import InputError
from geo.importers.delimited import BLOCK, demand_names, named
from geo.importers.raw import BATCH_ROWS, RawBatch, RawTable
from geo.importers.rows import Skipped
from geo.importers.sheet import Sheet

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

MAX_UNPACKED: Final = 4 * 2**30
"""Bytes of all sheets; they are read as a stream."""
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
    sheet = Sheet(path)
    _, first = next(sheet.rows(), (0, None))
    if not first:
        raise InputError("the first sheet is empty", path=path)
    names = named(first)
    demand_names(names, path)
    return RawTable(path, names, lambda: _batches(sheet, names), share=sheet.share)


def _demand_size(path: Path) -> None:
    try:
        with zipfile.ZipFile(path) as archive:
            parts = archive.infolist()
    except (zipfile.BadZipFile, OSError, ValueError) as error:
        raise InputError(f"this is no XLSX workbook ({error})", path=path, remedy="Save it as .xlsx or CSV") from error
    if len(parts) > MAX_PARTS or sum(part.file_size for part in parts) > MAX_UNPACKED:
        raise InputError("the workbook unpacks to more than is read", path=path, remedy="Save the sheet as CSV")


def _batches(sheet: Sheet, names: tuple[str, ...]) -> Iterator[RawBatch]:
    right, lines, skipped, size = [], [], [], 0
    for line, row in islice(sheet.rows(), 1, None):
        if len(row) > len(names):
            skipped.append(Skipped(line, f"it has {len(row)} values where the heading has {len(names)}"))
        else:
            right.append(row + [None] * (len(names) - len(row)))
            lines.append(line)
            size += sum(len(value) for value in row if value)
        if len(right) + len(skipped) >= BATCH_ROWS or size > BLOCK:
            yield _batch(right, lines, skipped, names)
            right, lines, skipped, size = [], [], [], 0
    if right or skipped:
        yield _batch(right, lines, skipped, names)


def _batch(rows: list[list[str | None]], lines: list[int], skipped: list[Skipped], names: tuple[str, ...]) -> RawBatch:
    frame = pd.DataFrame(rows, columns=list(names), dtype="str")
    return RawBatch(frame, np.array(lines, dtype=np.int64), skipped)
