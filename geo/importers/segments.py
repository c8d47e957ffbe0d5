"""Imported rows on the disk: one Parquet file an import, and a row of the store's log that vouches for it.

The file is written whole and then given its name, which is the hash of its bytes; then the log takes it up. A kill
between the two leaves a file that nobody vouches for; importing the table again takes it up.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import secrets
import time
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
from pandas.util import hash_array

from geo.errors import GeoError, StoreError
from geo.importers.rows import KNOWN_SINCE, MORE_TEXT, ROW_COLUMNS, SHAPE, Skipped, checked
from geo.store import canonical, log

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    import pandas as pd
    from numpy.typing import NDArray

    from geo.importers.rows import Batch
    from geo.store import Store

FOLDER: Final = "imports"
OP: Final = "import"
OP_WITHDRAWN: Final = "import withdrawn"
MOST_SKIPPED: Final = 1000
"""Skipped rows kept with their reason; the others are counted."""
STALE_S: Final = 600
"""A file that nobody has written to for so many seconds was left by a killed import."""
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
    skipped = _Report()
    try:
        rows, digest = _settled(store.folder / FOLDER, key, batches, skipped)
    except OSError as error:
        if isinstance(error, GeoError):
            raise
        problem = f"{store.folder / FOLDER}: the import cannot be written ({error})"
        raise StoreError(f"{problem}. Free some space or allow writing there; nothing was kept") from error
    segment = Segment(key, name, kind, attribution, rows, skipped.count, digest, reasons=tuple(skipped.first))
    body = {field: value for field, value in asdict(segment).items() if field != "at"}
    with store.database.writing() as db:
        # The same rows out of another file, with its columns in another order, are the same import.
        for there in _standing(db).values():
            if key == there.key or digest == there.digest:
                return there
        log.append(db, op=OP, entity=key, body=canonical(body))
    return next(one for one in segments(store) if one.key == key)


def segments(store: Store) -> tuple[Segment, ...]:
    """Return the imports that stand, in the order in which they came."""
    with store.database.reading() as db:
        return tuple(_standing(db).values())


def _standing(db: sqlite3.Connection) -> dict[str, Segment]:
    found: dict[str, Segment] = {}
    for entry in sorted([*log.entries(db, op=OP), *log.entries(db, op=OP_WITHDRAWN)]):
        if entry.op == OP:
            body = json.loads(entry.body)
            body["reasons"] = tuple((line, reason) for line, reason in body["reasons"])
            found[entry.entity] = Segment(**body, at=entry.at)
        else:
            found.pop(entry.entity, None)
    return found


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


class _Report:
    """Counts the skipped rows and keeps the first."""

    def __init__(self) -> None:
        self.count, self.first = 0, list[Skipped]()

    def add(self, skipped: Iterable[Skipped]) -> None:
        for one in skipped:
            self.count += 1
            if len(self.first) < MOST_SKIPPED:
                self.first.append(one)


def _settled(folder: Path, key: str, batches: Iterable[Batch], skipped: _Report) -> tuple[int, str]:
    """Write the file whole, then give it its name; tell its rows and its hash."""
    folder.mkdir(exist_ok=True)
    _sweep(folder)
    # Somebody else may import the same table at the same time.
    part = folder / f"{key[:32]}-{secrets.token_hex(4)}{_PART}"
    try:
        rows = _write(part, batches, skipped)
        digest = _digest(part)
        part.replace(folder / f"{digest}.parquet")
    finally:
        part.unlink(missing_ok=True)
    return rows, digest


def _write(part: Path, batches: Iterable[Batch], skipped: _Report) -> int:
    ids = _Seen()
    rows = 0
    with pq.ParquetWriter(part, _SCHEMA, compression="zstd") as writer:
        for batch in batches:
            right = checked(batch)
            skipped.add(right.skipped)
            table = pa.Table.from_pandas(_once(right, ids, skipped), schema=_SCHEMA, preserve_index=False)
            rows += table.num_rows
            writer.write_table(table)
    descriptor = os.open(part, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
    return rows


class _Seen:
    """Knows which ids there were, by eight bytes of each: millions of them as text would fill the memory.

    Two ids with the same eight bytes, one chance in millions for a million rows, are told as one that is there twice.
    """

    def __init__(self) -> None:
        self._sorted: NDArray[np.uint64] = np.empty(0, dtype=np.uint64)

    def again(self, ids: pd.Series[Any]) -> NDArray[np.bool_]:
        """Tell which of these, each different, there were before, and remember the others."""
        hashes = hash_array(ids.to_numpy(dtype=object), categorize=False)
        before: NDArray[np.bool_] = np.zeros(len(hashes), dtype=bool)
        if len(self._sorted):
            at = np.searchsorted(self._sorted, hashes)
            before = self._sorted[np.minimum(at, len(self._sorted) - 1)] == hashes
        new = np.sort(hashes[~before])
        self._sorted = np.insert(self._sorted, np.searchsorted(self._sorted, new), new)
        return before


def _once(batch: Batch, ids: _Seen, skipped: _Report) -> pd.DataFrame:
    """Leave out rows whose id an earlier batch had."""
    again = ids.again(batch.rows["event_id"])
    told = batch.rows["source_id"].fillna(batch.rows["event_id"])
    skipped.add(Skipped(int(batch.lines[n]), f"id {told.iloc[n]} is there twice") for n in np.flatnonzero(again))
    return batch.rows[~again]


_ARROW: Final[dict[str, pa.DataType]] = {
    "str": pa.string(), "category": pa.string(), "datetime64[s]": pa.date32(), "Int8": pa.int8(), "Int16": pa.int16(),
    "Int32": pa.int32(), "float64": pa.float64(), "float32": pa.float32(),
}  # fmt: skip
LOADED: Final = pa.schema(
    [(name, _ARROW[kind]) for name, kind in ROW_COLUMNS.items()] + [(KNOWN_SINCE, pa.date32()), (SHAPE, pa.binary())]
)
_SCHEMA: Final = pa.schema([*LOADED, *((name, pa.string()) for name in MORE_TEXT)])


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
    """Remove what a killed import left half written; one that still writes has done so a moment ago."""
    for path in folder.glob(f"*{_PART}"):
        with contextlib.suppress(FileNotFoundError):
            if time.time() - path.stat().st_mtime > STALE_S:
                path.unlink()
