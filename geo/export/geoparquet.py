"""GeoParquet 1.1: one column of WKB, all types kept."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow.parquet as pq
import pyproj
import shapely

from geo.export.record import DATASET, parse
from geo.frame import CRS

if TYPE_CHECKING:
    from pathlib import Path

    import pyarrow as pa
    from numpy.typing import NDArray

    from geo.export.record import Bundle


def write(bundle: Bundle, path: Path) -> None:
    """Write a GeoParquet file."""
    told = {b"geo": json.dumps(_geo(bundle.shapes)).encode(), DATASET.encode(): bundle.record_text.encode()}
    # A covering box per row would more than double a file of points, and no reader of points gains by it.
    pq.write_table(bundle.table.replace_schema_metadata(told), path, compression="zstd", compression_level=1)


def read(path: Path) -> pa.Table:
    """Read the table back."""
    return pq.ParquetFile(path).read()


def record(path: Path) -> dict[str, Any] | None:
    """Read the record."""
    return parse((pq.read_metadata(path).metadata or {}).get(DATASET.encode()))


def _geo(shapes: NDArray[Any]) -> dict[str, Any]:
    placed = shapes[~shapely.is_missing(shapes)]
    kinds = {shapely.GeometryType(int(n)).name for n in np.unique(shapely.get_type_id(placed))}
    column: dict[str, Any] = {
        "encoding": "WKB",
        "geometry_types": sorted(_NAMES[kind] for kind in kinds),
        "crs": pyproj.CRS(CRS).to_json_dict(),
    }
    if len(placed):
        column["bbox"] = shapely.total_bounds(placed).tolist()
    return {"version": "1.1.0", "primary_column": "geometry", "columns": {"geometry": column}}


_NAMES = {
    name.upper(): name
    for name in (
        "Point",
        "LineString",
        "Polygon",
        "MultiPoint",
        "MultiLineString",
        "MultiPolygon",
        "GeometryCollection",
    )
}
