"""One transaction of SQLite: all of it, or nothing."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterator


@contextmanager
def transaction(connection: sqlite3.Connection, *, kind: str) -> Iterator[sqlite3.Connection]:
    """Begin, and commit when the block ends; whatever breaks it off, also Ctrl+C, leaves nothing behind.

    Parameters
    ----------
    connection : sqlite3.Connection
        In autocommit mode, and in no transaction.
    kind : str
        ``deferred`` reads one moment, ``immediate`` takes the one writer's lock.
    """
    try:
        connection.execute(f"begin {kind}")
        yield connection
        connection.execute("commit")
    except BaseException:
        # A full disk makes SQLite roll back by itself, and Ctrl+C may come just before the start or after the end.
        if connection.in_transaction:
            connection.execute("rollback")
        raise
