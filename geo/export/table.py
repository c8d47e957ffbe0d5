"""The events as an Arrow table, which every format is written from and read into."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import geopandas as gpd
import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
import shapely

from geo.errors import InputError
from geo.frame import COLUMNS, CRS, LATER, check_frame
from geo.query import certain, tray

if TYPE_CHECKING:
    from geopandas import GeoDataFrame

    from geo.query import Query

LISTS: Final = tuple(name for name, kind in COLUMNS.items() if kind == "object")
TEXT: Final = tuple(name for name, kind in COLUMNS.items() if kind in ("str", "category"))
_TYPES: Final = {
    "str": pa.string(),
    "category": pa.string(),
    "datetime64[s]": pa.date32(),
    "Int8": pa.int8(),
    "Int16": pa.int16(),
    "Int32": pa.int32(),
    "float32": pa.float32(),
    "float64": pa.float64(),
    "object": pa.list_(pa.string()),
    "geometry": pa.binary(),
}
ARROW: Final = {name: _TYPES[kind] for name, kind in COLUMNS.items()}
"""Arrow type of each column of the frame. Geometry is WKB, a day is a day."""


def to_table(events: GeoDataFrame, query: Query) -> pa.Table:
    """Turn events into a table.

    Parameters
    ----------
    events : GeoDataFrame
        Events under the query, see :mod:`geo.frame`.
    query : Query
        What ``certain`` is told against.

    Returns
    -------
    pyarrow.Table
        Columns of :data:`geo.export.columns.EXPORTED`; names and types that repeat are dictionaries, and hold no
        value of an event that is not here.
    """
    columns = {name: _to_arrow(name, events[name]) for name in COLUMNS}
    columns["certain"] = pa.array(certain(events, query).to_numpy())
    columns["not_on_map"] = pa.array(
        tray(events)["reason"].reindex(events.index).astype("str"), type=pa.string(), from_pandas=True
    )
    return pa.table(columns)


def to_frame(table: pa.Table) -> GeoDataFrame:
    """Turn a table back into events; columns that are not the frame's are left away, later ones unknown.

    Parameters
    ----------
    table : pyarrow.Table

    Returns
    -------
    GeoDataFrame
        See :mod:`geo.frame`, in the table's order.

    Raises
    ------
    InputError
        A column is missing or holds what it may not.
    GeoError
        The events do not hold to the schema.
    """
    for name in LATER:
        if name not in table.column_names:
            table = table.append_column(name, pa.nulls(len(table), ARROW[name]))
    if missing := [name for name in COLUMNS if name not in table.column_names]:
        raise InputError(f"columns missing: {', '.join(missing)}", remedy="Read a file that geo.export wrote")
    columns = {}
    for name, kind in ARROW.items():
        try:
            columns[name] = _from_arrow(name, _plain(table[name]).cast(kind).combine_chunks())
        except (pa.ArrowException, shapely.errors.ShapelyError, ValueError) as error:
            raise InputError(f"column {name} cannot be read ({error})") from error
    geometry = gpd.GeoSeries(columns.pop("geometry"), crs=CRS)
    return check_frame(gpd.GeoDataFrame(pd.DataFrame(columns), geometry=geometry)[list(COLUMNS)])


def flat(table: pa.Table) -> pa.Table:
    """Write out dictionaries, and lists as ids with a space between, for formats that know neither."""
    columns = {name: _plain(table[name]) for name in table.column_names}
    return pa.table(columns | {name: pc.binary_join(columns[name], " ") for name in LISTS})


def unflat(table: pa.Table) -> pa.Table:
    """Undo :func:`flat`: an empty text is an empty list."""
    for name in LISTS:
        ids = pc.utf8_split_whitespace(pc.fill_null(table[name], ""))
        full = pc.greater(pc.utf8_length(pc.fill_null(table[name], "")), 0)
        none = pa.array([[]], type=pa.list_(pa.string()))
        chosen = pc.if_else(full, ids, none[0])
        table = table.set_column(table.column_names.index(name), name, chosen)
    return table


def with_wkt(table: pa.Table) -> pa.Table:
    """Write the geometry as text, with all digits."""
    shapes = shapely.from_wkb(table["geometry"].to_numpy())
    # The default writes 16 decimals, which is too few for a longitude near Greenwich.
    text = pa.array(shapely.to_wkt(shapes, rounding_precision=30), type=pa.string(), from_pandas=True)
    return table.set_column(table.column_names.index("geometry"), "geometry", text)


def from_wkt(table: pa.Table) -> pa.Table:
    """Undo :func:`with_wkt`.

    Raises
    ------
    InputError
        A geometry is none.
    """
    try:
        shapes = shapely.from_wkt(table["geometry"].to_pandas().to_numpy(dtype=object, na_value=None))
    except shapely.errors.ShapelyError as error:
        raise InputError(f"column geometry is not WKT ({error})") from error
    wkb = pa.array(shapely.to_wkb(shapes), type=pa.binary(), from_pandas=True)
    return table.set_column(table.column_names.index("geometry"), "geometry", wkb)


def _plain(column: pa.ChunkedArray) -> pa.ChunkedArray:
    return column.cast(column.type.value_type) if pa.types.is_dictionary(column.type) else column


def _to_arrow(name: str, column: Any) -> pa.Array:
    kind = COLUMNS[name]
    if kind == "geometry":
        return pa.array(shapely.to_wkb(column.to_numpy()), type=pa.binary(), from_pandas=True)
    if kind == "object":
        return _lists(name, column.to_list())
    if kind == "category":
        # A name that only other events have must not travel along.
        codes, names = column.cat.codes.to_numpy(), column.cat.categories.astype("str")
        used = np.bincount(codes + 1, minlength=len(names) + 1)[1:] > 0
        places = np.concatenate([np.cumsum(used, dtype=np.int32) - 1, np.zeros(1, dtype=np.int32)])
        # Code -1 is unknown: it finds the last place and is masked.
        return pa.DictionaryArray.from_arrays(
            pa.array(places[codes], mask=codes < 0), pa.array(names[used].tolist(), type=pa.string())
        )
    if kind == "datetime64[s]":
        return pa.array(column.to_numpy().astype("datetime64[D]"), type=pa.date32())
    return pa.array(column, type=ARROW[name], from_pandas=True)


def _lists(name: str, rows: list[tuple[str, ...]]) -> pa.Array:
    """Make lists of tuples; few stand behind many rows, so each is made once."""
    place = {zones: n for n, zones in enumerate(dict.fromkeys(rows))}
    for zone in {zone for zones in place for zone in zones}:
        if not zone or len(zone.split()) != 1 or zone != zone.strip():
            raise InputError(f"{name} has the zone id {zone!r}", remedy="An id is a word without spaces")
    found = pa.array([list(zones) for zones in place], type=pa.list_(pa.string()))
    return found.take(pa.array(np.fromiter(map(place.__getitem__, rows), dtype=np.int32, count=len(rows))))


def _from_arrow(name: str, column: pa.Array) -> Any:
    kind = COLUMNS[name]
    if kind == "geometry":
        return shapely.from_wkb(column.to_numpy(zero_copy_only=False))
    if kind == "object":
        same: dict[tuple[str, ...], tuple[str, ...]] = {}
        values = np.empty(len(column), dtype=object)
        values[:] = [same.setdefault(found, found) for found in (tuple(row or ()) for row in column.to_pylist())]
        return pd.Series(values, dtype=object)
    if kind == "category":
        codes, found = pd.factorize(column.to_pandas().astype("str"), sort=True)
        return pd.Series(pd.Categorical.from_codes(codes, categories=pd.Index(found, dtype="str")))
    if kind == "datetime64[s]":
        return pd.Series(column.to_numpy(zero_copy_only=False).astype("datetime64[s]"))
    if kind.startswith("Int"):
        return column.to_pandas(types_mapper=lambda _: getattr(pd, f"{kind}Dtype")())
    return column.to_pandas().astype(kind)
