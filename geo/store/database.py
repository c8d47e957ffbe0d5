"""One open file: transactions, reading rows, and the shapes that reports share."""

from __future__ import annotations

import json
import sqlite3
import threading
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import shapely

from geo.errors import StoreError
from geo.store import codec
from geo.store.schema import connect, translated
from geo.store.transaction import transaction
from geo.version import VERSION

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

    from shapely.geometry.base import BaseGeometry

    from geo.model import Report


class Database:
    """A connection that several threads may share: one of them speaks at a time.

    Parameters
    ----------
    file : Path
        The store's file.
    readonly : bool
        Refuse every write.
    wait_s : float
        Seconds to wait for another writer.
    """

    def __init__(self, file: Path, *, readonly: bool, wait_s: float) -> None:
        self.file = file
        self._connection = connect(file, readonly=readonly, wait_s=wait_s)
        self._connection.row_factory = sqlite3.Row
        self._lock = threading.RLock()
        self._inside = False
        self._shapes: dict[str, BaseGeometry] = {}

    def close(self) -> None:
        """Close the file. Closing twice is fine."""
        with self._lock:
            self._connection.close()

    @contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        """Give one moment of the store, however much is written meanwhile. May be nested."""
        with self._transaction("deferred") as connection:
            yield connection

    @contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """All or nothing, and on the disk when the block ends."""
        with self._transaction("immediate") as connection:
            before = connection.total_changes
            yield connection
            if connection.total_changes > before:
                now = datetime.now(UTC).isoformat(timespec="seconds")
                set_meta(connection, "software", VERSION)
                set_meta(connection, "built_at", now)

    def all(self, sql: str, *values: object) -> list[sqlite3.Row]:
        """All rows of a query."""
        with self.reading() as connection:
            return connection.execute(sql, values).fetchall()

    def one(self, sql: str, *values: object) -> sqlite3.Row | None:
        """First row of a query; None when there is none."""
        rows = self.all(sql, *values)
        return rows[0] if rows else None

    def reports(self, bodies: Iterable[str]) -> Iterator[Report]:
        """Rebuild reports from their JSON; inside :meth:`reading`."""
        for body in bodies:
            yield self.report(json.loads(body))

    def report(self, data: Mapping[str, Any]) -> Report:
        """Rebuild a report from the codec's value; inside :meth:`reading`."""
        self._load_shapes_of(data["place"], *(candidate["place"] for candidate in data["candidates"]))
        return codec.report(data, self._shapes)

    def report_fields(self, data: Mapping[str, Any]) -> dict[str, Any]:
        """Rebuild some fields of a report from the codec's values; inside :meth:`reading`."""
        self._load_shapes_of(data.get("place"))
        return codec.report_fields(data, self._shapes)

    @contextmanager
    def _transaction(self, kind: str) -> Iterator[sqlite3.Connection]:
        with self._lock, translated(self.file):
            if self._inside:
                yield self._connection
                return
            self._inside = True
            try:
                with transaction(self._connection, kind=kind) as connection:
                    yield connection
            finally:
                self._inside = False

    def _load_shapes_of(self, *places: Mapping[str, Any] | None) -> None:
        for key in (p["geometry"]["wkb"] for p in places if p is not None and p["geometry"] is not None):
            if key not in self._shapes:
                row = self.one("select wkb from shape where key = ?", key)
                if row is None:
                    raise StoreError(f"{self.file}: shape {key} is missing. Put back a copy, or build again")
                self._shapes[key] = shapely.from_wkb(row["wkb"])


def set_meta(connection: sqlite3.Connection, key: str, value: str) -> None:
    """Write a fact about the store itself, if it is news."""
    connection.execute(
        "insert into meta (key, value) values (?, ?) on conflict (key) do update set value = excluded.value "
        "where value != excluded.value",
        (key, value),
    )
