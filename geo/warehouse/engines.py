"""What an engine must do, and the engines there are."""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Final, Protocol
from urllib.parse import urlsplit

from geo.errors import StoreError

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    import pyarrow as pa

ENGINES: Final = {
    "duckdb": "geo.warehouse.embedded",
    "clickhouse": "geo.warehouse.clickhouse",
    "clickhouses": "geo.warehouse.clickhouse",
    "chdb": "geo.warehouse.clickhouse",
    "postgresql": "geo.warehouse.postgresql",
    "postgres": "geo.warehouse.postgresql",
}
"""Scheme of an address and the module with ``connect(address) -> Engine``. Loaded when it is asked for."""


class Engine(Protocol):
    """Something that runs the text of a question."""

    dialect: str
    """As Ibis names it."""
    rolled: bool
    """Whether it keeps the rollups."""

    def ask(self, sql: str) -> pa.Table:
        """Run one question; safe from several threads.

        Raises
        ------
        StoreError
            It cannot be run.
        """

    def fill(self, tables: Iterable[tuple[str, pa.Schema, Iterable[Path]]]) -> None:
        """Put these tables in the place of what is there, all or none.

        Parameters
        ----------
        tables : iterable of (name, schema, Parquet files)

        Raises
        ------
        StoreError
            It cannot be written; what was there still stands.
        """

    def close(self) -> None:
        """Let go of it."""


def is_address(place: object) -> bool:
    """Tell the address of an engine from a folder."""
    return urlsplit(str(place)).scheme in ENGINES and "://" in str(place)


def connect(address: str) -> Engine:
    """Open an engine by its address.

    Parameters
    ----------
    address : str
        As ``postgresql://user@host/database`` or ``duckdb:///folder/file.duckdb``.

    Returns
    -------
    Engine

    Raises
    ------
    StoreError
        There is no such engine, or it does not answer.
    """
    scheme = urlsplit(address).scheme
    if scheme not in ENGINES:
        raise StoreError(f"no engine {scheme!r}; there are {', '.join(ENGINES)}")
    engine: Engine = importlib.import_module(ENGINES[scheme]).connect(address)
    return engine


def without_password(address: str) -> str:
    """Write an address as it may be shown."""
    parts = urlsplit(address)
    user = f"{parts.username}@" if parts.username else ""
    port = f":{parts.port}" if parts.port else ""
    return f"{parts.scheme}://{user}{parts.hostname or ''}{port}{parts.path}"
