"""GeoPackage: an SQLite file, opened in memory, that can run nothing and is stopped when it takes long."""

from __future__ import annotations

import sqlite3
import time
from contextlib import closing
from typing import TYPE_CHECKING, Any

from geo.errors import ZoneError
from geo.zones.files import wkb
from geo.zones.files.limits import MAX_ATTRIBUTES, MAX_FEATURES, Counter, RawShape, attributes, words

if TYPE_CHECKING:
    from collections.abc import Iterator

MAX_SECONDS = 5.0
MOST_LAYERS = 20
MOST_BLOB = 8_000_000
"""Bytes of one shape: the most corners that are read, with height and measure."""
_ENVELOPES = {0: 0, 1: 32, 2: 48, 3: 48, 4: 64}
_ALLOWED = {sqlite3.SQLITE_SELECT, sqlite3.SQLITE_READ, sqlite3.SQLITE_FUNCTION}


def read(data: bytes) -> list[RawShape]:
    """Read the shapes of every layer.

    Parameters
    ----------
    data : bytes
        The file.

    Returns
    -------
    list of RawShape

    Raises
    ------
    ZoneError
        It is no GeoPackage, is damaged, or takes too long.
    """
    with closing(sqlite3.connect(":memory:")) as database:
        try:
            _open(database, data)
            layers = _layers(database)
            counter = Counter()
            return [shape for layer in layers for shape in _shapes(database, *layer, counter=counter)]
        except (sqlite3.Error, OverflowError) as error:
            if "interrupted" in str(error):
                raise ZoneError(f"takes longer than {MAX_SECONDS:g} s to read") from error
            raise ZoneError(f"is no GeoPackage, or a damaged one ({error})"[:200]) from error


def _open(database: sqlite3.Connection, data: bytes) -> None:
    # A file that was left in WAL mode cannot be opened in memory; without its log it is as it would be in the other.
    database.deserialize(data[:18] + b"\1\1" + data[20:])
    for limit, most in (
        (sqlite3.SQLITE_LIMIT_LENGTH, MOST_BLOB),
        (sqlite3.SQLITE_LIMIT_ATTACHED, 0),
        (sqlite3.SQLITE_LIMIT_VDBE_OP, 25_000),
        (sqlite3.SQLITE_LIMIT_EXPR_DEPTH, 50),
    ):
        database.setlimit(limit, most)
    for pragma in ("query_only = on", "trusted_schema = off", "cell_size_check = on"):
        database.execute(f"pragma {pragma}")
    database.set_authorizer(
        lambda action, *_: sqlite3.SQLITE_OK if action in _ALLOWED else sqlite3.SQLITE_DENY,
    )
    until = time.monotonic() + MAX_SECONDS
    database.set_progress_handler(lambda: int(time.monotonic() > until), 10_000)


def _layers(database: sqlite3.Connection) -> list[tuple[str, str, str]]:
    """Give table, geometry column and coordinate system of each layer."""
    rows = database.execute(
        "select g.table_name, g.column_name, s.organization, s.organization_coordsys_id "
        "from gpkg_geometry_columns g left join gpkg_spatial_ref_sys s on s.srs_id = g.srs_id "
        # Only real tables: a view may be made of anything.
        "join sqlite_schema t on t.name = g.table_name and t.type = 'table' and t.sql not like 'create virtual%' "
        "limit ?",
        (MOST_LAYERS + 1,),
    ).fetchall()
    if not rows:
        raise ZoneError("has no layer of shapes in it")
    if len(rows) > MOST_LAYERS:
        raise ZoneError(f"has more than {MOST_LAYERS} layers", remedy="Export only those that are needed")
    return [(str(table), str(column), f"{name}:{code}") for table, column, name, code in rows]


def _shapes(database: sqlite3.Connection, table: str, column: str, crs: str, *, counter: Counter) -> Iterator[RawShape]:
    found = database.execute(f"select * from {_quoted(table)} limit ?", (MAX_FEATURES + 1,))  # noqa: S608 - quoted
    names = [str(item[0]) for item in found.description]
    if column not in names:
        raise ZoneError(f"layer {words(table)!r} has no column {words(column)!r}")
    at = names.index(column)
    for number, row in enumerate(found, start=1):
        counter.feature()
        shape = RawShape(f"{words(table)[:60]}, feature {number}", crs=crs)
        shape.attributes = attributes(
            {n: v for n, v in list(zip(names, row, strict=True))[: MAX_ATTRIBUTES + 2] if n != column}
        )
        try:
            shape.polygons = _geometry(row[at], counter)
        except ZoneError as error:
            shape.trouble = error
        yield shape


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _geometry(blob: Any, counter: Counter) -> list[list[Any]]:
    if not isinstance(blob, bytes) or len(blob) < 8 or blob[:2] != b"GP":
        raise ZoneError("has no geometry")
    envelope = _ENVELOPES.get((blob[3] >> 1) & 7)
    if envelope is None or blob[3] & 0b00110000:
        raise ZoneError("is empty, or of a kind that is not read")
    return wkb.polygons(blob[8 + envelope :], counter)
