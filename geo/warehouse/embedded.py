"""DuckDB: one file, no server. The file is a copy of the events, made anew rather than changed.

A file is written under another name and opened by nobody until it is whole; then it is opened read-only and hardened.
"""

from __future__ import annotations

import shutil
import threading
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import unquote, urlsplit

from geo.errors import StoreError
from geo.warehouse.compiled import write
from geo.warehouse.schema import EVENT_COLUMNS, EVENTS, NAMES, ZONE_SETS

if TYPE_CHECKING:
    from collections.abc import Iterable

    import pyarrow as pa

MEMORY: Final = "1536MB"
"""What DuckDB may take; with Python and its tables a process stays under 2 GiB."""
LONGEST_S = 60.0
"""Seconds that one question may take, as on the servers."""
_HARDENED: Final[dict[str, Any]] = {
    "enable_external_access": False,
    "autoinstall_known_extensions": False,
    "autoload_known_extensions": False,
    "memory_limit": MEMORY,
    # Else a name in a question could mean a variable of this program.
    "python_enable_replacements": False,
    # All of it is set at once: a file that is opened a second time could not be told anything any more.
    "lock_configuration": True,
}
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
_PART: Final = ".part"


class DuckDB:
    """A snapshot, opened read-only.

    Parameters
    ----------
    file : Path
    rolled : bool, default True
        Use the tables that hold answers in advance.
    """

    dialect = "duckdb"

    def __init__(self, file: Path, *, rolled: bool = True) -> None:
        self.file, self.rolled = file, rolled
        self._connection: Any = None
        if file.exists():
            self._connection = _open(file)

    def ask(self, sql: str) -> pa.Table:
        """Run one question; safe from several threads.

        Raises
        ------
        StoreError
            There is no file, or the question cannot be run.
        """
        import duckdb

        if self._connection is None:
            raise StoreError(f"there is no snapshot {self.file}. Make one: python -m geo index")
        try:
            # Threads must not share a connection: each question has a cursor of its own.
            with self._connection.cursor() as cursor:
                late = threading.Timer(LONGEST_S, cursor.interrupt)
                late.start()
                try:
                    return cursor.sql(sql).to_arrow_table()
                finally:
                    late.cancel()
        except duckdb.Error as error:
            raise StoreError(f"{self.file.name}: a question could not be answered ({_first_line(error)})") from error

    def fill(self, tables: Iterable[tuple[str, pa.Schema, Iterable[Path]]]) -> None:
        """Make the file. It must not be there yet: an open file is never replaced.

        Raises
        ------
        StoreError
            There is such a file, or it cannot be written; nothing is left of it.
        """
        import duckdb

        if self.file.exists():
            raise StoreError(f"{self.file} is there already. Give another name")
        part = self.file.with_suffix(_PART)
        spill = self.file.with_suffix(".spill")
        part.unlink(missing_ok=True)
        try:
            with duckdb.connect(part, config={"memory_limit": MEMORY, "temp_directory": str(spill)}) as connection:
                # Only so does sorting need no second copy of everything in memory.
                connection.execute("SET preserve_insertion_order = false")
                _fill(connection, {name: [str(file) for file in files] for name, _schema, files in tables})
            part.replace(self.file)
        except duckdb.Error as error:
            raise StoreError(f"{self.file}: the snapshot could not be made ({_first_line(error)})") from error
        finally:
            part.unlink(missing_ok=True)
            part.with_name(part.name + ".wal").unlink(missing_ok=True)
            shutil.rmtree(spill, ignore_errors=True)
        self._connection = _open(self.file)

    def close(self) -> None:
        """Let go of the file."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None


def connect(address: str) -> DuckDB:
    """Open a file by its address, as ``duckdb:///folder/file.duckdb``."""
    return DuckDB(Path(unquote(urlsplit(address).path)))


def _open(file: Path) -> Any:
    import duckdb

    try:
        return duckdb.connect(file, read_only=True, config=_HARDENED)
    except duckdb.Error as error:
        raise StoreError(f"{file}: the snapshot cannot be opened ({_first_line(error)}). Make it again") from error


def _fill(connection: Any, files: dict[str, list[str]]) -> None:
    for name in (NAMES, ZONE_SETS):
        connection.execute(f"CREATE TABLE {name} AS SELECT * FROM read_parquet($1)", [files[name]])  # noqa: S608
    columns = ", ".join(f"{name} {_TYPES[kind]}" for name, kind in EVENT_COLUMNS.items())
    if not files[EVENTS]:
        connection.execute(f"CREATE TABLE {EVENTS} ({columns})")
    else:
        _fill_events(connection, files[EVENTS])
    _check_ids(connection)
    from geo.warehouse.rollups import definitions

    for name, expression in definitions().items():
        connection.execute(f"CREATE TABLE {name} AS {write(expression, DuckDB.dialect).sql}")
    connection.execute("CHECKPOINT")


def _fill_events(connection: Any, files: list[str]) -> None:
    enum_of = {}
    known = {field for (field,) in connection.execute(f"SELECT DISTINCT field FROM {NAMES}").fetchall()}  # noqa: S608
    for field, columns in _ENUMS.items():
        if field in known:
            values = f"SELECT value FROM {NAMES} WHERE field = '{field}' ORDER BY value"  # noqa: S608
            connection.execute(f"CREATE TYPE {field}_t AS ENUM ({values})")
            enum_of.update(dict.fromkeys(columns, f"{field}_t"))
    chosen = ", ".join(f"{name}::{enum_of[name]} AS {name}" if name in enum_of else name for name in EVENT_COLUMNS)
    # By month and then along a curve through the map: what is looked at together lies together.
    connection.execute(
        f"CREATE TABLE {EVENTS} AS SELECT {chosen} FROM read_parquet($1) "  # noqa: S608
        f"ORDER BY month, {_morton()}, day_start",
        [files],
    )


def _morton() -> str:
    """Interleave the bits of a coarse tile: few enough steps to be cheap, fine enough to keep neighbours together."""
    bits = [
        f"(((tile_{axis} >> {8 + bit}) & 1) << {2 * bit + side})" for bit in range(10) for side, axis in enumerate("xy")
    ]
    return " | ".join(bits)


def _check_ids(connection: Any) -> None:
    twice = connection.execute(f"SELECT event_id FROM {EVENTS} GROUP BY event_id HAVING count(*) > 1 LIMIT 1")  # noqa: S608
    if (row := twice.fetchone()) is not None:
        raise StoreError(f"event {row[0]} is there twice. Withdraw one of the imports that hold it")


def _first_line(error: Exception) -> str:
    return str(error).splitlines()[0][:200]
