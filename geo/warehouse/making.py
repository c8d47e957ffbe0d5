"""The tables of a DuckDB snapshot, made in portions that fit into memory whatever the number of events."""

from __future__ import annotations

from itertools import accumulate
from typing import TYPE_CHECKING, Any, Final

from geo.errors import StoreError
from geo.warehouse.compiled import write
from geo.warehouse.schema import EVENT_COLUMNS, EVENTS, NAMES, ZONE_SETS

if TYPE_CHECKING:
    from collections.abc import Iterator

PORTION: int = 50_000_000
"""Events that are sorted at once; what does not fit into memory is sorted on the disk: 8 GB for so many."""
AT_ONCE: int = 10_000_000
"""Ids that are compared at once."""
# Fields of the names table and the columns that hold them: kept as numbers, and compared as such.
_ENUMS: Final = {
    "event_types": ("event_type",), "sub_event_types": ("sub_event_type",), "places": ("place",),
    "countries": ("country",), "regions": ("admin1",), "shapes": ("shape",), "actors": ("actor1", "actor2"),
    "actor_types": ("actor1_type", "actor2_type"), "statuses": ("status",), "reviews": ("review",),
    "publishers": ("source",),
}  # fmt: skip
_TYPES: Final = {
    "string": "VARCHAR", "date": "DATE", "boolean": "BOOLEAN", "int8": "TINYINT", "int16": "SMALLINT",
    "int32": "INTEGER", "float64": "DOUBLE", "float32": "FLOAT",
}  # fmt: skip
# What search reads stands ready for every sentence: to write it while searching takes longer than the search.
_COLUMNS: Final = {
    "quote_folded": "coalesce(quote_folded, lower(replace(replace(quote, '''', ''), '`', ''))) AS quote_folded"
}


def make(connection: Any, files: dict[str, list[str]]) -> None:
    """Make every table.

    Parameters
    ----------
    connection : duckdb.DuckDBPyConnection
        Of an empty file.
    files : dict of str to list of str
        Parquet files of each table of :data:`geo.warehouse.schema.TABLES`.

    Raises
    ------
    StoreError
        An event is there twice.
    duckdb.Error
        The file cannot be written.
    """
    for name in (NAMES, ZONE_SETS):
        connection.execute(f"CREATE TABLE {name} AS SELECT * FROM read_parquet($1)", [files[name]])  # noqa: S608
    enums = _make_enums(connection) if files[EVENTS] else {}
    columns = ", ".join(f"{name} {enums.get(name, _TYPES[kind])}" for name, kind in EVENT_COLUMNS.items())
    connection.execute(f"CREATE TABLE {EVENTS} ({columns})")
    if files[EVENTS]:
        _fill_events(connection, files[EVENTS], enums)
    _check_ids(connection)
    from geo.warehouse.rollups import BY_ACTOR, by_actor, definitions

    connection.execute(f"CREATE TABLE {BY_ACTOR.name} AS {_text(by_actor([]))}")
    for actors in _portions_of_actors(connection):
        connection.execute(f"INSERT INTO {BY_ACTOR.name} {_text(by_actor(actors))}")
    for name, expression in definitions().items():
        connection.execute(f"CREATE TABLE {name} AS {_text(expression)}")
    connection.execute("CHECKPOINT")


def _text(expression: Any) -> str:
    return write(expression, "duckdb").sql


def _make_enums(connection: Any) -> dict[str, str]:
    """Make numbers of text that repeats; give the type of each column that holds such text."""
    enum_of: dict[str, str] = {}
    known = {field for (field,) in connection.execute(f"SELECT DISTINCT field FROM {NAMES}").fetchall()}  # noqa: S608
    for field, columns in _ENUMS.items():
        if field in known:
            values = f"SELECT value FROM {NAMES} WHERE field = '{field}' ORDER BY value"  # noqa: S608
            connection.execute(f"CREATE TYPE {field}_t AS ENUM ({values})")
            enum_of.update(dict.fromkeys(columns, f"{field}_t"))
    return enum_of


def _fill_events(connection: Any, files: list[str], enums: dict[str, str]) -> None:
    """Sort by month and then along a curve through the map: what is looked at together lies together."""
    chosen = ", ".join(
        _COLUMNS.get(name, f"{name}::{enums[name]}" if name in enums else name) for name in EVENT_COLUMNS
    )
    months = connection.execute(
        "SELECT month, count(*) FROM read_parquet($1) GROUP BY month ORDER BY month", [files]
    ).fetchall()
    for portion in _portions(months):
        connection.execute(
            f"INSERT INTO {EVENTS} SELECT {chosen} FROM read_parquet($1) "  # noqa: S608
            "WHERE month BETWEEN $2 AND $3 OR ($4 AND month IS NULL) "
            f"ORDER BY month, {_morton()}, day_start",
            [files, *_ends(portion), None in portion],
        )


def _portions(counted: list[tuple[Any, int]]) -> Iterator[list[Any]]:
    """Part values, in their order, so that hardly more than a portion of events has those of one part."""
    before = [0, *accumulate(count for _, count in counted)]
    of: dict[int, list[Any]] = {}
    for (value, _), start in zip(counted, before, strict=False):
        of.setdefault(start // PORTION, []).append(value)
    yield from of.values()


def _ends(portion: list[Any]) -> tuple[Any, Any]:
    known = [value for value in portion if value is not None]
    return (known[0], known[-1]) if known else (None, None)


def _portions_of_actors(connection: Any) -> Iterator[list[str]]:
    """Part the actors; one with very many events stays whole."""
    sides = " UNION ALL ".join(f"SELECT {side} AS actor FROM {EVENTS}" for side in ("actor1", "actor2"))  # noqa: S608
    counted = connection.execute(
        f"SELECT actor, count(*) FROM ({sides}) WHERE actor IS NOT NULL GROUP BY actor ORDER BY actor"  # noqa: S608
    ).fetchall()
    return _portions(counted)


def _morton() -> str:
    """Interleave the bits of a coarse tile: few enough steps to be cheap, fine enough to keep neighbours together."""
    bits = [
        f"(((tile_{axis} >> {8 + bit}) & 1) << {2 * bit + side})" for bit in range(10) for side, axis in enumerate("xy")
    ]
    return " | ".join(bits)


def _check_ids(connection: Any) -> None:
    (count,) = connection.execute(f"SELECT count(*) FROM {EVENTS}").fetchone()  # noqa: S608
    parts = count // AT_ONCE + 1
    for part in range(parts):
        twice = connection.execute(
            f"SELECT event_id FROM {EVENTS} WHERE hash(event_id) % $1 = $2 "  # noqa: S608
            "GROUP BY event_id HAVING count(*) > 1 LIMIT 1",
            [parts, part],
        )
        if (row := twice.fetchone()) is not None:
            raise StoreError(f"event {row[0]} is there twice. Withdraw one of the imports that hold it")
