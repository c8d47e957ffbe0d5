"""A store's events as Parquet files, part by part: what every engine is filled from."""

from __future__ import annotations

import shutil
import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyarrow.parquet as pq

from geo.warehouse.frames import SCHEMAS, Gathered, from_frame
from geo.warehouse.schema import EVENTS, NAMES, ZONE_SETS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    import pyarrow as pa
    from geopandas import GeoDataFrame

    from geo.store import Store

    Tables = list[tuple[str, pa.Schema, list[Path]]]

ROWS: int = 100_000
"""Events that are in memory at once."""


def frames_of(store: Store) -> Iterator[GeoDataFrame]:
    """Read the events of a store: its own, then the imported ones in parts.

    Parameters
    ----------
    store : Store

    Yields
    ------
    GeoDataFrame
        Columns as in :data:`geo.frame.COLUMNS`.

    Raises
    ------
    StoreError
        The store, or a file of it, cannot be read.
    """
    from geo.frame import load_frame
    from geo.importers import segments
    from geo.importers.loading import parts
    from geo.known import KNOWN_SINCE
    from geo.zones import load_all

    own = load_frame(store)
    if len(own):
        yield own
    imports = segments(store)
    zones = load_all(store.folder, errors=[]) if imports else {}
    for segment in imports:
        for part in parts(store, segment, zones, rows=ROWS):
            yield part.drop(columns=KNOWN_SINCE)


@contextmanager
def written(
    frames: Iterable[GeoDataFrame], beside: Path | None = None, *, progress: Callable[..., Any] = lambda _n: None
) -> Iterator[Tables]:
    """Write events as the tables of a warehouse, for as long as the block runs.

    Parameters
    ----------
    frames : iterable of GeoDataFrame
    beside : Path, optional
        Folder in which the files lie meanwhile; the system's own for such files unless given.
    progress : callable
        Told the number of events of each part.

    Yields
    ------
    list of (name, schema, files)
    """
    folder = Path(tempfile.mkdtemp(prefix=".parts-", dir=beside))
    try:
        gathered, files = Gathered(), []
        for n, frame in enumerate(frames):
            files.append(folder / f"events-{n:06}.parquet")
            pq.write_table(from_frame(frame, gathered), files[-1], compression="zstd")
            progress(len(frame))
        tables = [(EVENTS, SCHEMAS[EVENTS], files)]
        for name, table in ((NAMES, gathered.names()), (ZONE_SETS, gathered.zone_sets())):
            file = folder / f"{name}.parquet"
            pq.write_table(table, file)
            tables.append((name, SCHEMAS[name], [file]))
        yield tables
    finally:
        shutil.rmtree(folder, ignore_errors=True)
