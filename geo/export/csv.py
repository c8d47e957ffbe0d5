"""CSV for spreadsheets, CSV for programs, and CSV with HXL tags."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pyarrow as pa
import pyarrow.csv as pc

from geo.errors import InputError
from geo.export.columns import EXPORTED, HEADINGS
from geo.export.formulas import neutralise, restore
from geo.export.table import ARROW, flat, from_wkt, unflat, with_wkt

if TYPE_CHECKING:
    from pathlib import Path
    from typing import BinaryIO

    from geo.export.record import Bundle

BOM: Final = b"\xef\xbb\xbf"
"""Without it Excel shows Arabic as gibberish."""
_TYPES: Final = {
    name: pa.string() if pa.types.is_list(kind) or pa.types.is_binary(kind) else kind for name, kind in ARROW.items()
}


def write(bundle: Bundle, path: Path) -> None:
    """Write CSV that a spreadsheet may open."""
    with path.open("wb") as file:
        file.write(BOM + _line(EXPORTED))
        _rows(_safe(with_wkt(flat(bundle.table))), file)


def write_raw(bundle: Bundle, path: Path) -> None:
    """Write CSV for programs: no text is changed, and a spreadsheet must not open it."""
    with path.open("wb") as file:
        file.write(_line(EXPORTED))
        _rows(with_wkt(flat(bundle.table)), file)


def write_hxl(bundle: Bundle, path: Path) -> None:
    """Write CSV whose second line holds HXL tags."""
    with path.open("wb") as file:
        file.write(BOM + _line(EXPORTED) + _line(column.hxl for column in EXPORTED.values()))
        _rows(_safe(with_wkt(flat(bundle.table))), file)


def read(path: Path) -> pa.Table:
    """Read :func:`write` back."""
    return _restored(_read(path, 1))


def read_raw(path: Path) -> pa.Table:
    """Read :func:`write_raw` back."""
    return unflat(from_wkt(_read(path, 1)))


def read_hxl(path: Path) -> pa.Table:
    """Read :func:`write_hxl` back."""
    return _restored(_read(path, 2))


def _line(names: object) -> bytes:
    return (",".join(f'"{name}"' for name in names) + "\n").encode()  # type: ignore[attr-defined]


def _rows(table: pa.Table, file: BinaryIO) -> None:
    # Text is always quoted, so an empty text is "" and an unknown one is nothing at all.
    pc.write_csv(table, file, pc.WriteOptions(include_header=False, quoting_style="needed"))


def _safe(table: pa.Table) -> pa.Table:
    return _each_text(table, neutralise)


def _restored(table: pa.Table) -> pa.Table:
    return unflat(from_wkt(_each_text(table, restore)))


def _each_text(table: pa.Table, change: object) -> pa.Table:
    for n, field in enumerate(table.schema):
        if pa.types.is_string(field.type):
            table = table.set_column(n, field.name, change(table[field.name]))  # type: ignore[operator]
    return table


def _read(path: Path, lines_before: int) -> pa.Table:
    """Read the rows; their columns are known, so nothing is guessed."""
    with path.open("rb") as file:
        first = file.readline().removeprefix(BOM).rstrip(b"\r\n")
    names = next((names for names in HEADINGS if first == _line(names).rstrip(b"\n")), None)
    if names is None:
        raise InputError("the first line does not name our columns", path=path, line=1)
    return pc.read_csv(
        path,
        pc.ReadOptions(column_names=names, skip_rows=lines_before, block_size=1 << 26),
        pc.ParseOptions(newlines_in_values=True),
        pc.ConvertOptions(
            column_types={**{name: pa.string() for name in EXPORTED}, **_TYPES, "certain": pa.bool_()},
            null_values=[""],
            strings_can_be_null=True,
            quoted_strings_can_be_null=False,
        ),
    )
