"""Features of GeoJSON, GeoPackage and GeoParquet as rows of text; their geometry is one more column, well-known binary.

GDAL is not asked: it chooses what to do by what a file holds, and some of what it knows opens other files.
"""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
import shapely

from geo.errors import InputError
from geo.importers.delimited import demand_names
from geo.importers.raw import BATCH_ROWS, MAX_BYTES, MAX_WHOLE, RawBatch, RawTable

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

GEOMETRY: Final = "geometry"
"""Name of the column with the geometry, as WKB in hexadecimal."""
MAX_DEPTH: Final = 12
"""Deepest nesting of a geometry: brackets of its coordinates, and collections in collections."""
_ENVELOPES: Final = {0: 0, 1: 32, 2: 48, 3: 48, 4: 64}
_ALLOWED: Final = {sqlite3.SQLITE_SELECT, sqlite3.SQLITE_READ, sqlite3.SQLITE_FUNCTION}
_GEODETIC: Final = frozenset({4326, 4979, 84})


def open_geojson(path: Path) -> RawTable:
    """Open a GeoJSON FeatureCollection, at most :data:`~geo.importers.raw.MAX_WHOLE` bytes."""
    _demand_size(path, MAX_WHOLE)
    try:
        document = json.loads(path.read_bytes().decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        raise InputError(f"this is no JSON ({error})"[:200], path=path) from error
    features = document.get("features") if isinstance(document, dict) else None
    if not isinstance(features, list) or not all(isinstance(feature, dict) for feature in features):
        raise InputError("this is no GeoJSON FeatureCollection", path=path)
    if "CRS84" not in (named := _crs_name(document)) and "4326" not in named:
        raise InputError(f"its coordinates are in {named[:60]}", path=path, remedy="Save it in WGS 84 (EPSG:4326)")
    found: dict[str, None] = {}
    for feature in features:
        found |= dict.fromkeys(feature["properties"]) if isinstance(feature.get("properties"), dict) else {}
    names = tuple(name for name in found if name != GEOMETRY)
    demand_names((*names, GEOMETRY), path)
    return RawTable(path, (*names, GEOMETRY), lambda: _features(features, names))


def open_geopackage(path: Path) -> RawTable:
    """Open the first layer of a GeoPackage, at most :data:`~geo.importers.raw.MAX_WHOLE` bytes."""
    _demand_size(path, MAX_WHOLE)
    with closing(_database(path)) as database:
        try:
            table, column, code = _layer(database, path)
            found = database.execute(f"select * from {_quoted(table)} limit 0").description  # noqa: S608 - quoted
            names = tuple(str(item[0]) for item in found)
        except (sqlite3.Error, UnicodeDecodeError) as error:
            raise InputError(f"this is no GeoPackage, or a damaged one ({error})", path=path) from error
    if code not in _GEODETIC:
        raise InputError(f"its coordinates are in EPSG:{code}", path=path, remedy="Save it in WGS 84 (EPSG:4326)")
    others = tuple(name for name in names if name not in (column, "fid", "ogc_fid"))
    demand_names((*others, GEOMETRY), path)
    return RawTable(path, (*others, GEOMETRY), lambda: _layer_rows(path, table, column, others))


def open_geoparquet(path: Path) -> RawTable:
    """Open a Parquet file, with a geometry column or without one."""
    _demand_size(path, MAX_BYTES)
    try:
        schema = pq.read_schema(path)
        column = _primary(schema, path)
        names = tuple(name for name in schema.names if name != column)
    except (pa.ArrowException, OSError, ValueError) as error:
        raise InputError(f"this is no Parquet file ({error})"[:200], path=path) from error
    all_names = (*names, GEOMETRY) if column else names
    demand_names(all_names, path)
    return RawTable(path, all_names, lambda: _parquet_rows(path, names, column))


def _demand_size(path: Path, most: int) -> None:
    size = path.stat().st_size
    if size > most:
        problem = f"{size:,} bytes, more than the {most:,} that are read of this kind of file"
        raise InputError(problem, path=path, remedy="Save it as CSV or GeoParquet")


def _crs_name(document: dict[str, Any]) -> str:
    named = document.get("crs")
    if named is None:
        return "CRS84"
    inner = named.get("properties") if isinstance(named, dict) else None
    return str(inner.get("name")) if isinstance(inner, dict) else "an unknown system"


def _features(features: list[dict[str, Any]], names: tuple[str, ...]) -> Iterator[RawBatch]:
    for start in range(0, len(features), BATCH_ROWS):
        part = features[start : start + BATCH_ROWS]
        rows: list[Any] = [f.get("properties") if isinstance(f.get("properties"), dict) else {} for f in part]
        columns: dict[str, Any] = {name: [_text(row.get(name)) for row in rows] for name in names}
        columns[GEOMETRY] = [_hex(feature.get("geometry")) for feature in part]
        yield RawBatch(_frame(columns), np.arange(start + 1, start + 1 + len(part)))


def _hex(geometry: Any) -> str | None:
    """Write a geometry as WKB; what is none, or nests too deep for GEOS, is a text that is no geometry."""
    if geometry is None:
        return None
    if not isinstance(geometry, dict) or _depth(geometry) > MAX_DEPTH:
        return "no geometry"
    try:
        return str(shapely.to_wkb(shapely.from_geojson(json.dumps(geometry)), hex=True))
    except (shapely.errors.ShapelyError, ValueError):
        return "no geometry"


def _depth(value: Any) -> int:
    depth, level = 0, [value]
    while level and depth <= MAX_DEPTH:
        inner = [list(one.values()) if isinstance(one, dict) else one for one in level]
        level = [item for one in inner for item in one if isinstance(item, list | dict)]
        depth += 1
    return depth


def _text(value: Any) -> str | None:
    if value is None:
        return None
    if isinstance(value, str):
        return value
    if isinstance(value, list) and all(isinstance(item, str) for item in value):
        return " ".join(value)
    if isinstance(value, bytes):
        return value.hex()
    return str(value) if isinstance(value, int | float) and not isinstance(value, bool) else json.dumps(value)


def _frame(columns: dict[str, Any]) -> pd.DataFrame:
    return pd.DataFrame({name: pd.Series(values, dtype="str") for name, values in columns.items()})


def _database(path: Path) -> sqlite3.Connection:
    data = path.read_bytes()
    if not data.startswith(b"SQLite format 3\0"):
        raise InputError("this is no GeoPackage", path=path)
    database = sqlite3.connect(":memory:")
    # A file that was left in WAL mode cannot be opened in memory; without its log it is as it would be in the other.
    database.deserialize(data[:18] + b"\1\1" + data[20:])
    database.setlimit(sqlite3.SQLITE_LIMIT_ATTACHED, 0)
    for pragma in ("query_only = on", "trusted_schema = off", "cell_size_check = on"):
        database.execute(f"pragma {pragma}")
    database.set_authorizer(lambda action, *_: sqlite3.SQLITE_OK if action in _ALLOWED else sqlite3.SQLITE_DENY)
    return database


def _layer(database: sqlite3.Connection, path: Path) -> tuple[str, str, int]:
    row = database.execute(
        "select g.table_name, g.column_name, s.organization_coordsys_id "
        "from gpkg_geometry_columns g left join gpkg_spatial_ref_sys s on s.srs_id = g.srs_id "
        # Only real tables: a view may be made of anything.
        "join sqlite_schema t on t.name = g.table_name and t.type = 'table' and t.sql not like 'create virtual%'"
    ).fetchone()
    if row is None:
        raise InputError("the GeoPackage has no layer", path=path)
    return str(row[0]), str(row[1]), int(row[2] or 0)


def _layer_rows(path: Path, table: str, column: str, names: tuple[str, ...]) -> Iterator[RawBatch]:
    chosen = ", ".join(map(_quoted, (*names, column)))
    with closing(_database(path)) as database:
        found, start = database.execute(f"select {chosen} from {_quoted(table)}"), 1  # noqa: S608 - quoted
        while rows := found.fetchmany(BATCH_ROWS):
            columns: dict[str, Any] = {name: [_text(row[n]) for row in rows] for n, name in enumerate(names)}
            columns[GEOMETRY] = [_package_hex(row[-1]) for row in rows]
            yield RawBatch(_frame(columns), np.arange(start, start + len(rows)))
            start += len(rows)


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _package_hex(blob: Any) -> str | None:
    if blob is None:
        return None
    if not isinstance(blob, bytes) or len(blob) < 8 or blob[:2] != b"GP":
        return "no geometry"
    return blob[8 + _ENVELOPES.get((blob[3] >> 1) & 7, 0) :].hex()


def _primary(schema: pa.Schema, path: Path) -> str | None:
    told = (schema.metadata or {}).get(b"geo")
    if told is None:
        return None
    geo = json.loads(told)
    column = str(geo["primary_column"])
    about = geo["columns"][column]
    crs = about.get("crs", {})
    code = (crs or {}).get("id", {}).get("code") if crs else 84
    if about.get("encoding") != "WKB" or code not in (*_GEODETIC, "CRS84"):
        problem = f"its geometry is {about.get('encoding')} in {code}"
        raise InputError(problem, path=path, remedy="Save it as WKB in WGS 84 (EPSG:4326)")
    return column


def _parquet_rows(path: Path, names: tuple[str, ...], column: str | None) -> Iterator[RawBatch]:
    start = 1
    for part in _parquet_parts(path):
        columns: dict[str, Any] = {name: _arrow_text(part[name]) for name in names}
        if column:
            columns[GEOMETRY] = [None if value is None else value.hex() for value in part[column].to_pylist()]
        yield RawBatch(_frame(columns), np.arange(start, start + part.num_rows))
        start += part.num_rows


def _parquet_parts(path: Path) -> Iterator[pa.RecordBatch]:
    try:
        yield from pq.ParquetFile(path).iter_batches(batch_size=BATCH_ROWS)
    except (OSError, pa.ArrowException) as error:
        # Its heading may be whole and a page of it not.
        problem = f"this Parquet is damaged ({str(error).splitlines()[0][:120] if str(error) else 'a page of it'})"
        raise InputError(problem, path=path, remedy="Save it again, or take another copy") from error


def _arrow_text(column: Any) -> Any:
    if pa.types.is_dictionary(column.type):
        column = column.dictionary_decode()
    if pa.types.is_list(column.type) or pa.types.is_nested(column.type) or pa.types.is_binary(column.type):
        return [_text(value) for value in column.to_pylist()]
    if pa.types.is_float32(column.type):
        return pc.cast(column, pa.string()).to_pylist()
    return pc.cast(column, pa.string()).to_pandas()
