"""GeoPackage: one layer ``events``, days as dates, events without a place as rows without a geometry."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pyarrow.compute as pc

from geo.errors import InputError
from geo.export.record import DATASET, TITLE, parse
from geo.export.table import flat, unflat
from geo.frame import CRS

if TYPE_CHECKING:
    from pathlib import Path

    from geo.export.record import Bundle

LAYER = "events"
_SQLITE = b"SQLite format 3\x00"


def write(bundle: Bundle, path: Path) -> None:
    """Write a GeoPackage."""
    from pyogrio.raw import write_arrow

    write_arrow(
        _without_nul(flat(bundle.table)),
        path,
        layer=LAYER,
        driver="GPKG",
        geometry_name="geometry",
        geometry_type="Unknown",
        crs=CRS,
        layer_options={"GEOMETRY_NAME": "geometry", "IDENTIFIER": TITLE},
        dataset_metadata={DATASET: bundle.record_text},
    )


def read(path: Path) -> pa.Table:
    """Read the table back."""
    from pyogrio.raw import read_arrow

    _demand(path)
    return unflat(pa.table(read_arrow(path, layer=LAYER)[1]))


def record(path: Path) -> dict[str, Any] | None:
    """Read the record."""
    import pyogrio

    _demand(path)
    told = pyogrio.read_info(path, layer=LAYER)["dataset_metadata"] or {}
    return parse(told.get(DATASET))


def _without_nul(table: pa.Table) -> pa.Table:
    """Show what would end a text for GDAL."""
    for n, field in enumerate(table.schema):
        if pa.types.is_string(field.type):
            table = table.set_column(n, field.name, pc.replace_substring(table[field.name], "\0", "\ufffd"))
    return table


def _demand(path: Path) -> None:
    """Hold the file to its suffix: GDAL would open whatever it is, and some formats read other files."""
    with path.open("rb") as file:
        if file.read(len(_SQLITE)) != _SQLITE:
            raise InputError("this is no GeoPackage", path=path)
