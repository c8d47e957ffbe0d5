"""XLSX: sheet ``events``, sheet ``about`` with the record, sheet ``continued`` for text too long for a cell."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import pyarrow as pa
import pyarrow.compute as pc

from geo.errors import InputError
from geo.export.columns import EXPORTED, HEADINGS
from geo.export.formulas import neutralise, restore
from geo.export.record import DATASET, TITLE, parse
from geo.export.table import ARROW, flat, from_wkt, unflat, with_wkt

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date
    from pathlib import Path

    from geo.export.record import Bundle

MOST_EVENTS: Final = 1_048_575
"""Rows of a sheet, less the header."""
LONGEST: Final = 16_000
"""Characters of a cell. Excel takes 32,767 UTF-16 units, of which a character may need two."""
_FIRST_DAY: Final = "1900-03-01"
"""Excel's calendar is right from this day on; earlier days are text."""
_ROWS: Final = 10_000
# The file is XML, whose line break is one character, and these have no form in it.
_FORBIDDEN: Final = r"[\x00-\x08\x0b\x0c\x0e-\x1f\x{fffe}\x{ffff}]"
_BREAK: Final = r"\r\n?"
_ERRORS: Final = frozenset({"#NULL!", "#DIV/0!", "#VALUE!", "#REF!", "#NAME?", "#NUM!", "#N/A"})


def write(bundle: Bundle, path: Path) -> None:
    """Write a workbook.

    Raises
    ------
    InputError
        There are more events than a sheet has rows.
    """
    from lxml.etree import SerialisationError  # type: ignore[import-untyped]

    if bundle.table.num_rows > MOST_EVENTS:
        raise InputError(
            f"{bundle.table.num_rows:,} events, and a sheet of XLSX holds {MOST_EVENTS:,}",
            remedy="Narrow the filters, or write .csv or .parquet",
        )
    try:
        _book(bundle).save(path)
    except SerialisationError as error:
        # openpyxl keeps sheets in the system's temporary folder until they are whole.
        raise OSError(f"no room for its sheets in the temporary folder: {error}") from error


def _book(bundle: Bundle) -> Any:
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    book.properties.title, book.properties.creator = TITLE, bundle.record["software"]
    sheet = book.create_sheet("events")
    sheet.freeze_panes = "B2"
    sheet.append(list(EXPORTED))
    rest: list[tuple[int, str, str]] = []
    for number, row in enumerate(_rows(bundle.table), start=2):
        sheet.append([_cell(sheet, value, (number, name), rest) for name, value in zip(EXPORTED, row, strict=True)])
    if rest:
        more = book.create_sheet("continued")
        more.append(["row", "column", "text"])
        for part in rest:
            more.append([part[0], part[1], _text_cell(more, part[2])])
    about = book.create_sheet("about")
    for name, value in (*bundle.record.items(), (DATASET, bundle.record_text)):
        about.append([name, _text_cell(about, value if isinstance(value, str) else str(value))])
    for name, column in EXPORTED.items():
        about.append([f"column {name}", column.meaning])
    return book


def read(path: Path) -> pa.Table:
    """Read the table back."""
    book = _open(path)
    rows = [list(row) for row in book["events"].iter_rows(values_only=True)]
    if not rows or tuple(rows[0]) not in HEADINGS:
        raise InputError("the sheet events does not begin with our columns", path=path)
    place = {name: n for n, name in enumerate(rows[0])}
    if "continued" in book.sheetnames:
        for number, name, text in book["continued"].iter_rows(min_row=2, values_only=True):
            rows[number - 1][place[name]] += restore(pa.array([text])).to_pylist()[0]
    book.close()
    columns = {n: _column(n, [row[place[n]] for row in rows[1:]]) for n in ARROW if n in place}
    return unflat(from_wkt(pa.table(columns)))


def record(path: Path) -> dict[str, Any] | None:
    """Read the record."""
    book = _open(path)
    try:
        told = dict(row[:2] for row in book["about"].iter_rows(values_only=True)) if "about" in book.sheetnames else {}
    finally:
        book.close()
    return parse(told.get(DATASET))


def _open(path: Path) -> Any:
    import zipfile

    from openpyxl import load_workbook

    try:
        return load_workbook(path, read_only=True, keep_links=False)
    except (zipfile.BadZipFile, KeyError, ValueError) as error:
        raise InputError(f"this is no XLSX workbook ({error})", path=path) from error


def _rows(table: pa.Table) -> Iterator[tuple[Any, ...]]:
    for start in range(0, table.num_rows, _ROWS):
        part = with_wkt(flat(table.slice(start, _ROWS)))
        columns = []
        for name in EXPORTED:
            column = part[name]
            if pa.types.is_float32(column.type):
                column = column.cast(pa.string()).cast(pa.float64())
            elif pa.types.is_string(column.type):
                clean = pc.replace_substring_regex(column, _BREAK, "\n")
                column = neutralise(pc.replace_substring_regex(clean, _FORBIDDEN, "\ufffd"))
            columns.append(column.to_pylist())
        yield from zip(*columns, strict=True)


def _cell(sheet: Any, value: Any, where: tuple[int, str], rest: list[tuple[int, str, str]]) -> Any:
    if isinstance(value, str):
        rest += [(*where, value[n : n + LONGEST]) for n in range(LONGEST, len(value), LONGEST)]
        first = value[:LONGEST]
        return _as_text(sheet, first) if first in _ERRORS else first
    return _day_cell(sheet, value) if hasattr(value, "isoformat") else value


def _text_cell(sheet: Any, value: str) -> Any:
    return _as_text(sheet, neutralise(pa.array([value])).to_pylist()[0])


def _as_text(sheet: Any, value: str) -> Any:
    from openpyxl.cell import WriteOnlyCell

    cell = WriteOnlyCell(sheet, value)
    cell.data_type = "s"  # openpyxl takes "=" for a formula and "#N/A" for an error
    return cell


def _day_cell(sheet: Any, day: date) -> Any:
    from openpyxl.cell import WriteOnlyCell

    if day.isoformat() < _FIRST_DAY:
        return day.isoformat()
    cell = WriteOnlyCell(sheet, day)
    cell.number_format = "yyyy-mm-dd"
    return cell


def _is_text(kind: pa.DataType) -> bool:
    return bool(pa.types.is_string(kind) or pa.types.is_list(kind) or pa.types.is_binary(kind))


def _column(name: str, values: list[Any]) -> pa.Array:
    kind = ARROW[name]
    if _is_text(kind):
        return restore(pa.array([None if v is None else str(v) for v in values], type=pa.string()))
    if pa.types.is_date(kind):
        return pa.array([None if v is None else str(v)[:10] for v in values], type=pa.string()).cast(kind)
    return pa.array(values, type=pa.float64()).cast(kind)
