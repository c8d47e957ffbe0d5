"""The events table as a warehouse keeps it, and back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import geopandas as gpd
import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
import shapely

from geo.frame import COLUMNS, CRS, check_frame
from geo.query.text import fold
from geo.warehouse.compiled import ARROW
from geo.warehouse.schema import (
    ALSO_NAMED,
    EVENT_COLUMNS,
    FACET_COLUMNS,
    NAME_COLUMNS,
    SEARCHED,
    TABLES,
    ZONE_SET_COLUMNS,
)
from geo.warehouse.warehouse import tiles

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping


def arrow_schema(columns: Mapping[str, str]) -> pa.Schema:
    """Return the columns of a table of :data:`geo.warehouse.schema.TABLES` for Arrow."""
    return pa.schema([(name, ARROW[kind]) for name, kind in columns.items()])


SCHEMAS: Final = {name: arrow_schema(columns) for name, columns in TABLES.items()}


class Gathered:
    """What stands behind the events: the sets of zones, and the values of the fields. Grows batch by batch."""

    def __init__(self) -> None:
        self._sets: dict[tuple[tuple[str, ...], tuple[str, ...]], int] = {((), ()): 0}
        self._values: dict[str, set[str]] = {}

    def sets(self, inside: Iterable[Any], possible: Iterable[Any]) -> list[int]:
        """Return the key of each pair of tuples of zones."""
        known = self._sets
        return [known.setdefault(pair, len(known)) for pair in zip(inside, possible, strict=True)]

    def values(self, field: str, found: Iterable[str]) -> None:
        """Remember values of a field."""
        self._values.setdefault(field, set()).update(found)

    def zone_sets(self) -> pa.Table:
        """Return the table of sets of zones."""
        rows = [
            (key, rank, zone, sure)
            for pair, key in self._sets.items()
            for zones, sure in zip(pair, (True, False), strict=True)
            for rank, zone in enumerate(zones)
        ]
        columns = list(zip(*rows, strict=True)) or [()] * 4
        return pa.table([list(column) for column in columns], schema=arrow_schema(ZONE_SET_COLUMNS))

    def names(self) -> pa.Table:
        """Return the table of values."""
        rows = [(field, value, fold(value)) for field, found in self._values.items() for value in sorted(found)]
        columns = list(zip(*rows, strict=True)) or [()] * 3
        return pa.table([list(column) for column in columns], schema=arrow_schema(NAME_COLUMNS))


def from_frame(frame: gpd.GeoDataFrame, gathered: Gathered) -> pa.Table:
    """Write a table of events as a warehouse keeps it.

    Parameters
    ----------
    frame : GeoDataFrame
        Columns as in :data:`geo.frame.COLUMNS`.
    gathered : Gathered
        Takes up the sets of zones and the values of this part.

    Returns
    -------
    pyarrow.Table
        Columns of :data:`geo.warehouse.schema.EVENT_COLUMNS`.
    """
    searched = [(field, (column,)) for field, column in (*SEARCHED, *ALSO_NAMED)]
    for field, columns in [*FACET_COLUMNS.items(), *searched]:
        for column in columns:
            gathered.values(field, map(str, frame[column].dropna().unique()))
    day = frame["day_start"].to_numpy().astype("datetime64[D]")
    geometry = frame.geometry.to_numpy()
    placed = ~shapely.is_missing(geometry)
    x, y = tiles(frame["lon"].to_numpy(), frame["lat"].to_numpy())
    outlined = placed & (frame["shape"] != "point").to_numpy()
    outline = np.full(len(frame), None, dtype=object)
    outline[outlined] = shapely.to_wkb(geometry[outlined], hex=True)
    quote = pa.array(frame["quote"], type=pa.string(), from_pandas=True)
    made: dict[str, Any] = {
        # The epoch was a Thursday.
        "week": day - (day.astype("int64") + 3) % 7,
        "month": day.astype("datetime64[M]").astype("datetime64[D]"),
        "tile_x": pa.array(x, mask=~placed).cast("int32"),
        "tile_y": pa.array(y, mask=~placed).cast("int32"),
        "placed": placed,
        "outline": pa.array(outline, type=pa.string()),
        "zone_set": gathered.sets(frame["zones_inside"], frame["zones_possible"]),
        "quote": quote,
        "quote_folded": _folded(quote),
    }
    made["week"] = np.where(np.isnat(day), np.datetime64("NaT", "D"), made["week"])
    arrays = [_column(made.get(name, frame.get(name)), ARROW[kind]) for name, kind in EVENT_COLUMNS.items()]
    return pa.table(arrays, schema=arrow_schema(EVENT_COLUMNS))


def to_frame(table: pa.Table, zone_sets: pa.Table) -> gpd.GeoDataFrame:
    """Read events of a warehouse back.

    Parameters
    ----------
    table : pyarrow.Table
        Columns of :data:`geo.warehouse.schema.EVENT_COLUMNS`.
    zone_sets : pyarrow.Table

    Returns
    -------
    GeoDataFrame
        Columns as in :data:`geo.frame.COLUMNS`, in the order of the table.

    Raises
    ------
    GeoError
        A row does not hold to the schema: somebody else wrote it.
    """
    rows = table.to_pandas(date_as_object=False)
    found: dict[str, Any] = {}
    for name, kind in COLUMNS.items():
        if name in ("zones_inside", "zones_possible"):
            found[name] = _zones(rows["zone_set"], zone_sets, inside=name == "zones_inside")
        elif kind == "category":
            found[name] = pd.Categorical(rows[name].astype("str"))
        elif kind != "geometry":
            found[name] = rows[name].astype(kind)
    geometry = np.full(len(rows), None, dtype=object)
    placed = rows["placed"].to_numpy(dtype=bool)
    geometry[placed] = shapely.points(rows.loc[placed, "lon"], rows.loc[placed, "lat"])
    outlined = rows["outline"].notna().to_numpy()
    geometry[outlined] = shapely.from_wkb(rows.loc[outlined, "outline"].to_numpy(dtype=object))
    frame = gpd.GeoDataFrame(found, geometry=gpd.GeoSeries(geometry, crs=CRS))
    return check_frame(frame[list(COLUMNS)])


def _column(values: Any, kind: pa.DataType) -> pa.Array:
    if isinstance(values, pa.Array) and values.type == kind:
        return values
    array = pa.array(values, from_pandas=True)
    if pa.types.is_dictionary(array.type):
        array = array.dictionary_decode()
    return array.cast(kind)


def _folded(quotes: pa.Array) -> pa.Array:
    """Write the sentences as search reads them, where an engine could not do it as well."""
    plain = np.array(pc.fill_null(pc.string_is_ascii(quotes), True), dtype=bool)
    folded = np.full(len(quotes), None, dtype=object)
    rest = np.flatnonzero(~plain)
    folded[rest] = [fold(value) for value in quotes.take(pa.array(rest)).to_pylist()]
    return pa.array(folded, type=pa.string())


def _zones(keys: pd.Series[Any], zone_sets: pa.Table, *, inside: bool) -> pd.Series[Any]:
    found: dict[int, tuple[str, ...]] = {}
    for row in zone_sets.to_pylist():
        if row["inside"] is inside:
            found[row["zone_set"]] = (*found.get(row["zone_set"], ()), row["zone"])
    column = np.empty(len(keys), dtype=object)
    column[:] = [found.get(key, ()) for key in keys.to_list()]
    return pd.Series(column, dtype=object)
