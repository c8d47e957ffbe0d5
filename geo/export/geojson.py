"""GeoJSON (RFC 7946): one feature a line, an event without a place as a feature without a geometry."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import shapely

from geo.errors import InputError
from geo.export.record import DATASET, TITLE
from geo.export.table import ARROW

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from geo.export.record import Bundle

_ROWS = 20_000
"""Features written at a time, so that a million need no memory of their own."""


def write(bundle: Bundle, path: Path) -> None:
    """Write a FeatureCollection; the record is its member ``borderlines``."""
    head = {"type": "FeatureCollection", "name": TITLE, DATASET: bundle.record}
    with path.open("w", encoding="utf-8", newline="\n") as file:
        file.write(json.dumps(head, ensure_ascii=False)[:-1] + ', "features": [')
        before = "\n"
        for feature in _features(bundle.table):
            file.write(before + feature)
            before = ",\n"
        file.write("\n]}\n")


def read(path: Path) -> pa.Table:
    """Read the table back."""
    features = _load(path).get("features", [])
    columns: dict[str, Any] = {
        name: pa.array([f["properties"].get(name) for f in features], type=_json_type(kind)).cast(kind)
        for name, kind in ARROW.items()
        if name != "geometry"
    }
    shapes = shapely.from_geojson([f["geometry"] and json.dumps(f["geometry"]) for f in features])
    columns["geometry"] = pa.array(list(shapely.to_wkb(shapes)), type=pa.binary(), from_pandas=True)
    return pa.table(columns)


def record(path: Path) -> dict[str, Any] | None:
    """Read the record."""
    found = _load(path).get(DATASET)
    return found if isinstance(found, dict) else None


def _features(table: pa.Table) -> Iterator[str]:
    fields = [name for name in table.column_names if name != "geometry"]
    starts = [json.dumps(name) + ": " for name in fields]
    # Days and float32 have no form of their own in JSON; as text and as the shortest decimal they come back the same.
    days = [pa.types.is_date(table.schema.field(name).type) for name in fields]
    for start in range(0, table.num_rows, _ROWS):
        part = table.slice(start, _ROWS)
        shapes = shapely.to_geojson(shapely.from_wkb(part["geometry"].to_numpy()))
        columns = [
            (part[name].cast(pa.string()) if day else _short(part[name])).to_pylist()
            for name, day in zip(fields, days, strict=True)
        ]
        for shape, *values in zip(shapes, *columns, strict=True):
            told = ", ".join(
                start + json.dumps(value, ensure_ascii=False) for start, value in zip(starts, values, strict=True)
            )
            yield f'{{"type": "Feature", "geometry": {shape or "null"}, "properties": {{{told}}}}}'


def _short(column: pa.ChunkedArray) -> pa.ChunkedArray:
    return column.cast(pa.string()).cast(pa.float64()) if pa.types.is_float32(column.type) else column


def _json_type(kind: pa.DataType) -> pa.DataType:
    return pa.string() if pa.types.is_date(kind) else pa.float64() if pa.types.is_floating(kind) else kind


def _load(path: Path) -> dict[str, Any]:
    try:
        found = json.loads(path.read_bytes())
    except (ValueError, RecursionError) as error:
        raise InputError(f"this is no JSON ({error})", path=path) from error
    if not isinstance(found, dict) or found.get("type") != "FeatureCollection":
        raise InputError("this is no GeoJSON FeatureCollection", path=path)
    return found
