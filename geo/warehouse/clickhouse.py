"""ClickHouse, spoken to by clickhouse-connect: ``clickhouse://user@host:8123/database``, ``clickhouses://`` with TLS.

``chdb:///folder`` is the same engine inside this process, for tests and measurements.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlsplit

from geo.errors import StoreError
from geo.warehouse.engines import without_password
from geo.warehouse.schema import EVENTS, REQUIRED, TABLES

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    import pyarrow as pa

_TYPES: Final = {
    "string": "String", "date": "Date32", "boolean": "Bool", "int8": "Int8", "int16": "Int16", "int32": "Int32",
    "float64": "Float64", "float32": "Float32",
}  # fmt: skip
_OF_ITS_OWN: Final = ("event_id", "outline", "quote", "quote_folded", "value", "folded")
"""Text that differs from row to row; all other text is kept as numbers."""
_SORTED: Final = {EVENTS: "(ifNull(month, toDate32('1900-01-01')), tile_x, tile_y)"}
# Else a list of some thousand names would be too long a question.
_SETTINGS: Final = {"max_execution_time": 60, "max_query_size": 2**24, "max_ast_elements": 500_000}
_READING: Final = {"readonly": 2}
"""A question may read, and nothing else."""
_NEW, _OLD = "_new", "_old"


class ClickHouse:
    """A ClickHouse server, or chDB.

    Parameters
    ----------
    client : clickhouse_connect.driver.Client
    name : str
        What to call it in messages.
    """

    dialect = "clickhouse"
    rolled = False

    def __init__(self, client: Any, name: str) -> None:
        self.client, self.name = client, name

    def ask(self, sql: str) -> pa.Table:
        """Run one question.

        Raises
        ------
        StoreError
            It cannot be run.
        """
        from clickhouse_connect.driver.exceptions import Error

        try:
            return self.client.query_arrow(sql, use_strings=True, settings=_READING)
        except (Error, OSError) as error:
            raise self._failed("could not answer", error) from error

    def fill(self, tables: Iterable[tuple[str, pa.Schema, Iterable[Path]]]) -> None:
        """Put these tables in the place of what is there.

        Raises
        ------
        StoreError
            They cannot be written; what was there still stands.
        """
        import pyarrow.parquet as pq
        from clickhouse_connect.driver.exceptions import Error

        try:
            names = []
            for name, _schema, files in tables:
                self.client.command(f"DROP TABLE IF EXISTS {name}{_NEW}")
                self.client.command(f"CREATE TABLE {name}{_NEW} ({_columns(name)}) {_engine(name)}")
                for file in files:
                    self.client.insert_arrow(f"{name}{_NEW}", pq.read_table(file))
                names.append(name)
            for name in names:
                self._swap(name)
        except (Error, OSError) as error:
            raise self._failed("could not take the events", error) from error

    def close(self) -> None:
        """End the connection."""
        self.client.close()

    def _swap(self, name: str) -> None:
        self.client.command(f"DROP TABLE IF EXISTS {name}{_OLD}")
        there = bool(self.client.command(f"EXISTS TABLE {name}"))
        away = f"{name} TO {name}{_OLD}, " if there else ""
        self.client.command(f"RENAME TABLE {away}{name}{_NEW} TO {name}")
        self.client.command(f"DROP TABLE IF EXISTS {name}{_OLD}")

    def _failed(self, what: str, error: Exception) -> StoreError:
        return StoreError(f"{self.name} {what} ({str(error).splitlines()[0][:300]})")


def connect(address: str) -> ClickHouse:
    """Connect to a server by its address.

    Raises
    ------
    StoreError
        It does not answer, or does not let us in.
    """
    import clickhouse_connect
    from clickhouse_connect.driver.exceptions import Error

    parts, name = urlsplit(address), without_password(address)
    try:
        if parts.scheme == "chdb":
            client = clickhouse_connect.get_client(dsn=address, settings=dict(_SETTINGS))
        else:
            client = clickhouse_connect.get_client(
                host=parts.hostname or "localhost",
                port=parts.port or 0,
                username=parts.username or "default",
                password=parts.password or "",
                database=parts.path.strip("/") or "default",
                secure=parts.scheme == "clickhouses",
                settings=dict(_SETTINGS),
                # Several threads ask at once; a session would let only one.
                autogenerate_session_id=False,
            )
    except (Error, OSError) as error:
        raise StoreError(f"{name} does not answer ({str(error).splitlines()[0][:300]})") from error
    return ClickHouse(client, name)


def _columns(table: str) -> str:
    return ", ".join(f"{name} {_type(name, kind)}" for name, kind in TABLES[table].items())


def _type(name: str, kind: str) -> str:
    told = _TYPES[kind] if name in REQUIRED else f"Nullable({_TYPES[kind]})"
    return f"LowCardinality({told})" if kind == "string" and name not in _OF_ITS_OWN else told


def _engine(table: str) -> str:
    return f"ENGINE = MergeTree ORDER BY {_SORTED.get(table, 'tuple()')} SETTINGS allow_nullable_key = 1"
