"""PostgreSQL, spoken to by psycopg: ``postgresql://user@host/database``."""

from __future__ import annotations

import threading
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final

from geo.errors import StoreError
from geo.warehouse.engines import without_password
from geo.warehouse.schema import EVENTS, REQUIRED, TABLES

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    import pyarrow as pa

# Text is compared byte by byte everywhere, so that order is the same on every engine.
_TYPES: Final = {
    "string": 'text COLLATE "C"', "date": "date", "boolean": "boolean", "int8": "smallint", "int16": "smallint",
    "int32": "integer", "float64": "double precision", "float32": "real",
}  # fmt: skip
_INDEXES: Final = {
    EVENTS: (
        ("event", "(event_id)"),
        ("day", "(day_start, event_type, status)"),
        ("place", "(tile_x, tile_y)"),
        ("actor1", "(actor1)"),
        ("actor2", "(actor2)"),
    )
}
_OPTIONS: Final = "-c statement_timeout=60000 -c jit=off -c standard_conforming_strings=on"
"""The last one says that a backslash in a text is a backslash, whatever the server's own setting."""
_NEW: Final = "_new"


class PostgreSQL:
    """A PostgreSQL server.

    Parameters
    ----------
    connection : psycopg.Connection
        In autocommit mode.
    name : str
        What to call it in messages.
    """

    dialect = "postgres"
    rolled = False

    def __init__(self, connection: Any, name: str) -> None:
        self.connection, self.name = connection, name
        self._one_at_a_time = threading.Lock()

    def ask(self, sql: str) -> pa.Table:
        """Run one question; what it may do is read.

        Raises
        ------
        StoreError
            It cannot be run.
        """
        import psycopg
        import pyarrow as pa

        try:
            with self._one_at_a_time, self.connection.transaction(), self.connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION READ ONLY")
                cursor.execute(sql)
                names = [column.name for column in cursor.description]
                rows = cursor.fetchall()
        except psycopg.Error as error:
            raise self._failed("could not answer", error) from error
        columns = list(zip(*rows, strict=True)) or [()] * len(names)
        return pa.table([_array(column) for column in columns], names=names)

    def fill(self, tables: Iterable[tuple[str, pa.Schema, Iterable[Path]]]) -> None:
        """Put these tables in the place of what is there, all or none.

        Raises
        ------
        StoreError
            They cannot be written; what was there still stands.
        """
        import psycopg

        try:
            with self._one_at_a_time, self.connection.transaction(), self.connection.cursor() as cursor:
                # Loading may take as long as it takes.
                cursor.execute("SET LOCAL statement_timeout = 0")
                names = [self._load(cursor, name, files) for name, _schema, files in tables]
                for name in names:
                    cursor.execute(f"DROP TABLE IF EXISTS {name}")
                    cursor.execute(f"ALTER TABLE {name}{_NEW} RENAME TO {name}")
                    for suffix, columns in _INDEXES.get(name, ()):
                        cursor.execute(f"CREATE INDEX {name}_{suffix} ON {name} {columns}")
            for name in names:
                self.connection.execute(f"VACUUM (ANALYZE) {name}")
        except psycopg.Error as error:
            raise self._failed("could not take the events", error) from error

    def close(self) -> None:
        """End the connection."""
        self.connection.close()

    def _load(self, cursor: Any, name: str, files: Iterable[Path]) -> str:
        import pyarrow.csv as pc
        import pyarrow.parquet as pq

        cursor.execute(f"DROP TABLE IF EXISTS {name}{_NEW}")
        cursor.execute(f"CREATE TABLE {name}{_NEW} ({_columns(name)})")
        for file in files:
            with cursor.copy(f"COPY {name}{_NEW} FROM STDIN (FORMAT csv)") as copy:
                pc.write_csv(pq.read_table(file), _Sink(copy), pc.WriteOptions(include_header=False))
        return name

    def _failed(self, what: str, error: Exception) -> StoreError:
        return StoreError(f"{self.name} {what} ({(str(error).splitlines() or [''])[0][:300]})")


def connect(address: str) -> PostgreSQL:
    """Connect to a server by its address.

    Raises
    ------
    StoreError
        It does not answer, or does not let us in.
    """
    import psycopg

    name = without_password(address)
    try:
        connection = psycopg.connect(address, autocommit=True, options=_OPTIONS, connect_timeout=10)
    except psycopg.Error as error:
        raise StoreError(f"{name} does not answer ({(str(error).splitlines() or [''])[0][:300]})") from error
    return PostgreSQL(connection, name)


class _Sink:
    """A file that is a COPY."""

    closed = False

    def __init__(self, copy: Any) -> None:
        self._copy = copy

    def write(self, data: Any) -> int:
        """Send some bytes."""
        self._copy.write(bytes(data))
        return len(data)

    def flush(self) -> None:
        """Nothing waits here."""

    def close(self) -> None:
        """Do nothing: the COPY ends by itself."""

    def writable(self) -> bool:
        """Tell that it can be written to."""
        return True


def _columns(table: str) -> str:
    return ", ".join(
        f"{name} {_TYPES[kind]}{' NOT NULL' if name in REQUIRED else ''}" for name, kind in TABLES[table].items()
    )


def _array(column: tuple[Any, ...]) -> Any:
    import pyarrow as pa

    if any(isinstance(value, Decimal) for value in column):
        column = tuple(None if value is None else int(value) for value in column)
    return pa.array(column)
