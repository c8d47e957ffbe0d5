"""Imported rows out of their files, as tables like the store's own: each event once, as its last import tells it."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Final

import geopandas as gpd
import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
import shapely

from geo.errors import StoreError
from geo.frame import COLUMNS, CRS, LATER, SHAPES
from geo.importers.geometries import covering_km
from geo.importers.rows import KNOWN_SINCE, ROW_COLUMNS, SHAPE
from geo.importers.segments import FOLDER, LOADED, segments
from geo.model import ReviewState
from geo.protection_rows import guarded
from geo.zones import join

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from numpy.typing import NDArray

    from geo.importers.segments import Segment
    from geo.store import Store
    from geo.zones import BuiltZone

_WORDS: Final = [name for name, kind in ROW_COLUMNS.items() if kind == "category"]


def load(store: Store, zones: Mapping[str, BuiltZone], *, until: str | None = None) -> gpd.GeoDataFrame:
    """Read the imported events as a table like the store's own.

    Parameters
    ----------
    store : Store
    zones : mapping of str to BuiltZone
        The events are asked against these, by place, radius and day.
    until : str, optional
        Only imports that had come before this time (UTC, ISO).

    Returns
    -------
    GeoDataFrame
        Columns as in :data:`geo.frame.COLUMNS` and :data:`~geo.importers.rows.KNOWN_SINCE`; not sorted.

    Raises
    ------
    StoreError
        A file is missing or was changed.
    """
    tables = [_read(store.folder, segment) for segment in segments(store) if until is None or segment.at < until]
    if not tables:
        return _events(pd.DataFrame({name: [] for name in LOADED.names}), zones)
    rows = pa.concat_tables(tables, promote_options="default").to_pandas()
    if len(tables) > 1:
        # A source gives the same event out again with what it has learned since.
        rows = rows[~rows["event_id"].duplicated(keep="last")].reset_index(drop=True)
    return guarded(_events(rows, zones), store.folder, zones)


def parts(store: Store, segment: Segment, zones: Mapping[str, BuiltZone], *, rows: int) -> Iterator[gpd.GeoDataFrame]:
    """Read one import in parts of at most so many rows, each as :func:`load` would.

    Rows that a later import tells anew are left out.

    Raises
    ------
    StoreError
        The file is missing or was changed.
    """
    path = store.folder / FOLDER / f"{segment.digest}.parquet"
    told_anew = _later_ids(store, segment)
    with _told(path, segment), pq.ParquetFile(path, read_dictionary=_WORDS) as file:
        for batch in file.iter_batches(batch_size=rows, columns=LOADED.names):
            table = _whole(pa.Table.from_batches([batch]))
            if told_anew is not None:
                table = table.filter(pc.invert(pc.is_in(table["event_id"], value_set=told_anew)))
            yield guarded(_events(table.to_pandas(), zones), store.folder, zones)


def _later_ids(store: Store, segment: Segment) -> pa.Array | None:
    """Give the ids of all imports that came after this one; None where there is none."""
    standing = segments(store)
    later = standing[standing.index(segment) + 1 :]
    paths = [(store.folder / FOLDER / f"{one.digest}.parquet", one) for one in later]
    found = []
    for path, one in paths:
        with _told(path, one):
            found.append(pq.read_table(path, columns=["event_id"])["event_id"])
    return pa.concat_arrays([chunk for column in found for chunk in column.chunks]) if found else None


def _events(rows: Any, zones: Mapping[str, BuiltZone]) -> gpd.GeoDataFrame:
    for name, kind in {**ROW_COLUMNS, KNOWN_SINCE: "datetime64[s]"}.items():
        rows[name] = rows[name].astype(kind)
    placed = rows["lon"].notna().to_numpy()
    geometry = np.full(len(rows), None, dtype=object)
    geometry[placed] = shapely.points(rows.loc[placed, "lon"], rows.loc[placed, "lat"])
    drawn = rows[SHAPE].notna().to_numpy() & placed
    geometry[drawn] = shapely.from_wkb(rows.loc[drawn, SHAPE].to_numpy())
    codes = np.where(placed, 0, -1)
    # The zones are asked with a disc: it has to hold the whole of a stretch or an area.
    radius = rows["radius_km"].to_numpy(copy=True)
    at = rows.loc[drawn, "lon"].to_numpy(), rows.loc[drawn, "lat"].to_numpy()
    radius[drawn] = np.fmax(radius[drawn], covering_km(geometry[drawn], *at))
    codes[drawn] = shapely.get_dimensions(geometry[drawn])
    rows["shape"] = pd.Categorical.from_codes(codes.tolist(), categories=pd.Index(list(SHAPES)))
    rows["review"] = pd.Categorical(np.full(len(rows), str(ReviewState.UNREVIEWED)))
    rows["zones_inside"], rows["zones_possible"] = _zones(rows.assign(radius_km=radius), zones)
    rows["geometry"] = gpd.GeoSeries(geometry, crs=CRS)
    return gpd.GeoDataFrame(rows[[*COLUMNS, KNOWN_SINCE]], geometry="geometry", crs=CRS)


def _read(folder: Path, segment: Segment) -> pa.Table:
    path = folder / FOLDER / f"{segment.digest}.parquet"
    with _told(path, segment):
        return pq.read_table(path, schema=LOADED, read_dictionary=_WORDS)


def _whole(table: pa.Table) -> pa.Table:
    """Add the columns that were not yet there when the import came: what they hold is unknown."""
    for name in LATER:
        if name not in table.column_names:
            table = table.append_column(name, pa.nulls(len(table), LOADED.field(name).type))
    return table


@contextmanager
def _told(path: Path, segment: Segment) -> Iterator[None]:
    try:
        yield
    except FileNotFoundError as error:
        raise StoreError(f"{path}: the events of {segment.name} are missing. Put back a copy") from error
    except (pa.ArrowException, OSError) as error:
        raise StoreError(f"{path}: the events of {segment.name} are damaged ({error}). Put back a copy") from error


def _zones(rows: pd.DataFrame, zones: Mapping[str, BuiltZone]) -> tuple[NDArray[Any], NDArray[Any]]:
    """Ids of the zones of each row, inside and possible; equal tuples are one object."""
    first, last = (rows[name].to_numpy() for name in ("day_start", "day_end"))
    pairs = join(rows["lon"], rows["lat"], rows["radius_km"], first, last, zones)
    ids = list(zones)
    found = []
    for answer in (2, 1):
        chosen = pairs.answer == answer
        found.append(_tuples(pairs.point[chosen], pairs.zone[chosen], len(rows), ids))
    return found[0], found[1]


def _tuples(point: NDArray[np.int64], zone: NDArray[np.int16], count: int, ids: list[str]) -> NDArray[Any]:
    """Gather pairs into one tuple of ids a row."""
    empty: tuple[str, ...] = ()
    column = np.empty(count, dtype=object)
    column[:] = [empty] * count
    if not len(point):
        return column
    order = np.lexsort((zone, point))
    point, zone = point[order], zone[order]
    starts = np.flatnonzero(np.diff(point, prepend=-1))
    same: dict[bytes, tuple[str, ...]] = {}
    for start, end in zip(starts, np.append(starts[1:], len(point)), strict=True):
        codes = zone[start:end].tobytes()
        if codes not in same:
            same[codes] = tuple(ids[code] for code in zone[start:end])
        column[point[start]] = same[codes]
    return column
