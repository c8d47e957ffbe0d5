"""Imported rows on the disk: one Parquet file an import, and a row of the store's log that vouches for it.

The file is written whole and then given its name, which is the hash of its bytes; then the log takes it up. A kill
between the two leaves a file that nobody vouches for; importing the table again takes it up.
"""

from __future__ import annotations

import hashlib
import json
import os
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any, Final

import geopandas as gpd
import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import shapely

from geo.errors import StoreError
from geo.frame import COLUMNS, CRS
from geo.importers.rows import KNOWN_SINCE, ROW_COLUMNS, Skipped, checked
from geo.model import ReviewState
from geo.store import canonical, log
from geo.zones import join

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

    from numpy.typing import NDArray

    from geo.importers.rows import Batch
    from geo.store import Store
    from geo.zones import BuiltZone

FOLDER: Final = "imports"
OP: Final = "import"
OP_WITHDRAWN: Final = "import withdrawn"
MOST_SKIPPED: Final = 1000
"""Skipped rows kept with their reason; the others are counted."""
_PART: Final = ".part"


@dataclass(frozen=True, slots=True)
class Segment:
    """One import."""

    key: str
    """Hash of what was imported and how: the same table imported twice is one segment."""
    name: str
    """What to call it, as the file's name."""
    kind: str
    """Importer, as "acled"."""
    attribution: str
    """What has to be said wherever its events are shown."""
    rows: int
    skipped: int
    digest: str
    """SHA-256 of the file's bytes."""
    at: str = ""
    """When it came, UTC, ISO."""
    reasons: tuple[tuple[int, str], ...] = ()
    """Line and reason of the first :data:`MOST_SKIPPED` skipped rows."""


def keep(store: Store, batches: Iterable[Batch], *, key: str, name: str, kind: str, attribution: str) -> Segment:
    """Write batches of rows as one segment, streaming.

    Parameters
    ----------
    store : Store
        Opened for writing.
    batches : iterable of Batch
        As an importer gives them; each is held to the schema here.
    key, name, kind, attribution : str
        As in :class:`Segment`.

    Returns
    -------
    Segment
        The one that was there, where this table was imported before: then nothing is written.

    Raises
    ------
    StoreError, StoreBusyError
        It cannot be written; nothing is kept.
    InputError
        From the importer: the table cannot be read any further; nothing is kept.
    """
    known = {segment.key: segment for segment in segments(store)}
    if key in known:
        return known[key]
    folder = store.folder / FOLDER
    folder.mkdir(exist_ok=True)
    _sweep(folder)
    part = folder / f"{key}{_PART}"
    skipped: list[Skipped] = []
    ids: set[str] = set()
    try:
        rows = _write(part, batches, skipped, ids)
        digest = _digest(part)
        part.replace(folder / f"{digest}.parquet")
    finally:
        part.unlink(missing_ok=True)
    segment = Segment(key, name, kind, attribution, rows, len(skipped), digest, reasons=tuple(skipped[:MOST_SKIPPED]))
    body = {field: value for field, value in asdict(segment).items() if field != "at"}
    with store.database.writing() as db:
        log.append(db, op=OP, entity=key, body=canonical(body))
    return segment


def segments(store: Store) -> tuple[Segment, ...]:
    """Return the imports that stand, in the order in which they came."""
    found: dict[str, Segment] = {}
    with store.database.reading() as db:
        rows = sorted([*log.entries(db, op=OP), *log.entries(db, op=OP_WITHDRAWN)])
    for entry in rows:
        if entry.op == OP:
            body = json.loads(entry.body)
            body["reasons"] = tuple((line, reason) for line, reason in body["reasons"])
            found[entry.entity] = Segment(**body, at=entry.at)
        else:
            found.pop(entry.entity, None)
    return tuple(found.values())


def withdraw(store: Store, key: str, *, who: str = "reader", why: str | None = None) -> None:
    """Take an import's events off the map. Its file stays as long as the log remembers it.

    Raises
    ------
    StoreError
        There is no such import.
    """
    if key not in {segment.key for segment in segments(store)}:
        raise StoreError(f"there is no import {key}. `python -m geo imports` lists them")
    with store.database.writing() as db:
        log.append(db, op=OP_WITHDRAWN, entity=key, body="null", who=who, reason=why)


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
    columns = [*ROW_COLUMNS, KNOWN_SINCE]
    table = pa.concat_tables(tables, promote_options="default") if tables else None
    rows: Any = table.to_pandas() if table is not None else pd.DataFrame({name: [] for name in columns})
    for name, kind in {**ROW_COLUMNS, KNOWN_SINCE: "datetime64[s]"}.items():
        rows[name] = rows[name].astype(kind)
    placed = rows["lon"].notna().to_numpy()
    geometry = np.full(len(rows), None, dtype=object)
    geometry[placed] = shapely.points(rows.loc[placed, "lon"], rows.loc[placed, "lat"])
    rows["shape"] = pd.Categorical.from_codes(np.where(placed, 0, -1).tolist(), categories=pd.Index(["point"]))
    rows["review"] = pd.Categorical(np.full(len(rows), str(ReviewState.UNREVIEWED)))
    rows["zones_inside"], rows["zones_possible"] = _zones(rows, zones)
    rows["geometry"] = gpd.GeoSeries(geometry, crs=CRS)
    return gpd.GeoDataFrame(rows[[*COLUMNS, KNOWN_SINCE]], geometry="geometry", crs=CRS)


def _write(part: Path, batches: Iterable[Batch], skipped: list[Skipped], ids: set[str]) -> int:
    writer: pq.ParquetWriter | None = None
    rows = 0
    try:
        for batch in batches:
            right = checked(batch)
            skipped += right.skipped
            table = pa.Table.from_pandas(_once(right, ids, skipped), preserve_index=False).cast(_SCHEMA)
            rows += table.num_rows
            if writer is None:
                writer = pq.ParquetWriter(part, _SCHEMA, compression="zstd")
            writer.write_table(table)
        if writer is None:
            writer = pq.ParquetWriter(part, _SCHEMA, compression="zstd")
    finally:
        if writer is not None:
            writer.close()
    descriptor = os.open(part, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
    return rows


def _once(batch: Batch, ids: set[str], skipped: list[Skipped]) -> pd.DataFrame:
    """Leave out rows whose id an earlier batch had."""
    # Series.isin would make an array of all ids so far, batch after batch.
    again = np.fromiter((key in ids for key in batch.rows["event_id"]), dtype=bool, count=len(batch.rows))
    for n in np.flatnonzero(again):
        skipped.append(Skipped(int(batch.lines[n]), f"id {batch.rows['event_id'].iloc[n]} is there twice"))
    rows = batch.rows[~again]
    ids.update(rows["event_id"])
    return rows


_ARROW: Final[dict[str, pa.DataType]] = {
    "str": pa.string(), "category": pa.string(), "datetime64[s]": pa.date32(), "Int8": pa.int8(), "Int16": pa.int16(),
    "Int32": pa.int32(), "float64": pa.float64(), "float32": pa.float32(),
}  # fmt: skip
_SCHEMA: Final = pa.schema([(name, _ARROW[kind]) for name, kind in ROW_COLUMNS.items()] + [(KNOWN_SINCE, pa.date32())])


def _read(folder: Path, segment: Segment) -> pa.Table:
    path = folder / FOLDER / f"{segment.digest}.parquet"
    words = [name for name, kind in ROW_COLUMNS.items() if kind == "category"]
    try:
        return pq.read_table(path, schema=_SCHEMA, read_dictionary=words)
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


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def damaged(store: Store) -> Iterator[str]:
    """Say which imports are missing or are no longer what was imported; for verification."""
    for segment in segments(store):
        path = store.folder / FOLDER / f"{segment.digest}.parquet"
        if not path.exists():
            yield f"import {segment.name}: its file is missing"
        elif _digest(path) != segment.digest:
            yield f"import {segment.name}: its file was changed"


def _sweep(folder: Path) -> None:
    """Remove what a killed import left half written."""
    for path in folder.glob(f"*{_PART}"):
        path.unlink(missing_ok=True)
